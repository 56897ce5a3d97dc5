import Glibc
import Terminal

/// Hears from the system when files are written (inotify(7)).
///
/// For one thread. All files share one descriptor: the kernel may take ten milliseconds to give one back, and always does for
/// a second one, which is felt as part of quitting.
final class FileWatch {
    /// What happened since it was last asked.
    struct Changes {
        var fixed = false
        var replaceable = false
    }

    private let fixed: [String]
    private let replaceable: [String]
    /// −1 when the system has none left.
    private let events = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    private var fixedWatches: Set<Int32> = []
    private var folders: Set<Int32> = []
    /// Whether nothing happens to the fixed files unheard.
    private(set) var hearsOfFixed = false
    /// Whether nothing happens to the replaceable ones unheard.
    private(set) var hearsOfReplaceable = false

    private static let changeOfFile = UInt32(IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF)
    private static let changeOfFolder = UInt32(IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM)

    /// Begins to watch.
    ///
    /// `fixed`: files that are there and stay. `replaceable`: files that another may take the place of, or that are not there
    /// yet; the folder of each is watched too, or the nearest one above that there is.
    init(fixed: [String], replaceable: [String]) {
        self.fixed = fixed
        self.replaceable = replaceable
        renew()
    }

    deinit {
        if events >= 0 { close(events) }
    }

    /// Watches what is at the paths now.
    private func renew() {
        guard events >= 0 else { return }
        fixedWatches = Set(fixed.compactMap { watch($0) })
        hearsOfFixed = fixedWatches.count == Set(fixed).count
        // The folder first: a file that comes in between is heard of.
        let wanted = Set(replaceable.compactMap(watchFolder))
        for old in folders.subtracting(wanted) { inotify_rm_watch(events, old) }
        folders = wanted
        hearsOfReplaceable = wanted.isEmpty == replaceable.isEmpty
        for path in replaceable where watch(path) == nil {
            let isMissing = errno == ENOENT || errno == ENOTDIR
            hearsOfReplaceable = hearsOfReplaceable && isMissing
        }
    }

    private func watch(_ path: String) -> Int32? {
        let watch = inotify_add_watch(events, path, Self.changeOfFile)
        return watch < 0 ? nil : watch
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

    /// What has happened since it was last asked; a file that was replaced is watched from then on.
    func takeChanges() -> Changes {
        var changes = Changes()
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
            while true {
                let count = read(events, buffer.baseAddress, buffer.count)
                guard count > 0 else { break }
                var offset = 0
                while offset < count {
                    let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
                    if fixedWatches.contains(event.wd) { changes.fixed = true } else { changes.replaceable = true }
                    // Too many to be told one by one.
                    if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { changes = Changes(fixed: true, replaceable: true) }
                    offset += MemoryLayout<inotify_event>.size + Int(event.len)
                }
            }
        }
        if changes.fixed || changes.replaceable { renew() }
        return changes
    }

    /// Sleeps until something is heard of, `end` is woken or `patience` is over; returns whether it was woken before that.
    func sleep(until end: Waker, for patience: Duration) -> Bool {
        Self.sleep(on: [events, end.descriptor], for: patience)
    }

    /// Sleeps until `end` is woken or `duration` is over, whatever happens to the files.
    func sleepDeaf(until end: Waker, for duration: Duration) {
        _ = Self.sleep(on: [end.descriptor], for: duration)
    }

    private static func sleep(on descriptors: [Int32], for duration: Duration) -> Bool {
        var sources = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        // A signal ends it early too, which only means one question more.
        return poll(&sources, nfds_t(sources.count), duration.pollMilliseconds) != 0
    }
}
