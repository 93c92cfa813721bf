package models

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Standard is one version of the rules a position is measured by. Rules are data with a life: adding or changing one
// is a new row, never code (house.md, "Facts and time").
type Standard struct {
	ID             int64         `json:"id" gorm:"primaryKey"`
	Code           string        `json:"code" gorm:"size:60;not null;uniqueIndex:standards_code_version"`
	Version        int           `json:"version" gorm:"not null;uniqueIndex:standards_code_version"`
	Position       string        `json:"position" gorm:"size:40;not null;index"`
	Name           string        `json:"name" gorm:"size:200;not null"`
	ValidFrom      Date          `json:"valid_from" gorm:"not null"`
	ValidTo        Date          `json:"valid_to" gorm:"not null"`
	LegalBasis     string        `json:"legal_basis" gorm:"size:400;not null"`
	Certainty      Certainty     `json:"certainty" gorm:"size:16;not null"`
	Note           string        `json:"note,omitempty" gorm:"size:2000;not null"`
	StudyingCounts bool          `json:"studying_counts" gorm:"not null"` // does the rule itself count "đang học" as met
	Preferred      bool          `json:"preferred" gorm:"not null"`       // the position's default while valid
	Requirements   []Requirement `json:"requirements" gorm:"serializer:json;not null"`
	Retired        bool          `json:"retired" gorm:"not null"` // replaced by a newer version; kept for old reports
	CreatedAt      Instant       `json:"created_at" gorm:"not null;autoCreateTime:false"`
	CreatedBy      int64         `json:"created_by" gorm:"not null"`
}

// Requirement is one line of a standard: at least one alternative must hold. In ExemptIn areas it does not apply.
type Requirement struct {
	Code      string        `json:"code"` // stable within the standard: "profession"
	Name      string        `json:"name"`
	AnyOf     []Alternative `json:"any_of"`
	ExemptIn  []AreaFlag    `json:"exempt_in,omitempty"`
	Certainty Certainty     `json:"certainty,omitempty"`
	Note      string        `json:"note,omitempty"`
}

// Alternative is a set of atoms that must all hold; OnlyIn limits it to communes with one of these flags.
type Alternative struct {
	AllOf  []Atom     `json:"all_of"`
	OnlyIn []AreaFlag `json:"only_in,omitempty"`
}

// AtomKind names the smallest testable condition; each kind is one file in this package with its table test.
type AtomKind string

// Atom is a condition with its parameters; which of them count depends on the kind.
type Atom struct {
	Kind        AtomKind `json:"kind"`
	Line        QualKind `json:"line,omitempty"`         // level: the line of the personnel file
	MinLevel    int      `json:"min_level,omitempty"`    // level
	MinDays     int      `json:"min_days,omitempty"`     // training_days
	WithinYears int      `json:"within_years,omitempty"` // training_days: only the last N years count, 0 = ever
	Givers      []Giver  `json:"givers,omitempty"`       // training_days, training_once: whose courses count, empty = all
	MaxAge      int      `json:"max_age,omitempty"`      // first_election_age
	Months      int      `json:"months,omitempty"`       // service_left
	NoStudying  bool     `json:"no_studying,omitempty"`  // "đang học" is not an excuse here
	Verified    bool     `json:"verified,omitempty"`     // only verified papers count
}

// Status is the outcome of a requirement, or of a whole standard.
type Status string

// The statuses. As single letters they make the marks of a standing, one letter per requirement.
const (
	Met      Status = "M"
	Studying Status = "S"
	Missing  Status = "X"
	Unknown  Status = "U"
	Exempt   Status = "E"
)

// Statuses in the order of a menu.
var Statuses = []Status{Met, Studying, Missing, Unknown, Exempt}

// Reason says why: a words key and its parameters.
type Reason struct {
	Code   string            `json:"code"`
	Params map[string]string `json:"params,omitempty"`
}

// Result is the outcome of one requirement.
type Result struct {
	Requirement string `json:"requirement"`
	Status      Status `json:"status"`
	Reason      Reason `json:"reason"`
}

// Evaluation is the outcome of a standard for one holding on one date.
type Evaluation struct {
	Overall Status   `json:"overall"` // Met, Studying, Missing or Unknown
	Results []Result `json:"results"`
}

// Marks are the statuses of the requirements in order, one letter each.
func (e Evaluation) Marks() string {
	var b strings.Builder
	for _, r := range e.Results {
		b.WriteString(string(r.Status))
	}
	return b.String()
}

// UpTo tells whether the overall status counts as up to standard; studying says whether "đang học" counts.
func (s Status) UpTo(studying bool) bool {
	return s == Met || s == Exempt || (studying && s == Studying)
}

// Requirement finds a line of the standard by code; the index is its place in the marks, -1 when absent.
func (s *Standard) Requirement(code string) (Requirement, int) {
	for i, r := range s.Requirements {
		if r.Code == code {
			return r, i
		}
	}
	return Requirement{}, -1
}

// Check tells what is wrong with a standard that somebody typed.
func (s *Standard) Check() error {
	var errs Errors
	if s.Code == "" || s.Code != strings.ToLower(s.Code) || strings.ContainsAny(s.Code, " /?#") {
		errs = append(errs, Fail(Invalid, "standard.code_bad", "code"))
	}
	if strings.TrimSpace(s.Name) == "" {
		errs = append(errs, Fail(Invalid, "standard.name_required", "name"))
	}
	if s.LegalBasis == "" {
		errs = append(errs, Fail(Invalid, "standard.basis_required", "legal_basis"))
	}
	if s.ValidFrom == 0 || (s.ValidTo != 0 && s.ValidTo <= s.ValidFrom) {
		errs = append(errs, Fail(Invalid, "standard.validity_bad", "valid_from"))
	}
	if len(s.Requirements) == 0 {
		errs = append(errs, Fail(Invalid, "standard.empty", "requirements"))
	}
	if len(s.Requirements) > MaxRequirements {
		errs = append(errs, Fail(Invalid, "standard.too_many", "requirements", "max", itoa(MaxRequirements)))
	}
	seen := map[string]bool{}
	for i, r := range s.Requirements {
		field := fmt.Sprintf("requirements/%d", i)
		if r.Code == "" || seen[r.Code] {
			errs = append(errs, Fail(Invalid, "standard.requirement_code", field+"/code"))
		}
		seen[r.Code] = true
		errs = append(errs, r.check(field)...)
	}
	return errs.OrNil()
}

// MaxRequirements of a standard: as many as the marks of a standing have room for.
const MaxRequirements = 20

func (r Requirement) check(field string) (errs Errors) {
	if strings.TrimSpace(r.Name) == "" {
		errs = append(errs, Fail(Invalid, "standard.requirement_name", field+"/name"))
	}
	if len(r.AnyOf) == 0 {
		errs = append(errs, Fail(Invalid, "standard.requirement_empty", field))
	}
	if !areFlags(r.ExemptIn) {
		errs = append(errs, Fail(Invalid, "standard.area_bad", field+"/exempt_in"))
	}
	for j, alt := range r.AnyOf {
		if len(alt.AllOf) == 0 {
			errs = append(errs, Fail(Invalid, "standard.alternative_empty", field))
		}
		if !areFlags(alt.OnlyIn) {
			errs = append(errs, Fail(Invalid, "standard.area_bad", fmt.Sprintf("%s/any_of/%d/only_in", field, j)))
		}
		for k, a := range alt.AllOf {
			if rule, ok := atomRules[a.Kind]; !ok {
				errs = append(errs, Fail(Invalid, "standard.atom_unknown", fmt.Sprintf("%s/any_of/%d/all_of/%d", field, j, k), "kind", string(a.Kind)))
			} else if code := rule.check(a); code != "" {
				errs = append(errs, Fail(Invalid, code, fmt.Sprintf("%s/any_of/%d/all_of/%d", field, j, k)))
			}
		}
	}
	return errs
}

func areFlags(flags []AreaFlag) bool {
	return !slices.ContainsFunc(flags, func(f AreaFlag) bool { return !slices.Contains(AreaFlags, f) })
}

//go:embed standards/*.json
var standardFiles embed.FS

// ShippedStandards are the rule sets that the product comes with (standards/*.json), ordered by code.
func ShippedStandards() []Standard {
	names, err := standardFiles.ReadDir("standards")
	if err != nil {
		panic(err)
	}
	var out []Standard
	for _, n := range names {
		data, err := standardFiles.ReadFile("standards/" + n.Name())
		if err != nil {
			panic(err)
		}
		var s Standard
		if err := json.Unmarshal(data, &s); err != nil {
			panic(n.Name() + ": " + err.Error())
		}
		if s.ValidTo == 0 {
			s.ValidTo = Forever
		}
		out = append(out, s)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Code < out[j].Code })
	return out
}
