package core

import (
	"errors"

	"gorm.io/gorm"

	"datchuan/models"
)

// moveFacts gives every current fact of one record to another, as new versions. A fact that the other already has is
// only closed: the same post or diploma must not count twice.
func (tx *Tx) moveFacts(from, to int64) ([]movedFact, error) {
	var out []movedFact
	steps := []func() ([]movedFact, error){
		func() ([]movedFact, error) {
			return moveKind(tx, FactHolding, from, to, holdingFact, func(a, b models.Holding) bool {
				return a.Position == b.Position && a.UnitID == b.UnitID && (models.Span{From: a.From, To: a.To}).Overlaps(models.Span{From: b.From, To: b.To})
			})
		},
		func() ([]movedFact, error) {
			return moveKind(tx, FactSuccession, from, to, successionFact, func(a, b models.Succession) bool {
				return a.Position == b.Position && a.UnitID == b.UnitID && a.Term == b.Term
			})
		},
		func() ([]movedFact, error) {
			return moveKind(tx, FactQualification, from, to, qualificationFact, func(a, b models.Qualification) bool {
				return a.Kind == b.Kind && a.Level == b.Level && a.Earned == b.Earned && a.Days == b.Days && a.Giver == b.Giver && a.Field == b.Field && a.Number == b.Number
			})
		},
		func() ([]movedFact, error) {
			return moveKind(tx, FactStudy, from, to, studyFact, func(a, b models.Study) bool {
				return a.Kind == b.Kind && a.Level == b.Level && a.From == b.From && a.To == b.To && a.Course == b.Course
			})
		},
		func() ([]movedFact, error) {
			return moveKind(tx, FactAward, from, to, awardFact, func(a, b models.Award) bool {
				return a.Title == b.Title && a.Year == b.Year
			})
		},
		func() ([]movedFact, error) {
			return moveKind(tx, FactRating, from, to, ratingFact, func(a, b models.Rating) bool { return a.Year == b.Year })
		},
	}
	for _, step := range steps {
		moved, err := step()
		if err != nil {
			return nil, err
		}
		out = append(out, moved...)
	}
	return out, nil
}

func moveKind[T any](tx *Tx, kind string, from, to int64, of func(*T) factRow[T], same func(a, b T) bool) ([]movedFact, error) {
	var theirs, ours []T
	if err := tx.Where("cadre_id = ? AND superseded_at = ?", from, models.Never).Order("id").Find(&theirs).Error; err != nil {
		return nil, err
	}
	if err := tx.Where("cadre_id = ? AND superseded_at = ?", to, models.Never).Find(&ours).Error; err != nil {
		return nil, err
	}
	var out []movedFact
	for i := range theirs {
		f := of(&theirs[i])
		moved := movedFact{Kind: kind, FactID: f.rec.FactID, OldRow: *f.id}
		twice := false
		for _, o := range ours {
			twice = twice || same(theirs[i], o)
		}
		if twice {
			if err := supersede[T](tx, moved.FactID, moved.OldRow); err != nil {
				return nil, err
			}
		} else {
			*f.cadre = to
			if _, err := saveFact(tx, f); err != nil {
				return nil, err
			}
			moved.NewRow = *f.id
		}
		out = append(out, moved)
	}
	return out, nil
}

// returnFact gives a moved fact back as it was.
func (tx *Tx) returnFact(m movedFact, to int64) error {
	switch m.Kind {
	case FactHolding:
		return returnKind(tx, m, to, holdingFact)
	case FactSuccession:
		return returnKind(tx, m, to, successionFact)
	case FactQualification:
		return returnKind(tx, m, to, qualificationFact)
	case FactStudy:
		return returnKind(tx, m, to, studyFact)
	case FactAward:
		return returnKind(tx, m, to, awardFact)
	}
	return returnKind(tx, m, to, ratingFact)
}

func returnKind[T any](tx *Tx, m movedFact, to int64, of func(*T) factRow[T]) error {
	old := new(T)
	if err := tx.Where("id = ? AND fact_id = ?", m.OldRow, m.FactID).Take(old).Error; err != nil {
		return err
	}
	if m.NewRow != 0 {
		err := supersede[T](tx, m.FactID, m.NewRow)
		var stale *models.Error
		if errors.As(err, &stale) {
			return models.Fail(models.Conflict, "merge.fact_changed_since", "", "kind", m.Kind)
		}
		if err != nil {
			return err
		}
	} else {
		err := tx.Where("fact_id = ? AND superseded_at = ?", m.FactID, models.Never).Take(new(T)).Error
		if err == nil {
			return models.Fail(models.Conflict, "merge.fact_changed_since", "", "kind", m.Kind)
		}
		if !errors.Is(err, gorm.ErrRecordNotFound) {
			return err
		}
	}
	f := of(old)
	*f.id, *f.cadre = 0, to
	f.rec.RecordedAt, f.rec.RecordedBy, f.rec.SupersededAt = tx.at, tx.actor.AccountID, models.Never
	return tx.Create(f.row).Error
}
