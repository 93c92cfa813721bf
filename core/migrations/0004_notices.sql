-- Notices, the outbox of e-mail, calendar feeds.
ALTER TABLE accounts ADD COLUMN email TEXT NOT NULL DEFAULT '';
CREATE TABLE notices (
  id {id},
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  kind TEXT NOT NULL,
  class_id BIGINT NOT NULL REFERENCES classes (id),
  cadre_ids TEXT NOT NULL,
  at BIGINT NOT NULL,
  read_at BIGINT NOT NULL
);
CREATE INDEX notices_account ON notices (account_id, read_at, id);
CREATE INDEX notices_class ON notices (class_id);
CREATE TABLE outbox (
  id {id},
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  link TEXT NOT NULL,
  mark TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('waiting','sent','failed')),
  tries BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  error TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  sent_at BIGINT NOT NULL
);
CREATE INDEX outbox_due ON outbox (state, next_at);
CREATE TABLE calendars (
  id {id},
  account_id BIGINT NOT NULL UNIQUE REFERENCES accounts (id),
  token_hash TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL
);
