package core

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"datchuan/models"
)

// factRow gives the machinery of facts access to what all kinds share.
type factRow[T any] struct {
	row   *T
	id    *int64
	cadre *int64
	rec   *models.Recorded
	class *int64 // the enrolment that gave it; nil for kinds that no class gives
}

// given tells whether a class gave the fact: only reopening the class takes it back.
func (f factRow[T]) given() bool { return f.class != nil && *f.class != 0 }

func holdingFact(h *models.Holding) factRow[models.Holding] {
	return factRow[models.Holding]{h, &h.ID, &h.CadreID, &h.Recorded, nil}
}

func successionFact(s *models.Succession) factRow[models.Succession] {
	return factRow[models.Succession]{s, &s.ID, &s.CadreID, &s.Recorded, nil}
}

func qualificationFact(q *models.Qualification) factRow[models.Qualification] {
	return factRow[models.Qualification]{q, &q.ID, &q.CadreID, &q.Recorded, &q.EnrolmentID}
}

func studyFact(s *models.Study) factRow[models.Study] {
	return factRow[models.Study]{s, &s.ID, &s.CadreID, &s.Recorded, &s.EnrolmentID}
}

func awardFact(a *models.Award) factRow[models.Award] {
	return factRow[models.Award]{a, &a.ID, &a.CadreID, &a.Recorded, nil}
}

func ratingFact(r *models.Rating) factRow[models.Rating] {
	return factRow[models.Rating]{r, &r.ID, &r.CadreID, &r.Recorded, nil}
}

// saveFact writes a fact on the second time axis: FactID 0 is a new fact, else the row with the given id, which must
// still be the current one, is superseded by a new version. It returns the version before, nil for a new fact.
func saveFact[T any](tx *Tx, f factRow[T]) (*T, error) {
	var before *T
	if f.rec.FactID == 0 {
		id, err := tx.facts(1)
		if err != nil {
			return nil, err
		}
		f.rec.FactID = id
	} else {
		before = new(T)
		err := tx.Where("id = ? AND fact_id = ?", *f.id, f.rec.FactID).Take(before).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return nil, models.Fail(models.Stale, "edit.stale", "")
		}
		if err != nil {
			return nil, err
		}
		if err := supersede[T](tx, f.rec.FactID, *f.id); err != nil {
			return nil, err
		}
	}
	*f.id = 0
	f.rec.RecordedAt, f.rec.RecordedBy, f.rec.SupersededAt = tx.at, tx.actor.AccountID, models.Never
	return before, tx.Create(f.row).Error
}

// addFacts writes new facts of one kind together.
func addFacts[T any](tx *Tx, rows []T, of func(*T) factRow[T]) error {
	if len(rows) == 0 {
		return nil
	}
	first, err := tx.facts(len(rows))
	if err != nil {
		return err
	}
	for i := range rows {
		f := of(&rows[i])
		f.rec.FactID, f.rec.RecordedAt, f.rec.RecordedBy, f.rec.SupersededAt = first+int64(i), tx.at, tx.actor.AccountID, models.Never
	}
	return tx.CreateInBatches(rows, 50).Error
}

// supersede closes the current row of a fact; somebody faster makes it stale.
func supersede[T any](tx *Tx, factID, rowID int64) error {
	res := tx.Model(new(T)).Where("id = ? AND fact_id = ? AND superseded_at = ?", rowID, factID, models.Never).UpdateColumn("superseded_at", tx.at)
	if res.Error == nil && res.RowsAffected == 0 {
		return models.Fail(models.Stale, "edit.stale", "")
	}
	return res.Error
}

// currentFact is the standing version of a fact of a cadre.
func currentFact[T any](tx *Tx, cadreID, factID int64) (*T, error) {
	row := new(T)
	err := tx.Where("cadre_id = ? AND fact_id = ? AND superseded_at = ?", cadreID, factID, models.Never).Take(row).Error
	return row, lookup(err, "fact")
}

// keepFact is the common way of a fact that somebody typed: the cadre is active and in scope, the fact is hers, it is
// written and audited, and her standings follow. ready checks and completes the fact inside the transaction.
func keepFact[T any](ctx context.Context, c *Core, actor models.Actor, kind string, row *T, of func(*T) factRow[T], ready func(*Tx, models.Cadre) error) error {
	f := of(row)
	return c.changeFacts(ctx, actor, models.CadresWrite, func(tx *Tx) error {
		cadre, err := tx.activeCadre(*f.cadre)
		if err != nil {
			return err
		}
		f.rec.ImportID = 0
		if f.rec.FactID != 0 {
			old, err := currentFact[T](tx, cadre.ID, f.rec.FactID)
			if err != nil {
				return err
			}
			if of(old).given() {
				return models.Fail(models.Conflict, "fact.of_class", "")
			}
		}
		if f.class != nil {
			*f.class = 0
		}
		if err := ready(tx, cadre); err != nil {
			return err
		}
		before, err := saveFact(tx, f)
		if err != nil {
			return err
		}
		action, detail := kind+".add", change{After: *f.row}
		if before != nil {
			action, detail.Before = kind+".change", *before
		}
		if err := tx.audit(action, "cadre", cadre.ID, detail); err != nil {
			return err
		}
		return tx.restand(cadre.ID)
	})
}

// The kinds of fact that RemoveFact knows.
const (
	FactHolding       = "holding"
	FactSuccession    = "succession"
	FactQualification = "qualification"
	FactStudy         = "study"
	FactAward         = "award"
	FactRating        = "rating"
)

// RemoveFact takes a fact back: it is superseded without a new version, and stays readable as known on a day before.
func (c *Core) RemoveFact(ctx context.Context, actor models.Actor, kind string, cadreID, factID int64) error {
	return c.changeFacts(ctx, actor, models.CadresWrite, func(tx *Tx) error {
		if _, err := tx.activeCadre(cadreID); err != nil {
			return err
		}
		var err error
		switch kind {
		case FactHolding:
			err = removeFact(tx, kind, cadreID, factID, holdingFact)
		case FactSuccession:
			err = removeFact(tx, kind, cadreID, factID, successionFact)
		case FactQualification:
			err = removeFact(tx, kind, cadreID, factID, qualificationFact)
		case FactStudy:
			err = removeFact(tx, kind, cadreID, factID, studyFact)
		case FactAward:
			err = removeFact(tx, kind, cadreID, factID, awardFact)
		case FactRating:
			err = removeFact(tx, kind, cadreID, factID, ratingFact)
		default:
			err = models.Fail(models.NotFound, "not_found", "", "object", "fact")
		}
		if err != nil {
			return err
		}
		return tx.restand(cadreID)
	})
}

func removeFact[T any](tx *Tx, kind string, cadreID, factID int64, of func(*T) factRow[T]) error {
	row, err := currentFact[T](tx, cadreID, factID)
	if err != nil {
		return err
	}
	if of(row).given() {
		return models.Fail(models.Conflict, "fact.of_class", "")
	}
	if err := supersede[T](tx, factID, *of(row).id); err != nil {
		return err
	}
	return tx.audit(kind+".remove", "cadre", cadreID, change{Before: *row})
}

// cardFacts are all facts of one cadre as known at a moment (models.Never = now).
type cardFacts struct {
	holdings       []models.Holding
	successions    []models.Succession
	qualifications []models.Qualification
	studies        []models.Study
	awards         []models.Award
	ratings        []models.Rating
}

func loadCardFacts(db *gorm.DB, cadreID int64, known models.Instant) (cardFacts, error) {
	var f cardFacts
	for _, list := range []struct {
		into  any
		order string
	}{{&f.holdings, "valid_from, id"}, {&f.successions, "valid_from, id"}, {&f.qualifications, "kind, level DESC, earned, id"},
		{&f.studies, "valid_from, id"}, {&f.awards, "year, id"}, {&f.ratings, "year, id"}} {
		q := db.Where("cadre_id = ?", cadreID)
		if known == models.Never {
			q = q.Where("superseded_at = ?", models.Never)
		} else {
			q = q.Where("recorded_at <= ? AND superseded_at > ?", known, known)
		}
		if err := q.Order(list.order).Find(list.into).Error; err != nil {
			return f, err
		}
	}
	return f, nil
}
