package core

import (
	"context"

	"datchuan/models"
)

// GapTarget is how far the filter's unit is from the target that its rule set and requirement serve; ok is false when no
// target does, or when the list has several rule sets. Counts are of everybody in the unit: other filters do not move it.
func (c *Core) GapTarget(ctx context.Context, actor models.Actor, f models.GapFilter) (p models.Progress, ok bool, err error) {
	ask, err := c.ask(ctx, actor, f)
	if err != nil || len(ask.standards) != 1 {
		return p, false, err
	}
	p.AsOf = ask.filter.AsOf
	if p.Target, ok, err = ask.targetOf(0); err != nil || !ok {
		return p, ok, err
	}
	groups, err := ask.whole(0).groups(0)
	if err != nil {
		return p, false, err
	}
	var total models.UnitTotal
	for _, g := range groups {
		total.Count(g.status, g.n)
	}
	p.Count(total)
	return p, true, nil
}

// whole is everybody in the filter's unit by one rule set, nearest first: what a target counts.
func (a *gapAsk) whole(i int) *gapAsk {
	base := *a
	base.filter = models.GapFilter{UnitID: a.filter.UnitID, Requirement: a.filter.Requirement, AsOf: a.filter.AsOf, Map: a.filter.Map, Nearest: true}
	base.standards, base.mark, base.areas = a.standards[i:i+1], a.mark[i:i+1], land{}
	return &base
}

// targetOf is the first target that measures the rule set and the requirement of the filter.
func (a *gapAsk) targetOf(i int) (models.Target, bool, error) {
	var all []models.Target
	if err := a.core.read.WithContext(a.ctx).Order("ordinal, code").Find(&all).Error; err != nil {
		return models.Target{}, false, err
	}
	for _, t := range all {
		for _, m := range t.Measures {
			if m.Position == a.standards[i].Position && m.Standard == a.standards[i].Code && m.Requirement == a.filter.Requirement {
				return t, true, nil
			}
		}
	}
	return models.Target{}, false, nil
}
