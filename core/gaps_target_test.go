package core

import (
	"context"
	"testing"

	"datchuan/models"
)

// The progress behind a list is that of the filter's unit, whatever else the filter asks; it agrees with the set marked.
func TestGapTarget(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.chairs()
		ctx := context.Background()
		p, ok, err := c.GapTarget(ctx, w.officer, chairFilter())
		if err != nil || !ok || p.Target.Code != "T12" || p.Total != 5 || p.Met != 1 || p.Studying != 1 || p.Unknown != 1 || p.Needed != 5 || p.StillNeed != 3 {
			t.Fatalf("%+v %v %v", p, ok, err)
		}
		narrow := chairFilter()
		narrow.Search, narrow.Statuses = "anh", []models.Status{models.Met}
		if q, _, err := c.GapTarget(ctx, w.officer, narrow); err != nil || q.Total != p.Total || q.StillNeed != p.StillNeed {
			t.Errorf("a search moves the target: %+v %v", q, err)
		}
		marked := 0
		for _, r := range w.gaps(chairFilter()).Rows {
			if r.InSet {
				marked++
			}
		}
		if marked != p.StillNeed {
			t.Errorf("%d people are marked, %d are needed", marked, p.StillNeed)
		}
		for _, none := range []models.GapFilter{{AsOf: march}, {Standard: "to-pho-2013", AsOf: march}} {
			if _, ok, err := c.GapTarget(ctx, w.officer, none); ok || err != nil {
				t.Errorf("%+v: %v %v", none, ok, err)
			}
		}
		if _, _, err := c.GapTarget(ctx, w.officer, models.GapFilter{UnitID: 1 << 40}); models.KindOf(err) != models.NotFound {
			t.Errorf("a unit that is not there: %v", err)
		}
	})
}

// A rule set that is not saved is measured on the same people, and nothing is written.
func TestPreviewStandard(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.chairs()
		ctx := context.Background()
		s, err := c.Standard(ctx, w.officer, "ke-hoach-2013", 0)
		if err != nil {
			t.Fatal(err)
		}
		s.Requirements[0].AnyOf = []models.Alternative{{AllOf: []models.Atom{{Kind: models.AtomLevel, Line: models.Professional, MinLevel: models.Elementary}}}}
		found, err := c.PreviewStandard(ctx, w.officer, "ke-hoach-2013", s, march)
		if err != nil || len(found.Changed) != 1 || found.Changed[0].Name != "Lê Thị Cúc" || found.TotalsA.Met != 1 || found.TotalsB.Met != 2 {
			t.Fatalf("%+v %v", found.Changed, err)
		}
		if now, err := c.Standard(ctx, w.officer, "ke-hoach-2013", 0); err != nil || now.Version != 1 || len(w.gaps(chairFilter()).Rows) != 3 {
			t.Errorf("the preview was saved: %+v %v", now, err)
		}
		s.Name = ""
		if _, err := c.PreviewStandard(ctx, w.officer, "ke-hoach-2013", s, march); models.KindOf(err) != models.Invalid {
			t.Errorf("an incomplete rule set: %v", err)
		}
		if _, err := c.PreviewStandard(ctx, w.actor("LT", models.DistrictOfficer), "ke-hoach-2013", s, march); models.KindOf(err) != models.Forbidden {
			t.Errorf("a district officer writes standards: %v", err)
		}
	})
}
