-- What happened, in one chain: each hash is over the one before it, so that nothing in between can be changed, left out
-- or put in unnoticed. Rows are only ever added.
CREATE TABLE audit (
    -- From 1, without a gap.
    sequence BIGINT NOT NULL PRIMARY KEY,
    at       BIGINT NOT NULL,
    -- JSON, byte for byte as it was hashed.
    event    TEXT   NOT NULL,
    previous TEXT   NOT NULL UNIQUE,
    hash     TEXT   NOT NULL UNIQUE
);
