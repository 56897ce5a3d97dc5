-- What went wrong, from when it was found until it ended.
CREATE TABLE alerts (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    raised_at BIGINT NOT NULL,
    -- NULL while it is open.
    resolved_at BIGINT
);

-- At most one alert is open for a condition, whoever finds it.
CREATE UNIQUE INDEX alerts_open ON alerts (kind, subject) WHERE resolved_at IS NULL;
CREATE INDEX alerts_by_end ON alerts (resolved_at);

-- What each channel was told of an alert: whoever holds the lease of a row sends it.
CREATE TABLE alert_deliveries (
    alert_id BIGINT NOT NULL,
    event TEXT NOT NULL,
    channel TEXT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    next_attempt BIGINT NOT NULL,
    lease_owner TEXT,
    lease_expires BIGINT,
    delivered_at BIGINT,
    last_error TEXT,
    PRIMARY KEY (alert_id, event, channel)
) /* sqlite: WITHOUT ROWID */;

-- The last run of each series is looked up every minute.
CREATE INDEX backfill_history_by_series ON backfill_history (symbol_id, timeframe, id);
