-- Times are UTC in whole seconds since 1970. What only one program writes is checked where it is written; what two
-- requests could break together is kept by an index here.

-- One row: the profile this data was begun with.
CREATE TABLE bank (
    profile TEXT NOT NULL PRIMARY KEY
);

CREATE TABLE contracts (
    id      TEXT NOT NULL PRIMARY KEY,
    company TEXT NOT NULL
);

-- Apart from users, since one token may serve several of them (S2-4).
CREATE TABLE tokens (
    serial        TEXT   NOT NULL PRIMARY KEY,
    sealed_secret BLOB   NOT NULL,
    expires       BIGINT NOT NULL
);

CREATE TABLE users (
    id                    TEXT    NOT NULL PRIMARY KEY,
    contract              TEXT    NOT NULL REFERENCES contracts (id),
    name                  TEXT    NOT NULL,
    role                  TEXT    NOT NULL,
    login_password        TEXT    NOT NULL,
    login_failures        BIGINT  NOT NULL DEFAULT 0,
    confirmation_password TEXT,
    confirmation_failures BIGINT  NOT NULL DEFAULT 0,
    forced_change         BOOLEAN NOT NULL,
    token_state           TEXT    NOT NULL,
    token_serial          TEXT    REFERENCES tokens (serial)
);
CREATE INDEX users_of_contract ON users (contract);

CREATE TABLE certificates (
    fingerprint  TEXT   NOT NULL PRIMARY KEY,
    user_id      TEXT   NOT NULL REFERENCES users (id),
    issue_number BIGINT NOT NULL,
    serial       TEXT   NOT NULL UNIQUE,
    -- A key is certified once in its life, whoever asks.
    public_key   TEXT   NOT NULL UNIQUE,
    der          BLOB   NOT NULL,
    issued       BIGINT NOT NULL,
    not_after    BIGINT NOT NULL,
    acquired     BIGINT,
    revoked      BIGINT,
    revoked_by   TEXT   REFERENCES users (id),
    -- When it gave up its user's one place: at its revocation, or expired when the next was issued.
    closed       BIGINT,
    UNIQUE (user_id, issue_number)
);
-- One live certificate per ID (M2), also when two PCs ask at once.
CREATE UNIQUE INDEX certificates_one_open ON certificates (user_id) WHERE closed IS NULL;

-- Only the SHA-256 of a code is kept.
CREATE TABLE enrolment_codes (
    code_hash TEXT   NOT NULL PRIMARY KEY,
    user_id   TEXT   NOT NULL REFERENCES users (id),
    expires   BIGINT NOT NULL
);
CREATE INDEX enrolment_codes_of_user ON enrolment_codes (user_id);

-- Only the SHA-256 of a token is kept.
CREATE TABLE sessions (
    token_hash  TEXT   NOT NULL PRIMARY KEY,
    user_id     TEXT   NOT NULL REFERENCES users (id),
    method      TEXT   NOT NULL,
    certificate TEXT   REFERENCES certificates (fingerprint),
    last_used   BIGINT NOT NULL
);
CREATE INDEX sessions_of_user ON sessions (user_id);
CREATE INDEX sessions_of_certificate ON sessions (certificate);
CREATE INDEX sessions_by_use ON sessions (last_used);

CREATE TABLE logins (
    id      INTEGER PRIMARY KEY,
    user_id TEXT   NOT NULL REFERENCES users (id),
    at      BIGINT NOT NULL,
    method  TEXT   NOT NULL
);
CREATE INDEX logins_of_user ON logins (user_id, id);

CREATE TABLE operations (
    id       INTEGER PRIMARY KEY,
    at       BIGINT NOT NULL,
    kind     TEXT   NOT NULL,
    operator TEXT   NOT NULL REFERENCES users (id),
    subject  TEXT   NOT NULL REFERENCES users (id)
);
CREATE INDEX operations_by_operator ON operations (operator, id);
CREATE INDEX operations_by_subject ON operations (subject, id);

CREATE TABLE notices (
    id        TEXT   NOT NULL PRIMARY KEY,
    contract  TEXT   NOT NULL REFERENCES contracts (id),
    title_ja  TEXT   NOT NULL,
    title_en  TEXT   NOT NULL,
    body_ja   TEXT   NOT NULL,
    body_en   TEXT   NOT NULL,
    published BIGINT NOT NULL
);

CREATE TABLE notices_read (
    notice  TEXT NOT NULL REFERENCES notices (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    PRIMARY KEY (notice, user_id)
);

CREATE TABLE transactions (
    id              TEXT    NOT NULL PRIMARY KEY,
    contract        TEXT    NOT NULL REFERENCES contracts (id),
    kind_ja         TEXT    NOT NULL,
    kind_en         TEXT    NOT NULL,
    payments        BIGINT  NOT NULL,
    amount_yen      BIGINT  NOT NULL,
    awaits_approval BOOLEAN NOT NULL
);
