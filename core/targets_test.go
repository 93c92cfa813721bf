package core

import (
	"context"
	"testing"

	"datchuan/models"
)

func progressOf(t *testing.T, all []models.Progress, code string) models.Progress {
	t.Helper()
	for _, p := range all {
		if p.Target.Code == code {
			return p
		}
	}
	t.Fatalf("no target %s", code)
	return models.Progress{}
}

func TestTargetsNowAndLater(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.chairs()
		w.person("Lê Thị Hoa", "uy-vien-bch-xa", "DH", training(12, models.ByProvince, d(2012, 1, 5)))
		both := w.person("Lê Thị Huệ", "uy-vien-bch-xa", "DH", training(2, models.ByProvince, d(2012, 1, 5)),
			&models.Holding{Position: "chi-hoi-truong", UnitID: w.unit["DH"], From: d(2011, 5, 1), To: models.Forever})
		ctx := context.Background()
		all, err := c.Targets(ctx, w.officer, 0, march)
		if err != nil {
			t.Fatal(err)
		}
		p := progressOf(t, all, "T12")
		if p.Total != 5 || p.Met != 1 || p.Studying != 1 || p.Missing != 2 || p.Unknown != 1 || p.Counted != 2 || p.Needed != 5 || p.StillNeed != 3 || p.People != 5 {
			t.Errorf("T12: %+v", p)
		}
		p = progressOf(t, all, "T13")
		if p.Total != 3 || p.Met != 1 || p.Counted != 1 || p.People != 2 { // two people hold three posts
			t.Errorf("T13 (%d): %+v", both, p)
		}
		series, err := c.TargetSeries(ctx, w.officer, "T12", w.unit["LT"], []models.Date{d(2010, 1, 1), march, d(2015, 1, 1), d(2019, 1, 1)})
		if err != nil || len(series) != 4 {
			t.Fatal(series, err)
		}
		for i, want := range [][3]int{{0, 0, 0}, {3, 1, 1}, {3, 1, 0}, {3, 1, 0}} {
			if got := [3]int{series[i].Total, series[i].Met, series[i].Studying}; got != want {
				t.Errorf("on %s: %v, want %v", series[i].AsOf, got, want)
			}
		}
		for _, on := range []models.Date{d(2010, 1, 1), march, d(2015, 1, 1)} { // a series is the same as asking day by day
			day, err := c.Targets(ctx, w.officer, w.unit["LT"], on)
			if err != nil {
				t.Fatal(err)
			}
			one, _ := c.TargetSeries(ctx, w.officer, "T12", w.unit["LT"], []models.Date{on})
			want := progressOf(t, day, "T12")
			want.People = 0
			if one[0].Total != want.Total || one[0].Counted != want.Counted || one[0].StillNeed != want.StillNeed {
				t.Errorf("on %s: series %+v, day %+v", on, one[0], want)
			}
		}
	})
}

func TestSaveTarget(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		ctx := context.Background()
		in := models.Target{Code: "P1", Name: "Phó Chủ tịch có trung cấp", ThresholdBP: 5000, Start: d(2013, 1, 1), Due: d(2017, 12, 31),
			Measures: []models.TargetMeasure{{Position: "pho-chu-tich-xa", Standard: "pho-chu-tich-2013", Requirement: "profession"}}}
		saved, err := c.SaveTarget(ctx, w.officer, in)
		if err != nil || saved.ID == 0 {
			t.Fatal(err)
		}
		if _, err := c.SaveTarget(ctx, w.officer, in); models.KindOf(err) != models.Conflict {
			t.Errorf("the same code again: %v", err)
		}
		stale := saved
		saved.ThresholdBP = 6000
		if saved, err = c.SaveTarget(ctx, w.officer, saved); err != nil || saved.Version != 2 {
			t.Errorf("change: %+v %v", saved, err)
		}
		if _, err := c.SaveTarget(ctx, w.officer, stale); models.KindOf(err) != models.Stale {
			t.Errorf("an old version: %v", err)
		}
		twice := in
		twice.Code, twice.Measures = "P3", append(twice.Measures, models.TargetMeasure{Position: "pho-chu-tich-xa", Standard: "pho-chu-tich-2013"})
		_, err = c.SaveTarget(ctx, w.officer, twice)
		failsWith(t, err, "target.position_twice") // each post counts once
		in.Code, in.Measures[0].Position = "P2", "chu-tich-xa"
		if _, err := c.SaveTarget(ctx, w.officer, in); models.KindOf(err) != models.Invalid {
			t.Errorf("a rule set of another position: %v", err)
		}
		if _, err := c.SaveTarget(ctx, w.actor("LT", models.DistrictOfficer), in); models.KindOf(err) != models.Forbidden {
			t.Errorf("a district officer: %v", err)
		}
	})
}
