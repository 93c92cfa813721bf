-- The first schema. {id} is an automatic primary key, {bytes} a byte string, {c} bytewise collation.
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('fact', 0);

CREATE TABLE units (
  id {id},
  code TEXT NOT NULL UNIQUE,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE unit_spans (
  id {id},
  unit_id BIGINT NOT NULL REFERENCES units (id),
  parent_id BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('nation','province','district','commune','branch','group','office','special')),
  style TEXT NOT NULL,
  name TEXT NOT NULL,
  search TEXT NOT NULL,
  ordinal BIGINT NOT NULL,
  path TEXT {c} NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  basis TEXT NOT NULL,
  CHECK (valid_from < valid_to)
);
CREATE UNIQUE INDEX unit_spans_start ON unit_spans (unit_id, valid_from);
CREATE INDEX unit_spans_parent ON unit_spans (parent_id);
CREATE INDEX unit_spans_path ON unit_spans (path);
CREATE INDEX unit_spans_search ON unit_spans (search);
CREATE TABLE unit_links (
  id {id},
  from_id BIGINT NOT NULL REFERENCES units (id),
  to_id BIGINT NOT NULL REFERENCES units (id),
  date BIGINT NOT NULL,
  main BOOLEAN NOT NULL,
  basis TEXT NOT NULL
);
CREATE INDEX unit_links_from ON unit_links (from_id);
CREATE INDEX unit_links_to ON unit_links (to_id);
CREATE TABLE unit_flags (
  id {id},
  unit_id BIGINT NOT NULL REFERENCES units (id),
  flag TEXT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  basis TEXT NOT NULL,
  certainty TEXT NOT NULL
);
CREATE INDEX unit_flags_unit ON unit_flags (unit_id);
CREATE TABLE unit_figures (
  id {id},
  unit_id BIGINT NOT NULL REFERENCES units (id),
  key TEXT NOT NULL,
  date BIGINT NOT NULL,
  value BIGINT NOT NULL,
  source TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX unit_figures_unit ON unit_figures (unit_id, key, date);

CREATE TABLE positions (
  id {id},
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  short TEXT NOT NULL,
  unit_kind TEXT NOT NULL,
  ordinal BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE cadres (
  id {id},
  name TEXT NOT NULL,
  other_name TEXT NOT NULL,
  search TEXT {c} NOT NULL,
  sort_key {bytes} NOT NULL,
  birth BIGINT NOT NULL,
  sex TEXT NOT NULL,
  ethnicity TEXT NOT NULL,
  religion TEXT NOT NULL,
  party BIGINT NOT NULL,
  party_date BIGINT NOT NULL,
  hometown TEXT NOT NULL,
  residence TEXT NOT NULL,
  joined BIGINT NOT NULL,
  phone TEXT NOT NULL,
  phone_raw TEXT NOT NULL,
  identity_enc {bytes},
  identity_key TEXT NOT NULL,
  identity_end TEXT NOT NULL,
  note TEXT NOT NULL,
  unit_id BIGINT NOT NULL REFERENCES units (id),
  path TEXT {c} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active','merged','removed')),
  merged_into BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX cadres_path ON cadres (path);
CREATE INDEX cadres_unit ON cadres (unit_id);
CREATE INDEX cadres_search ON cadres (search);
CREATE INDEX cadres_sort ON cadres (sort_key);
CREATE UNIQUE INDEX cadres_identity ON cadres (identity_key) WHERE identity_key <> '' AND state = 'active';

CREATE TABLE holdings (
  id {id},
  cadre_id BIGINT NOT NULL REFERENCES cadres (id),
  position TEXT NOT NULL REFERENCES positions (code),
  unit_id BIGINT NOT NULL REFERENCES units (id),
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  term TEXT NOT NULL,
  decision TEXT NOT NULL,
  {recorded},
  CHECK (valid_from < valid_to)
);
CREATE INDEX holdings_cadre ON holdings (cadre_id);
CREATE INDEX holdings_unit ON holdings (unit_id);
CREATE UNIQUE INDEX holdings_current ON holdings (fact_id) WHERE superseded_at = {never};

CREATE TABLE successions (
  id {id},
  cadre_id BIGINT NOT NULL REFERENCES cadres (id),
  position TEXT NOT NULL REFERENCES positions (code),
  unit_id BIGINT NOT NULL REFERENCES units (id),
  term TEXT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  decision TEXT NOT NULL,
  {recorded},
  CHECK (valid_from < valid_to)
);
CREATE INDEX successions_cadre ON successions (cadre_id);
CREATE INDEX successions_unit ON successions (unit_id);
CREATE UNIQUE INDEX successions_current ON successions (fact_id) WHERE superseded_at = {never};

CREATE TABLE qualifications (
  id {id},
  cadre_id BIGINT NOT NULL REFERENCES cadres (id),
  kind TEXT NOT NULL,
  level BIGINT NOT NULL CHECK (level >= 0),
  field TEXT NOT NULL,
  school TEXT NOT NULL,
  form TEXT NOT NULL,
  giver TEXT NOT NULL,
  earned BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  number TEXT NOT NULL,
  days BIGINT NOT NULL CHECK (days >= 0),
  hours BIGINT NOT NULL CHECK (hours >= 0),
  evidence TEXT NOT NULL,
  file_id BIGINT NOT NULL,
  review TEXT NOT NULL CHECK (review IN ('declared','verified','rejected')),
  review_by BIGINT NOT NULL,
  review_at BIGINT NOT NULL,
  {recorded},
  CHECK (valid_from < valid_to)
);
CREATE INDEX qualifications_cadre ON qualifications (cadre_id);
CREATE UNIQUE INDEX qualifications_current ON qualifications (fact_id) WHERE superseded_at = {never};

CREATE TABLE studies (
  id {id},
  cadre_id BIGINT NOT NULL REFERENCES cadres (id),
  kind TEXT NOT NULL,
  level BIGINT NOT NULL,
  days BIGINT NOT NULL,
  giver TEXT NOT NULL,
  course TEXT NOT NULL,
  school TEXT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  {recorded},
  CHECK (valid_from < valid_to)
);
CREATE INDEX studies_cadre ON studies (cadre_id);
CREATE UNIQUE INDEX studies_current ON studies (fact_id) WHERE superseded_at = {never};

CREATE TABLE awards (
  id {id},
  cadre_id BIGINT NOT NULL REFERENCES cadres (id),
  title TEXT NOT NULL,
  year BIGINT NOT NULL,
  date BIGINT NOT NULL,
  giver TEXT NOT NULL,
  number TEXT NOT NULL,
  {recorded}
);
CREATE INDEX awards_cadre ON awards (cadre_id);
CREATE UNIQUE INDEX awards_current ON awards (fact_id) WHERE superseded_at = {never};

CREATE TABLE ratings (
  id {id},
  cadre_id BIGINT NOT NULL REFERENCES cadres (id),
  year BIGINT NOT NULL,
  grade TEXT NOT NULL,
  note TEXT NOT NULL,
  {recorded}
);
CREATE INDEX ratings_cadre ON ratings (cadre_id);
CREATE UNIQUE INDEX ratings_current ON ratings (fact_id) WHERE superseded_at = {never};

CREATE TABLE files (
  id {id},
  cadre_id BIGINT NOT NULL REFERENCES cadres (id),
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes {bytes} NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL
);
CREATE INDEX files_cadre ON files (cadre_id);

CREATE TABLE standards (
  id {id},
  code TEXT NOT NULL,
  version BIGINT NOT NULL,
  position TEXT NOT NULL REFERENCES positions (code),
  name TEXT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  legal_basis TEXT NOT NULL,
  certainty TEXT NOT NULL,
  note TEXT NOT NULL,
  studying_counts BOOLEAN NOT NULL,
  preferred BOOLEAN NOT NULL,
  requirements TEXT NOT NULL,
  retired BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  UNIQUE (code, version)
);
CREATE INDEX standards_position ON standards (position);

CREATE TABLE targets (
  id {id},
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  measures TEXT NOT NULL,
  threshold_bp BIGINT NOT NULL CHECK (threshold_bp BETWEEN 0 AND 10000),
  start BIGINT NOT NULL,
  due BIGINT NOT NULL,
  studying_counts BOOLEAN NOT NULL,
  basis TEXT NOT NULL,
  note TEXT NOT NULL,
  ordinal BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE standings (
  id {id},
  standard_id BIGINT NOT NULL,
  holding_id BIGINT NOT NULL,
  cadre_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  path TEXT {c} NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  overall TEXT {c} NOT NULL,
  marks TEXT {c} NOT NULL,
  sort_key {bytes} NOT NULL
);
CREATE INDEX standings_cadre ON standings (cadre_id);
CREATE INDEX standings_place ON standings (standard_id, path, overall, valid_from, valid_to, marks, sort_key, holding_id, cadre_id);
CREATE INDEX standings_order ON standings (standard_id, sort_key, holding_id, overall, valid_from, valid_to, path, marks, cadre_id);

CREATE TABLE accounts (
  id {id},
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  school TEXT NOT NULL,
  hash TEXT NOT NULL,
  disabled BOOLEAN NOT NULL,
  language TEXT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  last_login BIGINT NOT NULL
);
CREATE TABLE sessions (
  id {id},
  token_hash TEXT NOT NULL UNIQUE,
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  created_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE TABLE tokens (
  id {id},
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  permissions TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL
);
CREATE INDEX tokens_account ON tokens (account_id);
CREATE TABLE login_failures (
  id {id},
  subject TEXT NOT NULL,
  at BIGINT NOT NULL,
  settled BOOLEAN NOT NULL
);
CREATE INDEX login_failures_subject ON login_failures (subject, at);
CREATE INDEX login_failures_at ON login_failures (at);

CREATE TABLE audits (
  id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  login TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX audits_object ON audits (object, object_id);
CREATE INDEX audits_account ON audits (account_id, id);
CREATE TABLE audit_heads (
  id BIGINT PRIMARY KEY,
  last_id BIGINT NOT NULL,
  hash TEXT NOT NULL
);
INSERT INTO audit_heads (id, last_id, hash) VALUES (1, 0, '');

CREATE TABLE imports (
  id {id},
  account_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  file_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  bytes {bytes} NOT NULL,
  mapping TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('uploaded','previewed','applying','applied','failed','undone','discarded')),
  report TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  applied_at BIGINT NOT NULL,
  undone_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX imports_account ON imports (account_id);
CREATE TABLE import_changes (
  id {id},
  import_id BIGINT NOT NULL REFERENCES imports (id),
  cadre_id BIGINT NOT NULL REFERENCES cadres (id),
  kind TEXT NOT NULL CHECK (kind IN ('created','updated')),
  before TEXT NOT NULL,
  version_after BIGINT NOT NULL
);
CREATE INDEX import_changes_import ON import_changes (import_id);
CREATE TABLE import_mappings (
  id {id},
  account_id BIGINT NOT NULL,
  header_key TEXT NOT NULL,
  mapping TEXT NOT NULL,
  used_at BIGINT NOT NULL,
  UNIQUE (account_id, header_key)
);
CREATE TABLE not_same (
  id {id},
  cadre_a BIGINT NOT NULL REFERENCES cadres (id),
  cadre_b BIGINT NOT NULL REFERENCES cadres (id),
  at BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  UNIQUE (cadre_a, cadre_b),
  CHECK (cadre_a < cadre_b)
);
CREATE TABLE merges (
  id {id},
  kept_id BIGINT NOT NULL REFERENCES cadres (id),
  gone_id BIGINT NOT NULL REFERENCES cadres (id),
  at BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  before TEXT NOT NULL,
  undone_at BIGINT NOT NULL
);
CREATE INDEX merges_kept ON merges (kept_id);
CREATE INDEX merges_gone ON merges (gone_id);
CREATE TABLE replies (
  id {id},
  account_id BIGINT NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  status BIGINT NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (account_id, key)
);
CREATE INDEX replies_created ON replies (created_at);
