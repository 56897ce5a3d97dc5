-- What every other table stands on: ids, change counters, settings.

-- The last id given out per table. Ids are never used again, so an audit row can't come to name another key.
CREATE TABLE id_sequences (
    name TEXT NOT NULL PRIMARY KEY,
    last_id BIGINT NOT NULL
);

-- One counter a concern, raised in the transaction that changes it: tells whether what is cached is stale.
CREATE TABLE generations (
    concern TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

INSERT INTO generations (concern, value)
VALUES ('keys', 0), ('symbols', 0), ('candles', 0), ('jobs', 0), ('audit', 0), ('workers', 0);

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
