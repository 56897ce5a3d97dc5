import Foundation
import Glibc

/// The processes of this machine, as `/proc` shows them.
package struct ProcessTable: Sendable {
    /// Names this machine and its numbering of processes: two processes with equal marks can find each other by number.
    let mark: String
    /// The content of `/proc/<number>/stat`; `nil` when there is no such process.
    let stat: @Sendable (Int32) -> String?

    package init(mark: String, stat: @escaping @Sendable (Int32) -> String?) {
        self.mark = mark
        self.stat = stat
    }

    /// The machine's own: the mark is of this boot and of this process-number namespace.
    package static let live: ProcessTable = {
        let boot = content(of: "/proc/sys/kernel/random/boot_id")?.prefix(8) ?? "?"
        // Without the link nothing is known of the namespace, and no other worker is ever called dead.
        let namespace = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
        let number = namespace?.filter(\.isNumber) ?? "?"
        return ProcessTable(mark: "\(boot).\(number)") { content(of: "/proc/\($0)/stat") }
    }()

    /// When the process started, in the kernel's ticks since the boot; `nil` when it is gone, or dead and not yet buried.
    func startTime(of process: Int32) -> UInt64? {
        // The second field, the name, can hold anything, blanks and parentheses too: what counts comes after its last.
        guard let stat = stat(process), let name = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[name...].dropFirst().split(separator: " ")
        guard fields.count > 19, !["Z", "X"].contains(fields[0]) else { return nil }
        return UInt64(fields[19])
    }

    private static func content(of path: String) -> String? {
        // Absent is an answer here: the process is gone.
        try? String(decoding: Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }
}
