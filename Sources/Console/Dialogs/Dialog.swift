import Terminal

/// A question that covers the panes until it is answered.
enum Dialog: Sendable {
    case form(FormDialog)
    case confirmation(ConfirmationDialog)
    case typedName(TypedNameDialog)
    case oneTimeKey(OneTimeKeyDialog)
}

/// What a key did to a dialog.
enum DialogOutcome: Sendable {
    /// It goes on.
    case open
    case cancelled
    /// It is answered: this is to be done.
    case command(Command)
    /// The text is to go to the clipboard; the dialog stays.
    case copy(String)
    /// It is closed, and nothing more is to be done.
    case done
}
