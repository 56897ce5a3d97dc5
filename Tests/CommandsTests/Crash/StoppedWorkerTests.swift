import Glibc
import Store
import Testing
import VendorStub
import Warehouse

/// A worker whose process stands still, as on a suspended machine, while its lease runs out.
@Suite struct StoppedWorkerTests {
    @Test func `stopped past its lease and continued, it commits nothing of the job that it lost`() async throws {
        let household = try await Household.ready(["POLYGON_API_KEY": "k3y", "MDW_VENDOR_REQUESTS_PER_MINUTE": "0"])
        let market = SyntheticMarket(pageSize: 288, key: "k3y")
        let gate = StubGate()
        // The second page of the first job lets nobody through until the gate opens.
        let lost = TradingDay(year: 2024, month: 1, day: 2).startUTC.milliseconds
        let stub = try await VendorStub.start { request in
            if request.path.contains("/\(lost)/") { await gate.wait() }
            return market.answer(request)
        }
        for day in ["2024-01-01", "2024-03-01"] {
            let last = day == "2024-01-01" ? "2024-01-03" : day
            let job = ["backfill", "start", "BTC", "--timeframe", "5m", "--from", day, "--to", last]
            #expect(try await household.mdw(job).code == 0)
        }
        let worker = try household.start(["worker", "--feed-url", stub.url])
        await stub.waitForRequests(2)
        worker.send(SIGSTOP)
        try await eventually { worker.systemStatus.contains("State:\tT") }

        // The lease runs out by the clock of whoever looks an hour later, and takes the job.
        let later = try await Store.open(
            sqlite: household.database,
            access: .readWrite,
            clock: FixedClock(now: .now + .seconds(3600))
        )
        let before = try await later.jobs.find(JobID(1))
        #expect(before.progress.candles == 288)
        let claim = try #require(try await later.leases.claim(by: "elsewhere:1:x-1-1", for: .seconds(3600)))
        #expect(claim.job.id == JobID(1))

        worker.send(SIGCONT)
        await gate.open()
        // It notices the loss, leaves the job alone, and goes on with the next one.
        try await eventually { try await later.jobs.find(JobID(2)).state == .completed }
        worker.send(SIGTERM)
        #expect(await worker.outcome().code == 0)
        let after = try await later.jobs.find(JobID(1))
        #expect(after.progress == before.progress)
        #expect(after.lease?.owner == "elsewhere:1:x-1-1")
        #expect(after.lease?.token == claim.token)
        let times = try await household.mdw("candles", "export", "BTC", "--timeframe", "5m").lines.dropFirst()
        #expect(times.count == 2 * 288)
        try later.close()
        await stub.shutdown()
    }
}
