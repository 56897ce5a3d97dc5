/// What the stub answers, and what goes wrong while it does.
package struct StubAnswer: Sendable {
    package var status: Int
    package var headers: StubHeaders
    package var body: [UInt8]
    /// The answer begins when this gate is opened.
    package var gate: StubGate?
    package var fault: Fault?

    /// How an answer goes wrong.
    package enum Fault: Hashable, Sendable {
        /// The connection is closed without an answer.
        case closedAtOnce
        /// The head announces the whole body, the connection is closed after so many bytes of it.
        case cutOff(after: Int)
        /// So many bytes of the body come, then nothing, and the connection stays open.
        case silent(after: Int)
        /// So many bytes at a time, with a pause behind each.
        case dripping(bytes: Int, pause: Duration)
    }

    package init(
        status: Int = 200,
        headers: StubHeaders = [:],
        body: [UInt8] = [],
        gate: StubGate? = nil,
        fault: Fault? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.gate = gate
        self.fault = fault
    }

    package static func json(_ text: String, status: Int = 200, headers: StubHeaders = [:]) -> StubAnswer {
        json(Array(text.utf8), status: status, headers: headers)
    }

    package static func json(_ body: [UInt8], status: Int = 200, headers: StubHeaders = [:]) -> StubAnswer {
        var all: StubHeaders = ["content-type": "application/json"]
        all.append(headers)
        return StubAnswer(status: status, headers: all, body: body)
    }

    /// A page for people, as load balancers send it.
    package static func html(_ title: String, status: Int) -> StubAnswer {
        StubAnswer(
            status: status,
            headers: ["content-type": "text/html"],
            body: Array("<html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>".utf8)
        )
    }

    package static func redirect(to location: String, status: Int = 302) -> StubAnswer {
        StubAnswer(status: status, headers: ["location": location])
    }

    /// The vendor's answer to a key it does not know.
    package static let unknownKey = json(
        #"{"status":"ERROR","request_id":"5b1ac8b8a2c57e9f3e0f7a3f5f0a1c11","error":"Unknown API Key"}"#,
        status: 401
    )
    /// The vendor's answer to a range outside of the plan.
    package static let notAuthorized = json(
        """
        {"status":"NOT_AUTHORIZED","request_id":"c2a61e0c9b7d4f0a8a4d2b1e6f3c5a77",\
        "message":"Your plan doesn't include this data timeframe."}
        """,
        status: 403
    )
    /// The vendor's answer to a ticker it does not know.
    package static let unknownTicker = json(
        #"{"status":"NOT_FOUND","request_id":"0d9a7c1bb3f24d5e9e8f6a5b4c3d2e1f","message":"Ticker not found."}"#,
        status: 404
    )

    /// The vendor's answer to the sixth request of a minute.
    package static func rateLimited(retryAfter: String? = nil) -> StubAnswer {
        json(
            """
            {"status":"ERROR","request_id":"7e1f9a3c5b8d4e2f8c6a0b9d7e5f3a1c",\
            "error":"You've exceeded the maximum requests per minute, please wait."}
            """,
            status: 429,
            headers: retryAfter.map { ["retry-after": $0] } ?? StubHeaders()
        )
    }

    /// The same answer, held back until `gate` is opened.
    package func held(by gate: StubGate) -> StubAnswer {
        var answer = self
        answer.gate = gate
        return answer
    }

    /// The same answer going wrong.
    package func failing(_ fault: Fault) -> StubAnswer {
        var answer = self
        answer.fault = fault
        return answer
    }
}
