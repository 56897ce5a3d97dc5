-- One row a daily run, by the time at which it was due: whoever puts the row there does the run.
CREATE TABLE scheduler_runs (
    due_at BIGINT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    -- Until then nobody else takes the run over.
    lease_expires BIGINT NOT NULL,
    finished_at BIGINT,
    symbols BIGINT NOT NULL DEFAULT 0,
    jobs BIGINT NOT NULL DEFAULT 0,
    -- Series whose jobs were refused: another job fetches them, or the symbol was switched off meanwhile.
    skipped BIGINT NOT NULL DEFAULT 0,
    error TEXT
);
