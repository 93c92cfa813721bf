package core

import (
	"context"
	"fmt"

	"datchuan/core/demo"
	"datchuan/core/reference"
	"datchuan/models"
)

// Synth fills an empty database with n cadres for measuring: provinces of the shape of the demonstration, about 11.000
// cadres each, under one nation. Each province is one transaction, so memory stays bounded and an interruption leaves
// whole provinces. progress hears how many cadres are in.
func (c *Core) Synth(ctx context.Context, n int, progress func(done int)) error {
	if err := c.SeedReference(ctx); err != nil {
		return err
	}
	if !c.isPostgres() { // room for the indexes that every row touches
		if err := c.write.WithContext(ctx).Exec("PRAGMA cache_size(-400000)").Error; err != nil {
			return err
		}
		defer c.write.Exec("PRAGMA cache_size(-65536)")
	}
	done := 0
	next := draw(1)
	for number := 1; done < n; number++ {
		if number > demo.MaxProvinces {
			return models.Fail(models.Invalid, "synth.too_many", "cadres", "max", fmt.Sprint(done))
		}
		made := <-next
		next = draw(number + 1)
		m, w := made.m, made.w
		w.Cadres = w.Cadres[:min(len(w.Cadres), n-done)]
		err := c.transactBulk(ctx, operator(), func(b *bulk) error {
			if number == 1 {
				if err := b.refuseFull(); err != nil {
					return err
				}
			}
			_, err := b.populate(m, w)
			return err
		})
		if err != nil {
			return err
		}
		done += len(w.Cadres)
		if progress != nil {
			progress(done)
		}
	}
	return c.analyze(ctx)
}

// drawn is a province that waits to be written.
type drawn struct {
	m reference.Map
	w demo.World
}

// draw makes a province while the one before is being written.
func draw(number int) <-chan drawn {
	out := make(chan drawn, 1)
	go func() {
		m, w := demo.Elsewhere(demo.Seed, number)
		out <- drawn{m, w}
	}()
	return out
}
