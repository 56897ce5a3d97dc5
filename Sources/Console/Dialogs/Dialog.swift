import Records
import Terminal
import Warehouse

/// A question that covers the panes until it is answered.
enum Dialog: Sendable {
    case form(FormDialog)
    case confirmation(ConfirmationDialog)
    case typedName(TypedNameDialog)
    case choice(ChoiceDialog)
    case oneTimeKey(OneTimeKeyDialog)
}

/// What a key did to a dialog.
enum DialogOutcome: Sendable {
    /// It goes on.
    case open
    case cancelled
    /// It is answered: this is to be done by the store.
    case commands([Command])
    /// It is answered: the table of the focused pane goes to a file.
    case export(path: String, ExportFormat)
    /// It is answered: this was chosen.
    case chosen(ChoiceDialog.Purpose, String)
    /// The text is to go to the clipboard; the dialog stays.
    case copy(RawKey)
    /// It is closed, and nothing more is to be done.
    case done
}
