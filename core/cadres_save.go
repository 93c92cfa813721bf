package core

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datchuan/models"
)

// scopedCadre is a record in the actor's scope, of whatever state; everything else is not found.
func (tx *Tx) scopedCadre(id int64) (models.Cadre, error) {
	var c models.Cadre
	err := under(tx.Where("id = ?", id), "path", tx.actor.Path).Take(&c).Error
	return c, lookup(err, "cadre")
}

// activeCadre is a record in scope that may still be changed. Its row is locked: whoever changes facts of a record and
// whoever merges it wait for each other.
func (tx *Tx) activeCadre(id int64) (models.Cadre, error) {
	var c models.Cadre
	err := lookup(under(tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id), "path", tx.actor.Path).Take(&c).Error, "cadre")
	if err == nil && c.State != models.Active {
		err = models.Fail(models.Conflict, "cadre.not_active", "")
	}
	return c, err
}

// CreateCadre adds a person, with a first post when given.
func (c *Core) CreateCadre(ctx context.Context, actor models.Actor, in CadreInput, first *models.Holding) (models.Cadre, error) {
	var cadre models.Cadre
	tree, err := c.Tree(ctx)
	if err != nil {
		return cadre, err
	}
	err = c.changeFacts(ctx, actor, models.CadresWrite, func(tx *Tx) error {
		cadre = models.Cadre{State: models.Active, Version: 1, CreatedAt: tx.at, UpdatedAt: tx.at}
		if in.Identity == "-" {
			in.Identity = ""
		}
		if err := tx.fillCadre(tree, &cadre, in); err != nil {
			return err
		}
		if err := identityTaken(tx.Create(&cadre).Error); err != nil {
			return err
		}
		if err := tx.audit("cadre.create", "cadre", cadre.ID, change{After: auditFields(models.Cadre{}, cadre)}); err != nil {
			return err
		}
		if first != nil {
			h := *first
			h.CadreID, h.Recorded = cadre.ID, models.Recorded{}
			if err := tx.readyHolding(tree, &h, false); err != nil {
				return err
			}
			if _, err := saveFact(tx, holdingFact(&h)); err != nil {
				return err
			}
			if err := tx.audit("holding.add", "cadre", cadre.ID, change{After: h}); err != nil {
				return err
			}
		}
		return tx.restand(cadre.ID)
	})
	if err != nil {
		return models.Cadre{}, err
	}
	return restrict(actor, cadre), nil
}

// UpdateCadre changes a person when the version is still the one that the editor saw; else the error is Stale.
func (c *Core) UpdateCadre(ctx context.Context, actor models.Actor, id, version int64, in CadreInput) (models.Cadre, error) {
	var cadre models.Cadre
	tree, err := c.Tree(ctx)
	if err != nil {
		return cadre, err
	}
	err = c.changeFacts(ctx, actor, models.CadresWrite, func(tx *Tx) error {
		before, err := tx.activeCadre(id)
		if err != nil {
			return err
		}
		if err := checkVersion(version, before.Version); err != nil {
			return err
		}
		cadre = before
		if err := tx.fillCadre(tree, &cadre, in); err != nil {
			return err
		}
		if err := tx.storeCadre(&cadre, version); err != nil {
			return err
		}
		was, is := auditFields(cadre, before), auditFields(before, cadre)
		if err := tx.audit("cadre.change", "cadre", id, change{Before: was, After: is}); err != nil {
			return err
		}
		return tx.restand(id)
	})
	if err != nil {
		return models.Cadre{}, err
	}
	return restrict(actor, cadre), nil
}

// storeCadre writes all columns of a record under its version and moves the version on.
func (tx *Tx) storeCadre(cadre *models.Cadre, version int64) error {
	cadre.Version, cadre.UpdatedAt = version+1, tx.at
	res := tx.Model(&models.Cadre{}).Where("id = ? AND version = ?", cadre.ID, version).Select("*").Omit("id", "created_at").Updates(cadre)
	if res.Error != nil {
		return identityTaken(res.Error)
	}
	if res.RowsAffected == 0 {
		return models.Fail(models.Stale, "edit.stale", "")
	}
	return nil
}

// identityTaken names the one unique value of a record.
func identityTaken(err error) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Fail(models.Conflict, "cadre.identity_taken", "identity")
	}
	return err
}

// fillCadre checks the input and lays it over a record.
func (tx *Tx) fillCadre(tree *Tree, cadre *models.Cadre, in CadreInput) error {
	in.clean()
	today := tx.today()
	errs := in.check(today)
	home, ok := tree.Standing(in.UnitID, today)
	if !ok || !tree.inScope(in.UnitID, tx.actor.Path, today) {
		errs = append(errs, models.Fail(models.Invalid, "cadre.unit_unknown", "unit_id"))
	}
	if len(errs) > 0 {
		return errs
	}
	phone, _ := NormalPhone(in.Phone, today)
	cadre.Name, cadre.Search, cadre.SortKey = in.Name, models.Fold(in.Name), models.NameSortKey(in.Name)
	cadre.OtherName, cadre.Birth, cadre.Sex, cadre.Joined = in.OtherName, in.Birth, in.Sex, in.Joined
	cadre.Hometown, cadre.Residence, cadre.Note = in.Hometown, in.Residence, in.Note
	if in.Phone != cadre.Phone { // a form that shows the mended number keeps what was typed first
		cadre.Phone, cadre.PhoneRaw = phone, ""
		if in.Phone != phone {
			cadre.PhoneRaw = in.Phone
		}
	}
	cadre.UnitID, cadre.Path = in.UnitID, home.Path
	if tx.actor.May(models.CadresSensitive) {
		cadre.Ethnicity, cadre.Religion, cadre.Party, cadre.PartyDate = in.Ethnicity, in.Religion, in.Party, in.PartyDate
	}
	switch in.Identity {
	case "":
	case "-":
		cadre.IdentityEnc, cadre.IdentityKey, cadre.IdentityEnd = nil, "", ""
	default:
		var err error
		cadre.IdentityEnc, cadre.IdentityKey, cadre.IdentityEnd, err = tx.core.keys.sealIdentity(in.Identity)
		return err
	}
	return nil
}

// RevealIdentity is the full identity number; each reading is noted in the history of the record.
func (c *Core) RevealIdentity(ctx context.Context, actor models.Actor, id int64) (string, error) {
	number := ""
	err := c.change(ctx, actor, models.CadresIdentity, func(tx *Tx) error {
		cadre, err := tx.scopedCadre(id)
		if err != nil {
			return err
		}
		if number, err = c.keys.openIdentity(cadre.IdentityEnc); err != nil {
			return fmt.Errorf("identity of record %d can't be read with this key: %w", id, err)
		}
		return tx.audit("cadre.identity_read", "cadre", id, nil)
	})
	return number, err
}

// restrict empties the fields that the actor's role may not read.
func restrict(actor models.Actor, c models.Cadre) models.Cadre {
	if !actor.May(models.CadresSensitive) {
		c.Ethnicity, c.Religion, c.Party, c.PartyDate = "", "", models.NotKnown, 0
	}
	return c
}

// auditFields lists the fields of is that differ from was. The identity number is masked; readers of the history who may
// not see a restricted field do not get it from there either (audit.go).
func auditFields(was, is models.Cadre) map[string]string {
	out := map[string]string{}
	put := func(field, before, after string) {
		if before != after {
			out[field] = after
		}
	}
	put("name", was.Name, is.Name)
	put("other_name", was.OtherName, is.OtherName)
	put("birth", was.Birth.VN(), is.Birth.VN())
	put("sex", string(was.Sex), string(is.Sex))
	put("hometown", was.Hometown, is.Hometown)
	put("residence", was.Residence, is.Residence)
	put("joined", was.Joined.VN(), is.Joined.VN())
	put("phone", was.Phone, is.Phone)
	put("note", was.Note, is.Note)
	put("unit_id", fmt.Sprint(was.UnitID), fmt.Sprint(is.UnitID))
	put("state", string(was.State), string(is.State))
	put("identity", was.IdentityEnd, is.IdentityEnd)
	if was.IdentityEnd == is.IdentityEnd && was.IdentityKey != is.IdentityKey {
		out["identity"] = is.IdentityEnd + " *" // another number that masks alike
	}
	put("ethnicity", was.Ethnicity, is.Ethnicity)
	put("religion", was.Religion, is.Religion)
	put("party", fmt.Sprint(was.Party), fmt.Sprint(is.Party))
	put("party_date", was.PartyDate.VN(), is.PartyDate.VN())
	return out
}
