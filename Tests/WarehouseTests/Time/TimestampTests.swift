import Testing
import Warehouse

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (0, 0, 0), (1, 0, 0), (999_999, 0, 999), (1_000_000, 1, 1000), (-1, -1, -1), (-1_000_000, -1, -1000),
            (-1_000_001, -2, -1001),
        ] as [(Int64, Int64, Int64)]
    )
    func `seconds and milliseconds are rounded down`(microseconds: Int64, seconds: Int64, milliseconds: Int64) {
        let time = Timestamp(microseconds: microseconds)
        #expect(time.seconds == seconds)
        #expect(time.milliseconds == milliseconds)
    }

    @Test func `units agree`() {
        #expect(Timestamp(seconds: 1_546_405_200) == Timestamp(milliseconds: 1_546_405_200_000))
        #expect(Timestamp(milliseconds: 7).microseconds == 7000)
    }

    @Test func `durations are added, subtracted and cut to microseconds`() {
        let time = Timestamp(microseconds: 1_000_000)
        #expect(time + .nanoseconds(1999) == Timestamp(microseconds: 1_000_001))
        #expect(time - .seconds(2) == Timestamp(microseconds: -1_000_000))
        #expect(time - Timestamp(microseconds: 250_000) == .milliseconds(750))
        #expect(Duration.nanoseconds(-1999).wholeMicroseconds == -1)
        #expect(Duration.milliseconds(1500).inSeconds == 1.5)
    }

    @Test(arguments: [(7, 2, 3), (-7, 2, -4), (7, -2, -4), (-7, -2, 3), (-8, 2, -4), (0, 5, 0)])
    func `floored division`(dividend: Int, divisor: Int, quotient: Int) {
        #expect(dividend.flooredDivision(by: divisor) == quotient)
    }

    @Test func `earlier is less`() {
        #expect(Timestamp(microseconds: -1) < Timestamp(microseconds: 0))
        #expect(!(Timestamp(microseconds: 0) < Timestamp(microseconds: 0)))
    }
}
