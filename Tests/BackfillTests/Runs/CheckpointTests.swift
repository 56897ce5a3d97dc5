import Testing
import Warehouse

@testable import struct Backfill.Checkpoint
@testable import struct Backfill.CursorTrail

@Suite struct CheckpointTests {
    @Test(arguments: [nil, "from=1", "/v2/aggs/ticker/X:BTCUSD?cursor=a b&limit=2", " "])
    func `comes back as it was`(cursor: String?) {
        let checkpoint = Checkpoint(
            stretch: Timestamp(seconds: -5)..<Timestamp(seconds: 7),
            cursor: cursor.map { FeedCursor($0) }
        )
        #expect(Checkpoint(text: checkpoint.text) == checkpoint)
    }

    @Test(arguments: ["", " ", "1", "1 2", "2 1 x", "1 1 x", "a b c", "/v2/aggs"])
    func `anything else is not one`(text: String) {
        #expect(Checkpoint(text: text) == nil)
    }
}

@Suite struct CursorTrailTests {
    @Test func `a circle is found`() {
        var trail = CursorTrail(startingAt: FeedCursor("a"))
        #expect(trail.fault(goingTo: FeedCursor("b"), bringsCandles: true) == nil)
        #expect(trail.fault(goingTo: FeedCursor("c"), bringsCandles: true) == nil)
        #expect(trail.fault(goingTo: FeedCursor("a"), bringsCandles: true) == "the vendor's pages go in a circle")
    }

    @Test func `a page that names itself is a circle`() {
        var trail = CursorTrail(startingAt: FeedCursor("a"))
        #expect(trail.fault(goingTo: FeedCursor("a"), bringsCandles: true) != nil)
    }

    @Test func `empty pages without end are a fault`() {
        var trail = CursorTrail()
        for number in 1...1000 {
            #expect(trail.fault(goingTo: FeedCursor("\(number)"), bringsCandles: false) == nil)
        }
        #expect(
            trail.fault(goingTo: FeedCursor("x"), bringsCandles: false)
                == "the vendor sent 1001 pages in a row without a candle"
        )
        #expect(trail.fault(goingTo: FeedCursor("y"), bringsCandles: true) == nil)
        #expect(trail.fault(goingTo: FeedCursor("z"), bringsCandles: false) == nil)
    }
}
