import Feeds
import Warehouse

/// The candles of a file about one symbol, page by page, with the rows that are none.
struct JudgedFile {
    private let reader: CandleFileReader
    private let path: String
    private let request: CandleRequest
    private let now: Timestamp
    private var context = PageContext()
    private var page = CandleFilePage()
    /// What ended the file before its end.
    private(set) var fault: (any Error)?

    init(_ reader: CandleFileReader, path: String, ticker: Ticker, timeframe: Timeframe, now: Timestamp) {
        self.reader = reader
        self.path = path
        self.now = now
        let anyTime = Timestamp(microseconds: .min)..<Timestamp(microseconds: .max)
        request = CandleRequest(ticker: ticker, timeframe: timeframe, range: anyTime)
    }

    /// The candles of the next page, times ascending over all pages; `nil` at the end.
    mutating func next() -> (candles: [Candle], rejected: [RejectedRow])? {
        guard fault == nil else { return nil }
        page.reset()
        guard reader.next(limit: 2500, into: &page) else {
            fault = reader.fault
            return nil
        }
        let judged = JudgedFilePage(&page, of: request, columns: reader.columns, path: path, now: now, after: context)
        context = judged.verdict.context
        if let refusal = judged.refusal { fault = Refusal(refusal.refusal) }
        return (judged.verdict.candles, judged.rejected)
    }
}
