import Store
import Terminal
import Testing
import Warehouse

@testable import Console

private let now = Timestamp(iso: "2026-11-24T10:15:00Z") ?? Timestamp(seconds: 0)

private func model(readOnly: Bool = false, width: Int = 120, height: Int = 40) -> ConsoleModel {
    ConsoleModel(
        options: ConsoleOptions(databaseLabel: "test", isReadOnly: readOnly),
        size: Size(width: width, height: height),
        now: now
    )
}

private func key(_ id: Int64, _ name: String, scope: KeyScope = .read) -> APIKey {
    APIKey(
        id: KeyID(id),
        name: name,
        preview: "mdw_abcdefgh",
        scope: scope,
        createdAt: now,
        createdBy: "alice",
        expiresAt: nil,
        lastUsed: nil,
        lastUsedEndpoint: nil,
        requestCount: 0,
        revocation: nil,
        rotatedTo: nil
    )
}

extension ConsoleModel {
    fileprivate mutating func type(_ keys: String) throws -> [Effect] {
        update(try Key.keys(in: keys).map { .key($0) })
    }

    fileprivate mutating func show(_ keys: [APIKey]) {
        _ = update(
            .store(
                .list(.keys(ListPage(rows: keys, start: 0, total: keys.count)), .keys(KeyStore.Query(limit: 400)))
            )
        )
    }
}

private func commands(_ effects: [Effect]) -> [Command] {
    effects.flatMap { if case .store(.perform(let commands)) = $0 { commands } else { [] as [Command] } }
}

@Suite struct ConsoleUpdateTests {
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

    @Test func anErrorStaysUntilItIsDismissed() throws {
        var model = model()
        _ = update(&model, .refused("the disk is full"))
        _ = try model.type("jjk")
        #expect(model.showsMessage)
        _ = try model.type("<Esc>")
        #expect(!model.showsMessage)
        #expect(model.messages.map(\.text) == ["the disk is full"])
    }

    @Test func aSuccessIsGoneWithTheNextKeyButInTheHistory() throws {
        var model = model()
        _ = update(&model, .done("key 1 is restored"))
        #expect(model.showsMessage)
        _ = try model.type("j")
        #expect(!model.showsMessage)
        #expect(model.messages.count == 1)
    }

    private func update(_ model: inout ConsoleModel, _ result: CommandResult) -> [Effect] {
        model.update(.store(.performed([.retryAllFailed], [result])))
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

    @Test func aReplyToAnOlderFilterIsDropped() throws {
        var model = model()
        _ = try model.type("2/ci")
        model.show([key(1, "unfiltered")])
        #expect(model.keys.rows.isEmpty)
    }

    @Test func aReadIsUnderWayOnceAndNeverForgotten() throws {
        var model = model()
        let first = model.load(.keys)
        let second = model.load(.keys)
        #expect(first.count == 1)
        #expect(second.isEmpty)
        let nothing = StoreReply.list(
            .keys(ListPage(rows: [], start: 0, total: 0)),
            .keys(KeyStore.Query(limit: 400))
        )
        #expect(model.update(.store(nothing)).count == 1)
        #expect(model.update(.store(nothing)).isEmpty)
    }

    @Test func aCommitRefreshesOnlyWhatItConcernsAndWhatIsShown() {
        var model = model()
        _ = model.update(
            .changed(Generations(values: [.keys: 1, .symbols: 1, .jobs: 1, .audit: 1, .candles: 1]), counter: 1)
        )
        for load in Load.allCases { _ = model.loads.end(load) }
        let effects = model.update(
            .changed(Generations(values: [.keys: 2, .symbols: 1, .jobs: 1, .audit: 1, .candles: 1]), counter: 2)
        )
        let loads = effects.compactMap { if case .store(let request) = $0 { request.load } else { nil } }
        #expect(Set(loads) == [.keys, .summary])
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

    @Test func aStoreThatIsSilentIsToldByItsAge() {
        var model = model()
        _ = model.update(.silent(since: now - .seconds(12), failure: nil))
        #expect(model.freshness.staleness(at: now) == .seconds(12))
        #expect(model.headerParts(theme: .standard).contains { $0.text == "stale 12 s" })
        _ = model.update(.answering)
        #expect(model.freshness.staleness(at: now) == nil)
    }

    @Test func aClickFocusesAndSelects() {
        var model = model()
        model.show([key(2, "two"), key(1, "one")])
        _ = model.update([.mouse(MouseEvent(.press(.left), at: Point(x: 70, y: 4)))])
        #expect(model.focus == .keys)
        #expect(model.keys.selected?.name == "one")
    }
}
