/// Makes what ncurses writes for a frame shorter: it resets and sets colours one by one, up to 18 bytes where 5 do.
///
/// Changes of colours and attributes are held back until something is written with them, and then made in one sequence.
/// Text, cursor movements and all else stay as they are. A frame begins and ends in the plain rendition, as ncurses
/// leaves it. Only for terminals whose SGR sequences are those of ECMA-48.
struct FrameCompactor {
    private var compacted: [UInt8] = []
    private var wanted = Rendition.plain
    private var current = Rendition.plain
    private var saved = Rendition.plain
    private var drawsLines = false

    static func compact(_ bytes: [UInt8]) -> [UInt8] {
        var compactor = FrameCompactor()
        compactor.compacted.reserveCapacity(bytes.count)
        var start = bytes.startIndex
        while start < bytes.endIndex {
            if bytes[start] == 0x1B {
                start += compactor.takeSequence(bytes[start...])
            } else {
                let end = bytes[start...].firstIndex { $0 < 0x20 } ?? bytes.endIndex
                start += end == start ? compactor.takeControl(bytes[start]) : compactor.takeText(bytes[start..<end])
            }
        }
        compactor.settle()
        return compactor.compacted
    }

    /// Switches to the colours and attributes that are wanted by now.
    private mutating func settle() {
        guard current != wanted else { return }
        compacted += wanted.sequence(from: current)
        current = wanted
    }

    private mutating func takeText(_ bytes: ArraySlice<UInt8>) -> Int {
        settle()
        compacted += bytes
        return bytes.count
    }

    private mutating func takeControl(_ byte: UInt8) -> Int {
        // Of the control characters only a line feed can paint: the line that scrolls in.
        if byte == 0x0A { settle() }
        compacted.append(byte)
        return 1
    }

    private mutating func takeSequence(_ bytes: ArraySlice<UInt8>) -> Int {
        let second = bytes.dropFirst().first
        switch second {
        case UInt8(ascii: "["): return takeControlSequence(bytes)
        case UInt8(ascii: "("): return takeCharset(bytes)
        case UInt8(ascii: "7"):
            // The terminal saves the rendition along with the cursor.
            settle()
            saved = current
        case UInt8(ascii: "8"): current = saved
        default: settle()
        }
        compacted += bytes.prefix(2)
        return 2
    }

    /// `ESC ( B` goes along with every reset, though nothing was drawn with the other character set.
    private mutating func takeCharset(_ bytes: ArraySlice<UInt8>) -> Int {
        let isPlain = bytes.dropFirst(2).first == UInt8(ascii: "B")
        if !isPlain || drawsLines { compacted += bytes.prefix(3) }
        drawsLines = !isPlain
        return 3
    }

    private mutating func takeControlSequence(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let end = bytes.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else {
            settle()
            compacted += bytes
            return bytes.count
        }
        let length = end - bytes.startIndex + 1
        switch bytes[end] {
        case UInt8(ascii: "m"):
            if wanted.apply(bytes[(bytes.startIndex + 2)..<end]) { return length }
            settle()
        // Cursor movements, the scrolling region and modes paint nothing.
        case UInt8(ascii: "A")...UInt8(ascii: "H"), UInt8(ascii: "d"), UInt8(ascii: "f"), UInt8(ascii: "r"),
            UInt8(ascii: "h"), UInt8(ascii: "l"):
            break
        default: settle()
        }
        compacted += bytes.prefix(length)
        return length
    }
}
