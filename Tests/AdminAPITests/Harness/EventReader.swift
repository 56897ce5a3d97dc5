/// Reads server-sent events from an answer that goes on.
final class EventReader {
    /// A row of the audit log as an event carries it.
    struct Event {
        let id: Int64
        let name: String
        let data: JSON
    }

    private let connection: RawConnection
    private var text = ""

    init(_ connection: RawConnection) {
        self.connection = connection
    }

    /// The next event, comments left out; `nil` when the server ended the stream.
    func next() async throws -> Event? {
        while true {
            while let end = text.firstRange(of: "\n\n") {
                let lines = text[..<end.lowerBound].split(separator: "\n")
                text.removeSubrange(..<end.upperBound)
                guard let event = try Self.event(lines) else { continue }
                return event
            }
            guard let chunk = try await connection.chunk() else { return nil }
            text += String(decoding: chunk, as: UTF8.self)
        }
    }

    private static func event(_ lines: [Substring]) throws -> Event? {
        func field(_ name: String) -> String? {
            lines.first { $0.hasPrefix("\(name): ") }.map { String($0.dropFirst(name.count + 2)) }
        }
        guard let id = field("id").flatMap({ Int64($0) }), let data = field("data") else { return nil }
        return Event(id: id, name: field("event") ?? "", data: try JSON(data))
    }
}
