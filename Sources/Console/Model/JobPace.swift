import Warehouse

/// How fast a running job goes, estimated from what its row showed at successive looks.
struct JobPace: Equatable, Sendable {
    private var time: Timestamp
    private var candles: Int64
    private var units: Int64
    /// Candles a second; smoothed, so that the display is readable.
    private(set) var candlesPerSecond: Double?
    private var unitsPerSecond: Double?

    init(_ job: BackfillJob, at time: Timestamp) {
        self.time = time
        candles = job.progress.candles
        units = job.progress.doneUnits
    }

    mutating func observe(_ job: BackfillJob, at now: Timestamp) {
        let elapsed = (now - time).inSeconds
        guard elapsed >= 0.2 else { return }
        candlesPerSecond = Self.smoothed(candlesPerSecond, Double(job.progress.candles - candles) / elapsed)
        unitsPerSecond = Self.smoothed(unitsPerSecond, Double(job.progress.doneUnits - units) / elapsed)
        time = now
        candles = job.progress.candles
        units = job.progress.doneUnits
    }

    /// How long the rest will take; `nil` while that can't be told.
    func remaining(of job: BackfillJob) -> Duration? {
        guard let unitsPerSecond, unitsPerSecond > 0 else { return nil }
        let seconds = Double(job.progress.expectedUnits - job.progress.doneUnits) / unitsPerSecond
        // Beyond a year it says nothing any more.
        return (0...31_536_000).contains(seconds) ? .seconds(Int64(seconds)) : nil
    }

    private static func smoothed(_ old: Double?, _ new: Double) -> Double {
        guard let old else { return new }
        return old * 0.7 + new * 0.3
    }
}
