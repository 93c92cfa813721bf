package core

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"datchuan/core/demo"
	"datchuan/core/reference"
	"datchuan/models"
)

// FirstMap is what a new installation starts with: the reference map of Quảng Bình (the 159 communes of 2013 and what became of
// them), or a province with nothing below it yet.
type FirstMap struct {
	Reference bool
	Province  string // name, when not the reference
}

// StartMap gives an installation without units its first ones and returns the root. One that has units stays as it is.
func (c *Core) StartMap(ctx context.Context, in FirstMap) (int64, error) {
	root, err := c.root(ctx)
	if err != nil || root != 0 {
		return root, err
	}
	name := models.Clean(in.Province)
	switch {
	case in.Reference:
		err = c.Populate(ctx, reference.QuangBinhUnits(), demo.World{})
	case name == "" || len([]rune(name)) > 160:
		err = models.Fail(models.Invalid, "unit.name_bad", "province")
	default:
		err = c.transact(ctx, operator(), func(tx *Tx) error { return tx.plantProvince(name) })
	}
	if err != nil && !errors.Is(err, gorm.ErrDuplicatedKey) { // somebody else was faster: hers stand
		return 0, err
	}
	c.trees.drop()
	return c.root(ctx)
}

// root is the unit above all others today, 0 without units.
func (c *Core) root(ctx context.Context) (int64, error) {
	tree, err := c.Tree(ctx)
	if err != nil {
		return 0, err
	}
	roots := tree.Roots(c.Today(ctx))
	if len(roots) == 0 {
		return 0, nil
	}
	return roots[0].UnitID, nil
}

func (tx *Tx) plantProvince(name string) error {
	u := models.Unit{Code: "tinh", Version: 1}
	if err := tx.Create(&u).Error; err != nil {
		return err
	}
	span := models.UnitSpan{UnitID: u.ID, Kind: models.Province, Style: "tỉnh", Name: name, Search: models.Fold(name), Path: models.PathStep(u.ID),
		From: models.Beginning, To: models.Forever}
	if err := tx.Create(&span).Error; err != nil {
		return err
	}
	return tx.audit("unit.create", "unit", u.ID, change{After: span})
}
