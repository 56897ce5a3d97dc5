internal import COpenSSL

/// Bytes that are overwritten when nobody holds them any more.
final class SecretBytes: @unchecked Sendable {
    // Unchecked: nothing changes the memory between the end of `init` and `deinit`.
    private let memory: UnsafeMutableRawBufferPointer

    init(_ bytes: [UInt8]) {
        memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        memory.copyBytes(from: bytes)
    }

    deinit {
        OPENSSL_cleanse(memory.baseAddress, memory.count)
        memory.deallocate()
    }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(memory) }
    var text: String { String(decoding: memory, as: UTF8.self) }
}
