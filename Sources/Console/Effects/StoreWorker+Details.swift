import Store
import Warehouse

extension StoreWorker {
    /// How many rows of a kind a detail view shows.
    private static let rowLimit = 200

    func detail(of subject: DetailSubject) async throws -> DetailContent {
        do {
            switch subject {
            case .symbol(let id): return try await symbolDetail(id)
            case .key(let id):
                let key = try await store.keys.find(id)
                let audit = try await store.audit.newest(Self.rowLimit, matching: AuditLog.Filter(key: id))
                return .key(key, audit: audit)
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
            }
        } catch let error as StoreError where !error.isUnavailable {
            return .missing(error.description)
        }
    }

    private func symbolDetail(_ id: SymbolID) async throws -> DetailContent {
        guard let overview = try await store.symbols.overview(of: id) else {
            return .missing("the symbol is gone")
        }
        var series: [DetailContent.SeriesDetail] = []
        for statistics in try await store.candles.statistics(of: id) {
            let coverage = try await store.candles.coverage(of: statistics.series)
            series.append(DetailContent.SeriesDetail(statistics: statistics, coverage: coverage))
        }
        return .symbol(
            overview,
            series.sorted { $0.statistics.series.timeframe < $1.statistics.series.timeframe },
            rejected: try await store.candles.rejected(of: id, limit: Self.rowLimit),
            runs: try await store.jobs.history(of: id, limit: Self.rowLimit)
        )
    }
}
