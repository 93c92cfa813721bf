package web

import (
	"datchuan/core"
	"datchuan/models"
)

func (s *server) baselineRoutes() {
	s.get("/baseline", models.GapsRead, s.baseline)
}

// baseline is "Đối chiếu với kế hoạch": each figure of the plan, the computed one, and what the difference means.
func (s *server) baseline(q *request) error {
	actor := q.actor
	actor.Language = q.lang
	lines, err := s.core.Baseline(q.Request.Context(), actor)
	if err != nil {
		return err
	}
	v := &BaselinePage{Page: q.base("nav.baseline"), AsOf: models.NewDate(2013, 3, 1).VN()}
	v.Source = v.T("baseline.source")
	verdicts := map[core.Verdict]int{}
	for _, l := range lines {
		verdicts[l.Verdict]++
		group := v.T(baselineGroups[l.Group])
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Title != group {
			v.Groups = append(v.Groups, BaselineGroup{Title: group})
		}
		last := &v.Groups[len(v.Groups)-1]
		last.Rows = append(last.Rows, BaselineRow{Name: l.Name, Section: l.Section, Printed: l.Printed, Computed: l.Computed, How: l.How,
			Verdict: string(l.Verdict), VerdictWord: v.verdict(l.Verdict), Note: l.Note, Href: v.people(l.Filter)})
	}
	for _, verdict := range []core.Verdict{core.Agrees, core.Rounding, core.Contradiction, core.Differs} {
		if n := verdicts[verdict]; n > 0 {
			v.Figures = append(v.Figures, KeyFigure{Value: v.Num(n), Label: v.verdict(verdict)})
		}
	}
	return q.show("baseline", v)
}

// baselineGroups are the headings of the chapters.
var baselineGroups = map[string]string{"organisation": "baseline.organisation", "members": "baseline.members", "chairs": "baseline.chairs",
	"vice_chairs": "baseline.vice_chairs", "training": "baseline.training"}

// verdictWords are the words of the verdicts.
var verdictWords = map[core.Verdict]string{core.Agrees: "baseline.agrees", core.Rounding: "baseline.rounding", core.Contradiction: "baseline.contradiction", core.Differs: "baseline.differs"}

func (p *Page) verdict(verdict core.Verdict) string { return p.T(verdictWords[verdict]) }

// people is the address of the list behind a figure, "" for none.
func (p *BaselinePage) people(f *models.GapFilter) string {
	if f == nil {
		return ""
	}
	return gapHref(*f, "")
}
