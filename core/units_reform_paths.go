package core

import (
	"strings"

	"datchuan/models"
)

// repath lays the paths of everything below a unit from the date on; spans are cut where a path changes.
func (r *reform) repath(id int64) error {
	tree, err := r.tx.tree()
	if err != nil {
		return err
	}
	todo, done := []int64{id}, map[int64]bool{}
	for len(todo) > 0 {
		parent := todo[0]
		todo = todo[1:]
		for _, child := range tree.children[parent] {
			if done[child] {
				continue
			}
			changed, err := r.repathUnit(tree, child)
			if err != nil {
				return err
			}
			if changed || r.touched[child] { // a touched one was moved already, those below it not yet
				done[child] = true
				todo = append(todo, child)
			}
		}
	}
	return nil
}

func (r *reform) repathUnit(tree *Tree, id int64) (changed bool, err error) {
	var all []models.UnitSpan
	for _, s := range tree.spans[id] {
		if s.To <= r.ch.Date {
			all = append(all, s)
			continue
		}
		pieces, err := layPath(s, tree.spans[s.ParentID])
		if err != nil {
			return false, err
		}
		all = append(all, pieces...)
		if len(pieces) == 1 && pieces[0].Path == s.Path {
			continue
		}
		changed = true
		for i, p := range pieces {
			if i == 0 {
				err = r.tx.Model(&models.UnitSpan{}).Where("id = ?", s.ID).UpdateColumns(map[string]any{"path": p.Path, "valid_to": p.To}).Error
			} else {
				err = r.tx.Create(&p).Error
			}
			if err != nil {
				return false, err
			}
		}
	}
	tree.spans[id] = all // those below lay their paths on it
	if changed && !r.touched[id] {
		s := all[len(all)-1]
		r.note(id, "follows", strings.TrimSpace(s.FullName()), strings.TrimSpace(s.FullName()))
	}
	return changed, nil
}
