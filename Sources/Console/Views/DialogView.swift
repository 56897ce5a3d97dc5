import Store
import Terminal
import Warehouse

extension ConsoleView {
    /// Draws a dialog in the middle of the screen, over what is there.
    func draw(_ dialog: Dialog, of model: ConsoleModel, on frame: inout Frame) {
        let content = dialog.content
        let least = if case .choice = dialog { 34 } else { 50 }
        let width = min(
            frame.size.width - 2,
            max(least, displayWidth(of: content.hint), content.lines.map(\.width).max() ?? 0) + 4
        )
        let height = min(frame.size.height, content.lines.count + 4)
        let rect = Rect(
            x: (frame.size.width - width) / 2,
            y: max(0, (frame.size.height - height) / 2),
            width: width,
            height: height
        )
        frame.fill(rect, style: theme.text)
        frame.box(rect, lines: .rounded, style: theme.accent)
        frame.put(
            " \(content.title) ",
            at: Point(x: rect.origin.x + 2, y: rect.origin.y),
            style: theme.accent,
            maxWidth: width - 4,
            truncation: .ellipsis
        )
        for (index, line) in content.lines.enumerated() where index < height - 2 {
            let point = Point(x: rect.origin.x + 2, y: rect.origin.y + 1 + index)
            if case .key = line, case .oneTimeKey(let shown) = dialog {
                shown.created.raw.withBytes {
                    frame.put(ascii: $0, at: point, style: theme.accent, maxWidth: width - 4)
                }
            } else {
                draw(line, at: point, width: width - 4, on: &frame)
            }
        }
        let hint = Rect(x: rect.origin.x + 2, y: rect.origin.y + height - 2, width: width - 4, height: 1)
        frame.put(content.hint, in: hint, style: theme.dim)
    }

    private func draw(_ line: DialogLine, at point: Point, width: Int, on frame: inout Frame) {
        switch line {
        case .key: break
        case .text(let text, let role):
            frame.put(text, at: point, style: role.style(in: theme), maxWidth: width, truncation: .ellipsis)
        case .field(let label, let field, let isFocused):
            let used = frame.put(
                label.padded(to: 12),
                at: point,
                style: isFocused ? theme.accent : theme.dim,
                maxWidth: width
            )
            drawInput(field, at: Point(x: point.x + used, y: point.y), width: width - used, isFocused, on: &frame)
        case .choice(let label, let options, let selected, let isFocused):
            var x =
                point.x
                + frame.put(
                    label.padded(to: 12),
                    at: point,
                    style: isFocused ? theme.accent : theme.dim,
                    maxWidth: width
                )
            for (index, option) in options.enumerated() where x < point.x + width {
                let style = index == selected ? (isFocused ? theme.selected : theme.heading) : theme.dim
                let text = index == selected ? "[\(option)]" : " \(option) "
                x += frame.put(text, at: Point(x: x, y: point.y), style: style, maxWidth: point.x + width - x)
            }
        case .option(let text, let isSelected):
            let line = Rect(x: point.x, y: point.y, width: width, height: 1)
            frame.put((isSelected ? "▸ " : "  ") + text, in: line, style: isSelected ? theme.selected : theme.text)
        case .buttons(let cancel, let confirm, let isConfirmSelected):
            let first = isConfirmSelected ? " \(cancel) " : "[\(cancel)]"
            let second = isConfirmSelected ? "[\(confirm)]" : " \(confirm) "
            let used = frame.put(
                first,
                at: point,
                style: isConfirmSelected ? theme.dim : theme.selected,
                maxWidth: width
            )
            frame.put(
                second,
                at: Point(x: point.x + used + 2, y: point.y),
                style: isConfirmSelected ? theme.selected : theme.dim,
                maxWidth: width - used - 2
            )
        }
    }

    /// The part of a text field around its cursor.
    func drawInput(_ field: TextField, at point: Point, width: Int, _ isFocused: Bool, on frame: inout Frame) {
        guard width > 0 else { return }
        var first = 0
        var before = displayWidth(of: String(field.characters[..<field.cursor]))
        while before > width - 1 {
            before -= displayWidth(of: String(field.characters[first]))
            first += 1
        }
        let style = isFocused ? Style(attributes: .underline) : theme.text
        frame.fill(Rect(x: point.x, y: point.y, width: width, height: 1), style: style)
        frame.put(String(field.characters[first...]), at: point, style: style, maxWidth: width)
        if isFocused { frame.cursor = Point(x: point.x + before, y: point.y) }
    }
}
