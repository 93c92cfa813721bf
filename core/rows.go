package core

import "datchuan/models"

// Rows that only the use cases know; those of the domain are in models.

// setting is a value the office can change: letterhead, working date of a demonstration.
type setting struct {
	Key   string `gorm:"primaryKey;size:60"`
	Value string `gorm:"not null"`
}

// counter hands out numbers under a row lock; never MAX+1.
type counter struct {
	Name  string `gorm:"primaryKey;size:60"`
	Value int64  `gorm:"not null"`
}

// session is a login; only the hash of its token is stored.
type session struct {
	ID        int64          `gorm:"primaryKey"`
	TokenHash string         `gorm:"size:64;not null;uniqueIndex"`
	AccountID int64          `gorm:"not null"`
	CreatedAt models.Instant `gorm:"not null;autoCreateTime:false"`
	UsedAt    models.Instant `gorm:"not null"`
	ExpiresAt models.Instant `gorm:"not null"`
}

// Token is an API token of an account: hashed, scoped, expiring.
type Token struct {
	ID          int64               `json:"id" gorm:"primaryKey"`
	AccountID   int64               `json:"account_id" gorm:"not null"`
	Name        string              `json:"name" gorm:"size:80;not null"`
	Prefix      string              `json:"prefix" gorm:"size:12;not null"`
	TokenHash   string              `json:"-" gorm:"size:64;not null;uniqueIndex"`
	Permissions []models.Permission `json:"permissions" gorm:"serializer:json;not null"`
	CreatedAt   models.Instant      `json:"created_at" gorm:"not null;autoCreateTime:false"`
	ExpiresAt   models.Instant      `json:"expires_at" gorm:"not null"`
	UsedAt      models.Instant      `json:"used_at" gorm:"not null"`
	RevokedAt   models.Instant      `json:"revoked_at" gorm:"not null"`
}

// loginFailure is one try to sign in, by account and by address, for throttling: written before it is evaluated, deleted
// when it was right, settled when it was wrong.
type loginFailure struct {
	ID      int64          `gorm:"primaryKey"`
	Subject string         `gorm:"size:120;not null"` // keyed hash, no personal data
	At      models.Instant `gorm:"not null"`
	Settled bool           `gorm:"not null"`
}

// Audit is one row of the chain: who did what to which record, with before and after. Hash is keyed and covers the
// row and the hash before it.
type Audit struct {
	ID        int64          `json:"id" gorm:"primaryKey;autoIncrement:false"`
	At        models.Instant `json:"at" gorm:"not null"`
	AccountID int64          `json:"account_id" gorm:"not null"`
	Login     string         `json:"login" gorm:"size:60;not null"`
	Action    string         `json:"action" gorm:"size:40;not null"`
	Object    string         `json:"object" gorm:"size:30;not null"`
	ObjectID  int64          `json:"object_id" gorm:"not null"`
	Detail    string         `json:"detail" gorm:"not null"` // JSON: {"before":…,"after":…} or parameters
	Hash      string         `json:"hash" gorm:"size:64;not null"`
}

// auditHead is the end of the chain, locked by whoever appends.
type auditHead struct {
	ID     int64  `gorm:"primaryKey;autoIncrement:false"`
	LastID int64  `gorm:"not null"`
	Hash   string `gorm:"size:64;not null"`
}

// Import is one uploaded roster from upload to report.
type Import struct {
	ID         int64          `json:"id" gorm:"primaryKey"`
	AccountID  int64          `json:"account_id" gorm:"not null"`
	UnitID     int64          `json:"unit_id" gorm:"not null"` // below which the rows belong
	FileName   string         `json:"file_name" gorm:"size:200;not null"`
	FileSHA256 string         `json:"file_sha256" gorm:"column:file_sha256;size:64;not null"`
	Bytes      []byte         `json:"-" gorm:"not null"`
	Mapping    string         `json:"-" gorm:"not null"` // JSON of sheets.Mapping, opaque here
	State      ImportState    `json:"state" gorm:"size:12;not null"`
	Report     string         `json:"-" gorm:"not null"` // JSON of ImportReport
	CreatedAt  models.Instant `json:"created_at" gorm:"not null;autoCreateTime:false"`
	AppliedAt  models.Instant `json:"applied_at" gorm:"not null"`
	UndoneAt   models.Instant `json:"undone_at" gorm:"not null"`
	Version    int64          `json:"version" gorm:"not null;default:1"`
}

// ImportState is how far an import has come.
type ImportState string

// The states of an import.
const (
	ImportUploaded  ImportState = "uploaded"
	ImportPreviewed ImportState = "previewed"
	ImportApplying  ImportState = "applying"
	ImportApplied   ImportState = "applied"
	ImportFailed    ImportState = "failed" // interrupted: nothing was written, can be run again
	ImportUndone    ImportState = "undone"
	ImportDiscarded ImportState = "discarded"
)

// importChange is what an import did to one cadre record, so that the whole can be undone.
type importChange struct {
	ID           int64  `gorm:"primaryKey"`
	ImportID     int64  `gorm:"not null"`
	CadreID      int64  `gorm:"not null"`
	Kind         string `gorm:"size:10;not null"` // created, updated
	Before       string `gorm:"not null"`         // JSON of the cadre before, "" when created
	VersionAfter int64  `gorm:"not null"`
}

// importMapping remembers how an account read files with a certain header.
type importMapping struct {
	ID        int64          `gorm:"primaryKey"`
	AccountID int64          `gorm:"not null"`
	HeaderKey string         `gorm:"size:64;not null"`
	Mapping   string         `gorm:"not null"`
	UsedAt    models.Instant `gorm:"not null"`
}

// notSame marks two records as two different people, A < B.
type notSame struct {
	ID        int64          `gorm:"primaryKey"`
	CadreA    int64          `gorm:"column:cadre_a;not null"`
	CadreB    int64          `gorm:"column:cadre_b;not null"`
	At        models.Instant `gorm:"not null"`
	AccountID int64          `gorm:"not null"`
}

// TableName keeps the name readable.
func (notSame) TableName() string { return "not_same" }

// Merge is one record joined into another; Before holds what is needed to undo it.
type Merge struct {
	ID        int64          `json:"id" gorm:"primaryKey"`
	KeptID    int64          `json:"kept_id" gorm:"not null"`
	GoneID    int64          `json:"gone_id" gorm:"not null"`
	At        models.Instant `json:"at" gorm:"not null"`
	AccountID int64          `json:"account_id" gorm:"not null"`
	Before    string         `json:"-" gorm:"not null"`
	UndoneAt  models.Instant `json:"undone_at" gorm:"not null"`
}

// reply is the answer to a request that carried an Idempotency-Key.
type reply struct {
	ID          int64          `gorm:"primaryKey"`
	AccountID   int64          `gorm:"not null"`
	Key         string         `gorm:"size:200;not null"`
	RequestHash string         `gorm:"size:64;not null"`
	Status      int            `gorm:"not null"`
	Body        string         `gorm:"not null"`
	CreatedAt   models.Instant `gorm:"not null;autoCreateTime:false"`
}

// certificateTemplate is one version of a template; Body is JSON of models.CertificateTemplate. Versions are only added.
type certificateTemplate struct {
	ID     int64                  `gorm:"primaryKey"`
	Code   string                 `gorm:"size:60;not null"`
	Number int                    `gorm:"not null"` // of the version
	Kind   models.CertificateKind `gorm:"size:20;not null"`
	Name   string                 `gorm:"size:200;not null"`
	Body   string                 `gorm:"not null"`
	At     models.Instant         `gorm:"not null"`
	By     int64                  `gorm:"column:account_id;not null"`
}

// certificateSeries counts the certificates of an issuer, kind and year; never MAX+1.
type certificateSeries struct {
	ID     int64                  `gorm:"primaryKey"`
	Issuer string                 `gorm:"size:60;not null"`
	Kind   models.CertificateKind `gorm:"size:20;not null"`
	Year   int                    `gorm:"not null"`
	Last   int64                  `gorm:"not null"`
}

// TableName keeps the name readable.
func (certificateSeries) TableName() string { return "certificate_series" }

// allRows is one value of every table, in an order in which rows can be restored; migrations and backups are checked
// against it.
func allRows() []any {
	return []any{&setting{}, &counter{}, &models.Unit{}, &models.UnitSpan{}, &models.UnitLink{}, &models.UnitFlag{},
		&models.UnitFigure{}, &models.Position{}, &models.Cadre{}, &models.Holding{}, &models.Succession{},
		&models.Qualification{}, &models.Study{}, &models.Award{}, &models.Rating{}, &models.File{}, &models.Standard{},
		&models.Target{}, &models.Standing{}, &models.Account{}, &session{}, &Token{}, &loginFailure{}, &Audit{}, &auditHead{},
		&Import{}, &importChange{}, &importMapping{}, &notSame{}, &Merge{}, &reply{},
		&models.Course{}, &models.School{}, &models.Instructor{}, &models.Venue{}, &models.Funding{}, &models.Class{}, &models.Session{},
		&models.Nomination{}, &models.Decision{}, &models.Enrolment{}, &models.EnrolmentLog{}, &models.Attendance{}, &models.Score{},
		&certificateTemplate{}, &certificateSeries{}, &models.Certificate{}, &models.CertificateEvent{}, &models.Blank{},
		&models.Notice{}, &Mail{}, &calendar{}}
}
