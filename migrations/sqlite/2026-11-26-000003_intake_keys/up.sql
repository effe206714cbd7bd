-- By what a submission is known when it comes again: the first twelve bytes of a keyed hash of what
-- it says, and the sixteen bytes of its identifier. SQLite writes new ones down one behind the other
-- in intake_recent and carries them over to intake_keys in sorted batches, because a page of an
-- index changed for each form would be most of what a form writes; PostgreSQL writes to intake_keys
-- alone. Receipts are no longer looked up by a hash, but for those given out until now.
-- The folder migrations/postgres holds the twin.

CREATE TABLE intake_keys (
    key BLOB NOT NULL PRIMARY KEY,
    submission_id BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE intake_recent (
    number INTEGER NOT NULL PRIMARY KEY,
    key BLOB NOT NULL,
    submission_id BLOB NOT NULL
);
INSERT INTO intake_keys (key, submission_id)
    SELECT substr(unhex(idempotency_key), 1, 12), unhex(replace(id, '-', '')) FROM submissions ORDER BY 1;

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
CREATE TABLE audit_events_by_consultation (
    id TEXT NOT NULL,
    consultation_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (consultation_id, id)
) WITHOUT ROWID;
INSERT INTO audit_events_by_consultation
    SELECT id, consultation_id, at, actor_kind, actor_id, actor_name, action, subject, subject_id, detail
    FROM audit_events ORDER BY consultation_id, id;
DROP TABLE audit_events;
ALTER TABLE audit_events_by_consultation RENAME TO audit_events;
CREATE INDEX audit_events_subject ON audit_events (subject_id);
