import Console
import Foundation

/// What a console remembers for the next one, in the user's folder of states.
struct SavedStateFile: Sendable {
    let path: String

    /// `nil` when nothing was remembered, or it can't be read: then the console opens as if for the first time.
    func read() -> SavedState? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return try? JSONDecoder().decode(SavedState.self, from: data)
    }

    /// - Throws: an error of the file system.
    func write(_ state: SavedState) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try encoder.encode(state).write(to: URL(fileURLWithPath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}
