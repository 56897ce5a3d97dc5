import Foundation
import Store
import Warehouse

/// How values of one kind are read from a request, and how they are described.
struct InputKind<Value: Sendable>: Sendable {
    let schema: Schema
    let read: @Sendable (RawInput) throws(InputFault) -> Value
    /// The value as a default is described; `nil` when there is nothing to say.
    let describe: @Sendable (Value) -> JSONValue?

    /// `describing`: the value as a default is described.
    init(
        _ schema: Schema,
        describing describe: @escaping @Sendable (Value) -> JSONValue?,
        read: @escaping @Sendable (RawInput) throws(InputFault) -> Value
    ) {
        self.schema = schema
        self.read = read
        self.describe = describe
    }

    init(_ schema: Schema, read: @escaping @Sendable (RawInput) throws(InputFault) -> Value) {
        self.init(schema, describing: Self.nothing, read: read)
    }

    @Sendable
    private static func nothing(_: Value) -> JSONValue? { nil }

    /// The same, with null for nothing.
    var optional: InputKind<Value?> {
        let describe: @Sendable (Value?) -> JSONValue? = { value in value.flatMap { self.describe($0) } }
        return InputKind<Value?>(schema.orNull, describing: describe) { raw throws(InputFault) in
            if case .json(.null) = raw { return nil }
            return try read(raw)
        }
    }
}

extension InputKind<Int64> {
    /// A whole number; digits only, as text.
    static func integer(_ range: ClosedRange<Int64>) -> InputKind {
        InputKind(.integer(range), describing: JSONValue.integer) { raw throws(InputFault) in
            let value: Int64
            switch raw {
            case .json(.integer(let number)): value = number
            case .json(.real(let number)) where number > 9e18: throw .tooLarge(range.upperBound)
            case .json(.real(let number)) where number < -9e18: throw .tooSmall(range.lowerBound)
            case .json: throw .notAnInteger
            case .text(let text):
                let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
                guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
                    throw .unreadableInteger
                }
                guard let number = Int64(text) else {
                    throw text.hasPrefix("-") ? .tooSmall(range.lowerBound) : .tooLarge(range.upperBound)
                }
                value = number
            }
            if value < range.lowerBound { throw .tooSmall(range.lowerBound) }
            if value > range.upperBound { throw .tooLarge(range.upperBound) }
            return value
        }
    }

    /// An identity: 1 to 2^63−1.
    static let id = integer(1...Int64.max)
}

extension InputKind<Double> {
    static func real(_ range: ClosedRange<Double>) -> InputKind {
        InputKind(.real(range), describing: JSONValue.real) { raw throws(InputFault) in
            let value: Double
            switch raw {
            case .json(.integer(let number)): value = Double(number)
            case .json(.real(let number)): value = number
            case .json: throw .notANumber
            case .text(let text):
                guard let number = Double(text), number.isFinite, !text.lowercased().hasPrefix("0x") else {
                    throw .unreadableNumber
                }
                value = number
            }
            if value < range.lowerBound { throw .tooSmall(range.lowerBound) }
            if value > range.upperBound { throw .tooLarge(range.upperBound) }
            return value
        }
    }
}

extension InputKind<Bool> {
    /// `true` and `false`; as text also 1, 0, yes, no, on, off, t, f, y and n, as the old service read them.
    static let flag = InputKind(.flag, describing: JSONValue.flag) { raw throws(InputFault) in
        switch raw {
        case .json(.flag(let value)): return value
        case .json: throw .notAFlag
        case .text(let text):
            switch text.lowercased() {
            case "true", "1", "yes", "on", "t", "y": return true
            case "false", "0", "no", "off", "f", "n": return false
            default: throw .unreadableFlag
            }
        }
    }
}

extension InputKind<String> {
    /// A text of so many characters.
    static func text(_ length: ClosedRange<Int>) -> InputKind {
        let schema = Schema.text(from: length.lowerBound, to: length.upperBound)
        return InputKind(schema, describing: JSONValue.text) { raw throws(InputFault) in
            let text = try raw.text
            let count = text.unicodeScalars.count
            if count < length.lowerBound { throw .tooShort(length.lowerBound) }
            if count > length.upperBound { throw .tooLong(length.upperBound) }
            return text
        }
    }

    /// A text that the endpoint judges itself, because its answer is not that of a failed validation.
    static func free(_ schema: Schema = .text) -> InputKind {
        InputKind(schema, describing: JSONValue.text) { raw throws(InputFault) in try raw.text }
    }
}

extension InputKind where Value: RawRepresentable<String> & CaseIterable {
    /// One of the values of an enumeration.
    static var choice: InputKind {
        let names = Value.allCases.map(\.rawValue)
        return InputKind(.text(names), describing: JSONValue.name) { raw throws(InputFault) in
            guard let value = Value(rawValue: try raw.text) else { throw .noChoice(names) }
            return value
        }
    }
}

extension InputKind<KeyName> {
    static let keyName = InputKind(.text(from: 1, to: 100)) { raw throws(InputFault) in
        let text = try raw.text
        do throws(InvalidKeyName) {
            return try KeyName(text)
        } catch {
            switch error {
            case .empty: throw InputFault.tooShort(1)
            case .tooLong: throw InputFault.tooLong(100)
            case .unsafe: throw InputFault.value("\(error)")
            }
        }
    }
}

extension InputKind<[Timeframe]> {
    /// At least one timeframe; the same one twice counts once.
    static let timeframes: InputKind = {
        let names = Timeframe.allCases.map(\.rawValue)
        return InputKind(.list(of: .text(names), minimum: 1)) { raw throws(InputFault) in
            guard case .json(.array(let values)) = raw else { throw .notAList }
            guard !values.isEmpty else { throw .tooFew(1) }
            var timeframes: Set<Timeframe> = []
            for (index, value) in values.enumerated() {
                guard case .text(let text) = value, let timeframe = Timeframe(rawValue: text) else {
                    throw InputFault.noChoice(names).at(index, value)
                }
                timeframes.insert(timeframe)
            }
            return timeframes.sorted()
        }
    }()
}

extension InputKind<Timestamp> {
    /// An ISO 8601 instant, or a day, which means its midnight UTC.
    static let time = InputKind(.time) { raw throws(InputFault) in
        guard let time = Timestamp(iso: try raw.text.replacing(" ", with: "+")) else { throw .unreadableTime }
        return time
    }
}

extension InputKind<TradingDay> {
    static let day = InputKind(.day, describing: JSONValue.day) { raw throws(InputFault) in
        guard let day = TradingDay(iso: try raw.text) else { throw .unreadableDay }
        return day
    }
}

extension JSONValue {
    @Sendable
    fileprivate static func name(_ value: some RawRepresentable<String>) -> JSONValue { .text(value.rawValue) }

    @Sendable
    fileprivate static func day(_ day: TradingDay) -> JSONValue { .text("\(day)") }
}

extension RawInput {
    fileprivate var text: String {
        get throws(InputFault) {
            switch self {
            case .text(let text), .json(.text(let text)): return text
            case .json: throw .notAText
            }
        }
    }
}
