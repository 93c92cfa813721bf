package models

// Standing is the derived outcome of a standard for a holding over a stretch of time: a cache that is written in the
// same transaction as the facts and that `doctor` recomputes. Lists and totals read it under an index.
type Standing struct {
	ID         int64  `json:"id" gorm:"primaryKey"`
	StandardID int64  `json:"standard_id" gorm:"not null"`
	HoldingID  int64  `json:"holding_id" gorm:"not null"`
	CadreID    int64  `json:"cadre_id" gorm:"not null;index"`
	UnitID     int64  `json:"unit_id" gorm:"not null"`
	Path       string `json:"-" gorm:"size:96;not null"` // of the holding's unit during the stretch
	From       Date   `json:"from" gorm:"column:valid_from;not null"`
	To         Date   `json:"to" gorm:"column:valid_to;not null"`
	Overall    Status `json:"overall" gorm:"size:1;not null"`
	Marks      string `json:"marks" gorm:"size:20;not null"` // one letter per requirement
	SortKey    []byte `json:"-" gorm:"not null"`             // of the cadre's name
}

// GapFilter is what a gap list is asked for. The zero value of a field means "any".
type GapFilter struct {
	UnitID      int64    `json:"unit_id,omitempty"`
	Position    string   `json:"position,omitempty"`
	Standard    string   `json:"standard,omitempty"` // code; "" = the preferred one of each position on the date
	Version     int      `json:"version,omitempty"`  // of the standard, 0 = the newest
	Requirement string   `json:"requirement,omitempty"`
	Statuses    []Status `json:"statuses,omitempty"` // of the requirement if given, else overall; empty = all that are not up to standard
	Everyone    bool     `json:"everyone,omitempty"` // also those up to standard
	Area        AreaFlag `json:"area,omitempty"`
	AgeFrom     int      `json:"age_from,omitempty"`
	AgeTo       int      `json:"age_to,omitempty"`
	Studying    Tristate `json:"studying,omitempty"`   // has any study under way
	Succession  string   `json:"succession,omitempty"` // term, or "any"
	Search      string   `json:"search,omitempty"`     // by name, accents optional
	AsOf        Date     `json:"as_of"`
	KnownOn     Date     `json:"known_on,omitempty"`       // 0 = all that is known now
	Map         Date     `json:"map,omitempty"`            // cut on the map of this date, 0 = of AsOf
	CountStudy  Tristate `json:"count_studying,omitempty"` // NotKnown = the standard's own rule
	Nearest     bool     `json:"nearest,omitempty"`        // order: nearest to the standard first
}

// GapRow is one person in one post on the gap list.
type GapRow struct {
	CadreID    int64       `json:"cadre_id"`
	HoldingID  int64       `json:"holding_id"`
	Name       string      `json:"name"`
	Birth      PartialDate `json:"birth"`
	UnitID     int64       `json:"unit_id"`
	Unit       string      `json:"unit"`    // the unit of the post
	Commune    string      `json:"commune"` //
	District   string      `json:"district"`
	Mountain   bool        `json:"mountainous"`
	Position   string      `json:"position"` // code
	Post       string      `json:"post"`     // short name of the position
	Since      Date        `json:"since"`
	Standard   string      `json:"standard"`
	Overall    Status      `json:"overall"`
	Results    []Result    `json:"results"`
	General    string      `json:"general"`    // levels as words, empty when unknown
	Profession string      `json:"profession"` //
	Political  string      `json:"political"`
	Days       int         `json:"days"` // of training in Hội work
	Lacks      []string    `json:"lacks"`
	Unknown    []string    `json:"unknown"`
	Study      string      `json:"study,omitempty"` // course and expected end
	InSet      bool        `json:"in_set"`          // part of the smallest set that reaches the target
	Sort       []byte      `json:"-"`
}

// UnitTotal is the count of one unit, for the totals by district or commune.
type UnitTotal struct {
	UnitID   int64  `json:"unit_id"`
	Unit     string `json:"unit"`
	Total    int    `json:"total"`
	Met      int    `json:"met"`
	Studying int    `json:"studying"`
	Missing  int    `json:"missing"`
	Unknown  int    `json:"unknown"`
}

// Add sums two totals.
func (t *UnitTotal) Add(o UnitTotal) {
	t.Total += o.Total
	t.Met += o.Met
	t.Studying += o.Studying
	t.Missing += o.Missing
	t.Unknown += o.Unknown
}

// Count adds n holdings of one overall status.
func (t *UnitTotal) Count(s Status, n int) {
	t.Total += n
	switch s {
	case Met, Exempt:
		t.Met += n
	case Studying:
		t.Studying += n
	case Missing:
		t.Missing += n
	default:
		t.Unknown += n
	}
}

// UpTo is the number up to standard, with or without those studying.
func (t UnitTotal) UpTo(studying bool) int {
	if studying {
		return t.Met + t.Studying
	}
	return t.Met
}
