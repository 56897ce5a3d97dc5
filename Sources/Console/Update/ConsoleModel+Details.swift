import Store
import Warehouse

/// Opened rows.
extension ConsoleModel {
    mutating func openDetail() -> [Effect] {
        let subject: DetailSubject? =
            switch focus {
            case .symbols: symbols.selected.map { .symbol($0.id, timeframe: nil) }
            case .keys: keys.selected.map { .key($0.id) }
            case .backfill: jobs.selected.map { .job($0.id) }
            case .audit: audit.selected.map { .audit($0.sequence) }
            }
        guard let subject else { return refuse("there is no row to open") }
        return open(subject)
    }

    mutating func open(_ subject: DetailSubject) -> [Effect] {
        detail = Detail(subject: subject)
        return load(.detail)
    }

    /// Draws the chart of another timeframe of the opened symbol.
    mutating func showTimeframe(by steps: Int) -> [Effect] {
        guard overlay == nil else { return [] }
        guard detail?.content != nil else {
            detail?.pendingSteps += steps
            return []
        }
        guard case .symbol(let shown) = detail?.content, shown.series.count > 1 else { return [] }
        let timeframes = shown.series.map(\.series.timeframe)
        // From what was last asked for, which need not be there yet.
        var asked = shown.timeframe
        if case .symbol(_, let timeframe?) = detail?.subject { asked = timeframe }
        let index = timeframes.firstIndex { $0 == asked } ?? 0
        let next = ((index + steps) % timeframes.count + timeframes.count) % timeframes.count
        detail?.subject = .symbol(shown.overview.id, timeframe: timeframes[next])
        return load(.detail)
    }
}
