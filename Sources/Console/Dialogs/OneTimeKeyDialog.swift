import Store
import Terminal
import Warehouse

/// Shows a new key, once.
///
/// Only an explicit answer closes it, so that no stray key loses the key; then the key is overwritten wherever it is held.
struct OneTimeKeyDialog: Sendable {
    let created: CreatedKey
    /// Whether this is the key that the first start made.
    let isFirst: Bool
    var wasCopied = false
    /// Set when a key was pressed that is no answer, so that the view can say which are.
    var needsAnswer = false

    init(_ created: CreatedKey, isFirst: Bool = false) {
        self.created = created
        self.isFirst = isFirst
    }

    mutating func handle(_ key: Key) -> DialogOutcome {
        switch key {
        case "y":
            wasCopied = true
            return .copy(created.raw)
        case "s":
            created.raw.erase()
            return .done
        default:
            needsAnswer = true
            return .open
        }
    }
}
