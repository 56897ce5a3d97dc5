/// A calendar day without a time zone: a session of an exchange, or a UTC day for crypto.
package struct TradingDay: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    package var daysSince1970: Int

    package init(daysSince1970: Int) {
        self.daysSince1970 = daysSince1970
    }

    /// The day of the proleptic Gregorian calendar; months and days are not checked (see ``init(iso:)``).
    package init(year: Int, month: Int, day: Int) {
        // Days from civil, after Howard Hinnant's "chrono-compatible low-level date algorithms".
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.flooredDivision(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.daysSince1970 = era * 146_097 + dayOfEra - 719_468
    }

    /// The day written as `YYYY-MM-DD`; `nil` for anything else, and for days that no calendar has (`2019-02-30`).
    package init?(iso text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            (1...12).contains(month), day >= 1
        else { return nil }
        self.init(year: year, month: month, day: day)
        guard civil.month == month, civil.day == day else { return nil }
    }

    /// Year, month and day of the proleptic Gregorian calendar.
    package var civil: (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468
        let era = shifted.flooredDivision(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// 0 is Sunday, 6 is Saturday.
    package var weekday: Int { (daysSince1970 + 4) - (daysSince1970 + 4).flooredDivision(by: 7) * 7 }

    /// Midnight UTC, the day's first instant there.
    package var startUTC: Timestamp { Timestamp(seconds: Int64(daysSince1970) * 86_400) }

    package static func < (left: TradingDay, right: TradingDay) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }

    package func advanced(by days: Int) -> TradingDay {
        TradingDay(daysSince1970: daysSince1970 + days)
    }
}

extension TradingDay: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    package var description: String {
        let (year, month, day) = civil
        return "\(year.padded(to: 4))-\(month.padded(to: 2))-\(day.padded(to: 2))"
    }
}

extension Timestamp {
    /// The UTC day that the instant falls on.
    package var dayUTC: TradingDay { TradingDay(daysSince1970: Int(seconds.flooredDivision(by: 86_400))) }
}

extension BinaryInteger {
    /// The number with leading zeros up to `width` digits.
    package func padded(to width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
