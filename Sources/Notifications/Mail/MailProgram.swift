import Foundation
import Glibc
import Warehouse

/// A program that was started with a message on its standard input.
///
/// It is a process group of its own, without the signals, descriptors and variables of mdw. Whoever starts it asks for its
/// ``outcome(within:)`` once, so that it does not stay behind.
struct MailProgram {
    private let path: String
    private let process: pid_t
    /// Where it complains.
    private let complaints: Int32

    /// How it ended.
    struct Outcome {
        enum End {
            case exited(Int32)
            case killed(signal: Int32)
            case timedOut
        }

        let end: End
        /// The first line that it has complained with; empty when it has not.
        let complaint: String
    }

    /// - Throws: ``AlertDeliveryFailure`` when it can't be started.
    init(_ path: String, _ arguments: [String], environment: [String: String], input: [UInt8])
        throws(AlertDeliveryFailure)
    {
        self.path = path
        let message = try DescriptorPair.make()
        let errors: DescriptorPair
        do {
            errors = try DescriptorPair.make()
        } catch {
            message.close()
            throw error
        }
        defer {
            close(message.reading)
            close(errors.writing)
        }
        // A pipe holds 64 KB, so the whole message is in it before anybody reads: nothing to wait for, and no SIGPIPE.
        let written = write(message.writing, input, input.count)
        close(message.writing)
        guard written == input.count else {
            close(errors.reading)
            throw AlertDeliveryFailure("the message is too long for a pipe")
        }
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_adddup2(&files, message.reading, 0)
        posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&files, errors.writing, 2)
        // Behind the other actions, which need two of them.
        for descriptor in Self.openDescriptors { posix_spawn_file_actions_addclose(&files, descriptor) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var ignored = sigset_t()
        sigemptyset(&ignored)
        for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&ignored, signal) }
        posix_spawnattr_setsigdefault(&attributes, &ignored)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP)
        )
        var process: pid_t = 0
        let failure = Self.withStrings([path] + arguments) { arguments in
            Self.withStrings(environment.map { "\($0)=\($1)" }) { variables in
                posix_spawn(&process, path, &files, &attributes, arguments, variables)
            }
        }
        guard failure == 0 else {
            close(errors.reading)
            throw AlertDeliveryFailure("\(path) can't be started: \(String(cString: strerror(failure)))")
        }
        self.process = process
        self.complaints = errors.reading
    }

    /// Waits for its end; kills it, with its children, after `limit` and when the task is cancelled.
    func outcome(within limit: Duration) async -> Outcome {
        defer { close(complaints) }
        return Outcome(end: await end(within: limit), complaint: complaint)
    }

    private func end(within limit: Duration) async -> Outcome.End {
        let deadline = ContinuousClock.now + limit
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) != process {
            // Only cancellation ends the sleep early.
            let isCancelled = (try? await Task.sleep(for: .milliseconds(20))) == nil
            guard isCancelled || ContinuousClock.now >= deadline else { continue }
            kill(-process, SIGKILL)
            while waitpid(process, &status, 0) < 0, errno == EINTR {}
            return .timedOut
        }
        let signal = status & 0x7F
        return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
    }

    /// From 4 KB at most; a child that lives on and holds the pipe is not waited for.
    private var complaint: String {
        _ = fcntl(complaints, F_SETFL, O_NONBLOCK)
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(complaints, &bytes, bytes.count)
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).first.map { String($0) } ?? ""
    }

    /// The descriptors of mdw besides the standard ones; that one is closed meanwhile does no harm.
    private static var openDescriptors: [Int32] {
        // Without /proc there are only those left that libraries open for children too.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap { Int32($0) }.filter { $0 > 2 }
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

/// Two ends of a pipe that no other program inherits.
private struct DescriptorPair {
    let reading: Int32
    let writing: Int32

    static func make() throws(AlertDeliveryFailure) -> DescriptorPair {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw AlertDeliveryFailure("no pipe: \(String(cString: strerror(errno)))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return DescriptorPair(reading: ends[0], writing: ends[1])
    }

    func close() {
        Glibc.close(reading)
        Glibc.close(writing)
    }
}
