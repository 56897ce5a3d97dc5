CREATE TABLE api_keys (
    id BIGINT NOT NULL PRIMARY KEY,
    -- SHA-256 of the whole key, 64 lower-case hexadecimal digits. The key itself is never stored.
    key_hash TEXT NOT NULL UNIQUE,
    preview TEXT NOT NULL,
    name TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('admin', 'read')),
    active BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    expires_at BIGINT,
    last_used BIGINT,
    last_used_endpoint TEXT,
    request_count BIGINT NOT NULL DEFAULT 0,
    revoked_at BIGINT,
    revoked_by TEXT,
    revoked_reason TEXT,
    compromised BOOLEAN NOT NULL,
    rotated_to BIGINT
);

CREATE INDEX api_keys_by_name ON api_keys (name);

-- No foreign key to api_keys: deleting a key keeps its audit rows.
CREATE TABLE api_key_audit (
    sequence BIGINT NOT NULL PRIMARY KEY,
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
) /* sqlite: WITHOUT ROWID */;

CREATE INDEX api_key_audit_by_key ON api_key_audit (api_key_id, sequence);
