import Testing
import Warehouse

@testable import Console

@Suite struct SparklineTests {
    @Test(
        arguments: [
            ([], ""), ([0, 0], "  "), ([1], "█"), ([0, 1, 8], " ▁█"), ([1, 2, 3, 4, 5, 6, 7, 8], "▁▂▃▄▅▆▇█"),
            ([1_000_000, 1], "█▁"), ([-5, 5], " █"),
        ] as [([Int64], String)]
    )
    func barsAreAsHighAsTheirValues(values: [Int64], text: String) {
        #expect(Sparkline.text(values) == text)
    }
}

@Suite struct PriceChartTests {
    private func candle(_ index: Int, _ open: Double, _ high: Double, _ low: Double, _ close: Double) -> Candle {
        Candle(
            time: Timestamp(seconds: Int64(index) * 86_400),
            open: open,
            high: high,
            low: low,
            close: close,
            volume: 1,
            vwap: nil,
            trades: nil
        )
    }

    private func text(_ lines: [TextLine]) -> [String] {
        lines.map { $0.runs.map(\.text).joined() }
    }

    @Test func bodiesAndWicksStandWhereTheirPricesAre() {
        let chart = PriceChart(width: 10, height: 4)
        let lines = chart.lines(of: [candle(0, 100, 108, 100, 104), candle(1, 108, 108, 104, 104)]) { "\($0.dayUTC)" }
        #expect(text(lines).map { String($0.prefix(5)) } == ["   │┃", "   ╽┃", "   ┃ ", "   ┃ ", "   19"])
        // The second one fell.
        #expect(lines[0].runs.contains { $0.role == .bad })
        #expect(text(lines)[0].hasSuffix("  107.50"))
    }

    @Test func aFlatMarketIsALine() {
        let lines = PriceChart(width: 10, height: 3).lines(of: [candle(0, 5, 5, 5, 5)]) { _ in "" }
        #expect(text(lines).filter { $0.contains("┃") || $0.contains("╹") || $0.contains("╻") }.count == 1)
    }

    @Test func moreCandlesThanColumnsArePutTogether() {
        let candles = (0..<25).map { candle($0, Double($0), Double($0) + 1, Double($0) - 1, Double($0) + 0.5) }
        let bars = PriceChart.bars(of: candles, atMost: 10)
        #expect(bars.count == 9)
        #expect(bars[0] == PriceChart.Bar(open: 0, high: 3, low: -1, close: 2.5))
    }

    @Test(arguments: [(0, 5), (5, 0), (0, 0)])
    func withoutRoomThereIsNothing(width: Int, height: Int) {
        #expect(PriceChart(width: width, height: height).lines(of: [candle(0, 1, 1, 1, 1)]) { _ in "" }.isEmpty)
    }

    @Test(arguments: [
        (64_123.4, "64,123"), (12.5, "12.50"), (0.000123, "0.000123"), (1.005, "1.00"), (999.999, "1000.00"),
        (0.0000123, "0.0000123000"),
        (1e300, "1e+300"),
    ])
    func pricesHaveAsManyDigitsAsTheyNeed(price: Double, text: String) {
        #expect(PriceChart.text(of: price) == text)
    }
}

@Suite struct CoverageMapTests {
    private let stocks = TradingCalendar(for: .stock)

    private func interval(_ first: String, _ last: String, _ state: CoverageState) -> CoverageInterval {
        let (from, to) = (TradingDay(iso: first), TradingDay(iso: last))
        guard let from, let to else { return CoverageInterval(Timestamp(seconds: 0)..<Timestamp(seconds: 1), state) }
        return CoverageInterval(stocks.start(of: from)..<stocks.start(of: to.advanced(by: 1)), state)
    }

    private func text(_ map: CoverageMap, width: Int = 120) -> [String] {
        map.lines(width: width).map { $0.runs.map(\.text).joined() }
    }

    @Test func aCellForEachSessionAndNoneForHolidays() {
        // New Year's Day and Martin Luther King Day are no sessions; the 10th was missed.
        let map = CoverageMap(
            [
                interval("2024-01-01", "2024-01-09", .had), interval("2024-01-10", "2024-01-10", .missing),
                interval("2024-01-11", "2024-01-30", .had), interval("2024-01-31", "2024-01-31", .provisional),
            ],
            calendar: stocks
        )
        #expect(map.sessions.count == 21)
        #expect(text(map)[0].hasPrefix("   2024-01 ■■■■■■X■■■■■■■■■■■■■~"))
        #expect(text(map).last == "   a cell a session   X 1 missing   ~ 1 provisional   ■ 19 had")
    }

    @Test func whatLiesBetweenWasNotAskedFor() {
        let map = CoverageMap(
            [interval("2024-01-02", "2024-01-02", .had), interval("2024-01-04", "2024-01-04", .had)],
            calendar: stocks
        )
        #expect(map.sessions.map(\.mark) == [.had, .notAsked, .had])
    }

    @Test func aSessionIsAsGoodAsItsWorstHour() {
        let day = stocks.start(of: TradingDay(year: 2024, month: 1, day: 2))
        let map = CoverageMap(
            [
                CoverageInterval(day..<day + .seconds(3600), .had),
                CoverageInterval(day + .seconds(3600)..<day + .seconds(7200), .missing),
            ],
            calendar: stocks
        )
        #expect(map.sessions.map(\.mark) == [.missing])
    }

    @Test func aLongSpanHasACellForEachMonth() {
        let map = CoverageMap(
            [
                interval("2015-03-01", "2015-12-31", .beforeListing), interval("2016-01-01", "2020-06-30", .had),
                interval("2020-07-01", "2020-07-31", .notEntitled),
            ],
            calendar: stocks
        )
        let lines = text(map, width: 30)
        #expect(lines[0].hasPrefix("   2015   ··········"))
        #expect(lines[5].hasPrefix("   2020 ■■■■■■-"))
        #expect(lines.last?.hasPrefix("   a cell a month") == true)
    }

    @Test func wideScreensHaveMonthsSideBySide() {
        let map = CoverageMap([interval("2024-01-01", "2024-06-30", .had)], calendar: stocks)
        #expect(text(map, width: 130).count == 3)
        #expect(text(map, width: 50).count == 7)
    }

    @Test func nothingAskedForIsSaid() {
        #expect(text(CoverageMap([], calendar: stocks)) == ["   nothing was asked for yet"])
    }
}
