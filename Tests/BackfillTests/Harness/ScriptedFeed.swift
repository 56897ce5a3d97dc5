import Foundation
import Warehouse

/// A feed that answers as it is told, and remembers what it was asked.
final class ScriptedFeed: CandleFeed, @unchecked Sendable {
    // Unchecked: `asked` is only touched while `lock` is held.
    struct Question: Sendable {
        let request: CandleRequest
        let cursor: FeedCursor?
        let time: Timestamp
        /// 0 for the first.
        let number: Int
    }

    typealias Script = @Sendable (Question) async throws(FeedError) -> FeedPage

    let source: CandleSource
    private let clock: any WallClock
    private let script: Script
    private let lock = NSLock()
    private var asked: [Question] = []

    init(source: CandleSource = .polygon, clock: any WallClock, _ script: @escaping Script) {
        self.source = source
        self.clock = clock
        self.script = script
    }

    /// Everything it was asked, in the order of arrival.
    var questions: [Question] { lock.withLock { asked } }

    func page(of request: CandleRequest, at cursor: FeedCursor?) async throws(FeedError) -> FeedPage {
        let question = lock.withLock {
            let question = Question(request: request, cursor: cursor, time: clock.now, number: asked.count)
            asked.append(question)
            return question
        }
        return try await script(question)
    }
}

/// A market without holes: a candle an hour, round the clock, in pages of the same size.
///
/// Every `badEvery`th bar is one
/// that validation refuses.
struct HourlyMarket: Sendable {
    var pageSize = 24
    var badEvery = Int.max

    func page(for question: ScriptedFeed.Question) -> FeedPage {
        let range = question.request.range
        let start = question.cursor.flatMap { Int64($0.text) } ?? range.lowerBound.seconds
        let all = Array(stride(from: start, to: range.upperBound.seconds, by: 3600))
        let bars = all.prefix(pageSize).map { second in
            let isBad = Int(second / 3600) % badEvery == badEvery - 1
            let price = Double(100 + second / 3600 % 10)
            return RawBar(
                time: second * 1000,
                open: price,
                high: isBad ? 1 : price + 1,
                low: price - 1,
                close: price,
                volume: 10
            )
        }
        return FeedPage(
            ticker: question.request.ticker.vendorTicker,
            adjusted: true,
            declaredCount: bars.count,
            bars: bars,
            next: all.count > pageSize ? FeedCursor(String(all[pageSize])) : nil
        )
    }
}
