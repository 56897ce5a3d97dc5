/// The hours in which a market trades on one day.
package struct TradingSession: Hashable, Sendable {
    package let day: TradingDay
    package let open: Timestamp
    /// The first instant at which trading is over.
    package let close: Timestamp

    package init(day: TradingDay, open: Timestamp, close: Timestamp) {
        self.day = day
        self.open = open
        self.close = close
    }
}
