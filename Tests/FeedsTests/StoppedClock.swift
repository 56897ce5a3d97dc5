import Warehouse

/// A clock that stands still, and notes how long it was asked to wait.
final class StoppedClock: WallClock {
    let now: Timestamp
    private let sleeps = Sleeps()

    init(_ now: Timestamp = TradingDay(year: 2025, month: 1, day: 1).startUTC) {
        self.now = now
    }

    var slept: [Duration] {
        get async { await sleeps.durations }
    }

    func sleep(for duration: Duration) async throws {
        await sleeps.add(duration)
        try Task.checkCancellation()
    }

    private actor Sleeps {
        private(set) var durations: [Duration] = []

        func add(_ duration: Duration) {
            durations.append(duration)
        }
    }
}
