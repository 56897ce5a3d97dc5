import Logging
import ServiceLifecycle
import Store
import Warehouse

/// The attempts that were denied, summed up for each client address and minute, so that a flood of guesses can neither
/// fill the disk nor slow an administrator down.
///
/// The first attempt of an address in a minute has its audit row at once; what follows in that minute becomes one more
/// row when the minute is over, or the server ends.
final class DeniedAttempts: Service {
    private struct State {
        var minute: Int64 = 0
        /// What came after the first attempt of an address in this minute.
        var further: [String: [Authenticator.Denial: Int]] = [:]
        /// Rows that are to be written.
        var due: [AuditEvent] = []

        /// Ends the minute: what was counted becomes due.
        mutating func endMinute() {
            for (address, counts) in further.sorted(by: { $0.key < $1.key }) where !counts.isEmpty {
                let words = counts.sorted { $0.key.rawValue < $1.key.rawValue }
                    .map { "\($0.value.grouped) \($0.key.words)" }
                let total = counts.values.reduce(0, +)
                due.append(
                    DeniedAttempts.event(
                        address,
                        detail: "\(total.grouped) more denied in that minute: \(words.joined(separator: ", "))"
                    )
                )
            }
            further = [:]
        }
    }

    /// Addresses that are told apart in a minute; all others are one.
    private static let addressLimit = 1000
    private static let others = "other addresses"

    private let store: Store
    private let logger: Logger
    private let state = LockedBox(State())

    init(store: Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// Counts an attempt; never waits.
    func note(_ denial: Authenticator.Denial, from client: ClientAddress) {
        let minute = store.clock.now.seconds.flooredDivision(by: 60)
        state.withLock { state in
            if state.minute != minute {
                state.endMinute()
                state.minute = minute
            }
            var address = client.text
            if state.further[address] == nil, state.further.count >= Self.addressLimit { address = Self.others }
            if state.further[address] == nil {
                state.further[address] = [:]
                state.due.append(Self.event(address, detail: "denied: \(denial.words)"))
            } else {
                state.further[address]?[denial, default: 0] += 1
            }
        }
    }

    /// Writes what is due each second, and all the rest at the end.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            // Only cancellation ends the sleep early, and then the last rows are written below.
            while (try? await self.store.clock.sleep(for: .seconds(1))) != nil { await self.write() }
        }
        // A task of its own: this one may be cancelled already.
        await Task {
            state.withLock { $0.endMinute() }
            await write()
        }.value
    }

    private func write() async {
        let minute = store.clock.now.seconds.flooredDivision(by: 60)
        let due = state.withLock { state in
            if state.minute != minute { state.endMinute() }
            defer { state.due = [] }
            return state.due
        }
        guard !due.isEmpty else { return }
        do {
            try await store.audit.append(due)
        } catch {
            // They are tried again with what comes next; the flood that fills a disk must not fill the memory.
            state.withLock { $0.due = Array((due + $0.due).suffix(2 * Self.addressLimit)) }
            logger.error("denied attempts can't be audited", metadata: ["error": "\(error)"])
        }
    }

    fileprivate static func event(_ address: String, detail: String) -> AuditEvent {
        AuditEvent(
            "auth.denied",
            by: Actor(source: .http, name: "anonymous", address: address),
            status: 401,
            detail: detail
        )
    }
}

extension Authenticator.Denial {
    var words: String {
        switch self {
        case .missing: "no key"
        case .malformed: "malformed key"
        case .unknown: "unknown key"
        case .revoked: "revoked key"
        case .expired: "expired key"
        }
    }
}
