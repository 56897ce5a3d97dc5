/// The stretch of a series that a backfill is to fetch, and how many candles should exist in it.
package struct BackfillSpan: Hashable, Sendable {
    /// Start times; the upper bound is not part of it.
    package let range: Range<Timestamp>
    /// Candles that the exchange's calendar lets expect: what a progress bar counts.
    package let expectedUnits: Int64

    /// `from`: The first day; without one two years back for day and week candles, 60 days for shorter ones.
    ///
    /// `to`: The last day, which is included; without one today.
    ///
    /// Days are those of the exchange: New York's for stocks and ETFs, UTC's for crypto. The range is empty when `to`
    /// comes before `from`.
    package init(assetClass: AssetClass, timeframe: Timeframe, from: TradingDay?, to: TradingDay?, now: Timestamp) {
        let calendar = TradingCalendar(for: assetClass)
        let last = to ?? calendar.sessionDay(of: now)
        let first = from ?? last.advanced(by: timeframe.isIntraday ? -60 : -730)
        let lower = calendar.start(of: first)
        let upper = calendar.start(of: last.advanced(by: 1))
        self.range = lower..<max(lower, upper)
        self.expectedUnits = Self.units(of: range, assetClass: assetClass, timeframe: timeframe)
    }

    /// How many candles should exist in `range`.
    package static func units(of range: Range<Timestamp>, assetClass: AssetClass, timeframe: Timeframe) -> Int64 {
        Int64(TradingCalendar(for: assetClass).expectedBarCount(timeframe: timeframe, in: range))
    }
}
