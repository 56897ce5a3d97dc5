import ArgumentParser
import Console
import Glibc
import Records

extension Mdw {
    /// Runs the command that `arguments` name, and returns its exit code.
    ///
    /// Results go to standard output, everything else to standard error.
    @MainActor package static func start(_ arguments: [String], in surroundings: Surroundings = .process) async -> Int32
    {
        // A reader that goes away is an error to handle, not a reason to die in the middle of something.
        signal(SIGPIPE, SIG_IGN)
        return await Surroundings.$current.withValue(surroundings) {
            do {
                if let console = console(arguments) {
                    try await withTaskExecutorPreference(ConsoleExecutor.shared) { try await console.run() }
                } else {
                    var command = try await asyncParseAsRoot(arguments)
                    if var asynchronous = command as? any AsyncParsableCommand {
                        try await asynchronous.run()
                    } else {
                        try command.run()
                    }
                }
                try surroundings.output.flush()
                return ExitStatus.done.rawValue
            } catch {
                return report(Failure(error), in: surroundings)
            }
        }
    }

    /// The console, if `arguments` name it.
    ///
    /// They are tried first and alone: making all other commands takes longer than opening the store. What is wrong with
    /// them is for the whole parser to say.
    private static func console(_ arguments: [String]) -> ConsoleCommand? {
        let isNamed = arguments.first == ConsoleCommand.configuration.commandName
        guard isNamed || arguments.first?.hasPrefix("-") ?? true else { return nil }
        return try? ConsoleCommand.parse(isNamed ? Array(arguments.dropFirst()) : arguments)
    }

    private static func report(_ failure: Failure, in surroundings: Surroundings) -> Int32 {
        // Neither can be helped: the exit code still tells.
        try? surroundings.output.flush()
        guard !failure.message.isEmpty else { return failure.status.rawValue }
        let target = failure.status == .done ? surroundings.output : surroundings.errors
        try? target.write(failure.message + "\n")
        try? target.flush()
        return failure.status.rawValue
    }
}
