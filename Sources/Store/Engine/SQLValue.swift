package import Warehouse

/// A value on its way into a statement.
package enum SQLValue: Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case boolean(Bool)

    package static func integer(_ value: Int64?) -> SQLValue { value.map { .integer($0) } ?? .null }
    package static func real(_ value: Double?) -> SQLValue { value.map { .real($0) } ?? .null }
    package static func text(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
    package static func integer(_ value: Int) -> SQLValue { .integer(Int64(value)) }
    package static func id(_ id: KeyID) -> SQLValue { .integer(id.rawValue) }
    package static func id(_ id: SymbolID) -> SQLValue { .integer(id.rawValue) }
    package static func id(_ id: JobID) -> SQLValue { .integer(id.rawValue) }
    package static func text(_ value: some RawRepresentable<String>) -> SQLValue { .text(value.rawValue) }

    /// The one place where an instant becomes a number in the database.
    package static func time(_ time: Timestamp) -> SQLValue { .integer(time.microseconds) }
    package static func time(_ time: Timestamp?) -> SQLValue { time.map { .time($0) } ?? .null }
}
