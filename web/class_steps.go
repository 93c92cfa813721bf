package web

import (
	"slices"

	"datchuan/core"
	"datchuan/models"
)

// StepButton leads a class on: a form of its own when Href is empty, else a page that asks for what the step needs.
type StepButton struct {
	To, Label, Href string
	Primary         bool
}

// ClassStepPage asks for what a step needs: the reason, or the decision. Also used for whoever leaves a class.
type ClassStepPage struct {
	Page
	Action, Back, ETag, To, Lead string
	Sections                     []Section
	Buttons                      Foot
}

func (v *ClassStepPage) inputs() []Section { return v.Sections }

// onward and backward are the names of steps, by where they lead.
var (
	onward = map[models.ClassState]string{models.ClassPlanned: "class.to_planned", models.ClassApproved: "class.to_approved", models.ClassNominating: "class.to_nominating",
		models.ClassSeated: "class.to_seated", models.ClassRunning: "class.to_running", models.ClassAwaiting: "class.to_awaiting", models.ClassCompleted: "class.to_completed",
		models.ClassClosed: "class.to_closed", models.ClassCancelled: "class.to_cancelled", models.ClassPostponed: "class.to_postponed"}
	backward = map[models.ClassState]string{models.ClassDraft: "class.back_draft", models.ClassPlanned: "class.back_planned", models.ClassApproved: "class.back_approved",
		models.ClassNominating: "class.back_nominating", models.ClassRunning: "class.back_running", models.ClassAwaiting: "class.back_awaiting", models.ClassCompleted: "class.back_completed"}
)

func exit(s models.ClassState) bool { return s == models.ClassCancelled || s == models.ClassPostponed }

// stepWord names a step.
func (p *Page) stepWord(from, to models.ClassState) string {
	if from.NeedsReason(to) && !exit(to) {
		return p.T(backward[to])
	}
	return p.T(onward[to])
}

// stepButtons are the steps that the actor may take, the next one first; sending and confirming results have a page of their own.
func (q *request) stepButtons(p *Page, d core.ClassDetail) []StepButton {
	var out []StepButton
	c := d.Class
	if q.mayFinish(d) {
		out = append(out, StepButton{Label: p.T("finish.title"), Href: classHref(c.ID) + "/finish", Primary: true})
	}
	for _, to := range d.Next {
		b := StepButton{To: string(to), Label: p.stepWord(c.State, to), Primary: len(out) == 0 && !c.State.NeedsReason(to)}
		switch {
		case to == models.ClassCompleted && c.State == models.ClassAwaiting:
			continue // the page of closing leads there
		case to == models.ClassClosed:
			b.Href = classHref(c.ID) + "/finish"
		case c.State.NeedsReason(to) || to == models.ClassApproved:
			b.Href = classHref(c.ID) + "/step?to=" + string(to)
		}
		out = append(out, b)
	}
	return out
}

// mayFinish tells whether it is on the actor to send the results.
func (q *request) mayFinish(d core.ClassDetail) bool {
	teaches := q.actor.Role == models.SchoolOfficer || d.MayWrite
	return teaches && q.actor.May(models.TakeRoll) && (d.Class.State == models.ClassRunning || d.Class.State == models.ClassAwaiting)
}

func (s *server) stepForm(q *request) error {
	d, err := q.ownClass()
	if err != nil {
		return err
	}
	to := models.ClassState(q.text("to"))
	if to == "" {
		return q.goTo(classHref(d.Class.ID), "")
	}
	if !slices.Contains(d.Next, to) {
		return models.Fail(models.NotFound, "not_found", "")
	}
	return q.show("class-step", q.stepPage(d, to))
}

// stepPage asks for the decision of an approval, or for the reason of anything else, with what was typed.
func (q *request) stepPage(d core.ClassDetail, to models.ClassState) *ClassStepPage {
	c := d.Class
	href := classHref(c.ID)
	v := &ClassStepPage{Page: q.base("class.step", Crumb{word(q.lang, "nav.classes"), "/classes"}, Crumb{c.Name, href}), Action: href + "/step", Back: href, ETag: etagOf(c.Version), To: string(to)}
	v.Title = v.stepWord(c.State, to)
	v.Crumbs = append(v.Crumbs, Crumb{v.Title, ""})
	v.Lead = v.T("class.step_lead", "name", c.Name, "from", v.ClassState(c.State).Word, "to", v.ClassState(to).Word)
	fields := []Field{{Name: "reason", Label: v.T("class.reason"), Type: "textarea", Required: true, MaxLength: 400}}
	if to == models.ClassApproved && c.State == models.ClassPlanned {
		fields = []Field{{Name: "decision", Label: v.T("class.decision"), Required: true, MaxLength: 120}, {Name: "decided_on", Label: v.T("class.decided_on"), Type: "date", Required: true}}
	}
	v.Sections = []Section{{Fields: v.filled(q.typed(fields), fields)}}
	v.Buttons = Foot{Yes: v.Title, No: v.T("form.cancel"), Back: href}
	return v
}

func (s *server) moveClass(q *request) error {
	d, err := q.ownClass()
	if err != nil {
		return err
	}
	step := core.ClassStep{To: models.ClassState(q.text("to")), Reason: q.text("reason"), Decision: q.text("decision"), DecidedOn: q.day("decided_on")}
	saw, err := q.sawVersion()
	if err == nil {
		err = q.findings()
	}
	if err == nil {
		err = q.takeStep(d, saw, step)
	}
	if err != nil {
		return q.againOrStale(err, "class-step", q.stepPage(d, step.To))
	}
	return q.goTo(classHref(d.Class.ID), "class.moved", "state", stateTag(q.lang, step.To).Word)
}

// takeStep moves a class; back from closed is the reopening.
func (q *request) takeStep(d core.ClassDetail, saw int64, step core.ClassStep) error {
	ctx, c := q.Request.Context(), q.s.core
	var err error
	if d.Class.State == models.ClassClosed {
		_, err = c.ReopenClass(ctx, q.actor, d.Class.ID, saw, step.Reason)
	} else {
		_, err = c.MoveClass(ctx, q.actor, d.Class.ID, saw, step)
	}
	return err
}
