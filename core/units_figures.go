package core

import (
	"context"
	"slices"

	"datchuan/models"
)

// largestFigure is more than any unit can report; a fund is counted in đồng.
const largestFigure = 1_000_000_000_000

// RecordFigure writes down what a unit reports of itself on a day. Nothing is overwritten: a second figure of the same key
// and day corrects the first, which stays readable.
func (c *Core) RecordFigure(ctx context.Context, actor models.Actor, unitID int64, f models.UnitFigure) (models.UnitFigure, error) {
	err := c.change(ctx, actor, models.FiguresWrite, func(tx *Tx) error {
		tree, err := tx.tree()
		if err != nil {
			return err
		}
		if err := tree.visible(actor, unitID, tx.today()); err != nil {
			return err
		}
		f.ID, f.UnitID, f.RecordedAt, f.Source = 0, unitID, tx.at, models.Clean(f.Source)
		if err := tx.checkFigure(tree, f); err != nil {
			return err
		}
		if err := tx.Create(&f).Error; err != nil {
			return err
		}
		return tx.audit("unit.figure", "unit", unitID, change{After: f})
	})
	if err != nil {
		return models.UnitFigure{}, err
	}
	return f, nil
}

func (tx *Tx) checkFigure(tree *Tree, f models.UnitFigure) error {
	var errs models.Errors
	if !slices.Contains(models.FigureKeys, f.Key) {
		errs = append(errs, models.Fail(models.Invalid, "figure.key_bad", "key"))
	}
	switch span, stood := tree.At(f.UnitID, f.Date); {
	case !f.Date.Valid() || f.Date > tx.today():
		errs = append(errs, models.Fail(models.Invalid, "figure.date_bad", "date"))
	case !stood:
		span, _ = tree.Nearest(f.UnitID, f.Date)
		errs = append(errs, models.Fail(models.Conflict, "unit.not_then", "date", "name", span.FullName(), "date", f.Date.VN()))
	}
	if f.Value < 0 || f.Value > largestFigure {
		errs = append(errs, models.Fail(models.Invalid, "figure.value_bad", "value"))
	}
	if n := len([]rune(f.Source)); n == 0 || n > 200 {
		errs = append(errs, models.Fail(models.Invalid, "figure.source_required", "source"))
	}
	return errs.OrNil()
}
