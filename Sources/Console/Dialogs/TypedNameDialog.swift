import Terminal
import Warehouse

/// A confirmation that wants the key's name to be typed, for what takes somebody's access away.
struct TypedNameDialog: Sendable {
    /// What is done when the name is right.
    enum Purpose: Hashable, Sendable {
        case revoke
        case delete
    }

    let purpose: Purpose
    let key: KeyID
    let name: String
    let lines: [String]
    var typedName = TextField(limit: 120)
    var reason = TextField(limit: 200)
    var isAtReason = false
    var error: String?

    init(_ purpose: Purpose, key: APIKey, lines: [String]) {
        self.purpose = purpose
        self.key = key.id
        self.name = key.name
        self.lines = lines
    }

    var title: String { purpose == .revoke ? "Revoke key \(key.rawValue)" : "Delete key \(key.rawValue) for good" }

    mutating func handle(_ input: Key) -> DialogOutcome {
        switch input {
        case .escape: return .cancelled
        case .tab, .backTab, .down, .up: if purpose == .revoke { isAtReason.toggle() }
        case .enter:
            guard typedName.text.trimmingSpaces() == name else {
                error = "that is not the key's name: type '\(name)' to confirm, Esc to keep the key"
                isAtReason = false
                return .open
            }
            guard purpose == .delete || isAtReason else {
                isAtReason = true
                return .open
            }
            return .command(command)
        default:
            error = nil
            _ = isAtReason ? reason.handle(input) : typedName.handle(input)
        }
        return .open
    }

    mutating func paste(_ text: String) {
        if isAtReason { reason.insert(text) } else { typedName.insert(text) }
    }

    private var command: Command {
        let reason = reason.text.trimmingSpaces()
        switch purpose {
        case .revoke: return .revokeKey(key, name: name, reason: reason.isEmpty ? nil : reason)
        case .delete: return .deleteKey(key, name: name)
        }
    }
}
