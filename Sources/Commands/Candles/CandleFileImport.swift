import Feeds
import Store
import Warehouse

/// Brings candle files into the store, the oldest first, while the next rows are parsed as the last are written.
///
/// Every row is taken in by a transaction that can be made again: an import that was killed is just started again.
struct CandleFileImport {
    let targets: ImportTargets
    let timeframe: Timeframe
    let mapping: ColumnMapping
    private let store: Store
    private let actor: Actor
    private let now: Timestamp
    private let surroundings: Surroundings
    private(set) var report = CandleImportReport()
    private var progress: FileProgress
    /// The bytes of the files that are done.
    private var doneBytes: Int64 = 0

    init(
        targets: ImportTargets,
        timeframe: Timeframe,
        mapping: ColumnMapping,
        in session: CommandSession
    ) {
        self.targets = targets
        self.timeframe = timeframe
        self.mapping = mapping
        store = session.store
        actor = session.actor
        now = session.now
        surroundings = session.surroundings
        progress = FileProgress(of: 0, surroundings: session.surroundings)
    }

    mutating func run(_ paths: [String]) async throws {
        let files = paths.map { FileStart(path: $0, mapping: mapping.names, times: times) }.sorted()
        progress = FileProgress(of: files.reduce(0) { $0 + $1.size }, surroundings: surroundings)
        defer { progress.clear() }
        for file in files {
            try await take(file)
            doneBytes += file.size
        }
    }

    private var times: FieldTime { FieldTime(calendar: targets.calendar, timeframe: timeframe) }

    private mutating func take(_ file: FileStart) async throws {
        let reader: CandleFileReader
        do {
            reader = try CandleFileReader(
                path: file.path,
                mapping: mapping.names,
                times: times,
                filter: targets.filter
            )
        } catch {
            report.fail("\(error)")
            return
        }
        report.files += 1
        guard reader.columns.hasTicker || targets.isNamed else {
            report.fail("\(file.path): the file does not say which symbol it is about: say it with --symbol")
            return
        }
        var intake = FileIntake(
            reader,
            path: file.path,
            targets: targets.symbols,
            timeframe: timeframe,
            store: store,
            now: now
        )
        let store = store
        var ready = try await intake.next()
        while let step = ready {
            let event = report.changed ? nil : event(of: file.path, step)
            async let outcome = store.candles.write(step.batches, auditing: event)
            ready = try await intake.next()
            report.count(step, try await outcome)
            progress.show(file.name, bytes: doneBytes + reader.position, candles: report.read)
        }
        report.skip(reader.skipped)
        for (_, row) in intake.refused.sorted(by: { $0.value.line < $1.value.line }) {
            report.fail(row.refusal)
        }
        if let fault = reader.fault { report.fail("\(fault)") }
    }

    /// What the audit says of the first transaction that changes anything.
    private func event(of path: String, _ step: FileIntake.Step) -> AuditEvent {
        let names = targets.isNamed ? targets.symbols[0].symbol : "tracked symbols"
        return AuditEvent("candles.import", by: actor, detail: "\(names) \(timeframe.rawValue) of \(path)")
    }
}

/// A file by the time of its first row, so that files are taken in the order of their candles.
private struct FileStart: Comparable {
    let path: String
    let size: Int64
    private let first: Int64?

    /// What can't be read now says why when its turn comes; what can be read only once is not opened before.
    init(path: String, mapping: [CandleField: String], times: FieldTime) {
        self.path = path
        size = CandleFileReader.size(of: path) ?? 0
        var page = CandleFilePage()
        guard size > 0, let reader = try? CandleFileReader(path: path, mapping: mapping, times: times),
            reader.next(limit: 1, into: &page)
        else {
            first = nil
            return
        }
        first = page.bars.first?.time
    }

    var name: String { path.split(separator: "/").last.map { String($0) } ?? path }

    static func < (left: FileStart, right: FileStart) -> Bool {
        switch (left.first, right.first) {
        case (let left?, let right?): left < right
        case (_?, nil): true
        default: false
        }
    }
}
