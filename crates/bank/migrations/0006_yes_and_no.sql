-- Yes and no as 1 and 0, as in every later table.
ALTER TABLE users ADD COLUMN forced BIGINT NOT NULL DEFAULT 0;
UPDATE users SET forced = CASE WHEN forced_change THEN 1 ELSE 0 END;
ALTER TABLE users DROP COLUMN forced_change;
ALTER TABLE users RENAME COLUMN forced TO forced_change;

ALTER TABLE transactions ADD COLUMN awaits BIGINT NOT NULL DEFAULT 0;
UPDATE transactions SET awaits = CASE WHEN awaits_approval THEN 1 ELSE 0 END;
ALTER TABLE transactions DROP COLUMN awaits_approval;
ALTER TABLE transactions RENAME COLUMN awaits TO awaits_approval;
