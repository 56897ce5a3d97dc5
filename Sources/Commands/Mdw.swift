package import ArgumentParser

/// The command `mdw`.
package struct Mdw: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "mdw",
        abstract: "Runs a warehouse of market data: symbols, candles, backfills, API keys and the audit log.",
        discussion: """
            Examples:
              mdw bootstrap
              mdw symbols list
              mdw backfill start AAPL --timeframe 1d --from 2019-01-01 --to 2019-01-31 --wait

            The database is --database, else MDW_DATABASE, else DATABASE_URL=sqlite:///PATH, else "database" in \
            the configuration file $XDG_CONFIG_HOME/mdw/config.json, else $XDG_DATA_HOME/mdw/mdw.sqlite.

            Exit codes: 0 done, 1 refused, 2 wrong usage, 3 store unavailable.
            """,
        version: "mdw 1.0.0",
        subcommands: commands,
        defaultSubcommand: ConsoleCommand.self
    )

    /// All subcommands, in the order of the help.
    package static let commands: [any ParsableCommand.Type] = [
        ConsoleCommand.self, BootstrapCommand.self, KeysCommand.self, SymbolsCommand.self, BackfillCommand.self,
        CandlesCommand.self,
        AuditCommand.self, AlertsCommand.self, ServeCommand.self, WorkerCommand.self, MigrateCommand.self,
        ImportLegacyCommand.self,
        DoctorCommand.self, ConfigCommand.self,
    ]

    package static var _errorPrefix: String { "mdw: " }

    package init() {}
}
