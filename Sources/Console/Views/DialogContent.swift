import Store
import Terminal
import Warehouse

/// A line of a dialog.
enum DialogLine: Hashable, Sendable {
    case text(String, TextRole)
    /// The key that is shown once, which is drawn from where it is held.
    case key(KeyID)
    case field(String, TextField, isFocused: Bool)
    case choice(String, [String], selected: Int, isFocused: Bool)
    case option(String, isSelected: Bool)
    case buttons(cancel: String, confirm: String, isConfirmSelected: Bool)

    static let blank = DialogLine.text("", .text)

    /// The columns that the line would like to have.
    var width: Int {
        switch self {
        case .text(let text, _): displayWidth(of: text)
        case .key: RawKey.length
        case .field: 56
        case .choice(_, let options, _, _): 12 + options.reduce(0) { $0 + $1.count + 2 }
        case .option(let text, _): displayWidth(of: text) + 2
        case .buttons(let cancel, let confirm, _): cancel.count + confirm.count + 6
        }
    }
}

/// What a dialog says.
struct DialogContent: Hashable, Sendable {
    let title: String
    let lines: [DialogLine]
    /// The keys that work in it.
    let hint: String
}

extension Dialog {
    var content: DialogContent {
        switch self {
        case .form(let form): form.content
        case .confirmation(let confirmation): confirmation.content
        case .typedName(let typed): typed.content
        case .choice(let choice): choice.content
        case .oneTimeKey(let shown): shown.content
        }
    }
}

extension FormDialog {
    fileprivate var content: DialogContent {
        var lines: [DialogLine] = []
        for (index, field) in fields.enumerated() {
            switch field.content {
            case .text(let text): lines.append(.field(field.label, text, isFocused: index == focus))
            case .choice(let options, let selected):
                lines.append(.choice(field.label, options, selected: selected, isFocused: index == focus))
            }
        }
        lines.append(.text(error ?? fields[focus].hint, error == nil ? .dim : .bad))
        let enter = focus < fields.count - 1 ? "Enter next" : "Enter done"
        return DialogContent(title: title, lines: lines, hint: "\(enter) · Tab field · ^S done · Esc cancel")
    }
}

extension ConfirmationDialog {
    fileprivate var content: DialogContent {
        DialogContent(
            title: title,
            lines: lines.map { .text($0, .text) } + [
                .blank, .buttons(cancel: "Cancel", confirm: verb, isConfirmSelected: isConfirmSelected),
            ],
            hint: "y \(verb.lowercased()) · Enter takes the marked one · Esc cancel"
        )
    }
}

extension TypedNameDialog {
    fileprivate var content: DialogContent {
        var body: [DialogLine] = lines.map { .text($0, $0.contains("LAST") ? .bad : .text) }
        let isOne = targets.count == 1
        let what = isOne ? "the key's name" : "the number of keys"
        body += [.blank, .text("Type \(what) to confirm: \(expected.sanitized(limit: 100))", .caution)]
        body.append(.field(isOne ? "Name" : "Number", typedName, isFocused: !isAtReason))
        if purpose == .revoke { body.append(.field("Reason", reason, isFocused: isAtReason)) }
        if let error { body.append(.text(error, .bad)) }
        let hint =
            purpose == .revoke && !isAtReason
            ? "Enter next · Esc cancel" : "Enter \(purpose == .revoke ? "revoke" : "delete") · Esc cancel"
        return DialogContent(title: title, lines: body, hint: hint)
    }
}

extension ChoiceDialog {
    fileprivate var content: DialogContent {
        let lines = options.enumerated().map { index, option in
            DialogLine.option("\(index < 9 ? "\(index + 1)" : " ")  \(option)", isSelected: index == selected)
        }
        return DialogContent(title: title, lines: lines, hint: "↑↓ Enter · number · Esc cancel")
    }
}

extension OneTimeKeyDialog {
    fileprivate var content: DialogContent {
        let key = created.key
        var body: [DialogLine] = []
        if isFirst { body.append(.text("This warehouse is new: here is its first admin key.", .text)) }
        body += [
            .text("Key \(key.id.rawValue) '\(key.name.sanitized(limit: 60))', scope \(key.scope.rawValue)", .text),
            .blank,
            .key(key.id), .blank,
            .text("It is shown this one time only, and stored nowhere.", .caution),
        ]
        if wasCopied { body.append(.text("Sent to the terminal's clipboard: check that it arrived.", .good)) }
        if needsAnswer { body.append(.text("Press s when the key is stored; other keys do nothing here.", .bad)) }
        return DialogContent(title: "New API key", lines: body, hint: "y copy · s it is stored, close")
    }
}
