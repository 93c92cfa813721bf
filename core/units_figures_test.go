package core

import (
	"context"
	"testing"

	"datchuan/models"
)

// What a unit reports is written down beside what it reported before; a correction of the same day counts from then on.
func TestRecordFigure(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		commune := w.actor("MT", models.CommuneOfficer)
		good := models.UnitFigure{Key: "members", Date: d(2013, 1, 1), Value: 900, Source: "Báo cáo năm 2012"}
		for code, change := range map[string]func(*models.UnitFigure){
			"figure.key_bad":         func(f *models.UnitFigure) { f.Key = "men" },
			"figure.date_bad":        func(f *models.UnitFigure) { f.Date = d(2013, 3, 2) },
			"unit.not_then":          func(f *models.UnitFigure) { f.Date = d(1980, 1, 1) },
			"figure.value_bad":       func(f *models.UnitFigure) { f.Value = -1 },
			"figure.source_required": func(f *models.UnitFigure) { f.Source = " " },
		} {
			f := good
			change(&f)
			_, err := c.RecordFigure(ctx, commune, w.unit["MT"], f)
			failsWith(t, err, code)
		}
		if _, err := c.RecordFigure(ctx, commune, w.unit["PT"], good); models.KindOf(err) != models.NotFound {
			t.Errorf("the commune next door: %v", err)
		}
		if _, err := c.RecordFigure(ctx, w.actor("QB", models.ProvinceViewer), w.unit["MT"], good); models.KindOf(err) != models.Forbidden {
			t.Errorf("a viewer: %v", err)
		}
		for _, value := range []int64{900, 950} {
			good.Value = value
			if f, err := c.RecordFigure(ctx, commune, w.unit["MT"], good); err != nil || f.ID == 0 {
				t.Fatal(f, err)
			}
		}
		u, err := c.Unit(ctx, commune, w.unit["MT"], 0)
		if err != nil || len(u.Figures) != 2 || u.Figures[0].Value != 950 || u.Figures[1].Value != 900 {
			t.Errorf("figures %+v %v", u.Figures, err)
		}
		lines, err := c.Baseline(ctx, w.officer)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			if l.ID == "members" && l.Computed != "950" {
				t.Errorf("the plan is compared with %s members", l.Computed)
			}
		}
		if history, err := c.History(ctx, commune, "unit", w.unit["MT"]); err != nil || len(history) == 0 || history[0].Action != "unit.figure" {
			t.Errorf("history %+v %v", history, err)
		}
	})
}
