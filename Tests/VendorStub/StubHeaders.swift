/// Headers of a request or an answer, in their order.
///
/// Names are compared without regard to case.
package struct StubHeaders: Sendable, ExpressibleByDictionaryLiteral {
    package private(set) var fields: [(name: String, value: String)]

    package init(_ fields: [(name: String, value: String)] = []) {
        self.fields = fields
    }

    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { ($0, $1) }
    }

    /// All values of a header.
    package subscript(name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    package mutating func append(_ other: StubHeaders) {
        fields += other.fields
    }

    package mutating func replaceValues(_ transform: (String) -> String) {
        fields = fields.map { ($0.name, transform($0.value)) }
    }
}
