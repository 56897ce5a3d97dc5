import ArgumentParser

/// `mdw alerts`.
struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "What went wrong and who was told: failed backfills, a refused key, stale data, a broken audit log.",
        discussion: """
            A server or worker that runs watches for it. Alerts stand in its log; they are posted to \
            MDW_ALERT_WEBHOOK_URL and mailed to MDW_ALERT_MAIL_TO where these are set.

            Example: mdw alerts list --all
            """,
        subcommands: [AlertsList.self, AlertsTest.self]
    )
}
