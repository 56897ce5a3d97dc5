/// Something that a request carries: a part of its path, a query parameter or a field of its JSON body.
///
/// How it is read and what the OpenAPI document says of it are one definition.
struct Input<Value: Sendable>: Sendable {
    let name: String
    let place: InputPlace
    let summary: String
    let kind: InputKind<Value>
    /// What is read when the request does not carry it; `nil` when it must.
    let fallback: Value?

    private init(_ name: String, _ place: InputPlace, _ kind: InputKind<Value>, _ fallback: Value?, _ summary: String) {
        self.name = name
        self.place = place
        self.kind = kind
        self.fallback = fallback
        self.summary = summary
    }

    static func path(_ name: String, _ kind: InputKind<Value>, _ summary: String) -> Input {
        Input(name, .path, kind, nil, summary)
    }

    /// A query parameter; required when it has no `fallback`.
    static func query(
        _ name: String,
        _ kind: InputKind<Value>,
        default fallback: Value? = nil,
        _ summary: String
    ) -> Input {
        Input(name, .query, kind, fallback, summary)
    }

    /// A field of the JSON body; required when it has no `fallback`.
    static func body(
        _ name: String,
        _ kind: InputKind<Value>,
        default fallback: Value? = nil,
        _ summary: String
    ) -> Input {
        Input(name, .body, kind, fallback, summary)
    }

    /// A query parameter that may be missing.
    static func optionalQuery<Wrapped>(
        _ name: String,
        _ kind: InputKind<Wrapped>,
        _ summary: String
    ) -> Input where Value == Wrapped? {
        Input(name, .query, kind.optional, .some(nil), summary)
    }

    /// A field of the JSON body that may be missing or null.
    static func optionalBody<Wrapped>(
        _ name: String,
        _ kind: InputKind<Wrapped>,
        _ summary: String
    ) -> Input where Value == Wrapped? {
        Input(name, .body, kind.optional, .some(nil), summary)
    }

    /// For the OpenAPI document.
    var described: DescribedInput {
        var schema = kind.schema
        if let fallback, let text = kind.describe(fallback) { schema = schema.adding("default", text) }
        return DescribedInput(
            name: name,
            place: place,
            schema: schema,
            isRequired: fallback == nil,
            summary: summary
        )
    }
}

/// Where a request carries an input.
enum InputPlace: String, Sendable {
    case path
    case query
    case body
}

/// What the OpenAPI document says of an input.
struct DescribedInput: Sendable {
    let name: String
    let place: InputPlace
    let schema: Schema
    let isRequired: Bool
    let summary: String
}

/// A value as the request carries it, before it is read.
enum RawInput: Sendable {
    /// From the path or the query, percent-decoded.
    case text(String)
    /// From the body.
    case json(JSONValue)

    /// For the `input` of a fault.
    var echo: JSONValue {
        switch self {
        case .text(let text): .text(text)
        case .json(let value): value
        }
    }
}
