package import Terminal

/// What a script wants done, one step a line.
///
/// A line is keys as ``Key/keys(in:)`` reads them (`2/ci-bot<Enter>`), or a directive:
/// `:wait idle`, `:wait text TEXT`, `:wait gone TEXT`, `:resize 80x24`, `:paste TEXT`, `:save-display FILE`,
/// `:save-ansi FILE`, `:save-svg FILE`. Keys are typed when everything that was asked for before is on the screen. Empty lines and lines that begin with `#` are left out.
package struct Script: Sendable {
    enum Step: Hashable, Sendable {
        case keys([Key])
        case waitIdle
        case waitText(String, isThere: Bool)
        case resize(Size)
        case paste(String)
        case saveDisplay(String)
        case saveANSI(String)
        case saveSVG(String)
    }

    /// The steps with their line numbers.
    let steps: [(line: Int, step: Step)]

    /// - Throws: ``ScriptError`` for the first line that is no step.
    package init(_ text: String) throws(ScriptError) {
        var steps: [(Int, Step)] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let text = String(line)
            guard !text.isEmpty, !text.hasPrefix("#") else { continue }
            steps.append((index + 1, try Self.step(text, line: index + 1)))
        }
        self.steps = steps
    }

    private static func step(_ text: String, line: Int) throws(ScriptError) -> Step {
        guard text.hasPrefix(":") else {
            do {
                return .keys(try Key.keys(in: text))
            } catch {
                throw ScriptError(line: line, reason: error.description)
            }
        }
        let (name, argument) = Self.split(text)
        switch (name, argument) {
        case (":wait", "idle"): return .waitIdle
        case (":wait", _):
            let (kind, text) = Self.split(argument)
            if !text.isEmpty, kind == "text" || kind == "gone" { return .waitText(text, isThere: kind == "text") }
        case (":resize", _): if let size = Size(text: argument) { return .resize(size) }
        case (":paste", _): return .paste(argument)
        case (":save-display", _): if !argument.isEmpty { return .saveDisplay(argument) }
        case (":save-ansi", _): if !argument.isEmpty { return .saveANSI(argument) }
        case (":save-svg", _): if !argument.isEmpty { return .saveSVG(argument) }
        default: break
        }
        throw ScriptError(
            line: line,
            reason:
                "'\(text)' is no step: use keys, or :wait idle, :wait text …, :wait gone …, :resize 80x24, :paste …, "
                + ":save-display FILE, :save-ansi FILE, :save-svg FILE"
        )
    }

    private static func split(_ text: String) -> (name: String, argument: String) {
        let parts = text.split(separator: " ", maxSplits: 1)
        return (parts.first.map(String.init) ?? "", parts.count > 1 ? String(parts[1]) : "")
    }
}

extension Size {
    /// Reads `120x40`; `nil` for anything else.
    package init?(text: String) {
        let parts = text.split(separator: "x")
        guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]), width > 0, height > 0,
            width <= Frame.largest.width, height <= Frame.largest.height
        else { return nil }
        self.init(width: width, height: height)
    }
}

/// Why a script stopped.
package struct ScriptError: Error, Hashable, CustomStringConvertible {
    package let line: Int
    package let reason: String

    package var description: String { "line \(line) of the script: \(reason)" }
}
