import Backfill
import Foundation
import Logging
import Notifications
import Store
import Warehouse

/// The channels that the settings name, with what they hold open.
struct OpenChannels: Sendable {
    let all: [any AlertChannel]
    private let webhook: WebhookChannel?

    fileprivate init(_ all: [any AlertChannel], webhook: WebhookChannel?) {
        self.all = all
        self.webhook = webhook
    }

    /// Closes the connections; what is being sent ends with an error.
    func close() async {
        await webhook?.close()
    }
}

extension Composition {
    /// The channels of `plan`, behind the log where there is one; whoever gets them closes them.
    func openChannels(_ plan: AlertPlan, log: Logger? = nil) -> OpenChannels {
        let host = ProcessInfo.processInfo.hostName
        var channels: [any AlertChannel] = []
        if let log { channels.append(LogChannel(logger: log)) }
        let webhook = plan.webhook.map {
            WebhookChannel($0.address, secret: $0.secret, host: host, clock: surroundings.clock)
        }
        if let webhook { channels.append(webhook) }
        if let mail = plan.mail {
            channels.append(
                SendmailChannel(
                    program: mail.program,
                    from: mail.from,
                    to: mail.recipients,
                    host: host,
                    environment: mailEnvironment,
                    clock: surroundings.clock
                )
            )
        }
        return OpenChannels(channels, webhook: webhook)
    }

    /// What watches `store` by the rules of `plan` and tells `channels`, on behalf of `identity`.
    func makeAlertWatch(
        on store: Store,
        plan: AlertPlan,
        channels: OpenChannels,
        identity: WorkerIdentity,
        logger: Logger
    ) -> AlertWatch {
        AlertWatch(
            store: store,
            rules: plan.rules,
            channels: channels.all,
            owner: "\(identity)",
            clock: surroundings.clock,
            logger: logger
        )
    }

    /// What a mail program needs, and nothing that is secret.
    private var mailEnvironment: [String: String] {
        var environment = surroundings.environment.filter { ["HOME", "USER", "LOGNAME", "TZ"].contains($0.key) }
        environment["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        return environment
    }
}
