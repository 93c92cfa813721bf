package web

import (
	"datchuan/core"
	"datchuan/models"
)

// kindsBelow are the kinds of unit that totals of a unit may be cut by, the first that there are any of.
var kindsBelow = map[models.UnitKind][]models.UnitKind{
	models.Nation:   {models.Province},
	models.Province: {models.District, models.Commune},
	models.District: {models.Commune},
	models.Commune:  {models.Branch},
	models.Branch:   {models.Group},
}

// fillTotals cuts the counts by the units below; a district leads on to its communes, a commune to its people.
func (q *request) fillTotals(v *GapsPage, f models.GapFilter, found core.GapPage, target models.Progress) error {
	lines, by, err := q.totalsBelow(f)
	if err != nil {
		return err
	}
	rest := found.Counts
	for _, t := range lines {
		inside := f
		inside.UnitID = t.UnitID
		line := v.total(inside, t, found.Standards, target)
		line.Href = line.People.Base
		if len(kindsBelow[by]) > 0 && by != models.Commune && by != models.Branch {
			line.Href = gapHref(inside, "totals")
		}
		v.Totals = append(v.Totals, line)
		rest = minus(rest, t)
	}
	if rest.Total > 0 && len(lines) > 0 {
		rest.Unit = v.T("gaps.elsewhere")
		line := v.total(f, rest, found.Standards, target)
		line.People = TotalLinks{}
		v.Totals = append(v.Totals, line)
	}
	whole := found.Counts
	whole.Unit = q.unitCalled(f)
	line := v.total(f, whole, found.Standards, target)
	line.Sum = true
	v.Totals = append(v.Totals, line)
	v.Crumbs, err = q.unitCrumbs(f)
	return err
}

// totalsBelow are the counts of the units right below the filter's unit, and of what kind they are.
func (q *request) totalsBelow(f models.GapFilter) ([]models.UnitTotal, models.UnitKind, error) {
	ctx := q.Request.Context()
	tree, err := q.s.core.Tree(ctx)
	if err != nil {
		return nil, "", err
	}
	id := f.UnitID
	if id == 0 {
		id = q.actor.UnitID
	}
	span, _ := tree.Nearest(id, firstDate(f.Map, f.AsOf, q.s.core.Today(ctx)))
	for _, kind := range kindsBelow[span.Kind] {
		lines, err := q.s.core.GapTotals(ctx, q.actor, f, kind)
		if err != nil || len(lines) > 0 {
			return lines, kind, err
		}
	}
	return nil, "", nil
}

// total is a line of the totals; the target's rule on studying counts, else that of the list if it has only one.
func (p *Page) total(f models.GapFilter, t models.UnitTotal, standards []models.Standard, target models.Progress) GapTotal {
	line := GapTotal{Name: t.Unit, Base: t.Total, Met: t.Met, Studying: t.Studying, Missing: t.Missing, Unk: t.Unknown}
	counts := len(standards) > 0
	for _, s := range standards {
		counts = counts && countsStudying(f, s)
	}
	line.Reached = t.UpTo(counts)
	if target.Target.Code != "" {
		target.Count(t)
		line.Need, line.Reached = target.StillNeed, target.Counted
	}
	open := func(n int, statuses ...models.Status) string {
		if n == 0 {
			return ""
		}
		return gapHref(withStatuses(f, statuses...), "")
	}
	line.People = TotalLinks{Base: open(t.Total, models.Statuses...), Met: open(t.Met, models.Met, models.Exempt), Studying: open(t.Studying, models.Studying),
		Missing: open(t.Missing, models.Missing), Unk: open(t.Unknown, models.Unknown)}
	return line
}

func minus(a, b models.UnitTotal) models.UnitTotal {
	a.Total, a.Met, a.Studying, a.Missing, a.Unknown = a.Total-b.Total, a.Met-b.Met, a.Studying-b.Studying, a.Missing-b.Missing, a.Unknown-b.Unknown
	return a
}

// unitCrumbs lead back up from the filter's unit to the actor's own, each to its totals.
func (q *request) unitCrumbs(f models.GapFilter) ([]Crumb, error) {
	if f.UnitID == 0 || f.UnitID == q.actor.UnitID {
		return nil, nil
	}
	ctx := q.Request.Context()
	tree, err := q.s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	on := firstDate(f.Map, f.AsOf, q.s.core.Today(ctx))
	span, _ := tree.Nearest(f.UnitID, on)
	own, _ := tree.Nearest(q.actor.UnitID, on)
	var out []Crumb
	for _, id := range models.PathIDs(span.Path) {
		above, ok := tree.Nearest(id, on)
		if !ok || !models.UnderPath(above.Path, own.Path) || id == f.UnitID {
			continue
		}
		up := f
		up.UnitID = id
		if id == q.actor.UnitID {
			up.UnitID = 0
		}
		out = append(out, Crumb{above.FullName(), gapHref(up, "totals")})
	}
	return append(out, Crumb{Label: span.FullName()}), nil
}
