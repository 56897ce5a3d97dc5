import Warehouse

/// How records of one kind go out as JSON objects: the fields, in order.
///
/// What is written and what the OpenAPI document says of it are one definition, so neither can drift from the other.
struct Shape<Record>: Sendable {
    /// By which the OpenAPI document knows it.
    let name: String
    let fields: [ShapeField<Record>]

    init(_ name: String, _ fields: [ShapeField<Record>]) {
        self.name = name
        self.fields = fields
    }

    func write(_ record: Record, to writer: inout JSONWriter) {
        writer.open("{")
        for field in fields { field.write(record, &writer) }
        writer.close("}")
    }

    func bytes(_ record: Record) -> [UInt8] {
        var writer = JSONWriter()
        write(record, to: &writer)
        return writer.bytes
    }

    func bytes(_ records: [Record]) -> [UInt8] {
        var writer = JSONWriter(reserving: 256 * (records.count + 1))
        writer.open("[")
        for record in records { write(record, to: &writer) }
        writer.close("]")
        return writer.bytes
    }

    /// A reference to the object's description, which is among the components.
    var schema: Schema {
        var schema = Schema(["$ref": .text("#/components/schemas/\(name)")])
        for field in fields { schema.components.merge(field.schema.components) { old, _ in old } }
        let required = fields.filter(\.isRequired).map { JSONValue.text($0.key) }
        schema.components[name] = [
            "type": "object",
            "properties": .object(fields.map { JSONValue.Member($0.key, $0.schema.json) }),
            "required": .array(required),
            "additionalProperties": false,
        ]
        return schema
    }
}

/// One field of a ``Shape``.
struct ShapeField<Record>: Sendable {
    let key: String
    let schema: Schema
    /// Whether every record has it.
    var isRequired = true
    /// Writes the key and the value, or nothing for a record that lacks the field.
    let write: @Sendable (Record, inout JSONWriter) -> Void

    private init(
        _ key: String,
        _ schema: Schema,
        isRequired: Bool = true,
        write: @escaping @Sendable (Record, inout JSONWriter) -> Void
    ) {
        self.key = key
        self.schema = schema
        self.isRequired = isRequired
        self.write = write
    }

    static func text(
        _ key: String,
        _ schema: Schema = .text,
        _ value: @escaping @Sendable (Record) -> String
    ) -> Self {
        Self(key, schema) { record, writer in
            writer.key(key)
            writer.string(value(record))
        }
    }

    static func optionalText(_ key: String, _ value: @escaping @Sendable (Record) -> String?) -> Self {
        Self(key, .text.orNull) { record, writer in
            writer.key(key)
            if let value = value(record) { writer.string(value) } else { writer.null() }
        }
    }

    static func integer(_ key: String, _ value: @escaping @Sendable (Record) -> Int64) -> Self {
        Self(key, .integer) { record, writer in
            writer.key(key)
            writer.integer(value(record))
        }
    }

    static func optionalInteger(_ key: String, _ value: @escaping @Sendable (Record) -> Int64?) -> Self {
        Self(key, .integer.orNull) { record, writer in
            writer.key(key)
            if let value = value(record) { writer.integer(value) } else { writer.null() }
        }
    }

    static func real(_ key: String, _ value: @escaping @Sendable (Record) -> Double) -> Self {
        Self(key, .real) { record, writer in
            writer.key(key)
            writer.real(value(record))
        }
    }

    static func optionalReal(_ key: String, _ value: @escaping @Sendable (Record) -> Double?) -> Self {
        Self(key, .real.orNull) { record, writer in
            writer.key(key)
            if let value = value(record) { writer.real(value) } else { writer.null() }
        }
    }

    static func flag(_ key: String, _ value: @escaping @Sendable (Record) -> Bool) -> Self {
        Self(key, .flag) { record, writer in
            writer.key(key)
            writer.flag(value(record))
        }
    }

    static func time(_ key: String, _ value: @escaping @Sendable (Record) -> Timestamp) -> Self {
        Self(key, .time) { record, writer in
            writer.key(key)
            writer.time(value(record))
        }
    }

    static func optionalTime(_ key: String, _ value: @escaping @Sendable (Record) -> Timestamp?) -> Self {
        Self(key, .time.orNull) { record, writer in
            writer.key(key)
            if let value = value(record) { writer.time(value) } else { writer.null() }
        }
    }

    static func texts(
        _ key: String,
        _ element: Schema = .text,
        _ value: @escaping @Sendable (Record) -> [String]
    ) -> Self {
        Self(key, .list(of: element)) { record, writer in
            writer.key(key)
            writer.array { writer in for text in value(record) { writer.string(text) } }
        }
    }

    static func object<Inner>(
        _ key: String,
        _ shape: Shape<Inner>,
        _ value: @escaping @Sendable (Record) -> Inner
    ) -> Self {
        Self(key, shape.schema) { record, writer in
            writer.key(key)
            shape.write(value(record), to: &writer)
        }
    }

    /// A field that only those records have whose value is not `nil`.
    static func presentObject<Inner>(
        _ key: String,
        _ shape: Shape<Inner>,
        _ value: @escaping @Sendable (Record) -> Inner?
    ) -> Self {
        Self(key, shape.schema, isRequired: false) { record, writer in
            guard let value = value(record) else { return }
            writer.key(key)
            shape.write(value, to: &writer)
        }
    }

    static func presentInteger(_ key: String, _ value: @escaping @Sendable (Record) -> Int64?) -> Self {
        Self(key, .integer, isRequired: false) { record, writer in
            guard let value = value(record) else { return }
            writer.key(key)
            writer.integer(value)
        }
    }

    static func list<Inner>(
        _ key: String,
        _ shape: Shape<Inner>,
        _ value: @escaping @Sendable (Record) -> [Inner]
    ) -> Self {
        Self(key, .list(of: shape.schema)) { record, writer in
            writer.key(key)
            writer.array { writer in for inner in value(record) { shape.write(inner, to: &writer) } }
        }
    }

    static func value(
        _ key: String,
        _ schema: Schema,
        _ value: @escaping @Sendable (Record) -> JSONValue
    ) -> Self {
        Self(key, schema) { record, writer in
            writer.key(key)
            value(record).write(to: &writer)
        }
    }
}
