/// Why a value can't be read, in the words and codes that clients of the old service know (Pydantic's).
struct InputFault: Error, Hashable {
    let type: String
    let message: String
    var context: JSONValue?
    /// Where in a list the fault is, and what stands there.
    var element: (index: Int, value: JSONValue)? {
        guard let elementIndex, let elementValue else { return nil }
        return (elementIndex, elementValue)
    }
    private var elementIndex: Int?
    private var elementValue: JSONValue?

    init(_ type: String, _ message: String, _ context: JSONValue? = nil) {
        self.type = type
        self.message = message
        self.context = context
    }

    func at(_ index: Int, _ value: JSONValue) -> InputFault {
        var fault = self
        fault.elementIndex = index
        fault.elementValue = value
        return fault
    }

    static let missing = InputFault("missing", "Field required")
    static let notAText = InputFault("string_type", "Input should be a valid string")
    static let notAnInteger = InputFault("int_type", "Input should be a valid integer")
    static let unreadableInteger = InputFault(
        "int_parsing",
        "Input should be a valid integer, unable to parse string as an integer"
    )
    static let notANumber = InputFault("float_type", "Input should be a valid number")
    static let unreadableNumber = InputFault(
        "float_parsing",
        "Input should be a valid number, unable to parse string as a number"
    )
    static let notAFlag = InputFault("bool_type", "Input should be a valid boolean")
    static let unreadableFlag = InputFault(
        "bool_parsing",
        "Input should be a valid boolean, unable to interpret input"
    )
    static let notAList = InputFault("list_type", "Input should be a valid list")
    static let notAnObject = InputFault(
        "model_attributes_type",
        "Input should be a valid dictionary or object to extract fields from"
    )
    static let unreadableTime = InputFault(
        "datetime_parsing",
        "Input should be a valid datetime: use ISO 8601, such as 2027-01-31T00:00:00Z"
    )
    static let unreadableDay = InputFault("date_parsing", "Input should be a valid date in the format YYYY-MM-DD")

    static func tooSmall(_ bound: Int64) -> InputFault { tooSmall(.integer(bound), "\(bound)") }
    static func tooLarge(_ bound: Int64) -> InputFault { tooLarge(.integer(bound), "\(bound)") }
    static func tooSmall(_ bound: Double) -> InputFault { tooSmall(.real(bound), "\(bound)") }
    static func tooLarge(_ bound: Double) -> InputFault { tooLarge(.real(bound), "\(bound)") }

    private static func tooSmall(_ bound: JSONValue, _ text: String) -> InputFault {
        InputFault("greater_than_equal", "Input should be greater than or equal to \(text)", ["ge": bound])
    }

    private static func tooLarge(_ bound: JSONValue, _ text: String) -> InputFault {
        InputFault("less_than_equal", "Input should be less than or equal to \(text)", ["le": bound])
    }

    static func tooShort(_ length: Int) -> InputFault {
        InputFault(
            "string_too_short",
            "String should have at least \(length) character\(length == 1 ? "" : "s")",
            ["min_length": .integer(Int64(length))]
        )
    }

    static func tooLong(_ length: Int) -> InputFault {
        InputFault(
            "string_too_long",
            "String should have at most \(length) characters",
            ["max_length": .integer(Int64(length))]
        )
    }

    static func tooFew(_ count: Int) -> InputFault {
        InputFault(
            "too_short",
            "List should have at least \(count) item\(count == 1 ? "" : "s") after validation, not 0",
            ["field_type": "List", "min_length": .integer(Int64(count)), "actual_length": 0]
        )
    }

    static func noChoice(_ names: [String]) -> InputFault {
        let quoted = names.map { "'\($0)'" }
        let expected =
            quoted.count > 1 ? "\(quoted.dropLast().joined(separator: ", ")) or \(quoted.last ?? "")" : quoted.joined()
        return InputFault("enum", "Input should be \(expected)", ["expected": .text(expected)])
    }

    /// A rule of mdw that the old service did not have.
    static func value(_ message: String) -> InputFault {
        InputFault("value_error", "Value error, \(message)", ["error": .text(message)])
    }
}

/// A request whose inputs can't be read: all faults at once.
struct ValidationFailure: Error {
    var faults: [Fault]

    struct Fault: Sendable {
        let location: [JSONValue]
        let fault: InputFault
        let input: JSONValue
    }

    init(_ faults: [Fault] = []) {
        self.faults = faults
    }

    /// A fault of one input that only the endpoint could see.
    init<Value>(_ input: Input<Value>, _ fault: InputFault, _ value: JSONValue) {
        self.faults = [Fault(location: [.text(input.place.rawValue), .text(input.name)], fault: fault, input: value)]
    }

    var json: JSONValue {
        let list = faults.map { fault -> JSONValue in
            var members = [
                JSONValue.Member("type", .text(fault.fault.type)),
                JSONValue.Member("loc", .array(fault.location)),
                JSONValue.Member("msg", .text(fault.fault.message)),
                JSONValue.Member("input", fault.input),
            ]
            if let context = fault.fault.context { members.append(JSONValue.Member("ctx", context)) }
            return .object(members)
        }
        return ["detail": .array(list)]
    }

    /// What ``json`` looks like.
    static let schema = Schema([
        "type": "object",
        "required": ["detail"],
        "properties": [
            "detail": [
                "type": "array",
                "minItems": 1,
                "items": [
                    "type": "object",
                    "required": ["type", "loc", "msg", "input"],
                    "properties": [
                        "type": ["type": "string"],
                        "loc": ["type": "array", "items": ["type": ["string", "integer"]]],
                        "msg": ["type": "string"],
                        "input": [:],
                        "ctx": ["type": "object"],
                    ],
                ],
            ]
        ],
    ])
}
