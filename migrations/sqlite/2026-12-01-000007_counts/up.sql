-- How many remarks, submissions and people there are, counted where they change, so that no page
-- counts by reading them (docs/ARCHITECTURE.md, Counts). Triggers keep the counts in the
-- transaction of whatever changes a row. The folder migrations/postgres holds the twin.

-- The outcome of a remark's answer stands beside the remark too; its state is one of `open`, an
-- outcome and `withdrawn`.
ALTER TABLE remarks ADD COLUMN outcome TEXT;
UPDATE remarks SET outcome = (SELECT r.outcome FROM responses r
        WHERE r.consultation_id = remarks.consultation_id AND r.remark_id = remarks.id)
    WHERE EXISTS (SELECT 1 FROM responses r
        WHERE r.consultation_id = remarks.consultation_id AND r.remark_id = remarks.id);
ALTER TABLE remarks ADD COLUMN state TEXT NOT NULL GENERATED ALWAYS AS
    (CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' ELSE coalesce(outcome, 'open') END) VIRTUAL;
CREATE INDEX remarks_state ON remarks (consultation_id, state, received_at, id);
CREATE INDEX remarks_outside ON remarks (consultation_id, timing, received_at, id) WHERE timing <> 'in';
CREATE INDEX remarks_elsewhere ON remarks (consultation_id, channel, received_at, id) WHERE channel <> 'web';

CREATE TRIGGER responses_outcome AFTER INSERT ON responses BEGIN
    UPDATE remarks SET outcome = NEW.outcome
        WHERE consultation_id = NEW.consultation_id AND id = NEW.remark_id;
END;
CREATE TRIGGER responses_outcome_changed AFTER UPDATE OF outcome ON responses WHEN NEW.outcome <> OLD.outcome BEGIN
    UPDATE remarks SET outcome = NEW.outcome
        WHERE consultation_id = NEW.consultation_id AND id = NEW.remark_id;
END;
CREATE TRIGGER responses_outcome_gone AFTER DELETE ON responses BEGIN
    UPDATE remarks SET outcome = NULL
        WHERE consultation_id = OLD.consultation_id AND id = OLD.remark_id;
END;

-- Remarks by what they are told apart by; the empty text for a section says the whole draft. PostgreSQL
-- keeps several rows (shards) of each kind, whose sum counts, so that forms do not wait for each other;
-- SQLite has one writer and one shard.
CREATE TABLE remark_counts (
    consultation_id TEXT NOT NULL,
    section_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    timing TEXT NOT NULL,
    state TEXT NOT NULL,
    shard INTEGER NOT NULL,
    remarks BIGINT NOT NULL,
    PRIMARY KEY (consultation_id, section_id, channel, timing, state, shard)
) WITHOUT ROWID;
INSERT INTO remark_counts
    SELECT consultation_id, coalesce(section_id, ''), channel, timing, state, 0, count(*)
    FROM remarks GROUP BY 1, 2, 3, 4, 5;

-- Remarks by the time of receipt, in steps of 2^30 microseconds (18 minutes): the running number of
-- a remark is the sum of the steps before its own and a short count.
CREATE TABLE remark_times (
    consultation_id TEXT NOT NULL,
    step BIGINT NOT NULL,
    shard INTEGER NOT NULL,
    remarks BIGINT NOT NULL,
    PRIMARY KEY (consultation_id, step, shard)
) WITHOUT ROWID;
INSERT INTO remark_times
    SELECT consultation_id, received_at >> 30, 0, count(*) FROM remarks GROUP BY 1, 2;

CREATE TRIGGER remarks_counted AFTER INSERT ON remarks BEGIN
    INSERT INTO remark_counts VALUES
        (NEW.consultation_id, coalesce(NEW.section_id, ''), NEW.channel, NEW.timing, NEW.state, 0, 1)
        ON CONFLICT DO UPDATE SET remarks = remarks + 1;
    INSERT INTO remark_times VALUES (NEW.consultation_id, NEW.received_at >> 30, 0, 1)
        ON CONFLICT DO UPDATE SET remarks = remarks + 1;
END;
CREATE TRIGGER remarks_recounted AFTER UPDATE OF section_id, channel, timing, outcome, withdrawn_at ON remarks
    WHEN NEW.section_id IS NOT OLD.section_id OR NEW.channel <> OLD.channel
        OR NEW.timing <> OLD.timing OR NEW.state <> OLD.state BEGIN
    INSERT INTO remark_counts VALUES
        (OLD.consultation_id, coalesce(OLD.section_id, ''), OLD.channel, OLD.timing, OLD.state, 0, -1)
        ON CONFLICT DO UPDATE SET remarks = remarks - 1;
    INSERT INTO remark_counts VALUES
        (NEW.consultation_id, coalesce(NEW.section_id, ''), NEW.channel, NEW.timing, NEW.state, 0, 1)
        ON CONFLICT DO UPDATE SET remarks = remarks + 1;
END;
CREATE TRIGGER remarks_retimed AFTER UPDATE OF received_at ON remarks
    WHEN NEW.received_at <> OLD.received_at BEGIN
    INSERT INTO remark_times VALUES (OLD.consultation_id, OLD.received_at >> 30, 0, -1)
        ON CONFLICT DO UPDATE SET remarks = remarks - 1;
    INSERT INTO remark_times VALUES (NEW.consultation_id, NEW.received_at >> 30, 0, 1)
        ON CONFLICT DO UPDATE SET remarks = remarks + 1;
END;
CREATE TRIGGER remarks_uncounted AFTER DELETE ON remarks BEGIN
    INSERT INTO remark_counts VALUES
        (OLD.consultation_id, coalesce(OLD.section_id, ''), OLD.channel, OLD.timing, OLD.state, 0, -1)
        ON CONFLICT DO UPDATE SET remarks = remarks - 1;
    INSERT INTO remark_times VALUES (OLD.consultation_id, OLD.received_at >> 30, 0, -1)
        ON CONFLICT DO UPDATE SET remarks = remarks - 1;
END;

-- Submissions and different people. A person is the beginning of the hash that people are counted by;
-- whoever left no way to be reached counts for one each. On SQLite a changed page of an index of
-- random keys for each form would be much of what a form writes: changes are written one behind the
-- other, and carried over to `people` in sorted batches (src/db/once.rs). Until then whoever counts
-- adds them.
CREATE TABLE submission_counts (
    consultation_id TEXT NOT NULL,
    shard INTEGER NOT NULL,
    submissions BIGINT NOT NULL,
    people BIGINT NOT NULL,
    PRIMARY KEY (consultation_id, shard)
) WITHOUT ROWID;
CREATE TABLE people (
    person TEXT NOT NULL PRIMARY KEY,
    submissions BIGINT NOT NULL
) WITHOUT ROWID;
CREATE TABLE people_changes (
    number INTEGER NOT NULL PRIMARY KEY,
    consultation_id TEXT NOT NULL,
    person TEXT NOT NULL,
    change INTEGER NOT NULL
);
INSERT INTO submission_counts
    SELECT consultation_id, 0, count(*),
        count(DISTINCT substr(person_hash, 1, 20)) + count(*) - count(person_hash)
    FROM submissions GROUP BY 1;
INSERT INTO people
    SELECT substr(person_hash, 1, 20), count(*) FROM submissions
    WHERE person_hash IS NOT NULL GROUP BY 1 ORDER BY 1;

CREATE TRIGGER submissions_counted AFTER INSERT ON submissions BEGIN
    INSERT INTO submission_counts VALUES (NEW.consultation_id, 0, 1, NEW.person_hash IS NULL)
        ON CONFLICT DO UPDATE SET submissions = submissions + 1, people = people + excluded.people;
    INSERT INTO people_changes (consultation_id, person, change)
        SELECT NEW.consultation_id, substr(NEW.person_hash, 1, 20), 1 WHERE NEW.person_hash IS NOT NULL;
END;
CREATE TRIGGER submissions_recounted AFTER UPDATE OF person_hash ON submissions
    WHEN NEW.person_hash IS NOT OLD.person_hash BEGIN
    UPDATE submission_counts SET people = people + (NEW.person_hash IS NULL) - (OLD.person_hash IS NULL)
        WHERE consultation_id = NEW.consultation_id AND shard = 0;
    INSERT INTO people_changes (consultation_id, person, change)
        SELECT OLD.consultation_id, substr(OLD.person_hash, 1, 20), -1 WHERE OLD.person_hash IS NOT NULL;
    INSERT INTO people_changes (consultation_id, person, change)
        SELECT NEW.consultation_id, substr(NEW.person_hash, 1, 20), 1 WHERE NEW.person_hash IS NOT NULL;
END;
CREATE TRIGGER submissions_uncounted AFTER DELETE ON submissions BEGIN
    UPDATE submission_counts SET submissions = submissions - 1, people = people - (OLD.person_hash IS NULL)
        WHERE consultation_id = OLD.consultation_id AND shard = 0;
    INSERT INTO people_changes (consultation_id, person, change)
        SELECT OLD.consultation_id, substr(OLD.person_hash, 1, 20), -1 WHERE OLD.person_hash IS NOT NULL;
END;

-- Which members of the office appear in a consultation's log, and which events are theirs.
CREATE TABLE audit_names (
    consultation_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (consultation_id, name)
) WITHOUT ROWID;
CREATE TABLE audit_by_name (
    consultation_id TEXT NOT NULL,
    name TEXT NOT NULL,
    event_id TEXT NOT NULL,
    PRIMARY KEY (consultation_id, name, event_id)
) WITHOUT ROWID;
INSERT INTO audit_by_name
    SELECT consultation_id, actor_name, id FROM audit_events WHERE actor_kind = 'staff' ORDER BY 1, 2, 3;
INSERT INTO audit_names SELECT DISTINCT consultation_id, name FROM audit_by_name;
CREATE TRIGGER audit_events_named AFTER INSERT ON audit_events WHEN NEW.actor_kind = 'staff' BEGIN
    INSERT INTO audit_by_name VALUES (NEW.consultation_id, NEW.actor_name, NEW.id);
    INSERT INTO audit_names VALUES (NEW.consultation_id, NEW.actor_name) ON CONFLICT DO NOTHING;
END;

-- Letters by what became of them, and whether somebody decided that one is no opinion.
CREATE TABLE letter_counts (
    consultation_id TEXT NOT NULL,
    state TEXT NOT NULL,
    set_down INTEGER NOT NULL,
    letters BIGINT NOT NULL,
    PRIMARY KEY (consultation_id, state, set_down)
) WITHOUT ROWID;
INSERT INTO letter_counts
    SELECT consultation_id, state, set_down_at IS NOT NULL, count(*) FROM letters GROUP BY 1, 2, 3;
CREATE TRIGGER letters_counted AFTER INSERT ON letters BEGIN
    INSERT INTO letter_counts VALUES (NEW.consultation_id, NEW.state, NEW.set_down_at IS NOT NULL, 1)
        ON CONFLICT DO UPDATE SET letters = letters + 1;
END;
CREATE TRIGGER letters_recounted AFTER UPDATE OF consultation_id, state, set_down_at ON letters BEGIN
    UPDATE letter_counts SET letters = letters - 1 WHERE consultation_id = OLD.consultation_id
        AND state = OLD.state AND set_down = (OLD.set_down_at IS NOT NULL);
    INSERT INTO letter_counts VALUES (NEW.consultation_id, NEW.state, NEW.set_down_at IS NOT NULL, 1)
        ON CONFLICT DO UPDATE SET letters = letters + 1;
END;
CREATE TRIGGER letters_uncounted AFTER DELETE ON letters BEGIN
    UPDATE letter_counts SET letters = letters - 1 WHERE consultation_id = OLD.consultation_id
        AND state = OLD.state AND set_down = (OLD.set_down_at IS NOT NULL);
END;

-- Sender (masked) and subject of a letter that became no submission, sealed: a list of letters opens
-- these and not the letters. Empty for letters of before until a list shows them once.
ALTER TABLE letters ADD COLUMN head_sealed BLOB;
