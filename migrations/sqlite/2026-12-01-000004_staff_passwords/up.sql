-- A password that somebody else set is changed by its owner at the next sign-in. Failures are no
-- longer counted by account alone: strangers could lock the right person out.
-- The folder migrations/postgres holds the twin.

ALTER TABLE staff ADD COLUMN must_change_password BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE staff DROP COLUMN failed_attempts;
ALTER TABLE staff DROP COLUMN locked_until;
CREATE INDEX staff_sessions_staff ON staff_sessions (staff_id);
