-- Courses, classes, requests, seats, rolls, scores, certificates, notices.
CREATE TABLE courses (
  id {id},
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  host TEXT NOT NULL CHECK (host IN ('province','district','commune')),
  days BIGINT NOT NULL CHECK (days > 0),
  periods BIGINT NOT NULL CHECK (periods >= 0),
  blocks BIGINT NOT NULL CHECK (blocks > 0),
  min_learners BIGINT NOT NULL,
  max_learners BIGINT NOT NULL,
  positions TEXT NOT NULL,
  areas TEXT NOT NULL,
  succession BOOLEAN NOT NULL,
  needs TEXT NOT NULL,
  grants TEXT NOT NULL,
  extends TEXT NOT NULL,
  pass_rules TEXT NOT NULL,
  paper TEXT NOT NULL,
  template TEXT NOT NULL,
  giver TEXT NOT NULL,
  basis TEXT NOT NULL,
  certainty TEXT NOT NULL,
  note TEXT NOT NULL,
  retired BOOLEAN NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE schools (
  id {id},
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  parent TEXT NOT NULL,
  town TEXT NOT NULL,
  signer_post TEXT NOT NULL,
  signer TEXT NOT NULL,
  phone TEXT NOT NULL,
  agreement TEXT NOT NULL,
  agreement_from BIGINT NOT NULL,
  agreement_to BIGINT NOT NULL,
  note TEXT NOT NULL,
  retired BOOLEAN NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (agreement_from < agreement_to)
);
CREATE TABLE instructors (
  id {id},
  name TEXT NOT NULL,
  school TEXT NOT NULL,
  phone TEXT NOT NULL,
  topics TEXT NOT NULL,
  away TEXT NOT NULL,
  retired BOOLEAN NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE venues (
  id {id},
  name TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  school TEXT NOT NULL,
  address TEXT NOT NULL,
  rooms TEXT NOT NULL,
  beds BIGINT NOT NULL CHECK (beds >= 0),
  away TEXT NOT NULL,
  retired BOOLEAN NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE fundings (
  id {id},
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  budgets TEXT NOT NULL,
  note TEXT NOT NULL,
  retired BOOLEAN NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE classes (
  id {id},
  code TEXT NOT NULL UNIQUE,
  course TEXT NOT NULL REFERENCES courses (code),
  name TEXT NOT NULL,
  series TEXT NOT NULL,
  unit_id BIGINT NOT NULL REFERENCES units (id),
  path TEXT {c} NOT NULL,
  school TEXT NOT NULL,
  co_host TEXT NOT NULL,
  venue_id BIGINT NOT NULL,
  room TEXT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft','planned','approved','nominating','seated','running','awaiting','completed','closed','cancelled','postponed')),
  min_learners BIGINT NOT NULL,
  seats BIGINT NOT NULL CHECK (seats > 0),
  taken BIGINT NOT NULL CHECK (taken >= 0 AND taken <= seats),
  quotas TEXT NOT NULL,
  money TEXT NOT NULL,
  nominate_by BIGINT NOT NULL,
  decision TEXT NOT NULL,
  decided_on BIGINT NOT NULL,
  contact TEXT NOT NULL,
  note TEXT NOT NULL,
  reason TEXT NOT NULL,
  closed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL
);
CREATE INDEX classes_path ON classes (path);
CREATE INDEX classes_school ON classes (school);
CREATE INDEX classes_course ON classes (course);
CREATE INDEX classes_time ON classes (valid_from, valid_to);
CREATE TABLE class_sessions (
  id {id},
  class_id BIGINT NOT NULL REFERENCES classes (id),
  date BIGINT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('S','C','T')),
  block BIGINT NOT NULL,
  periods BIGINT NOT NULL CHECK (periods >= 0),
  topic TEXT NOT NULL,
  instructor_id BIGINT NOT NULL,
  room TEXT NOT NULL,
  rolled BIGINT NOT NULL,
  UNIQUE (class_id, date, part)
);
CREATE INDEX class_sessions_date ON class_sessions (date);

CREATE TABLE nominations (
  id {id},
  class_id BIGINT NOT NULL REFERENCES classes (id),
  cadre_id BIGINT NOT NULL REFERENCES cadres (id),
  holding_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('submitted','returned','withdrawn','decided')),
  warnings TEXT NOT NULL,
  override TEXT NOT NULL,
  note TEXT NOT NULL,
  at BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX nominations_class ON nominations (class_id);
CREATE INDEX nominations_cadre ON nominations (cadre_id);
CREATE UNIQUE INDEX nominations_open ON nominations (class_id, cadre_id) WHERE state IN ('submitted','returned');
CREATE TABLE decisions (
  id {id},
  nomination_id BIGINT NOT NULL REFERENCES nominations (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('approve','refuse','return')),
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  account_id BIGINT NOT NULL
);
CREATE INDEX decisions_nomination ON decisions (nomination_id);
CREATE TABLE enrolments (
  id {id},
  class_id BIGINT NOT NULL REFERENCES classes (id),
  cadre_id BIGINT NOT NULL REFERENCES cadres (id),
  nomination_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  position TEXT NOT NULL,
  seat TEXT NOT NULL CHECK (seat IN ('waiting','seated','declined','dropped','cancelled')),
  queue BIGINT NOT NULL,
  funding TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('pending','passed','failed','retake')),
  average BIGINT NOT NULL,
  attendance_bp BIGINT NOT NULL,
  grade TEXT NOT NULL,
  reason TEXT NOT NULL,
  remark TEXT NOT NULL,
  closing BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX enrolments_class ON enrolments (class_id, seat, queue);
CREATE INDEX enrolments_cadre ON enrolments (cadre_id);
CREATE UNIQUE INDEX enrolments_alive ON enrolments (class_id, cadre_id) WHERE seat IN ('waiting','seated');
CREATE TABLE enrolment_logs (
  id {id},
  class_id BIGINT NOT NULL,
  cadre_id BIGINT NOT NULL,
  nomination_id BIGINT NOT NULL,
  enrolment_id BIGINT NOT NULL,
  event TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  account_id BIGINT NOT NULL
);
CREATE INDEX enrolment_logs_class ON enrolment_logs (class_id);
CREATE INDEX enrolment_logs_cadre ON enrolment_logs (cadre_id);
CREATE TABLE attendances (
  id {id},
  session_id BIGINT NOT NULL REFERENCES class_sessions (id),
  enrolment_id BIGINT NOT NULL REFERENCES enrolments (id),
  mark TEXT NOT NULL CHECK (mark IN ('x','P','K','M')),
  at BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  UNIQUE (session_id, enrolment_id)
);
CREATE INDEX attendances_enrolment ON attendances (enrolment_id);
CREATE TABLE scores (
  id {id},
  enrolment_id BIGINT NOT NULL REFERENCES enrolments (id),
  test TEXT NOT NULL,
  try BIGINT NOT NULL CHECK (try > 0),
  tenths BIGINT NOT NULL CHECK (tenths BETWEEN -1 AND 100),
  at BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  UNIQUE (enrolment_id, test, try)
);

-- What a class has given: the way back takes exactly this away again.
ALTER TABLE qualifications ADD COLUMN enrolment_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE studies ADD COLUMN enrolment_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX qualifications_enrolment ON qualifications (enrolment_id) WHERE enrolment_id <> 0;
CREATE INDEX studies_enrolment ON studies (enrolment_id) WHERE enrolment_id <> 0;
INSERT INTO counters (name, value) VALUES ('closing', 0);
