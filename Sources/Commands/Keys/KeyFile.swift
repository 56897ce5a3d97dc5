import Glibc
import Warehouse

/// A file of its owner's only (0600) that takes a new key.
///
/// Never replaces a file.
struct KeyFile: Sendable {
    let path: String
    private let descriptor: Int32

    /// Makes the empty file before there is a key, so that no key is made which can't be kept.
    /// - Throws: ``Refusal`` when `path` exists or can't be made.
    init(reserving path: String) throws {
        self.path = path
        self.descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw Refusal(
                errno == EEXIST
                    ? "\(path) exists: name a new file for the key"
                    : "\(path) can't be made: \(String(cString: strerror(errno)))"
            )
        }
    }

    /// Writes the key, which is on disk when this returns, and closes the file.
    func write(_ key: RawKey) throws {
        defer { close(descriptor) }
        let line = Array("\(key.reveal())\n".utf8)
        guard Glibc.write(descriptor, line, line.count) == line.count, fsync(descriptor) == 0 else {
            throw Refusal("\(path) can't be written: \(String(cString: strerror(errno)))")
        }
    }

    /// Closes and removes the file.
    func discard() {
        close(descriptor)
        unlink(path)
    }
}
