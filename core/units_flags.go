package core

import (
	"context"
	"slices"

	"datchuan/models"
)

// SetUnitFlag records that a unit has an area property from a date on (To 0 = open). Overlaps with the same flag are refused.
func (c *Core) SetUnitFlag(ctx context.Context, actor models.Actor, unitID int64, f models.UnitFlag) error {
	return c.changeRules(ctx, actor, models.UnitsWrite, func(tx *Tx) error {
		tree, err := tx.tree()
		if err != nil {
			return err
		}
		if err := tree.visible(actor, unitID, tx.today()); err != nil {
			return err
		}
		f.ID, f.UnitID, f.Basis = 0, unitID, models.Clean(f.Basis)
		if f.From == 0 {
			f.From = models.Beginning
		}
		if f.To == 0 {
			f.To = models.Forever
		}
		if err := checkFlag(f, tree.Flags(unitID)); err != nil {
			return err
		}
		if err := tx.Create(&f).Error; err != nil {
			return err
		}
		if err := tx.audit("unit.flag", "unit", unitID, change{After: f}); err != nil {
			return err
		}
		return tx.restandUnits(unitID)
	})
}

func checkFlag(f models.UnitFlag, others []models.UnitFlag) error {
	var errs models.Errors
	if !slices.Contains(models.AreaFlags, f.Flag) {
		errs = append(errs, models.Fail(models.Invalid, "unit.flag_bad", "flag"))
	}
	if !slices.Contains([]models.Certainty{models.Sourced, models.Derived, models.Known, models.Uncertain}, f.Certainty) {
		errs = append(errs, models.Fail(models.Invalid, "unit.certainty_bad", "certainty"))
	}
	if !f.From.Valid() || f.From >= f.To {
		errs = append(errs, models.Fail(models.Invalid, "fact.dates_order", "to"))
	}
	if f.Basis == "" || len([]rune(f.Basis)) > 200 {
		errs = append(errs, models.Fail(models.Invalid, "unit.basis_required", "basis"))
	}
	for _, o := range others {
		if o.Flag == f.Flag && (models.Span{From: o.From, To: o.To}).Overlaps(models.Span{From: f.From, To: f.To}) {
			errs = append(errs, models.Fail(models.Conflict, "unit.flag_overlaps", "from"))
			break
		}
	}
	return errs.OrNil()
}

// EndUnitFlag closes a flag on a date; closing it on its first day takes it back altogether.
func (c *Core) EndUnitFlag(ctx context.Context, actor models.Actor, flagID int64, to models.Date) error {
	return c.changeRules(ctx, actor, models.UnitsWrite, func(tx *Tx) error {
		var f models.UnitFlag
		if err := lookup(tx.Where("id = ?", flagID).Take(&f).Error, "flag"); err != nil {
			return err
		}
		tree, err := tx.tree()
		if err != nil {
			return err
		}
		if !tree.inScope(f.UnitID, actor.Path, tx.today()) {
			return models.Fail(models.NotFound, "not_found", "", "object", "flag")
		}
		if !to.Valid() || to < f.From || to > f.To {
			return models.Fail(models.Invalid, "fact.dates_order", "to")
		}
		after := f
		after.To = to
		if to == f.From {
			err = tx.Where("id = ?", f.ID).Delete(&models.UnitFlag{}).Error
		} else {
			err = tx.Model(&models.UnitFlag{}).Where("id = ?", f.ID).UpdateColumn("valid_to", to).Error
		}
		if err != nil {
			return err
		}
		if err := tx.audit("unit.flag_end", "unit", f.UnitID, change{Before: f, After: after}); err != nil {
			return err
		}
		return tx.restandUnits(f.UnitID)
	})
}
