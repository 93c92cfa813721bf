package core

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"datchuan/models"
)

// Every code that a use case of people and units can return has a sentence in both languages, and so has every value of
// the lists that the faces show.
func TestPeopleWords(t *testing.T) {
	keys := map[string]bool{}
	call := regexp.MustCompile(`(?:Fail\(models\.\w+, |bad\(|Code: )"([a-z_]+\.[a-z_]+)"`)
	plain := regexp.MustCompile(`"(duplicate\.[a-z_]+)"`)
	for _, pattern := range []string{"units*.go", "cadres*.go", "facts*.go", "files.go", "duplicates*.go", "merges*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, re := range []*regexp.Regexp{call, plain} {
				for _, m := range re.FindAllSubmatch(text, -1) {
					keys[string(m[1])] = true
				}
			}
		}
	}
	delete(keys, "duplicate.differs") // an inner verdict, never shown
	for _, k := range models.UnitKinds {
		keys["unit_kind."+string(k)] = true
	}
	for _, f := range models.AreaFlags {
		keys["area."+string(f)] = true
	}
	for _, k := range models.QualKinds {
		keys["qual."+string(k)] = true
		for level := range models.MaxLevel(k) + 1 {
			keys[models.LevelKey(k, level)] = true
		}
	}
	for _, g := range models.Givers {
		keys["giver."+string(g)] = true
	}
	for _, k := range models.FigureKeys {
		keys["figure."+k] = true
	}
	for _, g := range RatingGrades() {
		keys["grade."+g] = true
	}
	for _, f := range MergeFields() {
		keys["field."+f] = true
	}
	for _, k := range []string{"cadre.party_date_bad", "cadre.joined_bad", "sex.F", "sex.M", "tristate.0", "tristate.1", "tristate.2", "review.declared", "review.verified", "review.rejected", "not_found"} {
		keys[k] = true
	}
	if len(keys) < 100 {
		t.Fatalf("only %d keys were found", len(keys))
	}
	for key := range keys {
		for _, lang := range []models.Lang{models.Vi, models.En} {
			if models.Word(lang, key) == key {
				t.Errorf("%s: no word for %s", lang, key)
			}
		}
	}
}

// Ten officers fill one seat at the same moment: one gets it.
func TestSeatUnderRace(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		var ids []int64
		for range 10 {
			ids = append(ids, w.person("Trần Thị Lan", "uy-vien-bch-xa", "MT"))
		}
		errs := make([]error, len(ids))
		var wg sync.WaitGroup
		for i, id := range ids {
			wg.Go(func() {
				_, errs[i] = c.SaveHolding(ctx, w.officer, models.Holding{CadreID: id, Position: "chu-tich-xa", UnitID: w.unit["MT"], From: 20130101})
			})
		}
		wg.Wait()
		got := 0
		for _, err := range errs {
			if err == nil {
				got++
				continue
			}
			failsWith(t, err, "holding.seat_taken")
		}
		if got != 1 {
			t.Errorf("%d chairs", got)
		}
	})
}

// Every accepted change of a record is in its history, with what was before and after.
func TestHistoryOfACadre(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		cadre := w.create(w.input("Trần Thị Lan", "MT"))
		in := w.input("Trần Thị Lan", "MT")
		in.Phone, in.Religion = "0912345678", "02"
		if _, err := c.UpdateCadre(ctx, w.officer, cadre.ID, 1, in); err != nil {
			t.Fatal(err)
		}
		h, err := c.SaveHolding(ctx, w.officer, models.Holding{CadreID: cadre.ID, Position: "chu-tich-xa", UnitID: w.unit["MT"], From: 20110501})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.RemoveFact(ctx, w.officer, FactHolding, cadre.ID, h.FactID); err != nil {
			t.Fatal(err)
		}
		rows, err := c.History(ctx, w.actor("LT", models.DistrictOfficer), "cadre", cadre.ID)
		if err != nil || len(rows) != 4 {
			t.Fatalf("%+v %v", rows, err)
		}
		for i, want := range []string{"holding.remove", "holding.add", "cadre.change", "cadre.create"} {
			if rows[i].Action != want {
				t.Errorf("%s, want %s", rows[i].Action, want)
			}
		}
		if d := rows[2].Detail; !strings.Contains(d, `"after":{"phone":"0912345678","religion":"02"}`) || !strings.Contains(d, `"before":{"phone":"","religion":""}`) {
			t.Errorf("detail %s", d)
		}
		rows, err = c.History(ctx, w.actor("MT", models.CommuneOfficer), "cadre", cadre.ID)
		if err != nil || len(rows) != 4 {
			t.Fatalf("%+v %v", rows, err)
		}
		for _, row := range rows {
			if strings.Contains(row.Detail, "religion") {
				t.Errorf("a commune officer reads the religion: %s", row.Detail)
			}
		}
	})
}
