-- What a person can say beyond plain words, what happens after sending, and the queue of jobs.
-- The folder migrations/sqlite holds the twin.

ALTER TABLE consultations ADD COLUMN wall_opened_at BIGINT;

ALTER TABLE submissions ADD COLUMN lang TEXT NOT NULL DEFAULT 'zh';
ALTER TABLE submissions ADD COLUMN withdrawn_at BIGINT;
ALTER TABLE submissions ADD COLUMN email_confirmed_at BIGINT;
ALTER TABLE submissions ADD COLUMN erased_at BIGINT;

ALTER TABLE remarks ADD COLUMN selector TEXT;
ALTER TABLE remarks ADD COLUMN suggested TEXT;
ALTER TABLE remarks ADD COLUMN withdrawn_at BIGINT;
ALTER TABLE remarks ADD COLUMN wall_at BIGINT;

ALTER TABLE attachments ADD COLUMN scan TEXT NOT NULL DEFAULT 'none';

CREATE TABLE uploads (
    consultation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    scan TEXT NOT NULL,
    uploaded_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (consultation_id, id)
);
CREATE INDEX uploads_uploaded ON uploads (uploaded_at);

CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    consultation_id TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    detail TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    leased_until BIGINT,
    done_at BIGINT,
    given_up_at BIGINT,
    last_error TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX jobs_due ON jobs (due_at) WHERE done_at IS NULL AND given_up_at IS NULL;
CREATE INDEX jobs_given_up ON jobs (given_up_at) WHERE given_up_at IS NOT NULL;

CREATE TABLE privacy_requests (
    consultation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    note_sealed BYTEA,
    asked_at BIGINT NOT NULL,
    done_at BIGINT,
    done_by TEXT,
    done_by_name TEXT,
    answer TEXT,
    PRIMARY KEY (consultation_id, id)
);
CREATE INDEX privacy_requests_submission ON privacy_requests (consultation_id, submission_id);

CREATE TABLE followers (
    consultation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    address_sealed BYTEA NOT NULL,
    address_hash TEXT NOT NULL,
    lang TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    ended_at BIGINT,
    PRIMARY KEY (consultation_id, id)
);
CREATE UNIQUE INDEX followers_address ON followers (consultation_id, address_hash);

CREATE TABLE window_changes (
    consultation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    closed_on TEXT NOT NULL,
    closes_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_by_name TEXT NOT NULL,
    PRIMARY KEY (consultation_id, id)
);
