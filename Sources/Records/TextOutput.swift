/// Where text goes: a terminal, a pipe, a file, a test.
package protocol TextOutput: Sendable {
    /// Whether a person reads along.
    var isTerminal: Bool { get }

    /// - Throws: ``OutputError``.
    func write(_ text: String) throws

    /// Returns when everything that was written has left this process.
    /// - Throws: ``OutputError``.
    func flush() throws
}

/// Why text could not be written.
package enum OutputError: Error, Hashable, CustomStringConvertible {
    /// Nobody reads any more, as behind `| head`.
    case closed
    case failed(String)

    package var description: String {
        switch self {
        case .closed: "nobody reads the output any more"
        case .failed(let reason): "the output can't be written: \(reason)"
        }
    }
}
