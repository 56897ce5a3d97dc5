import Terminal
import Warehouse

extension ConsoleModel {
    /// Lets the open dialog answer, and does what comes of it.
    mutating func answerDialog(_ body: (inout Dialog, Timestamp) -> DialogOutcome) -> [Effect] {
        guard var dialog else { return [] }
        let outcome = body(&dialog, now)
        self.dialog = dialog
        switch outcome {
        case .open: return []
        case .cancelled:
            self.dialog = nil
            if case .choice = dialog { return [] }
            say(.info, "cancelled: nothing was changed")
            return []
        case .done:
            self.dialog = nil
            return []
        case .copy(let key): return [.terminal(.copyKey(key))]
        case .commands(let commands):
            self.dialog = nil
            return send(commands)
        case .export(let path, let format):
            self.dialog = nil
            return export(to: path, format)
        case .chosen(let purpose, let choice):
            self.dialog = nil
            return choose(choice, for: purpose)
        }
    }
}

extension Dialog {
    mutating func handle(_ key: Key, now: Timestamp) -> DialogOutcome {
        switch self {
        case .form(var form):
            defer { self = .form(form) }
            return form.handle(key, now: now)
        case .confirmation(var confirmation):
            defer { self = .confirmation(confirmation) }
            return confirmation.handle(key)
        case .typedName(var typed):
            defer { self = .typedName(typed) }
            return typed.handle(key)
        case .choice(var choice):
            defer { self = .choice(choice) }
            return choice.handle(key)
        case .oneTimeKey(var shown):
            defer { self = .oneTimeKey(shown) }
            return shown.handle(key)
        }
    }

    mutating func paste(_ text: String) {
        switch self {
        case .form(var form):
            form.paste(text)
            self = .form(form)
        case .typedName(var typed):
            typed.paste(text)
            self = .typedName(typed)
        case .confirmation, .choice, .oneTimeKey: break
        }
    }
}
