-- What came in since has a receipt that the older program does not find; it stays in the lists.
INSERT INTO intake_keys (key, submission_id)
    SELECT key, submission_id FROM intake_recent WHERE key NOT IN (SELECT key FROM intake_keys);

DROP INDEX submissions_id;
ALTER TABLE submissions ADD COLUMN idempotency_key TEXT NOT NULL DEFAULT '';
ALTER TABLE submissions ADD COLUMN receipt_hash TEXT NOT NULL DEFAULT '';
CREATE INDEX intake_keys_submission ON intake_keys (submission_id);
UPDATE submissions SET
    idempotency_key = coalesce((SELECT encode(key, 'hex') FROM intake_keys WHERE intake_keys.submission_id = decode(replace(submissions.id, '-', ''), 'hex')), id),
    receipt_hash = coalesce((SELECT older_receipts.receipt_hash FROM older_receipts
        WHERE older_receipts.consultation_id = submissions.consultation_id
        AND older_receipts.submission_id = submissions.id), id);
CREATE UNIQUE INDEX submissions_once ON submissions (consultation_id, idempotency_key);
CREATE UNIQUE INDEX submissions_receipt ON submissions (receipt_hash);

DROP TABLE intake_keys;
DROP TABLE intake_recent;
DROP TABLE older_receipts;

ALTER TABLE audit_events DROP CONSTRAINT audit_events_pkey;
ALTER TABLE audit_events ADD PRIMARY KEY (id);
CREATE INDEX audit_events_consultation ON audit_events (consultation_id, id);
