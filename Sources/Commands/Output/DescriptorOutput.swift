import Foundation
import Glibc
import Records

/// Text to an open descriptor, collected into blocks.
///
/// SIGPIPE must be ignored.
final class DescriptorOutput: TextOutput, @unchecked Sendable {
    // Unchecked: the buffer is only touched while the lock is held.
    private let descriptor: Int32
    private let blockSize: Int
    private let lock = NSLock()
    private var buffer: [UInt8] = []

    /// Collects `blockSize` bytes before they are written; 0 writes at once.
    init(_ descriptor: Int32, blockSize: Int) {
        self.descriptor = descriptor
        self.blockSize = blockSize
    }

    var isTerminal: Bool { isatty(descriptor) == 1 }

    func write(_ text: String) throws {
        try lock.withLock {
            buffer.append(contentsOf: text.utf8)
            if buffer.count >= blockSize { try drain() }
        }
    }

    func flush() throws {
        try lock.withLock { try drain() }
    }

    private func drain() throws {
        // What can't be written is lost either way: keeping it would only repeat the error.
        defer { buffer.removeAll(keepingCapacity: true) }
        var rest = buffer[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // Somebody made the terminal non-blocking: wait until it takes more.
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, -1)
            } else if errno != EINTR {
                throw errno == EPIPE ? OutputError.closed : OutputError.failed(String(cString: strerror(errno)))
            }
        }
    }
}
