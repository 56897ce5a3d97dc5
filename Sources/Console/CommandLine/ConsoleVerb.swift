import Records
import Warehouse

/// A command that can be typed behind `:`.
struct ConsoleVerb: Hashable, Sendable {
    /// What stands in a place behind the verb, for completion and help.
    enum Argument: Hashable, Sendable {
        case key
        case symbol
        case job
        case theme
        case column
        /// One of these.
        case word([String])
        /// Anything; the text stands in the help.
        case text(String)
    }

    let name: String
    let arguments: [Argument]
    /// Whether the last argument may be repeated.
    let isOpenEnded: Bool
    let help: String
    /// Whether it can change the store; read-only consoles do not offer it.
    let writes: Bool

    private init(
        _ name: String,
        _ arguments: [Argument] = [],
        isOpenEnded: Bool = false,
        _ help: String,
        writes: Bool = false
    ) {
        self.name = name
        self.arguments = arguments
        self.isOpenEnded = isOpenEnded
        self.help = help
        self.writes = writes
    }

    private static let timeframes = Argument.word(Timeframe.allCases.map(\.rawValue))
    private static let day = Argument.text("YYYY-MM-DD")

    static let all: [ConsoleVerb] = [
        ConsoleVerb(
            "add",
            [.text("symbol"), .word(AssetClass.allCases.map(\.rawValue)), .text("timeframes")],
            isOpenEnded: true,
            "track symbols, as in: add ETH SOL crypto 1h,1d",
            writes: true
        ),
        ConsoleVerb("activate", [.symbol], "fetch candles of a symbol again", writes: true),
        ConsoleVerb("deactivate", [.symbol], "fetch no more candles of a symbol", writes: true),
        ConsoleVerb("frames", [.symbol, timeframes], "choose the timeframes of a symbol, as 1h,1d", writes: true),
        ConsoleVerb(
            "backfill",
            [.symbol, timeframes, day, day],
            "fetch candles: symbol, timeframe, days",
            writes: true
        ),
        ConsoleVerb(
            "create",
            [.text("name"), .word(["read", "admin"]), .text("expiry")],
            "create a key",
            writes: true
        ),
        ConsoleVerb("revoke", [.key], "take a key out of use", writes: true),
        ConsoleVerb("undo", [], "undo the last revocation", writes: true),
        ConsoleVerb("restore", [.key], "put a revoked key back into use", writes: true),
        ConsoleVerb("rotate", [.key], "replace a key by a new one", writes: true),
        ConsoleVerb("delete", [.key], "remove a key for good", writes: true),
        ConsoleVerb("pause", [.job], "pause a job", writes: true),
        ConsoleVerb("resume", [.job], "let a paused job go on", writes: true),
        ConsoleVerb("cancel", [.job], "end a job", writes: true),
        ConsoleVerb("retry", [.job], "queue a job again", writes: true),
        ConsoleVerb("retry-failed", [], "queue every failed job again", writes: true),
        ConsoleVerb("workers", [.word(["pause", "resume"])], "pause the workers, or let them go on", writes: true),
        ConsoleVerb("go", [.word(Pane.allCases.map(\.name))], "to a pane"),
        ConsoleVerb("sort", [.column], "sort the pane; -column for the largest first"),
        ConsoleVerb("filter", [.text("words")], isOpenEnded: true, "narrow the pane down; nothing drops the filter"),
        ConsoleVerb(
            "export",
            [.text("file"), .word(ExportFormat.allCases.map(\.rawValue))],
            "write the table to a file"
        ),
        ConsoleVerb("theme", [.theme], "choose the theme"),
        ConsoleVerb("mouse", [.word(["on", "off"])], "mouse on or off"),
        ConsoleVerb("history", [], "the backfills that ended, and the daily runs"),
        ConsoleVerb("messages", [], "messages so far"),
        ConsoleVerb("help", [], "the keys"),
        ConsoleVerb("quit", [], "quit"),
    ]

    static func named(_ name: String) -> ConsoleVerb? { all.first { $0.name == name } }

    /// What stands at a place behind the verb, from 0; `nil` behind the last.
    func argument(at place: Int) -> Argument? {
        if arguments.indices.contains(place) { return arguments[place] }
        return isOpenEnded ? arguments.last : nil
    }
}

/// A command as it was typed: the verb and what stands behind it.
struct TypedCommand: Hashable, Sendable {
    let verb: ConsoleVerb
    let arguments: [String]

    /// - Throws: ``Fault`` when there is no such verb.
    init(_ text: String) throws(Fault) {
        let words = Self.words(of: text)
        guard let name = words.first else { throw Fault(text: "type a command, such as help") }
        guard let verb = ConsoleVerb.named(name) else {
            throw Fault(text: "there is no command '\(name)': Tab lists them")
        }
        self.verb = verb
        arguments = Array(words.dropFirst())
    }

    /// What is wrong with a typed command, in one sentence.
    struct Fault: Error, Hashable {
        let text: String
    }

    /// The argument at a place; empty when it was not typed.
    func argument(_ place: Int) -> String { arguments.indices.contains(place) ? arguments[place] : "" }

    /// The words of a line: blanks part them, `"` keeps blanks together.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        for character in text {
            switch character {
            case "\"":
                isQuoted.toggle()
                word = word ?? ""
            case " " where !isQuoted:
                if let word { words.append(word) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return words
    }
}
