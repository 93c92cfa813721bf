package core

import (
	"context"
	"errors"
	"testing"

	"datchuan/models"
)

// An edit is a new version; the standings follow it in the same transaction and the old version still answers.
func TestNewVersionOfAStandard(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		ids := w.chairs()
		ctx := context.Background()
		old, err := c.Standard(ctx, w.officer, "ke-hoach-2013", 0)
		if err != nil {
			t.Fatal(err)
		}
		edited := old
		edited.Requirements = append([]models.Requirement{}, old.Requirements...)
		edited.Requirements[0].AnyOf = []models.Alternative{{AllOf: []models.Atom{{Kind: models.AtomLevel, Line: models.Professional, MinLevel: models.Elementary}}}}
		next, err := c.NewVersion(ctx, w.officer, "ke-hoach-2013", 1, edited)
		if err != nil || next.Version != 2 {
			t.Fatal(next.Version, err)
		}
		wantStretches(t, w.standings(ids["missing"], "ke-hoach-2013"), "2011-05-01..9999-12-31 M M")
		if got := names(w.gaps(chairFilter())); got != "An Đào" {
			t.Errorf("by the new version: %q", got)
		}
		f := chairFilter()
		f.Version = 1
		if got := names(w.gaps(f)); got != "An Cúc Đào" {
			t.Errorf("by the retired version: %q", got)
		}
		if _, err := c.NewVersion(ctx, w.officer, "ke-hoach-2013", 1, edited); models.KindOf(err) != models.Stale {
			t.Errorf("from an old version: %v", err)
		}
		versions, err := c.Standards(ctx, w.officer, "chu-tich-xa", true)
		if err != nil || len(versions) != 7 {
			t.Errorf("%d versions: %v", len(versions), err)
		}
	})
}

func TestCopyAndCreateStandard(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		ids := w.chairs()
		ctx := context.Background()
		made, err := c.CopyStandard(ctx, w.officer, "ke-hoach-2013", "tinh-2013", "Tiêu chuẩn của tỉnh")
		if err != nil || made.Version != 1 || made.Preferred {
			t.Fatal(made, err)
		}
		wantStretches(t, w.standings(ids["met"], "tinh-2013"), "2011-05-01..9999-12-31 M M")
		if _, err := c.CopyStandard(ctx, w.officer, "ke-hoach-2013", "tinh-2013", "Lại"); models.KindOf(err) != models.Conflict {
			t.Errorf("code taken: %v", err)
		}
		made.Code, made.Position = "khac", "khong-co"
		var e *models.Error
		if _, err := c.CreateStandard(ctx, w.officer, made); !errors.As(err, &e) || e.Code != "standard.position_unknown" {
			t.Errorf("unknown position: %v", err)
		}
		made.Requirements = nil
		if _, err := c.CreateStandard(ctx, w.officer, made); models.KindOf(err) != models.Invalid {
			t.Errorf("no requirement: %v", err)
		}
		if _, err := c.CreateStandard(ctx, w.actor("LT", models.DistrictOfficer), made); models.KindOf(err) != models.Forbidden {
			t.Errorf("a district officer: %v", err)
		}
	})
}

// A preferred rule set takes the place of the one that was preferred at the same time, from its own first day on; without
// any, a valid one answers. As known before, the choice is the one of then.
func TestPreferredStandard(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		ctx := context.Background()
		before := c.Now()
		s, _ := c.Standard(ctx, w.officer, "ke-hoach-2013-bang", 0)
		s.Code, s.Preferred = "moi-2015", true
		s.ValidFrom = d(2015, 1, 1)
		if _, err := c.CreateStandard(ctx, w.officer, s); err != nil {
			t.Fatal(err)
		}
		between := c.Now()
		s.Preferred = false
		if _, err := c.NewVersion(ctx, w.officer, "moi-2015", 1, s); err != nil {
			t.Fatal(err)
		}
		s.Code, s.Preferred = "cung-ngay", true
		if _, err := c.CreateStandard(ctx, w.officer, s); err != nil {
			t.Fatal(err)
		}
		for _, x := range []struct {
			known models.Instant
			on    models.Date
			want  string
		}{
			{models.Never, d(2014, 1, 1), "ke-hoach-2013"}, {models.Never, d(2016, 1, 1), "cung-ngay"}, {models.Never, d(2020, 1, 1), "qd-04-2004"},
			{models.Never, d(2024, 1, 1), "nd-33-2023"}, {models.Never, d(2026, 1, 1), "xa-2025"},
			{between, d(2014, 1, 1), "ke-hoach-2013"}, {between, d(2016, 1, 1), "moi-2015"}, {before, d(2016, 1, 1), "ke-hoach-2013"},
			{1, d(2016, 1, 1), "ke-hoach-2013"}, // before the product came
		} {
			got, err := preferredOn(c.read, "chu-tich-xa", x.on, x.known)
			if err != nil || len(got) != 1 || got[0].Code != x.want {
				t.Errorf("on %s as known %d: %+v %v, want %s", x.on, x.known, got, err, x.want)
			}
		}
	})
}

func TestCompareStandards(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		ids := w.chairs()
		ctx := context.Background()
		got, err := c.CompareStandards(ctx, w.officer, StandardRef{Code: "ke-hoach-2013"}, StandardRef{Code: "ke-hoach-2013-ca-hai"}, 0, march)
		if err != nil {
			t.Fatal(err)
		}
		if got.TotalsA != (models.UnitTotal{Total: 5, Met: 1, Studying: 1, Missing: 2, Unknown: 1}) || got.TotalsB != (models.UnitTotal{Total: 5, Met: 1, Missing: 2, Unknown: 2}) {
			t.Errorf("totals: %+v %+v", got.TotalsA, got.TotalsB)
		}
		if len(got.Changed) != 1 || got.Changed[0].CadreID != ids["studying"] || got.Changed[0].After.Results[1].Reason.Code != "reason.level_unknown" || got.Changed[0].Unit != "xã Phong Thủy" {
			t.Errorf("changed: %+v", got.Changed)
		}
		if _, err := c.CompareStandards(ctx, w.officer, StandardRef{Code: "ke-hoach-2013"}, StandardRef{Code: "to-pho-2013"}, 0, march); models.KindOf(err) != models.Invalid {
			t.Errorf("two positions: %v", err)
		}
	})
}
