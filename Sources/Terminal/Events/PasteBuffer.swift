/// Collects a bracketed paste up to its end.
struct PasteBuffer {
    private static let end: [UInt8] = Array("\u{1B}[201~".utf8)

    private var bytes: [UInt8] = []
    /// How many bytes of the end's sequence the last bytes are.
    private var matched = 0

    /// Takes bytes; returns the index behind the end of the paste, or `nil` when all of them belong to it.
    mutating func take(_ more: ArraySlice<UInt8>) -> Int? {
        for index in more.indices {
            let byte = more[index]
            if byte == PasteBuffer.end[matched] {
                matched += 1
                if matched == PasteBuffer.end.count { return index + 1 }
                continue
            }
            keep(PasteBuffer.end[..<matched])
            matched = 0
            if byte == PasteBuffer.end[0] { matched = 1 } else { keep([byte]) }
        }
        return nil
    }

    private mutating func keep(_ more: some Collection<UInt8>) {
        bytes.append(contentsOf: more.prefix(max(0, InputDecoder.longestPaste - bytes.count)))
    }

    /// What was pasted: UTF-8 with U+FFFD for what isn't, lines ended by `\n`, no control characters but tabs.
    var text: String {
        var text = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\r": text.append("\n")
            case "\n": if !afterReturn { text.append("\n") }
            case "\t": text.append(scalar)
            default: if scalar.properties.generalCategory != .control { text.append(scalar) }
            }
            afterReturn = scalar == "\r"
        }
        return String(text)
    }
}
