import Foundation
import Glibc
import Terminal
import Warehouse

/// Sleeps until something happens to one of its files, or somebody ends the sleep.
///
/// For one thread.
///
/// The system tells of it (inotify(7)), so a sleep costs nothing. A file that is not there is waited for in the folder that
/// it is to appear in; one that was replaced is found again at ``renew()``.
final class FileWatch {
    private let paths: [String]
    private let end: Waker
    /// −1 when the system has none left.
    private let events = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    /// Whether every path is watched, so that nothing happens to them unnoticed.
    private(set) var isComplete = false

    private static let changeOfFile = UInt32(IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF)
    private static let newInFolder = UInt32(IN_CREATE | IN_MOVED_TO)

    /// `end`: once it is woken, no sleep lasts any longer.
    init(_ paths: [String], until end: Waker) {
        self.paths = paths
        self.end = end
        renew()
    }

    deinit {
        if events >= 0 { close(events) }
    }

    /// Watches what is at the paths now; costs a call of the system for each.
    func renew() {
        isComplete = events >= 0 && paths.allSatisfy(watch)
    }

    private func watch(_ path: String) -> Bool {
        if inotify_add_watch(events, path, Self.changeOfFile) >= 0 { return true }
        var folder = path
        while errno == ENOENT, let end = folder.lastIndex(of: "/") {
            folder = end == folder.startIndex ? "/" : String(folder[..<end])
            if inotify_add_watch(events, folder, Self.newInFolder) >= 0 { return true }
            if folder == "/" { break }
        }
        return false
    }

    /// Sleeps until a file changes, `patience` is over or it is to end.
    func sleepUntilChange(for patience: Duration) {
        sleep(on: [events, end.descriptor], for: patience)
    }

    /// Sleeps whatever happens to the files.
    func sleep(for duration: Duration) {
        sleep(on: [end.descriptor], for: duration)
    }

    private func sleep(on descriptors: [Int32], for duration: Duration) {
        var sources = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        // A signal ends it early, which only means one look more.
        poll(&sources, nfds_t(sources.count), Int32(clamping: duration.wholeMicroseconds / 1000))
    }

    /// Whether anything has happened since it was last asked.
    func takeChanges() -> Bool {
        var isChanged = false
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
            while read(events, buffer.baseAddress, buffer.count) > 0 { isChanged = true }
        }
        return isChanged
    }
}
