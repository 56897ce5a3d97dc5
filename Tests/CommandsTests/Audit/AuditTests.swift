import Foundation
import Store
import Testing
import Warehouse

/// `mdw audit`: reading, following, exporting and verifying the log.
@Suite struct AuditTests {
    @Test func filters() async throws {
        let household = try await Household.ready()
        _ = try await household.mdw("keys", "create", "reporting")
        _ = try await household.mdw("symbols", "deactivate", "AAPL")
        func actions(_ arguments: String...) async throws -> [String?] {
            let outcome = try await household.mdw(["audit", "list", "--json"] + arguments)
            return try #require(try JSON(outcome.output).array).map { $0["action"].text }
        }
        #expect(try await actions("--limit", "2") == ["symbol.deactivate", "key.create"])
        #expect(try await actions("--key", "reporting") == ["key.create"])
        #expect(try await actions("--key", "2") == ["key.create"])
        #expect(try await actions("--source", "http") == [])
        #expect(try await actions("--grep", "deactivate", "--grep", "aapl") == ["symbol.deactivate"])
        #expect(try await actions("--grep", "100%") == [])
        #expect(try await actions("--since", "1h", "--source", "cli").count == 18)
        #expect(try await actions("--since", "2999-01-01") == [])
        let row = try await household.json("audit", "list", "--limit", "1")[0]
        #expect(
            row.keys == [
                "sequence", "time", "source", "actor", "api_key_id", "api_key_name", "action", "status", "address",
                "duration_us", "detail", "previous_hash", "hash",
            ]
        )
    }

    @Test func othersCanVerifyAnExport() async throws {
        let household = try await Household.ready()
        _ = try await household.mdw("keys", "create", "ci, \"x\"")
        let exported = try await household.mdw("audit", "export")
        let head = try await household.json("audit", "anchor")
        var previous = String(repeating: "0", count: 64)
        var count = 0
        for line in exported.lines {
            let row = try JSON(String(line))
            #expect(row["previous_hash"].text == previous)
            // As the help says it, computed anew.
            let names = [
                "sequence", "time_us", "source", "actor", "api_key_id", "api_key_name", "action", "status", "address",
                "duration_us", "detail",
            ]
            let fields = names.map { name in
                let text = row[name].text ?? row[name].integer.map(String.init)
                return text.map { "\($0.utf8.count):\($0)," } ?? "-,"
            }
            previous = SHA256Digest(of: (previous + fields.joined()).utf8).hex
            #expect(row["hash"].text == previous)
            count += 1
        }
        #expect(count == 17)
        #expect(head["anchor"].text == "17:\(previous)")
        #expect(try await household.mdw("audit", "anchor").output == "17:\(previous)\n")

        let csv = try await household.mdw("audit", "export", "--format", "csv")
        #expect(csv.lines.count == 18)
        #expect(
            csv.lines[0]
                == """
                sequence,time,time_us,source,actor,api_key_id,api_key_name,action,status,address,duration_us,detail,\
                previous_hash,hash
                """
        )
        #expect(csv.lines[17].contains(#","ci, ""x""",key.create,"#))
        #expect(try await household.json("audit", "export").array?.count == 17)
    }

    @Test func anExportOfManyPagesIsComplete() async throws {
        let household = try await Household.ready()
        try await household.withStore { store in
            let actor = Actor(source: .http, name: "test")
            _ = try await store.audit.append((1...2500).map { AuditEvent("GET /x/\($0)", by: actor, status: 200) })
        }
        let sequences = try await household.mdw("audit", "export").lines.map {
            try JSON(String($0))["sequence"].integer
        }
        #expect(sequences == Array(1...2516))
        let some = try await household.mdw("audit", "export", "--source", "http", "--grep", "/x/25")
        #expect(some.lines.count == 12)
    }

    @Test func verifyTellsIntactFromBroken() async throws {
        let household = try await Household.ready()
        let anchor = try await household.mdw("audit", "anchor").output.trimmingCharacters(in: .newlines)
        let intact = try await household.mdw("audit", "verify", "--anchor", anchor)
        #expect(intact.code == 0)
        #expect(intact.output == "intact: 16 rows, head \(anchor)\n")
        #expect(try await household.json("audit", "verify").keys == ["intact", "rows", "sequence", "hash"])

        try await household.withStore { store in
            try await store.engine.write {
                try $0.execute("UPDATE api_key_audit SET detail = 'harmless' WHERE sequence = 7")
            }
        }
        let broken = try await household.mdw("audit", "verify")
        #expect(broken.code == 1)
        #expect(broken.output.isEmpty)
        #expect(broken.errors == "mdw: the audit log is broken at row 7: its content is not what was written\n")
        let machine = try await household.mdw("audit", "verify", "--json")
        #expect(machine.code == 1)
        #expect(try JSON(machine.output)["broken_at"].integer == 7)
        #expect(try await household.mdw("doctor").code == 1)
    }

    @Test func aTailThatWasCutOffShowsAgainstAnAnchor() async throws {
        let household = try await Household.ready()
        let anchor = try await household.mdw("audit", "anchor").output.trimmingCharacters(in: .newlines)
        try await household.withStore { store in
            try await store.engine.write { try $0.execute("DELETE FROM api_key_audit WHERE sequence > 14") }
        }
        #expect(try await household.mdw("audit", "verify").code == 0)
        let outcome = try await household.mdw("audit", "verify", "--anchor", anchor)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("the log ends at row 14, before the anchor"))
    }

    @Test func tailShowsTheOldestOfTheNewestFirst() async throws {
        let household = try await Household.ready()
        let tail = try await household.mdw("audit", "tail", "-n", "2")
        #expect(tail.lines.map { $0.prefix(2) } == ["15", "16"])
        #expect(tail.lines[1].hasSuffix("symbol.add  ETH crypto 1h,1d"))
        #expect(try await household.mdw("audit", "tail", "-n", "0").output.isEmpty)
    }

    @Test func tailFollows() async throws {
        let household = try await Household.ready()
        let tail = try household.start(["audit", "tail", "-f", "-n", "1"])
        defer { tail.send(SIGKILL) }
        try await eventually { tail.output.contains("ETH crypto") }
        _ = try await household.mdw("symbols", "deactivate", "ETH")
        _ = try await household.mdw("symbols", "activate", "ETH")
        try await eventually { tail.output.contains("symbol.activate") }
        let lines = tail.output.split(separator: "\n")
        #expect(lines.map { $0.prefix(2) } == ["16", "17", "18"])
        tail.send(SIGTERM)
        #expect(await tail.outcome().errors.isEmpty)
    }

    @Test(
        arguments: [
            ("no anchor", ["audit", "verify", "--anchor", "12:abc"], 2, "is not an anchor"),
            ("an unknown key", ["audit", "list", "--key", "nope"], 1, "there is no API key 'nope'"),
            ("an unknown source", ["audit", "list", "--source", "ftp"], 2, "'ftp' is invalid"),
            ("no limit", ["audit", "list", "--limit", "0"], 2, "--limit must be"),
            ("no time", ["audit", "list", "--since", "yesterday"], 2, "is not a time"),
            ("an unknown format", ["audit", "export", "--format", "xml"], 2, "'xml' is invalid"),
        ] as [(String, [String], Int32, String)]
    )
    func refusals(_ name: String, _ arguments: [String], _ code: Int32, _ expected: String) async throws {
        let outcome = try await Household.ready().mdw(arguments)
        #expect(outcome.code == code)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(expected), "\(outcome.errors)")
    }
}
