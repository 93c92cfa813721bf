package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"datchuan/core"
	"datchuan/models"
)

// compareStandards puts two versions side by side on the same people: the rules that differ, who changes status, and why.
func (s *server) compareStandards(q *request) error {
	on, unit := q.day("as_of"), q.number("unit_id")
	v, err := q.comparePage(unit, on)
	if err != nil {
		return err
	}
	if err := q.findings(); err != nil {
		return q.again(err, "compare", v)
	}
	if v.Asked = q.text("a") != "" && q.text("b") != ""; !v.Asked {
		return q.show("compare", v)
	}
	var a, b core.StandardRef
	a.Code, a.Version = readStandardRef(q.text("a"))
	b.Code, b.Version = readStandardRef(q.text("b"))
	found, err := s.core.CompareStandards(q.Request.Context(), q.actor, a, b, unit, on)
	if err != nil {
		return q.again(err, "compare", v)
	}
	v.FirstName, v.SecondName = v.versionName(found.A), v.versionName(found.B)
	v.Figures = append(v.countedBy(found.A, found.TotalsA), v.countedBy(found.B, found.TotalsB)...)
	v.Differences = v.differences(found.A, found.B)
	v.Counting = v.countingNote(found)
	v.fillChanges(q, found)
	return q.show("compare", v)
}

// comparePage is the form.
func (q *request) comparePage(unit int64, on models.Date) (*ComparePage, error) {
	v := &ComparePage{Page: q.base("standard.compare", Crumb{word(q.lang, "nav.standards"), "/standards"})}
	all, err := q.s.core.Standards(q.Request.Context(), q.actor, "", true)
	if err != nil {
		return nil, err
	}
	options := []Option{{Label: v.T("form.choose")}}
	for _, s := range all {
		options = append(options, Option{Value: standardRef(s), Label: v.versionName(s)})
	}
	units, err := q.unitMenu(unit, on)
	v.First, v.Second = q.menu("a", v.T("compare.first"), slices.Clone(options)), q.menu("b", v.T("compare.second"), slices.Clone(options))
	v.Unit, v.AsOf = q.menu("unit_id", v.T("gaps.unit"), units), q.date("as_of", v.T("gaps.as_of"), on)
	return v, err
}

func (p *Page) versionName(s models.Standard) string {
	return p.T("target.rule", "name", s.Name, "version", s.Version)
}

// countedBy are the figures of one version: by its own rule on those who study.
func (p *Page) countedBy(s models.Standard, t models.UnitTotal) []KeyFigure {
	n := t.UpTo(s.StudyingCounts)
	return []KeyFigure{{Value: p.T("compare.fraction", "n", n, "total", t.Total), Label: p.T("compare.up_to", "name", p.versionName(s)), Detail: p.Pct(n, t.Total) + ", " + p.countWord(models.GapFilter{}, s)}}
}

// countingNote says how many keep their status, studying, and still count in one version only.
func (p *Page) countingNote(found core.Comparison) string {
	if found.A.StudyingCounts == found.B.StudyingCounts {
		return ""
	}
	n := found.TotalsA.Studying
	for _, c := range found.Changed {
		if c.Before.Overall == models.Studying {
			n--
		}
	}
	counted, not := found.A, found.B
	if found.B.StudyingCounts {
		counted, not = not, counted
	}
	return p.T("compare.counting", "n", n, "counted", p.versionName(counted), "not", p.versionName(not))
}

// differences tell rule by rule what the second version changes.
func (p *Page) differences(a, b models.Standard) []Fact {
	var out []Fact
	add := func(label, before, after string) {
		if before != after {
			none := p.T("compare.none")
			out = append(out, Fact{label, cmp.Or(before, none) + " → " + cmp.Or(after, none)})
		}
	}
	add(p.T("standard.validity"), p.Span(a.ValidFrom, a.ValidTo), p.Span(b.ValidFrom, b.ValidTo))
	add(p.T("gaps.counting"), p.countWord(models.GapFilter{}, a), p.countWord(models.GapFilter{}, b))
	for _, r := range a.Requirements {
		after := ""
		if other, at := b.Requirement(r.Code); at >= 0 {
			after = p.ruleText(other)
		}
		add(r.Name, p.ruleText(r), after)
	}
	for _, r := range b.Requirements {
		if _, at := a.Requirement(r.Code); at < 0 {
			add(r.Name, "", p.ruleText(r))
		}
	}
	return out
}

// fillChanges counts who changes from which status to which, and lists a page of them, of one change when asked.
func (v *ComparePage) fillChanges(q *request, found core.Comparison) {
	type flow struct{ from, to models.Status }
	counts := map[flow]int{}
	for _, c := range found.Changed {
		counts[flow{c.Before.Overall, c.After.Overall}]++
	}
	address := url.Values{}
	for _, name := range []string{"a", "b", "unit_id", "as_of"} {
		if q.text(name) != "" {
			address.Set(name, q.text(name))
		}
	}
	v.Query = address
	for _, from := range models.Statuses {
		for _, to := range models.Statuses {
			if n := counts[flow{from, to}]; n > 0 {
				v.Flows = append(v.Flows, CompareCell{v.Badge(from), v.Badge(to), n, v.With("from", string(from), "to", string(to))})
			}
		}
	}
	changed := found.Changed
	if only := (flow{models.Status(q.text("from")), models.Status(q.text("to"))}); counts[only] > 0 {
		changed = slices.DeleteFunc(changed, func(c core.StandardChange) bool { return flow{c.Before.Overall, c.After.Overall} != only })
		v.All = v.With()
		v.Query = url.Values{"from": {string(only.from)}, "to": {string(only.to)}}
		for name := range address {
			v.Query[name] = address[name]
		}
	}
	first := (max(q.numberTo("page", 1_000_000), 1) - 1) * gapsPerPage
	first = min(first, len(changed)/gapsPerPage*gapsPerPage)
	last := min(first+gapsPerPage, len(changed))
	v.Rows = v.changes(changed[first:last], found.A, found.B)
	prev, next := "", ""
	if first > 0 {
		prev = v.With("page", strconv.Itoa(first/gapsPerPage))
	}
	if last < len(changed) {
		next = v.With("page", strconv.Itoa(first/gapsPerPage+2))
	}
	v.Pager = v.Page.Pager(first+1, last, len(changed), prev, next)
}

// changes are people with both outcomes; the reasons are those of the requirements whose outcomes differ.
func (p *Page) changes(list []core.StandardChange, a, b models.Standard) []CompareRow {
	var out []CompareRow
	for _, c := range list {
		out = append(out, CompareRow{ID: c.CadreID, Name: c.Name, Unit: c.Unit, Before: p.Badge(c.Before.Overall), After: p.Badge(c.After.Overall),
			BeforeWhy: p.whyChanged(a, c.Before, c.After), AfterWhy: p.whyChanged(b, c.After, c.Before)})
	}
	return out
}

func (p *Page) whyChanged(s models.Standard, own, other models.Evaluation) []string {
	was := map[string]models.Status{}
	for _, r := range other.Results {
		was[r.Requirement] = r.Status
	}
	var out []string
	for _, r := range own.Results {
		if requirement, at := s.Requirement(r.Requirement); at >= 0 && was[r.Requirement] != r.Status {
			out = append(out, requirement.Name+": "+r.Reason.Text(p.Lang))
		}
	}
	return out
}
