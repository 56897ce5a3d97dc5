import Warehouse

extension BackfillJob {
    /// What the job is called in messages: `job 3: AAPL 1d 2019-01-01 to 2019-01-31`.
    var label: String {
        "job \(id.rawValue): \(ticker.symbol) \(timeframe.rawValue) \(days.first) to \(days.last)"
    }
}
