/// Text in the exposition format of Prometheus, version 0.0.4.
struct PrometheusText {
    private(set) var text = ""

    mutating func family(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    mutating func sample(
        _ name: String,
        _ value: some Numeric & CustomStringConvertible,
        _ labels: [(String, String)] = []
    ) {
        text += "\(name)\(Self.text(labels)) \(value)\n"
    }

    /// `counts`: how many fell between a bound and the one before it, those above the last bound at the end.
    mutating func histogram(
        _ name: String,
        _ labels: [(String, String)],
        _ bounds: [Double],
        _ counts: [Int64],
        sum: Double
    ) {
        var total: Int64 = 0
        for (bound, count) in zip(bounds.map(\.description) + ["+Inf"], counts) {
            total += count
            sample("\(name)_bucket", total, labels + [("le", bound)])
        }
        sample("\(name)_sum", sum, labels)
        sample("\(name)_count", total, labels)
    }

    private static func text(_ labels: [(String, String)]) -> String {
        guard !labels.isEmpty else { return "" }
        let pairs = labels.map { name, value in
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(name)=\"\(escaped)\""
        }
        return "{\(pairs.joined(separator: ","))}"
    }
}
