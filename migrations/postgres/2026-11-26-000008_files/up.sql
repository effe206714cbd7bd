-- By what a file is called in storage, so that the question whether anything still needs it does not
-- read whole tables. The folder migrations/sqlite holds the twin.

CREATE INDEX attachments_sha256 ON attachments (sha256);
CREATE INDEX uploads_sha256 ON uploads (sha256);
CREATE INDEX letters_sha256 ON letters (raw_sha256);
CREATE INDEX submissions_raw ON submissions (raw_sha256) WHERE raw_sha256 IS NOT NULL;
