import ArgumentParser

/// The key that a command is about.
struct KeyArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The key's id or name.", valueName: "key"), completion: Completion.keyNames)
    var reference: String
}
