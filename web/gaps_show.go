package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) gapRoutes() {
	s.get("/gaps", models.GapsRead, s.gaps)
}

// gapsPerPage is how many people a page of the list shows.
const gapsPerPage = 50

func (s *server) gaps(q *request) error {
	f := q.gapFilter()
	v := &GapsPage{Page: q.base("nav.gaps"), Tab: q.text("tab"), Nearest: f.Nearest, MayExport: q.actor.May(models.Export), MayNominate: q.actor.May(models.Nominate)}
	if v.Tab != "totals" && v.Tab != "matrix" {
		v.Tab = "list"
	}
	v.Query = gapQuery(f)
	err := q.findings()
	if err == nil {
		err = q.fillGaps(v, f)
	}
	if kind := models.KindOf(err); err != nil && kind != models.Invalid {
		return err
	}
	wrong := err
	v.Fail(wrong)
	if v.Filter, err = q.gapForm(&v.Page, f); err != nil {
		return err
	}
	if wrong != nil {
		v.Empty, v.MayExport = &Empty{v.T("gaps.refused"), v.T("gaps.refused_text"), "/gaps", v.T("gaps.clear")}, false
		s.render.HTML(q.Context, http.StatusUnprocessableEntity, "gaps", v)
		return nil
	}
	return q.show("gaps", v)
}

// fillGaps asks for the list and lays out the view.
func (q *request) fillGaps(v *GapsPage, f models.GapFilter) error {
	limit := gapsPerPage
	if v.Tab == "totals" {
		limit = 1 // only the counts are shown
	}
	found, err := q.s.core.Gaps(q.Request.Context(), q.actor, f, q.text("after"), limit)
	if err != nil {
		return err
	}
	p, hasTarget, err := q.s.core.GapTarget(q.Request.Context(), q.actor, f)
	if err != nil {
		return err
	}
	if hasTarget {
		v.Target = float64(p.Target.ThresholdBP) / 100
		v.NearestText = v.nearestText(p, q.unitCalled(f))
	}
	v.head(q, f, found)
	first := max(q.numberTo("row", 1_000_000_000), 1)
	switch {
	case v.Tab == "totals":
		return q.fillTotals(v, f, found, p)
	case len(found.Rows) == 0:
		v.Empty = &Empty{v.T("gaps.nobody"), v.T("gaps.nobody_text"), "/gaps", v.T("gaps.clear")}
	default:
		v.rows(found, first)
		v.Pager = v.gapPager(f, found, first, q.text("after") != "")
	}
	return nil
}

// head says who is listed, by which rules, and how many there are.
func (v *GapsPage) head(q *request, f models.GapFilter, found core.GapPage) {
	v.Heading = v.T("gaps.heading", "n", found.Total, "unit", q.unitCalled(f), "date", found.Filter.AsOf)
	if f.KnownOn != 0 {
		v.Heading += " " + v.T("gaps.heading_known", "date", f.KnownOn)
	}
	if f.Map != 0 {
		v.Heading += " " + v.T("gaps.heading_map", "date", f.Map)
	}
	for _, s := range found.Standards {
		v.Basis = append(v.Basis, v.T("gaps.basis", "name", s.Name, "version", s.Version, "basis", s.LegalBasis, "counting", v.countWord(f, s)))
	}
	v.Figures = v.figures(found.Counts, func(statuses ...models.Status) string { return gapHref(withStatuses(f, statuses...), "") })
	for _, t := range []struct{ tab, key, count string }{{"list", "gaps.list", v.Num(found.Total)}, {"totals", "gaps.totals", ""}, {"matrix", "gaps.matrix", ""}} {
		v.Tabs = append(v.Tabs, Tab{Label: v.T(t.key), Href: gapHref(f, t.tab), Current: v.Tab == t.tab, Count: t.count})
	}
}

// countWord says how those who study are counted.
func (p *Page) countWord(f models.GapFilter, s models.Standard) string {
	if countsStudying(f, s) {
		return p.Word("gap.rule_studying")
	}
	return p.Word("gap.rule_in_hand")
}

// countsStudying is the choice of the filter, else the rule set's own.
func countsStudying(f models.GapFilter, s models.Standard) bool {
	if f.CountStudy != models.NotKnown {
		return f.CountStudy == models.Yes
	}
	return s.StudyingCounts
}

// unitCalled is the full name of the filter's unit.
func (q *request) unitCalled(f models.GapFilter) string {
	ctx := q.Request.Context()
	tree, err := q.s.core.Tree(ctx)
	if err != nil {
		return ""
	}
	id := f.UnitID
	if id == 0 {
		id = q.actor.UnitID
	}
	span, _ := tree.Nearest(id, firstDate(f.Map, f.AsOf, q.s.core.Today(ctx)))
	return span.FullName()
}

func (p *Page) nearestText(x models.Progress, unit string) string {
	key := "gaps.nearest_text"
	if x.StillNeed == 0 {
		key = "gaps.target_reached"
	}
	return p.T(key, "n", x.StillNeed, "target", x.Target.Name, "unit", unit, "threshold", p.threshold(x.Target), "counted", x.Counted, "total", x.Total, "needed", x.Needed)
}

// threshold is the goal of a target: "90%".
func (p *Page) threshold(t models.Target) string {
	text := strconv.FormatFloat(float64(t.ThresholdBP)/100, 'f', -1, 64)
	if p.Lang == models.Vi {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text + "%"
}

// gapPager leads on, and back to the first page; the address carries the number of the first row of its page.
func (v *GapsPage) gapPager(f models.GapFilter, found core.GapPage, first int, later bool) Pager {
	last := first + len(found.Rows) - 1
	next, prev := "", ""
	if found.Next != "" {
		next = gapHref(f, v.Tab) + "&" + url.Values{"after": {found.Next}, "row": {strconv.Itoa(last + 1)}}.Encode()
	}
	if later {
		prev = gapHref(f, v.Tab)
	}
	pager := v.Page.Pager(first, last, found.Total, prev, next)
	pager.PrevWord = v.T("gaps.first_page")
	return pager
}
