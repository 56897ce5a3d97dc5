import Foundation

/// A JSON text as the tests read it: by the parser of Foundation, which knows nothing of how mdw writes.
struct JSON: @unchecked Sendable {
    // Unchecked: holds only values that the parser made and nobody changes.
    private let value: Any

    init(_ text: String) throws {
        value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }

    private init(value: Any) {
        self.value = value
    }

    var text: String? { value as? String }
    var integer: Int? { (value as? NSNumber)?.intValue }
    var real: Double? { (value as? NSNumber)?.doubleValue }
    var flag: Bool? { value as? Bool }
    var isNull: Bool { value is NSNull }
    var array: [JSON]? { (value as? [Any])?.map { JSON(value: $0) } }
    var keys: Set<String> { Set((value as? [String: Any] ?? [:]).keys) }

    subscript(key: String) -> JSON { JSON(value: (value as? [String: Any])?[key] ?? NSNull()) }
    subscript(index: Int) -> JSON {
        let array = value as? [Any] ?? []
        return JSON(value: array.indices.contains(index) ? array[index] : NSNull())
    }
}
