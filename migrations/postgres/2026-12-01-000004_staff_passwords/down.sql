DROP INDEX staff_sessions_staff;
ALTER TABLE staff ADD COLUMN failed_attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN locked_until BIGINT;
ALTER TABLE staff DROP COLUMN must_change_password;
