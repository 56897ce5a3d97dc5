import HTTPTypes
import Hummingbird

/// One thing that the API answers: method and path, who may ask, what it takes, what it answers.
///
/// The table of all endpoints drives dispatch, authentication, 405s, the OpenAPI document and the labels of metrics.
struct Endpoint: Sendable {
    /// Who may ask.
    enum Access: Hashable, Sendable {
        /// Everybody.
        case everybody
        /// Everybody, or whoever has a key when the server asks for one.
        case data
        /// Whoever has a key: any key for reading, one of scope admin for changes.
        case administrators
    }

    let method: HTTPRequest.Method
    /// `/api/v1/admin/symbols/{symbol}`: a segment in braces takes any text.
    let path: String
    let access: Access
    let summary: String
    let inputs: [DescribedInput]
    let answers: [DescribedAnswer]
    let respond: @Sendable (Call) async throws -> Response

    init(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ access: Access,
        _ summary: String,
        inputs: [DescribedInput] = [],
        answers: [DescribedAnswer],
        respond: @escaping @Sendable (Call) async throws -> Response
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.summary = summary
        self.inputs = inputs
        self.answers = answers
        self.respond = respond
    }

    var takesBody: Bool { inputs.contains { $0.place == .body } }
}

/// What the OpenAPI document says of an answer.
struct DescribedAnswer: Sendable {
    let status: HTTPResponse.Status
    let summary: String
    /// Media type and what it holds; empty for an answer without a body.
    let content: [(type: String, schema: Schema)]

    static func json(_ schema: Schema, _ summary: String) -> DescribedAnswer {
        DescribedAnswer(status: .ok, summary: summary, content: [("application/json", schema)])
    }

    static func text(_ type: String, _ summary: String) -> DescribedAnswer {
        DescribedAnswer(status: .ok, summary: summary, content: [(type, .text)])
    }

    /// A refusal in the form `{"detail": …}`.
    static func refusal(_ status: HTTPResponse.Status, _ summary: String) -> DescribedAnswer {
        DescribedAnswer(status: status, summary: summary, content: [("application/json", Refusal.schema)])
    }

    static func notModified() -> DescribedAnswer {
        DescribedAnswer(status: .notModified, summary: "The client's copy is still right", content: [])
    }

    func adding(_ type: String, _ schema: Schema) -> DescribedAnswer {
        DescribedAnswer(status: status, summary: summary, content: content + [(type, schema)])
    }
}
