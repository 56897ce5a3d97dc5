import Foundation
import Glibc
import Warehouse

/// Lets one writer at a time through, over all processes on a database.
///
/// SQLite before 3.51.3 can lose a commit when one connection writes while another resets the write-ahead log in a
/// checkpoint. So every write transaction and every checkpoint runs inside this gate: an exclusive `flock` on
/// `<database>.lock`, never on the database itself, whose own locks would be dropped when a descriptor is closed.
///
/// `flock` is not fair, so there is a turnstile before it: a writer takes `<database>.next`, then the gate, then lets go
/// of `.next`. At most one writer waits at the gate itself, and it is the next; who has just written queues again.
final class WriteGate: @unchecked Sendable {
    // Unchecked: the descriptors never change after init, and `enter` is called on the engine's one writer queue only.
    private let gate: Int32
    private let turnstile: Int32
    private let patience: Duration

    /// `patience`: how long a writer waits before it gives up with ``StoreError/busy(detail:)``.
    init(database path: String, patience: Duration) throws {
        self.patience = patience
        self.gate = try Self.open(path + ".lock")
        do {
            self.turnstile = try Self.open(path + ".next")
        } catch {
            Glibc.close(gate)
            throw error
        }
    }

    deinit {
        close(gate)
        close(turnstile)
    }

    /// Runs `body` as the only writer.
    func enter<Value>(_ body: () throws -> Value) throws -> Value {
        let deadline = ContinuousClock.now + patience
        try lock(turnstile, until: deadline)
        do {
            defer { flock(turnstile, LOCK_UN) }
            try lock(gate, until: deadline)
        }
        writeHolder()
        defer {
            // Whoever holds the gate next may not be mdw, and must not go by this process's number.
            ftruncate(gate, 0)
            flock(gate, LOCK_UN)
        }
        return try body()
    }

    /// Waits in naps, because a blocking `flock` can't be given a time limit.
    ///
    /// The nap is short at first, so that an administrator's change follows a page of candles within a fraction of a
    /// millisecond.
    private func lock(_ descriptor: Int32, until deadline: ContinuousClock.Instant) throws {
        var nap: useconds_t = 50
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw StoreError.failed("the lock file can't be locked: \(String(cString: strerror(errno)))")
            }
            guard ContinuousClock.now < deadline else { throw StoreError.busy(detail: holder()) }
            usleep(nap)
            nap = min(nap * 2, 1000)
        }
    }

    /// Leaves this process's number in the lock file, for the message of who waits in vain.
    private func writeHolder() {
        let text = "\(getpid())\n"
        // Only a hint for people: a failure to write it must not stop the transaction.
        _ = text.withCString { pwrite(gate, $0, strlen($0), 0) }
        _ = ftruncate(gate, off_t(text.utf8.count))
    }

    private func holder() -> String {
        var buffer = [UInt8](repeating: 0, count: 32)
        let count = max(0, pread(gate, &buffer, buffer.count, 0))
        let pid = String(decoding: buffer[..<count], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        let waited = "for \(patience.shortText) another writer did not let go"
        return pid.isEmpty ? waited : "\(waited) (process \(pid))"
    }

    private static func open(_ path: String) throws -> Int32 {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError.noPermission(path: path, detail: String(cString: strerror(errno)))
        }
        return descriptor
    }
}
