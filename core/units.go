package core

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"datchuan/models"
)

// UnitNode is a unit of the tree on a date. Children counts those that the asker may see.
type UnitNode struct {
	models.UnitSpan
	Code     string `json:"code"`
	Children int    `json:"children"`
}

// UnitLinkView is one end of a link: the other unit, and whether it came after ("to") or before ("from").
type UnitLinkView struct {
	models.UnitLink
	Direction string `json:"direction"`
	UnitID    int64  `json:"unit_id"`
	Code      string `json:"code"`
	Name      string `json:"name"`
}

// HolderView is somebody who holds a post at a unit on a date.
type HolderView struct {
	CadreID  int64              `json:"cadre_id"`
	Name     string             `json:"name"`
	Birth    models.PartialDate `json:"birth"`
	Position string             `json:"position"` // code
	Title    string             `json:"title"`    // name of the position
	From     models.Date        `json:"from"`
	To       models.Date        `json:"to"`
}

// UnitDetail is all about one unit on a date. Holders is empty for roles that read no cadres.
type UnitDetail struct {
	Span     models.UnitSpan     `json:"span"`
	Exists   bool                `json:"exists"` // on the date; else Span is the nearest one
	Code     string              `json:"code"`
	Version  int64               `json:"version"`
	Trail    []models.UnitSpan   `json:"trail"` // from the root to the parent
	Spans    []models.UnitSpan   `json:"spans"`
	Flags    []models.UnitFlag   `json:"flags"`
	Links    []UnitLinkView      `json:"links"`
	Children []UnitNode          `json:"children"`
	Figures  []models.UnitFigure `json:"figures"`
	Holders  []HolderView        `json:"holders"`
}

// Standing finds who stands in a unit's place on a date: itself, its successor, or the nearest unit above that is left.
func (t *Tree) Standing(id int64, on models.Date) (models.UnitSpan, bool) {
	if s, ok := t.At(id, on); ok {
		return s, true
	}
	if next, ok := t.SuccessorOn(id, on); ok {
		return t.At(next, on)
	}
	s, ok := t.Nearest(id, on)
	if !ok {
		return s, false
	}
	above := models.PathIDs(s.Path)
	for i := len(above) - 2; i >= 0; i-- {
		if p, ok := t.At(above[i], on); ok && s.To <= on {
			return p, true
		}
	}
	return s, true
}

// inScope tells whether a unit belongs to a subtree on today's map; a unit that is gone belongs where its successor is.
func (t *Tree) inScope(id int64, path string, today models.Date) bool {
	if path == "" {
		return false
	}
	s, ok := t.Standing(id, today)
	return ok && models.UnderPath(s.Path, path)
}

// visible is a unit in the actor's scope; everything else is not found.
func (t *Tree) visible(actor models.Actor, id int64, today models.Date) error {
	if !t.inScope(id, actor.Path, today) {
		return models.Fail(models.NotFound, "not_found", "", "object", "unit")
	}
	return nil
}

// Units lists the children of a unit on the map of a date (0 = today); parent 0 means the top of the actor's own scope.
func (c *Core) Units(ctx context.Context, actor models.Actor, parent int64, on models.Date) ([]UnitNode, error) {
	if err := allow(actor, models.UnitsRead); err != nil {
		return nil, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return nil, err
	}
	today := c.Today(ctx)
	on = cmp.Or(on, today)
	if parent != 0 {
		if err := tree.visible(actor, parent, today); err != nil {
			return nil, err
		}
		return tree.nodes(tree.Children(parent, on), actor, on, today), nil
	}
	return tree.nodes(tree.tops(actor.Path, on, today), actor, on, today), nil
}

// tops are the highest units of a scope on a map. Usually that is the scope's own root; on a map older than the root,
// they are the units that belong to it today.
func (t *Tree) tops(path string, on, today models.Date) []models.UnitSpan {
	if path == "" {
		return nil
	}
	if ids := models.PathIDs(path); len(ids) > 0 { // none: the common beginning of several roots
		if s, ok := t.At(ids[len(ids)-1], on); ok {
			return []models.UnitSpan{s}
		}
	}
	var out []models.UnitSpan
	for id := range t.spans {
		s, ok := t.At(id, on)
		if ok && t.inScope(id, path, today) && !t.inScope(s.ParentID, path, today) {
			out = append(out, s)
		}
	}
	sortSpans(out)
	return out
}

// nodes dresses spans that the actor may see.
func (t *Tree) nodes(spans []models.UnitSpan, actor models.Actor, on, today models.Date) []UnitNode {
	out := make([]UnitNode, 0, len(spans))
	for _, s := range spans {
		if !t.inScope(s.UnitID, actor.Path, today) {
			continue
		}
		n := UnitNode{UnitSpan: s, Code: t.Code(s.UnitID)}
		for _, child := range t.children[s.UnitID] {
			if cs, ok := t.At(child, on); ok && cs.ParentID == s.UnitID && t.inScope(child, actor.Path, today) {
				n.Children++
			}
		}
		out = append(out, n)
	}
	return out
}

// Unit is one unit on the map of a date (0 = today).
func (c *Core) Unit(ctx context.Context, actor models.Actor, id int64, on models.Date) (UnitDetail, error) {
	if err := allow(actor, models.UnitsRead); err != nil {
		return UnitDetail{}, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return UnitDetail{}, err
	}
	today := c.Today(ctx)
	on = cmp.Or(on, today)
	if err := tree.visible(actor, id, today); err != nil {
		return UnitDetail{}, err
	}
	d := UnitDetail{Code: tree.Code(id), Spans: tree.Spans(id), Flags: tree.Flags(id)}
	d.Span, _ = tree.Nearest(id, on)
	_, d.Exists = tree.At(id, on)
	ids := models.PathIDs(d.Span.Path)
	for _, above := range ids[:len(ids)-1] {
		if s, ok := tree.Nearest(above, on); ok {
			d.Trail = append(d.Trail, s)
		}
	}
	d.Children = tree.nodes(tree.Children(id, on), actor, on, today)
	db := c.read.WithContext(ctx)
	if err := db.Model(&models.Unit{}).Where("id = ?", id).Pluck("version", &d.Version).Error; err != nil {
		return d, err
	}
	if err := db.Where("unit_id = ?", id).Order("key, date DESC, recorded_at DESC, id DESC").Find(&d.Figures).Error; err != nil {
		return d, err
	}
	if d.Links, err = c.unitLinks(ctx, tree, id); err != nil {
		return d, err
	}
	if actor.May(models.CadresRead) {
		d.Holders, err = c.holders(ctx, actor, id, on)
	}
	return d, err
}

func (c *Core) unitLinks(ctx context.Context, tree *Tree, id int64) ([]UnitLinkView, error) {
	var links []models.UnitLink
	if err := c.read.WithContext(ctx).Where("from_id = ? OR to_id = ?", id, id).Order("date, id").Find(&links).Error; err != nil {
		return nil, err
	}
	out := make([]UnitLinkView, len(links))
	for i, l := range links {
		out[i] = UnitLinkView{UnitLink: l, Direction: "to", UnitID: l.ToID}
		if l.ToID == id {
			out[i].Direction, out[i].UnitID = "from", l.FromID
		}
		out[i].Code = tree.Code(out[i].UnitID)
		if s, ok := tree.Nearest(out[i].UnitID, l.Date); ok {
			out[i].Name = s.FullName()
		}
	}
	return out, nil
}

// holders are the people in the actor's scope who hold a post at the unit on a date, in the order of the posts.
func (c *Core) holders(ctx context.Context, actor models.Actor, unitID int64, on models.Date) ([]HolderView, error) {
	var out []HolderView
	db := c.read.WithContext(ctx).Table("holdings").
		Select("cadres.id AS cadre_id, cadres.name, cadres.birth, holdings.position, positions.name AS title, holdings.valid_from AS \"from\", holdings.valid_to AS \"to\"").
		Joins("JOIN cadres ON cadres.id = holdings.cadre_id AND cadres.state = 'active'").
		Joins("JOIN positions ON positions.code = holdings.position").
		Where("holdings.unit_id = ? AND holdings.superseded_at = ? AND holdings.valid_from <= ? AND holdings.valid_to > ?", unitID, models.Never, on, on).
		Order("positions.ordinal, cadres.sort_key, cadres.id")
	err := under(db, "cadres.path", actor.Path).Scan(&out).Error
	return out, err
}

// FindUnits searches names of units, accents optional; those whose accents agree come first. kind "" is any.
func (c *Core) FindUnits(ctx context.Context, actor models.Actor, text string, kind models.UnitKind, on models.Date, limit int) ([]UnitNode, error) {
	if err := allow(actor, models.UnitsRead); err != nil {
		return nil, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return nil, err
	}
	today := c.Today(ctx)
	on = cmp.Or(on, today)
	words, exact := strings.Fields(models.Fold(text)), models.MatchKey(text)
	styles := map[string]string{}
	for _, spans := range tree.spans {
		for _, s := range spans {
			if _, known := styles[s.Style]; !known {
				styles[s.Style] = models.Fold(s.Style)
			}
		}
	}
	var hits, near []models.UnitSpan
	for id := range tree.spans {
		s, ok := tree.At(id, on)
		if !ok || (kind != "" && s.Kind != kind) || !(hasWords(styles[s.Style]+" "+s.Search, words) || strings.EqualFold(tree.Code(id), text)) || !tree.inScope(id, actor.Path, today) {
			continue
		}
		if strings.Contains(models.MatchKey(s.FullName()), exact) {
			hits = append(hits, s)
		} else {
			near = append(near, s)
		}
	}
	for _, list := range [][]models.UnitSpan{hits, near} {
		slices.SortFunc(list, func(a, b models.UnitSpan) int {
			return cmp.Or(cmp.Compare(len(a.Path), len(b.Path)), slices.Compare(models.SortKey(a.Name), models.SortKey(b.Name)), cmp.Compare(a.UnitID, b.UnitID))
		})
	}
	hits = append(hits, near...)
	if limit <= 0 {
		limit = 20
	}
	limit = min(limit, 1000)
	return tree.nodes(hits[:min(limit, len(hits))], actor, on, today), nil
}

// hasWords tells whether each wanted word begins some word of the text; both are folded.
func hasWords(text string, want []string) bool {
	have := strings.Fields(text)
	for _, w := range want {
		if !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return true
}
