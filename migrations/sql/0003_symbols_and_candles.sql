CREATE TABLE tracked_symbols (
    id BIGINT NOT NULL PRIMARY KEY,
    symbol TEXT NOT NULL UNIQUE,
    asset_class TEXT NOT NULL CHECK (asset_class IN ('stock', 'etf', 'crypto')),
    active BOOLEAN NOT NULL,
    -- Ascending, comma-separated.
    timeframes TEXT NOT NULL,
    date_added BIGINT NOT NULL,
    last_backfill BIGINT,
    backfill_status TEXT NOT NULL CHECK (backfill_status IN ('pending', 'in_progress', 'completed', 'failed')),
    backfill_error TEXT
);

-- Clustered by its key: a range of one symbol and timeframe is one run of pages.
CREATE TABLE candles (
    symbol_id BIGINT NOT NULL,
    timeframe TEXT NOT NULL,
    time BIGINT NOT NULL,
    open DOUBLE PRECISION NOT NULL,
    high DOUBLE PRECISION NOT NULL,
    low DOUBLE PRECISION NOT NULL,
    close DOUBLE PRECISION NOT NULL,
    volume DOUBLE PRECISION NOT NULL,
    vwap DOUBLE PRECISION,
    trades BIGINT,
    flags BIGINT NOT NULL,
    source TEXT NOT NULL,
    fetched_at BIGINT NOT NULL,
    PRIMARY KEY (symbol_id, timeframe, time)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE rejected_candles (
    id BIGINT NOT NULL PRIMARY KEY,
    symbol_id BIGINT NOT NULL,
    timeframe TEXT NOT NULL,
    time BIGINT,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    raw TEXT NOT NULL,
    source TEXT NOT NULL,
    rejected_at BIGINT NOT NULL,
    UNIQUE (symbol_id, timeframe, rule, raw)
);

-- Kept up to date in the transaction that writes candles, so that statistics never scan them.
CREATE TABLE symbol_stats (
    symbol_id BIGINT NOT NULL,
    timeframe TEXT NOT NULL,
    candles BIGINT NOT NULL,
    first_time BIGINT,
    last_time BIGINT,
    rejected BIGINT NOT NULL,
    revisions BIGINT NOT NULL,
    gaps BIGINT NOT NULL,
    volume_anomalies BIGINT NOT NULL,
    source TEXT,
    PRIMARY KEY (symbol_id, timeframe)
) /* sqlite: WITHOUT ROWID */;

-- Disjoint intervals [start_time, end_time) of what is known of the candles of a symbol and timeframe.
CREATE TABLE coverage (
    symbol_id BIGINT NOT NULL,
    timeframe TEXT NOT NULL,
    start_time BIGINT NOT NULL,
    end_time BIGINT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (symbol_id, timeframe, start_time)
) /* sqlite: WITHOUT ROWID */;
