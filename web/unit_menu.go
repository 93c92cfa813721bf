package web

import (
	"context"
	"slices"
	"strconv"

	"datchuan/core"
	"datchuan/models"
)

// menuKinds are the units that somebody answers for: those of a commune have no account and no roster of their own.
var menuKinds = []models.UnitKind{models.Nation, models.Province, models.District, models.Commune, models.Office}

// unitMenu lists units and what is below them down to the communes, in the order of papers; a commune says its district.
func unitMenu(tree *core.Tree, tops []models.UnitSpan, on models.Date, chosen int64) []Option {
	var out []Option
	for _, u := range tops {
		if !slices.Contains(menuKinds, u.Kind) {
			continue
		}
		label := u.FullName()
		if above, ok := tree.At(u.ParentID, on); ok && u.Kind == models.Commune && above.Kind == models.District {
			label += ", " + above.FullName()
		}
		out = append(out, Option{Value: strconv.FormatInt(u.UnitID, 10), Label: label, Selected: u.UnitID == chosen})
		if u.Kind != models.Commune && u.Kind != models.Office {
			out = append(out, unitMenu(tree, tree.Children(u.UnitID, on), on, chosen)...)
		}
	}
	return out
}

// allUnits is the menu of the whole map of today, headed by "none". A chosen unit that has ended stays in it.
func (s *server) allUnits(ctx context.Context, none string, chosen int64) ([]Option, error) {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	today := s.core.Today(ctx)
	menu := append([]Option{{Value: "", Label: none}}, unitMenu(tree, tree.Roots(today), today, chosen)...)
	if span, ok := tree.Nearest(chosen, today); ok && !slices.ContainsFunc(menu, func(o Option) bool { return o.Selected }) {
		menu = append(menu, Option{Value: strconv.FormatInt(chosen, 10), Label: span.FullName(), Selected: true})
	}
	return menu, nil
}
