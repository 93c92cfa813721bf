package core

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"

	"datchuan/models"
)

// PlanRoster is what importing the rows of a file below a unit (0 = the actor's own) would do, for a file that is not
// kept: nothing is written.
func (c *Core) PlanRoster(ctx context.Context, actor models.Actor, data []byte, unitID int64, rows []models.RosterRow, choices ImportChoices) (ImportPlan, error) {
	if err := allow(actor, models.ImportsRun); err != nil {
		return ImportPlan{}, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return ImportPlan{}, err
	}
	today, sum := c.Today(ctx), sha256.Sum256(data)
	im := Import{AccountID: actor.AccountID, UnitID: cmp.Or(unitID, actor.UnitID), FileSHA256: hex.EncodeToString(sum[:])}
	if im.UnitID != 0 && !inScope(actor, tree.pathOn(im.UnitID, today)) {
		return ImportPlan{}, models.Fail(models.NotFound, "not_found", "unit", "object", "unit")
	}
	p, err := c.planImport(ctx, c.read, tree, actor, im, rows, choices, today, func(int, int) {})
	if err != nil {
		return ImportPlan{}, err
	}
	return p.out, nil
}
