package core

import (
	"context"
	"testing"

	"datchuan/models"
)

// The verdict on a figure depends on the figure alone, not on the data behind the demonstration.
func TestBaselineVerdicts(t *testing.T) {
	for name, test := range map[string]struct {
		figure planFigure
		n, per int
		want   Verdict
	}{
		"same count":           {planFigure{Printed: 58}, 58, 0, Agrees},
		"another count":        {planFigure{Printed: 58}, 57, 0, Differs},
		"half up":              {planFigure{Printed: 635, Per: "per"}, 101, 159, Agrees},
		"cut off by a tenth":   {planFigure{Printed: 144, Per: "per"}, 23, 159, Rounding},
		"a tenth too high":     {planFigure{Printed: 844, Per: "per"}, 161360, 191323, Rounding},
		"two tenths off":       {planFigure{Printed: 633, Per: "per"}, 101, 159, Differs},
		"the plan with itself": {planFigure{Printed: 300, Per: "per", Contradiction: true}, 1016, 2902, Contradiction},
	} {
		test.figure.Of = "of"
		got := test.figure.compare(map[string]int{"of": test.n, "per": test.per}, models.Vi)
		if got.Verdict != test.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestPlanFiguresAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range planFigures() {
		if seen[f.ID] || f.Name[models.Vi] == "" || f.Name[models.En] == "" || len(f.Note) == 1 || f.Section == "" || f.Of == "" {
			t.Errorf("%+v", f)
		}
		seen[f.ID] = true
	}
	if len(seen) < 30 {
		t.Errorf("%d figures", len(seen))
	}
}

// Each figure is counted from what is there: units, reported figures, evaluated posts.
func TestBaselineCountsTheWorld(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.chairs()
		w.person("Vũ Thị Mơ", "pho-chu-tich-xa", "MT", level(models.Political, models.Intermediate), level(models.Professional, 0))
		w.person("Lê Thị Hoa", "uy-vien-bch-xa", "DH", training(12, models.ByProvince, d(2012, 1, 5)))
		w.addUnit("LT", "LT-DN1", models.Special, "chi hội", "Phụ nữ doanh nghiệp Lệ Thủy", 1)
		w.do(func(tx *Tx) error {
			return tx.Create(&[]models.UnitFigure{{UnitID: w.unit["MT"], Key: "members", Date: d(2012, 1, 1), Value: 900}, {UnitID: w.unit["MT"], Key: "members", Date: d(2013, 1, 1), Value: 1000},
				{UnitID: w.unit["MT"], Key: "women", Date: d(2013, 1, 1), Value: 1250}, {UnitID: w.unit["MT"], Key: "women", Date: d(2014, 1, 1), Value: 9}}).Error
		})
		lines, err := c.Baseline(context.Background(), w.officer)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, l := range lines {
			got[l.ID] = l.Computed
		}
		for id, want := range map[string]string{"communes": "3", "enterprise": "1", "traders": "0", "members": "1.000", "women": "1.250", "members-share": "80,0%", "ct": "5", "ct-profession": "1",
			"ct-no-profession": "4", "ct-studying": "1", "ct-not-up": "3", "pct": "1", "pct-political": "1", "pct-no-profession": "1", "uv": "1", "untrained-share": "0,0%", "t13": "100,0%"} {
			if got[id] != want {
				t.Errorf("%s: %s, want %s", id, got[id], want)
			}
		}
	})
}
