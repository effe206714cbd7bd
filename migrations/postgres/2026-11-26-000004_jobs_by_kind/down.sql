DROP INDEX jobs_done;
DROP INDEX jobs_due;
CREATE INDEX jobs_due ON jobs (due_at) WHERE done_at IS NULL AND given_up_at IS NULL;
