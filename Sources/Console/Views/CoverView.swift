import Terminal
import Warehouse

/// Help and messages: text that covers the panes.
extension ConsoleModel {
    /// How many lines of a cover fit on the screen.
    var coverHeight: Int { max(1, layout.body.height) }

    /// How many lines the open cover or detail has.
    var coverLineCount: Int {
        if let overlay { return coverLines(of: overlay).count }
        return detail.map { detailLines(of: $0, width: size.width).count } ?? 0
    }

    func coverLines(of overlay: Overlay) -> [TextLine] {
        switch overlay {
        case .help: helpLines
        case .messages: messageLines
        case .results(let result, _): resultLines(result)
        }
    }

    private var helpLines: [TextLine] {
        let all = keyMap.bindings(in: keyContext, readOnly: options.isReadOnly)
        func lines(_ context: KeyContext) -> [TextLine] {
            all.filter { $0.context == context }.map { binding in
                let keys = binding.keys.map(\.displayName).joined(separator: " ")
                return TextLine([
                    TextLine.Run(text: "   " + keys.padded(to: 20), role: .accent),
                    TextLine.Run(text: binding.help, role: .text),
                ])
            }
        }
        let title = keyContext == .symbolDetail ? "an opened symbol" : focus.title
        var text = [TextLine.title("Keys in \(title)")] + lines(keyContext)
        if options.isReadOnly { text.append(TextLine("   This console is read-only: it changes nothing.", .caution)) }
        text += [.blank, .section("Everywhere")] + lines(.everywhere)
        text += [.blank, .section("Filter")]
        text.append(.fact("fields", "/" + focus.filterFields.map { "\($0):" }.joined(separator: " ")))
        text.append(.fact("not", "!failed, !class:crypto"))
        text += [.blank, .section("Commands")]
        text += ConsoleVerb.all.filter { !(options.isReadOnly && $0.writes) }.map { .fact(":" + $0.name, $0.help) }
        return text
    }

    private func resultLines(_ result: BulkResult) -> [TextLine] {
        let done = result.lines.count - result.failures
        let title = result.failures == 0 ? "All \(done) done" : "\(done) done, \(result.failures) refused"
        // What was refused comes first: it wants something to be done.
        let sorted = result.lines.filter { !$0.isDone } + result.lines.filter(\.isDone)
        return [.title(title), .blank]
            + sorted.map { TextLine("   \($0.isDone ? "✓" : "✗") \($0.text)", $0.isDone ? .good : .bad) }
    }

    private var messageLines: [TextLine] {
        guard !messages.isEmpty else { return [.title("Messages"), TextLine("   none yet", .dim)] }
        return [.title("Messages")]
            + messages.flatMap { message in
                let lines = message.text.wrapped(to: max(10, size.width - 14))
                return lines.enumerated().map { index, line in
                    TextLine([
                        TextLine.Run(
                            text: "   \((index == 0 ? message.time.clockTime : "").padded(to: 10))",
                            role: .dim
                        ),
                        TextLine.Run(text: line, role: message.severity.role),
                    ])
                }
            }
    }
}

extension Message.Severity {
    fileprivate var role: TextRole {
        switch self {
        case .info: .text
        case .success: .good
        case .warning: .caution
        case .error: .bad
        }
    }
}

extension String {
    /// The text with spaces behind it, up to `width` columns.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - displayWidth(of: self)))
    }
}

extension String {
    /// The text in lines of at most `width` columns, broken between words where that is possible.
    func wrapped(to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
            var rest = word[...]
            if !line.isEmpty, displayWidth(of: line) + 1 + displayWidth(of: word) > width {
                lines.append(line)
                line = ""
            }
            while displayWidth(of: rest) > width {
                lines.append(String(rest.prefix(width)))
                rest = rest.dropFirst(width)
            }
            line += line.isEmpty ? String(rest) : " " + rest
        }
        return lines + [line]
    }
}
