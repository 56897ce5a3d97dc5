import ArgumentParser
import Warehouse

/// `mdw backfill`.
struct BackfillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backfill",
        abstract: "Backfills: jobs that fetch candles from the vendor.",
        discussion: "Example: mdw backfill start AAPL --timeframe 1d --from 2019-01-01 --to 2019-01-31 --wait",
        subcommands: [
            BackfillStart.self, BackfillPlanCommand.self, BackfillList.self, BackfillShow.self, BackfillPause.self,
            BackfillResume.self,
            BackfillCancel.self, BackfillRetry.self, BackfillHistory.self, BackfillDaily.self,
        ]
    )
}

/// The job that a command is about.
struct JobArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The job's id.", valueName: "job"), transform: JobID.argument)
    var id: JobID
}
