import Foundation
import Glibc
import Testing

/// Programs that tests start, and the built mdw among them.
///
/// Started by `posix_spawn`: Foundation's `Process` waits until every descendant has gone, so it never sees the end of a
/// call that leaves a server behind, as tmux does; and it would hand on the blocked signals of the calling thread.
enum Program {
    /// The mdw that was built together with the tests.
    static let path: String = {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        return bundle.appendingPathComponent("mdw").path
    }()

    struct Outcome {
        let code: Int32
        let output: String
        let errors: String
    }

    /// Runs a program to its end; its standard input is empty.
    static func run(_ path: String, _ arguments: [String], environment: [String: String]? = nil) throws -> Outcome {
        let stem = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-run-\(UUID().uuidString)").path
        let (output, errors) = (stem + ".out", stem + ".err")
        defer {
            for file in [output, errors] { unlink(file) }
        }
        let process = try spawn([path] + arguments, environment: environment, output: output, errors: errors)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { try #require(errno == EINTR) }
        return Outcome(
            code: status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F,
            output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8)
        )
    }

    private static func spawn(
        _ command: [String],
        environment: [String: String]?,
        output: String,
        errors: String
    ) throws -> pid_t {
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&files, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&files, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let variables = (environment ?? ProcessInfo.processInfo.environment).map { "\($0)=\($1)" }
        var process: pid_t = 0
        let failure = withStrings(command) { arguments in
            withStrings(variables) { posix_spawn(&process, command[0], &files, &attributes, arguments, $0) }
        }
        try #require(failure == 0, "\(command[0]) can't be started: \(String(cString: strerror(failure)))")
        return process
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
