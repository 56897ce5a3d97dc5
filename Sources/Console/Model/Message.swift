import Warehouse

/// Something that the console has to say about an outcome.
struct Message: Hashable, Sendable {
    enum Severity: Int, Sendable, Comparable {
        case info
        case success
        case warning
        case error

        static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
    }

    let severity: Severity
    let text: String
    let time: Timestamp
}
