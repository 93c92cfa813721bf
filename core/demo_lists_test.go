package core

import (
	"context"
	"testing"

	"datchuan/core/demo"
	"datchuan/models"
)

// listsHold checks that what users look at gives the plan's figures: gap lists, totals, targets, the comparison with
// the plan, and a clean bill of health.
func listsHold(t *testing.T, c *Core) {
	t.Helper()
	ctx := context.Background()
	officer, err := c.Operator(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		filter models.GapFilter
		total  int
	}{
		{models.GapFilter{Standard: "ke-hoach-2013"}, 33},
		{models.GapFilter{Standard: "ke-hoach-2013", CountStudy: models.No}, 58},
		{models.GapFilter{Standard: "ke-hoach-2013-bang"}, 58},
		{models.GapFilter{Standard: "ke-hoach-2013", Statuses: []models.Status{models.Studying}}, 25},
		{models.GapFilter{Standard: "ke-hoach-2013-ca-hai", Requirement: "political", CountStudy: models.No}, 44},
		{models.GapFilter{Standard: "pho-chu-tich-2013", Requirement: "profession", CountStudy: models.No}, 109},
	} {
		x.filter.AsOf = demo.On
		page, err := c.Gaps(ctx, officer, x.filter, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		if page.Total != x.total || len(page.Rows) != x.total {
			t.Errorf("%+v: %d, %d rows, want %d", x.filter, page.Total, len(page.Rows), x.total)
		}
	}
	districtsDiffer(t, c, officer)
	targetsStand(t, c, officer)
	report, err := c.Doctor(ctx)
	if err != nil || !report.Healthy() || report.Cadres < 10_000 {
		t.Errorf("doctor: %v, %v", report, err)
	}
}

func districtsDiffer(t *testing.T, c *Core, officer models.Actor) {
	t.Helper()
	totals, err := c.GapTotals(context.Background(), officer, models.GapFilter{Standard: "ke-hoach-2013", AsOf: demo.On}, models.District)
	if err != nil || len(totals) != 7 {
		t.Fatalf("%d districts, %v", len(totals), err)
	}
	var sum models.UnitTotal
	shares := map[int]bool{}
	for _, u := range totals {
		sum.Add(u)
		shares[models.Percent(u.UpTo(true), u.Total)] = true
	}
	if sum.Total != 159 || sum.Met != 101 || sum.Studying != 25 || sum.Missing != 33 || sum.Unknown != 0 {
		t.Errorf("all districts: %+v", sum)
	}
	if len(shares) < 4 {
		t.Errorf("only %d different shares among the districts: the overview would show nothing", len(shares))
	}
}

func targetsStand(t *testing.T, c *Core, officer models.Actor) {
	t.Helper()
	progress, err := c.Targets(context.Background(), officer, 0, demo.On)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]models.Progress{}
	for _, p := range progress {
		by[p.Target.Code] = p
	}
	if p := by["T12"]; p.Total != 159 || p.Met != 101 || p.Studying != 25 || p.Needed != 144 || p.StillNeed != 18 {
		t.Errorf("T12: %+v", p)
	}
	if p := by["T13"]; p.Total != 2902 || p.Met != 1016 || p.Missing != 1886 || p.StillNeed != 0 {
		t.Errorf("T13: %+v", p)
	}
	if p := by["T14"]; p.Total != 159+159+1579+2*1323+2*3303 || p.People >= p.Total {
		t.Errorf("T14: %+v", p)
	}
	lines, err := c.Baseline(context.Background(), officer)
	if err != nil || len(lines) < 25 {
		t.Fatalf("%d figures, %v", len(lines), err)
	}
	for _, l := range lines {
		if l.Verdict == Differs {
			t.Errorf("%s: the plan prints %s, computed %s (%s)", l.ID, l.Printed, l.Computed, l.How)
		}
	}
}
