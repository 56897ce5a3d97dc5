import Testing
import Warehouse

/// Longer candles made of shorter ones.
@Suite struct CandleDerivationTests {
    private static func candle(
        _ time: String,
        _ open: Double,
        _ high: Double,
        _ low: Double,
        _ close: Double,
        volume: Double = 10,
        vwap: Double? = nil,
        trades: Int64? = 1
    ) throws -> Candle {
        Candle(
            time: try #require(Timestamp(iso: time)),
            open: open,
            high: high,
            low: low,
            close: close,
            volume: volume,
            vwap: vwap,
            trades: trades,
            flags: [.volumeAnomaly]
        )
    }

    private static let quarter = CandleDerivation(assetClass: .crypto, timeframe: .fifteenMinutes)

    @Test func `first open, highest high, lowest low, last close`() throws {
        let derived = Self.quarter.derive([
            try Self.candle("2024-05-01T00:00Z", 5, 7, 4, 6, vwap: 5),
            try Self.candle("2024-05-01T00:05Z", 6, 9, 5, 8, volume: 30, vwap: 7),
            try Self.candle("2024-05-01T00:10Z", 8, 8, 3, 4, vwap: 6),
        ])
        let wanted = Candle(
            time: try #require(Timestamp(iso: "2024-05-01T00:00Z")),
            open: 5,
            high: 9,
            low: 3,
            close: 4,
            volume: 50,
            vwap: (50 + 210 + 60) / 50,
            trades: 3,
            flags: [.derived]
        )
        #expect(derived == [wanted])
    }

    @Test func `windows without candles have none`() throws {
        let derived = Self.quarter.derive([
            try Self.candle("2024-05-01T00:10Z", 1, 1, 1, 1), try Self.candle("2024-05-01T00:45Z", 2, 2, 2, 2),
            try Self.candle("2024-05-01T00:55Z", 3, 3, 3, 3),
        ])
        #expect(derived.map(\.time.clockTime) == ["00:00:00", "00:45:00"])
        #expect(derived.map(\.close) == [1, 3])
    }

    @Test func `what is not known of a part is not known of all`() throws {
        let derived = Self.quarter.derive([
            try Self.candle("2024-05-01T00:00Z", 1, 1, 1, 1, vwap: 1),
            try Self.candle("2024-05-01T00:05Z", 1, 1, 1, 1, vwap: nil, trades: nil),
        ])
        #expect(derived.first?.vwap == nil && derived.first?.trades == nil && derived.first?.volume == 20)
    }

    @Test func `where nothing was traded there is no price of it`() throws {
        let derived = Self.quarter.derive([try Self.candle("2024-05-01T00:00Z", 1, 1, 1, 1, volume: 0)])
        #expect(derived.first?.vwap == nil && derived.first?.volume == 0)
        let mixed = Self.quarter.derive([
            try Self.candle("2024-05-01T00:00Z", 1, 1, 1, 1, volume: 0),
            try Self.candle("2024-05-01T00:05Z", 2, 2, 2, 2, vwap: 2),
        ])
        #expect(mixed.first?.vwap == 2)
    }

    @Test func `weeks of a stock begin on Sunday in New York, also when clocks change`() throws {
        let days = ["2024-03-07T05:00Z", "2024-03-08T05:00Z", "2024-03-11T04:00Z", "2024-03-12T04:00Z"]
        let derived = CandleDerivation(assetClass: .stock, timeframe: .oneWeek).derive(
            try days.map { try Self.candle($0, 1, 2, 1, 2) }
        )
        #expect(derived.map(\.time.description) == ["2024-03-03T05:00:00Z", "2024-03-10T05:00:00Z"])
    }

    @Test func `nothing makes nothing`() {
        #expect(Self.quarter.derive([]).isEmpty)
    }
}
