import Foundation
import Glibc
import Records
import Store
import Warehouse

/// What can be said of the database's file and the machine without opening the database.
struct HostCheckups {
    let composition: Composition

    private var path: String { composition.settings.database }

    var all: [Checkup] { [file, permissions, space, feed] }

    private var file: Checkup {
        guard let size = Self.size(path) else { return .problem("file", "there is no file \(path)") }
        let log = Self.size(path + "-wal") ?? 0
        return .ok("file", "\(path), \(Value.bytes(size).cell) and \(Value.bytes(log).cell) of log")
    }

    private var permissions: Checkup {
        let warnings = Store.permissionWarnings(sqlite: path)
        return warnings.isEmpty
            ? .ok("permissions", "only the owner can read and write")
            : .warning("permissions", warnings.joined(separator: "; "))
    }

    private var space: Checkup {
        let folder = (path as NSString).deletingLastPathComponent
        var status = statvfs()
        guard statvfs(folder.isEmpty ? "." : folder, &status) == 0 else {
            return .problem("disk", "free space can't be told: \(String(cString: strerror(errno)))")
        }
        let free = Int64(status.f_bavail) * Int64(status.f_frsize)
        let text = "\(Value.bytes(free).cell) free"
        if free < 100_000_000 { return .problem("disk", "\(text): make room") }
        return free < 1_000_000_000 ? .warning("disk", text) : .ok("disk", text)
    }

    private var feed: Checkup {
        switch composition.settings.feed {
        case .success(let plan):
            plan.warning.map { .warning("feed", "\(plan); \($0)") } ?? .ok("feed", "\(plan)")
        case .failure(let error): .problem("feed", "\(error)")
        }
    }

    private static func size(_ path: String) -> Int64? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        // A file that can't be reached has no size to show.
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        return (attributes?[.size] as? NSNumber)?.int64Value
    }
}
