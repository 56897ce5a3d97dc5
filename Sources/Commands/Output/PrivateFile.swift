import Glibc
import Warehouse

/// A new file of its owner's only (0600).
///
/// Never replaces a file.
struct PrivateFile: Sendable {
    let path: String
    private let descriptor: Int32

    /// Makes the empty file, before there is anything to lose: what can't be kept must not be made.
    /// - Throws: ``Refusal`` when `path` exists or can't be made.
    init(reserving path: String) throws {
        self.path = path
        self.descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw Refusal(
                errno == EEXIST
                    ? "\(path) exists: name a new file" : "\(path) can't be made: \(String(cString: strerror(errno)))"
            )
        }
    }

    func append(_ text: String) throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw failure()
            }
        }
    }

    /// Closes the file, which is on disk when this returns.
    func close() throws {
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure() }
    }

    /// Closes and removes the file.
    func discard() {
        Glibc.close(descriptor)
        unlink(path)
    }

    private func failure() -> Refusal {
        Refusal("\(path) can't be written: \(String(cString: strerror(errno)))")
    }
}
