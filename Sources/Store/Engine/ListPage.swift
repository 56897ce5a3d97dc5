import Warehouse

/// Which part of a list is asked for.
package struct ListWindow: Hashable, Sendable {
    package var offset: Int
    package var limit: Int
    /// The id of a row that must be in the part, wherever it stands now; `offset` counts when there is no such row.
    package var around: Int64?

    package init(offset: Int = 0, limit: Int = 1000, around: Int64? = nil) {
        self.offset = offset
        self.limit = limit
        self.around = around
    }
}

/// The order of a list: by a column, and by id where that is equal.
package struct ListOrder<Column: Hashable & Sendable>: Hashable, Sendable {
    package var column: Column
    package var isDescending: Bool

    package init(_ column: Column, isDescending: Bool = false) {
        self.column = column
        self.isDescending = isDescending
    }
}

/// A part of a list with its place in the whole, as one snapshot holds them.
package struct ListPage<Row: Sendable>: Sendable {
    package let rows: [Row]
    /// Place of the first row in the whole list, from 0.
    package let start: Int
    /// Length of the whole list.
    package let total: Int

    package init(rows: [Row], start: Int, total: Int) {
        self.rows = rows
        self.start = start
        self.total = total
    }
}

/// A piece of SQL with the values of its parameters.
struct SQLFragment {
    var sql: String
    var arguments: [SQLValue]

    init(_ sql: String, _ arguments: [SQLValue] = []) {
        self.sql = sql
        self.arguments = arguments
    }

    /// All of `fragments` at once; true when there are none.
    static func all(_ fragments: [SQLFragment]) -> SQLFragment {
        guard !fragments.isEmpty else { return SQLFragment("1 = 1") }
        return SQLFragment(fragments.map(\.sql).joined(separator: " AND "), fragments.flatMap(\.arguments))
    }
}

/// What the rows of a list are searched by.
struct SearchColumns {
    /// The text in which words are looked for.
    let text: SQLFragment
    /// The fields by the names under which they are asked for.
    let fields: [String: SQLFragment]

    /// The conditions that `filter` comes to.
    func conditions(of filter: ListFilter) -> [SQLFragment] {
        filter.terms.map { term in
            let column = term.field.flatMap { fields[$0] }
            let pattern = term.field == nil ? String.containing(term.text) : String.beginning(with: term.text)
            let operation = term.isNegated ? "NOT LIKE" : "LIKE"
            let subject = column ?? text
            return SQLFragment(
                "LOWER(\(subject.sql)) \(operation) LOWER(?) ESCAPE '\\'",
                subject.arguments + [.text(pattern)]
            )
        }
    }
}

/// A table as it is listed.
struct ListedTable {
    /// What stands behind `FROM` for deciding about rows and their order.
    let source: String
    /// The column of the ids.
    let id: String
    /// What stands before `WHERE` for reading rows; the columns of `source` go by the same names in it.
    let select: String
}

extension StoreSession {
    /// Reads a part of a list with its place in the whole.
    func page<Row>(
        of table: ListedTable,
        where condition: SQLFragment,
        order: String,
        in window: ListWindow,
        _ decode: (inout RowReader) throws -> Row
    ) throws -> ListPage<Row> {
        var window = window
        if let around = window.around {
            let place = try row(
                """
                SELECT place FROM (SELECT \(table.id) AS listed, ROW_NUMBER() OVER (ORDER BY \(order)) AS place
                                   FROM \(table.source) WHERE \(condition.sql)) AS places
                WHERE listed = ?
                """,
                condition.arguments + [.integer(around)]
            ) { Int($0.integer()) - 1 }
            if let place { window.offset = max(0, place - window.limit / 2) }
        }
        let rows = try rows(of: table, where: condition, order: order, in: window, decode)
        // A part that is not full is the last one: its end is the list's.
        if rows.count < window.limit, !rows.isEmpty || window.offset == 0 {
            return ListPage(rows: rows, start: window.offset, total: window.offset + rows.count)
        }
        let total = try count("SELECT COUNT(*) FROM \(table.source) WHERE \(condition.sql)", condition.arguments)
        return ListPage(rows: rows, start: window.offset, total: Int(total))
    }

    /// Reads the rows of a part of a list; `around` is left out of account.
    ///
    /// Ids are sorted first, and only the rows of the part are read whole.
    func rows<Row>(
        of table: ListedTable,
        where condition: SQLFragment,
        order: String,
        in window: ListWindow,
        _ decode: (inout RowReader) throws -> Row
    ) throws -> [Row] {
        try rows(
            """
            \(table.select) JOIN (SELECT \(table.id) AS listed FROM \(table.source) WHERE \(condition.sql)
                                  ORDER BY \(order) LIMIT ? OFFSET ?) AS part
            ON part.listed = \(table.id) ORDER BY \(order)
            """,
            condition.arguments + [.integer(window.limit), .integer(window.offset)],
            decode
        )
    }
}

extension String {
    /// A pattern for `LOWER(…) LIKE LOWER(?) ESCAPE '\'` that matches what holds `word`.
    ///
    /// The database folds the case on both sides: what SQLite's `LOWER` leaves as it is must not be folded here.
    static func containing(_ word: String) -> String { "%\(word.escapedForLike)%" }

    /// The same for what begins with `text`.
    static func beginning(with text: String) -> String { "\(text.escapedForLike)%" }

    private var escapedForLike: String {
        unicodeScalars.map { "%_\\".unicodeScalars.contains($0) ? "\\\($0)" : String($0) }.joined()
    }
}
