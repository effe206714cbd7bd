-- A receipt must not wait behind a million results: jobs are looked for kind by kind.
-- The folder migrations/postgres holds the twin.

DROP INDEX jobs_due;
CREATE INDEX jobs_due ON jobs (kind, due_at) WHERE done_at IS NULL AND given_up_at IS NULL;
CREATE INDEX jobs_done ON jobs (done_at) WHERE done_at IS NOT NULL;
