import Store
import Terminal
import Testing
import Warehouse

@testable import Console

/// What keys, clicks and pastes do to the model.
@Suite struct ConsoleKeysTests {
    @Test func keysTypedBeforeAQuestionWasOnTheScreenDoNotAnswerIt() throws {
        var model = model()
        model.show([key(1, "n")])
        // All in one packet: the name that would confirm was typed ahead.
        let effects = try model.type("2rn<Enter><Enter>")
        #expect(commands(effects) == [])
        guard case .typedName(let dialog) = model.dialog else {
            Issue.record("no question is open")
            return
        }
        #expect(dialog.typedName.isEmpty)
    }

    @Test func keysTypedIntoAFormAreNotLost() throws {
        var model = model()
        let effects = try model.type("2cci-bot<Enter><Enter><Enter>")
        #expect(commands(effects) == [.createKey(try KeyName("ci-bot"), .read, expiresAt: nil)])
    }

    @Test func aQuestionKeepsItsTargetWhenTheListMoves() throws {
        var model = model()
        model.show([key(1, "one")])
        _ = try model.type("2r")
        model.show([key(3, "three"), key(2, "two")])
        let effects = try model.type("one<Enter><Enter>")
        #expect(commands(effects) == [.revokeKey(KeyID(1), name: "one", reason: nil)])
    }

    @Test func anUnavailableActionSaysWhy() throws {
        var model = model()
        model.show([key(1, "one")])
        #expect(commands(try model.type("2R")) == [])
        #expect(model.messages.last?.text == "key 1 is active: only a revoked key can be restored")
        _ = try model.type("3p")
        #expect(model.messages.last?.text == "no job is selected: press b to start one")
    }

    @Test func readOnlyChangesNothingAndSaysSo() throws {
        var model = model(readOnly: true)
        model.show([key(1, "one")])
        for keys in ["1a", "1x", "2c", "2r", "2D", "2o", "3b", "3T", "3P"] {
            #expect(commands(try model.type(keys)) == [])
            #expect(model.dialog == nil)
            #expect(model.messages.last?.text.hasPrefix("read-only") == true)
        }
    }

    @Test func theLastAdminKeyIsCalledThat() throws {
        var model = model()
        model.show([key(2, "reader"), key(1, "admin", scope: .admin)])
        _ = try model.type("2j")
        _ = try model.type("r")
        guard case .typedName(let dialog) = model.dialog else {
            Issue.record("no question is open")
            return
        }
        #expect(dialog.lines.contains { $0.contains("LAST usable admin key") })
    }

    @Test func eachFilterKeyFiltersAtOnceAndEscapeDropsIt() throws {
        var model = model()
        _ = try model.type("2/ci")
        #expect(model.keys.filter.conditions == .words(["ci"]))
        _ = try model.type("<Esc>")
        #expect(model.keys.filter.isEmpty)
        _ = try model.type("/ci bot<Enter>")
        #expect(model.keys.filter.conditions == .words(["ci", "bot"]))
        #expect(model.filterInput == nil)
    }

    @Test func aPasteOutsideOfAnInputRunsNoCommands() throws {
        var model = model()
        _ = try model.type("2")
        #expect(commands(model.update([.paste("2rDq")])) == [])
        #expect(model.dialog == nil)
        #expect(model.exitCode == nil)
    }

    @Test(arguments: [(TerminalEvent.terminate(signal: 15), Int32(143)), (.endOfInput, 0), (.key("q"), 0)])
    func itEnds(event: TerminalEvent, code: Int32) {
        var model = model()
        _ = model.update([event])
        #expect(model.exitCode == code)
    }

    @Test func escapeAndTheKeyBehindItAreTwo() throws {
        var model = model()
        _ = try model.type("?")
        _ = try model.type("<A-z>")
        #expect(model.overlay == nil)
        #expect(model.isZoomed)
    }

    @Test func quitGoesBackFirst() throws {
        var model = model()
        _ = try model.type("?")
        _ = try model.type("q")
        #expect(model.exitCode == nil)
        #expect(model.overlay == nil)
        _ = try model.type("q")
        #expect(model.exitCode == 0)
    }

    @Test func aClickOnTheNameOfAColumnSortsByIt() {
        var model = model()
        model.show([key(2, "two"), key(1, "one")])
        let name = Point(x: 66, y: 2)
        let effects = model.update([.mouse(MouseEvent(.press(.left), at: name))])
        #expect(model.keys.order == ListOrder(.name))
        #expect(
            effects.contains {
                if case .store(.list(.keys(let query))) = $0 { query.order == ListOrder(.name) } else { false }
            }
        )
        _ = model.update([.mouse(MouseEvent(.press(.left), at: name))])
        #expect(model.keys.order == ListOrder(.name, isDescending: true))
        // The audit is in the order of its rows.
        _ = model.update([.mouse(MouseEvent(.press(.left), at: Point(x: 3, y: 26)))])
        #expect(model.focus == .audit)
    }

    @Test func leavingIsAskedTwiceWhileAChangeIsUnderWay() throws {
        var model = model()
        model.freshness.pendingCommands = 1
        _ = try model.type("q")
        #expect(model.exitCode == nil)
        #expect(model.footerMessage?.text == "1 answer of the store is still to come: once more leaves now")
        _ = try model.type("j")
        _ = try model.type("q")
        #expect(model.exitCode == nil)
        _ = try model.type("q")
        #expect(model.exitCode == 0)
    }

    @Test func messagesNameKeysAsTheyAreBound() throws {
        var model = model()
        var preferences = ConsolePreferences()
        preferences.keys = ["create-key": ["N"], "undo-revoke": ["<F4>"]]
        model.take(preferences)
        model.show([])
        #expect(
            ConsoleView(theme: .standard).frame(of: model).rows.contains {
                $0.contains("No key: press N to create one.")
            }
        )
        _ = model.take(.done("key 1 is revoked"), of: .revokeKey(KeyID(1), name: "one", reason: ""))
        #expect(model.footerMessage?.text == "key 1 is revoked: press F4 to undo that")
    }

    @Test func whatCanNotBeDoneIsNotSuggested() {
        var model = model(readOnly: true)
        model.show([])
        #expect(ConsoleView(theme: .standard).frame(of: model).rows.contains { $0.contains("No key.") })
    }

    @Test func aClickFocusesAndSelects() {
        var model = model()
        model.show([key(2, "two"), key(1, "one")])
        _ = model.update([.mouse(MouseEvent(.press(.left), at: Point(x: 70, y: 4)))])
        #expect(model.focus == .keys)
        #expect(model.keys.selected?.name == "one")
    }

    @Test func aKeyBehindAFilterWaitsForTheRowsThatAreLeft() throws {
        var model = model()
        _ = model.show([job(1, "AAPL"), job(2, "ETH")])
        // The filter and the key in one packet: the first row is still one that the filter leaves out.
        #expect(commands(try model.type("3/symbol:ETH<Enter>p")) == [])
        let effects = model.show([job(2, "ETH")], filter: "symbol:ETH")
        #expect(commands(effects) == [.moveJob(JobID(2), .pause)])
    }

    @Test func whoWantsToLeaveIsNotHeldBack() throws {
        var model = model()
        _ = model.show([job(1, "AAPL")])
        _ = try model.type("3*p")
        #expect(model.heldKeys == ["p"])
        _ = try model.type("q")
        #expect(model.exitCode == 0)
    }

    @Test func keysBehindAFailedMarkingAreDroppedAndThatIsSaid() throws {
        var model = model()
        _ = model.show([job(1, "AAPL")])
        _ = try model.type("3*p")
        let effects = model.update(.store(.refused("the disk is full", isMarkingAll: true)))
        #expect(commands(effects) == [])
        #expect(model.heldKeys == nil)
        #expect(model.messages.map(\.text).contains("what was typed while the store was asked was left out"))
    }

    @Test func anActionInAnOpenedRowIsMeantForThatRow() throws {
        var model = model()
        _ = model.show([job(7, "AAPL"), job(8, "ETH")])
        _ = try model.type("3<Enter>")
        _ = model.update(.store(.detail(.job(job(7, "AAPL"), runs: []), .job(JobID(7)))))
        // Behind the view the list has lost the row.
        _ = model.show([job(8, "ETH")])
        #expect(commands(try model.type("p")) == [.moveJob(JobID(7), .pause)])
    }

    @Test func aQuestionThatComesWhileSomethingIsTypedWaits() throws {
        var model = model()
        model.show([key(1, "one")])
        _ = try model.type("2cnew")
        _ = model.update(.store(.found(.key(key(1, "one")), try TypedCommand("revoke one"))))
        // The form is still open, and what is typed goes on into it.
        _ = try model.type("er")
        guard case .form(let form) = model.dialog else {
            Issue.record("the form is gone")
            return
        }
        #expect(form.fields[0].value == "newer")
        _ = try model.type("<Esc>")
        guard case .typedName = model.dialog else {
            Issue.record("the question did not come")
            return
        }
    }

    @Test(arguments: ["/", ":"])
    func theEndOfALongLineIsSeenWhileItIsTyped(mark: String) throws {
        var model = model(width: 40, height: 12)
        _ = try model.type(mark + String(repeating: "x", count: 100) + "end")
        let frame = ConsoleView(theme: .standard).frame(of: model)
        #expect(frame.rows.last?.hasSuffix("xend") == true)
        #expect(frame.cursor == Point(x: 39, y: 11))
    }
}
