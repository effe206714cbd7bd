-- The office's pages say how many requests about personal data wait.
-- The folder migrations/sqlite holds the twin.

CREATE INDEX privacy_requests_waiting ON privacy_requests (asked_at) WHERE done_at IS NULL;
