import Foundation
import Glibc
import TestPrograms
import Testing

/// Another program beside the test: it says `ready` once it holds what it is to hold, and lets go when it is killed.
final class ChildProcess {
    private let program: SpawnedProgram
    /// Where it reads from; while this end is open it goes on waiting.
    private let input: Int32
    private let folder: String

    var id: Int32 { program.processID }

    /// Starts a program and waits until it has written `ready`.
    private init(_ path: String, _ arguments: [String], input text: String = "") throws {
        folder = try Self.makeFolder()
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        // No other program that a test starts may keep the end open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        input = ends[1]
        defer { close(ends[0]) }
        program = try SpawnedProgram(
            path,
            arguments,
            environment: ["PATH": "/usr/bin:/bin"],
            folder: folder,
            input: ends[0]
        )
        try #require(text.utf8.count == Array(text.utf8).withUnsafeBytes { write(input, $0.baseAddress, $0.count) })
        let patience = ContinuousClock.now + .seconds(60)
        while !program.output.contains("ready") {
            try #require(ContinuousClock.now < patience, "\(path) is not ready: \(program.errors)")
            usleep(1000)
        }
    }

    deinit {
        close(input)
        // What can't be removed is in the temporary folder anyway.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Ends the program as a crash would.
    func kill() {
        Glibc.kill(program.processID, SIGKILL)
        _ = program.wait()
    }

    /// Holds an exclusive `flock` on `path`.
    static func holdingLock(on path: String) throws -> ChildProcess {
        try ChildProcess("/usr/bin/flock", ["-x", "-F", path, "sh", "-c", "echo ready; exec cat"])
    }

    /// Holds a SQLite database so that nobody else can use it.
    static func holdingDatabase(_ path: String) throws -> ChildProcess {
        try ChildProcess(
            "/usr/bin/sqlite3",
            [path],
            input: "PRAGMA locking_mode = EXCLUSIVE;\nBEGIN EXCLUSIVE;\nSELECT 'ready';\n"
        )
    }

    /// Runs statements in the `sqlite3` program, which knows nothing of mdw; returns what it printed.
    @discardableResult
    static func sqlite(_ path: String, _ sql: String, mayFail: Bool = false) throws -> String {
        let folder = try makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let outcome = try SpawnedProgram(
            "/usr/bin/sqlite3",
            ["-bail", path, sql],
            environment: ["PATH": "/usr/bin:/bin"],
            folder: folder
        ).wait()
        try #require(mayFail || outcome.code == 0, "sqlite3 failed: \(sql)")
        return outcome.output.trimmingCharacters(in: .newlines)
    }

    private static func makeFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-child-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }
}
