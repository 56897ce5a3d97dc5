import Records
import Store
import Warehouse

/// Hands a new key to its owner, once: on standard output, or in a file.
struct KeyHandover: Sendable {
    private let file: PrivateFile?

    /// - Parameter path: the file that takes the key; without one it is printed.
    /// - Throws: ``Refusal`` when there can't be such a file.
    init(path: String?) throws {
        self.file = try path.map { try PrivateFile(reserving: $0) }
    }

    /// Where the key goes when it is not printed.
    var path: String? { file?.path }

    /// Runs `make`, and keeps the key that it made in the file when there is one.
    ///
    /// Without a key no file is left behind.
    func keep<Made>(_ make: () async throws -> Made, key: (Made) -> CreatedKey?) async throws -> Made {
        let made: Made
        do {
            made = try await make()
        } catch {
            file?.discard()
            throw error
        }
        guard let created = key(made) else {
            file?.discard()
            return made
        }
        do {
            try file?.append(created.raw.reveal() + "\n")
            try file?.close()
        } catch {
            throw Refusal("\(error); \(Self.lost(created))")
        }
        return made
    }

    /// Prints the key, or where it is, and what it is.
    ///
    /// `verb` is what was done, such as `made`; `more` is what machines get besides.
    /// - Throws: ``Refusal`` when it can't be printed.
    func show(_ created: CreatedKey, _ verb: String, more: [Value.Member] = [], in session: CommandSession) throws {
        let key = created.key
        let name = "key \(key.id.rawValue) '\(key.name)' (\(key.scope.rawValue))"
        do {
            if session.renderer.json {
                try session.renderer.object(object(created, more))
            } else if let path {
                try session.renderer.line("\(name) was \(verb) and written to \(path)")
            } else {
                // On a terminal the note is to stand right before the key.
                try session.surroundings.output.flush()
                session.surroundings.note("\(name) was \(verb). It is shown this once only: keep it now.")
                try session.renderer.line(created.raw.reveal())
            }
            try session.surroundings.output.flush()
        } catch {
            throw Refusal("\(error); \(Self.lost(created))")
        }
    }

    private func object(_ created: CreatedKey, _ more: [Value.Member]) -> Value {
        let key = created.key
        let secret =
            path.map { Value.Member("key_file", .text($0)) } ?? Value.Member("api_key", .text(created.raw.reveal()))
        return .object(
            [
                Value.Member("id", .id(key.id.rawValue)), secret,
                Value.Member("key_preview", .text(key.preview + "...")), Value.Member("name", .text(key.name)),
                Value.Member("scope", .text(key.scope.rawValue)), Value.Member("created_at", .time(key.createdAt)),
                Value.Member("expires_at", .time(key.expiresAt)),
            ] + more
        )
    }

    private static func lost(_ created: CreatedKey) -> String {
        let id = created.key.id.rawValue
        return "key \(id) exists, but nobody has it: delete it with 'mdw keys delete \(id)'"
    }
}
