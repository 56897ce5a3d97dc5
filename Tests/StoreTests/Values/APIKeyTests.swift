import Testing
import Warehouse

@Suite struct APIKeyTests {
    private static let now = Timestamp(seconds: 1000)

    private static func key(
        expires: Int64? = nil,
        rotated: Bool = false,
        revoked: Bool = false,
        compromised: Bool = false
    ) -> APIKey {
        APIKey(
            id: KeyID(1),
            name: "ops",
            preview: "mdw_01234567",
            scope: .admin,
            createdAt: Timestamp(seconds: 0),
            createdBy: "alice",
            expiresAt: expires.map { now + .microseconds($0) },
            lastUsed: nil,
            lastUsedEndpoint: nil,
            requestCount: 0,
            revocation: revoked
                ? APIKey.Revocation(at: now, by: "alice", reason: nil, compromised: compromised) : nil,
            rotatedTo: rotated ? KeyID(2) : nil
        )
    }

    @Test(
        arguments: [
            ("plain", key(), .active), ("to expire", key(expires: 1), .active),
            ("expires now", key(expires: 0), .expired),
            ("expired", key(expires: -1), .expired), ("rotated", key(rotated: true), .rotating),
            ("in its grace", key(expires: 1, rotated: true), .rotating),
            ("after its grace", key(expires: 0, rotated: true), .expired), ("revoked", key(revoked: true), .revoked),
            ("revoked and expired", key(expires: -1, revoked: true), .revoked),
            ("revoked by rotation", key(rotated: true, revoked: true), .revoked),
            ("compromised", key(revoked: true, compromised: true), .compromised),
        ] as [(String, APIKey, KeyState)]
    )
    func `a key's state`(name: String, key: APIKey, state: KeyState) {
        #expect(key.state(at: Self.now) == state)
    }

    @Test(
        arguments: [
            (.active, true), (.rotating, true), (.expired, false), (.revoked, false), (.compromised, false),
        ] as [(KeyState, Bool)]
    )
    func `only active and rotating keys are let in`(state: KeyState, usable: Bool) {
        #expect(state.isUsable == usable)
    }

    @Test func `ids are ordered by number`() {
        #expect(KeyID(2) < KeyID(10))
        #expect(JobID(2) < JobID(10))
        #expect(SymbolID(2) < SymbolID(10))
        #expect(JobPriority.manual < .deepHistory)
    }
}
