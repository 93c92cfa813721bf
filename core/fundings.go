package core

import (
	"cmp"
	"context"
	"slices"

	"gorm.io/gorm"

	"datchuan/models"
)

// Fundings lists the sources of money with their yearly budgets, those in use first. They are no business of a school.
func (c *Core) Fundings(ctx context.Context, actor models.Actor) ([]models.Funding, error) {
	if err := allow(actor, models.CoursesRead); err != nil {
		return nil, err
	}
	var out []models.Funding
	err := fundingsFor(c.read.WithContext(ctx), actor).Order("retired, code").Find(&out).Error
	return out, err
}

// Funding is one source of money.
func (c *Core) Funding(ctx context.Context, actor models.Actor, code string) (models.Funding, error) {
	if err := allow(actor, models.CoursesRead); err != nil {
		return models.Funding{}, err
	}
	return rowWith[models.Funding](fundingsFor(c.read.WithContext(ctx), actor), "funding", "code", code)
}

func fundingsFor(db *gorm.DB, actor models.Actor) *gorm.DB {
	if actor.Role == models.SchoolOfficer {
		return db.Where("1 = 0")
	}
	return db
}

// SaveFunding adds a source of money (ID 0) or changes one; Version must be the one that the editor saw.
func (c *Core) SaveFunding(ctx context.Context, actor models.Actor, in models.Funding) (models.Funding, error) {
	err := c.change(ctx, actor, models.CoursesWrite, func(tx *Tx) error {
		note, err := saveRow(tx, fundingEntry, &in, readyFunding)
		if err != nil {
			return err
		}
		return tx.audit("funding.save", "funding", in.ID, note)
	})
	return orNone(in, err)
}

// RetireFunding takes a source of money out of use, or back into it.
func (c *Core) RetireFunding(ctx context.Context, actor models.Actor, code string, version int64, retired bool) (models.Funding, error) {
	var out models.Funding
	err := c.change(ctx, actor, models.CoursesWrite, func(tx *Tx) error {
		row, note, err := retireRow(tx, fundingEntry, "code", code, version, retired)
		if err != nil {
			return err
		}
		out = row
		return tx.audit("funding.retire", "funding", row.ID, note)
	})
	return orNone(out, err)
}

func fundingEntry(row *models.Funding) entry {
	return entry{"funding", &row.ID, &row.Version, &row.Code, &row.Retired}
}

func readyFunding(in *models.Funding) error {
	tidy(&in.Code, &in.Name, &in.Note)
	in.Budgets = listed(in.Budgets)
	slices.SortStableFunc(in.Budgets, func(a, b models.Budget) int { return cmp.Compare(a.Year, b.Year) })
	return in.Check()
}
