-- Mailboxes that are read and what was fetched from them; what the book says of each letter; what the
-- office writes to senders.
-- The folder migrations/sqlite holds the twin.

CREATE TABLE mailboxes (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    generation BIGINT,
    next_uid BIGINT NOT NULL,
    waiting BIGINT NOT NULL,
    tried_at BIGINT,
    fetched_at BIGINT,
    failing_since BIGINT,
    failure TEXT
);

CREATE TABLE mailbox_letters (
    mailbox_id TEXT NOT NULL,
    generation BIGINT NOT NULL,
    uid BIGINT NOT NULL,
    raw_sha256 TEXT,
    failure TEXT,
    tries INTEGER NOT NULL,
    noted_at BIGINT NOT NULL,
    PRIMARY KEY (mailbox_id, generation, uid)
);
CREATE INDEX mailbox_letters_failed ON mailbox_letters (mailbox_id, generation) WHERE raw_sha256 IS NULL;

ALTER TABLE letters ADD COLUMN road TEXT NOT NULL DEFAULT 'file';
ALTER TABLE letters ADD COLUMN mailbox_id TEXT;
ALTER TABLE letters ADD COLUMN bytes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE letters ADD COLUMN internal_at BIGINT;
ALTER TABLE letters ADD COLUMN relay_at BIGINT;
ALTER TABLE letters ADD COLUMN sender_hash TEXT;
ALTER TABLE letters ADD COLUMN thread_sealed BYTEA;
ALTER TABLE letters ADD COLUMN checks TEXT;
ALTER TABLE letters ADD COLUMN answer TEXT;
ALTER TABLE letters ADD COLUMN answered_at BIGINT;
ALTER TABLE letters ADD COLUMN bounced_job TEXT;
ALTER TABLE letters ADD COLUMN set_down_at BIGINT;
ALTER TABLE letters ADD COLUMN set_down_by TEXT;
CREATE INDEX letters_state ON letters (consultation_id, state, id);
CREATE INDEX letters_sender ON letters (sender_hash, recorded_at) WHERE sender_hash IS NOT NULL;
CREATE INDEX letters_submission ON letters (consultation_id, submission_id) WHERE submission_id IS NOT NULL;

ALTER TABLE remarks ADD COLUMN confidence INTEGER;

CREATE TABLE sent_mails (
    job_id TEXT NOT NULL PRIMARY KEY,
    consultation_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL
);

CREATE TABLE office_messages (
    consultation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    words_sealed BYTEA NOT NULL,
    written_by TEXT NOT NULL,
    written_by_name TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (consultation_id, id)
);
CREATE INDEX office_messages_submission ON office_messages (consultation_id, submission_id);
