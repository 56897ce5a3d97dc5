import Store
import Terminal
import Warehouse

/// Everything that the console knows: views draw it, updates change it, nothing else does.
struct ConsoleModel: Sendable {
    let options: ConsoleOptions
    var size: Size
    var now: Timestamp

    var focus = Pane.symbols
    var isZoomed = false
    var symbols = SymbolList(order: ListOrder(.symbol))
    var keys = KeyList(order: ListOrder(.id, isDescending: true))
    var jobs = JobList(order: ListOrder(.state))
    var audit = AuditTail()
    var paces: [JobID: JobPace] = [:]
    var summary: StoreSummary? { didSet { summaryRevision += 1 } }
    /// Another number whenever the summary is.
    private(set) var summaryRevision = 0

    var detail: Detail?
    var overlay: Overlay?
    var dialog: Dialog?
    /// The filter being typed for the focused pane.
    var filterInput: TextField?
    /// The command being typed.
    var commandInput: CommandInput?
    /// All messages, the newest last; at most ``messageCapacity``.
    private(set) var messages: [Message] = []
    /// Whether ``footerMessage`` is still to be read.
    var showsMessage = false
    /// What the footer says: the newest message, but an error until it was dismissed.
    private(set) var footerMessage: Message?
    /// Questions that wait until the one that is open, or what is being typed, is done.
    var waitingDialogs: [Dialog] = []
    var isMouseOn: Bool
    private(set) var keyMap = KeyMap()
    private(set) var themes = ThemeCollection()
    /// The theme by name, once one was chosen here that is another than the configuration's.
    private(set) var chosenTheme: String?
    /// The keys that the last revocation took out of use, for undoing it.
    var lastRevoked: [KeyTarget] = []

    /// What was typed while rows are on their way that it is meant for; `nil` when none are.
    var heldKeys: [Key]?
    /// Whether the last key asked to leave while something was under way.
    var isLeaving = false
    /// Whether every row is being marked.
    var isMarkingAll = false
    var loads = LoadTracker()
    var freshness = Freshness()
    /// Set when the program is to end, with its exit code.
    var exitCode: Int32?

    static let messageCapacity = 500

    /// What covers the panes besides a dialog.
    enum Overlay: Sendable {
        case help(top: Int)
        case messages(top: Int)
        case results(BulkResult, top: Int)
    }

    init(options: ConsoleOptions, size: Size, now: Timestamp) {
        self.options = options
        self.size = size
        self.now = now
        isMouseOn = options.isMouseOn
        take(options.preferences)
        if let state = options.state { restore(state) }
        for greeting in options.greetings { say(.info, greeting) }
        if let firstKey = options.firstKey { dialog = .oneTimeKey(OneTimeKeyDialog(firstKey, isFirst: true)) }
    }

    mutating func say(_ severity: Message.Severity, _ text: String) {
        let message = Message(severity: severity, text: text.sanitized(limit: 500), time: now)
        messages.append(message)
        if messages.count > Self.messageCapacity { messages.removeFirst() }
        let keepsError = showsMessage && footerMessage?.severity == .error && severity < .error
        if !keepsError { footerMessage = message }
        showsMessage = true
    }

    /// Takes keys and themes from the configuration; says what of it can't be taken.
    mutating func take(_ preferences: ConsolePreferences) {
        keyMap = KeyMap(overrides: preferences.keys)
        themes = ThemeCollection(preferences)
        for problem in preferences.problems + keyMap.problems + themes.problems { say(.warning, problem) }
    }

    /// Shows a theme from now on; the configuration's own name leaves the choice to the configuration again.
    mutating func choose(theme name: String?) {
        chosenTheme = name == themes.configured ? nil : name
    }

    /// The time that ages on the screen are told for: the five seconds that have begun, as each step draws them anew.
    var shownTime: Timestamp { Timestamp(seconds: now.seconds / 5 * 5) }
    var theme: Theme { themes.theme(named: chosenTheme) }
    var layout: Layout { Layout(size: size, focus: focus, isZoomed: isZoomed) }
}
