import Foundation
import Warehouse

/// A clock that stands still.
struct StandingClock: WallClock {
    let now = Timestamp(seconds: 1_732_443_000)

    func sleep(for duration: Duration) async throws { try Task.checkCancellation() }
}

extension AlertNotice {
    /// A notice that a failed backfill gives rise to.
    static func sample(
        _ event: AlertEvent = .raised,
        message: String = #"HTTP 500: "no" \ ü"#,
        subject: String = "AAPL 1d"
    ) -> AlertNotice {
        let raisedAt = Timestamp(seconds: 1_732_442_400)
        return AlertNotice(
            event,
            Alert(
                id: AlertID(7),
                condition: AlertCondition(.backfillFailed, subject),
                severity: .warning,
                message: message,
                raisedAt: raisedAt,
                resolvedAt: event == .resolved ? raisedAt + .seconds(60) : nil
            )
        )
    }
}

/// Runs `body` with a folder that is removed afterwards.
func withFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mdw-notifications-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer {
        // What is left over is in the folder for temporary files.
        try? FileManager.default.removeItem(atPath: folder)
    }
    return try await body(folder)
}
