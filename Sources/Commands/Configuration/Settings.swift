package import Logging
package import Warehouse

/// What a command works with.
///
/// Each setting comes from the first of these that has it: flag, environment, configuration file, default.
package struct Settings: Sendable {
    /// Path of the database file.
    package let database: String
    /// The level from which on other commands than `serve` log.
    package let logLevel: Logger.Level
    // Asked for what a command needs and no more: each look goes through every source.
    private let reader: SettingsReader
    private let flags: Flags
    private let environment: [String: String]

    /// The feed of backfills; an error here stops only who needs a feed.
    package var feed: Result<FeedPlan, SettingsError> {
        Result { () throws(SettingsError) in
            try FeedPlan(reader, simulated: flags.simulated, environment: environment)
        }
    }

    /// How the API is served; an error here stops only who serves it.
    package var server: Result<ServerPlan, SettingsError> {
        Result { () throws(SettingsError) in try ServerPlan(reader) }
    }

    /// When the daily backfill is queued; an error here stops only who queues it.
    package var schedule: Result<DailySchedule, SettingsError> {
        Result { () throws(SettingsError) in
            DailySchedule(
                hour: try reader.number("backfill_schedule_hour", in: 0...23) ?? 2,
                minute: try reader.number("backfill_schedule_minute", in: 0...59) ?? 0
            )
        }
    }

    /// Who is told when something goes wrong; an error here stops only who watches for it.
    package var alerts: Result<AlertPlan, SettingsError> {
        Result { () throws(SettingsError) in try AlertPlan(reader) }
    }

    /// Every setting with its value and where it comes from, for people.
    package var effective: [EffectiveSetting] {
        Setting.all.map { setting in
            let found = reader.found(setting.name)
            let fallback = setting.name == "database" ? database : setting.fallback
            return EffectiveSetting(
                setting: setting,
                value: found.map { setting.isSecret ? "(hidden)" : $0.value } ?? fallback,
                source: found?.source ?? "default"
            )
        }
    }

    /// What the command line says itself, by the names of ``Setting``.
    package struct Flags: Sendable {
        package var values: [String: String] = [:]
        package var simulated = false

        package init(database: String? = nil, feedURL: String? = nil, simulated: Bool = false) {
            values["database"] = database
            values["feed_url"] = feedURL
            self.simulated = simulated
        }
    }

    /// - Throws: ``SettingsError`` for a value that can't be used.
    package static func read(_ flags: Flags, in surroundings: Surroundings) async throws(SettingsError) -> Settings {
        let folders = UserFolders(surroundings)
        let reader = try await SettingsReader(
            flags.values,
            environment: surroundings.environment,
            file: folders.configuration
        )
        let path = try reader.text("database") ?? folders.data + "/mdw.sqlite"
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw SettingsError("the path of the database is empty: name a file with --database")
        }
        return Settings(
            database: path,
            // A level that is none stops nobody but a server, which says so.
            logLevel: (try? reader.logLevel()) ?? .warning,
            reader: reader,
            flags: flags,
            environment: surroundings.environment
        )
    }
}

/// A setting as it is in force.
package struct EffectiveSetting: Sendable {
    package let setting: Setting
    /// Never a secret.
    package let value: String
    /// `flag`, `environment`, `environment of the old service`, `configuration file`, or `default`.
    package let source: String
}

/// A setting that can't be used, in one sentence.
///
/// Never holds a secret.
package struct SettingsError: Error, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
