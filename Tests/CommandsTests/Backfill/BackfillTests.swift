import Foundation
import Testing
import VendorStub

/// `mdw backfill`, `mdw candles` and `mdw worker` against a vendor over real HTTP.
@Suite struct BackfillTests {
    static let january = ["AAPL", "--timeframe", "1d", "--from", "2019-01-01", "--to", "2019-01-31"]

    @Test func theRecordedCandlesArriveOnce() async throws {
        let household = try await Household.ready(["POLYGON_API_KEY": "k3y"])
        let url = try #require(
            Bundle.module.url(forResource: "vcr-aapl-day-2019-01", withExtension: "json", subdirectory: "Fixtures")
        )
        let body = Array(try Data(contentsOf: url))
        let stub = try await VendorStub.serving(body)
        let start = ["backfill", "start"] + Self.january + ["--wait", "--feed-url", stub.url]
        let first = try await household.mdw(start)
        #expect(first.code == 0, "\(first.errors)")
        #expect(first.output == "job 1: AAPL 1d 2019-01-01 to 2019-01-31 is completed: 21 candles, 0 rejected\n")
        #expect(await stub.requests.count == 1)

        let recorded = try Self.recorded(body)
        let export = ["candles", "export"] + Self.january + ["--format", "csv"]
        let candles = try await household.mdw(export)
        #expect(
            candles.lines[0]
                == """
                symbol,timeframe,time,open,high,low,close,volume,vwap,trades,source,validated,quality_score,\
                validation_notes,gap_detected,volume_anomaly,fetched_at
                """
        )
        #expect(candles.lines.dropFirst().map(Self.values) == recorded)
        #expect(candles.lines.count == 22)

        let second = try await household.mdw(start)
        #expect(second.code == 0)
        #expect(second.output == "job 2: AAPL 1d 2019-01-01 to 2019-01-31 is completed: 0 candles, 0 rejected\n")
        #expect(await stub.requests.count == 1)
        #expect(try await household.mdw(export).output == candles.output)
        await stub.shutdown()

        let json = try await household.json("candles", "export", "AAPL", "--from", "2019-01-31")
        #expect(json.array?.count == 1)
        #expect(json[0]["time"].text == "2019-01-31T05:00:00Z")
        #expect(json[0]["close"].real == 166.44)
        #expect(json[0]["trades"].integer == 1)
        let stats = try await household.json("candles", "stats", "AAPL")
        #expect(stats[0]["record_count"].integer == 21)
        #expect(stats[0]["source"].text == "polygon")
        #expect(try await household.mdw("candles", "stats").lines.count == 2)
        let history = try await household.json("backfill", "history", "AAPL")
        #expect(history.array?.map { $0["outcome"].text } == ["completed", "completed"])
        #expect(try await household.json("symbols", "show", "AAPL")["stats"]["record_count"].integer == 21)
    }

    /// Symbol to trades, as the vendor's answer has them.
    private static func recorded(_ body: [UInt8]) throws -> [String] {
        let results = try JSON(String(decoding: body, as: UTF8.self))["results"].array ?? []
        let formatter = ISO8601DateFormatter()
        return results.map { bar in
            let time = formatter.string(from: Date(timeIntervalSince1970: (bar["t"].real ?? 0) / 1000))
            let numbers = ["o", "h", "l", "c", "v", "vw", "n"].map { key in
                let number = bar[key].real ?? .nan
                return number == number.rounded() ? String(Int(number)) : String(number)
            }
            return (["AAPL", "1d", time] + numbers).joined(separator: ",")
        }
    }

    private static func values(_ line: Substring) -> String {
        line.split(separator: ",", omittingEmptySubsequences: false).prefix(10).joined(separator: ",")
    }

    @Test(
        arguments: [
            ("an unknown ticker", StubAnswer.unknownTicker, "failed: the vendor does not know the ticker"),
            ("a range outside of the plan", .notAuthorized, "failed: not in the vendor plan"),
            ("an unknown key", .unknownKey, "is queued: the vendor refuses the key"),
        ] as [(String, StubAnswer, String)]
    )
    func aRefusalOfTheVendor(_ name: String, _ answer: StubAnswer, _ expected: String) async throws {
        let household = try await Household.ready(["POLYGON_API_KEY": "k3y"])
        let outcome = try await VendorStub.with { _ in
            answer
        } _: { stub in
            try await household.mdw(["backfill", "start"] + Self.january + ["--wait", "--feed-url", stub.url])
        }
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("mdw: job 1 \(expected)"), "\(outcome.errors)")
        #expect(!(outcome.output + outcome.errors).contains("k3y"))
        let exported = try await household.mdw(["candles", "export"] + Self.january)
        #expect(exported.lines.count == 1)
    }

    @Test func rubbishIsTriedAgainAndTold() async throws {
        let household = try await Household.ready(["POLYGON_API_KEY": "k3y", "MDW_VENDOR_REQUESTS_PER_MINUTE": "0"])
        let stub = try await VendorStub.start { _ in .html("502 \u{1B}[31mBad Gateway", status: 502) }
        let worker = try household.start(["worker", "--feed-url", stub.url])
        defer { worker.send(SIGKILL) }
        #expect(try await household.mdw(["backfill", "start"] + Self.january).code == 0)
        try await eventually { try await household.json("backfill", "show", "1")["attempts"].integer ?? 0 > 0 }
        let job = try await household.json("backfill", "show", "1")
        // Between two attempts, or in the middle of one.
        #expect(["queued", "running"].contains(job["state"].text))
        #expect(job["error"].text?.hasPrefix("the vendor can't be reached or sends rubbish: ") == true)
        #expect(try await household.mdw("backfill", "cancel", "1").code == 0)
        worker.send(SIGTERM)
        let ended = await worker.outcome()
        #expect(ended.code == 0)
        #expect(!(ended.output + ended.errors).contains("\u{1B}"))
        #expect(!(ended.output + ended.errors).contains("k3y"))
        await stub.shutdown()
    }

    @Test func aWorkerWorksUntilItIsToldToEnd() async throws {
        let household = try await Household.ready()
        let worker = try household.start(["worker", "--simulated"])
        defer { worker.send(SIGKILL) }
        try await eventually { worker.output.contains("\n") }
        #expect(worker.output.contains("runs on \(household.database), feed simulated"))
        try await eventually { try await household.mdw("doctor").output.contains("worker       ok") }
        let queued = try await household.mdw(["backfill", "start"] + Self.january)
        #expect(queued.output == "job 1: AAPL 1d 2019-01-01 to 2019-01-31 is queued\n")
        #expect(queued.errors.isEmpty)
        try await eventually { try await household.json("backfill", "show", "1")["state"].text == "completed" }
        #expect(try await household.mdw("doctor").output.contains("worker       ok"))
        worker.send(SIGTERM)
        let ended = await worker.outcome()
        #expect(ended.code == 0)
        #expect(ended.errors.isEmpty)
        #expect(ended.lines.count == 1)
        #expect(try await household.mdw("doctor").output.contains("none is running"))
    }

    @Test func waitThatIsInterruptedLeavesTheJobInTheQueue() async throws {
        let household = try await Household.ready(["POLYGON_API_KEY": "k3y"])
        let gate = StubGate()
        let stub = try await VendorStub.start { _ in StubAnswer.json("{}").held(by: gate) }
        let waiting = try household.start(["backfill", "start"] + Self.january + ["--wait", "--feed-url", stub.url])
        await stub.waitForRequests(1)
        waiting.send(SIGINT)
        let ended = await waiting.outcome()
        #expect(ended.code == 1)
        #expect(ended.errors == "mdw: job 1 is queued; 'mdw worker' goes on with it\n")
        #expect(try await household.json("backfill", "show", "1")["state"].text == "queued")
        await gate.open()
        await stub.shutdown()
    }

    @Test func jobsAreMoved() async throws {
        let household = try await Household.ready()
        let queued = try await household.mdw(["backfill", "start"] + Self.january)
        #expect(queued.errors == "mdw: no worker is running: start one with 'mdw worker', or use --wait\n")
        let label = "job 1: AAPL 1d 2019-01-01 to 2019-01-31 is"
        for (verb, state) in [("pause", "paused"), ("resume", "queued"), ("cancel", "cancelled"), ("retry", "queued")] {
            #expect(try await household.mdw("backfill", verb, "1").output == "\(label) \(state)\n")
        }
        let refused = try await household.mdw("backfill", "resume", "1")
        #expect(refused.code == 1)
        #expect(refused.errors == "mdw: job 1 is queued: it can't be resumed\n")
        #expect(try await household.mdw("backfill", "retry", "--all").errors == "mdw: no job has failed\n")
        let list = try await household.json("backfill", "list", "--state", "queued", "--symbol", "aapl")
        #expect(list.array?.count == 1)
        #expect(
            list[0].keys == [
                "id", "symbol", "asset_class", "timeframe", "start_date", "end_date", "state", "progress", "candles",
                "rejected", "pages", "done_until", "attempts", "next_attempt", "worker", "priority", "requested_by",
                "created_at", "started_at", "finished_at", "error",
            ]
        )
        #expect(try await household.json("backfill", "list", "--state", "failed").array?.isEmpty == true)
        let shown = try await household.mdw("backfill", "show", "1")
        #expect(shown.lines[0] == "id            1")
        #expect(shown.output.contains("\nstate         queued\n"))
    }

    @Test func simulatedAndRealCandlesDontMix() async throws {
        let household = try await Household.ready()
        _ = try await household.mdw(["backfill", "start"] + Self.january + ["--wait"])
        let stub = try await VendorStub.synthetic()
        let more = ["backfill", "start", "AAPL", "--from", "2019-03-01", "--to", "2019-03-31", "--wait"]
        let outcome = try await household.mdw(more + ["--feed-url", stub.url], with: ["POLYGON_API_KEY": "k3y"])
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("failed: AAPL holds simulated candles and can't take polygon ones"))
        await stub.shutdown()
    }

    @Test(
        arguments: [
            ("an unknown symbol", ["backfill", "start", "NOPE"], 1, "is not tracked"),
            (
                "an empty range", ["backfill", "start", "AAPL", "--from", "2019-02-01", "--to", "2019-01-01"], 1,
                "range is empty"
            ),
            ("no day", ["backfill", "start", "AAPL", "--from", "2019-02-30"], 2, "'2019-02-30' is not a day"),
            ("no timeframe", ["backfill", "start", "AAPL", "--timeframe", "2h"], 2, "'2h' is invalid"),
            ("a feed for nobody", ["backfill", "start", "AAPL", "--simulated"], 2, "add --wait"),
            (
                "two feeds", ["backfill", "start", "AAPL", "--wait", "--simulated", "--feed-url", "http://x"], 2,
                "exclude each other"
            ),
            (
                "a vendor without a key", ["backfill", "start", "AAPL", "--wait", "--feed-url", "http://x"], 2,
                "needs a key"
            ),
            ("an unknown job", ["backfill", "show", "12"], 1, "there is no backfill job 12"),
            ("no job", ["backfill", "pause", "x"], 2, "'x' is not an id"),
            ("a job beyond all", ["backfill", "cancel", "9223372036854775808"], 2, "is not an id"),
            ("neither job nor all", ["backfill", "retry"], 2, "give the id of a job, or --all"),
            ("both job and all", ["backfill", "retry", "1", "--all"], 2, "give the id of a job, or --all"),
            ("an unknown state", ["backfill", "list", "--state", "lost"], 2, "'lost' is invalid"),
            ("history of nothing", ["backfill", "history", "NOPE"], 1, "is not tracked"),
            ("candles of nothing", ["candles", "export", "NOPE"], 1, "is not tracked"),
            ("stats of nothing", ["candles", "stats", "NOPE"], 1, "is not tracked"),
            (
                "an empty export", ["candles", "export", "AAPL", "--from", "2019-02-01", "--to", "2019-01-01"], 1,
                "range is empty"
            ),
            ("a vendor address", ["worker", "--feed-url", "ftp://x"], 2, "needs a key"),
        ] as [(String, [String], Int32, String)]
    )
    func refusals(_ name: String, _ arguments: [String], _ code: Int32, _ expected: String) async throws {
        let household = try await Household.ready()
        let outcome = try await household.mdw(arguments)
        #expect(outcome.code == code)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(expected), "\(outcome.errors)")
        #expect(try await household.json("backfill", "list").array?.isEmpty == true)
    }
}
