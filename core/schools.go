package core

import (
	"context"

	"gorm.io/gorm"

	"datchuan/models"
)

// Schools lists the partner schools by code, those in use first; a school officer finds her own.
func (c *Core) Schools(ctx context.Context, actor models.Actor) ([]models.School, error) {
	if err := allow(actor, models.CoursesRead); err != nil {
		return nil, err
	}
	var out []models.School
	err := ofSchool(c.read.WithContext(ctx), actor, "code").Order("retired, code").Find(&out).Error
	return out, err
}

// School is one school that the actor may see.
func (c *Core) School(ctx context.Context, actor models.Actor, code string) (models.School, error) {
	if err := allow(actor, models.CoursesRead); err != nil {
		return models.School{}, err
	}
	return rowWith[models.School](ofSchool(c.read.WithContext(ctx), actor, "code"), "school", "code", code)
}

// SaveSchool adds a school (ID 0) or changes one; Version must be the one that the editor saw. The end of
// its agreement is the end of access for its accounts.
func (c *Core) SaveSchool(ctx context.Context, actor models.Actor, in models.School) (models.School, error) {
	err := c.change(ctx, actor, models.CoursesWrite, func(tx *Tx) error {
		note, err := saveRow(tx, schoolEntry, &in, readySchool)
		if err != nil {
			return err
		}
		return tx.audit("school.save", "school", in.ID, note)
	})
	return orNone(in, err)
}

// RetireSchool ends the work with a school and the access of its accounts, or takes both up again.
func (c *Core) RetireSchool(ctx context.Context, actor models.Actor, code string, version int64, retired bool) (models.School, error) {
	var out models.School
	err := c.change(ctx, actor, models.CoursesWrite, func(tx *Tx) error {
		row, note, err := retireRow(tx, schoolEntry, "code", code, version, retired)
		if err != nil {
			return err
		}
		out = row
		return tx.audit("school.retire", "school", row.ID, note)
	})
	return orNone(out, err)
}

func schoolEntry(row *models.School) entry {
	return entry{"school", &row.ID, &row.Version, &row.Code, &row.Retired}
}

func readySchool(in *models.School) error {
	tidy(&in.Code, &in.Name, &in.Parent, &in.Town, &in.SignerPost, &in.Signer, &in.Phone, &in.Agreement, &in.Note)
	return in.Check()
}

// schoolOpen tells whether the accounts of a school have access on a date; an unknown school has none.
func schoolOpen(db *gorm.DB, code string, on models.Date) (bool, error) {
	school, err := rowWith[models.School](db, "school", "code", code)
	if models.KindOf(err) == models.NotFound {
		return false, nil
	}
	return err == nil && school.Open(on), err
}
