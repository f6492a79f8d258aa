-- The bank's own keys and the CA's certificate, where several instances share them. The keys are sealed under one that
-- is not in the database.
CREATE TABLE own_keys (
    name    TEXT NOT NULL PRIMARY KEY,
    content BLOB NOT NULL
);
