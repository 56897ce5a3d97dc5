import Testing
import Warehouse

/// How stretches are cut into requests, so that one answer can hold each.
@Suite struct RequestWindowsTests {
    @Test(arguments: [
        // What, class, timeframe, from, to (not included), windows.
        (
            "crypto minutes fill an answer in 34 days", AssetClass.crypto, Timeframe.fiveMinutes, "2024-01-01",
            "2024-02-04", 1
        ),
        ("one more day is one more request", .crypto, .fiveMinutes, "2024-01-01", "2024-02-05", 2),
        ("hours count in minutes too", .crypto, .oneHour, "2024-01-01", "2025-01-01", 11),
        ("two years of crypto", .crypto, .fiveMinutes, "2023-01-01", "2025-01-01", 22),
        ("a stock trades 16 hours a day at most", .stock, .fiveMinutes, "2023-01-01", "2025-01-01", 10),
        ("days are one request", .stock, .oneDay, "2003-01-01", "2025-01-01", 1),
        ("weeks are one request", .etf, .oneWeek, "2003-01-05", "2025-01-05", 1),
        ("a weekend is none", .stock, .fiveMinutes, "2024-05-25", "2024-05-27", 0),
        ("a holiday is none", .stock, .oneDay, "2024-05-27", "2024-05-28", 0),
        ("nothing is none", .crypto, .oneDay, "2024-05-27", "2024-05-27", 0),
    ])
    func `as many as there have to be`(
        name: String,
        assetClass: AssetClass,
        timeframe: Timeframe,
        from: String,
        to: String,
        count: Int
    ) throws {
        let calendar = TradingCalendar(for: assetClass)
        let range = calendar.start(of: try isoDay(from))..<calendar.start(of: try isoDay(to))
        let windows = RequestWindows(assetClass: assetClass, timeframe: timeframe).windows(of: range)
        #expect(windows.count == count)
        guard count > 0 else { return }
        #expect(windows.first?.lowerBound == range.lowerBound && windows.last?.upperBound == range.upperBound)
        for (window, next) in zip(windows, windows.dropFirst()) { #expect(window.upperBound == next.lowerBound) }
    }

    @Test(arguments: [AssetClass.stock, .crypto])
    func `no window holds more than an answer can`(assetClass: AssetClass) throws {
        let calendar = TradingCalendar(for: assetClass)
        let range = calendar.start(of: try isoDay("2015-03-04"))..<calendar.start(of: try isoDay("2025-03-04"))
        let minutes = assetClass == .crypto ? 1440 : 960
        for window in RequestWindows(assetClass: assetClass, timeframe: .fifteenMinutes).windows(of: range) {
            let days = calendar.sessionDay(of: window.lowerBound)..<calendar.sessionDay(of: window.upperBound)
            #expect(calendar.sessionCount(in: days) * minutes <= RequestWindows.baseLimit)
        }
    }
}
