/// A session, or a week with sessions, that a series should have candles of.
package struct ExpectedSession: Hashable, Sendable {
    /// The day; of a week its first session.
    package let day: TradingDay
    /// The time that its candles start in: the day in the market's zone, or the week.
    package let range: Range<Timestamp>
}

extension TradingCalendar {
    /// The session, or week, whose candles start around `time`, whether it was expected or not.
    package func expectedSession(_ timeframe: Timeframe, around time: Timestamp) -> ExpectedSession {
        let day = sessionDay(of: time)
        guard timeframe == .oneWeek else {
            return ExpectedSession(day: day, range: start(of: day)..<start(of: day.advanced(by: 1)))
        }
        let sunday = day.advanced(by: -day.weekday)
        let range = start(of: sunday)..<start(of: sunday.advanced(by: 7))
        return ExpectedSession(day: firstSession(ofWeekOf: day) ?? day, range: range)
    }

    /// The sessions whose candles start within `days`, ascending; of week candles the weeks that start on these days and
    /// hold a session.
    package func expectedSessions(_ timeframe: Timeframe, in days: Range<TradingDay>) -> [ExpectedSession] {
        guard timeframe == .oneWeek else {
            return sessionDays(in: days).map { day in
                ExpectedSession(day: day, range: start(of: day)..<start(of: day.advanced(by: 1)))
            }
        }
        let firstSunday = days.lowerBound.daysSince1970 + (7 - days.lowerBound.weekday) % 7
        return stride(from: firstSunday, to: days.upperBound.daysSince1970, by: 7).compactMap { sunday in
            let sunday = TradingDay(daysSince1970: sunday)
            guard let session = firstSession(ofWeekOf: sunday) else { return nil }
            return ExpectedSession(day: session, range: start(of: sunday)..<start(of: sunday.advanced(by: 7)))
        }
    }
}
