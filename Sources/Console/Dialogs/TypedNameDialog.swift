import Terminal
import Warehouse

/// A confirmation that wants the key's name to be typed, or the number of keys when there are several, for what takes
/// somebody's access away.
struct TypedNameDialog: Sendable {
    /// What is done when the name is right.
    enum Purpose: Hashable, Sendable {
        case revoke
        case delete
    }

    let purpose: Purpose
    let targets: [KeyTarget]
    let lines: [String]
    var typedName = TextField(limit: 120)
    var reason = TextField(limit: 200)
    var isAtReason = false
    var error: String?

    /// `keys`: at least one.
    init(_ purpose: Purpose, keys: [APIKey], lines: [String]) {
        self.purpose = purpose
        targets = keys.map(KeyTarget.init)
        self.lines = lines
    }

    /// What is to be typed.
    var expected: String { targets.count == 1 ? targets[0].name : String(targets.count) }

    var title: String {
        let what = targets.count == 1 ? "key \(targets[0].id.rawValue)" : "\(targets.count) keys"
        return purpose == .revoke ? "Revoke \(what)" : "Delete \(what) for good"
    }

    mutating func handle(_ input: Key) -> DialogOutcome {
        switch input {
        case .escape: return .cancelled
        case .tab, .backTab, .down, .up: if purpose == .revoke { isAtReason.toggle() }
        case .enter:
            guard typedName.text.trimmingSpaces() == expected else {
                error =
                    targets.count == 1
                    ? "that is not the key's name: type '\(expected)' to confirm, Esc to keep the key"
                    : "that is not the number of keys: type \(expected) to confirm, Esc to keep them"
                isAtReason = false
                return .open
            }
            guard purpose == .delete || isAtReason else {
                isAtReason = true
                return .open
            }
            return .commands(commands)
        default:
            error = nil
            _ = isAtReason ? reason.handle(input) : typedName.handle(input)
        }
        return .open
    }

    mutating func paste(_ text: String) {
        if isAtReason { reason.insert(text) } else { typedName.insert(text) }
    }

    private var commands: [Command] {
        let reason = reason.text.trimmingSpaces()
        return targets.map { target in
            switch purpose {
            case .revoke: .revokeKey(target.id, name: target.name, reason: reason.isEmpty ? nil : reason)
            case .delete: .deleteKey(target.id, name: target.name)
            }
        }
    }
}
