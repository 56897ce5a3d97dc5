import Warehouse

/// The audit log as the console shows it: the newest row at the bottom, followed until somebody scrolls up.
///
/// Places are sequence numbers, so what is on the screen stays there while rows arrive below.
struct AuditTail: Sendable {
    /// How many rows are asked for at once.
    static let pageLength = 300
    /// How many rows are kept; more are dropped at the end that is further from the cursor.
    static let capacity = 3000

    /// Ascending, without a row that the filter leaves out.
    private(set) var rows: [AuditEntry] = []
    private(set) var isLoaded = false
    /// Whether the oldest row of the log that matches is among ``rows``.
    private(set) var reachesStart = false
    /// Whether the view stays at the newest row.
    private(set) var isFollowing = true
    /// Rows that arrived below since the view stopped following.
    private(set) var arrived = 0
    private(set) var cursor: Int64 = 0
    private(set) var top = 0
    var filter = Filter()

    var cursorIndex: Int? {
        rows.isEmpty ? nil : min(rows.count - 1, max(0, rows.partitioningIndex { $0.sequence >= cursor }))
    }
    var selected: AuditEntry? { cursorIndex.map { rows[$0] } }
    /// The row after which newer ones are asked for.
    var newest: Int64 { rows.last?.sequence ?? 0 }
    var oldest: Int64? { rows.first?.sequence }

    /// Takes the newest rows of the log (ascending), as the answer to the first question.
    mutating func receiveNewest(_ entries: [AuditEntry]) {
        rows = entries
        isLoaded = true
        reachesStart = entries.count < Self.pageLength
        arrived = 0
        if isFollowing { cursor = newest }
    }

    /// Takes rows that came after ``newest`` (ascending).
    mutating func receiveNewer(_ entries: [AuditEntry]) {
        let fresh = entries.filter { $0.sequence > newest }
        guard !fresh.isEmpty else { return }
        rows += fresh
        if isFollowing {
            cursor = newest
            if rows.count > Self.capacity {
                rows.removeFirst(rows.count - Self.capacity)
                reachesStart = false
            }
        } else {
            arrived += fresh.count
        }
    }

    /// Takes rows that came before ``oldest`` (ascending).
    mutating func receiveOlder(_ entries: [AuditEntry]) {
        let older = entries.filter { $0.sequence < oldest ?? .max }
        reachesStart = entries.count < Self.pageLength
        rows.insert(contentsOf: older, at: 0)
        top += older.count
    }

    mutating func move(by steps: Int) {
        guard let index = cursorIndex else { return }
        let target = min(max(0, index + steps), rows.count - 1)
        cursor = rows[target].sequence
        isFollowing = target == rows.count - 1
        if isFollowing { arrived = 0 }
    }

    mutating func moveToStart() { move(by: -rows.count) }
    mutating func moveToEnd() { move(by: rows.count) }

    mutating func setFilter(_ text: String) {
        filter = Filter(text)
        isFollowing = true
        isLoaded = false
    }

    /// Scrolls so that the cursor is on a screen of `height` rows; following, its last row is the newest.
    mutating func scroll(toShow height: Int) {
        guard let index = cursorIndex, height > 0 else {
            top = 0
            return
        }
        top = isFollowing ? rows.count - height : min(max(top, index - height + 1), index)
        top = max(0, min(top, rows.count - height))
    }

    /// Whether older rows should be asked for, because the cursor comes near the oldest that is here.
    var wantsOlder: Bool { !isFollowing && !reachesStart && (cursorIndex ?? 0) < Self.pageLength / 3 }
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
