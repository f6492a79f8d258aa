-- Two contracts may use the same login ID where people give the contract number beside it (S3-10): then `id` is both.
ALTER TABLE users ADD COLUMN login_id TEXT NOT NULL DEFAULT '';
UPDATE users SET login_id = id;
CREATE UNIQUE INDEX users_login_id ON users (contract, login_id);

-- What an administrator sets of a user (S4-7, S4-8).
ALTER TABLE users ADD COLUMN approval_password TEXT;
ALTER TABLE users ADD COLUMN transfer_password TEXT;
ALTER TABLE users ADD COLUMN single_transfer BIGINT NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN transfer_limit BIGINT NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN change_period_days BIGINT;
ALTER TABLE users ADD COLUMN alarm_period_days BIGINT;
-- When the login password was last set; none for one that was there before this was kept.
ALTER TABLE users ADD COLUMN password_set BIGINT;

-- Companies that users may act for (S4-12).
CREATE TABLE companies (
    contract     TEXT NOT NULL REFERENCES contracts (id),
    code         TEXT NOT NULL,
    name         TEXT NOT NULL,
    account_ja   TEXT NOT NULL,
    account_en   TEXT NOT NULL,
    contracts_ja TEXT NOT NULL,
    contracts_en TEXT NOT NULL,
    PRIMARY KEY (contract, code)
);
CREATE TABLE user_companies (
    user_id TEXT NOT NULL REFERENCES users (id),
    code    TEXT NOT NULL,
    PRIMARY KEY (user_id, code)
);

-- One act stops a contract (M7); the branch alone opens it again.
ALTER TABLE contracts ADD COLUMN frozen BIGINT;
ALTER TABLE contracts ADD COLUMN frozen_by TEXT;

-- A permission to acquire, given by an administrator or the branch: 発行済・未取得 (M3).
CREATE TABLE issues (
    user_id      TEXT   NOT NULL REFERENCES users (id),
    issue_number BIGINT NOT NULL,
    registered   BIGINT NOT NULL,
    deadline     BIGINT,
    -- Whether it replaces a certificate, so that the next one cools down (M7).
    reissue      BIGINT NOT NULL,
    -- When a certificate was issued upon it, or it was withdrawn.
    closed       BIGINT,
    PRIMARY KEY (user_id, issue_number)
);
CREATE UNIQUE INDEX issues_one_open ON issues (user_id) WHERE closed IS NULL;

ALTER TABLE certificates ADD COLUMN reissue BIGINT NOT NULL DEFAULT 0;

-- A notice to one person only (M7).
ALTER TABLE notices ADD COLUMN user_id TEXT REFERENCES users (id);
