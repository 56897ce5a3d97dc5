package import Warehouse

/// A value on its way out.
///
/// Knows how it reads in a table, in JSON and in CSV.
package enum Value: Hashable, Sendable {
    case none
    /// A number that only names something.
    case id(Int64)
    case integer(Int64)
    case real(Double)
    case text(String)
    case flag(Bool)
    case time(Timestamp)
    case day(TradingDay)
    /// A share of 0…1.
    case share(Double)
    /// A size in bytes.
    case bytes(Int64)
    case list([Value])
    case object([Member])

    package struct Member: Hashable, Sendable {
        package let key: String
        package let value: Value

        package init(_ key: String, _ value: Value) {
            self.key = key
            self.value = value
        }
    }

    package static func id(_ value: Int64?) -> Value { value.map { .id($0) } ?? .none }
    package static func integer(_ value: Int) -> Value { .integer(Int64(value)) }
    package static func text(_ value: String?) -> Value { value.map { .text($0) } ?? .none }
    package static func time(_ value: Timestamp?) -> Value { value.map { .time($0) } ?? .none }
    package static func day(_ value: TradingDay?) -> Value { value.map { .day($0) } ?? .none }
    package static func integer(_ value: Int64?) -> Value { value.map { .integer($0) } ?? .none }
    package static func real(_ value: Double?) -> Value { value.map { .real($0) } ?? .none }
    package static func share(_ value: Double?) -> Value { value.map { .share($0) } ?? .none }
}

extension Value {
    /// How a person reads it: sanitised, times to the minute in UTC, thousands separated, `-` for nothing.
    package var cell: String {
        switch self {
        case .none: "-"
        case .id(let value): String(value)
        case .integer(let value): value.grouped
        case .real(let value): value.description
        case .text(let value): value.sanitized(limit: 500)
        case .flag(let value): value ? "yes" : "no"
        case .time(let value): value.minuteText
        case .day(let value): value.description
        case .share(let value): value.asPercent
        case .bytes(let value): Self.size(value)
        case .list(let values): values.map(\.cell).joined(separator: ",")
        case .object(let members): members.map { "\($0.key) \($0.value.cell)" }.joined(separator: ", ")
        }
    }

    /// Whether tables put it at the right end of its column.
    package var isNumber: Bool {
        switch self {
        case .id, .integer, .real, .share, .bytes: true
        default: false
        }
    }

    private static func size(_ bytes: Int64) -> String {
        let units = ["kB", "MB", "GB", "TB"]
        guard bytes >= 1000 else { return "\(bytes) B" }
        var amount = Double(bytes) / 1000
        var unit = 0
        while amount >= 1000, unit < units.count - 1 {
            amount /= 1000
            unit += 1
        }
        return "\((amount * 10).rounded(.down) / 10) \(units[unit])"
    }
}
