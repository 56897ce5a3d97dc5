/// Something that a key does outside of dialogs.
enum Action: String, CaseIterable, Sendable {
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
    case help
    case messages
    case redraw
    case toggleMouse
    case suspend

    case addSymbol
    case toggleSymbol
    case editTimeframes
    case backfillSymbol
    case createKey
    case revokeKey
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
}
