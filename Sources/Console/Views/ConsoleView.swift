import Terminal
import Warehouse

/// The whole screen, drawn from the model and nothing else.
struct ConsoleView: Sendable {
    let theme: Theme

    func frame(of model: ConsoleModel) -> Frame {
        var picture = ScreenPicture()
        return frame(of: model, on: &picture)
    }

    /// The same, made out of what `picture` has of it.
    func frame(of model: ConsoleModel, on picture: inout ScreenPicture) -> Frame {
        let layout = model.layout
        guard !layout.isTooSmall else {
            var frame = Frame(size: model.size)
            let sentence = "mdw needs \(Layout.smallest.width)x\(Layout.smallest.height)"
            frame.put(sentence, at: Point(x: 0, y: 0))
            return frame
        }
        var frame: Frame
        if let cover = cover(of: model, width: layout.body.width) {
            frame = Frame(size: model.size)
            drawHeader(of: model, in: layout.header, on: &frame)
            draw(cover.lines, from: cover.top, in: layout.body, on: &frame)
            drawFooter(of: model, in: layout.footer, on: &frame)
        } else {
            frame = picture.updated(to: model, by: self)
        }
        if let dialog = model.dialog { draw(dialog, of: model, on: &frame) }
        return frame
    }

    /// What lies over the panes; `nil` when they are to be seen.
    private func cover(of model: ConsoleModel, width: Int) -> (lines: [TextLine], top: Int)? {
        if let overlay = model.overlay { return (model.coverLines(of: overlay), overlay.top) }
        return model.detail.map { (model.detailLines(of: $0, width: width), $0.top) }
    }

    /// The database first, then what is wrong, then the totals; the clock stands at the right edge.
    func drawHeader(of model: ConsoleModel, in rect: Rect, on frame: inout Frame) {
        let clock = "\(model.now.clockTime.prefix(5)) UTC"
        let room = rect.width - clock.count - 1
        var x = frame.put(" mdw ", at: Point(x: 0, y: 0), style: theme.accent, maxWidth: room)
        for (text, style) in model.headerParts(theme: theme) {
            guard x + displayWidth(of: text) + 2 <= room else { continue }
            x += frame.put("\(text)  ", at: Point(x: x, y: 0), style: style, maxWidth: room - x)
        }
        frame.put(clock, in: Rect(x: room, y: 0, width: clock.count, height: 1), alignment: .trailing, style: theme.dim)
    }

    func drawFooter(of model: ConsoleModel, in rect: Rect, on frame: inout Frame) {
        let origin = Point(x: 0, y: rect.origin.y)
        if let input = model.filterInput {
            let used = drawTyped("/", input, at: origin, width: rect.width, on: &frame)
            frame.put(
                "   Enter keeps it · Esc drops it · Tab field: \(model.focus.filterFields.joined(separator: " "))",
                at: Point(x: used, y: rect.origin.y),
                style: theme.dim,
                maxWidth: rect.width - used
            )
        } else if let input = model.commandInput {
            drawCommandLine(input, at: origin, width: rect.width, on: &frame)
        } else if model.showsMessage, let message = model.footerMessage {
            let mark = message.severity == .error ? "✗ " : message.severity == .warning ? "! " : "· "
            frame.put(
                " " + mark + message.text,
                in: rect,
                style: theme.style(of: message.severity)
            )
        } else {
            drawKeys(of: model, at: origin, width: rect.width, on: &frame)
        }
    }

    /// What is being typed behind a mark, and its cursor; of a line that is too long the part around the cursor.
    ///
    /// Returns how many columns it takes.
    private func drawTyped(
        _ mark: String,
        _ field: TextField,
        at origin: Point,
        width: Int,
        on frame: inout Frame
    ) -> Int {
        frame.put(mark, at: origin, style: theme.accent)
        guard displayWidth(of: field.text) + 2 > width else {
            let used = frame.put(field.text, at: Point(x: origin.x + 1, y: origin.y), style: theme.accent)
            let before = displayWidth(of: String(field.characters.prefix(field.cursor)))
            frame.cursor = Point(x: origin.x + 1 + before, y: origin.y)
            return used + 1
        }
        drawInput(field, at: Point(x: origin.x + 1, y: origin.y), width: width - 1, true, on: &frame)
        return width
    }

    /// The command, and behind it what could complete its last word.
    private func drawCommandLine(_ input: CommandInput, at origin: Point, width: Int, on frame: inout Frame) {
        var x = drawTyped(":", input.field, at: origin, width: width, on: &frame) + 2
        for (index, candidate) in input.candidates.enumerated() {
            guard x + displayWidth(of: candidate) + 1 <= width else { break }
            let style = index == input.chosen ? theme.selected : theme.dim
            x += frame.put(candidate.sanitized(limit: 60), at: Point(x: x, y: origin.y), style: style) + 1
        }
        if input.candidates.isEmpty, let name = TypedCommand.words(of: input.text).first,
            let verb = ConsoleVerb.named(name)
        {
            frame.put(verb.help, at: Point(x: x, y: origin.y), style: theme.dim, maxWidth: max(0, width - x))
        }
    }

    private func drawKeys(of model: ConsoleModel, at origin: Point, width: Int, on frame: inout Frame) {
        var x = 1
        for (key, label) in model.footerKeys {
            guard x + displayWidth(of: key) + displayWidth(of: label) + 1 <= width else { break }
            x += frame.put(key, at: Point(x: x, y: origin.y), style: theme.heading)
            x += frame.put(" \(label)  ", at: Point(x: x, y: origin.y), style: theme.dim, maxWidth: width - x)
        }
    }

    private func draw(_ lines: [TextLine], from top: Int, in rect: Rect, on frame: inout Frame) {
        for (index, line) in lines.dropFirst(top).prefix(rect.height).enumerated() {
            var x = rect.origin.x
            for run in line.runs where x < rect.width {
                x += frame.put(
                    run.text,
                    at: Point(x: x, y: rect.origin.y + index),
                    style: run.role.style(in: theme),
                    maxWidth: rect.width - x,
                    truncation: .ellipsis
                )
            }
        }
    }
}

extension ConsoleModel.Overlay {
    var top: Int {
        switch self {
        case .help(let top), .messages(let top), .results(_, let top): top
        }
    }
}
