package core

import (
	"context"
	"errors"
	"slices"

	"datchuan/models"
)

// The kinds of change that a unit can go through.
const (
	UnitRename = "rename" // new name, style or order: Into[0]
	UnitMove   = "move"   // below another parent: Into[0].ParentID
	UnitMerge  = "merge"  // into the new unit Into[0], or into the standing unit IntoID
	UnitSplit  = "split"  // into the new units Into; with Keep the unit itself goes on and Into are the parts taken from it
	UnitEnd    = "end"    // without successor
)

// UnitChange is a reform of units on a date.
type UnitChange struct {
	Kind         string        `json:"kind"`
	Units        []int64       `json:"units"`
	Date         models.Date   `json:"date"`
	Basis        string        `json:"basis"`
	Into         []UnitInput   `json:"into,omitempty"`
	IntoID       int64         `json:"into_id,omitempty"`
	Main         int           `json:"main,omitempty"` // split without Keep: which part takes what can't be divided
	Keep         bool          `json:"keep,omitempty"`
	Assign       map[int64]int `json:"assign,omitempty"`        // split: child unit -> index in Into
	MoveHoldings bool          `json:"move_holdings,omitempty"` // open the posts of an ended unit again at its successor
	Version      int64         `json:"version,omitempty"`       // of Units[0] as seen; 0 = not compared
}

// UnitMoved is what happens to one unit: ends, starts, renamed, moves (other parent) or follows (its parent moved).
type UnitMoved struct {
	UnitID int64  `json:"unit_id"`
	Code   string `json:"code"`
	What   string `json:"what"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// PostMoved is a post at a unit that ends: closed on the date, and opened again elsewhere when To is given.
type PostMoved struct {
	CadreID  int64  `json:"cadre_id"`
	Name     string `json:"name"` // empty for roles that read no cadres
	Position string `json:"position"`
	Unit     string `json:"unit"`
	To       string `json:"to,omitempty"`
}

// UnitChangePreview is what a change does; before it is applied, Problems tell why it can't be.
type UnitChangePreview struct {
	Change   UnitChange    `json:"change"`
	Units    []UnitMoved   `json:"units"`
	Posts    []PostMoved   `json:"posts"`
	Cadres   int           `json:"cadres"` // records that change their place on today's map
	Problems models.Errors `json:"problems,omitempty"`
	Warnings models.Errors `json:"warnings,omitempty"`
}

var errPreview = errors.New("preview: roll back")

// PreviewUnitChange does the change in a transaction that is rolled back, so that it shows exactly what would happen.
func (c *Core) PreviewUnitChange(ctx context.Context, actor models.Actor, ch UnitChange) (UnitChangePreview, error) {
	var p UnitChangePreview
	err := c.changeRules(ctx, actor, models.UnitsWrite, func(tx *Tx) (err error) {
		if p, err = tx.changeUnits(ch); err != nil {
			return err
		}
		return errPreview
	})
	var many models.Errors
	var one *models.Error
	switch {
	case errors.Is(err, errPreview):
		return p, nil
	case models.KindOf(err) == models.NotFound || models.KindOf(err) == models.Forbidden || models.KindOf(err) == models.Unauthorized:
		return UnitChangePreview{}, err
	case errors.As(err, &many):
		return UnitChangePreview{Change: ch, Problems: many}, nil
	case errors.As(err, &one):
		return UnitChangePreview{Change: ch, Problems: models.Errors{one}}, nil
	}
	return UnitChangePreview{}, err
}

// ApplyUnitChange carries the change out: spans, paths of all units below, links, flags, posts, homes of records and
// derived standings in one transaction.
func (c *Core) ApplyUnitChange(ctx context.Context, actor models.Actor, ch UnitChange) (UnitChangePreview, error) {
	var p UnitChangePreview
	err := c.changeRules(ctx, actor, models.UnitsWrite, func(tx *Tx) (err error) {
		p, err = tx.changeUnits(ch)
		return err
	})
	return p, err
}

// reform is a change at work: the map before it and what it has touched so far.
type reform struct {
	tx       *Tx
	ch       UnitChange
	tree     *Tree // before the change
	preview  UnitChangePreview
	touched  map[int64]bool
	restand  map[int64]bool // cadres whose posts changed
	newUnits []int64
	hung     []int64 // put below another parent
}

func (tx *Tx) changeUnits(ch UnitChange) (UnitChangePreview, error) {
	tree, err := tx.tree()
	if err != nil {
		return UnitChangePreview{}, err
	}
	ch.Basis = models.Clean(ch.Basis)
	r := &reform{tx: tx, ch: ch, tree: tree, preview: UnitChangePreview{Change: ch}, touched: map[int64]bool{}, restand: map[int64]bool{}}
	if err := r.check(); err != nil {
		return UnitChangePreview{}, err
	}
	switch ch.Kind {
	case UnitRename:
		err = r.rename()
	case UnitMove:
		err = r.move()
	case UnitMerge:
		err = r.merge()
	case UnitSplit:
		err = r.split()
	default:
		err = r.end()
	}
	if err == nil {
		err = r.finish()
	}
	return r.preview, err
}

// check covers what all kinds share: the units exist in scope on the date, were not changed later, and were not edited
// by somebody else since they were shown.
func (r *reform) check() error {
	ch, today := r.ch, r.tx.today()
	if !ch.Date.Valid() {
		return models.Fail(models.Invalid, "unit.date_bad", "date")
	}
	wantInto := map[string]int{UnitRename: 1, UnitMove: 1, UnitEnd: 0}
	n, fixed := wantInto[ch.Kind]
	switch {
	case fixed && len(ch.Into) != n, ch.Kind == UnitMerge && (len(ch.Into) == 1) == (ch.IntoID != 0),
		ch.Kind == UnitSplit && (len(ch.Into) < 1 || (len(ch.Into) < 2 && !ch.Keep) || ch.Main < 0 || ch.Main >= len(ch.Into)),
		!fixed && ch.Kind != UnitMerge && ch.Kind != UnitSplit:
		return models.Fail(models.Invalid, "unit.change_incomplete", "into")
	}
	sorted := slices.Clone(ch.Units)
	slices.Sort(sorted)
	if len(sorted) == 0 || len(slices.Compact(sorted)) != len(ch.Units) || (len(ch.Units) > 1 && (ch.Kind == UnitRename || ch.Kind == UnitSplit)) ||
		(ch.Kind == UnitMerge && ch.IntoID == 0 && len(ch.Units) < 2) {
		return models.Fail(models.Invalid, "unit.change_units", "units")
	}
	all := ch.Units
	if ch.IntoID != 0 {
		if slices.Contains(ch.Units, ch.IntoID) {
			return models.Fail(models.Invalid, "unit.change_units", "into_id")
		}
		all = append(slices.Clone(all), ch.IntoID)
	}
	for i, id := range all {
		if err := r.tree.visible(r.tx.actor, id, today); err != nil {
			return err
		}
		if err := r.checkSpan(id); err != nil {
			return err
		}
		res := r.tx.Model(&models.Unit{}).Where("id = ? AND (? = 0 OR version = ?)", id, seen(i, ch.Version), ch.Version).UpdateColumn("version", r.tx.add("version", 1))
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return models.Fail(models.Stale, "edit.stale", "")
		}
	}
	return nil
}

// seen is the version to compare: only the first unit's was shown to the editor.
func seen(i int, version int64) int64 {
	if i == 0 {
		return version
	}
	return 0
}

// checkSpan asks that the unit exists on the date. One that is to end must not have a later life or later
// predecessors: reforms are entered in the order of time, only a planned end may be overtaken.
func (r *reform) checkSpan(id int64) error {
	s, ok := r.tree.At(id, r.ch.Date)
	name, _ := r.tree.Nearest(id, r.ch.Date)
	if !ok {
		return models.Fail(models.Conflict, "unit.not_then", "units", "name", name.FullName(), "date", r.ch.Date.VN())
	}
	ends := id != r.ch.IntoID && (r.ch.Kind == UnitMerge || r.ch.Kind == UnitEnd || (r.ch.Kind == UnitSplit && !r.ch.Keep))
	if !ends {
		return nil
	}
	if s.From == r.ch.Date {
		return models.Fail(models.Conflict, "unit.starts_then", "units", "name", s.FullName(), "date", r.ch.Date.VN())
	}
	later := models.Date(0)
	if spans := r.tree.Spans(id); spans[len(spans)-1].ID != s.ID {
		later = s.To
	}
	for _, links := range r.tree.links {
		for _, l := range links {
			if l.ToID == id && l.Date > r.ch.Date {
				later = l.Date
			}
		}
	}
	if later != 0 {
		return models.Fail(models.Conflict, "unit.later_change", "units", "name", s.FullName(), "date", later.VN())
	}
	return nil
}

// parent is a unit in scope below which something is to stand from the date on.
func (r *reform) parent(id int64, kind models.UnitKind) (models.UnitSpan, error) {
	if err := r.tree.visible(r.tx.actor, id, r.tx.today()); err != nil {
		return models.UnitSpan{}, models.Fail(models.Invalid, "unit.parent_unknown", "parent_id")
	}
	p, ok := r.tree.At(id, r.ch.Date)
	if !ok {
		return p, models.Fail(models.Invalid, "unit.parent_not_then", "parent_id", "date", r.ch.Date.VN())
	}
	if !mayHang(kind, p.Kind) {
		return p, models.Fail(models.Invalid, "unit.kind_misplaced", "parent_id")
	}
	return p, nil
}
