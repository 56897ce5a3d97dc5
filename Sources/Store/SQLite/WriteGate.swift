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
    /// The process that holds the gate, 0 when none does: the start of the lock file, mapped, so that saying so costs no
    /// call of the system.
    private let holder: UnsafeMutablePointer<Int64>

    /// `patience`: how long a writer waits before it gives up with ``StoreError/busy(detail:)``.
    init(database path: String, patience: Duration) throws {
        self.patience = patience
        self.gate = try Self.open(path + ".lock")
        do {
            self.turnstile = try Self.open(path + ".next")
            self.holder = try Self.map(gate, of: path + ".lock")
        } catch {
            Glibc.close(gate)
            throw error
        }
    }

    deinit {
        munmap(holder, Self.pageSize)
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
        holder.pointee = Int64(getpid())
        defer {
            // Whoever holds the gate next may not be mdw, and must not go by this process's number.
            holder.pointee = 0
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
            guard ContinuousClock.now < deadline else { throw StoreError.busy(detail: complaint) }
            usleep(nap)
            nap = min(nap * 2, 1000)
        }
    }

    /// For who waited in vain.
    private var complaint: String {
        let waited = "for \(patience.shortText) another writer did not let go"
        // The file can be anybody's text by now.
        let process = holder.pointee
        return (1...Int64(Int32.max)).contains(process) ? "\(waited) (process \(process))" : waited
    }

    private static let pageSize = 4096

    /// Maps the start of the lock file, which is made long enough for it.
    private static func map(_ descriptor: Int32, of path: String) throws -> UnsafeMutablePointer<Int64> {
        var status = stat()
        guard fstat(descriptor, &status) == 0,
            status.st_size >= MemoryLayout<Int64>.size
                || ftruncate(descriptor, off_t(MemoryLayout<Int64>.size)) == 0,
            let start = mmap(nil, pageSize, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), start != MAP_FAILED
        else { throw StoreError.noPermission(path: path, detail: String(cString: strerror(errno))) }
        return start.bindMemory(to: Int64.self, capacity: 1)
    }

    private static func open(_ path: String) throws -> Int32 {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError.noPermission(path: path, detail: String(cString: strerror(errno)))
        }
        return descriptor
    }
}
