-- A consultation's texts have versions; each is prepared in an import before readers see it.
-- The folder migrations/sqlite holds the twin.

ALTER TABLE consultations ADD COLUMN short_reason TEXT;

CREATE TABLE versions (
    consultation_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    source_name TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    sources TEXT NOT NULL,
    images TEXT NOT NULL,
    note TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (consultation_id, number)
);
INSERT INTO versions (consultation_id, number, source_name, source_sha256, sources, images, note, recorded_at, published_at)
    SELECT id, 1, source_name, source_sha256, '[]', '[]', '', created_at, published_at FROM consultations;

ALTER TABLE documents ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE sections ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE INDEX documents_version ON documents (consultation_id, version, position);
CREATE INDEX sections_version ON sections (consultation_id, version, position);

CREATE TABLE section_links (
    consultation_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    from_anchor TEXT,
    to_anchor TEXT,
    change TEXT NOT NULL,
    likeness INTEGER NOT NULL,
    also_edited BOOLEAN NOT NULL,
    PRIMARY KEY (consultation_id, version, position)
);

CREATE TABLE imports (
    id TEXT NOT NULL PRIMARY KEY,
    consultation_id TEXT,
    sources TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    images TEXT NOT NULL,
    headings TEXT NOT NULL,
    warnings TEXT NOT NULL,
    edits TEXT NOT NULL,
    facts TEXT NOT NULL,
    links TEXT,
    revision INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    created_by_name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    published_to TEXT,
    published_version INTEGER,
    published_at BIGINT,
    discarded_at BIGINT
);
CREATE INDEX imports_created ON imports (created_at);
