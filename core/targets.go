package core

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"datchuan/models"
)

// Targets says how far a unit (0 = the actor's own) is from each target on a date. A date after the due one still
// answers. Counts are holdings; People are distinct cadres among them.
func (c *Core) Targets(ctx context.Context, actor models.Actor, unitID int64, on models.Date) ([]models.Progress, error) {
	if err := allow(actor, models.GapsRead); err != nil {
		return nil, err
	}
	if on == 0 {
		on = c.Today(ctx)
	}
	v, err := c.viewer(ctx, actor, on, 0)
	if err != nil {
		return nil, err
	}
	l, err := v.unit(unitID)
	if err != nil {
		return nil, err
	}
	var all []models.Target
	if err := c.read.WithContext(ctx).Order("ordinal, code").Find(&all).Error; err != nil {
		return nil, err
	}
	out := make([]models.Progress, len(all))
	for i, t := range all {
		p, err := c.progress(ctx, t, []datedLand{{on, l}})
		if err != nil {
			return nil, err
		}
		out[i] = p[0]
		if out[i].People, err = c.peopleOf(ctx, t, on, l); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// TargetSeries is one target over dates, for a chart; People is left out. Where the unit did not exist yet, and no unit
// became it, the figures are zero.
func (c *Core) TargetSeries(ctx context.Context, actor models.Actor, code string, unitID int64, dates []models.Date) ([]models.Progress, error) {
	if err := allow(actor, models.GapsRead); err != nil {
		return nil, err
	}
	var t models.Target
	if err := c.read.WithContext(ctx).Where("code = ?", code).Take(&t).Error; err != nil {
		return nil, lookup(err, "target")
	}
	var when []datedLand
	seen := len(dates) == 0
	for _, on := range dates {
		v, err := c.viewer(ctx, actor, on, 0)
		if err != nil {
			return nil, err
		}
		l, err := v.unit(unitID)
		if models.KindOf(err) == models.NotFound {
			l = land{}
		} else if err != nil {
			return nil, err
		} else {
			seen = true
		}
		when = append(when, datedLand{on, l})
	}
	if !seen {
		return nil, models.Fail(models.NotFound, "not_found", "unit_id", "object", "unit")
	}
	return c.progress(ctx, t, when)
}

// datedLand is where to count on one date.
type datedLand struct {
	on   models.Date
	land land
}

// progress counts one target on several dates: one query per measure for all dates that share their land.
func (c *Core) progress(ctx context.Context, t models.Target, when []datedLand) ([]models.Progress, error) {
	out := make([]models.Progress, len(when))
	for i, w := range when {
		out[i] = models.Progress{Target: t, AsOf: w.on}
	}
	for _, m := range t.Measures {
		s, at, err := measured(c.read.WithContext(ctx), m)
		if err != nil {
			return nil, err
		}
		if err := c.countMeasure(ctx, s.ID, at, when, out); err != nil {
			return nil, err
		}
	}
	for i := range out {
		out[i].Finish()
	}
	return out, nil
}

// measured is the rule set of a measure and the place of its requirement in the marks, -1 for the whole.
func measured(db *gorm.DB, m models.TargetMeasure) (models.Standard, int, error) {
	s, err := standard(db, m.Standard, 0)
	if err != nil {
		return s, -1, err
	}
	_, at := s.Requirement(m.Requirement)
	if m.Requirement != "" && at < 0 {
		return s, -1, models.Fail(models.Invalid, "gap.requirement_unknown", "measures")
	}
	return s, at, nil
}

func (c *Core) countMeasure(ctx context.Context, standardID int64, at int, when []datedLand, out []models.Progress) error {
	done := make([]bool, len(when))
	for i := range when {
		if done[i] {
			continue
		}
		var same []int
		for j := i; j < len(when); j++ {
			if !done[j] && slices.Equal(when[j].land.prefixes, when[i].land.prefixes) && slices.Equal(when[j].land.exact, when[i].land.exact) {
				done[j], same = true, append(same, j)
			}
		}
		if err := c.countStretches(ctx, standardID, at, when, same, out); err != nil {
			return err
		}
	}
	return nil
}

func (c *Core) countStretches(ctx context.Context, standardID int64, at int, when []datedLand, same []int, out []models.Progress) error {
	first, last := when[same[0]].on, when[same[0]].on
	for _, i := range same {
		first, last = min(first, when[i].on), max(last, when[i].on)
	}
	column := "overall"
	if at >= 0 {
		column = fmt.Sprintf("substr(marks, %d, 1)", at+1)
	}
	cond, args := c.where(when[same[0]].land, "path")
	// stretches outside the dates are not read; those around all of them are one group per status
	query := "SELECT CASE WHEN valid_from <= ? THEN ? ELSE valid_from END, CASE WHEN valid_to > ? THEN ? ELSE valid_to END, " + column +
		", COUNT(*) FROM standings WHERE standard_id = ? AND valid_from <= ? AND valid_to > ? AND " + cond + " GROUP BY 1, 2, 3"
	args = append([]any{first, first, last, models.Forever, standardID, last, first}, args...)
	return scan(c.read.WithContext(ctx), query, args, func(rows *sql.Rows) error {
		var span models.Span
		var st models.Status
		var n int
		if err := rows.Scan(&span.From, &span.To, &st, &n); err != nil {
			return err
		}
		for _, i := range same {
			if !span.Contains(when[i].on) {
				continue
			}
			var t models.UnitTotal
			t.Count(st, n)
			out[i].Total += t.Total
			out[i].Met += t.Met
			out[i].Studying += t.Studying
			out[i].Missing += t.Missing
			out[i].Unknown += t.Unknown
		}
		return nil
	})
}

// peopleOf counts the distinct cadres among the holdings of a target.
func (c *Core) peopleOf(ctx context.Context, t models.Target, on models.Date, l land) (int, error) {
	var ids []int64
	for _, m := range t.Measures {
		s, _, err := measured(c.read.WithContext(ctx), m)
		if err != nil {
			return 0, err
		}
		ids = append(ids, s.ID)
	}
	cond, args := c.where(l, "path")
	var n int
	err := c.read.WithContext(ctx).Raw("SELECT COUNT(DISTINCT cadre_id) FROM standings WHERE standard_id IN ? AND valid_from <= ? AND valid_to > ? AND "+cond,
		append([]any{ids, on, on}, args...)...).Scan(&n).Error
	return n, err
}

// SaveTarget adds a target (ID 0) or changes one; Version must be the one that the editor saw.
func (c *Core) SaveTarget(ctx context.Context, actor models.Actor, t models.Target) (models.Target, error) {
	err := c.change(ctx, actor, models.TargetsWrite, func(tx *Tx) error {
		t.Name, t.Basis, t.Note = models.Clean(t.Name), models.Clean(t.Basis), models.Clean(t.Note)
		if err := tx.checkTarget(t); err != nil {
			return err
		}
		if t.ID == 0 {
			t.Version = 1
			if err := tx.Create(&t).Error; err != nil {
				return targetTaken(err, t.Code)
			}
			return tx.audit("target.create", "target", t.ID, change{After: t})
		}
		var old models.Target
		if err := tx.Where("id = ?", t.ID).Take(&old).Error; err != nil {
			return lookup(err, "target")
		}
		if err := checkVersion(t.Version, old.Version); err != nil {
			return err
		}
		t.Version++
		done := tx.Model(&models.Target{}).Where("id = ? AND version = ?", t.ID, old.Version).Select("*").Omit("id").Updates(&t)
		if done.Error != nil {
			return targetTaken(done.Error, t.Code)
		}
		if done.RowsAffected == 0 { // somebody was faster
			return models.Fail(models.Stale, "edit.stale", "")
		}
		return tx.audit("target.update", "target", t.ID, change{Before: old, After: t})
	})
	return t, err
}

func (tx *Tx) checkTarget(t models.Target) error {
	if err := t.Check(); err != nil {
		return err
	}
	for i, m := range t.Measures {
		if slices.ContainsFunc(t.Measures[:i], func(o models.TargetMeasure) bool { return o.Position == m.Position }) {
			return models.Fail(models.Invalid, "target.position_twice", "measures", "position", m.Position)
		}
		s, _, err := measured(tx.DB, m)
		if models.KindOf(err) != "" || err == nil && s.Position != m.Position {
			return models.Fail(models.Invalid, "target.measure_bad", "measures", "standard", m.Standard)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func targetTaken(err error, code string) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Fail(models.Conflict, "target.code_taken", "code", "code", code)
	}
	return err
}
