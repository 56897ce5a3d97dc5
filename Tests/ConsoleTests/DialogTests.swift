import Store
import Terminal
import Testing
import Warehouse

@testable import Console

extension DialogOutcome {
    fileprivate var command: Command? {
        if case .commands(let commands) = self, commands.count == 1 { commands[0] } else { nil }
    }

    fileprivate var isCancelled: Bool {
        if case .cancelled = self { true } else { false }
    }

    fileprivate var isOpen: Bool {
        if case .open = self { true } else { false }
    }
}

@Suite struct ConfirmationDialogTests {
    private let dialog = ConfirmationDialog(
        title: "Deactivate AAPL",
        lines: [],
        verb: "Deactivate",
        commands: [.setActive(SymbolID(1), symbol: "AAPL", false)]
    )

    @Test(arguments: [Key.enter, .escape, "n", "q"])
    func cancelIsTheDefault(key: Key) {
        var dialog = dialog
        #expect(dialog.handle(key).isCancelled)
    }

    @Test(arguments: [["y"], [.tab, .enter], [.right, .enter]] as [[Key]])
    func itIsConfirmedOnPurposeOnly(keys: [Key]) {
        var dialog = dialog
        var outcome = DialogOutcome.open
        for key in keys { outcome = dialog.handle(key) }
        #expect(outcome.command == .setActive(SymbolID(1), symbol: "AAPL", false))
    }

    @Test(arguments: ["x", "c", "D", " "] as [Key])
    func theKeyThatOpenedItDoesNothingHoweverOftenItRepeats(key: Key) {
        var dialog = dialog
        for _ in 0..<50 { #expect(dialog.handle(key).isOpen) }
    }
}

@Suite struct TypedNameDialogTests {
    private func type(_ text: String, into dialog: inout TypedNameDialog) {
        for character in text { _ = dialog.handle(.character(character)) }
    }

    @Test func revokingWantsTheNameAndTakesAReason() {
        var dialog = TypedNameDialog(.revoke, keys: [key(7, "ci-bot")], lines: [])
        type("ci-bot", into: &dialog)
        #expect(dialog.handle(.enter).isOpen)
        type("left the team", into: &dialog)
        #expect(dialog.handle(.enter).command == .revokeKey(KeyID(7), name: "ci-bot", reason: "left the team"))
    }

    @Test func withoutAReasonThereIsNone() {
        var dialog = TypedNameDialog(.revoke, keys: [key(7, "ci-bot")], lines: [])
        type("ci-bot", into: &dialog)
        _ = dialog.handle(.enter)
        #expect(dialog.handle(.enter).command == .revokeKey(KeyID(7), name: "ci-bot", reason: nil))
    }

    @Test(arguments: ["", "ci-bo", "CI-BOT", "ci-bot2"])
    func anotherNameDoesNothingAndSaysSo(text: String) {
        var dialog = TypedNameDialog(.delete, keys: [key(7, "ci-bot")], lines: [])
        type(text, into: &dialog)
        #expect(dialog.handle(.enter).isOpen)
        #expect(dialog.error?.contains("'ci-bot'") == true)
    }

    @Test func deletingHasNoReason() {
        var dialog = TypedNameDialog(.delete, keys: [key(7, "ci-bot")], lines: [])
        type("ci-bot", into: &dialog)
        #expect(dialog.handle(.enter).command == .deleteKey(KeyID(7), name: "ci-bot"))
    }

    @Test func severalKeysWantTheirNumber() {
        var dialog = TypedNameDialog(.revoke, keys: [key(7, "ci-bot"), key(7, "other")], lines: [])
        type("ci-bot", into: &dialog)
        #expect(dialog.handle(.enter).isOpen)
        #expect(dialog.error?.contains("type 2 to confirm") == true)
        _ = dialog.handle(.control("u"))
        type("2", into: &dialog)
        _ = dialog.handle(.enter)
        guard case .commands(let commands) = dialog.handle(.enter) else {
            Issue.record("not confirmed")
            return
        }
        #expect(commands.count == 2)
    }

    @Test func escapeKeepsTheKey() {
        var dialog = TypedNameDialog(.delete, keys: [key(7, "ci-bot")], lines: [])
        type("ci-bot", into: &dialog)
        #expect(dialog.handle(.escape).isCancelled)
    }
}

@Suite struct FormDialogTests {
    /// What a form makes of values typed into its fields, one after the other.
    private func submit(_ form: FormDialog, _ values: [String]) -> (outcome: DialogOutcome, form: FormDialog) {
        var form = form
        var outcome = DialogOutcome.open
        for (index, value) in values.enumerated() {
            if case .text = form.fields[index].content { _ = form.handle(.control("u"), now: now) }
            for character in value { _ = form.handle(.character(character), now: now) }
            outcome = form.handle(.enter, now: now)
        }
        return (outcome, form)
    }

    @Test func symbolsAreAddedSeveralAtOnce() throws {
        let (outcome, _) = submit(.addSymbols, ["aapl, MSFT;BRK.B", "s", "1d,5m"])
        let tickers = try ["AAPL", "MSFT", "BRK.B"].map { try Ticker(typed: $0, assetClass: .stock) }
        #expect(outcome.command == .addSymbols(tickers, [.oneDay, .fiveMinutes]))
    }

    @Test func cryptoIsOneTickerHoweverItIsSpelled() throws {
        let (outcome, _) = submit(.addSymbols, ["BTC-USD", "c", "1h"])
        #expect(outcome.command == .addSymbols([try Ticker(typed: "BTC", assetClass: .crypto)], [.oneHour]))
    }

    struct BadInput: CustomTestStringConvertible, Sendable {
        let name: String
        let form: FormDialog
        let values: [String]
        let error: String
        let field: Int
        var testDescription: String { name }
    }

    @Test(arguments: [
        BadInput(
            name: "no symbol",
            form: .addSymbols,
            values: ["", "s", "1d"],
            error: "at least one symbol",
            field: 0
        ),
        BadInput(
            name: "control characters",
            form: .addSymbols,
            values: ["A\u{7}", "s", "1d"],
            error: "is not a symbol",
            field: 0
        ),
        BadInput(
            name: "right-to-left override",
            form: .addSymbols,
            values: ["A\u{202E}B", "s", "1d"],
            error: "is not a symbol",
            field: 0
        ),
        BadInput(
            name: "unknown timeframe",
            form: .addSymbols,
            values: ["AAPL", "s", "2d"],
            error: "no timeframe",
            field: 2
        ),
        BadInput(
            name: "no timeframe",
            form: .addSymbols,
            values: ["AAPL", "s", ","],
            error: "at least one timeframe",
            field: 2
        ),
        BadInput(name: "no name", form: .createKey, values: ["", "r", ""], error: "needs a name", field: 0),
        BadInput(
            name: "a name too long",
            form: .createKey,
            values: [String(repeating: "x", count: 150), "r", ""],
            error: "100 is the most",
            field: 0
        ),
        BadInput(
            name: "a name with an override",
            form: .createKey,
            values: ["a\u{202E}b", "r", ""],
            error: "U+202E",
            field: 0
        ),
        BadInput(
            name: "an expiry that has passed",
            form: .createKey,
            values: ["ci", "r", "2020-01-01"],
            error: "has passed",
            field: 2
        ),
        BadInput(
            name: "no expiry",
            form: .createKey,
            values: ["ci", "r", "soon"],
            error: "write the expiry",
            field: 2
        ),
        BadInput(name: "no grace", form: .rotate(key(7, "ci")), values: ["a while"], error: "grace period", field: 0),
        BadInput(
            name: "no day",
            form: .startBackfill(suggesting: nil),
            values: ["AAPL", "", "01/02/2026", ""],
            error: "2026-01-31",
            field: 2
        ),
        BadInput(
            name: "a day that no calendar has",
            form: .startBackfill(suggesting: nil),
            values: ["AAPL", "", "2026-02-30", ""],
            error: "2026-01-31",
            field: 2
        ),
    ])
    func badInputIsRefusedAndNothingIsLost(input: BadInput) {
        let (outcome, form) = submit(input.form, input.values)
        #expect(outcome.isOpen)
        #expect(form.error?.contains(input.error) == true, "\(form.error ?? "no error")")
        #expect(form.focus == input.field)
        #expect(form.fields[input.field].value == input.values[input.field].trimmingSpaces())
    }

    @Test func anExpiryIsADayOrADuration() {
        let name = try? KeyName("ci")  // a literal that is a name
        #expect(
            submit(.createKey, ["ci", "a", "30d"]).outcome.command
                == name.map { .createKey($0, .admin, expiresAt: now + .seconds(30 * 86_400)) }
        )
        #expect(
            submit(.createKey, ["ci", "r", "2027-01-31"]).outcome.command
                == name.map { .createKey($0, .read, expiresAt: Timestamp(iso: "2027-01-31")) }
        )
    }

    @Test func aPastedListGoesIntoTheFieldOnOneLine() {
        var form = FormDialog.addSymbols
        form.paste("AAPL\nMSFT\tQQQ")
        #expect(form.fields[0].value == "AAPL MSFT QQQ")
    }
}

@Suite struct OneTimeKeyDialogTests {
    @Test func onlyAnExplicitAnswerClosesIt() {
        var generator = SystemRandomNumberGenerator()
        let raw = RawKey.generate(using: &generator)
        var dialog = OneTimeKeyDialog(CreatedKey(key: key(7, "ci"), raw: raw))
        for stray in [Key.enter, .escape, "q", " ", .control("c")] {
            #expect(dialog.handle(stray).isOpen)
        }
        #expect(dialog.needsAnswer)
        if case .copy(let copied) = dialog.handle("y") {
            #expect(copied.hash == raw.hash)
        } else {
            Issue.record("not copied")
        }
        if case .done = dialog.handle("s") {} else { Issue.record("not closed") }
        // Overwritten for all who hold it.
        #expect(raw.withBytes { $0.allSatisfy { $0 == 0 } })
    }

    @Test func aDumpOfItHoldsNoKey() {
        var generator = SystemRandomNumberGenerator()
        let raw = RawKey.generate(using: &generator)
        var dumped = ""
        dump(Dialog.oneTimeKey(OneTimeKeyDialog(CreatedKey(key: key(7, "ci"), raw: raw))), to: &dumped)
        #expect(!dumped.contains(raw.reveal()))
        #expect(!"\(raw) \(String(reflecting: raw))".contains(raw.reveal()))
    }
}

@Suite struct TextFieldTests {
    struct Typing: CustomTestStringConvertible, Sendable {
        let keys: String
        let text: String
        let cursor: Int
        var testDescription: String { keys }
    }

    @Test(arguments: [
        Typing(keys: "abc<Left>X", text: "abXc", cursor: 3),
        Typing(keys: "abc<Backspace>", text: "ab", cursor: 2),
        Typing(keys: "abc<Home><Delete>", text: "bc", cursor: 0),
        Typing(keys: "one two<C-w>", text: "one ", cursor: 4),
        Typing(keys: "one two<Left><Left><C-u>", text: "wo", cursor: 0),
        Typing(keys: "one two<Home><Right><C-k>", text: "o", cursor: 1),
        Typing(keys: "é日<Backspace>本", text: "é本", cursor: 2),
        Typing(keys: "<Backspace><Delete><Left>", text: "", cursor: 0),
    ])
    func keysEdit(typing: Typing) throws {
        var field = TextField()
        for key in try Key.keys(in: typing.keys) { _ = field.handle(key) }
        #expect(field.text == typing.text)
        #expect(field.cursor == typing.cursor)
    }

    @Test func itTakesNoMoreThanItsLimit() {
        var field = TextField(limit: 5)
        field.insert(String(repeating: "x", count: 10_000))
        #expect(field.text == "xxxxx")
    }
}
