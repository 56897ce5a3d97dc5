import Terminal

/// A yes-or-no question before something that is not easily undone.
///
/// Cancel is the default; `y` or choosing the other button confirms, keys that open dialogs never do.
struct ConfirmationDialog: Sendable {
    let title: String
    let lines: [String]
    /// What the confirming button says.
    let verb: String
    let commands: [Command]
    var isConfirmSelected = false

    mutating func handle(_ key: Key) -> DialogOutcome {
        switch key {
        case .escape, "n", "q": return .cancelled
        case "y": return .commands(commands)
        case .left, .right, .tab, .backTab: isConfirmSelected.toggle()
        case .enter: return isConfirmSelected ? .commands(commands) : .cancelled
        default: break
        }
        return .open
    }
}
