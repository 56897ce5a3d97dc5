import Foundation
import Glibc

/// A program that a test started.
///
/// What it prints goes to files, so that it never waits for a reader.
final class RunningProgram: @unchecked Sendable {
    // Unchecked: the process is configured in init; afterwards only its number and `ended` are used.
    private let process = Process()
    private let ended: Task<Int32, Never>
    private let outputPath: String
    private let errorPath: String

    init(_ path: String, _ arguments: [String], environment: [String: String], files: String) throws {
        let name = "\(files)/\(UUID().uuidString)"
        outputPath = name + ".out"
        errorPath = name + ".err"
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = URL(fileURLWithPath: files)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.file(outputPath)
        process.standardError = try Self.file(errorPath)
        let (stream, continuation) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { process in
            let code = process.terminationStatus
            continuation.yield(process.terminationReason == .uncaughtSignal ? -code : code)
            continuation.finish()
        }
        ended = Task { await stream.first { _ in true } ?? -1 }
        try process.run()
    }

    /// What it has printed so far.
    var output: String { Self.text(of: outputPath) }
    var errors: String { Self.text(of: errorPath) }
    var isRunning: Bool { process.isRunning }

    /// Waits for its end.
    func outcome() async -> Outcome {
        let code = await ended.value
        return Outcome(code: code, output: output, errors: errors)
    }

    /// Sends a signal to this program and no other.
    func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    private static func file(_ path: String) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
        else { throw CocoaError(.fileWriteUnknown) }
        return file
    }

    private static func text(of path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}
