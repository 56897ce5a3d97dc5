import Foundation
import Glibc

/// The file that holds a database: made so that only its owner can read it, and checked before SQLite touches it.
///
/// Nothing here opens the file: closing its descriptor would drop the locks that SQLite holds on it for another store of
/// this process.
enum DatabaseFile {
    /// Makes the folder (0700) and an empty file (0600) where they are missing.
    static func make(at path: String) throws {
        let folder = folder(of: path)
        if !folder.isEmpty { try makeFolder(at: folder) }
        guard mknod(path, S_IFREG | 0o600, 0) == 0 || errno == EEXIST else {
            throw StoreError.noPermission(path: path, detail: lastError())
        }
    }

    /// Refuses what can't be an mdw database: a missing file, a folder, missing permissions.
    ///
    /// What the file holds, SQLite judges when it reads it.
    static func check(_ path: String, writable: Bool) throws {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw errno == ENOENT ? StoreError.missing(path: path) : .noPermission(path: path, detail: lastError())
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StoreError.notADatabase(path: path) }
        guard access(path, R_OK) == 0 else { throw StoreError.noPermission(path: path, detail: lastError()) }
        let folder = folder(of: path)
        if writable, access(path, W_OK) != 0 || access(folder.isEmpty ? "." : folder, W_OK) != 0 {
            throw StoreError.readOnly(path: path)
        }
    }

    /// What others than the owner can do with the database and the files beside it, one sentence each.
    static func permissionWarnings(for path: String) -> [String] {
        [path, path + "-wal", path + "-shm", path + ".lock", path + ".next"].compactMap { file in
            var status = stat()
            guard stat(file, &status) == 0, status.st_mode & 0o077 != 0 else { return nil }
            return "\(file) can be read or written by others: run 'chmod 600 \(file)'"
        }
    }

    /// The folder that a path names a file in; empty for the current one.
    ///
    /// Foundation's `deletingLastPathComponent` ends the program for a path of one character.
    static func folder(of path: String) -> String {
        var end = path.endIndex
        while end > path.startIndex, path[path.index(before: end)] == "/" { end = path.index(before: end) }
        guard let slash = path[..<end].lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func lastError() -> String { String(cString: strerror(errno)) }

    private static func makeFolder(at path: String) throws {
        guard mkdir(path, 0o700) != 0 else { return }
        var reason = errno
        let parent = folder(of: path)
        if reason == ENOENT, !parent.isEmpty {
            try makeFolder(at: parent)
            reason = mkdir(path, 0o700) == 0 ? EEXIST : errno
        }
        guard reason == EEXIST else {
            throw StoreError.noPermission(
                path: path,
                detail: "the folder can't be made: \(String(cString: strerror(reason)))"
            )
        }
    }
}
