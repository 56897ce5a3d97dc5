/// A JSON schema of the 2020-12 draft, as OpenAPI 3.1 uses it.
struct Schema: Hashable, Sendable {
    var json: JSONValue
    /// The shapes that it names, to be described once for all.
    var components: [String: JSONValue] = [:]

    init(_ json: JSONValue) {
        self.json = json
    }

    static let text = Schema(["type": "string"])
    static let flag = Schema(["type": "boolean"])
    static let real = Schema(["type": "number"])
    static let integer = Schema(["type": "integer"])
    static let time = Schema(["type": "string", "format": "date-time"])
    static let day = Schema(["type": "string", "format": "date"])
    static let anything = Schema([:])

    static func text(_ values: [String]) -> Schema {
        Schema(["type": "string", "enum": .array(values.map { .text($0) })])
    }

    static func text(from minimum: Int = 0, to maximum: Int) -> Schema {
        Schema(["type": "string", "minLength": .integer(Int64(minimum)), "maxLength": .integer(Int64(maximum))])
    }

    static func integer(_ range: ClosedRange<Int64>) -> Schema {
        Schema(["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)])
    }

    static func real(_ range: ClosedRange<Double>) -> Schema {
        Schema(["type": "number", "minimum": .real(range.lowerBound), "maximum": .real(range.upperBound)])
    }

    static func list(of element: Schema, minimum: Int = 0) -> Schema {
        var schema = Schema(["type": "array", "items": element.json])
        if minimum > 0 { schema = schema.adding("minItems", .integer(Int64(minimum))) }
        schema.components = element.components
        return schema
    }

    /// Either this or null.
    var orNull: Schema {
        guard case .object(let members) = json, let index = members.firstIndex(where: { $0.key == "type" }),
            case .text = members[index].value, self["enum"] == nil
        else {
            var schema = Schema(["anyOf": [json, ["type": "null"]]])
            schema.components = components
            return schema
        }
        var changed = members
        changed[index] = JSONValue.Member("type", [members[index].value, "null"])
        var schema = Schema(.object(changed))
        schema.components = components
        return schema
    }

    func adding(_ key: String, _ value: JSONValue) -> Schema {
        guard case .object(let members) = json else { return self }
        var schema = self
        schema.json = .object(members + [JSONValue.Member(key, value)])
        return schema
    }

    private subscript(key: String) -> JSONValue? { json[key] }
}

extension Schema {
    /// Exactly one of these.
    static func oneOf(_ schemas: [Schema]) -> Schema {
        var schema = Schema(["oneOf": .array(schemas.map(\.json))])
        for other in schemas { schema.components.merge(other.components) { old, _ in old } }
        return schema
    }
}
