import Testing
import Warehouse

/// The first candle ever seen marks the listing date.
@Suite struct ListingTests {
    private static func interval(_ from: Int, _ to: Int, _ state: CoverageState) -> CoverageInterval {
        CoverageInterval(Timestamp(seconds: Int64(from))..<Timestamp(seconds: Int64(to)), state)
    }

    @Test(arguments: [
        (
            "what is missing before it was not listed",
            [interval(0, 10, .missing), interval(10, 20, .had), interval(20, 30, .missing)], 10,
            [interval(0, 10, .beforeListing), interval(10, 20, .had), interval(20, 30, .missing)]
        ),
        (
            "what is missing on both sides is cut",
            [interval(0, 20, .missing)], 10,
            [interval(0, 10, .beforeListing), interval(10, 20, .missing)]
        ),
        (
            "an earlier candle moves it",
            [interval(0, 20, .beforeListing), interval(20, 30, .had)], 5,
            [interval(0, 5, .beforeListing), interval(5, 20, .missing), interval(20, 30, .had)]
        ),
        (
            "all else stays as it is",
            [interval(0, 5, .notEntitled), interval(5, 8, .confirmedEmpty), interval(8, 9, .provisional)], 10,
            [interval(0, 5, .notEntitled), interval(5, 8, .confirmedEmpty), interval(8, 9, .provisional)]
        ),
        ("nothing is known", [], 10, []),
    ])
    func `settles`(name: String, known: [CoverageInterval], first: Int, settled: [CoverageInterval]) {
        #expect(known.settlingListing(at: Timestamp(seconds: Int64(first))) == settled)
    }
}
