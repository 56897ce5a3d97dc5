import Testing
import Warehouse

@Suite struct AuditEntryTests {
    private static let alice = Actor(source: .cli, name: "alice")

    private func canonical(_ event: AuditEvent, sequence: Int64 = 1) -> String {
        let bytes = AuditEntry.canonicalBytes(sequence: sequence, time: Timestamp(microseconds: 5), event: event)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `the bytes that are hashed`() {
        let full = AuditEvent(
            "key.create",
            by: Actor(source: .http, name: "Zoë", address: "::1"),
            key: (KeyID(7), "a,b"),
            status: -1,
            duration: .milliseconds(2),
            detail: ""
        )
        #expect(canonical(full) == "1:1,1:5,4:http,4:Zoë,1:7,3:a,b,10:key.create,2:-1,3:::1,4:2000,0:,")
        #expect(canonical(AuditEvent("x", by: Self.alice)) == "1:1,1:5,3:cli,5:alice,-,-,1:x,-,-,-,-,")
    }

    /// What a form without lengths would confuse.
    @Test func `different rows have different bytes`() {
        var events: [AuditEvent] = []
        for (name, action, detail) in [
            ("a", "b", "c"), ("ab", "", "c"), ("a", "bc", ""), ("a", "b", nil), ("", "ab", "c"), ("-", "b", "c"),
            ("a", "-,b", "c"), ("a", "1:b,", "c"), ("a", "b", "-"),
        ] as [(String, String, String?)] {
            events.append(AuditEvent(action, by: Self.alice, key: (KeyID(1), name), detail: detail))
            events.append(AuditEvent(action, by: Actor(source: .cli, name: name), detail: detail))
            events.append(AuditEvent(action, by: Actor(source: .http, name: name, address: detail), status: 1))
        }
        #expect(Set(events.map { canonical($0) }).count == Set(events).count)
        #expect(canonical(events[0], sequence: 1) != canonical(events[0], sequence: 11))
    }

    @Test func `an entry knows whether it is as it was written`() {
        let event = AuditEvent("x", by: Self.alice)
        let entry = AuditEntry(
            appending: event,
            sequence: 1,
            time: Timestamp(seconds: 1),
            previousHash: AuditEntry.genesis
        )
        #expect(entry.isIntact)
        #expect(entry.id == 1)
        let moved = AuditEntry(
            sequence: 2,
            time: entry.time,
            event: event,
            previousHash: entry.previousHash,
            hash: entry.hash
        )
        #expect(!moved.isIntact)
    }

    @Test func `an actor of the store is kept as it is there`() {
        #expect(Actor(stored: .cli, name: "eve\u{202E}", address: "\n").name == "eve\u{202E}")
        #expect(Actor(stored: .cli, name: "eve", address: "\n").address == "\n")
        #expect(Actor(source: .cli, name: "eve\u{202E}", address: "\n").address == "\u{FFFD}")
    }
}

@Suite struct AuditAnchorTests {
    private static let hash = String(repeating: "ab", count: 32)

    @Test(arguments: [("0:" + hash, 0), ("42:" + hash, 42), ("42:" + hash.uppercased(), 42)])
    func `reads what it writes`(text: String, sequence: Int64) throws {
        let anchor = try #require(AuditAnchor(text: text))
        #expect(anchor == AuditAnchor(sequence: sequence, hash: Self.hash))
        #expect(anchor.description == "\(sequence):\(Self.hash)")
    }

    @Test(arguments: [
        "", "42", ":", "42:", ":" + hash, "-1:" + hash, "+1:" + hash, "01:" + hash, "x:" + hash, "42:abc",
        "42::" + hash,
        ":42:" + hash, "42:" + hash + ":", "42:" + hash + ":1", " 42:" + hash, "42: " + hash,
        "9223372036854775808:" + hash,
    ])
    func `refuses anything else`(text: String) {
        #expect(AuditAnchor(text: text) == nil)
    }
}
