import Foundation
import Glibc
package import Records
package import Warehouse

/// What a command finds around it: environment, terminal, time and user.
///
/// A parameter, so that tests own it.
package struct Surroundings: Sendable {
    package var environment: [String: String]
    package var output: any TextOutput
    package var errors: any TextOutput
    package var input: any TextInput
    package var clock: any WallClock
    /// The operating-system user, for the audit log.
    package var user: String
    /// The user's home folder.
    package var home: String

    package init(
        environment: [String: String],
        output: any TextOutput,
        errors: any TextOutput,
        input: any TextInput,
        clock: any WallClock,
        user: String,
        home: String
    ) {
        self.environment = environment
        self.output = output
        self.errors = errors
        self.input = input
        self.clock = clock
        self.user = user
        self.home = home
    }

    /// The surroundings of the command that runs in this task.
    @TaskLocal package static var current = Surroundings.process

    /// Those of this process.
    package static let process: Surroundings = {
        let environment = ProcessInfo.processInfo.environment
        let account = Account.current
        return Surroundings(
            environment: environment,
            output: DescriptorOutput(STDOUT_FILENO, blockSize: 1 << 16),
            errors: DescriptorOutput(STDERR_FILENO, blockSize: 0),
            input: StandardInput(),
            clock: SystemClock(),
            user: account.name,
            home: environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? account.home
        )
    }()

    /// Writes a line for people to standard error: a note, a warning, progress.
    func note(_ text: String) {
        // Where even this can't be written there is nobody left to tell.
        try? errors.write("mdw: \(text.sanitized(limit: 1000))\n")
    }
}

/// The account that the process runs under.
private struct Account {
    let name: String
    let home: String

    static var current: Account {
        var record = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwuid_r(getuid(), &record, &buffer, buffer.count, &found) == 0, found != nil else {
            return Account(name: "uid \(getuid())", home: "/")
        }
        return Account(name: String(cString: record.pw_name), home: String(cString: record.pw_dir))
    }
}
