/// How a stretch of candles is cut into requests.
///
/// The vendor counts base aggregates, not results: minutes for candles below a day, days for longer ones, 50 000 of them
/// in one answer. A stretch that holds no more is answered at once, so the number of requests is known beforehand.
package struct RequestWindows: Sendable {
    /// Base aggregates in one answer (the vendor's own limit).
    package static let baseLimit = 50_000

    private let calendar: TradingCalendar
    private let timeframe: Timeframe

    package init(assetClass: AssetClass, timeframe: Timeframe) {
        self.calendar = TradingCalendar(for: assetClass)
        self.timeframe = timeframe
    }

    /// `range` in pieces that one answer can hold each, ascending; no piece without a day on which the market trades.
    package func windows(of range: Range<Timestamp>) -> [Range<Timestamp>] {
        guard !range.isEmpty else { return [] }
        guard timeframe.isIntraday else { return tradesWithin(range) ? [range] : [] }
        var windows: [Range<Timestamp>] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let end = min(range.upperBound, calendar.start(of: end(ofWindowFrom: calendar.sessionDay(of: start))))
            if tradesWithin(start..<end) { windows.append(start..<end) }
            start = end
        }
        return windows
    }

    /// Whether any day that `range` touches is one on which the market trades.
    private func tradesWithin(_ range: Range<Timestamp>) -> Bool {
        let first = calendar.sessionDay(of: range.lowerBound)
        let last = calendar.sessionDay(of: range.upperBound - .microseconds(1))
        return calendar.sessionCount(in: first..<last.advanced(by: 1)) > 0
    }

    /// The day before which a window that begins with `day` ends.
    private func end(ofWindowFrom day: TradingDay) -> TradingDay {
        var days = Self.baseLimit / minutesOfDay
        var end = day.advanced(by: days)
        // Days without a session hold no minutes: the window reaches over as many more.
        while case let sessions = calendar.sessionCount(in: day..<end), sessions < Self.baseLimit / minutesOfDay {
            days += max(1, Self.baseLimit / minutesOfDay - sessions)
            let further = day.advanced(by: days)
            if further == end { break }
            end = further
        }
        return end
    }

    /// Minutes of a day in which something can be traded: round the clock, or from 4:00 to 20:00 in New York.
    private var minutesOfDay: Int {
        switch calendar {
        case .everyDayUTC: 24 * 60
        case .newYorkStockExchange: 16 * 60
        }
    }
}
