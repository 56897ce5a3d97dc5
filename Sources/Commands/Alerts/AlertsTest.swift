import ArgumentParser
import Records
import Warehouse

/// `mdw alerts test`.
struct AlertsTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Sends a test alert by every channel, and says of each whether it worked.",
        discussion: """
            The exit code is 1 when one did not. Nothing is tried twice, and nothing is kept.

            Example: MDW_ALERT_WEBHOOK_URL=https://hooks.example.com/mdw mdw alerts test
            """
    )

    @OptionGroup var options: StoreOptions

    func run() async throws {
        let composition = try await Composition.read(Settings.Flags(database: options.database))
        let channels = composition.openChannels(try composition.settings.alerts.get())
        guard !channels.all.isEmpty else {
            throw Refusal(
                "no channel is set: set MDW_ALERT_WEBHOOK_URL (and MDW_ALERT_WEBHOOK_SECRET), or MDW_ALERT_MAIL_TO"
            )
        }
        let now = composition.surroundings.clock.now
        var results: [ChannelTest] = []
        for channel in channels.all { results.append(await Self.test(channel, at: now)) }
        await channels.close()
        let renderer = Renderer(json: options.json, output: composition.surroundings.output)
        try renderer.list(results, as: .channelTests)
        let failed = results.filter { $0.error != nil }
        guard failed.isEmpty else {
            throw Refusal("\(failed.map(\.channel).joined(separator: " and ")) did not take the test alert")
        }
    }

    private static func test(_ channel: any AlertChannel, at now: Timestamp) async -> ChannelTest {
        let alert = Alert(
            id: AlertID(0),
            condition: AlertCondition(.test),
            severity: AlertKind.test.severity,
            message: "this is a test: alerts of mdw arrive here",
            raisedAt: now
        )
        do {
            try await channel.send(AlertNotice(.raised, alert))
            return ChannelTest(channel: channel.name, error: nil)
        } catch {
            return ChannelTest(channel: channel.name, error: "\(error)")
        }
    }
}

/// What came of a test alert.
private struct ChannelTest: Sendable {
    let channel: String
    let error: String?
}

extension RecordLayout<ChannelTest> {
    fileprivate static let channelTests = RecordLayout([
        Field("channel") { .text($0.channel) },
        Field("delivered", "worked") { .flag($0.error == nil) },
        Field("error") { .text($0.error) },
    ])
}
