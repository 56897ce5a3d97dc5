import Terminal
import Warehouse

/// A few fields to fill in.
///
/// `Tab` and the arrows move between them, `Enter` goes on and at the last field submits.
struct FormDialog: Sendable {
    let title: String
    /// What the form is for; makes the command out of its fields.
    let purpose: FormPurpose
    var fields: [Field]
    var focus = 0
    /// What is wrong with the fields, after a submission that was refused.
    var error: String?

    struct Field: Sendable {
        let label: String
        let hint: String
        var content: Content

        enum Content: Sendable {
            case text(TextField)
            case choice([String], selected: Int)
        }

        static func text(_ label: String, _ value: String = "", hint: String, limit: Int = 200) -> Field {
            Field(label: label, hint: hint, content: .text(TextField(value, limit: limit)))
        }

        static func choice(_ label: String, _ options: [String], selected: Int = 0, hint: String) -> Field {
            Field(label: label, hint: hint, content: .choice(options, selected: selected))
        }

        /// What the field says now.
        var value: String {
            switch content {
            case .text(let field): field.text.trimmingSpaces()
            case .choice(let options, let selected): options[selected]
            }
        }
    }

    mutating func handle(_ key: Key, now: Timestamp) -> DialogOutcome {
        switch key {
        case .escape: return .cancelled
        case .tab, .down: focus = (focus + 1) % fields.count
        case .backTab, .up: focus = (focus + fields.count - 1) % fields.count
        case .enter where focus < fields.count - 1: focus += 1
        case .enter, .control("s"): return submit(now: now)
        default: edit(key)
        }
        return .open
    }

    mutating func paste(_ text: String) {
        guard case .text(var field) = fields[focus].content else { return }
        field.insert(text)
        fields[focus].content = .text(field)
    }

    private mutating func submit(now: Timestamp) -> DialogOutcome {
        do {
            return try purpose.outcome(of: fields.map(\.value), now: now)
        } catch {
            self.error = error.text
            focus = error.field
            return .open
        }
    }

    private mutating func edit(_ key: Key) {
        error = nil
        switch fields[focus].content {
        case .text(var field):
            guard field.handle(key) else { return }
            fields[focus].content = .text(field)
        case .choice(let options, let selected):
            switch key {
            case .right, " ": fields[focus].content = .choice(options, selected: (selected + 1) % options.count)
            case .left:
                fields[focus].content = .choice(options, selected: (selected + options.count - 1) % options.count)
            case .character(let letter):
                // The first letter of an option chooses it.
                guard let match = options.firstIndex(where: { $0.first == letter }) else { return }
                fields[focus].content = .choice(options, selected: match)
            default: return
            }
        }
    }
}
