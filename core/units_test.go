package core

import (
	"context"
	"errors"
	"slices"
	"testing"

	"datchuan/core/demo"
	"datchuan/core/reference"
	"datchuan/models"
)

// failsWith fails unless err is a domain error with the code.
func failsWith(t *testing.T, err error, code string) {
	t.Helper()
	var one *models.Error
	if !errors.As(err, &one) {
		t.Fatalf("got %v, want %s", err, code)
	}
	for _, e := range asErrors(err) {
		if e.Code == code {
			return
		}
	}
	t.Fatalf("got %v, want %s", err, code)
}

func (w *world) today(on models.Date) {
	w.t.Helper()
	w.do(func(tx *Tx) error {
		if err := tx.Where("key = ?", settingToday).Delete(&setting{}).Error; err != nil {
			return err
		}
		return tx.Create(&setting{Key: settingToday, Value: on.String()}).Error
	})
}

func (w *world) tree() *Tree {
	w.t.Helper()
	tree, err := w.c.Tree(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return tree
}

// checkPaths proves the law of the tree: on every day a unit's path is its parent's path and its own step.
func (w *world) checkPaths() {
	w.t.Helper()
	tree := w.tree()
	for id, spans := range tree.spans {
		for i, s := range spans {
			if i > 0 && spans[i-1].To > s.From {
				w.t.Errorf("unit %s: spans overlap on %s", tree.Code(id), s.From)
			}
			for _, on := range []models.Date{s.From, min(s.To, 20991231).AddDays(-1)} {
				want := models.PathStep(id)
				if s.ParentID != 0 {
					p, ok := tree.At(s.ParentID, on)
					if !ok {
						w.t.Errorf("unit %s on %s: no parent", tree.Code(id), on)
					}
					want = p.Path + want
				}
				if s.Path != want {
					w.t.Errorf("unit %s on %s: path %s, want %s", tree.Code(id), on, s.Path, want)
				}
			}
		}
	}
}

func TestPlantQuangBinh(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := &world{t: t, c: c}
		if err := c.Populate(context.Background(), reference.QuangBinhUnits(), demo.World{}); err != nil {
			t.Fatal(err)
		}
		w.checkPaths()
		tree := w.tree()
		ids := tree.codes
		officer := models.Actor{AccountID: 1, Role: models.ProvinceOfficer, UnitID: ids[reference.QuangBinh], Path: models.PathStep(ids["VN"]) + models.PathStep(ids[reference.QuangBinh])}
		tops, err := c.Units(context.Background(), officer, 0, 0)
		if err != nil || len(tops) != 1 || tops[0].Children != 7 {
			t.Fatalf("tops %v, %v", tops, err)
		}
		districts, err := c.Units(context.Background(), officer, tops[0].UnitID, 0)
		if err != nil || len(districts) != 7 || districts[0].Name != "Đồng Hới" || districts[6].Name != "Minh Hóa" {
			t.Fatalf("districts %v, %v", districts, err)
		}
		for _, s := range reference.Successors() {
			next, ok := tree.SuccessorOn(ids[s.Code], reference.Merged2025)
			if got, _ := tree.At(next, reference.Merged2025); !ok || got.FullName() != s.Unit25 {
				t.Errorf("%s became %s, want %s", s.Code, got.FullName(), s.Unit25)
			}
		}
		if next, ok := tree.SuccessorOn(ids["454"], reference.Merged2025); !ok || tree.Code(next) != reference.QuangTri {
			t.Errorf("huyện Quảng Trạch became %s", tree.Code(next))
		}
	})
}

func TestCreateUnit(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		in := UnitInput{ParentID: w.unit["MT"], Kind: models.Branch, Style: "chi hội", Name: "Mỹ Trung"}
		s, err := c.CreateUnit(ctx, w.officer, in)
		if err != nil || s.Path != w.path["MT"]+models.PathStep(s.UnitID) || w.tree().Code(s.UnitID) != "MT.mi-trung" {
			t.Fatalf("%+v %v", s, err)
		}
		_, err = c.CreateUnit(ctx, w.officer, in)
		failsWith(t, err, "unit.exists_here")
		_, err = c.CreateUnit(ctx, w.officer, UnitInput{ParentID: w.unit["MT"], Kind: models.District, Name: "X"})
		failsWith(t, err, "unit.kind_misplaced")
		_, err = c.CreateUnit(ctx, w.officer, UnitInput{ParentID: w.unit["MT"], Kind: models.Branch, Name: "X", Code: "LT"})
		failsWith(t, err, "unit.code_taken")
		_, err = c.CreateUnit(ctx, w.actor("LT", models.DistrictOfficer), in)
		if models.KindOf(err) != models.Forbidden {
			t.Fatalf("a district officer made a unit: %v", err)
		}
	})
}

// A commune moves to another district: those below follow from the date on, posts and homes come along, and nothing
// before the date changes.
func TestMoveCutsAllBelow(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		w.addUnit("MT", "B1", models.Branch, "chi hội", "Thôn 1", 1)
		w.addUnit("B1", "G1", models.Group, "tổ", "Tổ 1", 1)
		id := w.person("Nguyễn Thị Hoa", "to-truong", "G1")
		ch := UnitChange{Kind: UnitMove, Units: []int64{w.unit["MT"]}, Date: 20130201, Basis: "NQ 1", Into: []UnitInput{{ParentID: w.unit["MH"]}}}
		p, err := c.PreviewUnitChange(ctx, w.officer, ch)
		if err != nil || len(p.Problems) > 0 || len(p.Units) != 3 || p.Cadres != 1 {
			t.Fatalf("preview %+v %v", p, err)
		}
		if s, _ := w.tree().At(w.unit["MT"], 20130201); s.ParentID != w.unit["LT"] {
			t.Fatal("the preview wrote")
		}
		if _, err := c.ApplyUnitChange(ctx, w.officer, ch); err != nil {
			t.Fatal(err)
		}
		w.checkPaths()
		for _, code := range []string{"MT", "B1", "G1"} {
			before, _ := w.tree().At(w.unit[code], 20130131)
			after, _ := w.tree().At(w.unit[code], 20130201)
			if before.Path != w.path[code] || !models.UnderPath(after.Path, w.path["MH"]) {
				t.Errorf("%s: %s then %s", code, before.Path, after.Path)
			}
		}
		if _, err := c.Cadre(ctx, w.actor("LT", models.DistrictOfficer), id, 0); models.KindOf(err) != models.NotFound {
			t.Errorf("the old district still reads the card: %v", err)
		}
		if _, err := c.Cadre(ctx, w.actor("MH", models.DistrictOfficer), id, 0); err != nil {
			t.Errorf("the new district: %v", err)
		}
		if _, err := c.ApplyUnitChange(ctx, w.officer, UnitChange{Kind: UnitMove, Units: []int64{w.unit["MT"]}, Date: 20130201, Into: []UnitInput{{ParentID: w.unit["G1"]}}}); err == nil {
			t.Error("a unit moved below itself")
		}
	})
}

// A reform entered for a future day moves the homes on that day, not before.
func TestRollDay(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		id := w.person("Trần Thị Lan", "chu-tich-xa", "MT")
		if _, err := c.ApplyUnitChange(ctx, w.officer, UnitChange{Kind: UnitMove, Units: []int64{w.unit["MT"]}, Date: 20130401, Into: []UnitInput{{ParentID: w.unit["MH"]}}}); err != nil {
			t.Fatal(err)
		}
		home := func() string {
			var paths []string
			if err := c.read.Model(&models.Cadre{}).Where("id = ?", id).Pluck("path", &paths).Error; err != nil {
				t.Fatal(err)
			}
			return paths[0]
		}
		if err := c.RollDay(ctx); err != nil || home() != w.path["MT"] {
			t.Fatalf("moved too early: %s %v", home(), err)
		}
		w.today(20130401)
		for range 2 {
			if err := c.RollDay(ctx); err != nil || !models.UnderPath(home(), w.path["MH"]) {
				t.Fatalf("not moved: %s %v", home(), err)
			}
		}
	})
}

func TestFindUnits(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		w.addUnit("LT", "PT2", models.Commune, "xã", "Phong Thuỳ", 3)
		names := func(actor models.Actor, text string) []string {
			found, err := c.FindUnits(ctx, actor, text, "", 0, 0)
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, n := range found {
				out = append(out, n.Name)
			}
			return out
		}
		if got := names(w.officer, "Phong Thủy"); !slices.Equal(got, []string{"Phong Thủy", "Phong Thuỳ"}) {
			t.Errorf("exact accents first: %q", got)
		}
		if got := names(w.officer, "thuy phong"); len(got) != 2 {
			t.Errorf("any order: %q", got)
		}
		if got := names(w.actor("MH", models.DistrictOfficer), "phong"); len(got) != 0 {
			t.Errorf("out of scope: %q", got)
		}
	})
}
