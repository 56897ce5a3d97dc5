/// Turns the bytes that a terminal sends into events: keys, text in UTF-8, pastes, the mouse.
///
/// The bytes may be cut anywhere. An Escape can be the key itself or the beginning of more, which only time tells: while
/// ``awaitsRest`` is true the driver waits a moment for more bytes, and then calls ``flush()``. Sequences that mean
/// nothing are left out; they never come out as the keys that they are spelled with.
///
/// It reads bytes rather than ncurses' `get_wch`, which loses keys next to a byte that isn't UTF-8, waits inside, can't
/// tell "nothing yet" from "nothing any more", and knows neither pastes nor SGR mouse reports. What terminfo says of
/// the terminal's keys comes in through ``init(keys:)``.
struct InputDecoder {
    static let longestPaste = 1 << 20

    private let keys: [[UInt8]: Key]
    var pending: [UInt8] = []
    private var paste: PasteBuffer?

    /// - Parameter keys: What the terminal sends for named keys; kept is what is not usual.
    init(keys: [[UInt8]: Key] = [:]) {
        self.keys = keys.filter { sequence, key in
            if case .event(.key(key), sequence.count) = InputToken(sequence[...]) { false } else { true }
        }
    }

    /// Whether bytes are held back that may be all of a key or the beginning of a longer one.
    var awaitsRest: Bool { paste == nil && !pending.isEmpty }

    /// Whether a paste has begun and its end hasn't come yet.
    var isPasting: Bool { paste != nil }

    mutating func decode(_ bytes: some Sequence<UInt8>) -> [TerminalEvent] {
        pending.append(contentsOf: bytes)
        return decodePending()
    }

    /// Takes what is held back for all there is: a lone Escape is the key, a paste without an end ends here.
    mutating func flush() -> [TerminalEvent] {
        if let paste {
            self.paste = nil
            return [.paste(paste.text)]
        }
        let held = pending
        pending = []
        switch held.count {
        case 1 where held[0] == 0x1B: return [.key(.escape)]
        case 2 where held == [0x1B, 0x1B]: return [.key(.escape), .key(.escape)]
        case 2 where held[0] == 0x1B && (0x20...0x7E).contains(held[1]):
            return [.key(.alt(.character(Character(Unicode.Scalar(held[1])))))]
        // The rest of a sequence or character that got lost on the way.
        default: return []
        }
    }

    private mutating func decodePending() -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        var position = 0
        while position < pending.count {
            if paste != nil {
                position = pending.count - takePaste(from: position, into: &events)
                if paste != nil { break }
                continue
            }
            let head = pending[position...]
            switch InputToken(head) {
            case .incomplete:
                pending.removeFirst(position)
                return events
            case .pasteBegins(let length):
                paste = PasteBuffer()
                position += length
            case .event(let event, let length):
                events.append(named(head.prefix(length)) ?? event)
                position += length
            case .nothing(let length):
                if let event = named(head.prefix(length)) { events.append(event) }
                position += length
            }
        }
        pending.removeFirst(min(position, pending.count))
        return events
    }

    /// The key that terminfo says is sent as this sequence.
    private func named(_ sequence: ArraySlice<UInt8>) -> TerminalEvent? {
        guard sequence.first == 0x1B, !keys.isEmpty else { return nil }
        return keys[Array(sequence)].map(TerminalEvent.key)
    }

    /// Gives bytes to the paste, and returns how many are left behind its end.
    private mutating func takePaste(from position: Int, into events: inout [TerminalEvent]) -> Int {
        guard let end = paste?.take(pending[position...]) else { return 0 }
        if let text = paste?.text { events.append(.paste(text)) }
        paste = nil
        return pending.endIndex - end
    }
}
