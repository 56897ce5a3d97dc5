import Warehouse

/// What a command works with.
///
/// Each setting comes from the first of these that has it: flag, environment, configuration file, default.
package struct Settings: Sendable {
    /// Path of the database file.
    package let database: String
    /// The feed of backfills.
    ///
    /// An error here stops only who needs a feed.
    package let feed: Result<FeedPlan, SettingsError>

    /// What the command line says itself.
    package struct Flags: Sendable {
        package var database: String?
        package var feedURL: String?
        package var simulated = false

        package init(database: String? = nil, feedURL: String? = nil, simulated: Bool = false) {
            self.database = database
            self.feedURL = feedURL
            self.simulated = simulated
        }
    }

    /// - Throws: ``SettingsError`` for a value that can't be used.
    package static func read(_ flags: Flags, in surroundings: Surroundings) async throws(SettingsError) -> Settings {
        let folders = UserFolders(surroundings)
        let reader = try await SettingsReader(flags, environment: surroundings.environment, file: folders.configuration)
        let path = try reader.text("database") ?? folders.data + "/mdw.sqlite"
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw SettingsError("the path of the database is empty: name a file with --database")
        }
        return Settings(
            database: path,
            feed: Result { () throws(SettingsError) in try FeedPlan(reader, simulated: flags.simulated) }
        )
    }
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
