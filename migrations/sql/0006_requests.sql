-- How many requests of each key the audit log holds, kept in the transaction that adds them: a key's number of requests
-- is told without counting rows. No foreign key: it outlives the key, as its audit rows do.
CREATE TABLE audit_key_counts (
    api_key_id BIGINT NOT NULL PRIMARY KEY,
    rows BIGINT NOT NULL
);

INSERT INTO audit_key_counts (api_key_id, rows)
SELECT api_key_id, COUNT(*) FROM api_key_audit WHERE api_key_id IS NOT NULL AND status IS NOT NULL GROUP BY api_key_id;
