-- The register of certificates, its series, templates and blanks.
CREATE TABLE certificate_templates (
  id {id},
  code TEXT NOT NULL,
  number BIGINT NOT NULL CHECK (number > 0),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  UNIQUE (code, number)
);
CREATE TABLE certificate_series (
  id {id},
  issuer TEXT NOT NULL,
  kind TEXT NOT NULL,
  year BIGINT NOT NULL,
  last BIGINT NOT NULL CHECK (last >= 0),
  UNIQUE (issuer, kind, year)
);
CREATE TABLE certificates (
  id {id},
  code TEXT NOT NULL UNIQUE,
  issuer TEXT NOT NULL,
  kind TEXT NOT NULL,
  year BIGINT NOT NULL,
  number BIGINT NOT NULL CHECK (number > 0),
  label TEXT NOT NULL,
  enrolment_id BIGINT NOT NULL REFERENCES enrolments (id),
  class_id BIGINT NOT NULL REFERENCES classes (id),
  cadre_id BIGINT NOT NULL REFERENCES cadres (id),
  issued_on BIGINT NOT NULL,
  facts TEXT NOT NULL,
  template TEXT NOT NULL,
  template_version BIGINT NOT NULL,
  serial TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('valid','suspended','revoked','replaced')),
  reason TEXT NOT NULL,
  closing BIGINT NOT NULL,
  replaces BIGINT NOT NULL,
  replaced_by BIGINT NOT NULL,
  asked_by BIGINT NOT NULL,
  asked_reason TEXT NOT NULL,
  issued_at BIGINT NOT NULL,
  issued_by BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  UNIQUE (issuer, kind, year, number)
);
CREATE INDEX certificates_enrolment ON certificates (enrolment_id);
CREATE INDEX certificates_class ON certificates (class_id);
CREATE INDEX certificates_cadre ON certificates (cadre_id);
CREATE UNIQUE INDEX certificates_standing ON certificates (enrolment_id) WHERE state IN ('valid','suspended');
CREATE TABLE certificate_events (
  id {id},
  certificate_id BIGINT NOT NULL REFERENCES certificates (id),
  event TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  account_id BIGINT NOT NULL
);
CREATE INDEX certificate_events_certificate ON certificate_events (certificate_id);
CREATE TABLE certificate_blanks (
  id {id},
  issuer TEXT NOT NULL,
  serial TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('received','used','spoiled')),
  certificate_id BIGINT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  UNIQUE (issuer, serial)
);
CREATE INDEX certificate_blanks_state ON certificate_blanks (issuer, state);
