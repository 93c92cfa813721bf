package core

import (
	"context"
	"slices"
	"strconv"

	"gorm.io/gorm"

	"datchuan/models"
)

// ResultLine is a learner with her attendance, her scores and what follows from them by the rule of the class's last day. Once
// the class is closed the judgement is the one that was written then.
type ResultLine struct {
	Learner
	Attended  models.Presence  `json:"attended"`
	Scores    []models.Score   `json:"scores"`
	Judgement models.Judgement `json:"judgement"`
}

// ResultSheet is all results of a class.
type ResultSheet struct {
	Class    models.Class    `json:"class"`
	Rule     models.PassRule `json:"rule"`
	Lines    []ResultLine    `json:"lines"`
	Pending  int             `json:"pending"` // learners whose outcome is not known yet
	Unrolled int             `json:"unrolled"`
}

// Results are the results of a class for who teaches, holds or has sent people to it.
func (c *Core) Results(ctx context.Context, actor models.Actor, classID int64) (ResultSheet, error) {
	var sheet ResultSheet
	if err := allow(actor, models.ClassesRead); err != nil {
		return sheet, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return sheet, err
	}
	err = c.snapshot(ctx, func(db *gorm.DB) error {
		if err := classesOf(db.Where("classes.id = ?", classID), actor).Take(&sheet.Class).Error; err != nil {
			return lookup(err, "class")
		}
		return sheet.fill(db, tree, actor)
	})
	sheet.Class = shownTo(actor, sheet.Class)
	return sheet, err
}

// shownTo is a class without what concerns only the office.
func shownTo(actor models.Actor, class models.Class) models.Class {
	if actor.Role == models.SchoolOfficer {
		class.Money, class.Quotas, class.Note = nil, nil, ""
	}
	return class
}

func (sheet *ResultSheet) fill(db *gorm.DB, tree *Tree, actor models.Actor) error {
	course, err := courseOf(db, sheet.Class.Course)
	if err != nil {
		return err
	}
	sheet.Rule = course.Rule(sheet.Class.To.AddDays(-1))
	sessions, err := sessionsOf(db, sheet.Class.ID)
	if err != nil {
		return err
	}
	for _, s := range sessions {
		if s.Rolled == 0 {
			sheet.Unrolled++
		}
	}
	learners, err := learnersOf(db, tree, actor, sheet.Class, models.Seated)
	if err != nil {
		return err
	}
	marks, err := marksOf(db, sheet.Class.ID)
	if err != nil {
		return err
	}
	scores, err := scoresOf(db, sheet.Class.ID)
	if err != nil {
		return err
	}
	for _, l := range learners {
		line := ResultLine{Learner: l, Attended: models.CountAttendance(sessions, marks[l.EnrolmentID]), Scores: scores[l.EnrolmentID]}
		line.Judgement = sheet.Rule.Judge(line.Attended, line.Scores, false)
		if line.Judgement.Outcome == models.Pending {
			sheet.Pending++
		}
		sheet.Lines = append(sheet.Lines, line)
	}
	return nil
}

func scoresOf(db *gorm.DB, classID int64) (map[int64][]models.Score, error) {
	var rows []models.Score
	err := db.Joins("JOIN enrolments ON enrolments.id = scores.enrolment_id").Where("enrolments.class_id = ?", classID).Order("scores.test, scores.try").Find(&rows).Error
	out := map[int64][]models.Score{}
	for _, s := range rows {
		out[s.EnrolmentID] = append(out[s.EnrolmentID], s)
	}
	return out, err
}

// ScoreInput is one score as typed: Tenths nil takes it away.
type ScoreInput struct {
	EnrolmentID int64  `json:"enrolment_id"`
	Test        string `json:"test"`
	Try         int    `json:"try"`
	Tenths      *int   `json:"tenths"`
}

// SaveScores writes scores of a class, all or nothing; a finding names its cell as "score.ENROLMENT.TEST.TRY". Writing the same again
// changes nothing.
func (c *Core) SaveScores(ctx context.Context, actor models.Actor, classID int64, in []ScoreInput) (changed int, err error) {
	err = c.change(ctx, actor, models.TakeRoll, func(tx *Tx) error {
		class, err := tx.taught(classID)
		if err != nil {
			return err
		}
		course, err := courseOf(tx.DB, class.Course)
		if err != nil {
			return err
		}
		var seated []int64
		if err := tx.Model(&models.Enrolment{}).Where("class_id = ? AND seat = ?", classID, models.Seated).Pluck("id", &seated).Error; err != nil {
			return err
		}
		if err := checkScores(course.Rule(class.To.AddDays(-1)), seated, in); err != nil {
			return err
		}
		if changed, err = tx.writeScores(classID, in); err != nil || changed == 0 {
			return err
		}
		return tx.audit("class.scores", "class", classID, map[string]any{"changed": changed})
	})
	return changed, err
}

func checkScores(rule models.PassRule, seated []int64, in []ScoreInput) error {
	var errs models.Errors
	for _, s := range in {
		field := "score." + strconv.FormatInt(s.EnrolmentID, 10) + "." + s.Test + "." + strconv.Itoa(s.Try)
		switch {
		case !slices.Contains(seated, s.EnrolmentID):
			errs = append(errs, models.Fail(models.Invalid, "score.learner_unknown", field))
		case !slices.ContainsFunc(rule.Tests, func(t models.Test) bool { return t.Code == s.Test }):
			errs = append(errs, models.Fail(models.Invalid, "score.test_unknown", field, "test", s.Test))
		case s.Try < 1 || s.Try > 1+rule.Retests:
			errs = append(errs, models.Fail(models.Invalid, "score.try_bad", field, "most", strconv.Itoa(1+rule.Retests)))
		case s.Tenths != nil && (*s.Tenths < models.NotTaken || *s.Tenths > 100):
			errs = append(errs, models.Fail(models.Invalid, "score.range", field))
		}
	}
	return errs.OrNil()
}

func (tx *Tx) writeScores(classID int64, in []ScoreInput) (changed int, err error) {
	stored, err := scoresOf(tx.DB, classID)
	if err != nil {
		return 0, err
	}
	for _, s := range in {
		i := slices.IndexFunc(stored[s.EnrolmentID], func(o models.Score) bool { return o.Test == s.Test && o.Try == s.Try })
		switch {
		case i < 0 && s.Tenths == nil, i >= 0 && s.Tenths != nil && stored[s.EnrolmentID][i].Tenths == *s.Tenths:
			continue
		case s.Tenths == nil:
			err = tx.Delete(&models.Score{}, stored[s.EnrolmentID][i].ID).Error
		case i >= 0:
			err = tx.Model(&models.Score{}).Where("id = ?", stored[s.EnrolmentID][i].ID).
				Updates(map[string]any{"tenths": *s.Tenths, "at": tx.at, "account_id": tx.actor.AccountID}).Error
		default:
			err = tx.Create(&models.Score{EnrolmentID: s.EnrolmentID, Test: s.Test, Try: s.Try, Tenths: *s.Tenths, At: tx.at, By: tx.actor.AccountID}).Error
		}
		if err != nil {
			return changed, err
		}
		changed++
	}
	return changed, nil
}
