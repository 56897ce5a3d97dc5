import Foundation
import Glibc

/// The memory of another process.
enum Memory {
    /// Whether this process may read that of programs which it did not start itself.
    static var isReadable: Bool {
        guard geteuid() != 0 else { return true }
        let scope = FileManager.default.contents(atPath: "/proc/sys/kernel/yama/ptrace_scope") ?? Data("0".utf8)
        return scope.first == UInt8(ascii: "0")
    }

    /// How often bytes occur in what `process` can write to.
    static func count(_ bytes: [UInt8], in process: Int32) throws -> Int {
        let maps = try String(contentsOfFile: "/proc/\(process)/maps", encoding: .utf8)
        let memory = open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
        guard memory >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        defer { close(memory) }
        var count = 0
        for line in maps.split(separator: "\n") {
            let fields = line.split(separator: " ")
            let ends = fields[0].split(separator: "-").compactMap { Int(String($0), radix: 16) }
            guard fields[1].hasPrefix("rw"), ends.count == 2 else { continue }
            var region = Data(count: ends[1] - ends[0])
            // What is mapped beyond the end of a file can't be read, and holds nothing.
            let read = region.withUnsafeMutableBytes { pread(memory, $0.baseAddress, $0.count, ends[0]) }
            var rest = region.prefix(max(0, read))
            while let found = rest.firstRange(of: bytes) {
                count += 1
                rest = rest[found.upperBound...]
            }
        }
        return count
    }
}
