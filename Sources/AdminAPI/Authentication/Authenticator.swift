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
    var refusal: Refusal {
        Refusal(
            .unauthorized,
            self == .missing ? "Missing X-API-Key header" : "Invalid or inactive API key",
            headers: [.wwwAuthenticate: "ApiKey header=\"X-API-Key\""]
        )
    }
}
