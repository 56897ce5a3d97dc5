import Warehouse

/// What is known of the sessions of a series: a cell for each session, or for each month of a long span.
struct CoverageMap: Sendable {
    /// What a cell says; the worst of its sessions.
    enum Mark: Int, CaseIterable, Comparable, Sendable {
        case beforeListing
        case confirmedEmpty
        case had
        case notEntitled
        case provisional
        case notAsked
        case missing

        /// Told apart without colour, and on terminals without Unicode.
        var glyph: Character {
            switch self {
            case .had: "■"
            case .provisional: "~"
            case .confirmedEmpty: "o"
            case .missing: "X"
            case .notEntitled: "-"
            case .beforeListing: "·"
            case .notAsked: "?"
            }
        }

        var name: String {
            switch self {
            case .had: "had"
            case .provisional: "provisional"
            case .confirmedEmpty: "confirmed empty"
            case .missing: "missing"
            case .notEntitled: "not entitled"
            case .beforeListing: "before listing"
            case .notAsked: "not asked for"
            }
        }

        var role: TextRole {
            switch self {
            case .had: .good
            case .provisional: .busy
            case .missing: .bad
            case .notEntitled: .caution
            case .confirmedEmpty, .beforeListing, .notAsked: .dim
            }
        }

        init(_ state: CoverageState) {
            switch state {
            case .had: self = .had
            case .provisional: self = .provisional
            case .confirmedEmpty: self = .confirmedEmpty
            case .notEntitled: self = .notEntitled
            case .missing: self = .missing
            case .beforeListing: self = .beforeListing
            }
        }

        static func < (left: Mark, right: Mark) -> Bool { left.rawValue < right.rawValue }
    }

    /// A session with what is known of it.
    struct Session: Hashable, Sendable {
        let day: TradingDay
        let mark: Mark
    }

    let sessions: [Session]

    /// The sessions that the calendar has from the first to the last day that is covered.
    ///
    /// A session is judged by the worst state of the intervals in it.
    init(_ coverage: [CoverageInterval], calendar: TradingCalendar) {
        guard let first = coverage.first, let last = coverage.last else {
            sessions = []
            return
        }
        let days =
            calendar.sessionDay(
                of: first.range.lowerBound
            )..<calendar.sessionDay(
                of: last.range.upperBound - .microseconds(1)
            ).advanced(by: 1)
        var index = 0
        sessions = calendar.sessionDays(in: days).map { day in
            let (start, end) = (calendar.start(of: day), calendar.start(of: day.advanced(by: 1)))
            while index < coverage.count, coverage[index].range.upperBound <= start { index += 1 }
            var worst: Mark?
            var next = index
            while next < coverage.count, coverage[next].range.lowerBound < end {
                worst = max(worst ?? .beforeListing, Mark(coverage[next].state))
                next += 1
            }
            return Session(day: day, mark: worst ?? .notAsked)
        }
    }

    /// From so many months on a cell is a month.
    private static let mostMonths = 36

    /// The map and its legend, in lines of at most `width` columns.
    func lines(width: Int) -> [TextLine] {
        guard !sessions.isEmpty else { return [TextLine("   nothing was asked for yet", .dim)] }
        let months = Dictionary(grouping: sessions) { $0.day.civil.year * 12 + $0.day.civil.month - 1 }
        let isByMonth = months.count > Self.mostMonths
        let rows = isByMonth ? Self.years(months) : Self.months(months)
        return rows.packed(into: width) + [legend(isByMonth: isByMonth)]
    }

    /// A row for each month, a cell for each session.
    private static func months(_ months: [Int: [Session]]) -> [TextLine] {
        months.sorted { $0.key < $1.key }.map { month, sessions in
            let name = "\(month / 12)-\(Int64(month % 12 + 1).padded(to: 2))"
            return line(name, sessions.map(\.mark), length: 31)
        }
    }

    /// A row for each year, a cell for each month.
    private static func years(_ months: [Int: [Session]]) -> [TextLine] {
        let years = Set(months.keys.map { $0 / 12 }).sorted()
        return years.map { year in
            let marks = (0..<12).map { month in months[year * 12 + month]?.map(\.mark).max() }
            return line(String(year), marks, length: 12)
        }
    }

    private static func line(_ name: String, _ marks: [Mark?], length: Int) -> TextLine {
        var runs = [TextLine.Run(text: "   \(name) ", role: .dim)]
        runs += marks.map { TextLine.Run(text: $0.map { String($0.glyph) } ?? " ", role: $0?.role ?? .dim) }
        runs.append(TextLine.Run(text: String(repeating: " ", count: max(0, length - marks.count)), role: .dim))
        return TextLine(runs).joined
    }

    private func legend(isByMonth: Bool) -> TextLine {
        var runs = [TextLine.Run(text: "   a cell a \(isByMonth ? "month" : "session")", role: .dim)]
        for mark in Mark.allCases.reversed() {
            let count = sessions.count { $0.mark == mark }
            guard count > 0 else { continue }
            runs.append(TextLine.Run(text: "   \(mark.glyph)", role: mark.role))
            runs.append(TextLine.Run(text: " \(count.grouped) \(mark.name)", role: .dim))
        }
        return TextLine(runs)
    }
}

extension [TextLine] {
    /// Lines of one width side by side, as many as fit, downwards first.
    fileprivate func packed(into width: Int) -> [TextLine] {
        let each = Swift.max(1, first?.runs.reduce(0) { $0 + $1.text.count } ?? 1)
        let across = Swift.max(1, width / each)
        let height = (count + across - 1) / across
        return (0..<height).map { row in
            TextLine(stride(from: row, to: count, by: height).flatMap { self[$0].runs })
        }
    }
}
