CREATE TABLE backfill_jobs (
    id BIGINT NOT NULL PRIMARY KEY,
    symbol_id BIGINT NOT NULL,
    timeframe TEXT NOT NULL,
    start_time BIGINT NOT NULL,
    end_time BIGINT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('queued', 'running', 'paused', 'completed', 'failed', 'cancelled')),
    priority BIGINT NOT NULL,
    requested_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    -- Progress: moves in the transaction that stores candles.
    done_until BIGINT NOT NULL,
    feed_cursor TEXT,
    candles BIGINT NOT NULL DEFAULT 0,
    rejected BIGINT NOT NULL DEFAULT 0,
    pages BIGINT NOT NULL DEFAULT 0,
    expected_units BIGINT NOT NULL DEFAULT 0,
    done_units BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    next_attempt BIGINT NOT NULL,
    error TEXT,
    -- The lease: only the worker with the newest token may commit.
    lease_owner TEXT,
    lease_token BIGINT NOT NULL DEFAULT 0,
    lease_expires BIGINT
);

CREATE INDEX backfill_jobs_by_state ON backfill_jobs (state, priority, next_attempt);
CREATE INDEX backfill_jobs_by_symbol ON backfill_jobs (symbol_id, timeframe);

-- One row a finished run of a job.
CREATE TABLE backfill_history (
    id BIGINT NOT NULL PRIMARY KEY,
    job_id BIGINT NOT NULL,
    symbol_id BIGINT NOT NULL,
    symbol TEXT NOT NULL,
    timeframe TEXT NOT NULL,
    start_time BIGINT NOT NULL,
    end_time BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    candles BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    pages BIGINT NOT NULL,
    error TEXT,
    source TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    finished_at BIGINT NOT NULL
);

CREATE INDEX backfill_history_by_symbol ON backfill_history (symbol_id, finished_at);

-- The workers that run, or ran: a row whose heartbeat is old is of a worker that died.
CREATE TABLE workers (
    id TEXT NOT NULL PRIMARY KEY,
    feed TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    heartbeat_at BIGINT NOT NULL,
    -- Why the worker fetches nothing, in one sentence; NULL while all is well.
    trouble TEXT
);

-- The requests of the last minute, shared by all workers of the database and kept over restarts.
CREATE TABLE vendor_requests (
    id BIGINT NOT NULL PRIMARY KEY,
    time BIGINT NOT NULL
);
