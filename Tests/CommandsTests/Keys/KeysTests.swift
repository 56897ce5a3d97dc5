import Foundation
import Testing

/// `mdw keys`: what administrators do with keys, as they do it.
@Suite struct KeysTests {
    static var form: Regex<Substring> { /mdw_[0-9A-Za-z]{49}/ }

    @Test func aKeyIsShownOnceAndNowhereElse() async throws {
        let household = try await Household.ready()
        let created = try await household.mdw("keys", "create", "reporting", "--scope", "read", "--expires", "30d")
        #expect(created.code == 0)
        let raw = created.output.trimmingCharacters(in: .newlines)
        #expect(raw.wholeMatch(of: Self.form) != nil)
        #expect(created.errors == "mdw: key 2 'reporting' (read) was made. It is shown this once only: keep it now.\n")

        for arguments in [
            ["keys", "list"], ["keys", "list", "--json"], ["keys", "show", "reporting"],
            ["keys", "show", "2", "--json"],
            ["audit", "list", "--json"], ["audit", "export"], ["audit", "tail"], ["doctor"],
        ] {
            let outcome = try await household.mdw(arguments)
            #expect(outcome.code == 0, "\(arguments) \(outcome.errors)")
            #expect(outcome.output.firstMatch(of: Self.form) == nil, "\(arguments)")
            #expect(!outcome.errors.contains(raw))
        }
    }

    @Test func machinesGetTheKeyInAnObject() async throws {
        let household = try await Household.ready()
        let created = try await household.json("keys", "create", "ci")
        #expect(
            created.keys == ["id", "api_key", "key_preview", "name", "scope", "created_at", "expires_at"]
        )
        let raw = try #require(created["api_key"].text)
        #expect(raw.wholeMatch(of: Self.form) != nil)
        #expect(created["key_preview"].text == raw.prefix(12) + "...")
        #expect(created["id"].integer == 2)
        #expect(created["scope"].text == "admin")
        #expect(created["expires_at"].isNull)
    }

    @Test func aKeyFileIsItsOwnersAndNeverReplaced() async throws {
        let household = try await Household.ready()
        let path = household.folder + "/ci.key"
        let created = try await household.mdw("keys", "create", "ci", "--key-file", path)
        #expect(created.code == 0)
        #expect(created.output == "key 2 'ci' (admin) was made and written to \(path)\n")
        let raw = try String(contentsOfFile: path, encoding: .utf8)
        #expect(raw.dropLast().wholeMatch(of: Self.form) != nil)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)

        let again = try await household.mdw("keys", "create", "ci2", "--key-file", path)
        #expect(again.code == 1)
        #expect(again.errors == "mdw: \(path) exists: name a new file\n")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == raw)
        #expect(try await household.json("keys", "list").array?.count == 2)
    }

    @Test func aKeyThatIsRefusedLeavesNoFile() async throws {
        let household = try await Household.ready()
        let path = household.folder + "/old.key"
        let refused = try await household.mdw("keys", "create", "old", "--expires", "2020-01-01", "--key-file", path)
        #expect(refused.code == 1)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aKeyNobodyCouldReadIsTold() async throws {
        let household = try await Household.ready()
        let outcome = try await household.shell("$MDW keys create ci > /dev/full")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("key 2 exists, but nobody has it: delete it with 'mdw keys delete 2'"))
    }

    @Test func theListHasItsColumns() async throws {
        let household = try await Household.ready()
        _ = try await household.mdw("keys", "create", "reporting", "--scope", "read")
        let table = try await household.mdw("keys", "list")
        #expect(
            table.lines.first
                == "ID  NAME       PREVIEW          SCOPE  STATE   CREATED           LAST USED  REQUESTS  EXPIRES"
        )
        #expect(table.lines.count == 3)
        #expect(table.lines[1].firstMatch(of: /^ 2  reporting  mdw_.{8}\.\.\.  read   active  20/) != nil)
        let list = try await household.json("keys", "list")
        #expect(
            list[0].keys == [
                "id", "name", "key_preview", "scope", "state", "active", "created_at", "created_by", "last_used",
                "last_used_endpoint", "request_count", "expires_at", "revoked_at", "revoked_by", "revoked_reason",
                "rotated_to",
            ]
        )
        #expect(list.array?.map { $0["name"].text } == ["reporting", "admin"])
    }

    @Test func revokeRestoreRotateDelete() async throws {
        let household = try await Household.ready()
        _ = try await household.mdw("keys", "create", "ci")
        let revoked = try await household.json("keys", "revoke", "ci", "--reason", "left \u{202E}us")
        #expect(revoked["state"].text == "revoked")
        #expect(revoked["revoked_reason"].text == "left \u{FFFD}us")
        #expect(try await household.json("keys", "list", "--active").array?.map { $0["name"].text } == ["admin"])
        #expect(try await household.mdw("keys", "revoke", "ci").code == 1)

        let restored = try await household.mdw("keys", "restore", "2")
        #expect(restored.output == "key 2 'ci' is active again\n")
        #expect(try await household.mdw("keys", "restore", "2").errors == "mdw: key 2 is not revoked\n")

        let rotated = try await household.json("keys", "rotate", "ci", "--grace", "12h")
        #expect(rotated["rotated_from"].integer == 2)
        #expect(rotated["id"].integer == 3)
        #expect(rotated["api_key"].text?.wholeMatch(of: Self.form) != nil)
        #expect(try await household.json("keys", "show", "2")["state"].text == "rotating")
        let ambiguous = try await household.mdw("keys", "show", "ci")
        #expect(ambiguous.code == 1)
        #expect(ambiguous.errors == "mdw: 2 keys are named 'ci': use one of the ids 3, 2\n")

        let deleted = try await household.mdw("keys", "delete", "2", "--yes")
        #expect(deleted.output == "key 2 'ci' is deleted\n")
        #expect(try await household.mdw("keys", "show", "2").code == 1)
        let rows = try await household.json("audit", "list", "--key", "2")
        #expect(
            rows.array?.map { $0["action"].text }
                == ["key.delete", "key.rotate", "key.restore", "key.revoke", "key.create"]
        )
    }

    @Test func aCompromisedKeyStaysRevoked() async throws {
        let household = try await Household.ready()
        _ = try await household.mdw("keys", "create", "ci")
        let revoked = try await household.mdw("keys", "revoke", "ci", "--compromised")
        #expect(revoked.output == "key 2 'ci' is revoked for good\n")
        let restored = try await household.mdw("keys", "restore", "ci")
        #expect(restored.code == 1)
        #expect(restored.errors.contains("can't be restored"))
    }

    @Test(
        arguments: [
            ("an unknown name", ["keys", "show", "nope"], 1, "there is no API key 'nope'"),
            ("an unknown id", ["keys", "revoke", "77"], 1, "there is no API key '77'"),
            ("zero", ["keys", "show", "0"], 1, "there is no API key '0'"),
            ("an id with a sign", ["keys", "show", "+1"], 1, "there is no API key '+1'"),
            (
                "an id beyond all ids", ["keys", "delete", "9223372036854775808", "--yes"], 1,
                "ids are whole numbers from 1 to 9223372036854775807"
            ),
            ("an empty name", ["keys", "create", "  "], 1, "a key needs a name"),
            ("a long name", ["keys", "create", String(repeating: "a", count: 10_000)], 1, "has 10000 characters"),
            ("a control character", ["keys", "create", "a\u{1B}[31mb"], 1, "U+1B"),
            ("an override", ["keys", "create", "a\u{202E}b"], 1, "U+202E"),
            ("an expiry that has passed", ["keys", "create", "x", "--expires", "2020-01-01"], 1, "has passed"),
            ("an expiry that is none", ["keys", "create", "x", "--expires", "soon"], 2, "'soon' is not a time"),
            ("a day that is none", ["keys", "create", "x", "--expires", "2027-02-30"], 2, "is not a time"),
            ("an unknown scope", ["keys", "create", "x", "--scope", "root"], 2, "'root' is invalid"),
            ("a long grace", ["keys", "rotate", "admin", "--grace", "31d"], 1, "between 0 and 30 days"),
            ("a grace that is none", ["keys", "rotate", "admin", "--grace", "-1d"], 2, "grace"),
            ("no key", ["keys", "revoke"], 2, "Missing expected argument '<key>'"),
            ("an unknown verb", ["keys", "frobnicate"], 2, "Unexpected argument 'frobnicate'"),
            (
                "the file of a folder that is none", ["keys", "create", "x", "--key-file", "/dev/null/x"], 1,
                "can't be made"
            ),
            ("delete without an answer", ["keys", "delete", "admin"], 1, "add --yes to confirm it"),
            ("the last admin key", ["keys", "revoke", "admin"], 1, "the last usable admin key"),
            ("the last admin key, replaced", ["keys", "rotate", "admin"], 1, "the last usable admin key"),
        ] as [(String, [String], Int32, String)]
    )
    func refusals(_ name: String, _ arguments: [String], _ code: Int32, _ expected: String) async throws {
        let household = try await Household.ready()
        let before = try await household.mdw("audit", "anchor").output
        let outcome = try await household.mdw(arguments)
        #expect(outcome.code == code)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("mdw: "))
        #expect(outcome.errors.contains(expected), "\(outcome.errors)")
        #expect(!outcome.errors.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
        #expect(outcome.errors.utf8.count < 2000)
        #expect(try await household.mdw("audit", "anchor").output == before)
    }
}
