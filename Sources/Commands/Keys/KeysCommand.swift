import ArgumentParser

/// `mdw keys`.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "API keys: who may use the HTTP interface.",
        discussion: "Example: mdw keys create reporting --scope read --expires 30d",
        subcommands: [
            KeysList.self, KeysCreate.self, KeysShow.self, KeysRevoke.self, KeysRestore.self, KeysRotate.self,
            KeysDelete.self,
        ]
    )
}
