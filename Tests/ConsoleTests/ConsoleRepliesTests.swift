import Store
import Terminal
import Testing
import Warehouse

@testable import Console

/// What the store's answers do to the model.
@Suite struct ConsoleRepliesTests {
    @Test func anErrorStaysUntilItIsDismissed() throws {
        var model = model()
        _ = model.take(.refused("the disk is full"))
        _ = try model.type("jjk")
        #expect(model.showsMessage)
        _ = try model.type("<Esc>")
        #expect(!model.showsMessage)
        #expect(model.messages.map(\.text) == ["the disk is full"])
    }

    @Test func aSuccessIsGoneWithTheNextKeyButInTheHistory() throws {
        var model = model()
        _ = model.take(.done("key 1 is restored"))
        #expect(model.showsMessage)
        _ = try model.type("j")
        #expect(!model.showsMessage)
        #expect(model.messages.count == 1)
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

    @Test func anAnswerThatIsOverdueIsTold() {
        var model = model()
        _ = model.load(.keys)
        model.now = now + .seconds(1) - .microseconds(1)
        #expect(!model.headerParts(theme: .standard).contains { $0.text.hasPrefix("waiting") })
        model.now = now + .seconds(7)
        #expect(model.headerParts(theme: .standard).contains { $0.text == "waiting 7 s for the store" })
        _ = model.loads.end(.keys)
        #expect(!model.headerParts(theme: .standard).contains { $0.text.hasPrefix("waiting") })
    }

    @Test func aStoreThatIsSilentIsToldByItsAge() {
        var model = model()
        _ = model.update(.silent(since: now - .seconds(12), failure: nil))
        #expect(model.freshness.staleness(at: now) == .seconds(12))
        #expect(model.headerParts(theme: .standard).contains { $0.text == "stale 12 s" })
        _ = model.update(.answering)
        #expect(model.freshness.staleness(at: now) == nil)
    }

    @Test func twoNewKeysAreShownOneAfterTheOther() {
        var model = model()
        var generator = SystemRandomNumberGenerator()
        let first = CreatedKey(key: key(1, "one"), raw: RawKey.generate(using: &generator))
        let second = CreatedKey(key: key(2, "two"), raw: RawKey.generate(using: &generator))
        for created in [first, second] { _ = model.take(.createdKey(created)) }
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
        _ = model.take(.refused("the disk is full"))
        _ = model.take(.done("key 1 is restored"))
        #expect(model.footerMessage?.text == "the disk is full")
        _ = try model.type("<Esc>")
        _ = model.take(.done("key 2 is restored"))
        #expect(model.footerMessage?.text == "key 2 is restored")
    }

    @Test func aReadThatFailsIsNotAskedAgainWithoutAPause() {
        var model = model()
        _ = model.load(.keys)
        #expect(model.update(.store(.failed(.keys, "disk I/O error"))).isEmpty)
        #expect(model.freshness.failure == "disk I/O error")
    }
}
