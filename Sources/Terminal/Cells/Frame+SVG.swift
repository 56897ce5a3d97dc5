/// How the terminal's own colours look in a picture.
package struct PictureColors: Hashable, Sendable {
    package let foreground: String
    package let background: String
    /// The sixteen, by ``ANSIColor``.
    let palette: [String]

    package static let dark = PictureColors(
        foreground: "#d8dee9",
        background: "#1b1f27",
        palette: [
            "#3b4252", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d8dee9", "#5c6370",
            "#ff7b86",
            "#b5e890", "#ffd580", "#82c4ff", "#e29bff", "#7fdbe6", "#ffffff",
        ]
    )
    package static let light = PictureColors(
        foreground: "#24292f",
        background: "#ffffff",
        palette: [
            "#24292f", "#a40e26", "#116329", "#7d4e00", "#0550ae", "#8250df", "#1b7c83", "#6e7781", "#57606a",
            "#cf222e",
            "#1a7f37", "#9a6700", "#0969da", "#a475f9", "#3192aa", "#8c959f",
        ]
    )

    fileprivate func text(of color: Color) -> String? {
        switch color {
        case .default: nil
        case .ansi(let color): palette[Int(color.rawValue)]
        case .indexed(let index) where index < 16: palette[Int(index)]
        case .indexed, .rgb: color.components.map { Self.hexadecimal($0.red, $0.green, $0.blue) }
        }
    }

    private static func hexadecimal(_ components: Int...) -> String {
        "#" + components.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension Frame {
    /// The picture as SVG: text in a monospaced font on a grid, so that it can be selected and read by machines.
    ///
    /// The same frame always gives the same bytes. A cell is as wide as a character of DejaVu Sans Mono at 14 px.
    package func svg(_ colors: PictureColors = .dark) -> String {
        let (cellWidth, cellHeight, margin) = (8.4287, 17.0, 12.0)
        let width = Self.number(Double(size.width) * cellWidth + margin * 2)
        let height = Self.number(Double(size.height) * cellHeight + margin * 2)
        var text = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)">
            <rect width="100%" height="100%" rx="8" fill="\(colors.background)"/>
            <g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14" xml:space="preserve" \
            fill="\(colors.foreground)">

            """
        for y in 0..<size.height {
            for run in runs(inRow: y) {
                let x = margin + Double(run.column) * cellWidth
                let top = margin + Double(y) * cellHeight
                let (ink, paper) = run.style.inkAndPaper(in: colors)
                if let paper {
                    text +=
                        #"<rect x="\#(Self.number(x))" y="\#(Self.number(top))" width="\#(Self.number(Double(run.width) * cellWidth))" "#
                        + #"height="\#(Self.number(cellHeight))" fill="\#(paper)"/>"# + "\n"
                }
                guard run.text.contains(where: { $0 != " " }) else { continue }
                text +=
                    #"<text x="\#(Self.number(x))" y="\#(Self.number(top + 13))"\#(run.style.attributes(ink: ink))>"#
                    + Self.escaped(run.text) + "</text>\n"
            }
        }
        return text + "</g>\n</svg>\n"
    }

    private struct Run {
        let column: Int
        var width: Int
        let style: Style
        var text: String
    }

    /// The cells of a row, neighbours of one style together; blanks in the plain style are left out at the end.
    private func runs(inRow y: Int) -> [Run] {
        var runs: [Run] = []
        for (column, cell) in cells[y * size.width..<(y + 1) * size.width].enumerated() where !cell.isRightHalf {
            if let last = runs.last, last.style == cell.style, last.column + last.width == column {
                runs[runs.count - 1].width += cell.width
                runs[runs.count - 1].text += cell.text
            } else {
                runs.append(Run(column: column, width: cell.width, style: cell.style, text: cell.text))
            }
        }
        return runs
    }

    private static func number(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let fraction = hundredths % 100
        guard fraction != 0 else { return String(hundredths / 100) }
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}

extension Style {
    /// The colours of text and of what is behind it; `nil` for the picture's own.
    fileprivate func inkAndPaper(in colors: PictureColors) -> (ink: String?, paper: String?) {
        let (ink, paper) = (colors.text(of: foreground), colors.text(of: background))
        guard attributes.contains(.reverse) else { return (ink, paper) }
        return (paper ?? colors.background, ink ?? colors.foreground)
    }

    fileprivate func attributes(ink: String?) -> String {
        var text = ink.map { #" fill="\#($0)""# } ?? ""
        if attributes.contains(.bold) { text += #" font-weight="bold""# }
        if attributes.contains(.dim) { text += #" fill-opacity="0.55""# }
        if attributes.contains(.italic) { text += #" font-style="italic""# }
        if attributes.contains(.underline) { text += #" text-decoration="underline""# }
        return text
    }
}
