import HTTPTypes
import HummingbirdCore
import Testing

@testable import AdminAPI

/// Holds answers against what the OpenAPI document says of them.
enum DescribedAnswers {
    static let endpoints = APIServer.endpoints(requiresKeyForData: false)
    static let routes = RouteTable(endpoints)

    static let document: JSON = {
        do {
            return try JSON(OpenAPIDocument(endpoints: endpoints, requiresKeyForData: false).json.bytes)
        } catch {
            preconditionFailure("the document is no JSON: \(error)")
        }
    }()

    /// The path as the document names it, and the operation; `nil` for what it does not describe.
    static func operation(of ask: Ask) -> (path: String, operation: JSON)? {
        guard let resource = routes.match(URI(ask.target).path)?.resource,
            let operations = document.at("paths")?.object?[resource.path],
            let operation = operations.at(ask.method == "HEAD" ? "get" : ask.method.lowercased())
        else { return nil }
        return (resource.path, operation)
    }

    /// Expects that the document knows the status, and that the body is what it says.
    static func check(_ answer: Answer, to ask: Ask) throws {
        guard let (path, operation) = operation(of: ask) else { return }
        let described = operation.at("responses.\(answer.status)")
        guard let described else {
            Issue.record("\(ask.method) \(path) answers \(answer.status), which the document does not say")
            return
        }
        guard !answer.body.isEmpty else { return }
        let type = answer["Content-Type"].map { String($0.prefix { $0 != ";" }) } ?? ""
        let content = described.at("content")?.object?[type]
        guard let schema = content?.at("schema") else {
            Issue.record("\(ask.method) \(path) answers \(answer.status) as \(type), which the document does not say")
            return
        }
        guard type == "application/json" else { return }
        let faults = try SchemaChecker(document: document).faults(of: answer.json(), against: schema)
        #expect(faults.isEmpty, "\(ask.method) \(path) \(answer.status)")
    }
}
