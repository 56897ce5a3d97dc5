import Console
import Foundation
import Glibc
import Synchronization

/// The part `console` of the configuration file, read anew when the file changes.
final class ConsolePreferencesFile: Sendable {
    private let path: String
    private let seen: Mutex<Stamp?>

    /// What tells one state of the file from another.
    private struct Stamp: Hashable {
        /// The time of the last change, as the system has it.
        let modified: [UInt8]
        let size: Int
        let number: UInt
    }

    init(path: String) {
        self.path = path
        seen = Mutex(Self.stamp(of: path))
    }

    /// The preferences as the file has them now; the usual ones where there is no file.
    func read() -> ConsolePreferences {
        var preferences = ConsolePreferences()
        guard let data = FileManager.default.contents(atPath: path) else { return preferences }
        do {
            if let console = try JSONDecoder().decode(File.self, from: data).console {
                preferences.theme = console.theme
                preferences.themes = console.themes ?? [:]
                preferences.keys = (console.keys ?? [:]).mapValues(\.keys)
            }
        } catch {
            preferences.problems = ["\(path): the part \"console\" can't be read, so the usual look and keys stay"]
        }
        return preferences
    }

    /// The preferences, if the file is another one than at the last look.
    func changed() -> ConsolePreferences? {
        let now = Self.stamp(of: path)
        let isNew = seen.withLock { seen in
            defer { seen = now }
            return seen != now
        }
        return isNew ? read() : nil
    }

    /// `nil` while there is no file.
    private static func stamp(of path: String) -> Stamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Stamp(
            modified: withUnsafeBytes(of: status.st_mtim) { Array($0) },
            size: status.st_size,
            number: status.st_ino
        )
    }

    private struct File: Decodable {
        let console: Preferences?
    }

    private struct Preferences: Decodable {
        let theme: String?
        let themes: [String: [String: String]]?
        let keys: [String: OneOrMore]?
    }

    /// `"x"` or `["x", "<F2>"]`.
    private struct OneOrMore: Decodable {
        let keys: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            do {
                keys = [try container.decode(String.self)]
            } catch DecodingError.typeMismatch {
                keys = try container.decode([String].self)
            }
        }
    }
}
