package web

import (
	"net/url"
	"strconv"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

// MarkOption is one mark that a learner may get.
type MarkOption struct {
	Value, Label string
	Checked      bool
}

// RollRow is a learner on the roll of one session.
type RollRow struct {
	Name, Input, Unit string
	Marks             []MarkOption
}

// RollPage takes the roll of one session: everybody is present until her row is tapped.
type RollPage struct {
	Page
	Class, Topic, Action, Back string
	After                      string // where saving leads
	Session                    int64
	Rows                       []RollRow
	Taken                      string // when, "" before
	Prev, Next                 string
	MayTake                    bool
	Future                     bool
}

// RollView is the roll of all sessions as a table.
type RollView struct {
	Heads []RollHead
	Rows  []RollLine
	Start string // to the session that is due
}

// RollHead is a session of the table.
type RollHead struct {
	Day, Part, Href string
	Rolled          bool
}

// RollLine is a learner with her marks and the share of periods that she attended.
type RollLine struct {
	Name, Unit, Share string
	Marks             []string
}

// mayTeach tells whether rolls and grades of the class are the actor's to enter, now.
func (q *request) mayTeach(c models.Class) bool {
	own := q.actor.Role == models.SchoolOfficer || models.UnderPath(c.Path, q.actor.Path)
	return own && q.actor.May(models.TakeRoll) && (c.State == models.ClassRunning || c.State == models.ClassAwaiting)
}

func (q *request) fillRoll(v *ClassPage, d core.ClassDetail) error {
	sheet, err := q.s.core.Roll(q.Request.Context(), q.actor, d.Class.ID)
	if err != nil {
		return err
	}
	view := &RollView{}
	for _, s := range sheet.Sessions {
		view.Heads = append(view.Heads, RollHead{strconv.Itoa(s.Date.Day()) + "/" + strconv.Itoa(s.Date.Month()), v.Word("part." + string(s.Part)), rollHref(d.Class.ID, s.ID), s.Rolled != 0})
	}
	for _, l := range sheet.Learners {
		marks := sheet.Marks[l.EnrolmentID]
		line := RollLine{Name: l.Name, Unit: l.Unit}
		for _, s := range sheet.Sessions {
			line.Marks = append(line.Marks, string(marks[s.ID]))
		}
		if a := models.CountAttendance(sheet.Sessions, marks); a.Unmarked < len(sheet.Sessions) {
			line.Share = v.Pct(a.Periods, a.Of)
		}
		view.Rows = append(view.Rows, line)
	}
	if due, ok := dueSession(sheet.Sessions, q.s.core.Today(q.Request.Context())); ok && q.mayTeach(d.Class) {
		view.Start = rollHref(d.Class.ID, due.ID)
	}
	v.Roll = view
	return nil
}

// dueSession is the session whose roll is due: the first of today without one, else the earliest before, else the latest that has been.
func dueSession(list []models.Session, today models.Date) (models.Session, bool) {
	var late, last models.Session
	for _, s := range list {
		switch {
		case s.Date > today:
		case s.Date == today && s.Rolled == 0:
			return s, true
		case s.Rolled == 0 && late.ID == 0:
			late = s
		default:
			last = s
		}
	}
	for _, s := range []models.Session{late, last} {
		if s.ID != 0 {
			return s, true
		}
	}
	return models.Session{}, false
}

func (s *server) roll(q *request) error {
	v, err := q.rollPage(nil)
	if err != nil {
		return err
	}
	return q.show("class-roll", v)
}

// rollPage is the roll of the session that the address or the form names; typed are marks of a refused form.
func (q *request) rollPage(typed map[int64]models.Mark) (*RollPage, error) {
	d, err := q.classDetail()
	if err != nil {
		return nil, err
	}
	sheet, err := q.s.core.Roll(q.Request.Context(), q.actor, d.Class.ID)
	if err != nil {
		return nil, err
	}
	at, err := q.sessionOf(sheet)
	if err != nil {
		return nil, err
	}
	back := classTab(d.Class.ID, "roll")
	v := &RollPage{Page: q.base("roll.take", Crumb{word(q.lang, "nav.classes"), "/classes"}, Crumb{d.Class.Name, back}, Crumb{word(q.lang, "roll.take"), ""}), Class: d.Class.Name,
		Action: classHref(d.Class.ID) + "/roll", Back: back, After: q.afterRoll(d.Class.ID)}
	if at < len(sheet.Sessions) {
		q.fillSession(v, sheet, at, typed)
	}
	return v, nil
}

// fillSession shows the learners with their marks in one session.
func (q *request) fillSession(v *RollPage, sheet core.RollSheet, at int, typed map[int64]models.Mark) {
	session, class := sheet.Sessions[at], sheet.Class.ID
	v.Session, v.Topic, v.Taken, v.Future = session.ID, session.Topic, moment(session.Rolled), session.Date > q.s.core.Today(q.Request.Context())
	v.Title = v.T("roll.take") + " " + v.T("roll.when", "part", v.Word("part."+string(session.Part)), "date", session.Date)
	v.MayTake = q.mayTeach(sheet.Class) && !v.Future
	if at > 0 {
		v.Prev = rollHref(class, sheet.Sessions[at-1].ID)
	}
	if at+1 < len(sheet.Sessions) {
		v.Next = rollHref(class, sheet.Sessions[at+1].ID)
	}
	for _, l := range sheet.Learners {
		mark := sheet.Marks[l.EnrolmentID][session.ID]
		if typed != nil {
			mark = typed[l.EnrolmentID]
		}
		v.Rows = append(v.Rows, v.rollRow(l, mark))
	}
}

func (v *RollPage) rollRow(l core.Learner, mark models.Mark) RollRow {
	row := RollRow{Name: l.Name, Input: "mark." + figure(l.EnrolmentID), Unit: l.Unit}
	if mark == "" {
		mark = models.Present
	}
	for _, m := range models.Marks {
		row.Marks = append(row.Marks, MarkOption{string(m), v.Word("mark." + string(m)), m == mark})
	}
	return row
}

// sessionOf is the place of the session in question among those of the class; there may be none yet.
func (q *request) sessionOf(sheet core.RollSheet) (int, error) {
	id := q.number("session")
	if id == 0 {
		due, _ := dueSession(sheet.Sessions, q.s.core.Today(q.Request.Context()))
		id = due.ID
	}
	for i, s := range sheet.Sessions {
		if s.ID == id || id == 0 {
			return i, nil
		}
	}
	if id == 0 {
		return 0, nil
	}
	return 0, models.Fail(models.NotFound, "not_found", "")
}

func (s *server) takeRoll(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	marks := rollMarks(q.Request.PostForm)
	session := q.number("session")
	if err := s.core.TakeRoll(q.Request.Context(), q.actor, id, session, marks); err != nil {
		v, broken := q.rollPage(marks)
		if broken != nil {
			return broken
		}
		return q.again(err, "class-roll", v)
	}
	return q.goTo(q.afterRoll(id), "roll.saved")
}

// afterRoll is where saving a roll leads: a school goes back to its work of today.
func (q *request) afterRoll(class int64) string {
	if q.actor.Role == models.SchoolOfficer {
		return "/"
	}
	return classTab(class, "roll")
}

// rollMarks reads who is not simply present.
func rollMarks(form url.Values) map[int64]models.Mark {
	out := map[int64]models.Mark{}
	for name := range form {
		text, is := strings.CutPrefix(name, "mark.")
		if id, err := strconv.ParseInt(text, 10, 64); is && err == nil && form.Get(name) != string(models.Present) {
			out[id] = models.Mark(form.Get(name))
		}
	}
	return out
}
