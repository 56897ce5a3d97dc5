import Records

/// One thing that was looked at, and what was found.
struct Checkup: Hashable, Sendable {
    enum Verdict: String, Sendable {
        case ok
        /// Worth a look; nothing is broken.
        case warning
        case problem
    }

    let name: String
    let verdict: Verdict
    let detail: String

    static func ok(_ name: String, _ detail: String) -> Checkup {
        Checkup(name: name, verdict: .ok, detail: detail)
    }

    static func warning(_ name: String, _ detail: String) -> Checkup {
        Checkup(name: name, verdict: .warning, detail: detail)
    }

    static func problem(_ name: String, _ detail: String) -> Checkup {
        Checkup(name: name, verdict: .problem, detail: detail)
    }
}

extension RecordLayout<Checkup> {
    static let checkups = RecordLayout([
        Field("name", "check") { .text($0.name) },
        Field("verdict") { .text($0.verdict.rawValue) },
        Field("detail") { .text($0.detail) },
    ])
}
