-- How many requests each key made in each hour (hours since 1970 UTC), kept in the transaction that adds their audit rows:
-- a key's use over the last days is shown without reading them.
CREATE TABLE audit_key_hours (
    api_key_id BIGINT NOT NULL,
    hour BIGINT NOT NULL,
    rows BIGINT NOT NULL,
    PRIMARY KEY (api_key_id, hour)
) /* sqlite: WITHOUT ROWID */;

INSERT INTO audit_key_hours (api_key_id, hour, rows)
SELECT api_key_id, time / 3600000000, COUNT(*) FROM api_key_audit
WHERE api_key_id IS NOT NULL AND status IS NOT NULL GROUP BY api_key_id, time / 3600000000;
