import Store
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

/// What was found between the first and the last of `sequences`.
private func part(_ sequences: ClosedRange<Int64>, reachesStart: Bool = false) -> AuditPart {
    AuditPart(
        entries: entries(sequences),
        from: sequences.lowerBound,
        through: sequences.upperBound,
        reachesStart: reachesStart
    )
}

@Suite struct AuditTailTests {
    private func tail(_ sequences: ClosedRange<Int64>) -> AuditTail {
        var tail = AuditTail()
        tail.receive(part(sequences, reachesStart: sequences.lowerBound == 1), for: .newest)
        return tail
    }

    @Test func itFollowsTheNewestRow() {
        var tail = tail(1...50)
        tail.noticeChange()
        #expect(tail.question(height: 10) == .newestAfter(50))
        tail.receive(part(51...53), for: .newestAfter(50))
        tail.scroll(toShow: 10)
        #expect(tail.selected?.sequence == 53)
        #expect(tail.top == 43)
        #expect(tail.arrived == 0)
        #expect(tail.question(height: 10) == nil)
    }

    @Test func scrollingUpFreezesItOnTheRowAndCountsWhatArrives() {
        var tail = tail(1...50)
        tail.move(by: -5)
        tail.scroll(toShow: 10)
        let top = tail.rows[tail.top].sequence
        tail.noticeChange()
        #expect(tail.question(height: 10) == .arrivals(after: 50))
        tail.receiveArrivals(10, through: 60)
        tail.scroll(toShow: 10)
        #expect(!tail.isFollowing)
        #expect(tail.selected?.sequence == 45)
        #expect(tail.rows[tail.top].sequence == top)
        #expect(tail.arrived == 10)
    }

    @Test func whatArrivedIsReadWhenSomebodyScrollsDownToIt() {
        var tail = tail(1...50)
        tail.move(by: -5)
        tail.receiveArrivals(1000, through: 1050)
        tail.move(by: 5)
        #expect(!tail.isFollowing)
        #expect(tail.question(height: 10) == .after(50))
        tail.receive(part(51...350), for: .after(50))
        tail.move(by: 1)
        #expect(tail.selected?.sequence == 51)
        #expect(!tail.isFollowing)
    }

    @Test func theEndFollowsAgain() {
        var tail = tail(1...50)
        tail.move(by: -5)
        tail.receiveArrivals(10, through: 60)
        tail.moveToEnd()
        #expect(tail.question(height: 10) == .newest)
        tail.receive(part(1...60, reachesStart: true), for: .newest)
        #expect(tail.isFollowing)
        #expect(tail.arrived == 0)
        #expect(tail.selected?.sequence == 60)
    }

    @Test func theStartIsTheStartOfTheLogHoweverLongItIs() {
        var tail = tail(9_000_001...9_000_300)
        tail.moveToStart()
        #expect(tail.question(height: 10) == .oldest)
        tail.receive(part(1...300), for: .oldest)
        tail.scroll(toShow: 10)
        #expect(tail.selected?.sequence == 1)
        #expect(tail.top == 0 && !tail.isFollowing)
        // Further down the rows behind them come, and the end is the newest row again.
        tail.move(by: 299)
        #expect(tail.question(height: 10) == .after(300))
        tail.moveToEnd()
        #expect(tail.question(height: 10) == .newest)
    }

    @Test func olderRowsComeBeforeWithoutMovingTheView() {
        var tail = tail(1001...1300)
        tail.move(by: -299)
        tail.scroll(toShow: 10)
        #expect(tail.question(height: 10) == .before(1001))
        tail.receive(part(701...1000), for: .before(1001))
        tail.scroll(toShow: 10)
        #expect(tail.selected?.sequence == 1001)
        #expect(tail.rows.first?.sequence == 701)
        #expect(tail.question(height: 10) == nil)
    }

    @Test func theOldestRowEndsTheAsking() {
        var tail = tail(1...20)
        tail.moveToStart()
        #expect(tail.question(height: 40) == nil)
    }

    @Test func aSearchForWhatIsRareGoesOnWhereItStopped() {
        var tail = AuditTail()
        tail.setFilter(Filter("code:500", in: .audit))
        #expect(tail.question(height: 10) == .newest)
        tail.receive(AuditPart(entries: [], from: 90_001, through: 100_000, reachesStart: false), for: .newest)
        #expect(tail.question(height: 10) == .before(90_001))
        #expect(tail.searchedBackTo(height: 10) == 90_001)
        // What comes meanwhile is looked at first, and only that.
        tail.noticeChange()
        #expect(tail.question(height: 10) == .newestAfter(100_000))
        tail.receive(
            AuditPart(entries: [], from: 100_001, through: 100_007, reachesStart: false),
            for: .newestAfter(100_000)
        )
        #expect(tail.question(height: 10) == .before(90_001))
        tail.receive(AuditPart(entries: [], from: 1, through: 90_000, reachesStart: true), for: .before(90_001))
        #expect(tail.question(height: 10) == nil)
        #expect(tail.searchedBackTo(height: 10) == nil)
    }

    @Test func moreThanAScreenAtOnceLeavesOutWhatNobodySaw() {
        var tail = tail(1...50)
        tail.receive(part(9701...10_000), for: .newestAfter(50))
        #expect(tail.rows.map(\.sequence) == Array(9701...10_000))
        #expect(tail.selected?.sequence == 10_000)
        tail.move(by: -tail.rows.count)
        #expect(tail.question(height: 10) == .before(9701))
    }

    @Test func followingForAYearTakesNoMoreMemory() {
        var tail = tail(1...300)
        for start in stride(from: Int64(301), to: 20_000, by: 250) {
            tail.receive(part(start...start + 249), for: .newestAfter(start - 1))
        }
        #expect(tail.rows.count <= AuditTail.capacity)
        #expect(tail.selected?.sequence == tail.rows.last?.sequence)
    }

    @Test func scrollingBackForAYearTakesNoMoreMemory() {
        var tail = tail(100_001...100_300)
        for start in stride(from: Int64(99_701), to: 80_000, by: -300) {
            tail.move(by: -tail.rows.count)
            tail.receive(part(start...start + 299), for: .before(start + 300))
        }
        #expect(tail.rows.count <= AuditTail.capacity)
        // The rows that were dropped at the end come again.
        tail.move(by: tail.rows.count)
        #expect(tail.question(height: 10) != nil)
    }
}
