package import Warehouse

/// The backfill jobs as an administrator sees and moves them.
///
/// What the worker does with them is in ``LeaseStore``.
package struct JobStore: Sendable {
    let engine: any StoreEngine
    let clock: any WallClock

    /// Which jobs, and in which order: the unfinished ones first, then the newest, where nothing is said.
    package struct Query: Hashable, Sendable {
        package var states: Set<JobState> = []
        package var symbol: SymbolID?
        package var filter = ListFilter()
        package var order = ListOrder(Column.state)
        package var limit = 1000
        package var offset = 0
        /// A job that a page must hold, wherever it stands now.
        package var around: JobID?

        package init(
            states: Set<JobState> = [],
            symbol: SymbolID? = nil,
            filter: ListFilter = ListFilter(),
            order: ListOrder<Column> = ListOrder(.state),
            limit: Int = 1000,
            offset: Int = 0,
            around: JobID? = nil
        ) {
            self.states = states
            self.symbol = symbol
            self.filter = filter
            self.order = order
            self.limit = limit
            self.offset = offset
            self.around = around
        }
    }

    /// What jobs are listed by.
    package enum Column: String, CaseIterable, Sendable {
        case job
        case symbol
        case timeframe
        /// Running, queued, paused, then what has ended.
        case state
        case progress
        case candles
        case rejected
        case attempts
    }

    /// A part of the jobs that match, with its place in the whole.
    package func page(_ query: Query) async throws -> ListPage<BackfillJob> {
        try await engine.read { session in
            try session.page(
                of: Self.table,
                where: query.condition,
                order: query.orderTerms,
                in: query.window,
                Self.decode
            )
        }
    }

    /// The same without its place in the whole.
    package func list(_ query: Query = Query()) async throws -> [BackfillJob] {
        try await engine.read { session in
            try session.rows(
                of: Self.table,
                where: query.condition,
                order: query.orderTerms,
                in: query.window,
                Self.decode
            )
        }
    }

    /// How many jobs match, whatever the limit.
    package func count(_ query: Query = Query()) async throws -> Int64 {
        try await engine.read { session in
            let condition = query.condition
            return try session.count("SELECT COUNT(*) FROM \(Self.source) WHERE \(condition.sql)", condition.arguments)
        }
    }

    /// - Throws: ``StoreError/unknownJob(_:)``.
    package func find(_ id: JobID) async throws -> BackfillJob {
        try await engine.read { try $0.job(id) }
    }

    /// Puts a job into the queue.
    ///
    /// `expectedUnits`: how many sessions or windows of `range` should exist, for the progress bar. Throws
    /// ``StoreError/inactiveSymbol(_:)``, ``StoreError/emptyRange``,
    /// ``StoreError/overlappingJob(_:symbol:timeframe:)`` when an unfinished job fetches a part of the range.
    package func enqueue(
        _ series: CandleSeries,
        range: Range<Timestamp>,
        expectedUnits: Int64,
        priority: JobPriority = .manual,
        by actor: Actor
    ) async throws -> BackfillJob {
        guard !range.isEmpty else { throw StoreError.emptyRange }
        return try await engine.write { [clock] session in
            let symbol = try session.symbol(series.symbol)
            guard symbol.active else { throw StoreError.inactiveSymbol(symbol.symbol) }
            try session.requireNoOverlap(series, range, symbol: symbol.symbol)
            let now = clock.now
            let id = JobID(try session.nextID(of: "backfill_jobs"))
            try session.execute(
                """
                INSERT INTO backfill_jobs (id, symbol_id, timeframe, start_time, end_time, state, priority, requested_by,
                                           created_at, done_until, next_attempt, expected_units)
                VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?)
                """,
                [
                    .id(id), .id(series.symbol), .text(series.timeframe), .time(range.lowerBound),
                    .time(range.upperBound), .integer(priority.rawValue), .text(actor.name), .time(now),
                    .time(range.lowerBound), .time(now), .integer(expectedUnits),
                ]
            )
            try session.settleBackfillStatus(of: series.symbol)
            let job = try session.job(id)
            try session.recordJobChange("backfill.start", of: job, by: actor, at: now)
            return job
        }
    }

    /// Stops a queued or running job; what it has stored stays, and ``resume(_:by:)`` goes on from there.
    package func pause(_ id: JobID, by actor: Actor) async throws -> BackfillJob {
        try await move(id, from: [.queued, .running], to: .paused, "paused", action: "backfill.pause", by: actor)
    }

    /// Lets a paused job go on.
    package func resume(_ id: JobID, by actor: Actor) async throws -> BackfillJob {
        try await move(id, from: [.paused], to: .queued, "resumed", action: "backfill.resume", by: actor)
    }

    /// Ends a job for good; what it has stored stays.
    package func cancel(_ id: JobID, by actor: Actor) async throws -> BackfillJob {
        try await move(
            id,
            from: [.queued, .running, .paused],
            to: .cancelled,
            "cancelled",
            action: "backfill.cancel",
            by: actor
        )
    }

    /// Queues a failed or cancelled job again, from where it stopped.
    package func retry(_ id: JobID, by actor: Actor) async throws -> BackfillJob {
        try await move(
            id,
            from: [.failed, .cancelled],
            to: .queued,
            "retried",
            action: "backfill.retry",
            by: actor
        )
    }

    /// Queues every failed job again, or those of one symbol; returns them.
    ///
    /// A job whose symbol is inactive, or whose range another job fetches by now, stays as it is.
    package func retryAllFailed(of symbol: SymbolID? = nil, by actor: Actor) async throws -> [BackfillJob] {
        let failed = try await list(Query(states: [.failed], symbol: symbol, limit: .max))
        var retried: [BackfillJob] = []
        for job in failed {
            do {
                retried.append(try await retry(job.id, by: actor))
            } catch let refusal as StoreError where !refusal.isUnavailable {
                continue
            }
        }
        return retried
    }

    private func move(
        _ id: JobID,
        from allowed: Set<JobState>,
        to state: JobState,
        _ participle: String,
        action: String,
        by actor: Actor
    ) async throws -> BackfillJob {
        try await engine.write { [clock] session in
            let job = try session.job(id)
            guard allowed.contains(job.state) else {
                throw StoreError.jobState(id, is: job.state, action: participle)
            }
            let now = clock.now
            if state == .queued {
                let symbol = try session.symbol(job.symbolID)
                guard symbol.active else { throw StoreError.inactiveSymbol(symbol.symbol) }
            }
            if job.state.isFinished {
                let series = CandleSeries(symbol: job.symbolID, timeframe: job.timeframe)
                try session.requireNoOverlap(series, job.range, symbol: job.ticker.symbol)
            }
            // A worker that holds the lease finds its token outdated at its next commit and lets go.
            try session.execute(
                """
                UPDATE backfill_jobs
                SET state = ?, lease_owner = NULL, lease_expires = NULL, lease_token = lease_token + 1,
                    attempts = 0, next_attempt = ?, error = CASE WHEN ? THEN NULL ELSE error END, finished_at = ?,
                    started_at = CASE WHEN ? THEN NULL ELSE started_at END
                WHERE id = ?
                """,
                [
                    .text(state), .time(now), .boolean(state == .queued), .time(state == .cancelled ? now : nil),
                    // A run that is tried again is another one, with a start of its own.
                    .boolean(job.state.isFinished), .id(id),
                ]
            )
            try session.settleBackfillStatus(of: job.symbolID)
            if state == .cancelled { try session.recordRun(of: try session.job(id), source: nil, at: now) }
            let moved = try session.job(id)
            try session.recordJobChange(action, of: moved, by: actor, at: now)
            return moved
        }
    }

    static let select = """
        SELECT j.id, j.symbol_id, s.symbol, s.asset_class, j.timeframe, j.start_time, j.end_time, j.state, j.done_until,
               j.feed_cursor, j.candles, j.rejected, j.pages, j.expected_units, j.done_units, j.attempts, j.next_attempt,
               j.lease_owner, j.lease_token, j.lease_expires, j.error, j.priority, j.requested_by, j.created_at,
               j.started_at, j.finished_at
        FROM \(source)
        """
    private static let source = "backfill_jobs j JOIN tracked_symbols s ON s.id = j.symbol_id"
    private static let table = ListedTable(source: source, id: "j.id", select: select)

    @Sendable
    static func decode(_ row: inout RowReader) throws -> BackfillJob {
        let id = JobID(row.integer())
        let symbol = SymbolID(row.integer())
        let ticker = Ticker(stored: row.text(), assetClass: try row.value())
        let timeframe: Timeframe = try row.value()
        let range = try row.range()
        let state: JobState = try row.value()
        let progress = BackfillJob.Progress(
            doneUntil: row.time(),
            cursor: row.optionalText(),
            candles: row.integer(),
            rejected: row.integer(),
            pages: row.integer(),
            expectedUnits: row.integer(),
            doneUnits: row.integer()
        )
        let attempts = Int(row.integer())
        let nextAttempt = row.time()
        let owner = row.optionalText()
        let token = row.integer()
        let expires = row.optionalTime()
        var lease: BackfillJob.Lease?
        if let owner, let expires { lease = BackfillJob.Lease(owner: owner, token: token, expiresAt: expires) }
        let error = row.optionalText()
        let priority = JobPriority(rawValue: Int(row.integer())) ?? .manual
        return BackfillJob(
            id: id,
            symbolID: symbol,
            ticker: ticker,
            timeframe: timeframe,
            range: range,
            state: state,
            progress: progress,
            attempts: attempts,
            nextAttempt: nextAttempt,
            lease: lease,
            error: error,
            priority: priority,
            requestedBy: row.text(),
            createdAt: row.time(),
            startedAt: row.optionalTime(),
            finishedAt: row.optionalTime()
        )
    }
}

extension JobStore.Query {
    /// The fields that a filter can name.
    package static let filterFields: [String] = search.fields.keys.sorted()

    private static let search = SearchColumns(
        text: SQLFragment(
            """
            CAST(j.id AS TEXT) || ' ' || s.symbol || ' ' || j.timeframe || ' ' || j.state || ' ' || COALESCE(j.error, '')
            """
        ),
        fields: [
            "job": SQLFragment("CAST(j.id AS TEXT)"),
            "symbol": SQLFragment("s.symbol"),
            "class": SQLFragment("s.asset_class"),
            "timeframe": SQLFragment("j.timeframe"),
            "state": SQLFragment("j.state"),
            "status": SQLFragment("j.state"),
            "error": SQLFragment("COALESCE(j.error, '')"),
        ]
    )

    fileprivate var window: ListWindow { ListWindow(offset: offset, limit: limit, around: around?.rawValue) }

    fileprivate var condition: SQLFragment {
        var fragments: [SQLFragment] = []
        if !states.isEmpty {
            fragments.append(
                SQLFragment(
                    "j.state IN (\(states.map { _ in "?" }.joined(separator: ", ")))",
                    states.sorted { $0.rawValue < $1.rawValue }.map { .text($0) }
                )
            )
        }
        if let symbol { fragments.append(SQLFragment("j.symbol_id = ?", [.id(symbol)])) }
        return .all(fragments + Self.search.conditions(of: filter))
    }

    fileprivate var orderTerms: String {
        let direction = order.isDescending ? "DESC" : "ASC"
        let expression =
            switch order.column {
            case .job: "j.id"
            case .symbol: "s.symbol"
            case .timeframe: "j.timeframe"
            // As the index backfill_jobs_in_order has it.
            case .state: "(CASE j.state WHEN 'running' THEN 0 WHEN 'queued' THEN 1 WHEN 'paused' THEN 2 ELSE 3 END)"
            case .progress: "j.done_units * 1.0 / CASE WHEN j.expected_units > 0 THEN j.expected_units ELSE 1 END"
            case .candles: "j.candles"
            case .rejected: "j.rejected"
            case .attempts: "j.attempts"
            }
        return "\(expression) \(direction)" + (order.column == .job ? "" : ", j.id DESC")
    }
}
