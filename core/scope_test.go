package core

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"datchuan/models"
)

// The officer of one district never reads a record, a unit or a history of another one, by whatever way; and what she
// may not see reads exactly like what does not exist.
func TestScopeCanary(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		const canary = "Hoàng Yến Canary"
		own := w.person("Trần Thị Lan", "chu-tich-xa", "MT")
		foreign := w.person(canary, "chu-tich-xa", "DH")
		w.person(canary, "uy-vien-bch-xa", "DH")
		branch := w.addUnit("DH", "CB", models.Branch, "chi hội", "Canary", 1)
		officer := w.actor("LT", models.DistrictOfficer)
		var read []any
		see := func(v any, err error) {
			t.Helper()
			if err != nil && models.KindOf(err) != models.NotFound {
				t.Fatalf("%v", err)
			}
			read = append(read, v)
		}
		people := func(q PeopleQuery) { lines, _, err := c.People(ctx, officer, q); see(lines, err) }
		people(PeopleQuery{})
		people(PeopleQuery{Search: "canary"})
		people(PeopleQuery{UnitID: w.unit["DH"]})
		people(PeopleQuery{Position: "chu-tich-xa"})
		n, err := c.CountPeople(ctx, officer, PeopleQuery{})
		if err != nil || n != 1 {
			t.Errorf("counts %d people, %v", n, err)
		}
		for _, id := range []int64{w.unit["QB"], w.unit["MH"], w.unit["DH"], branch} {
			d, err := c.Unit(ctx, officer, id, 0)
			see(d, err)
			if models.KindOf(err) != models.NotFound {
				t.Errorf("unit %d: %v", id, err)
			}
			nodes, err := c.Units(ctx, officer, id, 0)
			see(nodes, err)
		}
		tops, err := c.Units(ctx, officer, 0, 0)
		see(tops, err)
		found, err := c.FindUnits(ctx, officer, "canary", "", 0, 0)
		see(found, err)
		pairs, err := c.Duplicates(ctx, officer, 0)
		see(pairs, err)
		similar, err := c.Similar(ctx, officer, w.input(canary, "DH"))
		see(similar, err)
		card, err := c.Cadre(ctx, officer, foreign, 0)
		see(card, err)
		history, err := c.History(ctx, officer, "cadre", foreign)
		see(history, err)
		text, err := json.Marshal(read)
		if err != nil || strings.Contains(strings.ToLower(string(text)), "canary") || strings.Contains(string(text), "Dân Hóa") {
			t.Fatalf("leaked: %s %v", text, err)
		}
		for name, write := range map[string]func(int64) error{
			"card":   func(id int64) error { _, err := c.Cadre(ctx, officer, id, 0); return err },
			"update": func(id int64) error { _, err := c.UpdateCadre(ctx, officer, id, 1, w.input("X", "MT")); return err },
			"holding": func(id int64) error {
				_, err := c.SaveHolding(ctx, officer, models.Holding{CadreID: id, Position: "chu-tich-xa", UnitID: w.unit["MT"]})
				return err
			},
			"file":   func(id int64) error { _, err := c.AttachFile(ctx, officer, id, "a.pdf", []byte("%PDF-")); return err },
			"reveal": func(id int64) error { _, err := c.RevealIdentity(ctx, officer, id); return err },
			"remove": func(id int64) error { return c.RemoveFact(ctx, officer, FactHolding, id, 1) },
			"merge":  func(id int64) error { _, err := c.MergeCadres(ctx, officer, own, id, nil); return err },
			"mark":   func(id int64) error { return c.MarkNotSame(ctx, officer, own, id) },
		} {
			there, absent := write(foreign), write(999999)
			if there == nil || absent == nil || there.Error() != absent.Error() || models.KindOf(there) != models.NotFound {
				t.Errorf("%s: foreign %v, absent %v", name, there, absent)
			}
		}
	})
}

// Without a scope nothing is visible, never everything.
func TestNoScopeSeesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		id := w.person("Trần Thị Lan", "chu-tich-xa", "MT")
		nobody := models.Actor{AccountID: 9, Role: models.ProvinceOfficer}
		lines, _, err := c.People(ctx, nobody, PeopleQuery{})
		if err != nil || len(lines) != 0 {
			t.Errorf("people %v %v", lines, err)
		}
		tops, err := c.Units(ctx, nobody, 0, 0)
		if err != nil || len(tops) != 0 {
			t.Errorf("units %v %v", tops, err)
		}
		if _, err := c.Cadre(ctx, nobody, id, 0); models.KindOf(err) != models.NotFound {
			t.Errorf("card: %v", err)
		}
		if _, err := c.UpdateCadre(ctx, nobody, id, 1, w.input("X", "MT")); models.KindOf(err) != models.NotFound {
			t.Errorf("update: %v", err)
		}
	})
}
