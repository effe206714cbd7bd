-- How many mails strangers caused to an address within an hour: a keyed hash of the address, the
-- hours since 1970, and the count. Rows of past hours are removed.
-- The folder migrations/sqlite holds the twin.
CREATE TABLE mail_recipients (
    address_hash TEXT NOT NULL,
    hour BIGINT NOT NULL,
    sent BIGINT NOT NULL,
    PRIMARY KEY (address_hash, hour)
);
CREATE INDEX mail_recipients_hour ON mail_recipients (hour);
