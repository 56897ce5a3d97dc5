package import Warehouse

/// Mails alerts through the `sendmail` program of the host, which queues them and has the rest in hand.
package struct SendmailChannel: AlertChannel {
    package let name = "mail"
    private let program: String
    private let from: MailAddress
    private let recipients: [MailAddress]
    private let host: String
    private let environment: [String: String]
    private let timeout: Duration
    private let clock: any WallClock

    /// `program`: the path of `sendmail` or of what takes its place.
    ///
    /// `environment`: what it finds in its environment.
    package init(
        program: String,
        from: MailAddress,
        to recipients: [MailAddress],
        host: String,
        environment: [String: String],
        timeout: Duration = .seconds(60),
        clock: any WallClock
    ) {
        self.program = program
        self.from = from
        self.recipients = recipients
        self.host = host
        self.environment = environment
        self.timeout = timeout
        self.clock = clock
    }

    package func send(_ notice: AlertNotice) async throws(AlertDeliveryFailure) {
        let message = MailMessage(notice: notice, from: from, recipients: recipients, host: host, date: clock.now)
        // A line that is only a full stop ends no message (-i); the recipients are no headers to be read (no -t).
        let arguments = ["-i", "-f", from.text, "--"] + recipients.map(\.text)
        let mailer = try MailProgram(program, arguments, environment: environment, input: Array(message.text.utf8))
        let outcome = await mailer.outcome(within: timeout)
        let reason: String
        switch outcome.end {
        case .exited(0): return
        case .exited(let code): reason = "exit code \(code)"
        case .killed(let signal): reason = "ended by signal \(signal)"
        case .timedOut: reason = "not done within \(timeout)"
        }
        throw AlertDeliveryFailure(
            "\(program): \(reason)" + (outcome.complaint.isEmpty ? "" : ": \(outcome.complaint)")
        )
    }
}
