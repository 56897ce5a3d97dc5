import Warehouse

/// The keys that every seeded store holds, by what became of them.
enum TestKey: String, CaseIterable, Sendable {
    case admin
    case reader
    case revoked
    case expired
    /// Replaced, and within its grace period.
    case rotating
    /// The one that replaced it.
    case successor
    case compromised
    case deleted
    /// `mdw_` and 64 hexadecimal digits, known by its hash alone.
    case legacy
    /// A well-formed key that nobody made.
    case unknown

    /// The key's id in the store.
    var id: Int64 { Int64((Self.allCases.firstIndex(of: self) ?? 0) + 1) }

    /// The key in clear, the same in every run.
    var raw: String {
        if self == .legacy { return "mdw_" + String(repeating: "0123456789abcdef", count: 4) }
        var generator = self.generator
        return RawKey.generate(using: &generator).reveal()
    }

    /// The numbers that the key is made of.
    var generator: SeededGenerator { SeededGenerator(seed: UInt64(id)) }
}
