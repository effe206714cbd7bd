DROP INDEX submissions_raw;
DROP INDEX letters_sha256;
DROP INDEX uploads_sha256;
DROP INDEX attachments_sha256;
