package core

import (
	"slices"

	"datchuan/models"
)

// The kinds of change, each in terms of the shared steps of units_reform.go.

func (r *reform) rename() error {
	id, in := r.ch.Units[0], r.ch.Into[0]
	old, _ := r.tree.At(id, r.ch.Date)
	next := old
	next.Name, next.Style, next.Ordinal, next.Basis = models.Clean(in.Name), models.Clean(in.Style), in.Ordinal, r.ch.Basis
	next.Search = models.Fold(next.Name)
	if next.Name == "" || len([]rune(next.Name)) > 160 || len([]rune(next.Style)) > 20 {
		return models.Fail(models.Invalid, "unit.name_bad", "name")
	}
	if next.FullName() == old.FullName() && next.Ordinal == old.Ordinal {
		return models.Fail(models.Invalid, "unit.nothing_changes", "name")
	}
	r.note(id, "renamed", old.FullName(), next.FullName())
	return r.turn(old, next)
}

func (r *reform) move() error {
	to := r.ch.Into[0].ParentID
	for _, id := range r.ch.Units {
		old, _ := r.tree.At(id, r.ch.Date)
		p, err := r.parent(to, old.Kind)
		if err != nil {
			return err
		}
		if slices.Contains(models.PathIDs(p.Path), id) {
			return models.Fail(models.Conflict, "unit.below_itself", "parent_id")
		}
		if p.UnitID == old.ParentID {
			return models.Fail(models.Invalid, "unit.nothing_changes", "parent_id")
		}
		if err := r.hang(old, p); err != nil {
			return err
		}
	}
	return r.repath(to)
}

func (r *reform) merge() error {
	target := r.ch.IntoID
	if target == 0 {
		in := r.ch.Into[0]
		in.From, in.Basis = r.ch.Date, r.ch.Basis
		span, err := r.begin(in)
		if err != nil {
			return err
		}
		target = span.UnitID
		if err := r.inherit(r.ch.Units, target); err != nil {
			return err
		}
	}
	for _, id := range r.ch.Units {
		if err := r.pass(id, func(int64) int64 { return target }); err != nil {
			return err
		}
		if err := r.closeUnit(id, []int64{target}, 0); err != nil {
			return err
		}
	}
	return r.repath(target)
}

func (r *reform) split() error {
	id := r.ch.Units[0]
	parts := make([]int64, len(r.ch.Into))
	for i, in := range r.ch.Into {
		in.From, in.Basis = r.ch.Date, r.ch.Basis
		span, err := r.begin(in)
		if err != nil {
			return err
		}
		parts[i] = span.UnitID
		if err := r.inherit([]int64{id}, span.UnitID); err != nil {
			return err
		}
	}
	for child, i := range r.ch.Assign {
		if s, ok := r.tree.At(child, r.ch.Date); !ok || s.ParentID != id || i < 0 || i >= len(parts) {
			return models.Fail(models.Invalid, "unit.assign_bad", "assign")
		}
	}
	err := r.pass(id, func(child int64) int64 {
		if i, ok := r.ch.Assign[child]; ok {
			return parts[i]
		}
		if r.ch.Keep {
			return id
		}
		return 0
	})
	if err != nil {
		return err
	}
	if r.ch.Keep {
		err = r.link(id, parts, -1)
	} else {
		err = r.closeUnit(id, parts, r.ch.Main)
	}
	if err != nil {
		return err
	}
	for _, part := range parts {
		if err := r.repath(part); err != nil {
			return err
		}
	}
	return nil
}

func (r *reform) end() error {
	for _, id := range r.ch.Units {
		for _, child := range r.tree.children[id] {
			for _, s := range r.tree.spans[child] {
				if s.ParentID == id && s.To > r.ch.Date && !slices.Contains(r.ch.Units, child) {
					return models.Fail(models.Conflict, "unit.has_children", "units", "name", s.FullName())
				}
			}
		}
	}
	for _, id := range r.ch.Units {
		if err := r.closeUnit(id, nil, 0); err != nil {
			return err
		}
	}
	return nil
}
