import Foundation
import Warehouse

/// Which worker this is, among all that ever worked on a database: its text stands in leases and in the list of workers.
///
/// `host:process:machine.namespace-start-nonce`, where machine, namespace and start tell whether the process still lives.
package struct WorkerIdentity: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    private let process: Int32
    private let mark: String
    private let start: UInt64

    package var description: String { text }

    /// The identity of a worker that starts in this process now.
    package static func current(
        processes: ProcessTable = .live,
        using generator: inout some RandomNumberGenerator
    ) -> WorkerIdentity {
        let info = ProcessInfo.processInfo
        return WorkerIdentity(
            host: info.hostName,
            process: info.processIdentifier,
            processes: processes,
            nonce: generator.next()
        )
    }

    /// `nonce`: tells workers of one process apart.
    package init(host: String, process: Int32, processes: ProcessTable, nonce: UInt32) {
        self.process = process
        self.mark = processes.mark
        self.start = processes.startTime(of: process) ?? 0
        let host = host.sanitized(limit: 40).filter { $0 != ":" && !$0.isWhitespace }
        self.text = "\(host):\(process):\(mark)-\(start)-\(String(nonce, radix: 16))"
    }

    private init?(text: String) {
        let parts = text.split(separator: ":")
        guard parts.count == 3, let process = Int32(parts[1]) else { return nil }
        let marks = parts[2].split(separator: "-")
        guard marks.count == 3, let start = UInt64(marks[1]) else { return nil }
        self.text = text
        self.process = process
        self.mark = String(marks[0])
        self.start = start
    }

    /// Those of `owners` whose process is known to be gone: it ran under this boot of this machine, and its number is
    /// free or was given to another process since.
    ///
    /// Of workers elsewhere nothing is known; their leases run out.
    package func abandonedOwners(among owners: [String], processes: ProcessTable = .live) -> [String] {
        owners.filter { owner in
            guard let other = WorkerIdentity(text: owner), other.mark == mark, !mark.contains("?"), other.start > 0
            else {
                return false
            }
            return processes.startTime(of: other.process) != other.start
        }
    }
}
