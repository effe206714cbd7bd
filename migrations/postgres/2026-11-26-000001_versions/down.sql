DROP TABLE imports;
DROP TABLE section_links;
DROP INDEX sections_version;
DROP INDEX documents_version;
ALTER TABLE sections DROP COLUMN version;
ALTER TABLE documents DROP COLUMN version;
DROP TABLE versions;
ALTER TABLE consultations DROP COLUMN short_reason;
