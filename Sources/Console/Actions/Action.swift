/// Something that a key does outside of dialogs.
enum Action: String, CaseIterable, Hashable, Sendable {
    case up
    case down
    case pageUp
    case pageDown
    case first
    case last
    case nextPane
    case previousPane
    case showSymbols
    case showKeys
    case showBackfill
    case showAudit
    case zoom
    case open
    case back
    case quit
    case filter
    case command
    case sort
    case reverseSort
    case mark
    case markAll
    case copy
    case export
    case history
    case theme
    case help
    case messages
    case redraw
    case toggleMouse
    case suspend

    case addSymbol
    case toggleSymbol
    case editTimeframes
    case backfillSymbol
    case retryFailedOfSymbol
    case showRejected
    case createKey
    case revokeKey
    case undoRevoke
    case restoreKey
    case rotateKey
    case deleteKey
    case startBackfill
    case pauseJob
    case resumeJob
    case cancelJob
    case retryJob
    case retryAllFailed
    case toggleWorkers
    case nextTimeframe
    case previousTimeframe

    /// Whether it does something with rows of the list, rather than moving in it or looking elsewhere.
    var needsRows: Bool {
        switch self {
        case .open, .mark, .markAll, .copy, .toggleSymbol, .editTimeframes, .backfillSymbol, .retryFailedOfSymbol,
            .showRejected, .revokeKey, .restoreKey, .rotateKey, .deleteKey, .pauseJob, .resumeJob, .cancelJob,
            .retryJob:
            true
        default: false
        }
    }

    /// How the configuration names it: `revoke-key`.
    var name: String {
        rawValue.reduce(into: "") { name, character in
            name += character.isUppercase ? "-" + character.lowercased() : String(character)
        }
    }
}
