import Commands
import Foundation
import Records
import Warehouse

/// A terminal that a test sits at: commands run in this process, through the real parser.
final class Desk: Sendable {
    let output = Paper()
    let errors = Paper()
    private let keyboard: Keyboard
    private let environment: [String: String]
    private let folder: String

    /// `answers` are what the person types; `nil` when nobody is there.
    init(answers: [String]? = nil, in household: Household, environment: [String: String] = [:]) {
        self.keyboard = Keyboard(answers)
        self.environment = household.environment.merging(environment) { $1 }
        self.folder = household.folder
    }

    func run(_ arguments: String..., isTerminal: Bool = false) async -> Int32 {
        await run(arguments, isTerminal: isTerminal)
    }

    func run(_ arguments: [String], isTerminal: Bool = false) async -> Int32 {
        await Mdw.start(
            arguments,
            in: Surroundings(
                environment: environment,
                output: isTerminal ? Screen(paper: output) : output,
                errors: errors,
                input: keyboard,
                clock: SystemClock(),
                user: "alice",
                home: folder
            )
        )
    }
}

/// Text that was written; no terminal.
final class Paper: TextOutput, @unchecked Sendable {
    // Unchecked: the text is only touched while the lock is held.
    private let lock = NSLock()
    private var written = ""

    var text: String { lock.withLock { written } }
    var isTerminal: Bool { false }

    func write(_ text: String) { lock.withLock { written += text } }
    func flush() {}
}

/// The same, but a terminal.
private struct Screen: TextOutput {
    let paper: Paper
    var isTerminal: Bool { true }

    func write(_ text: String) { paper.write(text) }
    func flush() {}
}

/// Answers that were prepared.
private final class Keyboard: TextInput, @unchecked Sendable {
    // Unchecked: the answers are only touched while the lock is held.
    private let lock = NSLock()
    private var answers: ArraySlice<String>
    let isTerminal: Bool

    init(_ answers: [String]?) {
        self.answers = (answers ?? [])[...]
        self.isTerminal = answers != nil
    }

    func readLine() -> String? { lock.withLock { answers.popFirst() } }
}
