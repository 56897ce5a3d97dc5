import Foundation
import Synchronization
import Testing

/// Another program beside the test: it says `ready` once it holds what it is to hold, and lets go when it is killed.
final class ChildProcess {
    private let process = Process()
    private let input = Pipe()

    /// Starts a program and waits until it has written `ready`.
    init(_ arguments: [String], input text: String = "") throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        try Self.starting.withLock { _ in try process.run() }
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        var said = Data()
        while !said.contains(Data("ready".utf8)) {
            let more = output.fileHandleForReading.availableData
            try #require(!more.isEmpty, "\(arguments.first ?? "the program") ended before it was ready")
            said += more
        }
    }

    var id: Int32 { process.processIdentifier }

    /// Ends the program as a crash would.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Holds an exclusive `flock` on `path`.
    static func holdingLock(on path: String) throws -> ChildProcess {
        try ChildProcess(["flock", "-x", "-F", path, "sh", "-c", "echo ready; exec cat"])
    }

    /// Holds a SQLite database so that nobody else can use it.
    static func holdingDatabase(_ path: String) throws -> ChildProcess {
        try ChildProcess(
            ["sqlite3", path],
            input: "PRAGMA locking_mode = EXCLUSIVE;\nBEGIN EXCLUSIVE;\nSELECT 'ready';\n"
        )
    }

    /// Foundation's `Process.run()` has crashed in tests that start processes at once.
    private static let starting = Mutex(())

    /// Runs statements in the `sqlite3` program, which knows nothing of mdw; returns what it printed.
    @discardableResult
    static func sqlite(_ path: String, _ sql: String, mayFail: Bool = false) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", "-bail", path, sql]
        process.standardOutput = output
        if mayFail { process.standardError = FileHandle.nullDevice }
        try starting.withLock { _ in try process.run() }
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(mayFail || process.terminationStatus == 0, "sqlite3 failed: \(sql)")
        return String(decoding: printed, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
}

extension Data {
    func contains(_ other: Data) -> Bool { range(of: other) != nil }
}
