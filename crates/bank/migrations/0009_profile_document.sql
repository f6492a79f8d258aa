-- The profile as it is published, so that the branch's console knows the rules without being told them again.
ALTER TABLE bank ADD COLUMN document TEXT NOT NULL DEFAULT '';
