package web

import (
	"fmt"

	"datchuan/web/charts"
)

func unitHref(id int64) string { return fmt.Sprintf("/units/%d", id) }

// UnitNode is a unit in the tree; only the opened branches carry children.
type UnitNode struct {
	Name, Kind, Href string
	Code             string
	Count            int // units below
	People           int
	Children         []UnitNode
	Open             bool
}

// UnitsPage is the tree of units on the map of a date.
type UnitsPage struct {
	Page
	AsOf, Search Field
	Roots        []UnitNode
	Found        []UnitNode
	Text         string
	Top          int64 // the highest unit, below which one may be added
	MayChange    bool
}

// UnitChild is a line of the list of units below.
type UnitChild struct {
	Name, Kind, Href string
	Met, Base        int
	Flags            []string
}

// Bar is the share of people up to standard with the mark of the target.
func (u UnitChild) Bar(target float64) charts.Bar { return bar(u.Met, u.Base, target) }

// UnitFlagLine is a property of an area with its dates, basis and how sure it is.
type UnitFlagLine struct {
	ID                           int64
	Name, When, Basis, Certainty string
	Open                         bool // may still be ended
}

// UnitPage shows one unit: what it is, who leads it, what lies below, how it came about.
type UnitPage struct {
	Page
	ID         int64
	Name       string
	Kind       string
	Facts      []Fact
	Flags      []UnitFlagLine
	Figures    []KeyFigure
	Leaders    []PeopleRow
	Children   []UnitChild
	ChildWord  string
	Events     []Event
	Gaps       string  // address of its gap list
	People     string  // address of its people
	MayAdd     bool    // people
	Heirs      []Crumb // who came after a unit that has ended
	ShareBasis string  // by which rule and on which day the shares are counted; "" = no shares
	MayChange  bool
	Ended      string // when the unit no longer exists: the sentence with its successors
	Target     float64
}

// MoveRow is a line of the preview of a change: what stands where before and after.
type MoveRow struct{ What, Before, After string }

// UnitChangePage prepares a split, merge, renaming or move with a preview; nothing is written before it is confirmed.
type UnitChangePage struct {
	Page
	ID                    int64
	Name                  string
	Kinds                 []Tab // merge, split, rename, move
	Kind, Action, Explain string
	ETag                  string
	Sections              []Section
	Flags                 []UnitFlagLine // with the kind "flags": those that may be ended
	Direct                bool           // nothing to preview: the change is a dated line that can be ended
	Preview               []MoveRow      // empty before the preview was asked for
	Counts                []KeyFigure
	More                  string // rows that the preview leaves out
	Token                 string // of the previewed change, to be confirmed
	Warnings              []string
}

func (v *UnitChangePage) inputs() []Section { return v.Sections }
