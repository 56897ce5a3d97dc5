/// A list as the console shows it: a window of rows out of a longer list in the store, with a cursor that is pinned to
/// the identity of a row, not to its place.
struct ListState<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    /// How many rows are asked for at once: more than any screen shows, so that moving rarely waits.
    static var windowLength: Int { 400 }

    private(set) var rows: [Row] = []
    /// Place of the first of ``rows`` in the whole list.
    private(set) var windowStart = 0
    /// Length of the whole list.
    private(set) var total = 0
    private(set) var isLoaded = false
    /// Place of the selected row in the whole list.
    private(set) var cursor = 0
    /// Place of the first row on the screen.
    private(set) var top = 0
    private(set) var selectedID: Row.ID?
    /// A row that is to be selected as soon as it comes.
    private var expectedID: Row.ID?
    var filter = Filter()

    var selected: Row? { row(at: cursor) }

    func row(at place: Int) -> Row? {
        let index = place - windowStart
        return rows.indices.contains(index) ? rows[index] : nil
    }

    /// Takes what the store answered.
    ///
    /// The cursor stays on its row wherever that is now; when the row is gone the cursor stays at its place.
    mutating func receive(_ rows: [Row], start: Int, total: Int) {
        self.rows = rows
        self.windowStart = start
        self.total = total
        isLoaded = true
        if let expectedID, let index = rows.firstIndex(where: { $0.id == expectedID }) {
            self.expectedID = nil
            cursor = start + index
        } else if let selectedID, let index = rows.firstIndex(where: { $0.id == selectedID }) {
            let moved = start + index - cursor
            cursor += moved
            top = max(0, top + moved)
        }
        place(at: cursor)
    }

    mutating func move(by steps: Int) {
        select(cursor + steps)
    }

    /// Puts the cursor on a place of the whole list; what lies outside becomes the nearest end.
    mutating func select(_ place: Int) {
        expectedID = nil
        self.place(at: place)
    }

    private mutating func place(at place: Int) {
        cursor = min(max(0, place), max(0, total - 1))
        selectedID = selected?.id ?? (total == 0 ? nil : selectedID)
    }

    /// Selects a row that is expected to appear, such as one that was just made.
    mutating func pin(_ id: Row.ID) {
        expectedID = id
    }

    mutating func setFilter(_ text: String) {
        filter = Filter(text)
        top = 0
        cursor = 0
    }

    /// Scrolls so that the cursor is on a screen of `height` rows.
    mutating func scroll(toShow height: Int) {
        guard height > 0 else { return }
        top = min(max(top, cursor - height + 1), cursor)
        top = max(0, min(top, total - height))
    }

    /// Where the window should start when what a screen of `height` rows shows is not all loaded; `nil` when it is.
    func missingWindow(height: Int) -> Int? {
        let needed = top..<min(total, top + max(1, height))
        guard isLoaded, !needed.isEmpty,
            needed.lowerBound < windowStart || needed.upperBound > windowStart + rows.count
        else { return nil }
        return max(0, cursor - Self.windowLength / 2)
    }
}

/// What a list is narrowed down to: rows that hold every word.
struct Filter: Hashable, Sendable {
    let text: String

    init(_ text: String = "") {
        self.text = text
    }

    var words: [String] { text.split(separator: " ").map(String.init) }
    var isEmpty: Bool { words.isEmpty }
}
