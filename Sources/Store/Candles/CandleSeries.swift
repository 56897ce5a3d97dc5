package import Warehouse

/// The candles of one symbol in one timeframe: what coverage, statistics and jobs are kept for.
package struct CandleSeries: Hashable, Sendable {
    package let symbol: SymbolID
    package let timeframe: Timeframe

    package init(symbol: SymbolID, timeframe: Timeframe) {
        self.symbol = symbol
        self.timeframe = timeframe
    }
}
