package web

import (
	"slices"
	"strconv"

	"datchuan/core"
	"datchuan/models"
)

// MoneyLine is what one source pays for a class.
type MoneyLine struct {
	Source string
	Sums   []string
}

// ClassPage is a class in its views: info, people, sessions, roll, results, log.
type ClassPage struct {
	Page
	ID                             int64
	Name, Lead, ETag, Reason, Note string
	State                          ClassTag
	Counts                         ClassCounts
	Tab                            string
	Tabs                           []Tab
	Steps                          []StepButton
	Facts, Quotas                  []Fact
	MoneyHeads                     []string
	Money                          []MoneyLine
	EditHref, CopyHref             string
	People                         *PeopleView
	Sessions                       *SessionsView
	Roll                           *RollView
	Results                        *ResultsView
	Certificates                   *CertificatesView
	Papers                         []PaperLine
	Log                            []Event
}

// classTabs are the views of a class; those of lessons are shown once it has begun.
var classTabs = []struct{ tab, key string }{{"info", "class.tab_info"}, {"people", "class.tab_people"}, {"sessions", "class.tab_sessions"}, {"roll", "class.tab_roll"},
	{"results", "class.tab_results"}, {"certificates", "class.tab_certificates"}, {"papers", "class.tab_papers"}, {"log", "class.tab_log"}}

func (s *server) showClass(q *request) error {
	d, err := q.classDetail()
	if err != nil {
		return err
	}
	v, err := q.classPage(d, q.text("tab"))
	if err != nil {
		return err
	}
	return q.show("class", v)
}

// classPage is a class in one of its views.
func (q *request) classPage(d core.ClassDetail, tab string) (*ClassPage, error) {
	c := d.Class
	v := &ClassPage{Page: q.base("nav.classes", Crumb{word(q.lang, "nav.classes"), "/classes"}, Crumb{c.Name, ""}), ID: c.ID, Name: c.Name, ETag: etagOf(c.Version), State: stateTag(q.lang, c.State)}
	v.Title, v.Path = c.Name, classHref(c.ID)
	v.Lead = joined(" · ", d.CourseName, v.ClassDays(c), d.SchoolName)
	counting := ClassesPage{Page: v.Page, MaySeat: q.actor.May(models.Nominate)}
	v.Counts = counting.Counts(v.classRow(d.ClassLine))
	if d.MayWrite {
		v.EditHref, v.CopyHref = classHref(c.ID)+"/edit", classHref(c.ID)+"/copy"
		if over(c.State) {
			v.EditHref = ""
		}
	}
	v.Steps = q.stepButtons(&v.Page, d)
	shown := visibleTabs(q.actor, c)
	v.Tab = "info"
	if slices.Contains(shown, tab) {
		v.Tab = tab
	}
	for _, t := range classTabs {
		if slices.Contains(shown, t.tab) {
			v.Tabs = append(v.Tabs, Tab{Label: v.T(t.key), Href: classTab(c.ID, t.tab), Current: t.tab == v.Tab})
		}
	}
	return v, q.fillClass(v, d)
}

func stateTag(lang models.Lang, s models.ClassState) ClassTag {
	return (&Page{Lang: lang}).ClassState(s)
}

// begun tells whether lessons of a class have begun.
func begun(s models.ClassState) bool {
	return slices.Contains([]models.ClassState{models.ClassRunning, models.ClassAwaiting, models.ClassCompleted, models.ClassClosed}, s)
}

func visibleTabs(actor models.Actor, c models.Class) []string {
	out := []string{"info", "people", "sessions"}
	if begun(c.State) {
		out = append(out, "roll", "results")
	}
	if begun(c.State) && actor.May(models.CertificatesRead) {
		out = append(out, "certificates")
	}
	out = append(out, "papers")
	if actor.Role != models.SchoolOfficer {
		out = append(out, "log")
	}
	return out
}

// fillClass reads what the view shows.
func (q *request) fillClass(v *ClassPage, d core.ClassDetail) error {
	switch v.Tab {
	case "people":
		return q.fillPeople(v, d)
	case "sessions":
		return q.fillSessions(v, d)
	case "roll":
		return q.fillRoll(v, d)
	case "results":
		return q.fillResults(v, d)
	case "certificates":
		return q.fillCertificates(v, d)
	case "papers":
		return q.fillPapers(v, d)
	case "log":
		return q.fillClassLog(v, d)
	}
	return q.fillInfo(v, d)
}

func (q *request) fillInfo(v *ClassPage, d core.ClassDetail) error {
	c := d.Class
	v.Reason, v.Note = c.Reason, c.Note
	decision := c.Decision
	if c.DecidedOn != 0 {
		decision = v.T("class.decision_of", "number", c.Decision, "date", c.DecidedOn)
	}
	v.Facts = []Fact{{v.T("class.code"), c.Code}, {v.T("class.course"), d.CourseName}, {v.T("class.school"), d.SchoolName}, {v.T("class.co_host"), c.CoHost}, {v.T("class.holder"), d.Unit},
		{v.T("class.when"), v.ClassDays(c)}, {v.T("class.place"), joined(", ", d.Venue, c.Room)}, {v.T("class.seats"), v.T("class.taken_min", "taken", c.Taken, "seats", c.Seats, "min", c.MinLearners)},
		{v.T("class.nominate_by"), c.NominateBy.VN()}, {v.T("class.decision"), decision}, {v.T("class.contact"), c.Contact}, {v.T("class.series"), c.Series}}
	v.Facts = slices.DeleteFunc(v.Facts, func(f Fact) bool { return f.Value == "" })
	form := ClassFormPage{Page: v.Page}
	quotas, err := q.quotaSections(q.Request.Context(), &form.Page, c)
	if err != nil {
		return err
	}
	labels := map[string]string{}
	for _, f := range flat(quotas) {
		labels[f.Name] = f.Label
	}
	for _, x := range c.Quotas {
		v.Quotas = append(v.Quotas, Fact{labels[quotaName(x)], v.T("class.at_most", "n", x.Seats)})
	}
	if len(c.Money) == 0 {
		return nil
	}
	v.MoneyHeads = form.MoneyHeads()
	return q.fillMoney(v, c)
}

func (q *request) fillMoney(v *ClassPage, c models.Class) error {
	sources, err := q.s.core.Fundings(q.Request.Context(), q.actor)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, f := range sources {
		names[f.Code] = f.Name
	}
	for _, m := range c.Money {
		line := MoneyLine{Source: names[m.Funding]}
		for _, n := range []int64{int64(m.Seats), m.Asked, m.Granted, m.Planned, m.Spent} {
			line.Sums = append(line.Sums, number(v.Lang, n))
		}
		v.Money = append(v.Money, line)
	}
	return nil
}

// fillClassLog tells what happened to the people of the class, newest first.
func (q *request) fillClassLog(v *ClassPage, d core.ClassDetail) error {
	ctx := q.Request.Context()
	people, err := q.s.core.ClassPeople(ctx, q.actor, d.Class.ID)
	if err != nil {
		return err
	}
	names := map[int64]string{}
	for _, r := range people.Requests {
		names[r.CadreID] = r.Name
	}
	log, err := q.s.core.ClassLog(ctx, q.actor, d.Class.ID)
	if err != nil {
		return err
	}
	for _, l := range log {
		v.Log = append(v.Log, Event{Date: moment(l.At), Title: names[l.CadreID] + ": " + v.Word("enrolment_event."+l.Event), Detail: l.Reason, Href: cadreHref(l.CadreID), Kind: "change"})
	}
	return nil
}

// figure is a whole number as text.
func figure(n int64) string { return strconv.FormatInt(n, 10) }
