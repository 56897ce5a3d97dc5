/// Something done with the mouse.
package struct MouseEvent: Hashable, Sendable {
    /// What was done.
    package enum Action: Hashable, Sendable {
        case press(Button)
        case release(Button)
        case drag(Button)
        case move
        case wheelUp
        case wheelDown
        case wheelLeft
        case wheelRight
    }

    /// A button of the mouse.
    package enum Button: Hashable, Sendable {
        case left
        case middle
        case right
        /// The terminal didn't say which.
        case unknown
    }

    package var action: Action
    package var position: Point
    package var control: Bool
    package var alt: Bool
    package var shift: Bool

    package init(
        _ action: Action,
        at position: Point,
        control: Bool = false,
        alt: Bool = false,
        shift: Bool = false
    ) {
        self.action = action
        self.position = position
        self.control = control
        self.alt = alt
        self.shift = shift
    }
}

extension MouseEvent {
    /// Decodes what a terminal sends: the code of buttons and modifiers, the place counted from 1, and whether a button
    /// was let go.
    init(code: Int, column: Int, row: Int, released: Bool) {
        let action: Action =
            switch (code & 64 != 0, code & 3, code & 32 != 0) {
            case (true, 0, _): .wheelUp
            case (true, 1, _): .wheelDown
            case (true, 2, _): .wheelLeft
            case (true, _, _): .wheelRight
            case (false, 3, true): .move
            case (false, let button, true): .drag(Button(code: button))
            case (false, let button, false): released ? .release(Button(code: button)) : .press(Button(code: button))
            }
        self.init(
            action,
            at: Point(x: max(0, column - 1), y: max(0, row - 1)),
            control: code & 16 != 0,
            alt: code & 8 != 0,
            shift: code & 4 != 0
        )
    }
}

extension MouseEvent.Button {
    fileprivate init(code: Int) {
        self =
            switch code {
            case 0: .left
            case 1: .middle
            case 2: .right
            default: .unknown
            }
    }
}
