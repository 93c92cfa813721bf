package models

import "strconv"

func itoa(n int) string { return strconv.Itoa(n) }

// Sex as in identity papers.
type Sex string

// The values of Sex; empty is unknown.
const (
	Female Sex = "F"
	Male   Sex = "M"
)

// Tristate is yes, no or not known; it never guesses.
type Tristate int8

// The values of Tristate.
const (
	NotKnown Tristate = 0
	Yes      Tristate = 1
	No       Tristate = 2
)

// CadreState says what became of a record.
type CadreState string

// The states of a cadre record; nothing is deleted.
const (
	Active  CadreState = "active"
	Merged  CadreState = "merged"  // into another record, undoable
	Removed CadreState = "removed" // entered by mistake, or by an import that was undone
)

// Cadre is a person of the Hội's staff. The identity number is stored encrypted; ethnicity, religion and party
// membership are restricted fields (quality.md section 3) that only some roles read.
type Cadre struct {
	ID          int64       `json:"id" gorm:"primaryKey"`
	Name        string      `json:"name" gorm:"size:160;not null"`
	OtherName   string      `json:"other_name,omitempty" gorm:"size:160;not null"`
	Search      string      `json:"-" gorm:"size:160;not null;index"` // Fold(Name)
	SortKey     []byte      `json:"-" gorm:"not null"`                // NameSortKey(Name)
	Birth       PartialDate `json:"birth" gorm:"not null"`
	Sex         Sex         `json:"sex" gorm:"size:1;not null"`
	Ethnicity   string      `json:"ethnicity,omitempty" gorm:"size:4;not null"` // code of ethnic-groups.csv
	Religion    string      `json:"religion,omitempty" gorm:"size:4;not null"`  // code of religions.csv
	Party       Tristate    `json:"party" gorm:"not null"`
	PartyDate   PartialDate `json:"party_date" gorm:"not null"`
	Hometown    string      `json:"hometown,omitempty" gorm:"size:200;not null"`
	Residence   string      `json:"residence,omitempty" gorm:"size:200;not null"`
	Joined      PartialDate `json:"joined" gorm:"not null"` // năm tham gia công tác Hội
	Phone       string      `json:"phone,omitempty" gorm:"size:20;not null"`
	PhoneRaw    string      `json:"phone_raw,omitempty" gorm:"size:60;not null"`
	IdentityEnc []byte      `json:"-"`                        // AES-256-GCM under the office's key
	IdentityKey string      `json:"-" gorm:"size:44;index"`   // keyed hash for matching, "" when no number
	IdentityEnd string      `json:"-" gorm:"size:9;not null"` // masked form "044•••123"
	Note        string      `json:"note,omitempty" gorm:"size:1000;not null"`
	UnitID      int64       `json:"unit_id" gorm:"not null;index"`         // home unit: who keeps the record
	Path        string      `json:"-" gorm:"size:96;not null;index"`       // of the home unit on today's map: the scope
	State       CadreState  `json:"state" gorm:"size:10;not null"`         //
	MergedInto  int64       `json:"merged_into,omitempty" gorm:"not null"` // 0 when not merged
	Version     int64       `json:"version" gorm:"not null;default:1"`
	CreatedAt   Instant     `json:"created_at" gorm:"not null;autoCreateTime:false"`
	UpdatedAt   Instant     `json:"updated_at" gorm:"not null;autoUpdateTime:false"`
}

// Recorded is the second time axis of a fact: who wrote it down when, and when it was replaced. A change closes the
// row (SupersededAt) and opens a new one with the same FactID; nothing is overwritten.
type Recorded struct {
	FactID       int64   `json:"fact_id" gorm:"not null;index"`
	RecordedAt   Instant `json:"recorded_at" gorm:"not null"`
	RecordedBy   int64   `json:"recorded_by" gorm:"not null"`
	SupersededAt Instant `json:"superseded_at" gorm:"not null"`
	ImportID     int64   `json:"import_id,omitempty" gorm:"not null"` // 0 when typed
}

// KnownOn tells whether the row was what the system believed at k.
func (r Recorded) KnownOn(k Instant) bool { return r.RecordedAt <= k && k < r.SupersededAt }

// Position is a post that a cadre can hold, as data.
type Position struct {
	ID       int64    `json:"id" gorm:"primaryKey"`
	Code     string   `json:"code" gorm:"size:40;not null;uniqueIndex"`
	Name     string   `json:"name" gorm:"size:120;not null"`
	Short    string   `json:"short" gorm:"size:40;not null"`
	UnitKind UnitKind `json:"unit_kind" gorm:"size:16;not null"` // where it is held
	Ordinal  int      `json:"ordinal" gorm:"not null"`
	Version  int64    `json:"version" gorm:"not null;default:1"`
}

// Holding is a post held by a cadre at a unit during [From, To). From may be Beginning when nobody wrote it down.
type Holding struct {
	ID       int64  `json:"id" gorm:"primaryKey"`
	CadreID  int64  `json:"cadre_id" gorm:"not null;index"`
	Position string `json:"position" gorm:"size:40;not null"`
	UnitID   int64  `json:"unit_id" gorm:"not null;index"`
	From     Date   `json:"from" gorm:"column:valid_from;not null"`
	To       Date   `json:"to" gorm:"column:valid_to;not null"`
	Term     string `json:"term,omitempty" gorm:"size:20;not null"` // "2011-2016"
	Decision string `json:"decision,omitempty" gorm:"size:120;not null"`
	Recorded
}

// Succession is quy hoạch: a cadre named as a source for a post and a term.
type Succession struct {
	ID       int64  `json:"id" gorm:"primaryKey"`
	CadreID  int64  `json:"cadre_id" gorm:"not null;index"`
	Position string `json:"position" gorm:"size:40;not null"`
	UnitID   int64  `json:"unit_id" gorm:"not null;index"`
	Term     string `json:"term" gorm:"size:20;not null"`
	From     Date   `json:"from" gorm:"column:valid_from;not null"`
	To       Date   `json:"to" gorm:"column:valid_to;not null"`
	Decision string `json:"decision,omitempty" gorm:"size:120;not null"`
	Recorded
}

// Award is a title or a reward of a cadre; Rating the yearly grade ("Cán bộ Hội cơ sở giỏi" is an award of a year).
type Award struct {
	ID      int64       `json:"id" gorm:"primaryKey"`
	CadreID int64       `json:"cadre_id" gorm:"not null;index"`
	Title   string      `json:"title" gorm:"size:200;not null"`
	Year    int         `json:"year" gorm:"not null"`
	Date    PartialDate `json:"date" gorm:"not null"`
	Giver   string      `json:"giver,omitempty" gorm:"size:200;not null"`
	Number  string      `json:"number,omitempty" gorm:"size:80;not null"`
	Recorded
}

// Rating is the yearly grade of a cadre.
type Rating struct {
	ID      int64  `json:"id" gorm:"primaryKey"`
	CadreID int64  `json:"cadre_id" gorm:"not null;index"`
	Year    int    `json:"year" gorm:"not null"`
	Grade   string `json:"grade" gorm:"size:20;not null"` // xuat-sac, kha, trung-binh, yeu
	Note    string `json:"note,omitempty" gorm:"size:400;not null"`
	Recorded
}
