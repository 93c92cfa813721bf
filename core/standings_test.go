package core

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"datchuan/models"
)

func d(year, month, day int) models.Date { return models.NewDate(year, month, day) }

// stretches prints standings as "from..to overall marks".
func stretches(in []models.Standing) []string {
	var out []string
	for _, s := range in {
		out = append(out, fmt.Sprintf("%s..%s %s %s", s.From, s.To, s.Overall, s.Marks))
	}
	return out
}

func wantStretches(t *testing.T, got []models.Standing, want ...string) {
	t.Helper()
	if !slices.Equal(stretches(got), want) {
		t.Errorf("standings:\n got %q\nwant %q", stretches(got), want)
	}
}

// A standing is cut where the degree comes, where a study begins and ends, and nowhere else.
func TestStandingsFollowTheFacts(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		id := w.person("Nguyễn Thị Lan", "chu-tich-xa", "MT", level(models.Professional, models.NoLevel),
			studying(models.Professional, models.Intermediate, d(2012, 9, 1), d(2014, 9, 1)),
			levelFrom(models.Professional, models.Intermediate, d(2014, 10, 1)))
		wantStretches(t, w.standings(id, "ke-hoach-2013"), "2011-05-01..2012-09-01 X X", "2012-09-01..2014-09-01 S S",
			"2014-09-01..2014-10-01 X X", "2014-10-01..9999-12-31 M M")
	})
}

// Superseded and rejected facts, and records that are not active, leave no standing.
func TestStandingsUseCurrentFactsOnly(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		rejected := level(models.Professional, models.University)
		rejected.Review = models.Rejected
		id := w.person("Trần Thị Bé", "chu-tich-xa", "MT", rejected)
		wantStretches(t, w.standings(id, "ke-hoach-2013"), "2011-05-01..9999-12-31 U U")
		w.do(func(tx *Tx) error {
			if err := tx.Model(&models.Cadre{}).Where("id = ?", id).Update("state", models.Removed).Error; err != nil {
				return err
			}
			return tx.restand(id)
		})
		wantStretches(t, w.standings(id, "ke-hoach-2013"))
	})
}

// When the unit moves, the standing is cut at that day and carries the path of each stretch, with the flags of the place.
func TestStandingsFollowTheMap(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		id := w.person("Lê Thị Cúc", "uy-vien-bch-xa", "MT", level(models.GeneralEducation, models.Primary), training(12, models.ByDistrict, d(2010, 5, 1)))
		wantStretches(t, w.standings(id, "uy-vien-bch-2013"), "2011-05-01..9999-12-31 X XM")
		moved := w.path["MH"] + models.PathStep(w.unit["MT"])
		w.do(func(tx *Tx) error {
			if err := tx.Create(&models.UnitFlag{UnitID: w.unit["MH"], Flag: models.Mountainous, From: d(2013, 1, 1), To: models.Forever, Certainty: models.Sourced}).Error; err != nil {
				return err
			}
			if err := tx.Model(&models.UnitSpan{}).Where("unit_id = ?", w.unit["MT"]).Update("valid_to", d(2015, 1, 1)).Error; err != nil {
				return err
			}
			if err := tx.Create(&models.UnitSpan{UnitID: w.unit["MT"], ParentID: w.unit["MH"], Kind: models.Commune, Style: "xã", Name: "Mỹ Thủy",
				Path: moved, From: d(2015, 1, 1), To: models.Forever}).Error; err != nil {
				return err
			}
			return tx.restandUnits(w.unit["MT"])
		})
		got := w.standings(id, "uy-vien-bch-2013")
		wantStretches(t, got, "2011-05-01..2015-01-01 X XM", "2015-01-01..9999-12-31 M MM")
		if len(got) == 2 && (got[0].Path != w.path["MT"] || got[1].Path != moved) {
			t.Errorf("paths: %s, %s", got[0].Path, got[1].Path)
		}
	})
}

// A flag set on a district reaches the holdings of its communes.
func TestRestandUnitsReachesTheSubtree(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		id := w.person("Hồ Thị Dung", "uy-vien-bch-xa", "DH", level(models.GeneralEducation, models.Primary), training(10, models.ByProvince, d(2012, 5, 1)))
		w.do(func(tx *Tx) error {
			if err := tx.Create(&models.UnitFlag{UnitID: w.unit["MH"], Flag: models.Mountainous, From: models.Beginning, To: models.Forever, Certainty: models.Sourced}).Error; err != nil {
				return err
			}
			return tx.restandUnits(w.unit["MH"])
		})
		wantStretches(t, w.standings(id, "uy-vien-bch-2013"), "2011-05-01..2012-05-01 U MU", "2012-05-01..9999-12-31 M MM")
	})
}

// Many cadres in one call: more than one chunk, more than one statement of rows.
func TestRestandInBulk(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		var ids []int64
		w.do(func(tx *Tx) error {
			for i := range restandChunk + 150 {
				name := fmt.Sprintf("Người %d", i)
				p := models.Cadre{Name: name, Search: models.Fold(name), SortKey: models.NameSortKey(name), UnitID: w.unit["MT"], Path: w.path["MT"], State: models.Active, Version: 1}
				if err := tx.Create(&p).Error; err != nil {
					return err
				}
				ids = append(ids, p.ID)
				if err := w.addFact(tx, p.ID, &models.Holding{Position: "to-pho", UnitID: w.unit["MT"], From: d(2012, 1, 1), To: models.Forever}); err != nil {
					return err
				}
			}
			return tx.restand(ids...)
		})
		var n int64
		if err := c.read.Model(&models.Standing{}).Count(&n).Error; err != nil || n != int64(len(ids)) {
			t.Fatalf("%d standings of %d cadres: %v", n, len(ids), err)
		}
	})
}

func TestSeedReferenceTwiceAddsNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		count := func() (n [4]int64) {
			for i, row := range []any{&models.Position{}, &models.Standard{}, &models.Target{}, &Audit{}} {
				if err := c.read.Model(row).Count(&n[i]).Error; err != nil {
					t.Fatal(err)
				}
			}
			return n
		}
		before := count()
		if before[0] != 8 || before[1] != int64(len(models.ShippedStandards())) || before[2] != 3 {
			t.Fatalf("seeded %v", before)
		}
		if err := w.c.SeedReference(context.Background()); err != nil {
			t.Fatal(err)
		}
		if after := count(); after != before {
			t.Errorf("second seed: %v, first %v", after, before)
		}
	})
}
