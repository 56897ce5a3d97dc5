import Warehouse

extension Timestamp {
    /// An instant that stands in a test itself.
    static func at(_ iso: String) -> Timestamp {
        guard let time = Timestamp(iso: iso) else { preconditionFailure("\(iso) is not an instant") }
        return time
    }
}

extension TradingDay {
    /// A day that stands in a test itself.
    static func on(_ iso: String) -> TradingDay {
        guard let day = TradingDay(iso: iso) else { preconditionFailure("\(iso) is not a day") }
        return day
    }
}
