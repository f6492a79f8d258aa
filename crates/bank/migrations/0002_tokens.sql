-- What this token counts by; where there is nothing, as the profile says.
ALTER TABLE tokens ADD COLUMN step_seconds BIGINT;
ALTER TABLE tokens ADD COLUMN digits BIGINT;
ALTER TABLE tokens ADD COLUMN digest TEXT;

-- The time step of the last one-time password that counted: no step up to it counts again, whoever submits it (Q5).
ALTER TABLE tokens ADD COLUMN last_step BIGINT NOT NULL DEFAULT 0;
-- How many steps its clock is ahead of the bank's.
ALTER TABLE tokens ADD COLUMN drift BIGINT NOT NULL DEFAULT 0;
-- Wrong one-time passwords since the last right one (M5).
ALTER TABLE tokens ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tokens ADD COLUMN locked BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tokens ADD COLUMN out_of_step BIGINT NOT NULL DEFAULT 0;

-- To whom it was handed out: to one user, or to a contract whose users share it (S2-4).
ALTER TABLE tokens ADD COLUMN contract TEXT REFERENCES contracts (id);
ALTER TABLE tokens ADD COLUMN user_id TEXT REFERENCES users (id);
-- When it was revoked for the last of its users: nobody activates it again.
ALTER TABLE tokens ADD COLUMN ended BIGINT;

-- From when a user whose token was revoked can activate the next (S2-6, S2-7).
ALTER TABLE users ADD COLUMN token_opens BIGINT;

-- A token that was revoked for a user is not activated by that user again.
CREATE TABLE token_revocations (
    serial   TEXT   NOT NULL REFERENCES tokens (serial),
    user_id  TEXT   NOT NULL REFERENCES users (id),
    operator TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (serial, user_id)
);

UPDATE tokens SET contract = (SELECT MIN(u.contract) FROM users u WHERE u.token_serial = tokens.serial);
UPDATE tokens SET user_id =
    (SELECT MIN(u.id) FROM users u WHERE u.token_serial = tokens.serial HAVING COUNT(*) = 1);
