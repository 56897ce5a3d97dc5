import Foundation
import Glibc
import TestPrograms

/// A program that a test started and that runs beside it.
final class RunningProgram: Sendable {
    private let program: SpawnedProgram
    private let ended: Task<Outcome, Never>

    init(_ path: String, _ arguments: [String], environment: [String: String], files: String) throws {
        let program = try SpawnedProgram(path, arguments, environment: environment, folder: files)
        self.program = program
        ended = Task {
            await withCheckedContinuation { continuation in
                // A thread of its own: waiting would hold up the tasks of other tests.
                Thread.detachNewThread {
                    let outcome = program.wait()
                    continuation.resume(
                        returning: Outcome(code: outcome.code, output: outcome.output, errors: outcome.errors)
                    )
                }
            }
        }
    }

    /// What it has printed so far.
    var output: String { program.output }
    var errors: String { program.errors }
    var isRunning: Bool { kill(program.processID, 0) == 0 }

    /// What the system tells of it in `/proc`; empty when it has ended.
    var systemStatus: String {
        let status = FileManager.default.contents(atPath: "/proc/\(program.processID)/status") ?? Data()
        return String(decoding: status, as: UTF8.self)
    }

    /// The most memory that it has had resident so far, in bytes; `nil` when it has ended.
    var peakMemory: Int? {
        systemStatus.firstMatch(of: /VmHWM:\s+(\d+) kB/)
            .flatMap { Int($0.output.1) }.map { $0 * 1024 }
    }

    /// Waits for its end.
    func outcome() async -> Outcome {
        await ended.value
    }

    /// Sends a signal to this program and no other.
    func send(_ signal: Int32) {
        kill(program.processID, signal)
    }
}
