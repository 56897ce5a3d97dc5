import Warehouse

extension Value {
    /// On one line, keys in their order, times in ISO 8601.
    ///
    /// Whatever a terminal could take for more than text is escaped, so the JSON is exact and safe to show.
    package var json: String {
        switch self {
        case .none: "null"
        case .id(let value), .integer(let value), .bytes(let value): String(value)
        case .real(let value), .share(let value): Self.number(value)
        case .text(let value): Self.quoted(value)
        case .flag(let value): value ? "true" : "false"
        case .time(let value): Self.quoted(value.description)
        case .day(let value): Self.quoted(value.description)
        case .list(let values): "[\(values.map(\.json).joined(separator: ","))]"
        case .object(let members):
            "{\(members.map { "\(Self.quoted($0.key)):\($0.value.json)" }.joined(separator: ","))}"
        }
    }

    /// The same over several lines.
    package func prettyJSON(indent: String = "") -> String {
        let inner = indent + "  "
        switch self {
        case .object(let members) where !members.isEmpty:
            let lines = members.map { "\(inner)\(Self.quoted($0.key)): \($0.value.prettyJSON(indent: inner))" }
            return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
        case .list(let values) where values.contains(where: \.isObject):
            let lines = values.map { inner + $0.prettyJSON(indent: inner) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
        default:
            return json
        }
    }

    private var isObject: Bool {
        if case .object = self { return true }
        return false
    }

    /// The shortest text that reads back as the same number, whole numbers without a fraction.
    package static func number(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default:
                if scalar.isUnsafeToShow {
                    for unit in String(scalar).utf16 {
                        let digits = String(unit, radix: 16)
                        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                    }
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }
}
