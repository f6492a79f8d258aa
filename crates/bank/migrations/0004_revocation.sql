-- Why it was revoked, where that is known; a renewal's reason makes it 更新済 instead of 失効 (M3).
ALTER TABLE certificates ADD COLUMN revocation_reason TEXT;
-- The certificate that this one takes the place of, once its PC has it.
ALTER TABLE certificates ADD COLUMN renews TEXT REFERENCES certificates (fingerprint);

-- A renewal is not in its user's one place (M2) before it is acquired; until then the old one stays there.
DROP INDEX certificates_one_open;
CREATE UNIQUE INDEX certificates_one_open ON certificates (user_id)
    WHERE closed IS NULL AND (renews IS NULL OR acquired IS NOT NULL);
CREATE UNIQUE INDEX certificates_one_renewal ON certificates (user_id)
    WHERE closed IS NULL AND renews IS NOT NULL AND acquired IS NULL;
CREATE INDEX certificates_revoked ON certificates (revoked) WHERE revoked IS NOT NULL;

-- The last CRL. Its number only rises (RFC 5280 §5.2.3), whichever instance signs it.
CREATE TABLE crls (
    number      BIGINT NOT NULL PRIMARY KEY,
    der         BLOB   NOT NULL,
    this_update BIGINT NOT NULL,
    next_update BIGINT NOT NULL,
    -- How many certificates had ever been revoked: more than that, and the list is out of date.
    revocations BIGINT NOT NULL
);
