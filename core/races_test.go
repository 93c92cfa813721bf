package core

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"datchuan/models"
)

// together runs the functions at one moment and fails for any error that is not the domain's.
func together(t *testing.T, run ...func() error) {
	t.Helper()
	start := make(chan struct{})
	var all sync.WaitGroup
	for _, fn := range run {
		all.Go(func() {
			<-start
			if err := fn(); err != nil && models.KindOf(err) == "" {
				t.Error(err)
			}
		})
	}
	close(start)
	all.Wait()
}

// While one office changes papers, another changes the rule sets, the flags and the map: what is derived is never left
// as it was before one of them.
func TestStandingsHoldWhileOthersWrite(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		var run []func() error
		for i := range 6 {
			id := w.person(fmt.Sprintf("Trần Thị Lan %c", 'A'+i), "uy-vien-bch-xa", []string{"MT", "PT"}[i%2])
			run = append(run, func() error {
				for year := range 12 {
					_, err := c.SaveQualification(ctx, w.officer, models.Qualification{CadreID: id, Kind: models.HoiTraining, Level: models.Attended, Days: 12,
						Giver: models.ByProvince, Earned: d(2001+year, 1, 1)})
					if err != nil {
						return err
					}
				}
				return nil
			}, func() error {
				_, err := c.SaveHolding(ctx, w.officer, models.Holding{CadreID: id, Position: "chu-tich-xa", UnitID: w.unit["DH"], From: d(2012, 1, 1+i), To: d(2012, 1, 2+i)})
				return err
			})
		}
		for i := range 10 {
			run = append(run, func() error {
				_, err := c.CopyStandard(ctx, w.officer, "uy-vien-bch-2013", fmt.Sprintf("thu-%d", i), "Thử")
				return err
			}, func() error {
				return c.SetUnitFlag(ctx, w.officer, w.unit["LT"], models.UnitFlag{Flag: models.Mountainous, From: d(2001+i, 1, 1), To: d(2001+i, 6, 1), Basis: "Thử", Certainty: models.Sourced})
			}, func() error {
				_, err := c.ApplyUnitChange(ctx, w.officer, UnitChange{Kind: UnitMove, Units: []int64{w.unit[[]string{"MT", "PT"}[i%2]]}, Date: d(2012, 1+i%10, 1), Basis: "Thử",
					Into: []UnitInput{{ParentID: w.unit[[]string{"MH", "LT"}[i/2%2]]}}})
				return err
			})
		}
		together(t, run...)
		w.checkPaths()
		if r := w.doctor(); !r.Healthy() {
			t.Errorf("%+v", r.Problems)
		}
	})
}

// Of several officers who change one target, or one rule set, from the same version, one is heard.
func TestOneOfManyEditorsIsHeard(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		all, err := c.Targets(ctx, w.officer, 0, march)
		if err != nil {
			t.Fatal(err)
		}
		target := progressOf(t, all, "T12").Target
		rules, err := c.Standard(ctx, w.officer, "ke-hoach-2013", 0)
		if err != nil {
			t.Fatal(err)
		}
		for what, edit := range map[string]func(i int) error{
			"target": func(i int) error {
				mine := target
				mine.ThresholdBP = 1000 + i
				_, err := c.SaveTarget(ctx, w.officer, mine)
				return err
			},
			"standard": func(i int) error {
				mine := rules
				mine.Note = fmt.Sprint("ghi chú ", i)
				_, err := c.NewVersion(ctx, w.officer, "ke-hoach-2013", 1, mine)
				return err
			},
		} {
			var mu sync.Mutex
			heard := 0
			var run []func() error
			for i := range 8 {
				run = append(run, func() error {
					err := edit(i)
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						heard++
					} else if models.KindOf(err) != models.Stale {
						t.Errorf("%s: %v", what, err)
					}
					return err
				})
			}
			together(t, run...)
			if heard != 1 {
				t.Errorf("%s: %d editors were heard", what, heard)
			}
		}
	})
}
