package core

import (
	"context"
	"os"
	"strconv"
	"testing"

	"datchuan/models"
)

// benchSize is the number of cadres: DATCHUAN_BENCH_N, else those of one province.
func benchSize(b *testing.B) int {
	b.Helper()
	text := os.Getenv("DATCHUAN_BENCH_N")
	if text == "" {
		return 12_000
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// benchCore is a database with synthetic provinces.
func benchCore(b *testing.B, kind string) *Core {
	b.Helper()
	c := openTest(b, kind)
	ctx := context.Background()
	if err := c.SeedReference(ctx); err != nil {
		b.Fatal(err)
	}
	if err := c.Synth(ctx, benchSize(b), func(int) {}); err != nil {
		b.Fatal(err)
	}
	return c
}

// benchUnits are the widest unit there is, a province and a district.
func benchUnits(b *testing.B, c *Core) (top models.Actor, province, district int64) {
	b.Helper()
	ctx := context.Background()
	top, err := c.Operator(ctx)
	if err != nil {
		b.Fatal(err)
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		b.Fatal(err)
	}
	root := tree.Roots(march)[0]
	for root.Kind != models.Province {
		root = tree.Children(root.UnitID, march)[0]
	}
	for _, d := range tree.Children(root.UnitID, march) { // a small one may have no chair with a gap
		page, err := c.Gaps(ctx, top, models.GapFilter{Position: "chu-tich-xa", UnitID: d.UnitID, AsOf: march}, "", 1)
		if err != nil {
			b.Fatal(err)
		}
		if page.Total > 0 {
			return top, root.UnitID, d.UnitID
		}
	}
	b.Fatal("no district with a gap")
	return top, 0, 0
}

// BenchmarkGaps measures the first page (50 rows) and the totals at each level, over all positions and for the chairs.
func BenchmarkGaps(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) {
			c := benchCore(b, kind)
			benchLists(b, c)
			b.Run("doctor", func(b *testing.B) {
				for b.Loop() {
					if r, err := c.Doctor(context.Background()); err != nil || !r.Healthy() {
						b.Fatal(r, err)
					}
				}
			})
		})
	}
}

func benchLists(b *testing.B, c *Core) {
	ctx := context.Background()
	actor, province, district := benchUnits(b, c)
	for name, f := range map[string]models.GapFilter{
		"all/whole": {}, "all/province": {UnitID: province}, "all/district": {UnitID: district},
		"chairs/whole": {Position: "chu-tich-xa"}, "chairs/province": {Position: "chu-tich-xa", UnitID: province}, "chairs/district": {Position: "chu-tich-xa", UnitID: district},
	} {
		f.AsOf = march
		b.Run("page/"+name, func(b *testing.B) {
			for b.Loop() {
				page, err := c.Gaps(ctx, actor, f, "", 50)
				if err != nil || page.Total == 0 || len(page.Rows) == 0 {
					b.Fatal(page.Total, err)
				}
			}
		})
		b.Run("totals/"+name, func(b *testing.B) {
			for b.Loop() {
				totals, err := c.GapTotals(ctx, actor, f, models.District)
				if err != nil || len(totals) == 0 {
					b.Fatal(err)
				}
			}
		})
	}
}
