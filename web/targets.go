package web

import "datchuan/web/charts"

// TargetRow is a target with its progress.
type TargetRow struct {
	ID                                  int64
	Name, Position, Standard, Due, Goal string
	Met, Base                           int // by the target's own rule on studying
	InHand, WithStudying                int // both ways of counting
	People, Need                        int
	Bar                                 charts.Bar
	Reached                             bool
	Href, Edit                          string
}

// TargetsPage lists the targets on a date.
type TargetsPage struct {
	Page
	AsOf, Unit Field
	Date       string
	Rows       []TargetRow
	MayEdit    bool
}

// TargetPage is one target: progress over time and by unit.
type TargetPage struct {
	Page
	Filter            []Field
	Unit, Basis, Note string
	Counting          bool // those who study count as up to standard
	Card              TargetCard
	Chart             charts.Line
	Totals            []GapTotal
	Target            float64
	Edit              string
}

// TargetFormPage adds or changes a target.
type TargetFormPage struct {
	Page
	Action, Back, ETag, Was string
	Sections                []Section
}

func (v *TargetFormPage) inputs() []Section { return v.Sections }
