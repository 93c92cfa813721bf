package web

import (
	"strconv"

	"datchuan/core"
	"datchuan/models"
)

// SessionRow is one session of the timetable.
type SessionRow struct {
	Date, Part, Topic, Instructor, Room, RollHref string
	Block, Periods                                int
	Rolled                                        bool
}

// SessionsView is the timetable of a class.
type SessionsView struct {
	Rows     []SessionRow
	Periods  int
	EditHref string
	Propose  string
	Blocks   bool
}

// TimetablePage edits the whole timetable: a row of inputs for each session, and some empty ones.
type TimetablePage struct {
	Page
	Action, Back, ETag, Lead, Propose string
	Sections                          []Section // one per row
	Count                             int
	Finding                           string
}

func (v *TimetablePage) inputs() []Section { return v.Sections }

func (q *request) fillSessions(v *ClassPage, d core.ClassDetail) error {
	names, err := q.instructorNames()
	if err != nil {
		return err
	}
	view := &SessionsView{Blocks: d.Course.Blocks > 1}
	for _, s := range d.Sessions {
		row := SessionRow{Date: s.Date.VN(), Part: v.Word("part." + string(s.Part)), Topic: s.Topic, Instructor: names[s.InstructorID], Room: s.Room, Block: s.Block, Periods: s.Periods, Rolled: s.Rolled != 0}
		if begun(d.Class.State) {
			row.RollHref = rollHref(d.Class.ID, s.ID)
		}
		view.Periods += s.Periods
		view.Rows = append(view.Rows, row)
	}
	if d.MayWrite && !over(d.Class.State) && d.Class.State != models.ClassCompleted {
		view.EditHref = classHref(d.Class.ID) + "/sessions"
		if d.Class.From != 0 {
			view.Propose = view.EditHref + "?propose=1"
		}
	}
	v.Sessions = view
	return nil
}

func (q *request) instructorNames() (map[int64]string, error) {
	list, err := q.s.core.Instructors(q.Request.Context(), q.actor)
	out := map[int64]string{}
	for _, i := range list {
		out[i.ID] = i.Name
	}
	return out, err
}

// spareRows are the empty rows below a timetable, for new sessions.
const spareRows = 4

func (s *server) sessionsForm(q *request) error {
	d, err := q.ownClass()
	if err != nil {
		return err
	}
	sessions := d.Sessions
	if q.text("propose") != "" {
		if sessions, err = s.core.ProposeSessions(q.Request.Context(), q.actor, d.Class.ID); err != nil {
			return err
		}
		sessions = keepTold(sessions, d.Sessions)
	}
	v, err := q.timetablePage(d, len(sessions)+spareRows, sessionValues(sessions))
	if err != nil {
		return err
	}
	return q.show("class-sessions", v)
}

// keepTold keeps of the present timetable what a proposal has at the same half day, and what was already taught.
func keepTold(proposed, present []models.Session) []models.Session {
	at := map[string]models.Session{}
	for _, s := range present {
		at[s.Date.String()+string(s.Part)] = s
	}
	var out []models.Session
	seen := map[string]bool{}
	for _, s := range proposed {
		key := s.Date.String() + string(s.Part)
		if old, ok := at[key]; ok {
			s = old
		}
		seen[key] = true
		out = append(out, s)
	}
	for _, s := range present {
		if s.Rolled != 0 && !seen[s.Date.String()+string(s.Part)] {
			out = append(out, s)
		}
	}
	return out
}

// sessionParts are the inputs of a row.
var sessionParts = []string{"date", "part", "periods", "topic", "instructor", "room", "block"}

func sessionName(row int, part string) string { return "s." + strconv.Itoa(row) + "." + part }

func sessionValues(list []models.Session) values {
	v := values{}
	for i, s := range list {
		for part, text := range map[string]string{"date": s.Date.VN(), "part": string(s.Part), "periods": strconv.Itoa(s.Periods), "topic": s.Topic, "room": s.Room, "block": strconv.Itoa(s.Block)} {
			v[sessionName(i, part)] = text
		}
		if s.InstructorID != 0 {
			v[sessionName(i, "instructor")] = figure(s.InstructorID)
		}
	}
	return v
}

func (q *request) timetablePage(d core.ClassDetail, rows int, typed values) (*TimetablePage, error) {
	href, back := classHref(d.Class.ID), classTab(d.Class.ID, "sessions")
	v := &TimetablePage{Page: q.base("class.timetable", Crumb{word(q.lang, "nav.classes"), "/classes"}, Crumb{d.Class.Name, back}, Crumb{word(q.lang, "class.timetable"), ""}),
		Action: href + "/sessions", Back: back, ETag: etagOf(d.Class.Version), Count: rows}
	v.Lead = v.T("class.timetable_lead", "days", v.ClassDays(d.Class), "course", d.CourseName)
	if d.Class.From != 0 && q.text("propose") == "" {
		v.Propose = href + "/sessions?propose=1"
	}
	list, err := q.s.core.Instructors(q.Request.Context(), q.actor)
	if err != nil {
		return nil, err
	}
	var parts, instructors []Option
	for _, part := range models.HalfDays {
		parts = append(parts, Option{Value: string(part), Label: v.Word("part." + string(part))})
	}
	instructors = append(instructors, Option{Label: "–"})
	for _, i := range list {
		instructors = append(instructors, Option{Value: figure(i.ID), Label: q.inUse(i.Name, i.Retired)})
	}
	for i := range rows {
		v.Sections = append(v.Sections, Section{Title: strconv.Itoa(i + 1), Fields: v.filled(typed, v.sessionFields(i, parts, instructors))})
	}
	return v, nil
}

// Heads are the columns of the timetable.
func (v *TimetablePage) Heads() []string {
	return []string{v.T("class.day"), v.T("class.part"), v.T("class.periods"), v.T("class.topic"), v.T("class.instructor"), v.T("class.room_only"), v.T("class.block")}
}

// sessionFields are the inputs of one row, with menus of their own: each has its own choice.
func (v *TimetablePage) sessionFields(row int, parts, instructors []Option) []Field {
	fields := []Field{{Type: "date", MaxLength: 20}, {Type: "select", Options: append([]Option{}, parts...)}, {MaxLength: 2}, {MaxLength: 300},
		{Type: "select", Options: append([]Option{}, instructors...)}, {MaxLength: 80}, {MaxLength: 3}}
	for i, head := range v.Heads() {
		fields[i].Name, fields[i].Label = sessionName(row, sessionParts[i]), head+" "+strconv.Itoa(row+1)
	}
	return fields
}

func (s *server) saveSessions(q *request) error {
	d, err := q.ownClass()
	if err != nil {
		return err
	}
	rows := q.numberTo("rows", 1600)
	in := q.sessions(rows)
	saw, err := q.sawVersion()
	if err == nil {
		err = q.findings()
	}
	if err == nil {
		_, err = s.core.SaveSessions(q.Request.Context(), q.actor, d.Class.ID, saw, in)
	}
	if err != nil {
		typed := values{}
		for i := range rows {
			for _, part := range sessionParts {
				typed[sessionName(i, part)] = q.text(sessionName(i, part))
			}
		}
		v, broken := q.timetablePage(d, rows, typed)
		if broken != nil {
			return broken
		}
		v.Fail(err)
		v.Finding = v.errorOf("sessions")
		return q.againOrStale(err, "class-sessions", v)
	}
	return q.goTo(classTab(d.Class.ID, "sessions"), "class.timetable_saved", "n", len(in))
}

// sessions reads the rows; one without a date is left out.
func (q *request) sessions(rows int) []models.Session {
	var out []models.Session
	for i := range rows {
		at := func(part string) string { return sessionName(i, part) }
		if q.text(at("date")) == "" {
			continue
		}
		out = append(out, models.Session{Date: q.day(at("date")), Part: models.HalfDay(q.text(at("part"))), Periods: q.numberTo(at("periods"), 100), Topic: q.text(at("topic")),
			InstructorID: q.number(at("instructor")), Room: q.text(at("room")), Block: q.numberTo(at("block"), 100)})
	}
	return out
}
