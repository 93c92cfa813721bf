package core

import (
	"context"
	"slices"
	"testing"

	"datchuan/core/demo"
	"datchuan/core/reference"
	"datchuan/models"
)

// Two communes merge: the office asks to move the posts; a second office does not, and they only end.
func TestMergeUnits(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		w.addUnit("PT", "B2", models.Branch, "chi hội", "Thôn 2", 1)
		chair := w.person("Trần Thị Lan", "chu-tich-xa", "MT", level(models.Professional, models.Intermediate))
		branch := w.person("Lê Thị Mai", "chi-hoi-truong", "B2")
		if err := c.SetUnitFlag(ctx, w.officer, w.unit["MT"], models.UnitFlag{Flag: models.Mountainous, Basis: "QĐ", Certainty: models.Sourced}); err != nil {
			t.Fatal(err)
		}
		ch := UnitChange{Kind: UnitMerge, Units: []int64{w.unit["MT"], w.unit["PT"]}, Date: 20130215, Basis: "NQ 862", MoveHoldings: true, Version: 1,
			Into: []UnitInput{{ParentID: w.unit["LT"], Kind: models.Commune, Style: "xã", Name: "Phong Mỹ", Code: "PM"}}}
		stale := ch
		stale.Version = 9
		_, err := c.ApplyUnitChange(ctx, w.officer, stale)
		if models.KindOf(err) != models.Stale {
			t.Fatalf("version: %v", err)
		}
		p, err := c.ApplyUnitChange(ctx, w.officer, ch)
		if err != nil || len(p.Posts) != 1 || p.Posts[0].Name != "Trần Thị Lan" || p.Posts[0].To != "xã Phong Mỹ" {
			t.Fatalf("%+v %v", p, err)
		}
		w.checkPaths()
		tree := w.tree()
		pm, _ := tree.ByCode("PM")
		if next, ok := tree.SuccessorOn(w.unit["MT"], 20130301); !ok || next != pm {
			t.Errorf("successor %d", next)
		}
		if s, ok := tree.At(w.unit["B2"], 20130215); !ok || s.ParentID != pm {
			t.Errorf("branch: %+v", s)
		}
		if f := tree.Flags(pm); len(f) != 1 || f[0].Certainty != models.Uncertain {
			t.Errorf("flags %+v", f)
		}
		card, err := c.Cadre(ctx, w.officer, chair, 20130301)
		if err != nil || len(card.Holdings) != 2 || card.Holdings[0].To != 20130215 || card.Holdings[1].UnitID != pm || card.Holdings[1].From != 20130215 {
			t.Fatalf("holdings %+v %v", card.Holdings, err)
		}
		if card.Unit.UnitID != pm {
			t.Errorf("home %+v", card.Unit)
		}
		if card, err := c.Cadre(ctx, w.officer, branch, 20130301); err != nil || len(card.Holdings) != 1 || card.Commune != "xã Phong Mỹ" {
			t.Errorf("branch head: %+v %v", card.Commune, err)
		}
		_, err = c.ApplyUnitChange(ctx, w.officer, UnitChange{Kind: UnitEnd, Units: []int64{pm}, Date: 20130220})
		failsWith(t, err, "unit.has_children")
		d, err := c.Unit(ctx, w.officer, w.unit["MT"], 20130301)
		if err != nil || d.Exists || len(d.Links) != 1 || d.Links[0].Name != "xã Phong Mỹ" {
			t.Errorf("detail %+v %v", d, err)
		}
	})
}

func TestSplitUnit(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		w.addUnit("MT", "B1", models.Branch, "chi hội", "Thôn 1", 1)
		w.addUnit("MT", "B2", models.Branch, "chi hội", "Thôn 2", 2)
		chair := w.person("Trần Thị Lan", "chu-tich-xa", "MT")
		part := func(name string) UnitInput {
			return UnitInput{ParentID: w.unit["LT"], Kind: models.Commune, Style: "xã", Name: name, Code: models.Fold(name)[:3]}
		}
		ch := UnitChange{Kind: UnitSplit, Units: []int64{w.unit["MT"]}, Date: 20130215, Basis: "NĐ", Into: []UnitInput{part("Bắc Mỹ"), part("Nam Mỹ")}, Main: 1,
			Assign: map[int64]int{w.unit["B1"]: 0}}
		_, err := c.ApplyUnitChange(ctx, w.officer, ch)
		failsWith(t, err, "unit.child_unassigned")
		p, err := c.PreviewUnitChange(ctx, w.officer, ch)
		if err != nil || len(p.Problems) != 1 {
			t.Fatalf("preview %+v %v", p, err)
		}
		ch.Assign[w.unit["B2"]] = 1
		if p, err = c.ApplyUnitChange(ctx, w.officer, ch); err != nil || len(p.Posts) != 1 || p.Posts[0].To != "" {
			t.Fatalf("%+v %v", p, err)
		}
		w.checkPaths()
		tree := w.tree()
		north, _ := tree.ByCode("bac")
		south, _ := tree.ByCode("nam")
		b1, _ := tree.At(w.unit["B1"], 20130301)
		b2, _ := tree.At(w.unit["B2"], 20130301)
		if b1.ParentID != north || b2.ParentID != south {
			t.Errorf("branches below %d and %d", b1.ParentID, b2.ParentID)
		}
		card, err := c.Cadre(ctx, w.officer, chair, 20130301)
		if err != nil || card.Unit.UnitID != south || len(card.Holdings) != 1 || card.Holdings[0].Current {
			t.Errorf("main part keeps the records: %+v %v", card.Unit, err)
		}
	})
}

func TestSplitThatKeepsTheUnit(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		chair := w.person("Trần Thị Lan", "chu-tich-xa", "MT")
		ch := UnitChange{Kind: UnitSplit, Units: []int64{w.unit["LT"]}, Date: 20130215, Keep: true, Basis: "NQ 125",
			Into: []UnitInput{{ParentID: w.unit["QB"], Kind: models.District, Style: "thị xã", Name: "Ba Đồn", Code: "BD"}}, Assign: map[int64]int{w.unit["PT"]: 0}}
		if _, err := c.ApplyUnitChange(ctx, w.officer, ch); err != nil {
			t.Fatal(err)
		}
		w.checkPaths()
		bd, _ := w.tree().ByCode("BD")
		if s, _ := w.tree().At(w.unit["PT"], 20130301); s.ParentID != bd {
			t.Errorf("PT below %d", s.ParentID)
		}
		if s, ok := w.tree().At(w.unit["LT"], 20130301); !ok || s.UnitID != w.unit["LT"] {
			t.Error("the unit ended")
		}
		if card, err := c.Cadre(ctx, w.officer, chair, 0); err != nil || !card.Holdings[0].Current {
			t.Errorf("%+v %v", card.Holdings, err)
		}
	})
}

// On the shipped map the reforms up to 2025 are already known: a branch made in 2013 lives through them, and an office
// can still merge two communes earlier than it came.
func TestChangesBeforeKnownReforms(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := &world{t: t, c: c}, context.Background()
		if err := c.Populate(ctx, reference.QuangBinhUnits(), demo.World{}); err != nil {
			t.Fatal(err)
		}
		tree := w.tree()
		id := func(code string) int64 { n, _ := tree.ByCode(code); return n }
		op, err := c.Operator(ctx)
		if err != nil {
			t.Fatal(err)
		}
		branch, err := c.CreateUnit(ctx, op, UnitInput{ParentID: id("19303"), Kind: models.Branch, Style: "chi hội", Name: "Mỹ Trung", From: 20130101})
		if err != nil {
			t.Fatal(err)
		}
		w.checkPaths()
		if s, ok := w.tree().At(branch.UnitID, 20260101); !ok || !slices.Contains(models.PathIDs(s.Path), id(reference.QuangTri)) {
			t.Errorf("the branch in 2026: %+v", s)
		}
		ch := UnitChange{Kind: UnitMerge, Units: []int64{id("19303"), id("19306")}, Date: 20130201, Basis: "NQ",
			Into: []UnitInput{{ParentID: id("457"), Kind: models.Commune, Style: "xã", Name: "Hợp Nhất", Code: "HN"}}}
		if _, err := c.ApplyUnitChange(ctx, op, ch); err != nil {
			t.Fatal(err)
		}
		w.checkPaths()
		hn, _ := w.tree().ByCode("HN")
		if next, ok := w.tree().SuccessorOn(id("19303"), 20260101); !ok || next != hn {
			t.Errorf("successor %d, want %d", next, hn)
		}
		if s, ok := w.tree().At(branch.UnitID, 20130201); !ok || s.ParentID != hn {
			t.Errorf("the branch after the merger: %+v", s)
		}
		_, err = c.ApplyUnitChange(ctx, op, UnitChange{Kind: UnitMerge, Units: []int64{id("18928")}, IntoID: id("18931"), Date: 20130201})
		failsWith(t, err, "unit.later_change") // Yên Hóa takes in Quy Hóa in 2020
	})
}
