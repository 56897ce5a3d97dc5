import Foundation
import Glibc

/// A program that a test started; what it prints goes to files.
///
/// Started by `posix_spawn` rather than Foundation's `Process`, which waits until every descendant has gone (so it never
/// sees the end of a call that leaves a server behind, as tmux does), hands on the blocked signals of the calling
/// thread, and has crashed when many are started at once.
package struct SpawnedProgram: Sendable {
    package let processID: Int32
    private let outputPath: String
    private let errorPath: String

    /// How a program ended.
    package struct Outcome: Sendable {
        /// Its exit code; the negative number of the signal that killed it.
        package let code: Int32
        package let output: String
        package let errors: String
    }

    /// Why a program can't be started.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Starts the program at `path` in `folder`, which also takes the files of what it prints.
    ///
    /// `input`: a descriptor that becomes its standard input, which is empty without one.
    package init(
        _ path: String,
        _ arguments: [String],
        environment: [String: String],
        folder: String,
        input: Int32? = nil
    ) throws {
        let name = "\(folder)/\(UUID().uuidString)"
        // Where a program that is measured for coverage leaves its counters.
        let profile = ProcessInfo.processInfo.environment["LLVM_PROFILE_FILE"]
        let environment = environment.merging(profile.map { ["LLVM_PROFILE_FILE": $0] } ?? [:]) { $1 }
        outputPath = name + ".out"
        errorPath = name + ".err"
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        if let input {
            posix_spawn_file_actions_adddup2(&files, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_addopen(&files, 1, outputPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&files, 2, errorPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var process: pid_t = 0
        // env changes the folder, which posix_spawn can't, and becomes the program.
        let command = [Self.env, "--chdir=\(folder)", path] + arguments
        let failure = Self.withStrings(command) { command in
            Self.withStrings(environment.map { "\($0)=\($1)" }) { variables in
                posix_spawn(&process, Self.env, &files, &attributes, command, variables)
            }
        }
        guard failure == 0 else {
            throw Failure(description: "\(path) can't be started: \(String(cString: strerror(failure)))")
        }
        processID = process
    }

    /// What it has printed so far.
    package var output: String { Self.text(of: outputPath) }
    package var errors: String { Self.text(of: errorPath) }

    /// Waits for its end; to be called once.
    package func wait() -> Outcome {
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return Outcome(code: signal == 0 ? status >> 8 & 0xFF : -signal, output: output, errors: errors)
    }

    private static let env = "/usr/bin/env"

    private static func text(of path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    private static func withStrings<Value>(
        _ strings: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
    ) -> Value {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
