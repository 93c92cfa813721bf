package web

import (
	"slices"
	"strconv"

	"datchuan/core"
	"datchuan/models"
	"datchuan/web/charts"
)

// GapFilter is the form above the gap list; every field is a parameter of the address, named as in the API.
type GapFilter struct {
	Main   []Field
	More   []Field
	Active int  // filters in use besides position, standard, unit and status
	Open   bool // show the further filters
}

// GapCell is the standing of one requirement of a person; without a shape the requirement is not of her rule set.
type GapCell struct {
	Name   string // of the requirement
	Badge  Badge
	Reason string
}

// GapRow is a person on the list. Text are the cells of core.GapTable by column: the same as in every export.
type GapRow struct {
	ID      int64
	Unit    string
	Text    map[string]string
	Overall Badge
	Cells   []GapCell
	Nearest bool // in the smallest set that would reach the target
}

// GapTotal is a unit's line of the totals. The links of People lead to those counted, by status.
type GapTotal struct {
	Name, Href                        string
	Base, Met, Studying, Missing, Unk int
	Reached                           int // who count as up to standard: the numerator of the share
	Need                              int
	People                            TotalLinks
	Sum                               bool // the closing line
}

// TotalLinks open the people behind the counts of a line.
type TotalLinks struct{ Base, Met, Studying, Missing, Unk string }

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
	Heading      string // who is listed, in words: position, unit, date
	Basis        []string
	Figures      []KeyFigure
	Columns      map[string]string // titles by column, as in every export
	Requirements []string
	Rows         []GapRow
	Totals       []GapTotal
	Target       float64
	Pager        Pager
	MayExport    bool
	MayNominate  bool
	Empty        *Empty
	Nearest      bool   // the order of the list
	NearestText  string // "18 người gần chuẩn nhất ..." "" when no target
}

// LevelColumns are the columns that stand together as the level of a person.
func (v *GapsPage) LevelColumns() []string {
	return []string{"general", "profession", "political", "days"}
}

// rows lays out the cells of a list and the requirements of a matrix; first is the number of the first row.
func (v *GapsPage) rows(found core.GapPage, first int) {
	table := core.GapTable(found, v.Lang)
	v.Columns = map[string]string{}
	for _, c := range table.Columns {
		v.Columns[c.Key] = c.Title
	}
	matrix := found.Matrix()
	for _, r := range matrix.Requirements {
		v.Requirements = append(v.Requirements, r.Name)
	}
	for i, r := range found.Rows {
		row := GapRow{ID: r.CadreID, Unit: r.Unit, Text: map[string]string{}, Overall: v.Badge(r.Overall), Nearest: r.InSet}
		for j, c := range table.Columns {
			row.Text[c.Key] = models.CellText(table.Rows[i][j])
		}
		row.Text["no"] = strconv.Itoa(first + i)
		for _, requirement := range matrix.Requirements {
			row.Cells = append(row.Cells, v.cell(requirement, r, found.Standards))
		}
		v.Rows = append(v.Rows, row)
	}
}

// cell is one outcome with its reason; where rule sets ask for different things under one heading, hers is named.
func (v *GapsPage) cell(heading models.Requirement, row models.GapRow, standards []models.Standard) GapCell {
	i := slices.IndexFunc(row.Results, func(r models.Result) bool { return r.Requirement == heading.Code })
	if i < 0 {
		return GapCell{Name: heading.Name}
	}
	out := GapCell{heading.Name, v.Badge(row.Results[i].Status), row.Results[i].Reason.Text(v.Lang)}
	for _, s := range standards {
		if own, at := s.Requirement(heading.Code); s.Code == row.Standard && at >= 0 && own.Name != heading.Name {
			out.Reason = own.Name + ": " + out.Reason
		}
	}
	return out
}

// figures are the counts of everybody in the filter, both ways of counting those who study; each opens its people.
func (p *Page) figures(t models.UnitTotal, link func(statuses ...models.Status) string) []KeyFigure {
	share := func(n int) string { return p.T("gaps.of", "pct", p.Pct(n, t.Total), "total", t.Total) }
	return []KeyFigure{
		{p.Num(t.Total), p.T("gaps.all"), "", link(models.Statuses...)},
		{p.Num(t.UpTo(false)), p.T("gaps.in_hand"), share(t.UpTo(false)), link(models.Met, models.Exempt)},
		{p.Num(t.UpTo(true)), p.T("gaps.with_studying"), share(t.UpTo(true)), link(models.Met, models.Exempt, models.Studying)},
		{p.Num(t.Studying), p.T("gaps.studying_now"), "", link(models.Studying)},
		{p.Num(t.Missing), p.T("gaps.not_up"), "", link(models.Missing)},
		{p.Num(t.Unknown), p.T("gaps.not_known"), "", link(models.Unknown)},
	}
}

// Count is a figure that may open the people behind it.
func (p *Page) Count(n int, href string) KeyFigure { return KeyFigure{Value: p.Num(n), Href: href} }
