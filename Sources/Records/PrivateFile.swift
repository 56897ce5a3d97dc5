import Glibc

/// A new file of its owner's only (0600).
///
/// Never replaces a file.
package struct PrivateFile: Sendable {
    package let path: String
    private let descriptor: Int32

    /// Makes the empty file, before there is anything to lose: what can't be kept must not be made.
    /// - Throws: ``PrivateFileError`` when `path` exists or can't be made.
    package init(reserving path: String) throws {
        self.path = path
        self.descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw PrivateFileError(
                errno == EEXIST
                    ? "\(path) exists: name a new file" : "\(path) can't be made: \(String(cString: strerror(errno)))"
            )
        }
    }

    package func append(_ text: String) throws {
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
    package func close() throws {
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure() }
    }

    /// Closes and removes the file.
    package func discard() {
        Glibc.close(descriptor)
        unlink(path)
    }

    private func failure() -> PrivateFileError {
        PrivateFileError("\(path) can't be written: \(String(cString: strerror(errno)))")
    }
}

/// Why a file can't be made or written, in one sentence.
package struct PrivateFileError: Error, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
