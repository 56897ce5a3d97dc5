import Store
import Warehouse

extension StoreWorker {
    /// How many rows of a kind a detail view shows.
    private static let rowLimit = 200
    /// How many candles a chart is drawn of: more than a screen has columns, so that it can be thinned out.
    private static let candleLimit = 1000
    /// How far back the use of a key is shown.
    private static let usageHours = 48

    func detail(of subject: DetailSubject) async throws -> DetailContent {
        do {
            switch subject {
            case .symbol(let id, let timeframe): return try await symbolDetail(id, timeframe)
            case .key(let id):
                return .key(
                    try await store.keys.find(id),
                    requestsByHour: try await store.audit.requestsByHour(of: id, hours: Self.usageHours),
                    audit: try await store.audit.newest(Self.rowLimit, matching: AuditLog.Filter(key: id))
                )
            case .job(let id):
                let job = try await store.jobs.find(id)
                let runs = try await store.jobs.history(of: job.symbolID, limit: Self.rowLimit)
                return .job(job, runs: runs.filter { $0.job == id })
            case .audit(let sequence):
                let entries = try await store.audit.oldest(1, after: sequence - 1)
                guard let entry = entries.first, entry.sequence == sequence else {
                    return .missing("row \(sequence) is not in the log")
                }
                return .audit(entry)
            case .rejected(let id):
                guard let overview = try await store.symbols.overview(of: id) else { return Self.goneSymbol }
                return .rejected(overview.symbol, try await store.candles.rejected(of: id, limit: Self.rowLimit))
            case .history:
                return .history(
                    try await store.jobs.history(limit: Self.rowLimit),
                    daily: try await store.schedule.list(limit: Self.rowLimit)
                )
            }
        } catch let error as StoreError where !error.isUnavailable {
            return .missing(error.description)
        }
    }

    private static let goneSymbol = DetailContent.missing("the symbol is gone")

    private func symbolDetail(_ id: SymbolID, _ timeframe: Timeframe?) async throws -> DetailContent {
        guard let overview = try await store.symbols.overview(of: id) else { return Self.goneSymbol }
        let series = try await store.candles.statistics(of: id).sorted { $0.series.timeframe < $1.series.timeframe }
        let chosen = series.first { $0.series.timeframe == timeframe } ?? series.last
        var candles: [Candle] = []
        var coverage: [CoverageInterval] = []
        if let chosen {
            candles = try await store.candles.newest(Self.candleLimit, of: chosen.series)
            coverage = try await store.candles.coverage(of: chosen.series)
        }
        return .symbol(
            SymbolDetail(
                overview: overview,
                series: series,
                timeframe: chosen?.series.timeframe,
                candles: candles,
                coverage: coverage,
                rejected: try await store.candles.rejected(of: id, limit: 5),
                runs: try await store.jobs.history(of: id, limit: Self.rowLimit)
            )
        )
    }
}
