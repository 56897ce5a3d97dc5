import Logging
import ServiceLifecycle
import Store
import Warehouse

/// Logs the head of the audit chain each hour and every 10 000 rows: kept in the log, it proves that no tail was cut off.
struct AnchorLog: Service {
    let store: Store
    let logger: Logger

    private static let rows: Int64 = 10_000
    private static let interval = Duration.seconds(3600)
    private static let look = Duration.seconds(10)

    func run() async throws {
        await cancelWhenGracefulShutdown { await log() }
    }

    private func log() async {
        var last: (sequence: Int64, time: Timestamp)?
        repeat {
            do {
                let anchor = try await store.audit.anchor()
                let now = store.clock.now
                let isDue = last.map { anchor.sequence >= $0.sequence + Self.rows || now - $0.time >= Self.interval }
                if isDue ?? true {
                    logger.notice("audit anchor", metadata: ["anchor": "\(anchor)"])
                    last = (anchor.sequence, now)
                }
            } catch {
                logger.error("the audit log can't be read", metadata: ["error": "\(error)"])
            }
            // Only cancellation ends the sleep early.
        } while (try? await store.clock.sleep(for: Self.look)) != nil
    }
}
