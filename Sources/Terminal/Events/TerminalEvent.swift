/// Something that came from the terminal or the operating system.
package enum TerminalEvent: Hashable, Sendable {
    case key(Key)
    /// Text that was pasted, as one: lines end with `\n`, other control characters but tabs are left out, and at most
    /// ``InputDecoder/longestPaste`` bytes are kept. Never to be taken for keys.
    case paste(String)
    case mouse(MouseEvent)
    /// The terminal has a new size; only the last of several is reported.
    case resize(Size)
    /// The terminal's window got or lost the focus.
    case focus(Bool)
    /// The program was stopped by ^Z and goes on; the screen has been repainted.
    case resumed
    /// A signal asks the program to end (TERM, HUP, INT, QUIT); it should quit with 128 + the signal's number.
    case terminate(signal: Int32)
    /// Nobody is there any more: the input has ended or the terminal is gone. Reported again by every later poll.
    case endOfInput
}
