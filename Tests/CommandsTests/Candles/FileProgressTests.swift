import Foundation
import Testing
import Warehouse

@testable import Commands

@Suite struct FileProgressTests {
    private let start = Timestamp(seconds: 1_700_000_000)

    private func progress(of total: Int64) -> FileProgress {
        var surroundings = Surroundings.process
        surroundings.clock = FixedClock(now: start)
        return FileProgress(of: total, surroundings: surroundings)
    }

    @Test func aBarTellsShareRateAndWhatIsLeft() {
        let line = progress(of: 4_000_000).line(
            "aapl.csv",
            bytes: 1_000_000,
            candles: 2_000_000,
            now: start + .seconds(5)
        )
        #expect(line == "aapl.csv  █████░░░░░░░░░░░░░░░  25.0 % of 4.0 MB  400,000 candles/s  15 s left")
    }

    @Test func withoutASizeThereIsNoShare() {
        let line = progress(of: 0).line("pipe", bytes: 1_000_000, candles: 10, now: start + .seconds(5))
        #expect(line == "pipe  1.0 MB  2 candles/s")
    }
}
