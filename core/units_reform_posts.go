package core

import "datchuan/models"

// closePosts ends the posts at a unit that ends, and opens them again at the heir if there is one.
func (r *reform) closePosts(old, heir models.UnitSpan) error {
	var held []models.Holding
	err := r.tx.Where("unit_id = ? AND superseded_at = ? AND valid_to > ?", old.UnitID, models.Never, r.ch.Date).Order("id").Find(&held).Error
	if err != nil {
		return err
	}
	for _, h := range held {
		if h.From >= r.ch.Date {
			return models.Fail(models.Conflict, "unit.holding_starts_later", "date", "name", old.FullName(), "date", h.From.VN())
		}
		closed := h
		closed.To = r.ch.Date
		if _, err := saveFact(r.tx, holdingFact(&closed)); err != nil {
			return err
		}
		moved := PostMoved{CadreID: h.CadreID, Position: h.Position, Unit: old.FullName()}
		if heir.UnitID != 0 {
			if ok, err := r.reopen(h, heir); err != nil {
				return err
			} else if ok {
				moved.To = heir.FullName()
			}
		}
		if r.tx.actor.May(models.CadresRead) {
			if err := r.tx.Model(&models.Cadre{}).Where("id = ?", h.CadreID).Pluck("name", &moved.Name).Error; err != nil {
				return err
			}
		}
		r.restand[h.CadreID] = true
		r.preview.Posts = append(r.preview.Posts, moved)
		if err := r.tx.audit("holding.unit_ended", "cadre", h.CadreID, change{Before: h, After: closed}); err != nil {
			return err
		}
	}
	return nil
}

// reopen opens a post at the heir when the post can be held at such a unit.
func (r *reform) reopen(h models.Holding, heir models.UnitSpan) (bool, error) {
	p, err := r.tx.position(h.Position)
	if err != nil {
		return false, err
	}
	if p.UnitKind != heir.Kind {
		r.preview.Warnings = append(r.preview.Warnings, models.Fail(models.Invalid, "unit.post_not_there", "", "position", p.Name, "name", heir.FullName()))
		return false, nil
	}
	next := h
	next.ID, next.FactID, next.UnitID, next.From = 0, 0, heir.UnitID, r.ch.Date
	if _, err := saveFact(r.tx, holdingFact(&next)); err != nil {
		return false, err
	}
	return true, r.tx.audit("holding.add", "cadre", h.CadreID, change{After: next})
}
