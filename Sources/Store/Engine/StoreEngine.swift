package import Warehouse

/// A database that the store runs on.
///
/// The store above it knows SQL but no database; this is where a second one comes in.
package protocol StoreEngine: Sendable {
    /// Runs `body` on one consistent snapshot. Never waits for a writer.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any StoreSession) throws -> Value) async throws -> Value

    /// Runs `body` in one transaction: committed and on disk when this returns, rolled back without a trace when it
    /// throws. Writers of all processes wait for one another in turn.
    func write<Value: Sendable>(_ body: @escaping @Sendable (any StoreSession) throws -> Value) async throws -> Value

    /// The same on the calling thread, which waits: for a thread that does nothing but write.
    func writeAtOnce<Value>(_ body: (any StoreSession) throws -> Value) throws -> OwnCommit<Value>

    /// A number that is another one after any commit, of this process or another. Costs microseconds.
    func changeCounter() throws -> Int64

    /// The files of which every commit writes at least one, shortly before the change counter moves: who watches them need
    /// not ask. Empty where no file tells.
    var commitFiles: [String] { get }

    /// Runs `body` at once, on the calling thread: for looking up a few rows where waiting in line would cost more than
    /// the look. Each query sees a snapshot of its own.
    func peek<Value>(_ body: (any StoreSession) throws -> Value) throws -> Value

    /// Checks the database's own structure; the sentences name what is broken, none when all is well.
    func integrityProblems() async throws -> [String]

    /// How much the database takes on disk, in bytes.
    func size() async throws -> Int64

    /// Whether nothing can be written through this engine.
    var isReadOnly: Bool { get }

    /// Releases the connections; what is under way finishes first.
    func close() throws
}

/// A transaction that was committed, and what the change counter was right before and right after.
///
/// Between the two nobody else has committed: who knew the store at `before`, and what was written, knows it at `after`.
package struct OwnCommit<Value> {
    package let value: Value
    package let before: Int64
    /// `nil` when it could not be told.
    package let after: Int64?

    package init(value: Value, before: Int64, after: Int64?) {
        self.value = value
        self.before = before
        self.after = after
    }
}

/// One transaction, or one snapshot for reading.
///
/// Valid only inside of the closure that it was given to.
package protocol StoreSession {
    /// Runs a query and hands each row to `body`, which may not keep it.
    func forEachRow(_ sql: String, _ arguments: [SQLValue], _ body: (inout RowReader) throws -> Void) throws

    /// Runs a statement; returns how many rows it changed.
    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int

    /// Runs the statements of a script, separated by `;`. Comments of the form `/* sqlite: … */` are for one engine.
    func executeScript(_ sql: String) throws

    /// The tables that the database has, those of the engine itself left out.
    func tableNames() throws -> [String]

    /// Inserts candles, and replaces those whose values differ. Returns how many rows it wrote: a candle that is stored
    /// with the same values is not touched, and keeps of `unsaid` what it has.
    func upsert(
        _ candles: ArraySlice<Candle>,
        of series: CandleSeries,
        source: CandleSource,
        fetchedAt: Timestamp,
        unsaid: CandleBatch.Unsaid
    ) throws -> Int

    /// Inserts rows of the audit log as they are; their place in the chain is the caller's matter.
    func insert(_ entries: [AuditEntry]) throws
}

extension StoreSession {
    /// Runs a query and decodes each row.
    package func rows<Value>(
        _ sql: String,
        _ arguments: [SQLValue] = [],
        _ decode: (inout RowReader) throws -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        try forEachRow(sql, arguments) { values.append(try decode(&$0)) }
        return values
    }

    /// Runs a query and decodes the first row, `nil` when there is none.
    package func row<Value>(
        _ sql: String,
        _ arguments: [SQLValue] = [],
        _ decode: (inout RowReader) throws -> Value
    ) throws -> Value? {
        var value: Value?
        try forEachRow(sql, arguments) { row in
            if value == nil { value = try decode(&row) }
        }
        return value
    }

    /// The single number that a query answers, 0 when it answers nothing.
    package func count(_ sql: String, _ arguments: [SQLValue] = []) throws -> Int64 {
        try row(sql, arguments) { $0.integer() } ?? 0
    }

    @discardableResult
    package func execute(_ sql: String) throws -> Int {
        try execute(sql, [])
    }
}
