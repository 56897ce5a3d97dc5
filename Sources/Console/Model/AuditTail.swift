import Store
import Warehouse

/// What is asked of the audit log.
enum AuditQuestion: Hashable, Sendable {
    /// The newest rows.
    case newest
    /// The newest rows after one that is known.
    case newestAfter(Int64)
    /// The oldest rows of the log.
    case oldest
    /// The rows right after one that is known.
    case after(Int64)
    /// The rows right before one that is known.
    case before(Int64)
    /// How many rows came after one that is known.
    case arrivals(after: Int64)
}

/// The audit log as the console shows it: the newest row at the bottom, followed until somebody scrolls up.
///
/// Places are sequence numbers, so what is on the screen stays there while rows arrive below. What a filter leaves out is
/// looked through once: a search for what is rare goes on in steps, and what was searched is never searched again.
struct AuditTail: Sendable {
    /// How many rows are asked for at once.
    static let pageLength = 300
    /// How many of the newest are asked for, which somebody waits for.
    static let newestLength = 100
    /// How many rows are kept; more are dropped at the end that is further from the cursor.
    static let capacity = 3000
    /// How many rows a step of a search looks through: less than ten milliseconds of work.
    static let searchSpan: Int64 = 8000

    /// Ascending, without a row that the filter leaves out.
    private(set) var rows: [AuditEntry] = [] { didSet { revision += 1 } }
    private(set) var isLoaded = false { didSet { if isLoaded != oldValue { revision += 1 } } }
    /// Whether the oldest row of the log that matches is among ``rows``.
    private(set) var reachesStart = false
    /// Whether the view stays at the newest row.
    private(set) var isFollowing = true { didSet { if isFollowing != oldValue { revision += 1 } } }
    /// Rows that arrived below since the view stopped following.
    private(set) var arrived: Int64 = 0 { didSet { if arrived != oldValue { revision += 1 } } }
    private(set) var cursor: Int64 = 0
    private(set) var top = 0 { didSet { if top != oldValue { revision += 1 } } }
    private(set) var filter = Filter() { didSet { revision += 1 } }
    /// The first and the last row that were looked through: between them ``rows`` misses nothing that matches.
    private(set) var from: Int64 = 0
    private(set) var through: Int64 = 0
    /// The last row that was counted as arrived.
    private var counted: Int64 = 0
    /// Whether somebody wrote to the log since it was last asked.
    private var hasNews = false
    /// Whether the oldest rows are to be shown, of which none need be here.
    private var wantsOldest = false
    /// Another number whenever what is shown besides the cursor is something else.
    private(set) var revision = 0

    var cursorIndex: Int? {
        rows.isEmpty ? nil : min(rows.count - 1, max(0, rows.partitioningIndex { $0.sequence >= cursor }))
    }
    var selected: AuditEntry? { cursorIndex.map { rows[$0] } }

    /// What is to be asked next so that a screen of `height` rows shows all that it can; `nil` when it does.
    func question(height: Int) -> AuditQuestion? {
        guard height > 0 else { return nil }
        guard isLoaded else { return .newest }
        if wantsOldest { return .oldest }
        if hasNews { return isFollowing ? .newestAfter(through) : .arrivals(after: counted) }
        let index = cursorIndex ?? 0
        if !isFollowing, through < counted, index > rows.count - Self.pageLength / 3 { return .after(through) }
        if !reachesStart, rows.count < height || (!isFollowing && index < Self.pageLength / 3) { return .before(from) }
        return nil
    }

    /// Whether rows that match are still being looked for, and where.
    func searchedBackTo(height: Int) -> Int64? {
        guard !filter.isEmpty, case .before(let sequence) = question(height: height) else { return nil }
        return sequence
    }

    /// Takes note that somebody wrote to the log.
    mutating func noticeChange() { hasNews = true }

    /// Takes what was found.
    mutating func receive(_ part: AuditPart, for question: AuditQuestion) {
        switch question {
        case .newest: replace(by: part)
        case .oldest:
            wantsOldest = false
            (rows, from, through, reachesStart) = (part.entries, part.from, part.through, true)
            (cursor, top) = (rows.first?.sequence ?? 0, 0)
        case .newestAfter: receiveNewest(part)
        case .after:
            rows += part.entries
            through = part.through
            drop(rows.count - Self.capacity, atStart: true)
        case .before:
            rows.insert(contentsOf: part.entries, at: 0)
            top += part.entries.count
            from = part.from
            reachesStart = part.reachesStart
            drop(rows.count - Self.capacity, atStart: false)
        case .arrivals: break
        }
        if isFollowing { cursor = rows.last?.sequence ?? 0 }
    }

    /// Takes how many rows came that are not shown.
    mutating func receiveArrivals(_ count: Int64, through: Int64) {
        hasNews = false
        arrived += count
        counted = max(counted, through)
    }

    private mutating func replace(by part: AuditPart) {
        rows = part.entries
        from = part.from
        through = part.through
        counted = part.through
        reachesStart = part.reachesStart
        arrived = 0
        isLoaded = true
        hasNews = false
    }

    private mutating func receiveNewest(_ part: AuditPart) {
        hasNews = false
        // So much came at once that rows between were left out: they come again when somebody scrolls up to them.
        guard part.from <= through + 1 else {
            replace(by: part)
            return
        }
        rows += part.entries
        through = part.through
        counted = part.through
        if isFollowing { drop(rows.count - Self.capacity, atStart: true) } else { arrived += Int64(part.entries.count) }
    }

    private mutating func drop(_ count: Int, atStart: Bool) {
        guard count > 0 else { return }
        if atStart {
            rows.removeFirst(count)
            top = max(0, top - count)
            from = rows.first?.sequence ?? from
            reachesStart = false
        } else if !isFollowing {
            rows.removeLast(count)
            through = rows.last?.sequence ?? through
        }
    }

    mutating func move(by steps: Int) {
        guard let index = cursorIndex else { return }
        let target = min(max(0, index + steps), rows.count - 1)
        cursor = rows[target].sequence
        isFollowing = target == rows.count - 1 && through >= counted
        if isFollowing { arrived = 0 }
    }

    /// To the oldest row; under a filter to the oldest that was found so far.
    mutating func moveToStart() {
        move(by: -rows.count)
        guard filter.isEmpty, !reachesStart, !rows.isEmpty else { return }
        isFollowing = false
        wantsOldest = true
    }

    /// To the newest row, from where it is followed.
    mutating func moveToEnd() {
        isFollowing = true
        wantsOldest = false
        arrived = 0
        if through < counted { isLoaded = false }
        cursor = rows.last?.sequence ?? 0
    }

    mutating func setFilter(_ filter: Filter) {
        self.filter = filter
        isFollowing = true
        wantsOldest = false
        isLoaded = false
    }

    /// Takes a filter that reads otherwise and means the same.
    mutating func retitle(_ filter: Filter) { self.filter = filter }

    /// Scrolls so that the cursor is on a screen of `height` rows; following, its last row is the newest.
    mutating func scroll(toShow height: Int) {
        guard let index = cursorIndex, height > 0 else {
            top = 0
            return
        }
        top = isFollowing ? rows.count - height : min(max(top, index - height + 1), index)
        top = max(0, min(top, rows.count - height))
    }
}

extension [AuditEntry] {
    /// The first index whose element satisfies a condition that is false and then true along the array.
    fileprivate func partitioningIndex(where condition: (AuditEntry) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
