-- When the session began: its longest duration counts from then. A session that was there before has at least begun
-- when it was last used.
ALTER TABLE sessions ADD COLUMN begun BIGINT NOT NULL DEFAULT 0;
UPDATE sessions SET begun = last_used;
CREATE INDEX sessions_by_begin ON sessions (begun);
-- The address from which the user logged in, if it is known.
ALTER TABLE sessions ADD COLUMN address TEXT;

-- Whether a notice to one person warns of a fraud (M7), or only informs.
ALTER TABLE notices ADD COLUMN warns BIGINT NOT NULL DEFAULT 1;
