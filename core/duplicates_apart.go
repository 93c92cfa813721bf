package core

import (
	"context"
	"fmt"

	"datchuan/models"
)

// MarkNotSame records that two records are two people; they are not offered again.
func (c *Core) MarkNotSame(ctx context.Context, actor models.Actor, a, b int64) error {
	return c.change(ctx, actor, models.CadresMerge, func(tx *Tx) error {
		if a == b {
			return models.Fail(models.Invalid, "merge.same_record", "")
		}
		for _, id := range []int64{a, b} {
			if _, err := tx.activeCadre(id); err != nil {
				return err
			}
		}
		pair := pairOf(a, b)
		var n int64
		if err := tx.Model(&notSame{}).Where("cadre_a = ? AND cadre_b = ?", pair[0], pair[1]).Count(&n).Error; err != nil || n > 0 {
			return err
		}
		mark := notSame{CadreA: pair[0], CadreB: pair[1], At: tx.at, AccountID: tx.actor.AccountID}
		if err := tx.Create(&mark).Error; err != nil {
			return err
		}
		for i, id := range pair {
			if err := tx.audit("cadre.not_same", "cadre", id, map[string]string{"other": fmt.Sprint(pair[1-i])}); err != nil {
				return err
			}
		}
		return nil
	})
}

// apart are the pairs that somebody marked as two people.
func (c *Core) apart(ctx context.Context) (map[[2]int64]bool, error) {
	var marks []notSame
	if err := c.read.WithContext(ctx).Find(&marks).Error; err != nil {
		return nil, err
	}
	out := make(map[[2]int64]bool, len(marks))
	for _, m := range marks {
		out[[2]int64{m.CadreA, m.CadreB}] = true
	}
	return out, nil
}
