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

    // MARK: What must reach the row that was meant

    private func showJobs(_ jobs: [BackfillJob], filter: String = "", in model: inout ConsoleModel) -> [Effect] {
        let conditions = Filter(filter, in: .backfill).conditions
        return model.update(
            .store(
                .list(
                    .jobs(ListPage(rows: jobs, start: 0, total: jobs.count)),
                    .jobs(JobStore.Query(filter: conditions, limit: 400))
                )
            )
        )
    }

    private func job(_ id: Int64, _ symbol: String, state: JobState = .queued) -> BackfillJob {
        BackfillJob(
            id: JobID(id),
            symbolID: SymbolID(id),
            ticker: Ticker(stored: symbol, assetClass: .stock),
            timeframe: .oneDay,
            range: now..<now + .seconds(86_400),
            state: state,
            progress: BackfillJob.Progress(
                doneUntil: now,
                cursor: nil,
                candles: 0,
                rejected: 0,
                pages: 0,
                expectedUnits: 1,
                doneUnits: 0
            ),
            attempts: 0,
            nextAttempt: now,
            lease: nil,
            error: nil,
            priority: .manual,
            requestedBy: "alice",
            createdAt: now,
            startedAt: nil,
            finishedAt: nil
        )
    }

    @Test func aKeyBehindAFilterWaitsForTheRowsThatAreLeft() throws {
        var model = model()
        _ = showJobs([job(1, "AAPL"), job(2, "ETH")], in: &model)
        // The filter and the key in one packet: the first row is still one that the filter leaves out.
        #expect(commands(try model.type("3/symbol:ETH<Enter>p")) == [])
        let effects = showJobs([job(2, "ETH")], filter: "symbol:ETH", in: &model)
        #expect(commands(effects) == [.moveJob(JobID(2), .pause)])
    }

    @Test func whoWantsToLeaveIsNotHeldBack() throws {
        var model = model()
        _ = showJobs([job(1, "AAPL")], in: &model)
        _ = try model.type("3*p")
        #expect(model.heldKeys == ["p"])
        _ = try model.type("q")
        #expect(model.exitCode == 0)
    }

    @Test func keysBehindAFailedMarkingAreDroppedAndThatIsSaid() throws {
        var model = model()
        _ = showJobs([job(1, "AAPL")], in: &model)
        _ = try model.type("3*p")
        let effects = model.update(.store(.refused("the disk is full", isMarkingAll: true)))
        #expect(commands(effects) == [])
        #expect(model.heldKeys == nil)
        #expect(model.messages.map(\.text).contains("what was typed while the store was asked was left out"))
    }

    @Test func anActionInAnOpenedRowIsMeantForThatRow() throws {
        var model = model()
        _ = showJobs([job(7, "AAPL"), job(8, "ETH")], in: &model)
        _ = try model.type("3<Enter>")
        _ = model.update(.store(.detail(.job(job(7, "AAPL"), runs: []), .job(JobID(7)))))
        // Behind the view the list has lost the row.
        _ = showJobs([job(8, "ETH")], in: &model)
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

    @Test func twoNewKeysAreShownOneAfterTheOther() {
        var model = model()
        var generator = SystemRandomNumberGenerator()
        let first = CreatedKey(key: key(1, "one"), raw: RawKey.generate(using: &generator))
        let second = CreatedKey(key: key(2, "two"), raw: RawKey.generate(using: &generator))
        for created in [first, second] { _ = update(&model, .createdKey(created)) }
        #expect(shownKey(of: model) == KeyID(1))
        _ = model.update([.key("s")])
        #expect(shownKey(of: model) == KeyID(2))
        _ = model.update([.key("s")])
        #expect(model.dialog == nil)
    }

    private func shownKey(of model: ConsoleModel) -> KeyID? {
        if case .oneTimeKey(let shown) = model.dialog { shown.created.key.id } else { nil }
    }

    @Test func aListThatShrinksBelowTheScreenIsShownFromItsEnd() {
        var model = model()
        model.show((0..<300).map { key(300 - $0, "key \($0)") })
        _ = model.update([.key("2"), .key("G")])
        model.show([key(1, "last")])
        #expect(model.keys.selected?.name == "last")
        #expect(model.keys.top == 0)
    }

    @Test func theEndOfTheAuditIsAskedForAtOnce() throws {
        var model = model()
        let entries = (1...300).map { sequence in
            AuditEntry(
                appending: AuditEvent("test", by: Actor(source: .cli, name: "bob")),
                sequence: Int64(sequence),
                time: now,
                previousHash: AuditEntry.genesis
            )
        }
        let part = AuditPart(entries: entries, from: 1, through: 300, reachesStart: true)
        _ = model.load(.audit)
        _ = model.update(.store(.audit(part, .newest, Filter())))
        _ = try model.type("4kkk")
        _ = model.update(.store(.auditArrivals(9, through: 309, Filter())))
        _ = try model.type("G")
        // The rows that were being read on the way down come first; then the newest are asked for.
        let next = AuditPart(entries: [], from: 301, through: 305, reachesStart: false)
        let effects = model.update(.store(.audit(next, .after(300), Filter())))
        #expect(effects.contains { if case .store(.audit(.newest, _)) = $0 { true } else { false } })
    }

    @Test func anErrorIsNotHiddenByWhatComesBehindIt() throws {
        var model = model()
        _ = update(&model, .refused("the disk is full"))
        _ = update(&model, .done("key 1 is restored"))
        #expect(model.footerMessage?.text == "the disk is full")
        _ = try model.type("<Esc>")
        _ = update(&model, .done("key 2 is restored"))
        #expect(model.footerMessage?.text == "key 2 is restored")
    }

    @Test func aReadThatFailsIsNotAskedAgainWithoutAPause() {
        var model = model()
        _ = model.load(.keys)
        #expect(model.update(.store(.failed(.keys, "disk I/O error"))).isEmpty)
        #expect(model.freshness.failure == "disk I/O error")
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
