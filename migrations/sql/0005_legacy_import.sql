-- What was taken over from the old service: an import that was interrupted goes on, and a later dump adds what is new.

-- A row of the old service by its id and a digest of its content, so that two old databases don't mix.
CREATE TABLE legacy_rows (
    -- The old table's name.
    kind TEXT NOT NULL,
    old_id BIGINT NOT NULL,
    -- The first 8 bytes of a SHA-256; 0 for a key or symbol that other rows name and whose own row the dump lacks.
    digest BIGINT NOT NULL,
    -- The id here; of the audit the sequence.
    new_id BIGINT NOT NULL,
    PRIMARY KEY (kind, old_id, digest)
) /* sqlite: WITHOUT ROWID */;

-- Audit rows on their way into the hash chain, which takes them in the order of their old ids.
CREATE TABLE legacy_audit (
    old_id BIGINT NOT NULL,
    digest BIGINT NOT NULL,
    api_key_id BIGINT,
    action TEXT NOT NULL,
    status BIGINT,
    time BIGINT NOT NULL,
    PRIMARY KEY (old_id, digest)
) /* sqlite: WITHOUT ROWID */;

-- The imports, with what each brought in; counted in the transactions that did it. At most one is not finished.
CREATE TABLE legacy_imports (
    id BIGINT NOT NULL PRIMARY KEY,
    started_at BIGINT NOT NULL,
    finished_at BIGINT,
    symbols BIGINT NOT NULL DEFAULT 0,
    keys BIGINT NOT NULL DEFAULT 0,
    requests BIGINT NOT NULL DEFAULT 0,
    runs BIGINT NOT NULL DEFAULT 0,
    candles BIGINT NOT NULL DEFAULT 0,
    rejected BIGINT NOT NULL DEFAULT 0
);
