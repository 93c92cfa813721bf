package core

import (
	"context"

	"datchuan/models"
)

// operatorID stands in audit rows for the machine's owner, who acts through commands and has no account.
const operatorID = -1

// Operator is the machine's owner at the command line. Her scope is the whole tree: the one root, or what the paths of
// several roots have in common.
func (c *Core) Operator(ctx context.Context) (models.Actor, error) {
	actor := models.Actor{AccountID: operatorID, Login: "operator", Name: "operator", Role: models.ProvinceOfficer, Language: models.Vi}
	tree, err := c.Tree(ctx)
	if err != nil {
		return models.Actor{}, err
	}
	roots := map[int64]bool{}
	for _, id := range tree.children[0] {
		for _, span := range tree.spans[id] {
			if span.ParentID != 0 {
				continue
			}
			if len(roots) == 0 {
				actor.Path = span.Path
			}
			roots[id] = true
			actor.Path = commonPrefix(actor.Path, span.Path)
		}
	}
	if len(roots) == 1 {
		actor.UnitID = models.PathIDs(actor.Path)[0]
	}
	return actor, nil
}

func commonPrefix(a, b string) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return a[:n]
}
