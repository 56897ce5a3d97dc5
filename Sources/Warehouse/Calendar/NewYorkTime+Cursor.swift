extension NewYorkTime {
    /// Converts one instant after the other, remembering the offset: two comparisons while instants stay in one season.
    package struct Cursor: Sendable {
        private var validity: Range<Int64> = 0..<0
        private var known: Int64 = 0

        package init() {}

        /// What is added to UTC.
        package mutating func offset(at time: Timestamp) -> Duration {
            .microseconds(offset(atMicroseconds: time.microseconds))
        }

        /// The calendar day in New York.
        package mutating func day(at time: Timestamp) -> TradingDay {
            Timestamp(microseconds: time.microseconds + offset(atMicroseconds: time.microseconds)).dayUTC
        }

        @inline(__always)
        mutating func offset(atMicroseconds time: Int64) -> Int64 {
            if !validity.contains(time) {
                (known, validity) = NewYorkTime.offsetPeriod(at: Timestamp(microseconds: time))
            }
            return known
        }
    }
}
