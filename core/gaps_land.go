package core

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"datchuan/models"
)

// land is a part of the country on one date: whole subtrees, and single units without what lies below them.
type land struct {
	prefixes []string
	exact    []string
}

func (l land) empty() bool { return len(l.prefixes) == 0 && len(l.exact) == 0 }

// has tells whether a path lies in the land.
func (l land) has(path string) bool {
	for _, p := range l.prefixes {
		if models.UnderPath(path, p) {
			return true
		}
	}
	return slices.Contains(l.exact, path)
}

// cut is the part of this land that also lies in the other.
func (l land) cut(o land) land {
	var out land
	for _, p := range l.prefixes {
		if o.has(p) && !slices.Contains(o.exact, p) {
			out.prefixes = append(out.prefixes, p)
			continue
		}
		for _, q := range o.prefixes {
			if models.UnderPath(q, p) {
				out.prefixes = append(out.prefixes, q)
			}
		}
		for _, q := range o.exact {
			if models.UnderPath(q, p) {
				out.exact = append(out.exact, q)
			}
		}
	}
	for _, p := range l.exact {
		if o.has(p) {
			out.exact = append(out.exact, p)
		}
	}
	return out
}

// where is the land as a condition on a path column: a range for the index, and membership when it is not one subtree.
func (c *Core) where(l land, column string) (string, []any) {
	if l.empty() {
		return "1 = 0", nil
	}
	low, high := l.bounds()
	cond, args := column+" >= ? AND "+column+" < ?", []any{low, high}
	if len(l.prefixes) == 1 && len(l.exact) == 0 {
		return cond, args
	}
	byLength := map[int][]string{}
	for _, p := range l.prefixes {
		byLength[len(p)] = append(byLength[len(p)], p)
	}
	var any []string
	for _, n := range orderedKeys(byLength) {
		any = append(any, fmt.Sprintf("substr(%s, 1, %d) %s", column, n, c.inTexts()))
		args = append(args, c.textList(byLength[n]))
	}
	if len(l.exact) > 0 {
		any = append(any, column+" "+c.inTexts())
		args = append(args, c.textList(l.exact))
	}
	return cond + " AND (" + strings.Join(any, " OR ") + ")", args
}

func (l land) bounds() (low, high string) {
	for i, p := range append(slices.Clone(l.prefixes), l.exact...) {
		if i == 0 || p < low {
			low = p
		}
		high = max(high, models.PathEnd(p))
	}
	return low, high
}

func orderedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// inTexts is a membership test whose one argument is made by textList.
func (c *Core) inTexts() string {
	if c.isPostgres() {
		return "= ANY (ARRAY(SELECT json_array_elements_text(CAST(? AS json))))"
	}
	return "IN (SELECT value FROM json_each(?))"
}

func (c *Core) textList(texts []string) string {
	out, _ := json.Marshal(texts) // strings always marshal
	return string(out)
}

// viewer is the map as one request sees it: people stand where they stood on asOf, units are cut as on the date of the map.
type viewer struct {
	tree  *Tree
	asOf  models.Date
	on    models.Date // the map
	scope land        // what the actor may see, on asOf
	own   int64       // the actor's unit
	from  map[int64][]int64
}

func (c *Core) viewer(ctx context.Context, actor models.Actor, asOf, on models.Date) (*viewer, error) {
	tree, err := c.Tree(ctx)
	if err != nil {
		return nil, err
	}
	if on == 0 {
		on = asOf
	}
	v := &viewer{tree: tree, asOf: asOf, on: on, own: actor.UnitID}
	v.scope = v.scopeOf(actor, c.Today(ctx))
	return v, nil
}

// scopeOf carries the actor's scope, which is a unit of today's map, to the date: where her unit stood then; if it did not
// exist, the units that became it. Nothing found is nothing seen.
func (v *viewer) scopeOf(actor models.Actor, today models.Date) land {
	if actor.Path == "" {
		return land{}
	}
	if actor.UnitID == 0 { // the machine's owner: a path without a unit
		return land{prefixes: []string{actor.Path}}
	}
	if s, ok := v.tree.At(actor.UnitID, v.asOf); ok && v.on != today {
		return land{prefixes: []string{s.Path}}
	}
	return v.landOf(actor.UnitID, today)
}

// unit is the land of a unit of the map, cut to the scope; 0 is the actor's own unit. A unit that is not on the map, or
// not in the scope, is not found.
func (v *viewer) unit(id int64) (land, error) {
	if id == 0 || id == v.own {
		return v.scope, nil
	}
	l := v.landOf(id, v.on).cut(v.scope)
	s, ok := v.tree.At(id, v.on)
	if !ok || l.empty() || !v.below(s) {
		return land{}, models.Fail(models.NotFound, "not_found", "unit_id", "object", "unit")
	}
	return l, nil
}

// below tells whether a unit of the map lies in the actor's scope and not above it.
func (v *viewer) below(s models.UnitSpan) bool {
	if own, ok := v.tree.At(v.own, v.on); ok {
		return models.UnderPath(s.Path, own.Path)
	}
	if v.own == 0 {
		return v.scope.has(s.Path)
	}
	return v.scope.has(s.Path) || v.on != v.asOf && !v.landOf(s.UnitID, v.on).empty()
}

// landOf is what became (or will become) a unit of the map of a date, as land on asOf.
func (v *viewer) landOf(id int64, on models.Date) land {
	goal, ok := v.tree.At(id, on)
	if !ok {
		return land{}
	}
	if on == v.asOf {
		return land{prefixes: []string{goal.Path}}
	}
	var out land
	for _, root := range v.tree.children[0] {
		l, _ := v.collect(root, on, goal.Path)
		out.prefixes = append(out.prefixes, l.prefixes...)
		out.exact = append(out.exact, l.exact...)
	}
	return out
}

// collect walks the units of asOf and keeps those whose place on the map lies under the goal; whole tells that all of the
// subtree does.
func (v *viewer) collect(id int64, on models.Date, goal string) (out land, whole bool) {
	s, ok := v.tree.At(id, v.asOf)
	if !ok {
		return land{}, true // not there on the date: nothing to keep, nothing to spoil
	}
	inside := models.UnderPath(v.placeOn(id, on), goal)
	whole = inside
	for _, child := range v.tree.children[id] {
		if c, ok := v.tree.At(child, v.asOf); !ok || c.ParentID != id {
			continue
		}
		l, all := v.collect(child, on, goal)
		whole = whole && all
		out.prefixes = append(out.prefixes, l.prefixes...)
		out.exact = append(out.exact, l.exact...)
	}
	if whole {
		return land{prefixes: []string{s.Path}}, true
	}
	if inside {
		out.exact = append(out.exact, s.Path)
	}
	return out, false
}

// placeOn is the path of a unit on another date: its own, else that of its successor; for an earlier map, that of the
// units it came from, as far as they share it.
func (v *viewer) placeOn(id int64, on models.Date) string {
	if later, ok := v.tree.SuccessorOn(id, on); ok {
		s, _ := v.tree.At(later, on)
		return s.Path
	}
	if v.from == nil {
		v.from = map[int64][]int64{}
		for _, from := range orderedKeys(v.tree.links) {
			for _, l := range v.tree.links[from] {
				v.from[l.ToID] = append(v.from[l.ToID], from)
			}
		}
	}
	return v.originOn(id, on, 20) // as SuccessorOn: longer chains mean a loop
}

func (v *viewer) originOn(id int64, on models.Date, depth int) string {
	if s, ok := v.tree.At(id, on); ok {
		return s.Path
	}
	common, first := "", true
	for _, from := range v.from[id] {
		if depth == 0 {
			break
		}
		p := v.originOn(from, on, depth-1)
		if first {
			common, first = p, false
			continue
		}
		common = sharedPath(common, p)
	}
	return common
}

func sharedPath(a, b string) string {
	n := 0
	for n+models.PathWidth <= min(len(a), len(b)) && a[n:n+models.PathWidth] == b[n:n+models.PathWidth] {
		n += models.PathWidth
	}
	return a[:n]
}

// flagged is the land that has a flag on the date.
func (v *viewer) flagged(flag models.AreaFlag) land {
	var out land
	for id, flags := range v.tree.flags {
		for _, f := range flags {
			if s, ok := v.tree.At(id, v.asOf); ok && f.Flag == flag && (models.Span{From: f.From, To: f.To}).Contains(v.asOf) {
				out.prefixes = append(out.prefixes, s.Path)
				break
			}
		}
	}
	slices.Sort(out.prefixes)
	return out
}
