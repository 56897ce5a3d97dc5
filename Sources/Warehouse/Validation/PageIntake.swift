/// The first pass over a page: decides for each bar whether it is stored at all (V01 to V08).
struct PageIntake {
    private(set) var candles: [Candle] = []
    private(set) var rejected: [RejectedCandle] = []
    private(set) var duplicatesDropped = 0

    private let grid: TimeGrid
    private let checksTimeGrid: Bool
    /// Start times that were asked for, snapped outward to the grid (V06).
    private let window: Range<Timestamp>
    /// The last candle of the page before, when there was one.
    private let before: Candle?
    private var outside = 0

    init(request: CandleRequest, grid: TimeGrid, checksTimeGrid: Bool, context: PageContext) {
        self.grid = grid
        self.checksTimeGrid = checksTimeGrid
        // Snapping far beyond what V05 lets through could overflow.
        window = grid.snapped(request.range.clamped(to: Self.plausible))
        before = context.isSameRequest ? context.last?.unflagged : nil
    }

    /// Sorts the page's bars; returns the reason when the whole page can't be trusted.
    mutating func take(_ page: FeedPage) -> PageRefusal? {
        candles.reserveCapacity(page.bars.count)
        let window = window.lowerBound.microseconds..<window.upperBound.microseconds
        var clock = GridClock(grid: grid, checks: checksTimeGrid)
        var last = before?.time.microseconds ?? .min
        for bar in page.bars {
            guard let milliseconds = bar.time, Self.plausibleMilliseconds.contains(milliseconds),
                case let time = milliseconds * 1000, time > last, window.contains(time), bar.isWellFormed,
                clock.isOnGrid(time)
            else {
                if let refusal = takeUnclean(bar, of: page) { return refusal }
                continue
            }
            candles.append(Candle(bar, time: Timestamp(microseconds: time)))
            last = time
        }
        return nil
    }

    /// V06, told once a page.
    var warnings: [RuleNote] {
        guard outside > 0 else { return [] }
        let text = outside == 1 ? "1 bar starts" : "\(outside) bars start"
        return [RuleNote(.v06, "\(text) outside of what was asked for: \(window.lowerBound) to \(window.upperBound)")]
    }

    /// A bar that breaks a rule: rejects it, drops it, or refuses the page because of it.
    private mutating func takeUnclean(_ bar: RawBar, of page: FeedPage) -> PageRefusal? {
        guard let milliseconds = bar.time else {
            reject(bar, of: page, RuleNote(.v01, "the time is missing or not a whole number"), time: nil)
            return nil
        }
        guard Self.plausibleMilliseconds.contains(milliseconds) else {
            let note = RuleNote(.v05, "the time \(milliseconds) is not in milliseconds since 1970")
            reject(bar, of: page, note, time: nil)
            return note
        }
        let time = Timestamp(milliseconds: milliseconds)
        if let note = bar.faultOfValues ?? fault(of: time) {
            reject(bar, of: page, note, time: time)
            return nil
        }
        let twin = candles.last(where: { $0.time <= time }) ?? before
        if let twin, twin == Candle(bar, time: time) {
            duplicatesDropped += 1
            return nil
        }
        let note =
            twin?.time == time
            ? RuleNote(.v08, "two different bars start at \(time)")
            : RuleNote(.v08, "the bar of \(time) comes after that of \((candles.last ?? before)?.time ?? time)")
        reject(bar, of: page, note, time: time)
        return note
    }

    private mutating func fault(of time: Timestamp) -> RuleNote? {
        guard window.contains(time) else {
            outside += 1
            return RuleNote(
                .v06,
                "\(time) is outside of what was asked for: \(window.lowerBound) to \(window.upperBound)"
            )
        }
        guard !checksTimeGrid || grid.contains(time) else {
            return RuleNote(
                .v07,
                "\(time) is not the start of a candle; the one around it starts at \(grid.start(of: time))"
            )
        }
        return nil
    }

    private mutating func reject(_ bar: RawBar, of page: FeedPage, _ note: RuleNote, time: Timestamp?) {
        rejected.append(RejectedCandle(rule: note.rule, time: time, raw: page.rawText(of: bar), reason: note.text))
    }

    /// V05: between 1e11 (1973) and 1e14 (5138), where seconds and nanoseconds of this century don't fall.
    static let plausibleMilliseconds: Range<Int64> = 100_000_000_001..<100_000_000_000_000
    private static let plausible =
        Timestamp(
            milliseconds: plausibleMilliseconds.lowerBound
        )..<Timestamp(milliseconds: plausibleMilliseconds.upperBound)
}

/// V07 without a calendar lookup for each bar.
private struct GridClock {
    private let period: Int64
    private let phase: Int64
    private let followsNewYork: Bool
    private let checks: Bool
    private var newYork = NewYorkTime.Cursor()

    init(grid: TimeGrid, checks: Bool) {
        period = grid.period
        phase = grid.phase
        followsNewYork = grid.followsNewYork
        self.checks = checks
    }

    @inline(__always)
    mutating func isOnGrid(_ time: Int64) -> Bool {
        guard checks else { return true }
        let local = followsNewYork ? time + newYork.offset(atMicroseconds: time) : time
        return (local - phase) % period == 0
    }
}

extension Candle {
    /// The candle as the vendor sent it, to be compared with a bar.
    fileprivate var unflagged: Candle {
        var candle = self
        candle.flags = []
        return candle
    }

    /// The bar as a candle; a volume-weighted price that is no number counts as absent.
    fileprivate init(_ bar: RawBar, time: Timestamp) {
        let vwap = bar.vwap.flatMap { $0.isFinite ? $0 : nil }
        self.init(
            time: time,
            open: bar.open,
            high: bar.high,
            low: bar.low,
            close: bar.close,
            volume: bar.volume,
            vwap: vwap,
            trades: bar.trades
        )
    }
}
