import HTTPTypes

/// The OpenAPI 3.1 document of the endpoints, made from the table that also serves them.
struct OpenAPIDocument {
    let endpoints: [Endpoint]
    let requiresKeyForData: Bool

    var json: JSONValue {
        var components: [String: JSONValue] = [:]
        var paths: [JSONValue.Member] = []
        for path in endpoints.map(\.path).uniqued {
            let operations = endpoints.filter { $0.path == path }.map { endpoint in
                JSONValue.Member(endpoint.method.rawValue.lowercased(), operation(endpoint, &components))
            }
            paths.append(JSONValue.Member(path, .object(operations)))
        }
        let schemas = components.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "mdw",
                "version": .text(ServiceEndpoints.version),
                "summary": "A warehouse of market data",
                "description": .text(Self.description),
                "license": ["name": "MIT", "identifier": "MIT"],
            ],
            "servers": [["url": "/"]],
            "tags": .array(Self.tags.map { ["name": .text($0.name), "description": .text($0.summary)] }),
            "paths": .object(paths),
            "components": [
                "schemas": .object(schemas),
                "securitySchemes": ["key": ["type": "apiKey", "in": "header", "name": "X-API-Key"]],
            ],
        ]
    }

    private static let description = """
        Times are ISO 8601 in UTC. Every answer carries X-Request-ID; a client's own id of 1 to 64 letters, digits, dots, \
        underscores and dashes is kept. Errors are {"detail": …}: a sentence, or the list of faults of a failed validation. \
        Every request under /api/v1/admin is in the audit log before its answer is sent.
        """

    private static let tags: [(name: String, summary: String)] = [
        ("service", "What the service says of itself"), ("data", "The candles"),
        ("administration", "Symbols, keys, audit log and backfills; needs a key"),
    ]

    private func operation(_ endpoint: Endpoint, _ components: inout [String: JSONValue]) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("operationId", .text(Self.identifier(of: endpoint))),
            .init("summary", .text(endpoint.summary)),
            .init("tags", [.text(Self.tag(of: endpoint))]),
        ]
        let parameters = endpoint.inputs.filter { $0.place != .body }
        if !parameters.isEmpty {
            members.append(.init("parameters", .array(parameters.map(parameter))))
        }
        if endpoint.takesBody { members.append(.init("requestBody", body(endpoint))) }
        let answers = Self.answers(of: endpoint, isOpen: isOpen(endpoint))
        let described = answers.map { answer in
            for (_, schema) in answer.content { components.merge(schema.components) { old, _ in old } }
            return JSONValue.Member("\(answer.status.code)", self.answer(answer))
        }
        members.append(.init("responses", .object(described)))
        if !isOpen(endpoint) { members.append(.init("security", [["key": []]])) }
        return .object(members)
    }

    private func isOpen(_ endpoint: Endpoint) -> Bool {
        endpoint.access == .everybody || endpoint.access == .data && !requiresKeyForData
    }

    private func parameter(_ input: DescribedInput) -> JSONValue {
        [
            "name": .text(input.name),
            "in": .text(input.place.rawValue),
            "required": .flag(input.isRequired || input.place == .path),
            "description": .text(input.summary),
            "schema": input.schema.json,
        ]
    }

    private func body(_ endpoint: Endpoint) -> JSONValue {
        let fields = endpoint.inputs.filter { $0.place == .body }
        let schema: JSONValue = [
            "type": "object",
            "properties": .object(
                fields.map { .init($0.name, $0.schema.adding("description", .text($0.summary)).json) }
            ),
            "required": .array(fields.filter(\.isRequired).map { .text($0.name) }),
        ]
        return ["required": true, "content": ["application/json": ["schema": schema]]]
    }

    private func answer(_ answer: DescribedAnswer) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("description", .text(answer.summary)),
            .init(
                "headers",
                [
                    "X-Request-ID": [
                        "description": "Names this answer in the server's log", "schema": ["type": "string"],
                    ]
                ]
            ),
        ]
        if !answer.content.isEmpty {
            let content = answer.content.map { JSONValue.Member($0.type, ["schema": $0.schema.json]) }
            members.append(.init("content", .object(content)))
        }
        return .object(members)
    }

    /// The endpoint's own answers, and those that follow from what it is.
    private static func answers(of endpoint: Endpoint, isOpen: Bool) -> [DescribedAnswer] {
        var answers = endpoint.answers
        func add(_ answer: DescribedAnswer) {
            if !answers.contains(where: { $0.status == answer.status }) { answers.append(answer) }
        }
        add(.refusal(.badRequest, "The Host header is malformed"))
        if !isOpen {
            add(.refusal(.unauthorized, "The key is missing, unknown, revoked or expired"))
            if !endpoint.method.isReading { add(.refusal(.forbidden, "The key may only read")) }
        }
        if !endpoint.inputs.isEmpty {
            add(
                DescribedAnswer(
                    status: .unprocessableContent,
                    summary: "An input can't be read",
                    content: [("application/json", ValidationFailure.schema)]
                )
            )
        }
        if endpoint.takesBody {
            add(.refusal(.contentTooLarge, "The body is over 1 MiB"))
            add(.refusal(.unsupportedMediaType, "The body is not JSON"))
        }
        if endpoint.path != "/" { add(.refusal(.serviceUnavailable, "The store can't be used")) }
        return answers.sorted { $0.status.code < $1.status.code }
    }

    private static func tag(of endpoint: Endpoint) -> String {
        switch endpoint.access {
        case .everybody: "service"
        case .data: "data"
        case .administrators: "administration"
        }
    }

    /// `getApiV1AdminSymbolsBySymbol`.
    private static func identifier(of endpoint: Endpoint) -> String {
        let words = endpoint.path.split { !$0.isLetter && !$0.isNumber && $0 != "{" && $0 != "}" }.map { word in
            word.hasPrefix("{") ? "By" + word.dropFirst().dropLast().capitalizedFirst : word.capitalizedFirst
        }
        return endpoint.method.rawValue.lowercased() + (words.isEmpty ? "Root" : words.joined())
    }
}

extension StringProtocol {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension [String] {
    /// Without those that came before, in their order.
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
