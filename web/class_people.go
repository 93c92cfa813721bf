package web

import (
	"slices"
	"strconv"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

// RequestRow is a request for a seat. Box is the value of its checkbox, "" when it is not up for a decision here.
type RequestRow struct {
	ID                       int64
	Box                      string
	Checked                  bool
	Name, Href, Unit, Sender string
	When, State, Override    string
	Note                     string
	Warnings                 []FindingLine
	Decisions                []string
	Withdraw, Again          string
}

// SeatRow is somebody seated, waiting, or gone; State says how she went.
type SeatRow struct {
	Name, Href, Birth, Unit, Position, State string
	Leave                                    string
}

// PeopleView are the two panes of a class: who asks for a seat, and who has one or waits for one.
type PeopleView struct {
	Open, Settled         []RequestRow
	Seated, Waiting, Left []SeatRow
	MayDecide, School     bool
	Reason                Field
	Message               string // ready to be copied, "" when nobody is invited any more
	PickHref              string // to where people are picked from, "" when none may be added
}

// RequestDo is what may be done with one request, for a form of its own.
type RequestDo struct {
	*Page
	Row RequestRow
}

// RequestDo gives a request's form the page that it stands on.
func (v *ClassPage) RequestDo(r RequestRow) RequestDo { return RequestDo{&v.Page, r} }

// SeatList is a list of people with the page that it stands on.
type SeatList struct {
	*Page
	Rows []SeatRow
}

// SeatList gives a list of people the page that it stands on.
func (v *ClassPage) SeatList(rows []SeatRow) SeatList { return SeatList{&v.Page, rows} }

// mayDecide tells whether decisions on requests are the actor's, and due.
func (q *request) mayDecide(d core.ClassDetail) bool {
	return d.MayWrite && q.actor.May(models.DecideSeats) && seating(d.Class.State)
}

// seating tells whether seats are being given.
func seating(s models.ClassState) bool {
	return s == models.ClassApproved || s == models.ClassNominating || s == models.ClassSeated
}

func (q *request) fillPeople(v *ClassPage, d core.ClassDetail) error {
	people, err := q.s.core.ClassPeople(q.Request.Context(), q.actor, d.Class.ID)
	if err != nil {
		return err
	}
	view := &PeopleView{MayDecide: q.mayDecide(d), School: q.actor.Role == models.SchoolOfficer,
		Reason: v.Field(Field{Name: "reason", Label: v.T("class.reason_decide"), Value: q.text("reason"), MaxLength: 400})}
	chosen := map[string]bool{}
	for _, box := range q.Request.PostForm["n"] {
		chosen[box] = true
	}
	for _, r := range people.Requests {
		row := q.requestRow(&v.Page, d, r)
		row.Checked = chosen[row.Box]
		if r.State == models.Submitted {
			view.Open = append(view.Open, row)
		} else {
			view.Settled = append(view.Settled, row)
		}
	}
	view.Seated, view.Waiting, view.Left = q.seatRows(&v.Page, d, people.Seated), q.seatRows(&v.Page, d, people.Waiting), q.seatRows(&v.Page, d, people.Left)
	if q.actor.May(models.Nominate) && (d.Class.State == models.ClassNominating || view.MayDecide) {
		view.PickHref = pickHref(d.Course)
	}
	if !slices.Contains([]models.ClassState{models.ClassDraft, models.ClassPlanned, models.ClassCompleted, models.ClassClosed}, d.Class.State) {
		view.Message = d.Message(people.Seated).Text(v.Lang)
	}
	v.People = view
	return nil
}

// pickHref is the gap list of those whom a course is for.
func pickHref(c models.Course) string {
	if len(c.Positions) > 0 {
		return "/gaps?position=" + c.Positions[0]
	}
	return "/gaps"
}

func (q *request) requestRow(p *Page, d core.ClassDetail, r core.NominationLine) RequestRow {
	row := RequestRow{ID: r.ID, Name: r.Name, Href: cadreHref(r.CadreID), Unit: r.Unit, Sender: r.From, When: moment(r.At), State: p.Word("nomination_state." + string(r.State)),
		Override: r.Override, Note: r.Note}
	for _, w := range r.Warnings {
		row.Warnings = append(row.Warnings, FindingLine{Text: w.Text(p.Lang), Blocking: w.Blocking})
	}
	for _, decision := range r.Decisions {
		row.Decisions = append(row.Decisions, joined(": ", moment(decision.At)+" "+p.Word("enrolment_event."+verdictEvents[decision.Verdict]), decision.Reason))
	}
	open := r.State == models.Submitted || r.State == models.Returned
	switch {
	case r.State == models.Submitted && q.mayDecide(d):
		row.Box = figure(r.ID) + "." + figure(r.Version)
	case open && q.actor.May(models.Nominate):
		row.Withdraw = classHref(d.Class.ID) + "/withdraw"
	}
	if r.State == models.Returned && q.actor.May(models.Nominate) {
		row.Again = "/nominate?class=" + figure(d.Class.ID) + "&cadre=" + figure(r.CadreID)
	}
	return row
}

// verdictEvents are the words of decisions.
var verdictEvents = map[models.Verdict]string{models.Approve: "approved", models.Refuse: "refused", models.SendBack: "returned"}

func (q *request) seatRows(p *Page, d core.ClassDetail, list []core.Learner) []SeatRow {
	leaving := q.actor.May(models.Nominate) && (seating(d.Class.State) || d.MayWrite && (d.Class.State == models.ClassRunning || d.Class.State == models.ClassAwaiting))
	var out []SeatRow
	for _, l := range list {
		row := SeatRow{Name: l.Name, Birth: l.Birth.VN(), Unit: l.Unit, Position: l.Position}
		if !l.Seat.Alive() {
			row.State = p.Word("seat." + string(l.Seat))
		}
		if l.District != l.Unit {
			row.Unit = joined(", ", l.Unit, l.District)
		}
		if l.CadreID != 0 {
			row.Href = cadreHref(l.CadreID)
		}
		if leaving && l.Seat.Alive() {
			row.Leave = classHref(d.Class.ID) + "/leave/" + figure(l.EnrolmentID)
		}
		out = append(out, row)
	}
	return out
}

func (s *server) decide(q *request) error {
	d, err := q.ownClass()
	if err != nil {
		return err
	}
	in := q.decisions()
	if err = q.findings(); err == nil {
		_, err = s.core.Decide(q.Request.Context(), q.actor, d.Class.ID, in)
	}
	if err != nil {
		v, broken := q.classPage(d, "people")
		if broken != nil {
			return broken
		}
		v.Fail(err)
		v.People.Reason = v.Field(v.People.Reason)
		return q.againOrStale(err, "class", v)
	}
	return q.goTo(classTab(d.Class.ID, "people"), "class.decided", "n", len(in))
}

// decisions reads who was ticked and what is decided on them.
func (q *request) decisions() []core.DecideInput {
	var out []core.DecideInput
	for _, box := range q.Request.PostForm["n"] {
		id, version, _ := strings.Cut(box, ".")
		n, err := strconv.ParseInt(id, 10, 64)
		saw, err2 := strconv.ParseInt(version, 10, 64)
		if err != nil || err2 != nil {
			q.finding("form.choice_bad", "n", box)
		}
		out = append(out, core.DecideInput{NominationID: n, Version: saw, Verdict: models.Verdict(q.text("verdict")), Reason: q.text("reason")})
	}
	if len(out) == 0 {
		q.finding("form.nobody_chosen", "n", "")
	}
	return out
}

func (s *server) withdraw(q *request) error {
	d, err := q.classDetail()
	if err != nil {
		return err
	}
	if err := s.core.Withdraw(q.Request.Context(), q.actor, q.number("nomination")); err != nil {
		return err
	}
	return q.goTo(classTab(d.Class.ID, "people"), "class.withdrawn")
}

func (s *server) leaveForm(q *request) error {
	v, err := q.leavePage()
	if err != nil {
		return err
	}
	return q.show("class-step", v)
}

// leavePage asks why somebody gives her seat back.
func (q *request) leavePage() (*ClassStepPage, error) {
	d, err := q.classDetail()
	if err != nil {
		return nil, err
	}
	id, err := q.id("enrolment")
	if err != nil {
		return nil, err
	}
	people, err := q.s.core.ClassPeople(q.Request.Context(), q.actor, d.Class.ID)
	if err != nil {
		return nil, err
	}
	href, back := classHref(d.Class.ID), classTab(d.Class.ID, "people")
	for _, l := range append(people.Seated, people.Waiting...) {
		if l.EnrolmentID != id {
			continue
		}
		v := &ClassStepPage{Page: q.base("class.leave", Crumb{word(q.lang, "nav.classes"), "/classes"}, Crumb{d.Class.Name, back}, Crumb{word(q.lang, "class.leave"), ""}), Action: href + "/leave/" + figure(id), Back: back}
		v.Lead = v.T("class.leave_lead", "name", l.Name, "unit", l.Unit, "class", d.Class.Name)
		fields := []Field{{Name: "reason", Label: v.T("class.reason"), Type: "textarea", Required: true, MaxLength: 400}}
		v.Sections = []Section{{Fields: v.filled(q.typed(fields), fields)}}
		v.Buttons = Foot{Yes: v.T("class.leave"), No: v.T("form.cancel"), Back: back}
		return v, nil
	}
	return nil, models.Fail(models.NotFound, "not_found", "")
}

func (s *server) leave(q *request) error {
	v, err := q.leavePage()
	if err != nil {
		return err
	}
	id, err := q.id("enrolment")
	if err != nil {
		return err
	}
	if err := s.core.LeaveClass(q.Request.Context(), q.actor, id, q.text("reason")); err != nil {
		return q.again(err, "class-step", v)
	}
	return q.goTo(v.Back, "class.left")
}
