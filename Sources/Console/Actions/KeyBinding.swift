import Terminal

/// Where a key has its meaning.
enum KeyContext: Hashable, Sendable {
    /// Everywhere outside of dialogs and inputs.
    case everywhere
    case pane(Pane)
}

/// What a key does in a context.
///
/// This one table drives dispatch, footer, help and what read-only leaves out.
struct KeyBinding: Sendable {
    let keys: [Key]
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
        label: String? = nil,
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

    static let table: [KeyBinding] = [
        KeyBinding(["a"], in: .pane(.symbols), .addSymbol, label: "add", help: "track symbols", writes: true),
        KeyBinding(["b"], in: .pane(.symbols), .backfillSymbol, label: "backfill", help: "fetch candles", writes: true),
        KeyBinding(
            ["f"],
            in: .pane(.symbols),
            .editTimeframes,
            label: "frames",
            help: "choose timeframes",
            writes: true
        ),
        KeyBinding(
            ["x"],
            in: .pane(.symbols),
            .toggleSymbol,
            label: "on/off",
            help: "activate or deactivate",
            writes: true
        ),

        KeyBinding(["c"], in: .pane(.keys), .createKey, label: "create", help: "create a key", writes: true),
        KeyBinding(["r"], in: .pane(.keys), .revokeKey, label: "revoke", help: "take the key out of use", writes: true),
        KeyBinding(["R"], in: .pane(.keys), .restoreKey, label: "restore", help: "put it back into use", writes: true),
        KeyBinding(
            ["o"],
            in: .pane(.keys),
            .rotateKey,
            label: "rotate",
            help: "replace it by a new key",
            writes: true
        ),
        KeyBinding(["D"], in: .pane(.keys), .deleteKey, label: "delete", help: "remove it for good", writes: true),

        KeyBinding(["b"], in: .pane(.backfill), .startBackfill, label: "start", help: "start a backfill", writes: true),
        KeyBinding(["p"], in: .pane(.backfill), .pauseJob, label: "pause", help: "pause the job", writes: true),
        KeyBinding(["r"], in: .pane(.backfill), .resumeJob, label: "resume", help: "let it go on", writes: true),
        KeyBinding(["c"], in: .pane(.backfill), .cancelJob, label: "cancel", help: "end the job", writes: true),
        KeyBinding(["t"], in: .pane(.backfill), .retryJob, label: "retry", help: "queue it again", writes: true),
        KeyBinding(["T"], in: .pane(.backfill), .retryAllFailed, help: "queue every failed job again", writes: true),
        KeyBinding(
            ["P"],
            in: .pane(.backfill),
            .toggleWorkers,
            help: "pause the workers or let them go on",
            writes: true
        ),

        KeyBinding(["?", .function(1)], .help, label: "help", help: "show or hide this"),
        KeyBinding(["q", .control("c")], .quit, label: "quit", help: "go back, or quit"),
        KeyBinding([.enter], .open, label: "detail", help: "open the row"),
        KeyBinding(["/"], .filter, label: "filter", help: "show only rows that hold every word"),
        KeyBinding([.tab], .nextPane, label: "pane", help: "next pane"),
        KeyBinding(["z"], .zoom, label: "zoom", help: "one pane on the whole screen, or all again"),
        KeyBinding([.up, "k"], .up, help: "one row up"),
        KeyBinding([.down, "j"], .down, help: "one row down"),
        KeyBinding([.pageUp, .control("b")], .pageUp, help: "one page up"),
        KeyBinding([.pageDown, .control("f"), " "], .pageDown, help: "one page down"),
        KeyBinding([.home, "g"], .first, help: "to the first row"),
        KeyBinding([.end, "G"], .last, help: "to the last row; in the audit: follow it"),
        KeyBinding([.backTab], .previousPane, help: "previous pane"),
        KeyBinding(["1"], .showSymbols, help: "symbols"),
        KeyBinding(["2"], .showKeys, help: "API keys"),
        KeyBinding(["3"], .showBackfill, help: "backfill"),
        KeyBinding(["4"], .showAudit, help: "audit"),
        KeyBinding([.escape], .back, help: "close, or drop the filter"),
        KeyBinding(["m"], .messages, help: "messages so far"),
        KeyBinding(["M"], .toggleMouse, help: "mouse on or off"),
        KeyBinding([.control("l")], .redraw, help: "draw the screen anew"),
        KeyBinding([.control("z")], .suspend, help: "suspend to the shell"),
    ]

    /// The bindings of a pane: its own first, then those of everywhere.
    static func bindings(in pane: Pane, readOnly: Bool) -> [KeyBinding] {
        let bound = table.filter { !(readOnly && $0.writes) }
        return bound.filter { $0.context == .pane(pane) } + bound.filter { $0.context == .everywhere }
    }

    static func action(for key: Key, in pane: Pane, readOnly: Bool) -> KeyBinding? {
        bindings(in: pane, readOnly: readOnly).first { $0.keys.contains(key) }
    }
}
