import Glibc

/// Where a person's answers come from.
package protocol TextInput: Sendable {
    /// Whether a person can be asked.
    var isTerminal: Bool { get }

    /// The next line without its end; `nil` when there is none.
    func readLine() -> String?
}

/// Standard input.
struct StandardInput: TextInput {
    var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    func readLine() -> String? { Swift.readLine() }
}
