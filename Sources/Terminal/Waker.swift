internal import CNcurses
internal import Glibc

/// Interrupts a poll, such as a terminal's; may be used from any thread, also after the terminal was closed.
package final class Waker: Sendable {
    /// For the poll: readable once it is woken.
    ///
    /// An eventfd: however often it is woken, one read takes it all; −1 when the system had none left.
    package let descriptor: Int32

    package init() {
        descriptor = mdw_counter_open()
    }

    deinit {
        if descriptor >= 0 { Glibc.close(descriptor) }
    }

    /// Makes the poll that is under way, or else the next one, return at once.
    package func wake() {
        var one: UInt64 = 1
        // Only a full counter fails, and then the poll is awake anyway.
        _ = write(descriptor, &one, 8)
    }

    /// Forgets what was woken so far.
    func reset() {
        var count: UInt64 = 0
        // Fails when there was nothing to forget.
        _ = read(descriptor, &count, 8)
    }
}
