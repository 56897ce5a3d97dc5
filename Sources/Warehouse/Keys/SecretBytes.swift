internal import COpenSSL
import Foundation

/// Bytes that are overwritten when they are erased, and at the latest when nobody holds them any more.
final class SecretBytes: @unchecked Sendable {
    // Unchecked: the memory is only touched while `lock` is held, or where nobody else can hold it.
    private let lock = NSLock()
    private let memory: UnsafeMutableRawBufferPointer

    /// `fill` writes the bytes where they stay, so that no copy is left behind.
    init(count: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) {
        memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        fill(memory)
    }

    convenience init(_ bytes: [UInt8]) {
        self.init(count: bytes.count) { $0.copyBytes(from: bytes) }
    }

    deinit {
        OPENSSL_cleanse(memory.baseAddress, memory.count)
        memory.deallocate()
    }

    /// Shows `body` the bytes, which it may not keep.
    func withBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
        lock.lock()
        defer { lock.unlock() }
        return try body(UnsafeRawBufferPointer(memory))
    }

    /// Overwrites the bytes with zeros, for all who hold them.
    func erase() {
        lock.lock()
        defer { lock.unlock() }
        OPENSSL_cleanse(memory.baseAddress, memory.count)
    }
}
