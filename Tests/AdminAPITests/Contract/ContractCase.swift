import Testing

/// A request and what must come back.
struct ContractCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let ask: Ask
    let status: Int
    /// What HTTP's own parser answers in place of the responder.
    let wireStatus: Int?
    let expectations: [Expectation]
    /// Whether it says something only where there is a real connection.
    let isForWireOnly: Bool

    init(
        _ name: String,
        _ method: String,
        _ target: String,
        key: TestKey? = nil,
        headers: [(String, String)] = [],
        host: String? = "localhost",
        body: String? = nil,
        wireOnly: Bool = false,
        wire: Int? = nil,
        _ status: Int,
        _ expectations: Expectation...
    ) {
        self.testDescription = name
        var ask = Ask(method, target, key: key, headers: headers, body: body)
        ask.host = host
        self.ask = ask
        self.status = status
        self.wireStatus = wire
        self.expectations = expectations
        self.isForWireOnly = wireOnly
    }

    func check(_ answer: Answer, isFromWire: Bool) throws {
        let parsed = isFromWire ? wireStatus : nil
        #expect(answer.status == parsed ?? status, "\(answer.text)")
        try checkManners(answer)
        guard parsed == nil else { return }
        for expectation in expectations { try expectation.check(answer) }
    }

    /// What holds for every answer.
    private func checkManners(_ answer: Answer) throws {
        let ids = answer.all("X-Request-ID")
        #expect(ids.count == 1 && (1...64).contains(ids[0].utf8.count), "\(ids)")
        if ask.method == "HEAD" || answer.status == 304 { #expect(answer.body.isEmpty) }
        if answer.status == 405 { #expect(answer["Allow"] != nil) }
        if answer.status == 401 { #expect(answer["WWW-Authenticate"]?.contains("X-API-Key") == true) }
        if answer.status == 503 { #expect(answer["Retry-After"] != nil || ask.target == "/health") }
        guard answer.status >= 400, ask.method != "HEAD" else { return }
        #expect(answer["Content-Type"] == "application/json")
        #expect(Set(try answer.json().object?.keys ?? [:].keys) == ["detail"])
        for key in TestKey.allCases { #expect(!answer.text.contains(key.raw)) }
    }
}

/// Something that must hold of an answer.
enum Expectation: Sendable {
    /// The whole body, as JSON.
    case json(String)
    /// The body is an error of one sentence.
    case detail(String)
    /// One of the faults of a failed validation, by its type and its place, such as `body.symbol`.
    case fault(String, String)
    case header(String, String)
    case noHeader(String)
    /// A header that is there, with another value.
    case otherHeader(String, String)
    /// A value in the body, such as `symbols.0.symbol`.
    case member(String, JSON)
    /// The keys of an object in the body.
    case keys(String, Set<String>)
    /// How many elements a list in the body has.
    case count(String, Int)
    case contains(String)
    case lacks(String)

    func check(_ answer: Answer) throws {
        switch self {
        case .json(let text): #expect(try answer.json() == JSON(text), "\(answer.text)")
        case .detail(let text): #expect(try answer.json() == ["detail": .text(text)], "\(answer.text)")
        case .fault(let type, let place):
            let faults = try answer.json()["detail"].array ?? []
            let found = faults.map { fault in
                let location = fault["loc"].array?.map { $0.text ?? "\($0.integer ?? -1)" } ?? []
                return "\(fault["type"].text ?? "") \(location.joined(separator: "."))"
            }
            #expect(found.contains("\(type) \(place)"), "\(answer.text)")
        case .header(let name, let value): #expect(answer[name] == value)
        case .noHeader(let name): #expect(answer[name] == nil)
        case .otherHeader(let name, let value): #expect(answer[name] != nil && answer[name] != value)
        case .member(let path, let value): #expect(try answer.json().at(path) == value, "\(path): \(answer.text)")
        case .keys(let path, let keys): #expect(Set(try answer.json()[path].object?.keys ?? [:].keys) == keys)
        case .count(let path, let count): #expect(try answer.json()[path].array?.count == count, "\(answer.text)")
        case .contains(let text): #expect(answer.text.contains(text), "\(answer.text)")
        case .lacks(let text): #expect(!answer.text.contains(text))
        }
    }
}
