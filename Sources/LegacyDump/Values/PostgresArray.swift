/// A one-dimensional array as PostgreSQL writes it: `{1h,1d}`, `{"1h","with \"quotes\"",NULL}`.
package enum PostgresArray {
    /// The elements, NULL among them as `nil`; no list for a text that is no such array.
    package static func elements(_ text: String) -> [String?]? {
        guard text.first == "{", text.last == "}", text.count >= 2 else { return nil }
        var rest = text.dropFirst().dropLast()
        guard !rest.isEmpty else { return [] }
        var elements: [String?] = []
        while true {
            guard let element = element(&rest) else { return nil }
            elements.append(element)
            guard let separator = rest.popFirst() else { return elements }
            guard separator == "," else { return nil }
        }
    }

    private static func element(_ rest: inout Substring) -> String?? {
        rest = rest.drop { $0 == " " }
        if rest.first == "\"" {
            rest = rest.dropFirst()
            var text = ""
            while let character = rest.popFirst() {
                if character == "\"" { return text }
                guard character == "\\" else {
                    text.append(character)
                    continue
                }
                guard let escaped = rest.popFirst() else { return nil }
                text.append(escaped)
            }
            return nil
        }
        let bare = rest.prefix { $0 != "," }
        guard !bare.isEmpty, !bare.contains(where: { "{}\"".contains($0) }) else { return nil }
        rest = rest.dropFirst(bare.count)
        return bare.uppercased() == "NULL" ? .some(nil) : String(bare)
    }
}
