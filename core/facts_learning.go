package core

import (
	"context"
	"slices"
	"strconv"

	"datchuan/models"
)

// SaveQualification adds a diploma, a level or a training, or writes a new version of it. What is typed is declared:
// verifying is a step of its own, and a changed paper has to be looked at again.
func (c *Core) SaveQualification(ctx context.Context, actor models.Actor, q models.Qualification) (models.Qualification, error) {
	err := keepFact(ctx, c, actor, FactQualification, &q, qualificationFact, func(tx *Tx, cadre models.Cadre) error {
		q.Review, q.ReviewBy, q.ReviewAt = models.Declared, 0, 0
		return tx.readyQualification(&q, cadre)
	})
	return q, err
}

func (tx *Tx) readyQualification(q *models.Qualification, cadre models.Cadre) error {
	q.Field, q.School, q.Form, q.Number, q.Evidence = models.Clean(q.Field), models.Clean(q.School), models.Clean(q.Form), models.Clean(q.Number), models.Clean(q.Evidence)
	if q.Earned == 0 {
		q.Earned = models.Beginning
	}
	if q.From == 0 {
		q.From = q.Earned
	}
	if q.To == 0 {
		q.To = models.Forever
	}
	errs := append(checkSpan(q.From, q.To), checkLevel(q.Kind, q.Level, q.Days, q.Hours, q.Giver)...)
	switch {
	case !q.Earned.Valid():
		errs = append(errs, models.Fail(models.Invalid, "fact.date_bad", "earned"))
	case q.Earned > tx.today():
		errs = append(errs, models.Fail(models.Invalid, "qualification.earned_future", "earned"))
	case q.Earned > models.Beginning && cadre.Birth != 0 && q.Earned.Year() < cadre.Birth.Year()+5:
		errs = append(errs, models.Fail(models.Invalid, "qualification.before_birth", "earned"))
	}
	if q.Level == models.NoLevel && (q.Days > 0 || q.Hours > 0) {
		errs = append(errs, models.Fail(models.Invalid, "qualification.none_with_days", "level"))
	}
	errs = append(errs, tooLong("field", q.Field, 160)...)
	errs = append(errs, tooLong("school", q.School, 200)...)
	errs = append(errs, tooLong("form", q.Form, 40)...)
	errs = append(errs, tooLong("number", q.Number, 80)...)
	errs = append(errs, tooLong("evidence", q.Evidence, 400)...)
	if q.FileID != 0 {
		var n int64
		if err := tx.Model(&models.File{}).Where("id = ? AND cadre_id = ?", q.FileID, cadre.ID).Count(&n).Error; err != nil {
			return err
		}
		if n == 0 {
			errs = append(errs, models.Fail(models.Invalid, "file.unknown", "file_id"))
		}
	}
	return errs.OrNil()
}

// checkLevel covers what qualifications and studies share.
func checkLevel(kind models.QualKind, level, days, hours int, giver models.Giver) models.Errors {
	var errs models.Errors
	if !slices.Contains(models.QualKinds, kind) {
		errs = append(errs, models.Fail(models.Invalid, "qualification.kind_bad", "kind"))
	} else if level < 0 || level > models.MaxLevel(kind) {
		errs = append(errs, models.Fail(models.Invalid, "qualification.level_bad", "level", "max", strconv.Itoa(models.MaxLevel(kind))))
	}
	if days < 0 || days > 4000 {
		errs = append(errs, models.Fail(models.Invalid, "qualification.days_bad", "days"))
	}
	if hours < 0 || hours > 20000 {
		errs = append(errs, models.Fail(models.Invalid, "qualification.hours_bad", "hours"))
	}
	if giver != "" && !slices.Contains(models.Givers, giver) {
		errs = append(errs, models.Fail(models.Invalid, "qualification.giver_bad", "giver"))
	}
	return errs
}

func tooLong(field, text string, limit int) models.Errors {
	if len([]rune(text)) <= limit {
		return nil
	}
	return models.Errors{models.Fail(models.Invalid, "fact.too_long", field, "max", strconv.Itoa(limit))}
}

// ReviewSteps are the states of a review that may follow another.
func ReviewSteps(from models.Review) []models.Review {
	switch from {
	case models.Declared:
		return []models.Review{models.Verified, models.Rejected}
	case models.Verified:
		return []models.Review{models.Rejected, models.Declared}
	}
	return []models.Review{models.Declared}
}

// ReviewQualification verifies or rejects a declared paper, or takes that back. A rejection needs a note; a rejected
// paper no longer counts.
func (c *Core) ReviewQualification(ctx context.Context, actor models.Actor, factID int64, to models.Review, note string) error {
	return c.changeFacts(ctx, actor, models.FactsVerify, func(tx *Tx) error {
		var q models.Qualification
		err := tx.Where("fact_id = ? AND superseded_at = ?", factID, models.Never).Take(&q).Error
		if err := lookup(err, "fact"); err != nil {
			return err
		}
		if _, err := tx.activeCadre(q.CadreID); err != nil {
			return models.Fail(models.NotFound, "not_found", "", "object", "fact")
		}
		if qualificationFact(&q).given() {
			return models.Fail(models.Conflict, "fact.of_class", "")
		}
		if !slices.Contains(ReviewSteps(q.Review), to) {
			return models.Fail(models.Conflict, "qualification.review_step", "review")
		}
		note = models.Clean(note)
		if to == models.Rejected && note == "" {
			return models.Fail(models.Invalid, "qualification.note_required", "note")
		}
		next := q
		next.Review, next.ReviewBy, next.ReviewAt = to, actor.AccountID, tx.at
		if to == models.Declared {
			next.ReviewBy, next.ReviewAt = 0, 0
		}
		if _, err := saveFact(tx, qualificationFact(&next)); err != nil {
			return err
		}
		detail := map[string]any{"before": map[string]any{"review": q.Review}, "after": map[string]any{"review": to}, "fact_id": factID, "note": note}
		if err := tx.audit("qualification.review", "cadre", q.CadreID, detail); err != nil {
			return err
		}
		return tx.restand(q.CadreID)
	})
}

// SaveStudy records that a cadre is studying until the expected end, or writes a new version of it.
func (c *Core) SaveStudy(ctx context.Context, actor models.Actor, s models.Study) (models.Study, error) {
	err := keepFact(ctx, c, actor, FactStudy, &s, studyFact, func(*Tx, models.Cadre) error {
		s.Course, s.School = models.Clean(s.Course), models.Clean(s.School)
		if s.From == 0 {
			s.From = models.Beginning
		}
		if s.To == 0 {
			s.To = models.Forever
		}
		errs := append(checkSpan(s.From, s.To), checkLevel(s.Kind, s.Level, s.Days, 0, s.Giver)...)
		if s.Level == models.NoLevel {
			errs = append(errs, models.Fail(models.Invalid, "study.level_required", "level"))
		}
		errs = append(errs, tooLong("course", s.Course, 200)...)
		return append(errs, tooLong("school", s.School, 200)...).OrNil()
	})
	return s, err
}

// SaveAward adds a title or a reward, or writes a new version of it.
func (c *Core) SaveAward(ctx context.Context, actor models.Actor, a models.Award) (models.Award, error) {
	err := keepFact(ctx, c, actor, FactAward, &a, awardFact, func(tx *Tx, _ models.Cadre) error {
		a.Title, a.Giver, a.Number = models.Clean(a.Title), models.Clean(a.Giver), models.Clean(a.Number)
		if a.Year == 0 {
			a.Year = a.Date.Year()
		}
		errs := checkYear(a.Year, tx.today())
		if a.Title == "" {
			errs = append(errs, models.Fail(models.Invalid, "award.title_required", "title"))
		}
		if a.Date != 0 && (!a.Date.Valid() || a.Date.Earliest() > tx.today()) {
			errs = append(errs, models.Fail(models.Invalid, "fact.date_bad", "date"))
		}
		errs = append(errs, tooLong("title", a.Title, 200)...)
		errs = append(errs, tooLong("giver", a.Giver, 200)...)
		return append(errs, tooLong("number", a.Number, 80)...).OrNil()
	})
	return a, err
}

// RatingGrades are the yearly grades from the best down.
func RatingGrades() []string { return []string{"xuat-sac", "kha", "trung-binh", "yeu"} }

// SaveRating records the grade of a year, or writes a new version of it; a year has one grade.
func (c *Core) SaveRating(ctx context.Context, actor models.Actor, r models.Rating) (models.Rating, error) {
	err := keepFact(ctx, c, actor, FactRating, &r, ratingFact, func(tx *Tx, _ models.Cadre) error {
		r.Note = models.Clean(r.Note)
		errs := append(checkYear(r.Year, tx.today()), tooLong("note", r.Note, 400)...)
		if !slices.Contains(RatingGrades(), r.Grade) {
			errs = append(errs, models.Fail(models.Invalid, "rating.grade_bad", "grade"))
		}
		var n int64
		if err := tx.Model(&models.Rating{}).Where("cadre_id = ? AND year = ? AND superseded_at = ? AND fact_id <> ?", r.CadreID, r.Year, models.Never, r.FactID).Count(&n).Error; err != nil {
			return err
		}
		if n > 0 {
			errs = append(errs, models.Fail(models.Conflict, "rating.year_taken", "year", "year", strconv.Itoa(r.Year)))
		}
		return errs.OrNil()
	})
	return r, err
}

func checkYear(year int, today models.Date) models.Errors {
	if year < 1930 || year > today.Year() {
		return models.Errors{models.Fail(models.Invalid, "fact.year_bad", "year")}
	}
	return nil
}
