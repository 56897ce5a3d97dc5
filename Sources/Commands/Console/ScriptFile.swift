import ArgumentParser
import Console
import Foundation

/// A script for the console on disk.
enum ScriptFile {
    /// Throws a usage error for a file that can't be read or holds a line that is no step.
    static func read(_ path: String) throws -> Script {
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else {
            throw ValidationError("the script \(path) can't be read")
        }
        do {
            return try Script(text)
        } catch {
            throw ValidationError("\(error)")
        }
    }
}
