package models

import "fmt"

// UnitKind is what a unit is.
type UnitKind string

// The kinds of unit, from the root down. Offices and special branches hang where they belong.
const (
	Nation   UnitKind = "nation"
	Province UnitKind = "province"
	District UnitKind = "district"
	Commune  UnitKind = "commune"
	Branch   UnitKind = "branch"  // chi hội
	Group    UnitKind = "group"   // tổ phụ nữ
	Office   UnitKind = "office"  // ban, cơ quan chuyên trách
	Special  UnitKind = "special" // chi hội theo loại hình: doanh nghiệp, tiểu thương...
)

// UnitKinds in the order of a menu.
var UnitKinds = []UnitKind{Nation, Province, District, Commune, Branch, Group, Office, Special}

// Unit is the lasting identity of an organisation; its name, kind and place in the tree live in UnitSpan.
type Unit struct {
	ID      int64  `json:"id" gorm:"primaryKey"`
	Code    string `json:"code" gorm:"size:40;not null;uniqueIndex"`
	Version int64  `json:"version" gorm:"not null;default:1"`
}

// UnitSpan is what a unit was called and where it stood during [From, To). Path is the chain of ids from the root,
// each PathWidth digits wide, so that a subtree is a range of strings and the children of one level a prefix.
type UnitSpan struct {
	ID       int64    `json:"id" gorm:"primaryKey"`
	UnitID   int64    `json:"unit_id" gorm:"not null;index"`
	ParentID int64    `json:"parent_id" gorm:"not null;index"` // 0 for the root
	Kind     UnitKind `json:"kind" gorm:"size:16;not null"`
	Style    string   `json:"style" gorm:"size:20;not null"` // huyện, thị xã, thành phố, xã, phường, thị trấn...
	Name     string   `json:"name" gorm:"size:160;not null"`
	Search   string   `json:"-" gorm:"size:160;not null;index"` // Fold(Name)
	Ordinal  int      `json:"ordinal" gorm:"not null"`          // order among siblings on papers, 0 = by name
	Path     string   `json:"path" gorm:"size:96;not null;index"`
	From     Date     `json:"from" gorm:"column:valid_from;not null"`
	To       Date     `json:"to" gorm:"column:valid_to;not null"`
	Basis    string   `json:"basis,omitempty" gorm:"size:200;not null"` // decree of the change
}

// PathWidth is the number of digits of one step of a path.
const PathWidth = 7

// PathStep is one step of a path; ids beyond the width are refused when a unit is made.
func PathStep(id int64) string { return fmt.Sprintf("%0*d", PathWidth, id) }

// PathDepth is the number of units from the root to the unit itself.
func PathDepth(path string) int { return len(path) / PathWidth }

// PathEnd is the first string after every path of the subtree of path: paths p in it hold path <= p && p < PathEnd.
func PathEnd(path string) string { return path + ":" } // ':' follows '9'

// UnderPath tells whether path lies in the subtree of root (root itself included).
func UnderPath(path, root string) bool {
	return len(path) >= len(root) && path[:len(root)] == root
}

// PathIDs are the ids from the root down to the unit itself.
func PathIDs(path string) []int64 {
	ids := make([]int64, 0, PathDepth(path))
	for i := 0; i+PathWidth <= len(path); i += PathWidth {
		var id int64
		for _, c := range path[i : i+PathWidth] {
			id = id*10 + int64(c-'0')
		}
		ids = append(ids, id)
	}
	return ids
}

// FullName is the name with its style: "huyện Lệ Thủy", "xã Mỹ Thủy".
func (s UnitSpan) FullName() string {
	if s.Style == "" {
		return s.Name
	}
	return s.Style + " " + s.Name
}

// UnitLink leads from a unit that ended or changed to its successor on a date: merge, split, renaming by decree.
type UnitLink struct {
	ID     int64  `json:"id" gorm:"primaryKey"`
	FromID int64  `json:"from_id" gorm:"not null;index"`
	ToID   int64  `json:"to_id" gorm:"not null;index"`
	Date   Date   `json:"date" gorm:"not null"`
	Main   bool   `json:"main" gorm:"not null"` // with a split: the successor that takes what can't be divided
	Basis  string `json:"basis" gorm:"size:200;not null"`
}

// AreaFlag is a legal or practical property of a commune that a standard or a class may ask for.
type AreaFlag string

// The flags (communes.md): each is dated data with its basis, never law in code.
const (
	Mountainous   AreaFlag = "mountainous"
	EthnicArea    AreaFlag = "ethnic"
	ReligiousArea AreaFlag = "religious"
	BorderArea    AreaFlag = "border"
	DifficultArea AreaFlag = "difficult" // đặc biệt khó khăn
)

// AreaFlags in the order of a menu.
var AreaFlags = []AreaFlag{Mountainous, EthnicArea, ReligiousArea, BorderArea, DifficultArea}

// UnitFlag is a flag of a unit during [From, To), with what it rests on.
type UnitFlag struct {
	ID        int64     `json:"id" gorm:"primaryKey"`
	UnitID    int64     `json:"unit_id" gorm:"not null;index"`
	Flag      AreaFlag  `json:"flag" gorm:"size:20;not null"`
	From      Date      `json:"from" gorm:"column:valid_from;not null"`
	To        Date      `json:"to" gorm:"column:valid_to;not null"`
	Basis     string    `json:"basis" gorm:"size:200;not null"`
	Certainty Certainty `json:"certainty" gorm:"size:16;not null"`
}

// Certainty marks how sure a piece of reference data is; the product shows it and lets it be edited.
type Certainty string

// The marks of the sources.
const (
	Sourced   Certainty = "source"
	Derived   Certainty = "derived"
	Known     Certainty = "knowledge" // common knowledge, no source read
	Uncertain Certainty = "uncertain"
)

// UnitFigure is a figure that only the unit can report (members, women...), with its date and source.
type UnitFigure struct {
	ID         int64   `json:"id" gorm:"primaryKey"`
	UnitID     int64   `json:"unit_id" gorm:"not null;index"`
	Key        string  `json:"key" gorm:"size:40;not null"` // one of FigureKeys
	Date       Date    `json:"date" gorm:"not null"`
	Value      int64   `json:"value" gorm:"not null"`
	Source     string  `json:"source" gorm:"size:200;not null"`
	RecordedAt Instant `json:"recorded_at" gorm:"not null"`
}

// FigureKeys are the figures that a unit reports, in the order of a menu: members, women of 18 and over, members who pay
// their fees, the fund in đồng.
var FigureKeys = []string{"members", "women", "fee_payers", "fund"}
