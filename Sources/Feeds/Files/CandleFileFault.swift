import Warehouse

/// Why a candle file can't be read, or not to its end: the file, the line where there is one, and what to do.
package struct CandleFileFault: Error, Hashable, Sendable {
    package enum Problem: Error, Hashable, Sendable {
        case unreadable(String)
        case empty
        /// Compressed by another program than gzip, whose name it is.
        case compressed(by: String)
        case notText
        /// The name says gzip, the bytes say nothing.
        case notGzip
        case damagedGzip(String)
        case truncatedGzip
        case missingColumns([CandleField], found: [String])
        case ambiguousColumn(CandleField, [String])
        case unknownColumn(String, found: [String])
        case mixedTimes(was: String, now: String)
        /// A day without a time, where the market that it is of is not known.
        case dayOfAnyMarket
        case lineTooLong
    }

    package let file: String
    package var line: Int?
    package let problem: Problem

    package init(file: String, line: Int? = nil, _ problem: Problem) {
        self.file = file
        self.line = line
        self.problem = problem
    }
}

extension CandleFileFault: CustomStringConvertible {
    package var description: String {
        "\(file.sanitized(limit: 200))\(line.map { ", line \($0)" } ?? ""): \(problem)"
    }
}

extension CandleFileFault.Problem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let reason): "can't be read: \(reason)"
        case .empty: "the file is empty: it needs a line of column names and a line a candle"
        case .compressed(let program): "the file is compressed by \(program): decompress it first; only gzip is read"
        case .notText: "this is no text: a candle file is CSV, plain or compressed by gzip"
        case .notGzip: "the name ends in .gz, but the file is neither gzip nor CSV: fetch it again"
        case .damagedGzip(let detail):
            "the gzip data is damaged (\(detail)): what came before is kept; fetch the file again"
        case .truncatedGzip: "the gzip data was cut off: what came before is kept; fetch the file again"
        case .missingColumns(let fields, let found):
            "no column for \(fields.map(\.rawValue).joined(separator: ", ")) among \(Self.list(found)): "
                + "name it, as in --map \(fields.first.map(\.rawValue) ?? "time")=NAME"
        case .ambiguousColumn(let field, let names):
            "\(Self.list(names)) could all be the \(field.rawValue): say which, as in --map \(field.rawValue)="
                + (names.first ?? "NAME")
        case .unknownColumn(let name, let found): "--map names '\(name)', but the columns are \(Self.list(found))"
        case .mixedTimes(let was, let now):
            "the time is in \(now), those before are in \(was): what came before is kept; split the file"
        case .dayOfAnyMarket:
            "the time is a day, which starts at midnight New York for stocks and UTC for crypto: say --symbol or --class"
        case .lineTooLong: "the line is longer than 1 MB: this is no candle file"
        }
    }

    private static func list(_ names: [String]) -> String {
        guard !names.isEmpty else { return "none" }
        let first = names.prefix(30).map { $0.sanitized(limit: 40) }.joined(separator: ", ")
        return names.count > 30 ? first + " and \(names.count - 30) more" : first
    }
}
