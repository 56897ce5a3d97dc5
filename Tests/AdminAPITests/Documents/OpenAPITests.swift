import HTTPTypes
import Testing

@testable import AdminAPI

/// The document of the API, and the page that shows it.
@Suite struct OpenAPITests {
    private static let document = DescribedAnswers.document

    private static var operations: [(name: String, operation: JSON)] {
        (document["paths"].object ?? [:]).flatMap { path, operations in
            (operations.object ?? [:]).map { (name: "\($0.key.uppercased()) \(path)", operation: $0.value) }
        }
    }

    @Test func `describes the endpoints that are served, and no other`() {
        let served = DescribedAnswers.endpoints.map { "\($0.method.rawValue) \($0.path)" }
        #expect(Set(Self.operations.map(\.name)) == Set(served))
        #expect(served.count == Set(served).count)
    }

    @Test func `is served as it is`() async throws {
        try await withAPI { api in
            let answer = try await api.expect(200, Ask("GET", "/openapi.json"))
            #expect(try answer.json() == Self.document)
            let tag = try #require(answer["ETag"])
            try await api.expect(304, Ask("GET", "/openapi.json", headers: [("If-None-Match", tag)]))
        }
    }

    @Test func `has what a document needs`() {
        #expect(Self.document["openapi"] == "3.1.0")
        #expect(Self.document["info.title"].text != nil && Self.document["info.version"].text != nil)
        for (name, operation) in Self.operations {
            #expect(operation["summary"].text?.isEmpty == false, "\(name)")
            #expect(operation["responses"].object?.isEmpty == false, "\(name)")
            for (status, answer) in operation["responses"].object ?? [:] {
                #expect(Int(status) != nil && answer["description"].text?.isEmpty == false, "\(name) \(status)")
            }
        }
    }

    @Test func `names each operation once`() {
        let names = Self.operations.compactMap { $0.operation["operationId"].text }
        #expect(names.count == Self.operations.count)
        #expect(Set(names).count == names.count)
    }

    @Test func `each reference leads to a description, and each description is used`() {
        var found: Set<String> = []
        func collect(_ value: JSON) {
            switch value {
            case .object(let members):
                if let reference = members["$ref"]?.text { found.insert(reference) }
                members.values.forEach(collect)
            case .array(let values): values.forEach(collect)
            default: break
            }
        }
        collect(Self.document)
        let checker = SchemaChecker(document: Self.document)
        for reference in found { #expect(checker.resolve(reference) != nil, "\(reference)") }
        let described = Self.document["components.schemas"].object?.keys.map { "#/components/schemas/\($0)" } ?? []
        #expect(found == Set(described))
    }

    @Test func `each part of a path is a required parameter, and the other way round`() {
        for (name, operation) in Self.operations {
            let parts = name.matches(of: /\{(\w+)\}/).map { String($0.1) }
            let parameters = (operation["parameters"].array ?? []).filter { $0["in"] == "path" }
            #expect(Set(parameters.compactMap { $0["name"].text }) == Set(parts), "\(name)")
            #expect(parameters.allSatisfy { $0["required"] == true }, "\(name)")
        }
    }

    @Test func `parameters are named once, and have a schema`() {
        for (name, operation) in Self.operations {
            let parameters = operation["parameters"].array ?? []
            let names = parameters.map { "\($0["in"]) \($0["name"])" }
            #expect(Set(names).count == names.count, "\(name)")
            #expect(parameters.allSatisfy { $0["schema"].object != nil && $0["description"].text != nil }, "\(name)")
        }
    }

    @Test func `what needs a key says so`() {
        for (name, operation) in Self.operations {
            let isGuarded = name.contains("/api/v1/admin")
            #expect((operation.at("security") != nil) == isGuarded, "\(name)")
            #expect((operation.at("responses.401") != nil) == isGuarded, "\(name)")
        }
        #expect(Self.document["components.securitySchemes.key.name"] == "X-API-Key")
    }

    @Test func `each answer of an endpoint is one that the contract shows`() {
        // It takes more than one request: what AtomicChangeTests shows of the last admin key.
        var shown: Set = ["DELETE /api/v1/admin/api-keys/{id} 409"]
        for test in ContractTests.all {
            guard let (path, _) = DescribedAnswers.operation(of: test.ask) else { continue }
            shown.insert("\(test.ask.method) \(path) \(test.status)")
        }
        for endpoint in DescribedAnswers.endpoints where endpoint.path != "/api/v1/admin/audit/stream" {
            for answer in endpoint.answers where answer.status != .serviceUnavailable {
                let name = "\(endpoint.method.rawValue) \(endpoint.path) \(answer.status.code)"
                #expect(shown.contains(name), "\(name)")
            }
        }
    }

    @Test func `the page loads nothing from anywhere else`() async throws {
        try await withAPI { api in
            let answer = try await api.expect(200, Ask("GET", "/docs"))
            let policy = try #require(answer["Content-Security-Policy"])
            #expect(policy.hasPrefix("default-src 'none'") && policy.contains("connect-src 'self'"))
            #expect(!policy.contains("http"))
            for pattern in [
                ##"(src|href|action)\s*=\s*["']?\s*(https?:)?//"##, ##"url\("##, "@import",
                ##"<(script|link|img|iframe)[^>]+(src|href)"##, ##"(fetch|import)\(\s*["'](https?:)?//"##,
            ] {
                #expect(try answer.text.firstMatch(of: Regex(pattern)) == nil, "\(pattern)")
            }
            #expect(answer.text.contains("openapi.json"))
        }
    }

    @Test(
        arguments: [
            (#"{"type":"integer"}"#, "1", true), (#"{"type":"integer"}"#, "1.5", false),
            (#"{"type":["string","null"]}"#, "null", true), (#"{"type":["string","null"]}"#, "1", false),
            (#"{"enum":["a"]}"#, #""b""#, false), (#"{"required":["a"]}"#, "{}", false),
            (#"{"properties":{"a":{"type":"string"}},"additionalProperties":false}"#, #"{"a":"x"}"#, true),
            (#"{"properties":{},"additionalProperties":false}"#, #"{"a":"x"}"#, false),
            (#"{"items":{"type":"string"}}"#, #"["a",1]"#, false), (#"{"minItems":1}"#, "[]", false),
            (#"{"oneOf":[{"type":"string"},{"type":"number"}]}"#, "1", true),
            (#"{"oneOf":[{"type":"integer"},{"type":"number"}]}"#, "1", false),
            (#"{"anyOf":[{"type":"integer"},{"type":"null"}]}"#, "true", false),
            (##"{"$ref":"#/components/schemas/Error"}"##, #"{"detail":"x"}"#, true),
            (##"{"$ref":"#/components/schemas/Nothing"}"##, "{}", false),
            (#"{"format":"date-time"}"#, #""2026-05-30T00:00:00+00:00""#, true),
            (#"{"format":"date-time"}"#, #""x""#, false),
        ]
    )
    func `the checker of the tests finds faults`(schema: String, value: String, isGood: Bool) throws {
        let faults = SchemaChecker(document: Self.document).faults(of: try JSON(value), against: try JSON(schema))
        #expect(faults.isEmpty == isGood)
    }
}
