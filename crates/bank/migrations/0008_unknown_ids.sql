-- IDs that nobody has and that somebody tried to log in with: they lock as the others do, or the lock would tell which
-- exist. Only the SHA-256 of such an ID is kept.
CREATE TABLE unknown_ids (
    id_hash  TEXT   NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    tried    BIGINT NOT NULL
);
CREATE INDEX unknown_ids_by_try ON unknown_ids (tried);
