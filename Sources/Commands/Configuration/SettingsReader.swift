import Configuration
import SystemPackage
import Warehouse

/// Reads settings from flags, environment and configuration file, in this order.
///
/// `database` is `--database`, `MDW_DATABASE` or `database` in the file, and so on. An empty environment variable
/// counts as unset.
struct SettingsReader {
    private let reader: ConfigReader

    /// - Throws: ``SettingsError`` when there is a configuration file that can't be read.
    init(_ flags: Settings.Flags, environment: [String: String], file path: String) async throws(SettingsError) {
        let environment = environment.filter { !$0.value.isEmpty }
        var typed: [AbsoluteConfigKey: ConfigValue] = [:]
        if let database = flags.database { typed["database"] = ConfigValue(.string(database), isSecret: false) }
        if let url = flags.feedURL { typed["feed_url"] = ConfigValue(.string(url), isSecret: false) }
        var inherited: [AbsoluteConfigKey: ConfigValue] = [:]
        if let url = environment["DATABASE_URL"], environment["MDW_DATABASE"] == nil, flags.database == nil {
            inherited["database"] = ConfigValue(.string(try DatabaseURL(url).path), isSecret: false)
        }
        if let key = environment["POLYGON_API_KEY"] {
            inherited["polygon_api_key"] = ConfigValue(.string(key), isSecret: true)
        }
        self.reader = ConfigReader(providers: [
            InMemoryProvider(name: "flags", values: typed),
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "mdw"),
            InMemoryProvider(name: "variables of other programs", values: inherited),
            try await Self.file(path),
        ])
    }

    /// - Throws: ``SettingsError`` for a value that is not text.
    func text(_ name: String, isSecret: Bool = false) throws(SettingsError) -> String? {
        let key = ConfigKey([name])
        if let text = reader.string(forKey: key, isSecret: isSecret) { return text }
        guard reader.int(forKey: key) == nil, reader.double(forKey: key) == nil, reader.bool(forKey: key) == nil else {
            throw SettingsError("the setting \(name) must be text")
        }
        return nil
    }

    /// - Throws: ``SettingsError`` for a value that is not a whole number within `range`.
    func number(_ name: String, in range: ClosedRange<Int>) throws(SettingsError) -> Int? {
        let key = ConfigKey([name])
        let number = reader.int(forKey: key)
        if let number, range.contains(number) { return number }
        let isAbsent = number == nil && reader.string(forKey: key) == nil && reader.double(forKey: key) == nil
        guard isAbsent, reader.bool(forKey: key) == nil else {
            throw SettingsError(
                "the setting \(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return nil
    }

    private static func file(_ path: String) async throws(SettingsError) -> FileProvider<JSONSnapshot> {
        do {
            return try await FileProvider<JSONSnapshot>(
                parsingOptions: JSONSnapshot.ParsingOptions(secretsSpecifier: .specific(["polygon_api_key"])),
                filePath: FilePath(path),
                allowMissing: true
            )
        } catch {
            throw SettingsError("the configuration file \(path) can't be read: it must hold one JSON object")
        }
    }
}
