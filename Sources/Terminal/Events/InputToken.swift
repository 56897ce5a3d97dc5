/// The first thing in a row of bytes from a terminal, and how many bytes it takes.
enum InputToken {
    case event(TerminalEvent, length: Int)
    case pasteBegins(length: Int)
    /// A sequence that means nothing here.
    case nothing(length: Int)
    /// More bytes are needed to tell.
    case incomplete

    /// No sequence is longer: whatever goes on without an end isn't one.
    private static let longestSequence = 64

    /// - Parameter bytes: At least one byte.
    init(_ bytes: ArraySlice<UInt8>) {
        guard let first = bytes.first else {
            self = .incomplete
            return
        }
        self = first == 0x1B ? InputToken.afterEscape(bytes) : InputToken.text(bytes)
    }

    private static func afterEscape(_ bytes: ArraySlice<UInt8>) -> InputToken {
        let rest = bytes.dropFirst()
        guard let second = rest.first else { return .incomplete }
        switch second {
        case UInt8(ascii: "["): return controlSequence(bytes)
        case UInt8(ascii: "O"):
            guard let final = rest.dropFirst().first else { return .incomplete }
            guard let key = KeySequences.applicationKey(final) else { return .nothing(length: 3) }
            return .event(.key(key), length: 3)
        case 0x1B:
            // Either Escape twice, or Alt with a key that sends a sequence itself.
            guard let third = rest.dropFirst().first else { return .incomplete }
            guard third == UInt8(ascii: "[") || third == UInt8(ascii: "O") else {
                return .event(.key(.escape), length: 1)
            }
            return InputToken(rest).withAlt
        default: return InputToken(rest).withAlt
        }
    }

    /// The same with Alt held, one byte longer.
    private var withAlt: InputToken {
        switch self {
        case .event(.key(.alt(let key)), let length), .event(.key(let key), let length):
            .event(.key(.alt(key)), length: length + 1)
        case .event(let event, let length): .event(event, length: length + 1)
        case .pasteBegins(let length): .pasteBegins(length: length + 1)
        case .nothing(let length): .nothing(length: length + 1)
        case .incomplete: .incomplete
        }
    }

    /// `ESC [` parameters final.
    private static func controlSequence(_ bytes: ArraySlice<UInt8>) -> InputToken {
        let body = bytes.dropFirst(2)
        // The Linux console sends ESC [ [ A to ESC [ [ E for F1 to F5.
        if body.first == UInt8(ascii: "[") {
            guard let letter = body.dropFirst().first else { return .incomplete }
            guard (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(letter) else { return .nothing(length: 4) }
            return .event(.key(.function(Int(letter - UInt8(ascii: "A")) + 1)), length: 4)
        }
        guard let end = body.firstIndex(where: { !(0x20...0x3F).contains($0) }) else {
            return body.count < longestSequence ? .incomplete : .nothing(length: bytes.count)
        }
        let length = end - bytes.startIndex + 1
        let parameters = body[..<end]
        let final = bytes[end]
        // A sequence that breaks off: what follows stands for itself. rxvt ends some with $, which the range covers.
        guard (0x40...0x7E).contains(final) else { return .nothing(length: length - 1) }
        if parameters.isEmpty && final == UInt8(ascii: "M") { return oldMouse(bytes) }
        switch KeySequences.meaning(of: final, parameters: parameters) {
        case .event(let event): return .event(event, length: length)
        case .pasteBegins: return .pasteBegins(length: length)
        case .nothing: return .nothing(length: length)
        }
    }

    /// `ESC [ M` and three bytes: mouse reports of terminals without SGR reports.
    private static func oldMouse(_ bytes: ArraySlice<UInt8>) -> InputToken {
        let report = bytes.dropFirst(3).prefix(3).map { Int($0) - 32 }
        guard report.count == 3 else { return .incomplete }
        let released = report[0] & 3 == 3 && report[0] & 96 == 0
        let mouse = MouseEvent(code: report[0], column: report[1], row: report[2], released: released)
        return .event(.mouse(mouse), length: 6)
    }

    /// A control character or a character in UTF-8.
    private static func text(_ bytes: ArraySlice<UInt8>) -> InputToken {
        guard let first = bytes.first else { return .incomplete }
        if first < 0x20 || first == 0x7F { return .event(.key(KeySequences.controlKey(first)), length: 1) }
        let length: Int
        switch first {
        case 0x20..<0x7F: return .event(.key(.character(Character(Unicode.Scalar(first)))), length: 1)
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return .nothing(length: 1)
        }
        let sequence = bytes.prefix(length)
        if let wrong = sequence.dropFirst().firstIndex(where: { $0 & 0xC0 != 0x80 }) {
            return .nothing(length: wrong - bytes.startIndex)
        }
        guard sequence.count == length else { return .incomplete }
        guard let character = String(validating: sequence, as: UTF8.self)?.first else {
            return .nothing(length: length)
        }
        return .event(.key(.character(character)), length: length)
    }
}
