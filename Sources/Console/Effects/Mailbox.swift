import Foundation
import Terminal

/// Hands what the store answered over to the thread that draws, and wakes it.
final class Mailbox: @unchecked Sendable {
    // Unchecked: every access to the two variables holds the lock.
    private let lock = NSLock()
    private var events: [ConsoleEvent] = []
    private var waker: Waker?

    func post(_ event: ConsoleEvent) {
        let waker = lock.withLock {
            events.append(event)
            return self.waker
        }
        waker?.wake()
    }

    /// Everything that was posted since the last time, in order.
    func drain() -> [ConsoleEvent] {
        lock.withLock {
            defer { events = [] }
            return events
        }
    }

    /// Whose poll a post interrupts.
    func connect(_ waker: Waker) {
        lock.withLock { self.waker = waker }
    }
}
