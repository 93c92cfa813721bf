package core

import (
	"context"
	"slices"

	"datchuan/models"
)

// GapPage is a piece of a gap list. Counts are of everybody in the filter, whatever her status; Total is how many the
// statuses asked for leave, on all pages together.
type GapPage struct {
	Filter    models.GapFilter  `json:"filter"`
	Standards []models.Standard `json:"standards"`
	Total     int               `json:"total"`
	Counts    models.UnitTotal  `json:"counts"`
	Rows      []models.GapRow   `json:"rows"`
	Next      string            `json:"next,omitempty"` // cursor of the next page, "" on the last
}

// Gaps is who is not up to standard (or whoever the filter asks for), sorted by Vietnamese given name or nearest first.
// It reads the derived standings; as known on a past day, or against a retired version, it evaluates the facts of that
// moment with the same outcome. limit 0 gives all rows, for exports.
func (c *Core) Gaps(ctx context.Context, actor models.Actor, f models.GapFilter, after string, limit int) (GapPage, error) {
	ask, err := c.ask(ctx, actor, f)
	if err != nil {
		return GapPage{}, err
	}
	from, err := parseCursor(after)
	if err != nil {
		return GapPage{}, err
	}
	page := GapPage{Filter: ask.filter, Standards: ask.standards}
	lines, counts, err := ask.page(from, limit)
	if err != nil {
		return GapPage{}, err
	}
	for i := range counts {
		for status, n := range counts[i] {
			page.Counts.Count(status, n)
			if slices.Contains(ask.wanted[i], status) {
				page.Total += n
			}
		}
	}
	if limit > 0 && len(lines) > limit {
		lines = lines[:limit]
		page.Next = ask.cursor(lines[limit-1])
	}
	if page.Rows, err = ask.rows(lines); err != nil {
		return GapPage{}, err
	}
	return page, ask.markSet(&page, lines)
}

// gapAsk is a gap filter made ready: rule sets chosen, scope and map resolved, both time axes fixed.
type gapAsk struct {
	core      *Core
	ctx       context.Context
	actor     models.Actor
	filter    models.GapFilter
	standards []models.Standard
	wanted    [][]models.Status // per standard: the statuses asked for
	mark      []int             // per standard: place of the requirement in the marks, -1 = the overall status
	view      *viewer
	land      land
	areas     land // that has the flag asked for
	known     models.Instant
	slow      bool // evaluate the facts: the standings do not hold this
}

func (c *Core) ask(ctx context.Context, actor models.Actor, f models.GapFilter) (*gapAsk, error) {
	if err := allow(actor, models.GapsRead); err != nil {
		return nil, err
	}
	if f.AsOf == 0 {
		f.AsOf = c.Today(ctx)
	}
	if f.Map == f.AsOf {
		f.Map = 0
	}
	a := &gapAsk{core: c, ctx: ctx, actor: actor, filter: f, known: models.Never}
	if f.KnownOn != 0 {
		if k := KnownBy(f.KnownOn); k < c.Now() {
			a.known, a.slow = k, true
		}
	}
	var err error
	if a.view, err = c.viewer(ctx, actor, f.AsOf, f.Map); err != nil {
		return nil, err
	}
	if a.land, err = a.view.unit(f.UnitID); err != nil {
		return nil, err
	}
	if f.Area != "" {
		a.areas = a.view.flagged(f.Area)
	}
	return a, a.choose()
}

// KnownBy is the moment whose knowledge "as known on" a date means: its last one in Vietnam; 0 is now.
func KnownBy(d models.Date) models.Instant {
	if d == 0 {
		return models.Never
	}
	return dayEnd(d) - 1
}

// choose finds the rule sets, what is looked at in each, and which statuses are asked for.
func (a *gapAsk) choose() error {
	f := a.filter
	db := a.core.read.WithContext(a.ctx)
	var err error
	if f.Standard == "" {
		a.standards, err = preferredOn(db, f.Position, f.AsOf, a.known)
	} else {
		var s models.Standard
		s, err = standardKnown(db, f.Standard, f.Version, a.known)
		a.standards = []models.Standard{s}
	}
	if err != nil {
		return err
	}
	if f.Standard != "" && f.Position != "" && a.standards[0].Position != f.Position {
		return models.Fail(models.Invalid, "gap.standard_of_other_position", "standard")
	}
	if f.Requirement != "" {
		a.standards = slices.DeleteFunc(a.standards, func(s models.Standard) bool { _, i := s.Requirement(f.Requirement); return i < 0 })
		if len(a.standards) == 0 {
			return models.Fail(models.Invalid, "gap.requirement_unknown", "requirement")
		}
	}
	for i := range a.standards {
		s := &a.standards[i]
		a.slow = a.slow || s.Retired
		_, at := s.Requirement(f.Requirement)
		a.mark = append(a.mark, at)
		a.wanted = append(a.wanted, wantedStatuses(f, s))
	}
	return nil
}

// wantedStatuses are those asked for; without a word about it, all that are not up to standard by the rule on studying.
func wantedStatuses(f models.GapFilter, s *models.Standard) []models.Status {
	if len(f.Statuses) > 0 {
		return f.Statuses
	}
	counts := s.StudyingCounts
	if f.CountStudy != models.NotKnown {
		counts = f.CountStudy == models.Yes
	}
	var out []models.Status
	for _, st := range models.Statuses {
		if f.Everyone || !st.UpTo(counts) {
			out = append(out, st)
		}
	}
	return out
}

// GapTotals counts everybody in the filter by unit: the units of one kind below the filter's unit on the map, those
// with nobody too, in the order of papers. Statuses of the filter are ignored: a total shows all of them.
func (c *Core) GapTotals(ctx context.Context, actor models.Actor, f models.GapFilter, by models.UnitKind) ([]models.UnitTotal, error) {
	ask, err := c.ask(ctx, actor, f)
	if err != nil {
		return nil, err
	}
	units := ask.view.unitsOf(ask.filter.UnitID, by)
	at := make(map[string]int, len(units))
	out := make([]models.UnitTotal, len(units))
	width := 0
	for i, s := range units {
		at[s.Path], out[i] = i, models.UnitTotal{UnitID: s.UnitID, Unit: s.FullName()}
		width = max(width, len(s.Path))
	}
	groups, err := ask.groups(width)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		path := g.path
		if ask.filter.Map != 0 {
			ids := models.PathIDs(path)
			path = ask.view.placeOn(ids[len(ids)-1], ask.view.on)
		}
		for ; path != ""; path = path[:len(path)-models.PathWidth] {
			if i, ok := at[path]; ok {
				out[i].Count(g.status, g.n)
				break
			}
		}
	}
	return out, nil
}

// unitsOf are the units of a kind at or below a unit of the map (0 = the actor's own), in the order of papers.
func (v *viewer) unitsOf(id int64, kind models.UnitKind) []models.UnitSpan {
	if id == 0 {
		id = v.own
	}
	var out []models.UnitSpan
	var walk func(s models.UnitSpan)
	walk = func(s models.UnitSpan) {
		if s.Kind == kind {
			out = append(out, s)
			return
		}
		if kindRank(s.Kind) > kindRank(kind) {
			return
		}
		for _, child := range v.tree.Children(s.UnitID, v.on) {
			walk(child)
		}
	}
	if s, ok := v.tree.At(id, v.on); ok {
		walk(s)
	} else if id == 0 {
		for _, root := range v.tree.Roots(v.on) {
			walk(root)
		}
	}
	return out
}

func kindRank(k models.UnitKind) int { return slices.Index(models.UnitKinds, k) }

// LogExport notes that somebody took a list out of the system, with the filter and the number of rows.
func (c *Core) LogExport(ctx context.Context, actor models.Actor, what string, rows int, filter any) error {
	return c.change(ctx, actor, models.Export, func(tx *Tx) error {
		return tx.audit(what+".export", "export", 0, map[string]any{"rows": rows, "filter": filter})
	})
}
