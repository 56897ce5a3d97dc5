-- The audit log grows at its end only. In SQLite a table that is keyed by its row number takes a row there by writing one
-- page, one without row numbers by rebalancing several.
CREATE TABLE api_key_audit_by_number (
    sequence /* sqlite: INTEGER NOT NULL PRIMARY KEY, -- */ BIGINT NOT NULL PRIMARY KEY,
    time BIGINT NOT NULL,
    source TEXT NOT NULL,
    actor TEXT NOT NULL,
    api_key_id BIGINT,
    api_key_name TEXT,
    -- What was done, or method and endpoint of a request.
    action TEXT NOT NULL,
    status BIGINT,
    address TEXT,
    duration BIGINT,
    detail TEXT,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);

INSERT INTO api_key_audit_by_number
SELECT sequence, time, source, actor, api_key_id, api_key_name, action, status, address, duration, detail, previous_hash,
       hash
FROM api_key_audit ORDER BY sequence;

DROP TABLE api_key_audit;

ALTER TABLE api_key_audit_by_number RENAME TO api_key_audit;

CREATE INDEX api_key_audit_by_key ON api_key_audit (api_key_id, sequence);
