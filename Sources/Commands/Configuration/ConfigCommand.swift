import ArgumentParser
import Records

/// `mdw config`.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Shows every setting, its value, and where it comes from; secrets are hidden.",
        discussion: """
            A value comes from the first of these that has it: flag, environment (MDW_PORT), environment of the old \
            service (API_PORT), configuration file ("port" in $XDG_CONFIG_HOME/mdw/config.json), default.

            Example: mdw config --json
            """
    )

    @OptionGroup var server: ServerOptions
    @OptionGroup var feed: FeedOptions
    @OptionGroup var options: StoreOptions

    func run() async throws {
        var flags = feed.flags(options)
        flags.values.merge(server.values) { $1 }
        let composition = try await Composition.read(flags)
        let renderer = Renderer(json: options.json, output: composition.surroundings.output)
        try renderer.list(composition.settings.effective, as: .settings)
        // Shown first, judged then: who looks for a mistake wants to see the values.
        _ = try composition.settings.server.get()
        _ = try composition.settings.feed.get()
        _ = try composition.settings.schedule.get()
        _ = try composition.settings.alerts.get()
    }
}

extension RecordLayout<EffectiveSetting> {
    static let settings = RecordLayout([
        Field("name", "setting") { .text($0.setting.name) },
        Field("value") { $0.value.isEmpty ? .none : .text($0.value) },
        Field("source") { .text($0.source) },
        Field("variable") { .text($0.setting.variable) },
        Field("summary", "meaning") { .text($0.setting.summary) },
    ])
}
