import Testing
import Warehouse

/// The day that a test writes as `YYYY-MM-DD`; fails the test when there is none.
func isoDay(_ text: String) throws -> TradingDay {
    try #require(TradingDay(iso: text))
}

/// The instant that a test writes in ISO 8601; fails the test when there is none.
func isoTime(_ text: String) throws -> Timestamp {
    try #require(Timestamp(iso: text))
}
