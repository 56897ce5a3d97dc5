/// A sorted list of days, for membership and counting by binary search.
struct DayTable: Sendable {
    private let days: [TradingDay]

    /// Reads days written as `YYYY_MM_DD` integers, in any order.
    init(_ literals: [Int32]) {
        days = literals.map { literal in
            let number = Int(literal)
            return TradingDay(year: number / 10_000, month: number / 100 % 100, day: number % 100)
        }
        .sorted()
    }

    func contains(_ day: TradingDay) -> Bool {
        let index = firstIndex(notBefore: day)
        return index < days.count && days[index] == day
    }

    func count(in range: Range<TradingDay>) -> Int {
        firstIndex(notBefore: range.upperBound) - firstIndex(notBefore: range.lowerBound)
    }

    private func firstIndex(notBefore day: TradingDay) -> Int {
        var low = 0
        var high = days.count
        while low < high {
            let middle = (low + high) / 2
            if days[middle] < day { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
