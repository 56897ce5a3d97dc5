import ArgumentParser
import Store
import Warehouse

/// The days that a command is about, those of the symbol's market; both ends belong to them.
struct DayRangeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The first day.", valueName: "YYYY-MM-DD"), transform: TradingDay.argument)
    var from: TradingDay?

    @Option(help: ArgumentHelp("The last day.", valueName: "YYYY-MM-DD"), transform: TradingDay.argument)
    var to: TradingDay?

    /// Start times on these days; everything where an end is not given.
    /// - Throws: `StoreError.emptyRange`.
    func range(in calendar: TradingCalendar) throws -> Range<Timestamp> {
        let lower = from.map { calendar.start(of: $0) } ?? Timestamp(microseconds: .min)
        let upper = to.map { calendar.start(of: $0.advanced(by: 1)) } ?? Timestamp(microseconds: .max)
        guard lower < upper else { throw StoreError.emptyRange }
        return lower..<upper
    }
}
