-- How many remarks, submissions and people there are, counted where they change, so that no page
-- counts by reading them (docs/ARCHITECTURE.md, Counts). Triggers keep the counts in the
-- transaction of whatever changes a row. The folder migrations/sqlite holds the twin.

-- The outcome of a remark's answer stands beside the remark too; its state is one of `open`, an
-- outcome and `withdrawn`.
ALTER TABLE remarks ADD COLUMN outcome TEXT;
UPDATE remarks SET outcome = r.outcome FROM responses r
    WHERE r.consultation_id = remarks.consultation_id AND r.remark_id = remarks.id;
ALTER TABLE remarks ADD COLUMN state TEXT NOT NULL GENERATED ALWAYS AS
    (CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' ELSE coalesce(outcome, 'open') END) STORED;
CREATE INDEX remarks_state ON remarks (consultation_id, state, received_at, id);
CREATE INDEX remarks_outside ON remarks (consultation_id, timing, received_at, id) WHERE timing <> 'in';
CREATE INDEX remarks_elsewhere ON remarks (consultation_id, channel, received_at, id) WHERE channel <> 'web';

CREATE FUNCTION responses_outcome() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        UPDATE remarks SET outcome = NULL
            WHERE consultation_id = OLD.consultation_id AND id = OLD.remark_id;
    ELSE
        UPDATE remarks SET outcome = NEW.outcome
            WHERE consultation_id = NEW.consultation_id AND id = NEW.remark_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER responses_outcome AFTER INSERT OR DELETE OR UPDATE OF outcome ON responses
    FOR EACH ROW EXECUTE FUNCTION responses_outcome();

-- Remarks by what they are told apart by; the empty text for a section says the whole draft. Several
-- rows (shards) of each kind, whose sum counts: each connection adds to its own, so that forms do not
-- wait for each other.
CREATE TABLE remark_counts (
    consultation_id TEXT NOT NULL,
    section_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    timing TEXT NOT NULL,
    state TEXT NOT NULL,
    shard INTEGER NOT NULL,
    remarks BIGINT NOT NULL,
    PRIMARY KEY (consultation_id, section_id, channel, timing, state, shard)
) WITH (fillfactor = 50);
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
) WITH (fillfactor = 50);
INSERT INTO remark_times
    SELECT consultation_id, received_at >> 30, 0, count(*) FROM remarks GROUP BY 1, 2;

-- Once a statement and not once a row: a statement that changes thousands of rows changes each count
-- once. In the order of the keys, so that two of them wait for each other one way round.
CREATE FUNCTION remarks_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO remark_counts AS c
        SELECT consultation_id, coalesce(section_id, ''), channel, timing, state, pg_backend_pid() % 32, count(*)
        FROM added GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (consultation_id, section_id, channel, timing, state, shard)
        DO UPDATE SET remarks = c.remarks + excluded.remarks;
    INSERT INTO remark_times AS t
        SELECT consultation_id, received_at >> 30, pg_backend_pid() % 32, count(*)
        FROM added GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (consultation_id, step, shard) DO UPDATE SET remarks = t.remarks + excluded.remarks;
    RETURN NULL;
END $$;
CREATE FUNCTION remarks_recounted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO remark_counts AS c
        SELECT consultation_id, coalesce(section_id, ''), channel, timing, state, pg_backend_pid() % 32, sum(change)
        FROM (SELECT consultation_id, section_id, channel, timing, state, 1 AS change FROM added
            UNION ALL SELECT consultation_id, section_id, channel, timing, state, -1 FROM gone) AS both_sides
        GROUP BY 1, 2, 3, 4, 5 HAVING sum(change) <> 0 ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (consultation_id, section_id, channel, timing, state, shard)
        DO UPDATE SET remarks = c.remarks + excluded.remarks;
    INSERT INTO remark_times AS t
        SELECT consultation_id, received_at >> 30, pg_backend_pid() % 32, sum(change)
        FROM (SELECT consultation_id, received_at, 1 AS change FROM added
            UNION ALL SELECT consultation_id, received_at, -1 FROM gone) AS both_sides
        GROUP BY 1, 2 HAVING sum(change) <> 0 ORDER BY 1, 2
        ON CONFLICT (consultation_id, step, shard) DO UPDATE SET remarks = t.remarks + excluded.remarks;
    RETURN NULL;
END $$;
CREATE FUNCTION remarks_uncounted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO remark_counts AS c
        SELECT consultation_id, coalesce(section_id, ''), channel, timing, state, pg_backend_pid() % 32, -count(*)
        FROM gone GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (consultation_id, section_id, channel, timing, state, shard)
        DO UPDATE SET remarks = c.remarks + excluded.remarks;
    INSERT INTO remark_times AS t
        SELECT consultation_id, received_at >> 30, pg_backend_pid() % 32, -count(*)
        FROM gone GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (consultation_id, step, shard) DO UPDATE SET remarks = t.remarks + excluded.remarks;
    RETURN NULL;
END $$;
CREATE TRIGGER remarks_counted AFTER INSERT ON remarks REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION remarks_counted();
CREATE TRIGGER remarks_recounted AFTER UPDATE ON remarks REFERENCING OLD TABLE AS gone NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION remarks_recounted();
CREATE TRIGGER remarks_uncounted AFTER DELETE ON remarks REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION remarks_uncounted();

-- Submissions and different people. A person is the beginning of the hash that people are counted by;
-- whoever left no way to be reached counts for one each. `people_changes` is used on SQLite alone.
CREATE TABLE submission_counts (
    consultation_id TEXT NOT NULL,
    shard INTEGER NOT NULL,
    submissions BIGINT NOT NULL,
    people BIGINT NOT NULL,
    PRIMARY KEY (consultation_id, shard)
) WITH (fillfactor = 50);
CREATE TABLE people (
    person TEXT NOT NULL PRIMARY KEY,
    submissions BIGINT NOT NULL
);
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

CREATE FUNCTION submissions_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    times BIGINT;
    fewer BIGINT := 0;
    more BIGINT := 0;
    owner TEXT;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        owner := OLD.consultation_id;
        IF OLD.person_hash IS NULL THEN
            fewer := 1;
        ELSE
            UPDATE people SET submissions = submissions - 1
                WHERE person = substr(OLD.person_hash, 1, 20) RETURNING submissions INTO times;
            IF times = 0 THEN
                fewer := 1;
                DELETE FROM people WHERE person = substr(OLD.person_hash, 1, 20);
            END IF;
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        owner := NEW.consultation_id;
        IF NEW.person_hash IS NULL THEN
            more := 1;
        ELSE
            INSERT INTO people AS p VALUES (substr(NEW.person_hash, 1, 20), 1)
                ON CONFLICT (person) DO UPDATE SET submissions = p.submissions + 1
                RETURNING p.submissions INTO times;
            IF times = 1 THEN
                more := 1;
            END IF;
        END IF;
    END IF;
    INSERT INTO submission_counts AS c VALUES (owner, pg_backend_pid() % 64,
            CASE TG_OP WHEN 'INSERT' THEN 1 WHEN 'DELETE' THEN -1 ELSE 0 END, more - fewer)
        ON CONFLICT (consultation_id, shard) DO UPDATE
        SET submissions = c.submissions + excluded.submissions, people = c.people + excluded.people;
    RETURN NULL;
END $$;
CREATE TRIGGER submissions_counted AFTER INSERT OR DELETE ON submissions
    FOR EACH ROW EXECUTE FUNCTION submissions_counted();
CREATE TRIGGER submissions_recounted AFTER UPDATE OF person_hash ON submissions
    FOR EACH ROW WHEN (NEW.person_hash IS DISTINCT FROM OLD.person_hash)
    EXECUTE FUNCTION submissions_counted();

-- Which members of the office appear in a consultation's log, and which events are theirs.
CREATE TABLE audit_names (
    consultation_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (consultation_id, name)
);
CREATE TABLE audit_by_name (
    consultation_id TEXT NOT NULL,
    name TEXT NOT NULL,
    event_id TEXT NOT NULL,
    PRIMARY KEY (consultation_id, name, event_id)
);
INSERT INTO audit_by_name
    SELECT consultation_id, actor_name, id FROM audit_events WHERE actor_kind = 'staff' ORDER BY 1, 2, 3;
INSERT INTO audit_names SELECT DISTINCT consultation_id, name FROM audit_by_name;
CREATE FUNCTION audit_events_named() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_by_name VALUES (NEW.consultation_id, NEW.actor_name, NEW.id);
    INSERT INTO audit_names VALUES (NEW.consultation_id, NEW.actor_name) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER audit_events_named AFTER INSERT ON audit_events
    FOR EACH ROW WHEN (NEW.actor_kind = 'staff') EXECUTE FUNCTION audit_events_named();

-- Letters by what became of them, and whether somebody decided that one is no opinion.
CREATE TABLE letter_counts (
    consultation_id TEXT NOT NULL,
    state TEXT NOT NULL,
    set_down INTEGER NOT NULL,
    letters BIGINT NOT NULL,
    PRIMARY KEY (consultation_id, state, set_down)
) WITH (fillfactor = 50);
INSERT INTO letter_counts
    SELECT consultation_id, state, (set_down_at IS NOT NULL)::integer, count(*) FROM letters GROUP BY 1, 2, 3;
CREATE FUNCTION letters_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE letter_counts SET letters = letters - 1 WHERE consultation_id = OLD.consultation_id
            AND state = OLD.state AND set_down = (OLD.set_down_at IS NOT NULL)::integer;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO letter_counts AS c
            VALUES (NEW.consultation_id, NEW.state, (NEW.set_down_at IS NOT NULL)::integer, 1)
            ON CONFLICT (consultation_id, state, set_down) DO UPDATE SET letters = c.letters + 1;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER letters_counted AFTER INSERT OR DELETE OR UPDATE OF consultation_id, state, set_down_at ON letters
    FOR EACH ROW EXECUTE FUNCTION letters_counted();

-- Sender (masked) and subject of a letter that became no submission, sealed: a list of letters opens
-- these and not the letters. Empty for letters of before until a list shows them once.
ALTER TABLE letters ADD COLUMN head_sealed BYTEA;
