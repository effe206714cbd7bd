-- Followers are found by the links in their mails and by how long they have waited; the public wall
-- is read newest first. The folder migrations/sqlite holds the twin.

CREATE UNIQUE INDEX followers_id ON followers (id);
CREATE INDEX followers_unconfirmed ON followers (asked_at) WHERE confirmed_at IS NULL;
CREATE INDEX followers_ended ON followers (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX remarks_wall ON remarks (consultation_id, received_at, id) WHERE wall_at IS NOT NULL;
