import ArgumentParser
import Glibc
import Records

extension Mdw {
    /// Runs the command that `arguments` name, and returns its exit code.
    ///
    /// Results go to standard output, everything else to standard error.
    package static func start(_ arguments: [String], in surroundings: Surroundings = .process) async -> Int32 {
        // A reader that goes away is an error to handle, not a reason to die in the middle of something.
        signal(SIGPIPE, SIG_IGN)
        return await Surroundings.$current.withValue(surroundings) {
            do {
                var command = try await parsed(arguments)
                if var asynchronous = command as? any AsyncParsableCommand {
                    try await asynchronous.run()
                } else {
                    try command.run()
                }
                try surroundings.output.flush()
                return ExitStatus.done.rawValue
            } catch {
                return report(Failure(error), in: surroundings)
            }
        }
    }

    /// The command that `arguments` name.
    ///
    /// Arguments of the console are tried first and alone: making all other commands takes longer than opening the
    /// store. What is wrong with them is for the whole parser to say.
    private static func parsed(_ arguments: [String]) async throws -> any ParsableCommand {
        let isNamed = arguments.first == ConsoleCommand.configuration.commandName
        if isNamed || arguments.first?.hasPrefix("-") ?? true,
            let console = try? ConsoleCommand.parse(isNamed ? Array(arguments.dropFirst()) : arguments)
        {
            return console
        }
        return try await asyncParseAsRoot(arguments)
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
