package models

import "strings"

// Target is a goal of a programme as data: of the holdings of some positions, which share must be up to standard (or
// meet one requirement) by a date. Plan II.2.d gives three of them.
type Target struct {
	ID             int64           `json:"id" gorm:"primaryKey"`
	Code           string          `json:"code" gorm:"size:40;not null;uniqueIndex"`
	Name           string          `json:"name" gorm:"size:300;not null"`
	Measures       []TargetMeasure `json:"measures" gorm:"serializer:json;not null"`
	ThresholdBP    int             `json:"threshold_bp" gorm:"not null"` // hundredths of a percent: 9000 = 90%
	Start          Date            `json:"start" gorm:"not null"`
	Due            Date            `json:"due" gorm:"not null"`
	StudyingCounts bool            `json:"studying_counts" gorm:"not null"`
	Basis          string          `json:"basis" gorm:"size:300;not null"`
	Note           string          `json:"note,omitempty" gorm:"size:1000;not null"`
	Ordinal        int             `json:"ordinal" gorm:"not null"`
	Version        int64           `json:"version" gorm:"not null;default:1"`
}

// Check tells what is wrong with a target that somebody typed.
func (t Target) Check() error {
	var errs Errors
	if t.Code == "" || strings.ContainsAny(t.Code, " /?#") {
		errs = append(errs, Fail(Invalid, "target.code_bad", "code"))
	}
	if t.Name == "" {
		errs = append(errs, Fail(Invalid, "target.name_required", "name"))
	}
	if t.ThresholdBP < 1 || t.ThresholdBP > 10000 {
		errs = append(errs, Fail(Invalid, "target.threshold_bad", "threshold_bp"))
	}
	if !t.Start.Valid() || !t.Due.Valid() || t.Due < t.Start {
		errs = append(errs, Fail(Invalid, "target.dates_bad", "due"))
	}
	if len(t.Measures) == 0 {
		errs = append(errs, Fail(Invalid, "target.empty", "measures"))
	}
	return errs.OrNil()
}

// TargetMeasure counts the holdings of one position against a standard, or one requirement of it.
type TargetMeasure struct {
	Position    string `json:"position"`
	Standard    string `json:"standard"`              // code; the version in force is used
	Requirement string `json:"requirement,omitempty"` // "" = the whole standard
}

// Progress is where a target stands on a date. Counts are holdings ("lượt"); People are distinct cadres.
type Progress struct {
	Target    Target `json:"target"`
	AsOf      Date   `json:"as_of"`
	Total     int    `json:"total"`
	Met       int    `json:"met"`      // in hand
	Studying  int    `json:"studying"` // would count if "đang học" counts
	Missing   int    `json:"missing"`
	Unknown   int    `json:"unknown"`
	Counted   int    `json:"counted"` // by the target's own rule
	Needed    int    `json:"needed"`  // smallest count that reaches the threshold
	StillNeed int    `json:"still_need"`
	People    int    `json:"people"`
}

// Count takes the counts of a unit and fills the derived figures.
func (p *Progress) Count(t UnitTotal) {
	p.Total, p.Met, p.Studying, p.Missing, p.Unknown = t.Total, t.Met, t.Studying, t.Missing, t.Unknown
	p.Finish()
}

// Finish fills the derived figures from the counts.
func (p *Progress) Finish() {
	p.Counted = p.Met
	if p.Target.StudyingCounts {
		p.Counted += p.Studying
	}
	p.Needed = Needed(p.Total, p.Target.ThresholdBP)
	p.StillNeed = max(p.Needed-p.Counted, 0)
}

// Needed is the smallest count that is at least the share (hundredths of a percent) of total: 90% of 159 is 144.
func Needed(total, thresholdBP int) int { return (total*thresholdBP + 9999) / 10000 }

// Percent is n of total in tenths of a percent, rounded half up; 0 of 0 is 0.
func Percent(n, total int) int {
	if total == 0 {
		return 0
	}
	return (n*2000 + total) / (2 * total)
}

// PercentVN prints Percent with a decimal comma: "63,5%".
func PercentVN(n, total int) string {
	p := Percent(n, total)
	return itoa(p/10) + "," + itoa(p%10) + "%"
}
