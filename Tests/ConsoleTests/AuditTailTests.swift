import Testing
import Warehouse

@testable import Console

private func entries(_ sequences: ClosedRange<Int64>) -> [AuditEntry] {
    sequences.map { sequence in
        AuditEntry(
            appending: AuditEvent("test", by: Actor(source: .cli, name: "bob")),
            sequence: sequence,
            time: Timestamp(seconds: sequence),
            previousHash: AuditEntry.genesis
        )
    }
}

@Suite struct AuditTailTests {
    private func tail(_ sequences: ClosedRange<Int64>) -> AuditTail {
        var tail = AuditTail()
        tail.receiveNewest(entries(sequences))
        return tail
    }

    @Test func itFollowsTheNewestRow() {
        var tail = tail(1...50)
        tail.receiveNewer(entries(51...53))
        tail.scroll(toShow: 10)
        #expect(tail.selected?.sequence == 53)
        #expect(tail.top == 43)
        #expect(tail.arrived == 0)
    }

    @Test func scrollingUpFreezesItOnTheRowAndCountsWhatArrives() {
        var tail = tail(1...50)
        tail.move(by: -5)
        tail.scroll(toShow: 10)
        let top = tail.rows[tail.top].sequence
        tail.receiveNewer(entries(51...60))
        tail.scroll(toShow: 10)
        #expect(!tail.isFollowing)
        #expect(tail.selected?.sequence == 45)
        #expect(tail.rows[tail.top].sequence == top)
        #expect(tail.arrived == 10)
    }

    @Test func theEndFollowsAgain() {
        var tail = tail(1...50)
        tail.move(by: -5)
        tail.receiveNewer(entries(51...60))
        tail.moveToEnd()
        #expect(tail.isFollowing)
        #expect(tail.arrived == 0)
        #expect(tail.selected?.sequence == 60)
    }

    @Test func olderRowsComeBeforeWithoutMovingTheView() {
        var tail = tail(1001...1300)
        tail.moveToStart()
        tail.scroll(toShow: 10)
        #expect(tail.wantsOlder)
        tail.receiveOlder(entries(701...1000))
        tail.scroll(toShow: 10)
        #expect(tail.selected?.sequence == 1001)
        #expect(tail.oldest == 701)
        #expect(!tail.wantsOlder)
    }

    @Test func theOldestRowEndsTheAsking() {
        var tail = tail(1...20)
        tail.moveToStart()
        #expect(!tail.wantsOlder)
    }

    @Test func rowsThatCameTwiceStandOnce() {
        var tail = tail(1...10)
        tail.receiveNewer(entries(8...12))
        #expect(tail.rows.map(\.sequence) == Array(1...12))
    }

    @Test func followingForAYearTakesNoMoreMemory() {
        var tail = tail(1...300)
        for start in stride(from: Int64(301), to: 20_000, by: 500) { tail.receiveNewer(entries(start...start + 499)) }
        #expect(tail.rows.count <= AuditTail.capacity)
        #expect(tail.selected?.sequence == tail.newest)
    }
}
