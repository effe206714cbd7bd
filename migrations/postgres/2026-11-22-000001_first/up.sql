-- Instants are microseconds since 1970-01-01T00:00:00Z; days are ISO 8601 text; identifiers are
-- UUID version 7 as text; lists are JSON text. The folder migrations/sqlite holds the twin.

CREATE TABLE site_settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE staff (
    id TEXT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    failed_attempts INTEGER NOT NULL,
    locked_until BIGINT,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);
CREATE UNIQUE INDEX staff_login ON staff (login);

CREATE TABLE staff_sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL
);

CREATE TABLE consultations (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    draft_title TEXT NOT NULL,
    issuer TEXT NOT NULL,
    issued_on TEXT,
    opens_on TEXT NOT NULL,
    closes_on TEXT NOT NULL,
    opens_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL,
    contact_person TEXT,
    contact_phone TEXT,
    contact_email TEXT,
    contact_address TEXT,
    channels TEXT NOT NULL,
    attachments TEXT NOT NULL,
    notice_text TEXT NOT NULL,
    source_name TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    wrapped_key BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    answered_at BIGINT
);
CREATE UNIQUE INDEX consultations_slug ON consultations (slug);
CREATE UNIQUE INDEX consultations_source ON consultations (source_sha256);

CREATE TABLE documents (
    consultation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    position INTEGER NOT NULL,
    outline TEXT NOT NULL,
    PRIMARY KEY (consultation_id, id)
);

CREATE TABLE sections (
    consultation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    anchor TEXT NOT NULL,
    path TEXT NOT NULL,
    level INTEGER NOT NULL,
    label TEXT NOT NULL,
    heading TEXT NOT NULL,
    PRIMARY KEY (consultation_id, id)
);
CREATE UNIQUE INDEX sections_anchor ON sections (consultation_id, document_id, anchor);

CREATE TABLE submissions (
    consultation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    channel TEXT NOT NULL,
    timing TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    received_basis TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    sent_at BIGINT,
    sender_kind TEXT NOT NULL,
    contact_sealed BYTEA NOT NULL,
    person_hash TEXT,
    idempotency_key TEXT NOT NULL,
    receipt_hash TEXT NOT NULL,
    consented_at BIGINT,
    recorded_by TEXT,
    subject TEXT,
    elided_sealed BYTEA,
    raw_sha256 TEXT,
    PRIMARY KEY (consultation_id, id)
);
CREATE UNIQUE INDEX submissions_once ON submissions (consultation_id, idempotency_key);
CREATE UNIQUE INDEX submissions_receipt ON submissions (receipt_hash);

CREATE TABLE remarks (
    consultation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    section_id TEXT,
    text TEXT NOT NULL,
    evidence TEXT,
    channel TEXT NOT NULL,
    timing TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, id)
);
CREATE INDEX remarks_submission ON remarks (consultation_id, submission_id);
CREATE INDEX remarks_received ON remarks (consultation_id, received_at, id);

CREATE TABLE responses (
    consultation_id TEXT NOT NULL,
    remark_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_by_name TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, remark_id)
);

CREATE TABLE attachments (
    consultation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    kept BOOLEAN NOT NULL,
    PRIMARY KEY (consultation_id, id)
);
CREATE INDEX attachments_submission ON attachments (consultation_id, submission_id);

CREATE TABLE letters (
    consultation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    raw_sha256 TEXT NOT NULL,
    message_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    submission_id TEXT,
    received_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (consultation_id, id)
);
CREATE UNIQUE INDEX letters_raw ON letters (consultation_id, raw_sha256);
CREATE INDEX letters_message ON letters (consultation_id, message_hash);

CREATE TABLE audit_events (
    id TEXT NOT NULL PRIMARY KEY,
    consultation_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_events_consultation ON audit_events (consultation_id, id);
CREATE INDEX audit_events_subject ON audit_events (subject_id);
