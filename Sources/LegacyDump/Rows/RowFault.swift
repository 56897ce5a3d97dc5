import Warehouse

/// Why a row can't be taken over, in words that show no secret.
package struct RowFault: Error, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }

    /// The column `name` holds `text`, which is not `what`.
    static func value(_ text: String, of name: String, isNot what: String) -> RowFault {
        RowFault("\(name) is '\(text.redactingKeys.sanitized(limit: 40))', which is not \(what)")
    }
}

extension String {
    /// The text with everything that looks like an API key cut to its preview.
    package var redactingKeys: String {
        guard contains("mdw_") else { return self }
        return replacing(/mdw_[0-9A-Za-z]{16,}/) { "\($0.output.prefix(12))…" }
    }

    /// A text of the old service made fit to be stored: without what looks like a key, sanitised, and cut.
    func taken(limit: Int) -> String {
        redactingKeys.sanitized(limit: limit).trimmingSpaces()
    }
}
