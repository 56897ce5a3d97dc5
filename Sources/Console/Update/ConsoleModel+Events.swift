import Store
import Terminal
import Warehouse

extension ConsoleModel {
    /// Takes what the terminal sent at one time, in order; nothing is lost but what was typed ahead into a question that
    /// had not been seen.
    mutating func update(_ events: [TerminalEvent]) -> [Effect] {
        var effects: [Effect] = []
        for event in events {
            let asked = asksForConfirmation
            effects += update(event)
            // Keys that were typed before the question was on the screen must not answer it.
            if !asked, asksForConfirmation { break }
        }
        presentWaiting()
        return effects + settle()
    }

    private var asksForConfirmation: Bool {
        switch dialog {
        case .confirmation, .typedName, .oneTimeKey: true
        default: false
        }
    }

    private mutating func update(_ event: TerminalEvent) -> [Effect] {
        switch event {
        case .key(.alt(let key)) where keyMap.binding(of: .alt(key), in: keyContext, readOnly: false) == nil:
            // Escape and what was typed right behind it look like one key with Alt.
            return handle(.escape) + handle(key)
        case .key(let key): return handle(key)
        case .paste(let text): return paste(text)
        case .mouse(let mouse): return handle(mouse)
        case .resize(let size):
            self.size = size
            return []
        case .terminate(let signal):
            exitCode = 128 + signal
            return []
        case .endOfInput:
            exitCode = 0
            return []
        case .focus, .resumed: return []
        }
    }

    mutating func handle(_ key: Key) -> [Effect] {
        if heldKeys != nil, !endsOrGoesBack(key) {
            heldKeys?.append(key)
            return []
        }
        if dialog != nil { return answerDialog { $0.handle(key, now: $1) } }
        if filterInput != nil { return typeFilter(key) }
        if commandInput != nil { return typeCommand(key) }
        // A message that reports no failure has been read when the next key comes.
        if showsMessage, let shown = footerMessage, shown.severity < .error { showsMessage = false }
        guard let binding = keyMap.binding(of: key, in: keyContext, readOnly: options.isReadOnly) else {
            if options.isReadOnly, let denied = keyMap.binding(of: key, in: keyContext, readOnly: false) {
                say(.warning, "read-only: \(denied.help) is not available")
            }
            return []
        }
        if awaitsRows, binding.action.needsRows {
            heldKeys = [key]
            return []
        }
        if binding.action != .quit { isLeaving = false }
        return perform(binding.action)
    }

    /// Whether the focused list is still that of another filter.
    var awaitsRows: Bool {
        guard detail == nil, overlay == nil else { return false }
        return switch focus {
        case .symbols: symbols.isOutdated
        case .keys: keys.isOutdated
        case .backfill: jobs.isOutdated
        case .audit: false
        }
    }

    /// Whether a key is never held back: who wants to leave leaves.
    private func endsOrGoesBack(_ key: Key) -> Bool {
        let action = keyMap.binding(of: key, in: keyContext, readOnly: options.isReadOnly)?.action
        return dialog == nil && (action == .quit || action == .back)
    }

    /// Forgets the keys that waited for rows that do not come.
    mutating func dropHeldKeys() {
        guard let held = heldKeys, !held.isEmpty else {
            heldKeys = nil
            return
        }
        heldKeys = nil
        say(.warning, "what was typed while the store was asked was left out")
    }

    /// Lets the keys through that were held back until rows came.
    mutating func releaseKeys() -> [Effect] {
        let held = heldKeys ?? []
        heldKeys = nil
        return update(held.map { .key($0) })
    }

    private mutating func paste(_ text: String) -> [Effect] {
        if dialog != nil {
            return answerDialog { dialog, _ in
                dialog.paste(text)
                return .open
            }
        }
        if commandInput != nil { return pasteIntoCommand(text) }
        guard var input = filterInput else {
            // A paste is text, never commands.
            return pasteSymbols(text)
        }
        input.insert(text)
        filterInput = input
        return applyFilter(input.text)
    }

    /// What is pasted onto the symbols is a list of symbols to track.
    private mutating func pasteSymbols(_ text: String) -> [Effect] {
        guard focus == .symbols, detail == nil, overlay == nil, !options.isReadOnly else {
            say(.info, "nothing here takes pasted text: open a dialog or the filter first")
            return []
        }
        var form = FormDialog.addSymbols
        form.paste(text)
        dialog = .form(form)
        return []
    }

    /// Brings scroll positions and windows in line with what is shown, and asks for what is missing.
    mutating func settle() -> [Effect] {
        let layout = layout
        symbols.scroll(toShow: layout.rowCount(of: .symbols), step: layout.scrollStep(of: .symbols))
        keys.scroll(toShow: layout.rowCount(of: .keys), step: layout.scrollStep(of: .keys))
        jobs.scroll(toShow: layout.rowCount(of: .backfill), step: layout.scrollStep(of: .backfill))
        audit.scroll(toShow: layout.rowCount(of: .audit))
        var effects: [Effect] = []
        if symbols.isIncomplete(height: layout.rowCount(of: .symbols)) { effects += loadOnce(.symbols) }
        if keys.isIncomplete(height: layout.rowCount(of: .keys)) { effects += loadOnce(.keys) }
        if jobs.isIncomplete(height: layout.rowCount(of: .backfill)) { effects += loadOnce(.jobs) }
        if audit.isLoaded, audit.question(height: layout.rowCount(of: .audit)) != nil { effects += loadOnce(.audit) }
        return effects
    }

    /// Asks for what is missing, unless its answer is already on the way: then that settles it.
    private mutating func loadOnce(_ load: Load) -> [Effect] {
        loads.isUnderWay(load) ? [] : self.load(load)
    }
}
