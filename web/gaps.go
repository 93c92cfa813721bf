package web

import "datchuan/web/charts"

// GapFilter is the form above the gap list; every field is a parameter of the address.
type GapFilter struct {
	Position, Standard, Unit, Requirement, Area, Status, Succession, Studying Field
	Age                                                                       [2]Field
	AsOf, KnownOn, Search                                                     Field
	Active                                                                    int  // filters in use besides position, standard and date
	Open                                                                      bool // show the further filters
}

// GapCell is the standing of one requirement of a person.
type GapCell struct {
	Name   string // of the requirement
	Badge  Badge
	Reason string
}

// GapRow is a person on the list.
type GapRow struct {
	ID               int64
	Name, Birth      string
	Age              int
	Position, Unit   string
	District         string
	Overall          Badge
	Cells            []GapCell
	Missing          string // what she lacks, in words
	Nearest          bool   // in the smallest set that would reach the target
	Succession, Note string
}

// GapTotal is a unit's line of the totals.
type GapTotal struct {
	Name, Href                                string
	Base, Met, Studying, Missing, Unk, Exempt int
	Reached                                   int // who count as up to standard: the numerator of the share
	Need                                      int
	Level                                     int  // 0 district, 1 commune
	Sum                                       bool // the closing line
}

// Bar is the share of the unit with the mark of the target.
func (t GapTotal) Bar(target float64) charts.Bar { return bar(t.Reached, t.Base, target) }

func bar(num, den int, target float64) charts.Bar {
	if den == 0 {
		return charts.Bar{Target: target}
	}
	return charts.Bar{Share: 100 * float64(num) / float64(den), Target: target}
}

// GapsPage is the gap list in its three views: list, totals, matrix.
type GapsPage struct {
	Page
	Filter       GapFilter
	Tab          string // list, totals, matrix
	Tabs         []Tab
	Heading      string // who is listed, in words: position, unit, standard, date
	Basis        string // legal basis and validity of the standard
	Figures      []KeyFigure
	Requirements []string
	Rows         []GapRow
	Totals       []GapTotal
	Target       float64
	Pager        Pager
	CountNote    string // how "studying" is counted
	Empty        *Empty
	Sort         string
	NearestText  string // "12 người gần chuẩn nhất ..." "" when no target
}
