package core

import (
	"context"
	"testing"

	"datchuan/models"
)

// world is a small hand-made province: two districts, three communes, and helpers to put people into it.
type world struct {
	t       testing.TB
	c       *Core
	officer models.Actor // of the province
	unit    map[string]int64
	path    map[string]string
}

func newWorld(t testing.TB, c *Core) *world {
	t.Helper()
	w := &world{t: t, c: c, unit: map[string]int64{}, path: map[string]string{}}
	if err := c.SeedReference(context.Background()); err != nil {
		t.Fatal(err)
	}
	w.addUnit("", "QB", models.Province, "tỉnh", "Quảng Bình", 1)
	w.addUnit("QB", "LT", models.District, "huyện", "Lệ Thủy", 1)
	w.addUnit("QB", "MH", models.District, "huyện", "Minh Hóa", 2)
	w.addUnit("LT", "MT", models.Commune, "xã", "Mỹ Thủy", 1)
	w.addUnit("LT", "PT", models.Commune, "xã", "Phong Thủy", 2)
	w.addUnit("MH", "DH", models.Commune, "xã", "Dân Hóa", 1)
	w.officer = w.actor("QB", models.ProvinceOfficer)
	return w
}

func (w *world) do(fn func(tx *Tx) error) {
	w.t.Helper()
	if err := w.c.transact(context.Background(), models.Actor{AccountID: -1, Login: "test"}, fn); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) addUnit(parent, code string, kind models.UnitKind, style, name string, ordinal int) int64 {
	w.t.Helper()
	w.do(func(tx *Tx) error {
		u := models.Unit{Code: code, Version: 1}
		if err := tx.Create(&u).Error; err != nil {
			return err
		}
		w.unit[code], w.path[code] = u.ID, w.path[parent]+models.PathStep(u.ID)
		if err := tx.audit("unit.create", "unit", u.ID, nil); err != nil {
			return err
		}
		return tx.Create(&models.UnitSpan{UnitID: u.ID, ParentID: w.unit[parent], Kind: kind, Style: style, Name: name, Search: models.Fold(name),
			Ordinal: ordinal, Path: w.path[code], From: models.NewDate(1990, 1, 1), To: models.Forever}).Error
	})
	return w.unit[code]
}

func (w *world) actor(unit string, role models.Role) models.Actor {
	return models.Actor{AccountID: 7, Login: "officer", Role: role, UnitID: w.unit[unit], Path: w.path[unit], Language: models.Vi}
}

// person adds a cadre with one post held since 2011-05-01.
func (w *world) person(name, position, unit string, facts ...any) int64 {
	w.t.Helper()
	var id int64
	w.do(func(tx *Tx) error {
		c := models.Cadre{Name: name, Search: models.Fold(name), SortKey: models.NameSortKey(name), Birth: 19750000, Sex: models.Female,
			UnitID: w.unit[unit], Path: w.path[unit], State: models.Active, Version: 1, CreatedAt: tx.at, UpdatedAt: tx.at}
		if err := tx.Create(&c).Error; err != nil {
			return err
		}
		id = c.ID
		held := []any{&models.Holding{Position: position, UnitID: w.unit[unit], From: models.NewDate(2011, 5, 1), To: models.Forever, Term: "2011-2016"}}
		for _, f := range append(held, facts...) {
			if err := w.addFact(tx, id, f); err != nil {
				return err
			}
		}
		return tx.restand(id)
	})
	return id
}

// addFact writes a fact as its use case would: current, recorded now.
func (w *world) addFact(tx *Tx, cadre int64, fact any) error {
	id, err := tx.facts(1)
	if err != nil {
		return err
	}
	rec := models.Recorded{FactID: id, RecordedAt: tx.at, SupersededAt: models.Never}
	switch f := fact.(type) {
	case *models.Holding:
		f.CadreID, f.Recorded = cadre, rec
	case *models.Qualification:
		f.CadreID, f.Recorded = cadre, rec
		if f.Review == "" {
			f.Review = models.Declared
		}
	case *models.Study:
		f.CadreID, f.Recorded = cadre, rec
	case *models.Succession:
		f.CadreID, f.Recorded = cadre, rec
	}
	return tx.Create(fact).Error
}

func level(kind models.QualKind, level int) *models.Qualification {
	return &models.Qualification{Kind: kind, Level: level, Earned: models.Beginning, From: models.Beginning, To: models.Forever}
}

func levelFrom(kind models.QualKind, level int, from models.Date) *models.Qualification {
	return &models.Qualification{Kind: kind, Level: level, Earned: from, From: from, To: models.Forever}
}

func training(days int, giver models.Giver, on models.Date) *models.Qualification {
	return &models.Qualification{Kind: models.HoiTraining, Level: models.Attended, Days: days, Giver: giver, Earned: on, From: on, To: models.Forever}
}

func studying(kind models.QualKind, level int, from, to models.Date) *models.Study {
	return &models.Study{Kind: kind, Level: level, Course: "Trung cấp công tác xã hội", From: from, To: to}
}

// standings of a cadre against a standard, in time.
func (w *world) standings(cadre int64, code string) []models.Standing {
	w.t.Helper()
	var out []models.Standing
	err := w.c.read.Where("cadre_id = ? AND standard_id = (SELECT id FROM standards WHERE code = ? AND retired = ?)", cadre, code, false).
		Order("valid_from, holding_id").Find(&out).Error
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}
