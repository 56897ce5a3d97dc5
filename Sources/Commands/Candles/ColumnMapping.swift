import ArgumentParser
import Feeds
import Records

/// The value of `--map`: `time=Date,close=Last`; `ticker=` for a column that says nothing.
struct ColumnMapping: ExpressibleByArgument, Hashable, Sendable {
    let names: [CandleField: String]

    init(_ names: [CandleField: String] = [:]) {
        self.names = names
    }

    init?(argument: String) {
        var names: [CandleField: String] = [:]
        for pair in argument.split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let field = CandleField(rawValue: parts[0].lowercased()), names[field] == nil,
                !parts[1].isEmpty || field == .ticker
            else { return nil }
            names[field] = String(parts[1])
        }
        guard !names.isEmpty else { return nil }
        self.names = names
    }
}
