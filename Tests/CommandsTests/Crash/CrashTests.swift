import Foundation
import Store
import Testing
import VendorStub
import Warehouse

/// Workers that are killed at any instant: afterwards every candle is there, once.
///
/// `MDW_CRASH_ROUNDS` says how often a worker is killed; with 50 and more, half a million candles are fetched instead
/// of a hundred thousand.
@Suite(.serialized) struct CrashTests {
    private static let rounds = Int(ProcessInfo.processInfo.environment["MDW_CRASH_ROUNDS"] ?? "") ?? 8
    private static let candles = rounds >= 50 ? 500_000 : 100_000

    /// Pages of one commit each, and pages that are stored in several.
    @Test(arguments: [max(100, candles / rounds / 25), 12_000])
    func everyCandleOnceWhateverIsKilled(pageSize: Int) async throws {
        let household = try await Household.ready(["POLYGON_API_KEY": "k3y", "MDW_VENDOR_REQUESTS_PER_MINUTE": "0"])
        let stub = try await VendorStub.synthetic(SyntheticMarket(pageSize: pageSize, key: "k3y"))
        // 288 candles of five minutes a day.
        let first = TradingDay(year: 2020, month: 1, day: 1)
        let last = first.advanced(by: (Self.candles + 287) / 288 - 1)
        let expected = (last.daysSince1970 - first.daysSince1970 + 1) * 288
        let job = ["backfill", "start", "BTC", "--timeframe", "5m", "--from", "\(first)", "--to", "\(last)"]
        #expect(try await household.mdw(job).code == 0)

        var killedAtWork = 0
        for round in 1...Self.rounds {
            let goal = Int64(expected * round / (Self.rounds + 1))
            let worker = try household.start(["worker", "--feed-url", stub.url])
            try await household.wait(forCandles: goal, while: worker)
            // Anywhere between two commits, or in the middle of one.
            try await Task.sleep(for: .microseconds(Int.random(in: 0...20_000)))
            worker.send(SIGKILL)
            #expect(await worker.outcome().code == -SIGKILL)
            if try await household.json("backfill", "show", "1")["state"].text == "running" { killedAtWork += 1 }
        }
        let survivor = try household.start(["worker", "--feed-url", stub.url])
        try await household.wait(forCandles: .max, while: survivor)
        survivor.send(SIGTERM)
        #expect(await survivor.outcome().code == 0)
        await stub.shutdown()

        // The last one may just have finished.
        #expect(killedAtWork >= Self.rounds - 1)
        let job1 = try await household.json("backfill", "show", "1")
        #expect(job1["state"].text == "completed")
        #expect(job1["candles"].integer == expected)
        #expect(job1["rejected"].integer == 0)
        let times = try await household.mdw("candles", "export", "BTC", "--timeframe", "5m").lines.dropFirst()
            .map { $0.split(separator: ",")[2] }
        #expect(times.count == expected)
        #expect(Set(times).count == expected)
        #expect(times == times.sorted())
        #expect(try await household.json("candles", "stats", "BTC")[0]["record_count"].integer == expected)
        let doctor = try await household.mdw("doctor")
        #expect(doctor.code == 0, "\(doctor.output)")
    }
}

extension Household {
    /// Waits until the first job has stored so many candles, or is completed.
    fileprivate func wait(forCandles goal: Int64, while worker: RunningProgram) async throws {
        try await withStore { store in
            while true {
                let job = try await store.jobs.find(JobID(1))
                if job.progress.candles >= goal || job.state == .completed { return }
                guard worker.isRunning, !job.state.isFinished else {
                    Issue.record("the worker ended: \(worker.errors) \(job.error ?? "")")
                    return
                }
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }
}
