-- Whether another person set the password, and its user has not changed it since. A change that is still demanded may
-- have been demanded for that reason.
ALTER TABLE users ADD COLUMN login_by_another BIGINT NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN confirmation_by_another BIGINT NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN approval_by_another BIGINT NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN transfer_by_another BIGINT NOT NULL DEFAULT 0;
UPDATE users SET login_by_another = forced_change;
