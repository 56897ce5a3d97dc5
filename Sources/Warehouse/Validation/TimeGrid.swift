/// The instants at which candles of one timeframe start.
///
/// Stocks and ETFs count in New York time: day candles start at midnight there (04:00Z or 05:00Z), week candles at
/// midnight on Sunday, four-hour candles when clocks show 0, 4, 8, 12, 16 or 20. Crypto counts the same in UTC. Up to one
/// hour both zones agree, because New York is whole hours from UTC. When clocks change, early on a Sunday, a four-hour
/// window lasts three or five hours.
package struct TimeGrid: Hashable, Sendable {
    /// Length of the window on a clock that is never changed, in microseconds.
    let period: Int64
    /// Whether clock changes in New York move the grid.
    let followsNewYork: Bool
    /// Where windows begin, in microseconds after 1970-01-01T00:00 of the zone.
    let phase: Int64
    /// Whether the vendor's figures are only final at 11:00 New York.
    private let settlesAtEleven: Bool

    package init(assetClass: AssetClass, timeframe: Timeframe) {
        self.init(calendar: TradingCalendar(for: assetClass), timeframe: timeframe)
    }

    init(calendar: TradingCalendar, timeframe: Timeframe) {
        period = timeframe.duration.wholeMicroseconds
        // 1970-01-04 was a Sunday.
        phase = timeframe == .oneWeek ? 3 * Timeframe.oneDay.duration.wholeMicroseconds : 0
        followsNewYork = calendar == .newYorkStockExchange && timeframe > .oneHour
        settlesAtEleven = calendar == .newYorkStockExchange && !timeframe.isIntraday
    }

    /// Whether a candle can start at `time`.
    package func contains(_ time: Timestamp) -> Bool {
        start(of: time) == time
    }

    /// The start of the window that holds `time`.
    package func start(of time: Timestamp) -> Timestamp {
        let offset = followsNewYork ? NewYorkTime.offset(at: time).wholeMicroseconds : 0
        let local = time.microseconds + offset - phase
        return instant(local: local.flooredDivision(by: period) * period + phase)
    }

    /// The start of the window that follows the one which holds `time`, which is the end of that one.
    package func start(after time: Timestamp) -> Timestamp {
        let offset = followsNewYork ? NewYorkTime.offset(at: time).wholeMicroseconds : 0
        let local = time.microseconds + offset - phase
        return instant(local: (local.flooredDivision(by: period) + 1) * period + phase)
    }

    /// The smallest range with both ends on the grid that covers `range`; an empty range stays empty.
    package func snapped(_ range: Range<Timestamp>) -> Range<Timestamp> {
        let lower = start(of: range.lowerBound)
        guard !range.isEmpty else { return lower..<lower }
        let upper = start(of: range.upperBound)
        return lower..<(upper == range.upperBound ? upper : start(after: range.upperBound))
    }

    /// When the figures of the window that holds `time` are final: 15 minutes after its end; for day and week candles of
    /// stocks at the first 11:00 New York after its end.
    package func settlement(of time: Timestamp) -> Timestamp {
        let end = start(after: time)
        guard settlesAtEleven else { return end + Self.settling }
        return NewYorkTime.instant(on: NewYorkTime.day(at: end), hour: 11)
    }

    private static let settling: Duration = .seconds(15 * 60)

    private func instant(local: Int64) -> Timestamp {
        followsNewYork ? NewYorkTime.instant(local: local) : Timestamp(microseconds: local)
    }
}
