import Terminal

/// The keys as a table for the documentation: Markdown, from the one table of bindings.
package enum KeyTable {
    package static var markdown: String {
        var text = ""
        for (title, context) in sections where KeyBinding.table.contains(where: { $0.context == context }) {
            text += "### \(title)\n\n| key | what it does | action |\n| --- | --- | --- |\n"
            for binding in KeyBinding.table where binding.context == context {
                let keys = binding.keys.map { "`\($0.displayName)`" }.joined(separator: " ")
                text += "| \(keys) | \(binding.help) | `\(binding.action.name)` |\n"
            }
            text += "\n"
        }
        return text
    }

    private static let sections: [(String, KeyContext)] =
        Pane.allCases.map { ($0.title, .pane($0)) } + [
            ("An opened symbol", .symbolDetail), ("Everywhere", .everywhere),
        ]
}
