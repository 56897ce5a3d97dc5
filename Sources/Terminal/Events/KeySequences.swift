/// What the usual escape sequences mean: those of xterm, which nearly all terminals follow, and of the VT220, rxvt and
/// Linux console where they differ.
enum KeySequences {
    /// What a control sequence means.
    enum Meaning {
        case event(TerminalEvent)
        case pasteBegins
        case nothing
    }

    /// A byte below 32, or DEL.
    static func controlKey(_ byte: UInt8) -> Key {
        switch byte {
        case 0x7F: .backspace
        case 0x00: .control(" ")
        // ^A is 1: the letters, and after them [ \ ] ^ _.
        default: Key.character(Character(Unicode.Scalar(byte + 0x40))).pressed(control: true)
        }
    }

    /// `ESC O` and a letter: cursor keys and keypad in application mode.
    static func applicationKey(_ final: UInt8) -> Key? {
        if let key = letterKey(final) { return key }
        switch final {
        case UInt8(ascii: "M"): return .enter
        case UInt8(ascii: "I"): return .tab
        case UInt8(ascii: "X"): return "="
        case UInt8(ascii: "j")...UInt8(ascii: "y"): return .character(Character(Unicode.Scalar(final - 0x40)))
        default: return nil
        }
    }

    /// `ESC [`, parameters, and the letter that ends it.
    static func meaning(of final: UInt8, parameters: ArraySlice<UInt8>) -> Meaning {
        if parameters.first == UInt8(ascii: "<") {
            return mouse(numbers(parameters.dropFirst()), released: final == UInt8(ascii: "m"))
        }
        let numbers = numbers(parameters)
        switch final {
        case UInt8(ascii: "I") where parameters.isEmpty: return .event(.focus(true))
        case UInt8(ascii: "O") where parameters.isEmpty: return .event(.focus(false))
        case UInt8(ascii: "~"):
            if numbers == [200] { return .pasteBegins }
            if numbers.count == 3 && numbers[0] == 27 { return key(code: numbers[2], modifier: numbers[1]) }
            return key(numberedKey(numbers.first ?? 0), modifier: numbers.dropFirst().first)
        case UInt8(ascii: "u"): return key(code: numbers.first ?? 0, modifier: numbers.dropFirst().first)
        default: return key(letterKey(final), modifier: numbers.dropFirst().first)
        }
    }

    private static func numbers(_ parameters: ArraySlice<UInt8>) -> [Int] {
        guard !parameters.isEmpty else { return [] }
        return parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { part in
            part.prefix(while: { (0x30...0x39).contains($0) }).prefix(9).reduce(0) { $0 * 10 + Int($1) - 0x30 }
        }
    }

    private static func letterKey(_ final: UInt8) -> Key? {
        switch final {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "P"): .function(1)
        case UInt8(ascii: "Q"): .function(2)
        case UInt8(ascii: "R"): .function(3)
        case UInt8(ascii: "S"): .function(4)
        case UInt8(ascii: "Z"): .backTab
        default: nil
        }
    }

    private static func numberedKey(_ number: Int) -> Key? {
        switch number {
        case 1, 7: .home
        case 2: .insert
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        case 11...15: .function(number - 10)
        case 17...21: .function(number - 11)
        case 23...26: .function(number - 12)
        case 28, 29: .function(number - 13)
        case 31...34: .function(number - 14)
        default: nil
        }
    }

    /// A key by its code point, as modifyOtherKeys and `CSI u` report it.
    private static func key(code: Int, modifier: Int?) -> Meaning {
        guard let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) else { return .nothing }
        if code < 0x20 || code == 0x7F { return key(controlKey(UInt8(code)), modifier: modifier) }
        return key(.character(Character(scalar)), modifier: modifier)
    }

    /// A key with modifiers: 1 plus the sum of 1 for Shift, 2 for Alt, 4 for Control, 8 for Meta.
    private static func key(_ key: Key?, modifier: Int?) -> Meaning {
        guard let key else { return .nothing }
        let held = max(0, (modifier ?? 1) - 1)
        return .event(.key(key.pressed(control: held & 4 != 0, alt: held & 10 != 0, shift: held & 1 != 0)))
    }

    private static func mouse(_ numbers: [Int], released: Bool) -> Meaning {
        guard numbers.count == 3 else { return .nothing }
        return .event(.mouse(MouseEvent(code: numbers[0], column: numbers[1], row: numbers[2], released: released)))
    }
}
