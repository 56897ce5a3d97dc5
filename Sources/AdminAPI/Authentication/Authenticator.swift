import HTTPTypes
import Hummingbird
import Store
import Warehouse

/// Decides whose request it is.
struct Authenticator: Sendable {
    /// Why nobody is let in.
    enum Denial: String, CaseIterable, Error, Sendable {
        case missing
        /// Not a key: its form or its checksum is wrong.
        case malformed
        case unknown
        case revoked
        case expired
    }

    private let ring: KeyRing
    private let clock: any WallClock

    init(ring: KeyRing, clock: any WallClock) {
        self.ring = ring
        self.clock = clock
    }

    /// - Throws: ``Denial``, or the `StoreError` for which nobody can be let in.
    func identify(_ request: Request) throws -> APIKey {
        guard let presented = request.headers[.apiKey], !presented.isEmpty else { throw Denial.missing }
        guard let raw = RawKey(presented: presented) else { throw Denial.malformed }
        guard let key = try ring.find(raw.hash) else { throw Denial.unknown }
        switch key.state(at: clock.now) {
        case .active, .rotating: return key
        case .expired: throw Denial.expired
        case .revoked, .compromised: throw Denial.revoked
        }
    }
}

extension Authenticator.Denial {
    /// The same for every key that is refused: an answer must not tell a revoked key from one that never was.
    var refusal: Refusal { self == .missing ? Self.missingKey : Self.uselessKey }

    private static let missingKey = refusal("Missing X-API-Key header")
    private static let uselessKey = refusal("Invalid or inactive API key")

    private static func refusal(_ detail: String) -> Refusal {
        Refusal(.unauthorized, detail, headers: [.wwwAuthenticate: "ApiKey header=\"X-API-Key\""])
    }
}
