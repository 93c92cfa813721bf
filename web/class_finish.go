package web

import (
	"slices"

	"datchuan/core"
	"datchuan/models"
)

// FinishPage checks a class before its results are sent, and again before they are confirmed.
type FinishPage struct {
	Page
	Lead, Back, Action, ETag, Yes string
	Figures                       []KeyFigure
	RollHref, ResultsHref         string
	Unrolled                      int
	Rows                          []GradeRow
	ReturnHref                    string
	Done                          string // why there is nothing to do here
}

func (s *server) finish(q *request) error {
	v, err := q.finishPage()
	if err != nil {
		return err
	}
	return q.show("class-finish", v)
}

func (q *request) finishPage() (*FinishPage, error) {
	d, err := q.classDetail()
	if err != nil {
		return nil, err
	}
	sheet, err := q.s.core.Results(q.Request.Context(), q.actor, d.Class.ID)
	if err != nil {
		return nil, err
	}
	c, href := d.Class, classHref(d.Class.ID)
	v := &FinishPage{Page: q.base("finish.title", Crumb{word(q.lang, "nav.classes"), "/classes"}, Crumb{c.Name, href}, Crumb{word(q.lang, "finish.title"), ""}), Back: href, ETag: etagOf(c.Version), Unrolled: sheet.Unrolled}
	v.Lead = joined(" · ", c.Name, v.ClassDays(c), v.ClassState(c.State).Word)
	v.figures(sheet)
	slices.SortStableFunc(sheet.Lines, func(a, b core.ResultLine) int { return open(b) - open(a) })
	for _, l := range sheet.Lines {
		v.Rows = append(v.Rows, v.gradeRow(l))
	}
	switch {
	case q.mayFinish(d):
		v.Action, v.Yes = href+"/send", v.T("finish.send")
		v.ResultsHref = classTab(c.ID, "results")
		if due, ok := dueSession(d.Sessions, q.s.core.Today(q.Request.Context())); ok && sheet.Unrolled > 0 {
			v.RollHref = rollHref(c.ID, due.ID)
		}
	case c.State == models.ClassCompleted && d.MayWrite && q.actor.May(models.CloseClasses):
		v.Action, v.Yes = href+"/close", v.T("finish.close")
		v.ReturnHref = href + "/step?to=" + string(models.ClassAwaiting)
	default:
		v.Done = v.T("finish.nothing", "state", v.ClassState(c.State).Word)
	}
	return v, nil
}

// open tells (as 1) whether a learner still lacks something.
func open(l core.ResultLine) int {
	if l.Judgement.Outcome == models.Pending || l.Judgement.Outcome == models.Retake {
		return 1
	}
	return 0
}

func (v *FinishPage) figures(sheet core.ResultSheet) {
	count := map[models.Outcome]int{}
	for _, l := range sheet.Lines {
		count[l.Judgement.Outcome]++
	}
	v.Figures = []KeyFigure{{Value: v.Num(len(sheet.Lines)), Label: v.T("class.people")}, {Value: v.Num(count[models.Passed]), Label: v.Word("outcome.passed")}, {Value: v.Num(count[models.Failed]), Label: v.Word("outcome.failed")},
		{Value: v.Num(count[models.Retake]), Label: v.Word("outcome.retake")}, {Value: v.Num(count[models.Pending]), Label: v.Word("outcome.pending")}, {Value: v.Num(sheet.Unrolled), Label: v.T("finish.unrolled")}}
}

// closing is one of the two ends of the page: sending, or confirming.
func (q *request) closing(do func(id, saw int64) error, done string) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	saw, err := q.sawVersion()
	if err == nil {
		err = do(id, saw)
	}
	if err != nil {
		v, broken := q.finishPage()
		if broken != nil {
			return broken
		}
		return q.againOrStale(err, "class-finish", v)
	}
	to := classHref(id)
	if q.actor.Role == models.SchoolOfficer {
		to = "/"
	}
	if q.to != "" { // said in the handler's own words
		return nil
	}
	return q.goTo(to, done)
}

func (s *server) sendResults(q *request) error {
	return q.closing(func(id, saw int64) error {
		_, err := s.core.SendResults(q.Request.Context(), q.actor, id, saw)
		return err
	}, "finish.sent")
}

func (s *server) closeClass(q *request) error {
	return q.closing(func(id, saw int64) error {
		made, err := s.core.CloseClass(q.Request.Context(), q.actor, id, saw)
		if err != nil {
			return err
		}
		return q.goTo(classTab(id, "results"), "finish.closed", "passed", made.Passed, "failed", made.Failed)
	}, "")
}
