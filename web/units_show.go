package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"datchuan/core"
	"datchuan/models"
)

func withOn(on string) string { return url.Values{"on": {on}}.Encode() }

func (s *server) unit(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	on, err := q.dayOn()
	if err != nil {
		return err
	}
	d, err := s.core.Unit(q.Request.Context(), q.actor, id, on)
	if err != nil {
		return err
	}
	v, err := q.unitPage(d, cmp.Or(on, s.core.Today(q.Request.Context())))
	return q.showOr(err, "unit", v)
}

func (q *request) unitPage(d core.UnitDetail, on models.Date) (*UnitPage, error) {
	p := q.base("nav.units", Crumb{word(q.lang, "nav.units"), "/units"})
	id := d.Span.UnitID
	v := &UnitPage{Page: p, ID: id, Name: d.Span.FullName(), Kind: p.T("unit.kind_code", "kind", p.Word("unit_kind."+string(d.Span.Kind)), "code", d.Code), MayChange: q.actor.May(models.UnitsWrite)}
	v.Title = v.Name
	if q.text("on") != "" {
		v.Kind += " · " + v.T("unit.on_map", "date", on.VN())
	}
	for _, above := range d.Trail {
		href := v.unitAt(above.UnitID)
		if q.placeOf(above.UnitID) == "" {
			href = "" // above her own scope
		}
		v.Crumbs = append(v.Crumbs, Crumb{above.FullName(), href})
	}
	v.Crumbs = append(v.Crumbs, Crumb{v.Name, ""})
	v.Facts = []Fact{{v.T("unit.life"), v.Span(d.Span.From, d.Span.To)}, {v.Word("field.basis"), d.Span.Basis}}
	for _, f := range d.Flags {
		v.Flags = append(v.Flags, UnitFlagLine{ID: f.ID, Name: v.Word("area." + string(f.Flag)), When: v.Span(f.From, f.To), Basis: f.Basis, Certainty: v.Word("certainty." + string(f.Certainty)), Open: f.To > on})
	}
	for _, f := range d.Figures {
		v.Figures = append(v.Figures, KeyFigure{Label: v.Word("figure." + f.Key), Value: number(q.lang, f.Value), Detail: joined(" · ", f.Date.VN(), f.Source)})
	}
	v.addEvents(d, on)
	if q.actor.May(models.CadresRead) {
		v.People = "/people?" + url.Values{"unit_id": {strconv.FormatInt(id, 10)}}.Encode()
	}
	v.MayAdd = q.actor.May(models.CadresWrite) && d.Exists
	if err := q.addLeaders(v, d, on); err != nil {
		return nil, err
	}
	return v, q.addChildren(v, d, on)
}

// addEvents tells how the unit came about and what became of it, newest first.
func (v *UnitPage) addEvents(d core.UnitDetail, on models.Date) {
	for i, s := range d.Spans {
		if i > 0 && s.From.VN() != "" {
			v.Events = append(v.Events, Event{Date: s.From.VN(), Title: s.FullName(), Detail: s.Basis, Kind: "unit"})
		}
	}
	for _, l := range d.Links {
		key := "unit.became"
		if l.Direction == "from" {
			key = "unit.came_from"
		} else if !d.Exists && l.Date <= on {
			v.Heirs = append(v.Heirs, Crumb{l.Name, v.unitAt(l.UnitID)})
		}
		v.Events = append(v.Events, Event{Date: l.Date.VN(), Title: v.T(key, "name", l.Name), Detail: l.Basis, Href: v.unitAt(l.UnitID), Kind: "unit"})
	}
	slices.SortStableFunc(v.Events, func(a, b Event) int { return cmp.Compare(dayOf(b.Date), dayOf(a.Date)) })
	last := d.Spans[len(d.Spans)-1]
	switch {
	case d.Exists:
	case on < d.Spans[0].From:
		v.Ended = v.T("unit.not_yet", "date", d.Spans[0].From.VN())
	default:
		v.Ended = v.T("unit.ended", "date", last.To.VN())
	}
}

func dayOf(vn string) models.Date { d, _ := models.ReadDate(vn); return d }

// addLeaders lists who holds a post at the unit, with her standing where there is a rule.
func (q *request) addLeaders(v *UnitPage, d core.UnitDetail, on models.Date) error {
	standing := map[int64]models.Status{}
	asked := map[string]bool{}
	for _, h := range d.Holders {
		if asked[h.Position] || !d.Exists || !q.actor.May(models.GapsRead) {
			continue
		}
		asked[h.Position] = true
		page, err := q.s.core.Gaps(q.Request.Context(), q.actor, models.GapFilter{UnitID: v.ID, Position: h.Position, AsOf: on, Everyone: true}, "", 200)
		if err != nil {
			return err
		}
		for _, r := range page.Rows {
			if _, known := standing[r.CadreID]; !known && r.UnitID == v.ID {
				standing[r.CadreID] = r.Overall
			}
		}
	}
	for _, h := range d.Holders {
		row := PeopleRow{ID: h.CadreID, Name: h.Name, Birth: h.Birth.VN(), Position: h.Title}
		if status, ok := standing[h.CadreID]; ok {
			row.Standing = v.Badge(status)
		}
		v.Leaders = append(v.Leaders, row)
	}
	return nil
}

// addChildren lists the units below, with the share of their heads that are up to standard.
func (q *request) addChildren(v *UnitPage, d core.UnitDetail, on models.Date) error {
	if len(d.Children) == 0 || !d.Exists {
		return nil
	}
	tree, err := q.s.core.Tree(q.Request.Context())
	if err != nil {
		return err
	}
	kinds := map[models.UnitKind]bool{}
	for _, c := range d.Children {
		kinds[c.Kind] = true
	}
	v.ChildWord = v.T("unit.children", "n", len(d.Children))
	shares := map[int64]models.UnitTotal{}
	std, err := q.headStandard(d.Children[0].Kind, on)
	if err != nil {
		return err
	}
	if std.Code != "" {
		for kind := range kinds {
			lines, err := q.s.core.GapTotals(q.Request.Context(), q.actor, models.GapFilter{UnitID: v.ID, Position: std.Position, Standard: std.Code, AsOf: on, Everyone: true}, kind)
			if err != nil {
				return err
			}
			for _, l := range lines {
				shares[l.UnitID] = l
			}
		}
		v.ShareBasis = v.T("unit.share_basis", "standard", std.Name, "date", on.VN())
		v.Gaps = "/gaps?" + url.Values{"unit_id": {strconv.FormatInt(v.ID, 10)}, "position": {std.Position}, "as_of": {on.String()}}.Encode()
		if v.Target, err = q.targetOf(std, on); err != nil {
			return err
		}
	}
	for _, c := range d.Children {
		t := shares[c.UnitID]
		v.Children = append(v.Children, UnitChild{Name: c.FullName(), Kind: v.Word("unit_kind." + string(c.Kind)), Href: v.unitAt(c.UnitID), Met: t.UpTo(std.StudyingCounts), Base: t.Total, Flags: v.flagWords(tree.Flags(c.UnitID), on)})
	}
	return nil
}

// headStandard is the rule set in force by which the heads of units of a kind are measured; above the communes, by which
// the heads of the communes are. It is empty for who reads no gap lists, and where there is none.
func (q *request) headStandard(kind models.UnitKind, on models.Date) (models.Standard, error) {
	if !q.actor.May(models.GapsRead) {
		return models.Standard{}, nil
	}
	if kind == models.Province || kind == models.District {
		kind = models.Commune
	}
	ctx := q.Request.Context()
	positions, err := q.s.core.Positions(ctx)
	if err != nil {
		return models.Standard{}, err
	}
	i := slices.IndexFunc(positions, func(p models.Position) bool { return p.UnitKind == kind })
	if i < 0 {
		return models.Standard{}, nil
	}
	all, err := q.s.core.Standards(ctx, q.actor, positions[i].Code, false)
	for _, s := range all {
		if s.Preferred && (models.Span{From: s.ValidFrom, To: s.ValidTo}).Contains(on) {
			return s, err
		}
	}
	return models.Standard{}, err
}

// targetOf is the share that a target asks for by a rule set, 0 when none does.
func (q *request) targetOf(std models.Standard, on models.Date) (float64, error) {
	all, err := q.s.core.Targets(q.Request.Context(), q.actor, 0, on)
	for _, p := range all {
		for _, m := range p.Target.Measures {
			if m.Standard == std.Code && m.Requirement == "" {
				return float64(p.Target.ThresholdBP) / 100, err
			}
		}
	}
	return 0, err
}
