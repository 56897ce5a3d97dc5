import ArgumentParser
import Records
import Store
import Warehouse

/// `mdw candles gaps`.
struct CandlesGaps: StoreCommand {
    static let configuration = CommandConfiguration(
        commandName: "gaps",
        abstract: "Lists the sessions that a symbol has no candle of, ready to be sent to the vendor.",
        discussion: """
            Sessions are those of the market's calendar, so holidays are never listed; those whose figures are not final yet \
            are not either. Without --from and --to it looks from the first to the last stored candle. Beside each are the \
            nearest sessions that have candles, and what was traded in these.

            Example: mdw candles gaps AAPL --timeframe 1d --format csv
            """
    )

    @OptionGroup var symbol: SymbolArgument

    @Option(help: "Which candles.")
    var timeframe = Timeframe.oneDay

    @OptionGroup var days: DayRangeOptions

    @Option(
        help:
            "A table where nothing is said; csv: a header and a line a session; json: an array; jsonl: an object a line."
    )
    var format: ExportFormat?

    @OptionGroup var options: StoreOptions

    func run(in session: CommandSession) async throws {
        let symbol = try await session.store.symbols.find(symbol.symbol)
        let series = CandleSeries(symbol: symbol.id, timeframe: timeframe)
        let calendar = TradingCalendar(for: symbol.ticker.assetClass)
        let grid = TimeGrid(assetClass: symbol.ticker.assetClass, timeframe: timeframe)
        _ = try days.range(in: calendar)
        let stored = try await session.store.candles.span(of: series)
        let missing: [MissingSession]
        if let span = range(stored, calendar, now: session.now) {
            let sessions = calendar.expectedSessions(timeframe, in: span).filter { expected in
                grid.settlement(of: expected.range.upperBound - .microseconds(1)) <= session.now
            }
            missing = try await session.store.candles.missingSessions(
                of: series,
                among: sessions,
                in: calendar
            )
        } else {
            missing = []
        }
        let records = missing.map { GapRecord(ticker: symbol.ticker, timeframe: timeframe, missing: $0) }
        guard let chosen = format ?? (options.json ? .json : nil) else {
            guard !records.isEmpty else {
                return try session.renderer.line(
                    stored == nil
                        ? "no \(timeframe.rawValue) candle of \(symbol.symbol) is stored" : "no session is missing"
                )
            }
            return try session.renderer.list(records, as: .gaps)
        }
        var stream = try RecordStream(chosen, of: .gaps, to: session.surroundings.output)
        for record in records { try stream.append(record) }
        try stream.finish()
    }

    /// The days to look at; `nil` when there are none.
    private func range(
        _ stored: ClosedRange<Timestamp>?,
        _ calendar: TradingCalendar,
        now: Timestamp
    ) -> Range<TradingDay>? {
        let today = calendar.sessionDay(of: now)
        guard let first = days.from ?? stored.map({ calendar.sessionDay(of: $0.lowerBound) }) else { return nil }
        let last = days.to ?? stored.map { calendar.sessionDay(of: $0.upperBound) } ?? today
        // Far in the future nothing is expected yet; years beyond the calendar would be a long list of nothing.
        let end = min(last, today).advanced(by: 1)
        return first < end ? first..<end : nil
    }
}

/// A missing session with what the vendor calls the symbol.
struct GapRecord: Sendable {
    let ticker: Ticker
    let timeframe: Timeframe
    let missing: MissingSession
}

extension RecordLayout<GapRecord> {
    fileprivate static let gaps = RecordLayout([
        Field("symbol") { .text($0.ticker.symbol) },
        Field("vendor_ticker") { .text($0.ticker.vendorTicker) },
        Field("timeframe") { .text($0.timeframe.rawValue) },
        Field("session") { .day($0.missing.day) },
        Field("previous_session") { .day($0.missing.previous?.day) },
        Field("previous_volume") { .real($0.missing.previous?.volume) },
        Field("next_session") { .day($0.missing.next?.day) },
        Field("next_volume") { .real($0.missing.next?.volume) },
    ])
}
