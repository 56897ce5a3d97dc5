import Glibc
import Terminal
import Warehouse

/// Hears from the system when one of its files is written (inotify(7)).
///
/// For one thread. A file that was replaced is found again at ``renew()``.
final class FileWatch {
    private let paths: [String]
    private let awaitsReplacement: Bool
    /// −1 when the system has none left.
    private let events = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    private var folders: Set<Int32> = []
    /// Whether every path is watched, so that nothing happens to them unheard.
    private(set) var isComplete = false

    private static let changeOfFile = UInt32(IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF)
    private static let changeOfFolder = UInt32(IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM)

    /// `awaitsReplacement`: whether another file may take the place of one, or one come that is not there yet; then the
    /// folder of each is watched too, or the nearest one above that there is.
    init(_ paths: [String], awaitsReplacement: Bool = false) {
        self.paths = paths
        self.awaitsReplacement = awaitsReplacement
        renew()
    }

    deinit {
        if events >= 0 { close(events) }
    }

    /// Watches what is at the paths now.
    func renew() {
        var isComplete = events >= 0
        if awaitsReplacement {
            // The folder first: a file that comes in between is heard of.
            let wanted = Set(paths.compactMap(watchFolder))
            for old in folders.subtracting(wanted) { inotify_rm_watch(events, old) }
            folders = wanted
            isComplete = isComplete && wanted.isEmpty == paths.isEmpty
        }
        for path in paths where inotify_add_watch(events, path, Self.changeOfFile) < 0 {
            let isMissing = errno == ENOENT || errno == ENOTDIR
            isComplete = isComplete && isMissing && awaitsReplacement
        }
        self.isComplete = isComplete
    }

    private func watchFolder(of path: String) -> Int32? {
        var folder = path[...]
        while let end = folder.lastIndex(of: "/") {
            folder = folder[..<end]
            let watch = inotify_add_watch(events, folder.isEmpty ? "/" : String(folder), Self.changeOfFolder)
            if watch >= 0 { return watch }
        }
        return nil
    }

    /// Whether anything has happened since it was last asked.
    func takeChanges() -> Bool {
        var isChanged = false
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
            while read(events, buffer.baseAddress, buffer.count) > 0 { isChanged = true }
        }
        return isChanged
    }

    /// Sleeps until `end` is woken, one of the watches has heard of something, or `patience` is over; returns whether it was
    /// woken before that.
    @discardableResult
    static func sleep(on watches: [FileWatch] = [], until end: Waker, for patience: Duration) -> Bool {
        var sources = (watches.map(\.events) + [end.descriptor]).map { descriptor in
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        }
        // A signal ends it early too, which only means one question more.
        return poll(&sources, nfds_t(sources.count), patience.pollMilliseconds) != 0
    }
}
