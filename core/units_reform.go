package core

import (
	"slices"

	"gorm.io/gorm"

	"datchuan/models"
)

// The steps that the kinds of change share.

func (r *reform) note(id int64, what, before, after string) {
	r.touched[id] = true
	code := r.tree.Code(id)
	r.preview.Units = append(r.preview.Units, UnitMoved{UnitID: id, Code: code, What: what, Before: before, After: after})
}

// turn closes a span on the date and opens the next one; a span that began that very day is corrected in place.
func (r *reform) turn(old, next models.UnitSpan) error {
	if old.From >= r.ch.Date {
		next.ID, next.From, next.To = old.ID, old.From, old.To
		return r.tx.Model(&models.UnitSpan{}).Where("id = ?", old.ID).Select("parent_id", "kind", "style", "name", "search", "ordinal", "path", "basis").Updates(&next).Error
	}
	if err := r.tx.Model(&models.UnitSpan{}).Where("id = ?", old.ID).UpdateColumn("valid_to", r.ch.Date).Error; err != nil {
		return err
	}
	next.ID, next.From, next.To = 0, r.ch.Date, old.To
	return r.tx.Create(&next).Error
}

// hang puts a unit below another parent; its path follows in repath.
func (r *reform) hang(old, parent models.UnitSpan) error {
	next := old
	next.ParentID, next.Basis = parent.UnitID, r.ch.Basis
	next.Path = parent.Path + models.PathStep(old.UnitID)
	before, _ := r.tree.Nearest(old.ParentID, r.ch.Date)
	r.hung = append(r.hung, old.UnitID)
	r.note(old.UnitID, "moves", old.FullName()+", "+before.FullName(), old.FullName()+", "+parent.FullName())
	return r.turn(old, next)
}

// begin makes a unit that starts with the change; its parent must be in scope.
func (r *reform) begin(in UnitInput) (models.UnitSpan, error) {
	tree, err := r.tx.tree()
	if err != nil {
		return models.UnitSpan{}, err
	}
	if err := tree.checkUnit(&in); err != nil {
		return models.UnitSpan{}, err
	}
	p, err := r.parent(in.ParentID, in.Kind)
	if err != nil {
		return models.UnitSpan{}, err
	}
	if in.Code == "" {
		in.Code = tree.freeCode(tree.Code(in.ParentID), in.Name)
	}
	span, err := r.tx.insertUnit(tree, in)
	if err != nil {
		return span, err
	}
	r.touched[span.UnitID] = true
	r.newUnits = append(r.newUnits, span.UnitID)
	r.preview.Units = append(r.preview.Units, UnitMoved{UnitID: span.UnitID, Code: in.Code, What: "starts", After: span.FullName() + ", " + p.FullName()})
	return span, nil
}

// inherit carries the flags of the parts to a new unit: sure when all have one, uncertain when only some do.
func (r *reform) inherit(from []int64, to int64) error {
	for _, flag := range models.AreaFlags {
		with := 0
		for _, id := range from {
			for _, f := range r.tree.Flags(id) {
				if f.Flag == flag && f.From <= r.ch.Date && r.ch.Date < f.To {
					with++
					break
				}
			}
		}
		if with == 0 {
			continue
		}
		f := models.UnitFlag{UnitID: to, Flag: flag, From: r.ch.Date, To: models.Forever, Basis: r.ch.Basis, Certainty: models.Derived}
		if with < len(from) || r.ch.Kind == UnitSplit {
			f.Certainty = models.Uncertain
		}
		if err := r.tx.Create(&f).Error; err != nil {
			return err
		}
	}
	return nil
}

// pass hands the children of a unit on; to returns the unit itself for a child that stays, 0 for one nobody thought of.
func (r *reform) pass(id int64, to func(child int64) int64) error {
	tree, err := r.tx.tree() // with the units that the change has begun
	if err != nil {
		return err
	}
	for _, child := range r.tree.children[id] {
		for _, s := range r.tree.spans[child] {
			if s.ParentID != id || s.To <= r.ch.Date {
				continue
			}
			next := to(child)
			if next == id {
				continue
			}
			if next == 0 {
				return models.Fail(models.Invalid, "unit.child_unassigned", "assign", "name", s.FullName())
			}
			p, ok := tree.At(next, r.ch.Date)
			if !ok || !mayHang(s.Kind, p.Kind) {
				return models.Fail(models.Invalid, "unit.kind_misplaced", "assign")
			}
			if slices.Contains(models.PathIDs(p.Path), child) {
				return models.Fail(models.Conflict, "unit.below_itself", "into_id")
			}
			if err := r.hang(s, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// closeUnit ends a unit, its flags and the posts there; main is the part that takes what can't be divided.
func (r *reform) closeUnit(id int64, into []int64, main int) error {
	old, _ := r.tree.At(id, r.ch.Date)
	r.note(id, "ends", old.FullName(), "")
	if err := r.tx.Model(&models.UnitSpan{}).Where("id = ?", old.ID).UpdateColumn("valid_to", r.ch.Date).Error; err != nil {
		return err
	}
	if err := r.tx.Model(&models.UnitFlag{}).Where("unit_id = ? AND valid_to > ? AND valid_from < ?", id, r.ch.Date, r.ch.Date).UpdateColumn("valid_to", r.ch.Date).Error; err != nil {
		return err
	}
	// what was planned for the unit after this day is overtaken
	if err := r.tx.Where("from_id = ? AND date > ?", id, r.ch.Date).Delete(&models.UnitLink{}).Error; err != nil {
		return err
	}
	if err := r.link(id, into, main); err != nil {
		return err
	}
	var heir models.UnitSpan
	if len(into) > 0 && r.ch.MoveHoldings {
		tree, err := r.tx.tree()
		if err != nil {
			return err
		}
		heir, _ = tree.At(into[main], r.ch.Date)
	}
	return r.closePosts(old, heir)
}

func (r *reform) link(id int64, into []int64, main int) error {
	for i, to := range into {
		l := models.UnitLink{FromID: id, ToID: to, Date: r.ch.Date, Main: i == main, Basis: r.ch.Basis}
		if err := r.tx.Create(&l).Error; err != nil {
			return err
		}
	}
	return nil
}

// finish brings what hangs on the map up to date and notes the change in the history of every unit named in it.
func (r *reform) finish() error {
	ids := make([]int64, 0, len(r.touched))
	for id := range r.touched {
		ids = append(ids, id)
	}
	var err error
	if r.preview.Cadres, err = r.tx.rehome(ids, r.tx.today()); err != nil {
		return err
	}
	var cadres []int64
	for id := range r.restand {
		cadres = append(cadres, id)
	}
	if err := r.tx.restand(cadres...); err != nil {
		return err
	}
	named := append(append([]int64{}, r.ch.Units...), r.newUnits...)
	if r.ch.IntoID != 0 {
		named = append(named, r.ch.IntoID)
	}
	if r.ch.Kind != UnitRename {
		if err := r.tx.restandUnits(append(r.hung, named...)...); err != nil { // it covers all below them
			return err
		}
	}
	for _, id := range named {
		if err := r.tx.audit("unit."+r.ch.Kind, "unit", id, map[string]any{"after": r.ch, "units": r.preview.Units}); err != nil {
			return err
		}
	}
	return nil
}

// add is "column + n" for an update.
func (tx *Tx) add(column string, n int64) any { return gorm.Expr(column+" + ?", n) }
