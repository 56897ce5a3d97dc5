import Terminal

/// Where a key has its meaning.
enum KeyContext: Hashable, Sendable {
    /// Everywhere outside of dialogs and inputs.
    case everywhere
    case pane(Pane)
    /// The opened symbol.
    case symbolDetail
}

/// What a key does in a context.
///
/// One table drives dispatch, footer, help, documentation and what read-only leaves out.
struct KeyBinding: Hashable, Sendable {
    var keys: [Key]
    let context: KeyContext
    let action: Action
    /// For the footer: a word or two.
    ///
    /// Bindings without one are only in the help.
    let label: String?
    /// For the help: what it does.
    let help: String
    /// Whether it can change the store; read-only consoles do not bind it.
    let writes: Bool

    private init(
        _ keys: [Key],
        in context: KeyContext = .everywhere,
        _ action: Action,
        _ label: String? = nil,
        help: String,
        writes: Bool = false
    ) {
        self.keys = keys
        self.context = context
        self.action = action
        self.label = label
        self.help = help
        self.writes = writes
    }

    private static func change(
        _ key: Key,
        _ pane: Pane,
        _ action: Action,
        _ label: String? = nil,
        _ help: String
    ) -> KeyBinding {
        KeyBinding([key], in: .pane(pane), action, label, help: help, writes: true)
    }

    static let table: [KeyBinding] = [
        .change("a", .symbols, .addSymbol, "add", "track symbols: one, several, or a pasted list"),
        .change("b", .symbols, .backfillSymbol, "backfill", "fetch candles"),
        .change("f", .symbols, .editTimeframes, "frames", "choose timeframes"),
        .change("x", .symbols, .toggleSymbol, "on/off", "activate or deactivate"),
        .change("t", .symbols, .retryFailedOfSymbol, nil, "queue its failed jobs again"),
        KeyBinding(["v"], in: .pane(.symbols), .showRejected, help: "the refused candles, each with the rule"),

        .change("c", .keys, .createKey, "create", "create a key"),
        .change("r", .keys, .revokeKey, "revoke", "take the key out of use"),
        .change("u", .keys, .undoRevoke, "undo", "undo the last revocation"),
        .change("R", .keys, .restoreKey, "restore", "put it back into use"),
        .change("o", .keys, .rotateKey, "rotate", "replace it by a new key"),
        .change("D", .keys, .deleteKey, "delete", "remove it for good"),

        .change("b", .backfill, .startBackfill, "start", "start a backfill"),
        .change("p", .backfill, .pauseJob, "pause", "pause the job"),
        .change("r", .backfill, .resumeJob, "resume", "let it go on"),
        .change("c", .backfill, .cancelJob, "cancel", "end the job"),
        .change("t", .backfill, .retryJob, "retry", "queue it again"),
        .change("T", .backfill, .retryAllFailed, nil, "queue every failed job again"),
        .change("P", .backfill, .toggleWorkers, nil, "pause the workers or let them go on"),

        KeyBinding([.right, "l"], in: .symbolDetail, .nextTimeframe, "timeframe", help: "chart of the next timeframe"),
        KeyBinding([.left, "h"], in: .symbolDetail, .previousTimeframe, help: "chart of the timeframe before"),

        KeyBinding(["?", .function(1)], .help, "help", help: "show or hide the keys"),
        KeyBinding(["q", .control("c")], .quit, "quit", help: "go back, or quit"),
        KeyBinding([.enter], .open, "detail", help: "open the row"),
        KeyBinding(["/"], .filter, "filter", help: "narrow the pane down: words, field:value, ! for not"),
        KeyBinding([":"], .command, "command", help: "type a command; Tab completes it"),
        KeyBinding([" "], .mark, "mark", help: "mark the row; actions then take all marked ones"),
        KeyBinding(["*"], .markAll, help: "mark every row that the filter leaves; again: none"),
        KeyBinding(["s"], .sort, "sort", help: "choose the column to sort by"),
        KeyBinding(["S"], .reverseSort, help: "turn the order around"),
        KeyBinding([.tab], .nextPane, "pane", help: "next pane"),
        KeyBinding([.backTab], .previousPane, help: "previous pane"),
        KeyBinding(["z"], .zoom, "zoom", help: "one pane on the whole screen, or all again"),
        KeyBinding([.up, "k"], .up, help: "one row up"),
        KeyBinding([.down, "j"], .down, help: "one row down"),
        KeyBinding([.pageUp, .control("b")], .pageUp, help: "one page up"),
        KeyBinding([.pageDown, .control("f")], .pageDown, help: "one page down"),
        KeyBinding([.home, "g"], .first, help: "to the first row"),
        KeyBinding([.end, "G"], .last, help: "to the last row; in the audit: follow it"),
        KeyBinding(["1"], .showSymbols, help: "symbols"),
        KeyBinding(["2"], .showKeys, help: "API keys"),
        KeyBinding(["3"], .showBackfill, help: "backfill"),
        KeyBinding(["4"], .showAudit, help: "audit"),
        KeyBinding([.escape], .back, help: "close, drop marks, or drop the filter"),
        KeyBinding(["y"], .copy, help: "copy the row to the terminal's clipboard"),
        KeyBinding(["e"], .export, help: "write the table to a file"),
        KeyBinding(["H"], .history, help: "the backfills that ended, and the daily runs"),
        KeyBinding(["m"], .messages, help: "messages so far"),
        KeyBinding([.control("t")], .theme, help: "choose the theme"),
        KeyBinding(["M"], .toggleMouse, help: "mouse on or off"),
        KeyBinding([.control("l")], .redraw, help: "draw the screen anew"),
        KeyBinding([.control("z")], .suspend, help: "suspend to the shell"),
    ]
}
