package web

import (
	"fmt"
	"slices"

	"datchuan/core"
	"datchuan/models"
)

// ClassRow is a class in a list, on the board or on a home page.
type ClassRow struct {
	ID                    int64
	Href, Name, Code      string
	Course, School, Venue string
	Unit, When            string
	State                 ClassTag
	Taken, Seats          int
	Requests, Waiting     int
	Tentative             string
}

// ClassCounts are the people of a class in words.
type ClassCounts struct{ Seated, Tentative, Requests, Waiting, Href string }

// ClassTag is the state of a class as a word with a tone of colour.
type ClassTag struct{ Word, Tone string }

// BoardColumn is the classes of one state.
type BoardColumn struct {
	State ClassTag
	Rows  []ClassRow
}

// ClassesPage lists the classes of the scope, as a table or as a board by state.
type ClassesPage struct {
	Page
	View    string // list, board
	Tabs    []Tab
	Filter  []Field
	Rows    []ClassRow
	Columns []BoardColumn
	MayAdd  bool
	MaySeat bool // requests and waiting lists are her business
	Empty   *Empty
}

func classHref(id int64) string { return fmt.Sprintf("/classes/%d", id) }

func classTab(id int64, tab string) string { return classHref(id) + "?tab=" + tab }

// stateTones are the colours of the states, by the classes of the style sheet.
var stateTones = map[models.ClassState]string{models.ClassNominating: "v-derived", models.ClassRunning: "v-derived", models.ClassAwaiting: "v-uncertain",
	models.ClassCompleted: "v-uncertain", models.ClassPostponed: "v-uncertain", models.ClassClosed: "v-verified", models.ClassCancelled: "v-rejected"}

// ClassState names a state in the language of the page.
func (p *Page) ClassState(s models.ClassState) ClassTag {
	return ClassTag{p.Word("class_state." + string(s)), stateTones[s]}
}

// lastDay is the last day of a stretch whose end is the day after it, 0 without one.
func lastDay(to models.Date) models.Date {
	if to == 0 || to == models.Forever {
		return 0
	}
	return to.AddDays(-1)
}

// ClassDays are the first and the last day of a class as people say them.
func (p *Page) ClassDays(c models.Class) string {
	from, last := c.From.VN(), lastDay(c.To).VN()
	switch {
	case c.From == 0:
		return p.T("class.no_dates")
	case from == last:
		return from
	}
	return from + " – " + last
}

func (p *Page) classRow(l core.ClassLine) ClassRow {
	c := l.Class
	row := ClassRow{ID: c.ID, Href: classHref(c.ID), Name: c.Name, Code: c.Code, Course: l.CourseName, School: l.SchoolName, Venue: joined(", ", l.Venue, c.Room), Unit: l.Unit,
		When: p.ClassDays(c), State: p.ClassState(c.State), Taken: c.Taken, Seats: c.Seats, Requests: l.Requests, Waiting: l.Waiting}
	if l.Tentative {
		row.Tentative = p.T("class.tentative", "min", c.MinLearners)
	}
	return row
}

// over tells whether a class needs nobody's work any more.
func over(s models.ClassState) bool { return s == models.ClassClosed || s == models.ClassCancelled }

// classOrder puts what is alive first, by first day, then what is over, the latest first.
func classOrder(a, b core.ClassLine) int {
	x, y := over(a.Class.State), over(b.Class.State)
	switch {
	case x != y && x:
		return 1
	case x != y:
		return -1
	case x:
		return int(b.Class.From - a.Class.From)
	}
	return int(a.Class.From - b.Class.From)
}

// Counts says how many people a class has; requests and the waiting list only to whom they concern.
func (v *ClassesPage) Counts(r ClassRow) ClassCounts {
	out := ClassCounts{Seated: v.T("class.taken", "taken", r.Taken, "seats", r.Seats), Tentative: r.Tentative, Href: classTab(r.ID, "people")}
	if v.MaySeat && r.Requests > 0 {
		out.Requests = v.T("class.requests_n", "n", r.Requests)
	}
	if v.MaySeat && r.Waiting > 0 {
		out.Waiting = v.T("class.waiting_n", "n", r.Waiting)
	}
	return out
}

func (v *ClassesPage) fill(lines []core.ClassLine) {
	slices.SortStableFunc(lines, classOrder)
	byState := map[models.ClassState][]ClassRow{}
	for _, l := range lines {
		row := v.classRow(l)
		v.Rows = append(v.Rows, row)
		byState[l.Class.State] = append(byState[l.Class.State], row)
	}
	for _, s := range models.ClassStates {
		if len(byState[s]) > 0 {
			v.Columns = append(v.Columns, BoardColumn{v.ClassState(s), byState[s]})
		}
	}
}
