package import Warehouse

extension LegacyStore {
    /// A run with its symbol as it is tracked here.
    package struct Run: Hashable, Sendable {
        package var run: LegacyRun
        package var symbol: SymbolID
        package var spelling: String

        package init(run: LegacyRun, symbol: SymbolID, spelling: String) {
            self.run = run
            self.symbol = symbol
            self.spelling = spelling
        }
    }

    /// Keeps the ids up to `id` for the old service's runs.
    package func reserveRunIDs(upTo id: Int64) async throws {
        try await reserve("backfill_history", upTo: id)
    }

    /// Puts runs into the history, as runs of no job, under their old ids where those are free.
    package func addRuns(_ runs: [Run]) async throws -> [Outcome] {
        try await write(runs) { session, now in
            var totals = Totals()
            let outcomes = try runs.map { run -> Outcome in
                let row = LegacyRowID(run)
                if let known = try session.takenOver(row) { return .known(known) }
                let id = try session.insert(run)
                try session.remember(row, as: id)
                totals.runs += 1
                return .added(id)
            }
            if totals.runs > 0 { try session.raise(.jobs) }
            try session.tally(totals, at: now)
            return outcomes
        }
    }
}

extension LegacyRowID {
    fileprivate init(_ row: LegacyStore.Run) {
        let run = row.run
        let numbers = [
            run.range.lowerBound.microseconds, run.range.upperBound.microseconds, run.candles, run.success ? 1 : 0,
            run.startedAt.microseconds, run.finishedAt.microseconds,
        ]
        self.init(
            .runs,
            run.id,
            content: [row.spelling, run.timeframe.rawValue, run.error] + numbers.map { String($0) }
        )
    }
}

extension StoreSession {
    fileprivate func insert(_ row: LegacyStore.Run) throws -> Int64 {
        let run = row.run
        let isFree = try count("SELECT COUNT(*) FROM backfill_history WHERE id = ?", [.integer(run.id)]) == 0
        let id = isFree ? run.id : try nextID(of: "backfill_history")
        try execute(
            """
            INSERT INTO backfill_history (id, job_id, symbol_id, symbol, timeframe, start_time, end_time, outcome, candles,
                                          rejected, pages, error, source, started_at, finished_at)
            VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, 'none', ?, ?)
            """,
            [
                .integer(id), .id(row.symbol), .text(row.spelling), .text(run.timeframe), .time(run.range.lowerBound),
                .time(run.range.upperBound), .text(run.success ? JobState.completed : .failed), .integer(run.candles),
                .text(run.error), .time(run.startedAt), .time(run.finishedAt),
            ]
        )
        return id
    }
}
