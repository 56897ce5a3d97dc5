import Warehouse

extension Value {
    /// A cell of RFC 4180: nothing for nothing, times in ISO 8601, quoted where it must be.
    package var csv: String {
        switch self {
        case .none: ""
        case .id(let value), .integer(let value), .bytes(let value): String(value)
        case .real(let value), .share(let value): value.isFinite ? Self.number(value) : ""
        case .text(let value): Self.escaped(value.sanitized(limit: 2000))
        case .flag(let value): value ? "true" : "false"
        case .time(let value): value.description
        case .day(let value): value.description
        case .list(let values): Self.escaped(values.map(\.csv).joined(separator: " "))
        case .object: Self.escaped(json)
        }
    }

    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
