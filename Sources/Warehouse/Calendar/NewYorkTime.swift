/// The civil time of New York, computed from the rules of United States law instead of a time zone database.
///
/// Right from 1967 on. Daylight saving time lasts from 2 a.m. of one Sunday to 2 a.m. of another:
/// - 1967–1986 (Uniform Time Act): last Sunday of April to last Sunday of October, but from 6 January in 1974 and from
///   23 February in 1975 (Emergency Daylight Saving Time Act);
/// - 1987–2006: first Sunday of April to last Sunday of October;
/// - from 2007 (Energy Policy Act of 2005): second Sunday of March to first Sunday of November.
///
/// Years before 1967 follow the rule of 1967.
package enum NewYorkTime {
    /// What is added to UTC: −5 or −4 hours.
    ///
    /// Pages of instants go faster through a ``Cursor``.
    package static func offset(at time: Timestamp) -> Duration {
        .microseconds(offsetPeriod(at: time).offset)
    }

    /// The calendar day in New York.
    package static func day(at time: Timestamp) -> TradingDay {
        Timestamp(microseconds: time.microseconds + offsetPeriod(at: time).offset).dayUTC
    }

    /// The first instant of `day`.
    package static func midnight(of day: TradingDay) -> Timestamp {
        instant(local: day.startUTC.microseconds)
    }

    /// The instant at which clocks in New York show `hour`:`minute` on `day`.
    ///
    /// Of a time that is shown twice, the first instant; a time that is skipped counts as if clocks had not been changed
    /// yet (2:30 is 3:30).
    package static func instant(on day: TradingDay, hour: Int, minute: Int = 0) -> Timestamp {
        instant(local: day.startUTC.microseconds + Int64(hour * 60 + minute) * 60_000_000)
    }

    /// The same for a local time that is counted like UTC, in microseconds since 1970.
    static func instant(local: Int64) -> Timestamp {
        let day = Timestamp(microseconds: local).dayUTC
        let saving = DaylightSaving(year: day.civil.year)
        let begins = saving.firstDay.startUTC.microseconds + 3 * hour
        let ends = saving.lastDay.startUTC.microseconds + 2 * hour
        return Timestamp(microseconds: local - (local >= begins && local < ends ? daylight : standard))
    }

    /// The offset in microseconds at `time`, and a period around it in which it stays the same.
    static func offsetPeriod(at time: Timestamp) -> (offset: Int64, range: Range<Int64>) {
        let now = time.microseconds
        let (year, _, _) = time.dayUTC.civil
        let saving = DaylightSaving(year: year)
        let begins = saving.firstDay.startUTC.microseconds + 2 * hour - standard
        let ends = saving.lastDay.startUTC.microseconds + 2 * hour - daylight
        if now < begins {
            return (standard, TradingDay(year: year, month: 1, day: 1).startUTC.microseconds..<begins)
        }
        if now < ends {
            return (daylight, begins..<ends)
        }
        return (standard, ends..<TradingDay(year: year + 1, month: 1, day: 1).startUTC.microseconds)
    }

    private static let hour: Int64 = 3_600_000_000
    private static let standard = -5 * hour
    private static let daylight = -4 * hour
}

/// The days on which clocks go forward and back in one year.
private struct DaylightSaving {
    let firstDay: TradingDay
    let lastDay: TradingDay

    init(year: Int) {
        firstDay =
            switch year {
            case 1974: TradingDay(year: year, month: 1, day: 6)
            case 1975: TradingDay(year: year, month: 2, day: 23)
            case ...1986: Self.sunday(onOrAfter: TradingDay(year: year, month: 4, day: 24))
            case ...2006: Self.sunday(onOrAfter: TradingDay(year: year, month: 4, day: 1))
            default: Self.sunday(onOrAfter: TradingDay(year: year, month: 3, day: 8))
            }
        lastDay = Self.sunday(
            onOrAfter: year <= 2006
                ? TradingDay(year: year, month: 10, day: 25) : TradingDay(year: year, month: 11, day: 1)
        )
    }

    private static func sunday(onOrAfter day: TradingDay) -> TradingDay {
        day.advanced(by: (7 - day.weekday) % 7)
    }
}
