import Configuration
import Logging
import Records
import SystemPackage
import Warehouse

/// Reads settings from flags, environment and configuration file, in this order.
///
/// `database` is `--database`, `MDW_DATABASE` or `database` in the file, and so on. An empty environment variable
/// counts as unset.
struct SettingsReader: Sendable {
    /// Where values come from, the first that has one wins.
    private let sources: [(name: String, reader: ConfigReader)]

    /// `typed`: what the command line says itself, by the names of ``Setting``.
    /// - Throws: ``SettingsError`` when there is a configuration file that can't be read.
    init(
        _ typed: [String: String],
        environment: [String: String],
        file path: String
    ) async throws(SettingsError) {
        let environment = environment.filter { !$0.value.isEmpty }
        var inherited: [AbsoluteConfigKey: ConfigValue] = [:]
        for setting in Setting.all {
            guard let alias = setting.aliases.first(where: { environment[$0] != nil }), let value = environment[alias]
            else { continue }
            // An address that nobody asks for must not be in the way.
            let isOverruled = typed[setting.name] != nil || environment[setting.variable] != nil
            let text = setting.name != "database" ? value : isOverruled ? nil : try DatabaseURL(value).path
            if let text {
                inherited[AbsoluteConfigKey([setting.name])] = ConfigValue(.string(text), isSecret: setting.isSecret)
            }
        }
        let flags = typed.map { (AbsoluteConfigKey([$0.key]), ConfigValue(.string($0.value), isSecret: false)) }
        self.sources = [
            (
                "flag",
                ConfigReader(provider: InMemoryProvider(name: "flags", values: Dictionary(uniqueKeysWithValues: flags)))
            ),
            (
                "environment",
                ConfigReader(
                    provider: EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "mdw")
                )
            ),
            (
                "environment of the old service",
                ConfigReader(provider: InMemoryProvider(name: "variables of the old service", values: inherited))
            ),
            ("configuration file", ConfigReader(provider: try await Self.file(path))),
        ]
    }

    /// A value as it was set, and where; `nil` when it is set nowhere.
    func found(_ name: String) -> (value: String, source: String)? {
        let key = ConfigKey([name])
        for (source, reader) in sources {
            if let text = reader.string(forKey: key) { return (text, source) }
            if let number = reader.int(forKey: key) { return (String(number), source) }
            if let number = reader.double(forKey: key) { return (String(number), source) }
            if let flag = reader.bool(forKey: key) { return (String(flag), source) }
        }
        return nil
    }

    /// A text; in the configuration file it must be one too.
    /// - Throws: ``SettingsError`` for a value that is not text.
    func text(_ name: String) throws(SettingsError) -> String? {
        let key = ConfigKey([name])
        for (_, reader) in sources {
            if let text = reader.string(forKey: key) { return text }
            guard reader.int(forKey: key) == nil, reader.double(forKey: key) == nil, reader.bool(forKey: key) == nil
            else { throw SettingsError("the setting \(name) must be text") }
        }
        return nil
    }

    /// - Throws: ``SettingsError`` for a value that is not a whole number within `range`.
    func number(_ name: String, in range: ClosedRange<Int>) throws(SettingsError) -> Int? {
        guard let (value, _) = found(name) else { return nil }
        guard let number = Int(value), range.contains(number) else {
            throw SettingsError(
                "the setting \(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }

    /// - Throws: ``SettingsError`` for a value that is neither true nor false.
    func flag(_ name: String) throws(SettingsError) -> Bool? {
        guard let (value, _) = found(name) else { return nil }
        switch value.lowercased() {
        case "true", "1", "yes", "on": return true
        case "false", "0", "no", "off": return false
        default: throw SettingsError("the setting \(name) must be true or false")
        }
    }

    /// - Throws: ``SettingsError`` for a value that `type` does not have.
    func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        of type: Value.Type
    ) throws(SettingsError) -> Value? {
        guard let (value, _) = found(name) else { return nil }
        guard let choice = Value(rawValue: value.lowercased()) else {
            let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingsError("the setting \(name) must be one of \(names)")
        }
        return choice
    }

    /// The level from which on is logged, in the spelling of the old service (`WARNING`) too.
    func logLevel() throws(SettingsError) -> Logger.Level? {
        guard let (value, _) = found("log_level") else { return nil }
        // Python's names where they differ.
        let name = ["warn": "warning", "fatal": "critical"][value.lowercased()] ?? value.lowercased()
        guard let level = Logger.Level(rawValue: name) else {
            let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingsError("the setting log_level must be one of \(names)")
        }
        return level
    }

    private static func file(_ path: String) async throws(SettingsError) -> FileProvider<JSONSnapshot> {
        do {
            return try await FileProvider<JSONSnapshot>(
                parsingOptions: JSONSnapshot.ParsingOptions(
                    secretsSpecifier: .specific(Set(Setting.all.filter(\.isSecret).map(\.name)))
                ),
                filePath: FilePath(path),
                allowMissing: true
            )
        } catch {
            throw SettingsError("the configuration file \(path) can't be read: it must hold one JSON object")
        }
    }
}
