import Store
import Warehouse

/// The symbols, keys and jobs as the console shows them.
typealias SymbolList = ListState<SymbolOverview, SymbolStore.Column>
typealias KeyList = ListState<APIKey, KeyStore.Column>
typealias JobList = ListState<BackfillJob, JobStore.Column>

/// A list as the console shows it: a window of rows out of a longer list in the store, with a cursor and marks that are
/// pinned to the identity of rows, not to their places.
struct ListState<Row: Identifiable & Sendable, Column: RawRepresentable & Hashable & Sendable>: Sendable
where Row.ID: Sendable, Column.RawValue == String {
    /// How many rows are asked for at once: more than a screen of `height` rows shows, so that moving rarely waits; fewer for
    /// the first screen, which somebody waits for.
    func windowLength(height: Int) -> Int { isLoaded ? max(400, height * 3) : max(100, height * 2) }

    private(set) var rows: [Row] = [] { didSet { revision += 1 } }
    /// Place of the first of ``rows`` in the whole list.
    private(set) var windowStart = 0 { didSet { if windowStart != oldValue { revision += 1 } } }
    /// Length of the whole list.
    private(set) var total = 0 { didSet { if total != oldValue { revision += 1 } } }
    private(set) var isLoaded = false { didSet { if isLoaded != oldValue { revision += 1 } } }
    /// Place of the selected row in the whole list.
    private(set) var cursor = 0
    /// Place of the first row on the screen.
    private(set) var top = 0 { didSet { if top != oldValue { revision += 1 } } }
    private(set) var selectedID: Row.ID?
    /// A row that is to be selected as soon as it comes.
    private var expectedID: Row.ID?
    /// Whether ``rows`` are still those of another filter: nothing may be done to them.
    private(set) var isOutdated = false
    /// Whether somebody has moved the cursor; until then the view stays at the top, where what is new appears.
    private var hasMoved = false
    /// The row around which the next window is asked for, because it may stand anywhere by now.
    private(set) var soughtID: Row.ID?
    /// The marked rows as they were last seen, each with its number in the order of marking.
    private var marks: [Row.ID: Mark] = [:] { didSet { revision += 1 } }
    private var lastMark = 0
    var filter = Filter() { didSet { revision += 1 } }
    private(set) var order: ListOrder<Column> { didSet { revision += 1 } }
    let usualOrder: ListOrder<Column>

    /// Another number whenever what is shown besides the cursor is something else.
    private(set) var revision = 0

    private struct Mark {
        let number: Int
        var row: Row
    }

    init(order: ListOrder<Column>) {
        self.order = order
        usualOrder = order
    }

    var selected: Row? { row(at: cursor) }

    func row(at place: Int) -> Row? {
        let index = place - windowStart
        return rows.indices.contains(index) ? rows[index] : nil
    }

    /// Takes what the store answered.
    ///
    /// The cursor stays on its row wherever that is now; when the row is gone the cursor stays at its place.
    mutating func receive(_ page: ListPage<Row>) {
        let wasInWindow = selectedID.map { id in rows.contains { $0.id == id } } ?? false
        rows = page.rows
        windowStart = page.start
        total = page.total
        isLoaded = true
        isOutdated = false
        let wasSought = soughtID != nil
        soughtID = nil
        for row in rows { marks[row.id]?.row = row }
        if let expectedID, let index = rows.firstIndex(where: { $0.id == expectedID }) {
            self.expectedID = nil
            cursor = page.start + index
        } else if let selectedID, let index = rows.firstIndex(where: { $0.id == selectedID }) {
            let moved = page.start + index - cursor
            cursor += moved
            if hasMoved { top = max(0, top + moved) }
        } else if let selectedID, wasInWindow, !wasSought, rows.count < total {
            // It may have moved out of the window: one more question tells.
            soughtID = selectedID
            return
        }
        place(at: cursor)
    }

    mutating func move(by steps: Int) {
        select(cursor + steps)
    }

    /// Puts the cursor on a place of the whole list; what lies outside becomes the nearest end.
    mutating func select(_ place: Int) {
        expectedID = nil
        hasMoved = true
        self.place(at: place)
    }

    private mutating func place(at place: Int) {
        // Before the first rows are there it is not known how far the list goes.
        cursor = isLoaded ? min(max(0, place), max(0, total - 1)) : max(0, place)
        // Where no row is loaded yet the place is all that is known.
        selectedID = selected?.id
    }

    /// Selects a row that is expected to appear, such as one that was just made.
    mutating func pin(_ id: Row.ID) {
        expectedID = id
        soughtID = id
    }

    mutating func setFilter(_ filter: Filter) {
        isOutdated = filter.conditions != self.filter.conditions && isLoaded
        self.filter = filter
        top = 0
        cursor = 0
        // The rows that are left are looked at from the first one.
        selectedID = nil
        soughtID = nil
        hasMoved = false
    }

    /// Sorts anew; the cursor stays on its row.
    mutating func sort(by order: ListOrder<Column>) {
        self.order = order
        soughtID = selectedID
    }

    // MARK: Marks

    var markCount: Int { marks.count }

    func isMarked(_ id: Row.ID) -> Bool { marks[id] != nil }

    /// What an action is meant for: the marked rows in the order of marking, or the selected one.
    var targets: [Row] {
        marks.isEmpty ? [selected].compactMap(\.self) : marks.values.sorted { $0.number < $1.number }.map(\.row)
    }

    /// Marks the selected row, or takes its mark away.
    mutating func toggleMark() {
        guard let selected else { return }
        if marks.removeValue(forKey: selected.id) == nil { mark([selected]) }
    }

    mutating func mark(_ rows: [Row]) {
        for row in rows {
            lastMark += 1
            marks[row.id] = Mark(number: lastMark, row: row)
        }
    }

    mutating func unmark(_ id: Row.ID) { marks[id] = nil }

    mutating func clearMarks() {
        marks = [:]
    }

    // MARK: The screen

    /// Which row of the screen the cursor is on, as far as a row is loaded there.
    var cursorOnScreen: Int? { rows.indices.contains(cursor - windowStart) ? cursor - top : nil }

    var isCursorMarked: Bool { cursorOnScreen != nil && isMarked(rows[cursor - windowStart].id) }

    /// Scrolls so that the cursor is on a screen of `height` rows, by `step` rows at least.
    ///
    /// A step of several rows is for a part of the screen that the terminal can't scroll by itself, as every row of it is
    /// written anew: then that happens once in so many moves.
    mutating func scroll(toShow height: Int, step: Int = 1) {
        guard height > 0 else { return }
        let step = min(step, max(1, height / 2))
        if cursor >= top + height {
            top = max(cursor - height + 1, min(top + step, cursor))
        } else if cursor < top {
            top = min(cursor, max(top - step, cursor - height + 1))
        }
        top = max(0, min(top, total - height))
    }

    /// Whether the store has to be asked for what a screen of `height` rows shows.
    func isIncomplete(height: Int) -> Bool {
        height > 0 && isLoaded && (soughtID != nil || missingWindow(height: height) != nil)
    }

    /// Where the window should start when what a screen of `height` rows shows is not all loaded; `nil` when it is.
    func missingWindow(height: Int) -> Int? {
        let end = min(total, top + max(1, height))
        guard isLoaded, top < end, top < windowStart || end > windowStart + rows.count else { return nil }
        return max(0, cursor - windowLength(height: height) / 2)
    }
}

/// What a list is narrowed down to, as it was typed.
struct Filter: Hashable, Sendable {
    let text: String
    /// What the store is asked for.
    let conditions: ListFilter

    init() {
        text = ""
        conditions = ListFilter()
    }

    init(_ text: String, in pane: Pane) {
        self.text = text
        conditions = ListFilter(text, fields: pane.filterFields)
    }

    var isEmpty: Bool { conditions.isEmpty }
}
