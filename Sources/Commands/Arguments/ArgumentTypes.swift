import ArgumentParser
import Records
import Store
import Warehouse

// Enumerations of the warehouse are arguments by their raw values: the parser lists and completes them.
extension Timeframe: ExpressibleByArgument {}
extension AssetClass: ExpressibleByArgument {}
extension KeyScope: ExpressibleByArgument {}
extension AuditSource: ExpressibleByArgument {}
extension JobState: ExpressibleByArgument {}

extension JobID {
    /// Reads the id of a job: decimal digits, 1 to 2^63−1.
    static func argument(_ text: String) throws -> JobID {
        JobID(try RowID.argument(text))
    }
}

/// An id as people type it.
enum RowID {
    /// - Throws: `ValidationError` for anything but decimal digits within the range of ids.
    static func argument(_ text: String) throws -> Int64 {
        guard let id = Int64(text), id > 0, String(id) == text else {
            throw ValidationError(
                "'\(text.sanitized(limit: 40))' is not an id: use a whole number from 1 to \(Int64.max)"
            )
        }
        return id
    }
}

/// A list of timeframes on the command line: `1h,1d`.
struct TimeframeList: ExpressibleByArgument, Hashable, Sendable {
    let timeframes: [Timeframe]

    init(_ timeframes: [Timeframe]) {
        self.timeframes = timeframes
    }

    var defaultValueDescription: String { timeframes.joined }

    init?(argument: String) {
        let names = argument.split(separator: ",", omittingEmptySubsequences: false)
        let timeframes = names.compactMap { Timeframe(rawValue: String($0)) }
        guard timeframes.count == names.count else { return nil }
        self.timeframes = timeframes
    }
}

extension ExportFormat: ExpressibleByArgument {}
