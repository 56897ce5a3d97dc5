internal import CNcurses

/// A terminal that shows frames and gives events.
///
/// It belongs to the thread that made it; only its ``waker`` may be used from others. The loop it is made for:
/// wait for events, take all of them, present one frame.
package protocol Terminal: AnyObject {
    /// The size that the next frame should have. It changes only within ``pollEvents(timeout:)``.
    var size: Size { get }
    var capabilities: TerminalCapabilities { get }
    /// One sentence about the terminal that its user should know; `nil` when all is well.
    var notice: String? { get }
    /// Interrupts the poll from any thread.
    var waker: Waker { get }

    /// Shows a frame; writes only what differs from the last one, and nothing when nothing differs. A frame of another
    /// size than the terminal's is cut or filled with blanks.
    func present(_ frame: Frame)
    /// Waits for events, at most `timeout` (for ever when `nil`), and returns all that are there: none after a timeout
    /// or a wake.
    func pollEvents(timeout: Duration?) -> [TerminalEvent]
    /// Whether the mouse is reported; then the terminal itself selects text only with Shift held.
    func setMouse(_ enabled: Bool)
    /// Stops the program as ^Z does in a shell; returns when it goes on, with the screen repainted.
    func suspend()
    func bell()
    /// Has the next frame painted whole, for a screen that something else has written to.
    func redraw()
    /// Puts text, in UTF-8, into the clipboard of the terminal's user (OSC 52). Whether it got there can't be known.
    ///
    /// - Returns: false when the text is longer than terminals take, and nothing was sent.
    func copyToClipboard(_ text: UnsafeRawBufferPointer) -> Bool
    /// Gives the terminal back as it was. Later calls do nothing.
    func close()
}

extension Terminal {
    package func copyToClipboard(_ text: String) -> Bool {
        Array(text.utf8).withUnsafeBytes { copyToClipboard($0) }
    }
}

extension [UInt8] {
    /// Overwrites the bytes before they are given back: what they showed may have been a secret.
    mutating func erase() {
        withUnsafeMutableBytes { mdw_erase($0.baseAddress, $0.count) }
        removeAll()
    }
}

/// What a terminal can show.
package struct TerminalCapabilities: Hashable, Sendable {
    package var colors: ColorSupport
    /// False when only ASCII can be shown; frames are then translated, lines to `-`, `|` and `+`, but braille and
    /// blocks become `?` and `#`.
    package var unicode: Bool

    package init(colors: ColorSupport, unicode: Bool) {
        self.colors = colors
        self.unicode = unicode
    }
}

/// How many colours there are; more are shown by the nearest.
package enum ColorSupport: Int, CaseIterable, Comparable, Sendable {
    case none
    case ansi16
    case palette256
    case truecolor

    package static func < (left: ColorSupport, right: ColorSupport) -> Bool { left.rawValue < right.rawValue }
}
