/// Where the vendor's bars start: written apart from the warehouse's own calendar, so that tests compare two opinions.
struct SyntheticGrid {
    private let isCrypto: Bool
    private let timespan: String
    /// Length of a window in milliseconds.
    private let length: Int64

    private static let minute: Int64 = 60_000
    private static let day: Int64 = 86_400_000

    /// `nil` for timespans other than minute, hour, one day and one week.
    init?(ticker: String, multiplier: Int, timespan: String) {
        isCrypto = ticker.hasPrefix("X:")
        self.timespan = timespan
        switch (timespan, multiplier) {
        case ("minute", 1...1440): length = Int64(multiplier) * Self.minute
        case ("hour", 1...24): length = Int64(multiplier) * 60 * Self.minute
        case ("day", 1): length = Self.day
        case ("week", 1): length = 7 * Self.day
        default: return nil
        }
    }

    func starts(from: Int64, to: Int64, limit: Int, isSession: (Int) -> Bool) -> [Int64] {
        guard from <= to, limit > 0 else { return [] }
        return isCrypto
            ? everyWindow(from: from, to: to, limit: limit)
            : windowsOfSessions(from: from, to: to, limit: limit, isSession: isSession)
    }

    private func everyWindow(from: Int64, to: Int64, limit: Int) -> [Int64] {
        // Weeks start on Sunday; 1970-01-04 was one.
        let phase = timespan == "week" ? 3 * Self.day : 0
        let first = Self.floor(from - phase + length - 1, length) * length + phase
        guard first <= to else { return [] }
        let count = min(Int64(limit), (to - first) / length + 1)
        return (0..<count).map { first + $0 * length }
    }

    private func windowsOfSessions(from: Int64, to: Int64, limit: Int, isSession: (Int) -> Bool) -> [Int64] {
        var starts: [Int64] = []
        var day = Int(Self.floor(from, Self.day)) - 7
        while starts.count < limit {
            let midnight = Int64(day) * Self.day + Self.newYorkMidnight(day)
            if midnight > to { break }
            for start in windows(day: day, midnight: midnight, isSession: isSession) {
                if (from...to).contains(start), starts.count < limit { starts.append(start) }
            }
            day += 1
        }
        return starts
    }

    private func windows(day: Int, midnight: Int64, isSession: (Int) -> Bool) -> [Int64] {
        switch timespan {
        case "week": return (day + 4) % 7 == 0 && (1...5).contains { isSession(day + $0) } ? [midnight] : []
        case "day": return isSession(day) ? [midnight] : []
        default:
            guard isSession(day) else { return [] }
            // From 9:30 to 16:00, clocks in New York being aligned to full hours.
            let opening = 570 * Self.minute / length * length
            return stride(from: opening, to: 960 * Self.minute, by: Int64.Stride(length)).map { midnight + $0 }
        }
    }

    /// Milliseconds from midnight UTC to midnight in New York.
    ///
    /// By the rules of 1987 (first Sunday of April to last of October) and 2007 (second Sunday of March to first of
    /// November). Clocks change at two, after midnight.
    private static func newYorkMidnight(_ day: Int) -> Int64 {
        let sunday = day - (day + 4) % 7
        let (year, month, _) = civil(day)
        // The day on which the last change before this midnight can have happened.
        let lastSunday = civil(day == sunday ? day - 7 : sunday)
        let springs = year >= 2007 ? (month: 3, sundayFrom: 8) : (month: 4, sundayFrom: 1)
        let falls = year >= 2007 ? (month: 11, sundayFrom: 1) : (month: 10, sundayFrom: 25)
        let isSummer: Bool
        if month == springs.month {
            isSummer = lastSunday.month == month && lastSunday.day >= springs.sundayFrom
        } else if month == falls.month {
            isSummer = !(lastSunday.month == month && lastSunday.day >= falls.sundayFrom)
        } else {
            isSummer = month > springs.month && month < falls.month
        }
        return (isSummer ? 4 : 5) * 60 * minute
    }

    private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        var rest = day
        var year = 1970
        while rest < 0 {
            year -= 1
            rest += isLeap(year) ? 366 : 365
        }
        while rest >= (isLeap(year) ? 366 : 365) {
            rest -= isLeap(year) ? 366 : 365
            year += 1
        }
        let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var month = 0
        while rest >= lengths[month] {
            rest -= lengths[month]
            month += 1
        }
        return (year, month + 1, rest + 1)
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && year % 100 != 0 || year % 400 == 0 }

    private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }
}
