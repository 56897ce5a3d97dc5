extension TradingCalendar {
    /// How many candles of `timeframe` start within `range` when the market trades all the time it is open.
    ///
    /// Counts windows of ``TimeGrid`` that overlap a session: so 7 hour candles on a stock's full day (9:00 to 15:00)
    /// and 2 of four hours (8:00 and 12:00), a day candle for each session, a week candle for each week that holds one.
    /// Trading before and after the exchange's hours, which a vendor may report too, is not expected.
    package func expectedBarCount(timeframe: Timeframe, in range: Range<Timestamp>) -> Int {
        guard !range.isEmpty else { return 0 }
        let firstDay = day(startingNotBefore: range.lowerBound)
        let endDay = max(firstDay, day(startingNotBefore: range.upperBound))
        switch timeframe {
        case .oneDay: return sessionCount(in: firstDay..<endDay)
        case .oneWeek:
            let sundays = stride(
                from: firstDay.daysSince1970 + (7 - firstDay.weekday) % 7,
                to: endDay.daysSince1970,
                by: 7
            )
            return sundays.lazy.filter { firstSession(ofWeekOf: TradingDay(daysSince1970: $0)) != nil }.count
        default:
            // Whole days are counted by the table, the two at the ends window by window.
            let lowerDay = sessionDay(of: range.lowerBound)
            let upperDay = sessionDay(of: range.upperBound)
            guard lowerDay < upperDay else { return barCount(timeframe, on: lowerDay, in: range) }
            let whole = lowerDay.advanced(by: 1)..<upperDay
            let partial = barCount(timeframe, on: lowerDay, in: range) + barCount(timeframe, on: upperDay, in: range)
            return partial + barCount(timeframe, onWholeDays: whole)
        }
    }

    private func day(startingNotBefore time: Timestamp) -> TradingDay {
        let day = sessionDay(of: time)
        return start(of: day) == time ? day : day.advanced(by: 1)
    }

    private func barCount(_ timeframe: Timeframe, onWholeDays days: Range<TradingDay>) -> Int {
        let sessions = sessionCount(in: days)
        switch self {
        case .everyDayUTC: return sessions * Self.windows(of: timeframe, from: 0, to: 24 * 60)
        case .newYorkStockExchange:
            let one = Self.closingsAtOne.count(in: days)
            let two = Self.closingsAtTwo.count(in: days)
            return (sessions - one - two) * Self.windows(of: timeframe, from: Self.opening, to: 16 * 60)
                + one * Self.windows(of: timeframe, from: Self.opening, to: 13 * 60)
                + two * Self.windows(of: timeframe, from: Self.opening, to: 14 * 60)
        }
    }

    private func barCount(_ timeframe: Timeframe, on day: TradingDay, in range: Range<Timestamp>) -> Int {
        guard let session = session(on: day) else { return 0 }
        let grid = TimeGrid(calendar: self, timeframe: timeframe)
        var start = grid.start(of: session.open)
        var count = 0
        while start < session.close {
            if range.contains(start) { count += 1 }
            start = grid.start(after: start)
        }
        return count
    }

    /// Minute of the day at which the exchange opens.
    private static let opening = 9 * 60 + 30

    private static func windows(of timeframe: Timeframe, from opening: Int, to closing: Int) -> Int {
        let length = Int(timeframe.duration.inSeconds) / 60
        return (closing + length - 1) / length - opening / length
    }
}
