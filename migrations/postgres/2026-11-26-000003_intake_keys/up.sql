-- By what a submission is known when it comes again: the first twelve bytes of a keyed hash of what
-- it says, and the sixteen bytes of its identifier. SQLite writes new ones down one behind the other
-- in intake_recent and carries them over to intake_keys in sorted batches, because a page of an
-- index changed for each form would be most of what a form writes; PostgreSQL writes to intake_keys
-- alone. Receipts are no longer looked up by a hash, but for those given out until now.
-- The folder migrations/sqlite holds the twin.

CREATE TABLE intake_keys (
    key BYTEA NOT NULL PRIMARY KEY,
    submission_id BYTEA NOT NULL
);
CREATE TABLE intake_recent (
    number INTEGER NOT NULL PRIMARY KEY,
    key BYTEA NOT NULL,
    submission_id BYTEA NOT NULL
);
INSERT INTO intake_keys (key, submission_id)
    SELECT substring(decode(idempotency_key, 'hex') FROM 1 FOR 12), decode(replace(id, '-', ''), 'hex') FROM submissions ORDER BY 1;

CREATE TABLE older_receipts (
    receipt_hash TEXT NOT NULL PRIMARY KEY,
    consultation_id TEXT NOT NULL,
    submission_id TEXT NOT NULL
);
INSERT INTO older_receipts (receipt_hash, consultation_id, submission_id)
    SELECT receipt_hash, consultation_id, id FROM submissions;

DROP INDEX submissions_once;
DROP INDEX submissions_receipt;
ALTER TABLE submissions DROP COLUMN idempotency_key;
ALTER TABLE submissions DROP COLUMN receipt_hash;
CREATE INDEX submissions_id ON submissions (id);

-- The log is read by consultation and by subject; a key by the identifier alone was a third index.
ALTER TABLE audit_events DROP CONSTRAINT audit_events_pkey;
ALTER TABLE audit_events ADD PRIMARY KEY (consultation_id, id);
DROP INDEX audit_events_consultation;
