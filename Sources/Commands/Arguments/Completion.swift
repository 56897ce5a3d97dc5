import ArgumentParser
import Store
import Warehouse

/// What the tab key offers, read from the database.
///
/// A database that can't be read offers nothing.
enum Completion {
    static let symbols = CompletionKind.custom { words, _, prefix in
        await candidates(words) { try await $0.symbols.list().map(\.symbol) }.filter { $0.hasPrefix(prefix) }
    }

    static let keyNames = CompletionKind.custom { words, _, prefix in
        await candidates(words) { try await $0.keys.list().map(\.name) }.filter { $0.hasPrefix(prefix) }
    }

    private static func candidates(
        _ words: [String],
        _ body: (Store) async throws -> [String]
    ) async -> [String] {
        do {
            let composition = try await Composition.read(Settings.Flags(database: database(in: words)))
            let found = try await composition.withStore(.readOnly) { try await body($0) }
            return Set(found.map { $0.sanitized(limit: 100) }).sorted()
        } catch {
            // In the middle of typing, an error message would only be in the way.
            return []
        }
    }

    private static func database(in words: [String]) -> String? {
        if let index = words.lastIndex(of: "--database"), index + 1 < words.count { return words[index + 1] }
        return words.last { $0.hasPrefix("--database=") }.map { String($0.dropFirst("--database=".count)) }
    }
}
