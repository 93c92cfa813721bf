package web

import (
	"datchuan/models"
)

func (s *server) targetRoutes() {
	s.get("/targets", models.GapsRead, s.targets)
	s.get("/targets/new", models.TargetsWrite, s.newTarget)
	s.post("/targets", models.TargetsWrite, s.createTarget)
	s.get("/targets/:id", models.GapsRead, s.target)
	s.get("/targets/:id/edit", models.TargetsWrite, s.editTarget)
	s.post("/targets/:id", models.TargetsWrite, s.updateTarget)
}

func (s *server) targets(q *request) error {
	unit, on := q.number("unit_id"), q.day("as_of")
	v := &TargetsPage{Page: q.base("nav.targets"), MayEdit: q.actor.May(models.TargetsWrite)}
	v.Fail(q.findings())
	units, err := q.unitMenu(unit, on)
	if err != nil {
		return err
	}
	v.Unit, v.AsOf = q.menu("unit_id", v.T("gaps.unit"), units), q.date("as_of", v.T("gaps.as_of"), on)
	if err := q.findings(); err != nil {
		return q.again(err, "targets", v)
	}
	progress, err := s.core.Targets(q.Request.Context(), q.actor, unit, on)
	if err != nil {
		return err
	}
	names, err := q.ruleNames()
	for _, x := range progress {
		v.Date = x.AsOf.VN()
		v.Rows = append(v.Rows, v.targetRow(x, names, unit, on))
	}
	if err != nil {
		return err
	}
	return q.show("targets", v)
}

func (v *TargetsPage) targetRow(x models.Progress, names ruleNames, unit int64, on models.Date) TargetRow {
	row := TargetRow{ID: x.Target.ID, Name: x.Target.Name, Position: names.posts(x.Target), Standard: names.rules(&v.Page, x.Target), Due: x.Target.Due.VN(), Goal: v.threshold(x.Target),
		Met: x.Counted, Base: x.Total, InHand: x.Met, WithStudying: x.Met + x.Studying, People: x.People, Need: x.StillNeed, Bar: bar(x.Counted, x.Total, float64(x.Target.ThresholdBP)/100),
		Reached: x.Total > 0 && x.StillNeed == 0, Href: targetHref(x.Target.ID, unit, on)}
	if v.MayEdit {
		row.Edit = targetHref(x.Target.ID, 0, 0) + "/edit"
	}
	return row
}

// targetProgress is one target in a unit on a date, as the address asks.
func (q *request) targetProgress() (x models.Progress, unit int64, on models.Date, err error) {
	id, err := q.id("id")
	if err != nil {
		return x, 0, 0, err
	}
	unit, on = q.number("unit_id"), q.day("as_of")
	if err := q.findings(); err != nil {
		return x, 0, 0, err
	}
	all, err := q.s.core.Targets(q.Request.Context(), q.actor, unit, on)
	for _, x := range all {
		if x.Target.ID == id {
			return x, unit, on, nil
		}
	}
	if err == nil {
		err = models.Fail(models.NotFound, "not_found", "")
	}
	return x, 0, 0, err
}

func (s *server) target(q *request) error {
	x, unit, on, err := q.targetProgress()
	if err != nil {
		return err
	}
	names, err := q.ruleNames()
	if err != nil {
		return err
	}
	v := &TargetPage{Page: q.base("nav.targets", Crumb{word(q.lang, "nav.targets"), "/targets"}), Target: float64(x.Target.ThresholdBP) / 100,
		Basis: x.Target.Basis, Note: x.Target.Note, Unit: q.unitCalled(models.GapFilter{UnitID: unit, AsOf: on}), Counting: x.Target.StudyingCounts}
	v.Title = x.Target.Name
	v.Card = v.targetCard(x, names, unit, on != 0)
	if q.actor.May(models.TargetsWrite) {
		v.Edit = targetHref(x.Target.ID, 0, 0) + "/edit"
	}
	units, err := q.unitMenu(unit, on)
	if err != nil {
		return err
	}
	v.Filter = []Field{q.menu("unit_id", v.T("gaps.unit"), units), q.date("as_of", v.T("gaps.as_of"), on)}
	if v.Chart, err = q.course(&v.Page, x.Target, unit, x.AsOf); err != nil {
		return err
	}
	if err := q.fillTargetTotals(v, x, names, unit, on); err != nil {
		return err
	}
	return q.show("target", v)
}

// fillTargetTotals cuts the target by the units below; a unit leads to the same page about it.
func (q *request) fillTargetTotals(v *TargetPage, x models.Progress, names ruleNames, unit int64, on models.Date) error {
	lines, kind, err := q.targetTotals(x.Target, names, unit, on)
	if err != nil {
		return err
	}
	for _, t := range lines {
		f := names.filter(x.Target, x.Target.Measures[0], t.UnitID, on)
		line := v.total(f, t, nil, x)
		if len(x.Target.Measures) > 1 {
			line.People = TotalLinks{}
		}
		if line.Href = targetHref(x.Target.ID, t.UnitID, on); kind == models.Commune || kind == models.Branch || kind == models.Group {
			line.Href = line.People.Base
		}
		v.Totals = append(v.Totals, line)
	}
	return nil
}
