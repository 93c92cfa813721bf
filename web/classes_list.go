package web

import (
	"slices"
	"strconv"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) classRoutes() {
	s.get("/classes", models.ClassesRead, s.classes)
	s.get("/classes/today", models.ClassesRead, s.today)
	s.get("/classes/new", models.ClassesWrite, s.newClass)
	s.post("/classes/new", models.ClassesWrite, s.createClass)
	s.get("/classes/:id", models.ClassesRead, s.showClass)
	s.get("/classes/:id/edit", models.ClassesWrite, s.editClass)
	s.post("/classes/:id/edit", models.ClassesWrite, s.updateClass)
	s.get("/classes/:id/copy", models.ClassesWrite, s.copyForm)
	s.post("/classes/:id/copy", models.ClassesWrite, s.copyClass)
	s.get("/classes/:id/step", models.ClassesWrite, s.stepForm)
	s.post("/classes/:id/step", models.ClassesWrite, s.moveClass)
	s.get("/classes/:id/sessions", models.ClassesWrite, s.sessionsForm)
	s.post("/classes/:id/sessions", models.ClassesWrite, s.saveSessions)
	s.post("/classes/:id/decide", models.DecideSeats, s.decide)
	s.post("/classes/:id/withdraw", models.Nominate, s.withdraw)
	s.get("/classes/:id/leave/:enrolment", models.Nominate, s.leaveForm)
	s.post("/classes/:id/leave/:enrolment", models.Nominate, s.leave)
	s.get("/nominate", models.Nominate, s.nominateForm)
	s.post("/nominate", models.Nominate, s.nominate)
	s.get("/classes/:id/roll", models.ClassesRead, s.roll)
	s.post("/classes/:id/roll", models.TakeRoll, s.takeRoll)
	s.post("/classes/:id/scores", models.TakeRoll, s.saveScores)
	s.get("/classes/:id/grades", models.TakeRoll, s.gradeFile)
	s.upload("/classes/:id/grades", models.TakeRoll, rosterLimit, s.uploadGrades)
	s.get("/classes/:id/finish", models.ClassesRead, s.finish)
	s.post("/classes/:id/send", models.TakeRoll, s.sendResults)
	s.post("/classes/:id/close", models.CloseClasses, s.closeClass)
}

func (s *server) classes(q *request) error {
	v := &ClassesPage{Page: q.base("nav.classes"), View: "list", MayAdd: q.actor.May(models.ClassesWrite), MaySeat: q.actor.May(models.Nominate)}
	if q.text("view") == "board" {
		v.View = "board"
	}
	f := q.classQuery()
	if err := q.classFilter(v, f); err != nil {
		return err
	}
	if err := q.findings(); err != nil {
		v.Empty = &Empty{v.T("class.refused"), v.T("class.refused_text"), "/classes", v.T("class.clear")}
		return q.again(err, "classes", v)
	}
	lines, err := s.core.Classes(q.Request.Context(), q.actor, f)
	if err != nil {
		return err
	}
	v.fill(lines)
	v.Tabs = []Tab{{Label: v.T("class.list"), Href: v.With("view", ""), Current: v.View == "list", Count: v.Num(len(lines))},
		{Label: v.T("class.board"), Href: v.With("view", "board"), Current: v.View == "board"}}
	if len(lines) == 0 {
		v.Empty = v.noClasses()
	}
	return q.show("classes", v)
}

// noClasses says why the list is empty: by its filter, or because nothing was opened yet.
func (v *ClassesPage) noClasses() *Empty {
	filtered := slices.ContainsFunc([]string{"states", "course", "school", "year", "series", "unit_id"}, func(name string) bool { return v.Query.Get(name) != "" })
	switch {
	case filtered:
		return &Empty{v.T("class.none_found"), v.T("class.none_found_text"), "/classes", v.T("class.clear")}
	case v.MayAdd:
		return &Empty{v.T("class.none"), v.T("class.none_text"), "/classes/new", v.T("class.add")}
	}
	return &Empty{Title: v.T("class.none"), Text: v.T("class.none_yet")}
}

// classQuery reads the filter from the address; its parameters are those of the API.
func (q *request) classQuery() core.ClassQuery {
	f := core.ClassQuery{Course: q.text("course"), School: q.text("school"), Series: q.text("series"), UnitID: q.number("unit_id"), Year: q.numberTo("year", 2200)}
	for state := range strings.SplitSeq(q.text("states"), ",") {
		if slices.Contains(models.ClassStates, models.ClassState(state)) {
			f.States = append(f.States, models.ClassState(state))
		} else if state != "" {
			q.finding("form.choice_bad", "states", state)
		}
	}
	return f
}

// classFilter is the form above the list. A school has no choice of schools.
func (q *request) classFilter(v *ClassesPage, f core.ClassQuery) error {
	states := []Option{{Label: v.T("class.any_state")}}
	for _, s := range models.ClassStates {
		states = append(states, Option{Value: string(s), Label: v.ClassState(s).Word})
	}
	if len(f.States) > 1 {
		states = append(states, Option{Value: q.text("states"), Label: v.T("class.some_states", "n", len(f.States))})
	}
	year := ""
	if f.Year != 0 {
		year = strconv.Itoa(f.Year)
	}
	courses, err := q.courseOptions(v.T("class.any_course"))
	if err != nil {
		return err
	}
	v.Filter = []Field{{Name: "states", Label: v.T("class.state"), Type: "select", Options: Choose(q.text("states"), states...)},
		{Name: "year", Label: v.T("class.year"), Type: "text", Value: year, MaxLength: 4},
		{Name: "course", Label: v.T("class.course"), Type: "select", Options: Choose(f.Course, courses...)}}
	if q.actor.Role == models.SchoolOfficer {
		return nil
	}
	schools, err := q.schoolOptions(v.T("class.any_school"))
	v.Filter = append(v.Filter, Field{Name: "school", Label: v.T("class.school"), Type: "select", Options: Choose(f.School, schools...)})
	return err
}

// courseOptions are the courses of the catalogue, headed by "none". One out of use says so.
func (q *request) courseOptions(none string) ([]Option, error) {
	courses, err := q.s.core.Courses(q.Request.Context(), q.actor)
	out := []Option{{Label: none}}
	for _, c := range courses {
		out = append(out, Option{Value: c.Code, Label: q.inUse(c.Name, c.Retired)})
	}
	return out, err
}

func (q *request) schoolOptions(none string) ([]Option, error) {
	schools, err := q.s.core.Schools(q.Request.Context(), q.actor)
	out := []Option{{Label: none}}
	for _, s := range schools {
		out = append(out, Option{Value: s.Code, Label: q.inUse(s.Name, s.Retired)})
	}
	return out, err
}

// inUse is a name of the catalogue; one out of use says so.
func (q *request) inUse(name string, retired bool) string {
	if !retired {
		return name
	}
	return word(q.lang, "class.retired", "name", name)
}
