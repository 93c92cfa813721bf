package web

import (
	"cmp"
	"fmt"
	"slices"

	"datchuan/core"
	"datchuan/models"
)

// TodaySession is a session of today with the way to its roll.
type TodaySession struct {
	When, Topic, Href string
	Rolled            bool
}

// SchoolClass is a class of a school with what is to be done for it now.
type SchoolClass struct {
	ClassRow
	Today    []TodaySession
	Late     int // sessions of the days before whose roll was not taken
	LateHref string
	Results  string // to the grades, "" while there is nothing to enter
	Finish   string // to the closing check, "" before the last day
	Note     string // "khai giảng ngày 04/03/2013"
}

// TodayPage is the home of a school: the classes of today and what is due.
type TodayPage struct {
	Page
	Date    string
	Classes []SchoolClass
	Empty   *Empty
}

func (s *server) today(q *request) error {
	v := &TodayPage{Page: q.base("nav.today")}
	ctx := q.Request.Context()
	today := s.core.Today(ctx)
	v.Date = today.VN()
	lines, err := s.core.Classes(ctx, q.actor, core.ClassQuery{States: []models.ClassState{models.ClassSeated, models.ClassRunning, models.ClassAwaiting}})
	if err != nil {
		return err
	}
	for _, l := range lines {
		detail, err := s.core.Class(ctx, q.actor, l.Class.ID)
		if err != nil {
			return err
		}
		v.Classes = append(v.Classes, v.schoolClass(detail, today))
	}
	slices.SortStableFunc(v.Classes, func(a, b SchoolClass) int { return cmp.Compare(min(len(b.Today), 1), min(len(a.Today), 1)) })
	if len(v.Classes) == 0 {
		v.Empty = &Empty{v.T("class.none_today"), v.T("class.none_today_text"), "/classes", v.T("class.all")}
	}
	return q.show("classes-today", v)
}

func (v *TodayPage) schoolClass(d core.ClassDetail, today models.Date) SchoolClass {
	out := SchoolClass{ClassRow: v.classRow(d.ClassLine)}
	c := d.Class
	if c.State == models.ClassSeated {
		out.Note = v.T("class.begins", "date", c.From)
		return out
	}
	for _, s := range d.Sessions {
		switch {
		case s.Date == today:
			out.Today = append(out.Today, TodaySession{v.Word("part." + string(s.Part)), s.Topic, rollHref(c.ID, s.ID), s.Rolled != 0})
		case s.Date < today && s.Rolled == 0:
			out.Late++
			out.LateHref = cmp.Or(out.LateHref, rollHref(c.ID, s.ID))
		}
	}
	out.Results = classTab(c.ID, "results")
	if today >= lastDay(c.To) {
		out.Finish = classHref(c.ID) + "/finish"
	}
	return out
}

func rollHref(class, session int64) string {
	return fmt.Sprintf("%s/roll?session=%d", classHref(class), session)
}
