import Store
import Warehouse

/// The candles of a seeded store.
enum SeedCandles {
    /// May 2026, day by day: the 20 sessions of New York; the fourth opened with a gap, the eighth moved wildly.
    static let appleDays = [1, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 18, 19, 20, 21, 22, 26, 27, 28, 29]

    static let apple = CandleBatch(
        candles: appleDays.enumerated().map { index, day in
            candle(
                at: Seed.time("2026-05-01T04:00:00Z") + .seconds(Int64(day - 1) * 86_400),
                index,
                flags: index == 3 ? .gap : index == 7 ? [.extremeMove, .volumeAnomaly] : []
            )
        }[...],
        rejected: [
            RejectedCandle(rule: .v01, time: Seed.time("2026-05-02T04:00:00Z"), raw: "{}", reason: "it was empty")
        ],
        source: .polygon,
        fetchedAt: Seed.time("2026-05-29T22:00:00Z")
    )

    /// Three days, in UTC as coins count them.
    static let bitcoin = CandleBatch(
        candles: (25...27).map { day in
            candle(at: Seed.time("2026-05-\(day)T00:00:00Z"), day, flags: [])
        }[...],
        source: .polygon,
        fetchedAt: Seed.time("2026-05-28T00:00:00Z")
    )

    static func candle(at time: Timestamp, _ index: Int, flags: CandleFlags) -> Candle {
        let base = 100 + Double(index)
        return Candle(
            time: time,
            open: base,
            high: base + 5,
            low: base - 5.25,
            close: base + 1,
            volume: 1000 * Double(index + 1),
            flags: flags
        )
    }
}
