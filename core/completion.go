package core

import (
	"context"
	"fmt"
	"maps"
	"strconv"

	"datchuan/models"
)

// SendResults is the school's "Hoàn thành lớp": the class goes to the province with all its results. What is missing comes back as
// findings on "enrolment.ID".
func (c *Core) SendResults(ctx context.Context, actor models.Actor, classID, version int64) (models.Class, error) {
	var class models.Class
	err := c.change(ctx, actor, models.TakeRoll, func(tx *Tx) (err error) {
		if class, err = tx.taught(classID); err != nil {
			return err
		}
		if err := checkVersion(version, class.Version); err != nil {
			return err
		}
		if tx.today() < class.To.AddDays(-1) {
			return models.Fail(models.Conflict, "class.not_over", "", "date", class.To.AddDays(-1).VN())
		}
		if _, err := tx.judgeClass(class); err != nil {
			return err
		}
		return tx.moveClass(&class, ClassStep{To: models.ClassCompleted})
	})
	return class, err
}

// ReturnResults sends a class back to its school, with the reason.
func (c *Core) ReturnResults(ctx context.Context, actor models.Actor, classID, version int64, reason string) (models.Class, error) {
	return c.MoveClass(ctx, actor, classID, version, ClassStep{To: models.ClassAwaiting, Reason: reason})
}

// judgeClass judges every learner by the rule of the class's last day; whoever is still pending, or may take a test again, is a finding.
func (tx *Tx) judgeClass(class models.Class) (map[int64]ResultLine, error) {
	tree, err := tx.tree()
	if err != nil {
		return nil, err
	}
	sheet := ResultSheet{Class: class}
	if err := sheet.fill(tx.DB, tree, tx.actor); err != nil {
		return nil, err
	}
	var errs models.Errors
	out := map[int64]ResultLine{}
	for _, line := range sheet.Lines {
		if line.Judgement.Outcome == models.Pending || line.Judgement.Outcome == models.Retake {
			e := models.Fail(models.Conflict, line.Judgement.Reason.Code, "enrolment."+strconv.FormatInt(line.EnrolmentID, 10), "name", line.Name)
			maps.Copy(e.Params, line.Judgement.Reason.Params)
			errs = append(errs, e)
		}
		out[line.EnrolmentID] = line
	}
	if len(sheet.Lines) == 0 {
		errs = append(errs, models.Fail(models.Conflict, "class.nobody", ""))
	}
	return out, errs.OrNil()
}

// Closing is what closing a class has given.
type Closing struct {
	Class  models.Class `json:"class"`
	Number int64        `json:"number"`
	Passed int          `json:"passed"`
	Failed int          `json:"failed"`
}

// CloseClass confirms the results that a school has sent: outcomes and grades by the rule of the class's last day, a verified
// qualification for each graduate and grant, the end of "đang học", and her certificate, in one transaction. Closing a closed class
// again gives the same answer.
func (c *Core) CloseClass(ctx context.Context, actor models.Actor, classID, version int64) (Closing, error) {
	var out Closing
	err := c.changeFacts(ctx, actor, models.CloseClasses, func(tx *Tx) error {
		class, err := tx.lockClass(classID)
		if err != nil {
			return err
		}
		if class.State == models.ClassClosed {
			out, err = tx.closingOf(class)
			return err
		}
		if err := checkVersion(version, class.Version); err != nil {
			return err
		}
		if class.State != models.ClassCompleted {
			return models.Fail(models.Conflict, "class.wrong_state", "", "state", string(class.State))
		}
		out, err = tx.closeClass(class)
		return err
	})
	return out, err
}

func (tx *Tx) closeClass(class models.Class) (Closing, error) {
	out := Closing{}
	lines, err := tx.judgeClass(class)
	if err != nil {
		return out, err
	}
	course, err := courseOf(tx.DB, class.Course)
	if err != nil {
		return out, err
	}
	if out.Number, err = tx.next("closing", 1); err != nil {
		return out, err
	}
	var seated []models.Enrolment
	if err := tx.Where("class_id = ? AND seat = ?", class.ID, models.Seated).Order("id").Find(&seated).Error; err != nil {
		return out, err
	}
	var cadres []int64
	revoked, err := tx.revokedIn(class.ID)
	if err != nil {
		return out, err
	}
	var graduates []models.Enrolment
	for i := range seated {
		e, line := &seated[i], lines[seated[i].ID]
		e.Outcome, e.Grade, e.Average, e.Reason, e.Closing = line.Judgement.Outcome, line.Judgement.Grade, line.Judgement.Average, line.Judgement.Reason, out.Number
		e.AttendanceBP = line.Attended.BP()
		if err := tx.storeEnrolment(e); err != nil {
			return out, err
		}
		if e.Outcome == models.Passed {
			out.Passed++
		} else {
			out.Failed++
		}
		if e.Outcome == models.Passed && !revoked[e.ID] {
			graduates = append(graduates, *e)
		}
		cadres = append(cadres, e.CadreID)
	}
	if err := tx.settle(class, seated); err != nil {
		return out, err
	}
	if err := tx.earn(class, course, graduates); err != nil {
		return out, err
	}
	if err := tx.certify(class, course, out.Number, graduates); err != nil {
		return out, err
	}
	class.ClosedAt = tx.at
	if err := tx.moveClass(&class, ClassStep{To: models.ClassClosed}); err != nil {
		return out, err
	}
	out.Class = class
	return out, tx.restand(cadres...)
}

// settle notes how the class ended for its learners, and ends their study.
func (tx *Tx) settle(class models.Class, seated []models.Enrolment) error {
	logs, ids := make([]models.EnrolmentLog, len(seated)), make([]int64, len(seated))
	for i, e := range seated {
		ids[i], logs[i] = e.ID, tx.event(e, string(e.Outcome), "")
	}
	if err := tx.CreateInBatches(logs, 100).Error; err != nil {
		return err
	}
	return tx.boundStudies(ids, class.To)
}

// earn gives graduates what the course grants. Somebody whose certificate two people have revoked is none of them when the class is
// closed again.
func (tx *Tx) earn(class models.Class, course models.Course, graduates []models.Enrolment) error {
	var school models.School
	if err := tx.Where("code = ?", class.School).Limit(1).Find(&school).Error; err != nil {
		return err
	}
	earned := class.To.AddDays(-1)
	var list []models.Qualification
	for _, e := range graduates {
		for _, g := range course.Grants {
			q := models.Qualification{CadreID: e.CadreID, Kind: g.Line, Level: g.Level, Field: g.Field, School: school.Name, Giver: course.Giver, Earned: earned, From: earned,
				To: models.Forever, Days: g.Days, Evidence: class.Name, Review: models.Verified, ReviewBy: tx.actor.AccountID, ReviewAt: tx.at, EnrolmentID: e.ID}
			if g.Line == models.HoiTraining {
				q.Hours = course.Periods
			}
			list = append(list, q)
		}
	}
	return addFacts(tx, list, qualificationFact)
}

// boundStudies makes the studies of learners end on a date.
func (tx *Tx) boundStudies(enrolments []int64, to models.Date) error {
	var list []models.Study
	err := tx.Where(fmt.Sprintf(tx.core.inIDs(), "enrolment_id")+" AND enrolment_id <> 0 AND superseded_at = ? AND valid_to <> ?", tx.core.idList(enrolments), models.Never, to).
		Order("id").Find(&list).Error
	if err != nil || len(list) == 0 {
		return err
	}
	old := make([]int64, len(list))
	for i := range list {
		s := &list[i]
		old[i] = s.ID
		s.ID, s.To, s.RecordedAt, s.RecordedBy = 0, to, tx.at, tx.actor.AccountID
	}
	done := tx.Model(&models.Study{}).Where(fmt.Sprintf(tx.core.inIDs(), "id")+" AND superseded_at = ?", tx.core.idList(old), models.Never).UpdateColumn("superseded_at", tx.at)
	if done.Error == nil && done.RowsAffected != int64(len(old)) {
		return models.Fail(models.Stale, "edit.stale", "")
	}
	if done.Error != nil {
		return done.Error
	}
	return tx.CreateInBatches(list, 50).Error
}

// closingOf is what the last closing of a class has given, read back.
func (tx *Tx) closingOf(class models.Class) (Closing, error) {
	out := Closing{Class: class}
	var seated []models.Enrolment
	if err := tx.Where("class_id = ? AND seat = ?", class.ID, models.Seated).Find(&seated).Error; err != nil {
		return out, err
	}
	for _, e := range seated {
		out.Number = max(out.Number, e.Closing)
		if e.Outcome == models.Passed {
			out.Passed++
		} else {
			out.Failed++
		}
	}
	return out, nil
}

// ReopenClass takes back exactly what the closing gave: its qualifications are withdrawn, the studies run on, and the certificates
// are marked; then the results can be sent back to the school or confirmed again.
func (c *Core) ReopenClass(ctx context.Context, actor models.Actor, classID, version int64, reason string) (models.Class, error) {
	var class models.Class
	err := c.changeFacts(ctx, actor, models.CloseClasses, func(tx *Tx) (err error) {
		if class, err = tx.lockClass(classID); err != nil {
			return err
		}
		if err := checkVersion(version, class.Version); err != nil {
			return err
		}
		reason = models.Clean(reason)
		switch {
		case class.State != models.ClassClosed:
			return models.Fail(models.Conflict, "class.wrong_state", "", "state", string(class.State))
		case reason == "" || len([]rune(reason)) > 400:
			return models.Fail(models.Invalid, "class.reason_required", "reason")
		}
		class.ClosedAt = 0
		if err := tx.takeBack(class, reason); err != nil {
			return err
		}
		return tx.moveClass(&class, ClassStep{To: models.ClassCompleted, Reason: reason})
	})
	return class, err
}

func (tx *Tx) takeBack(class models.Class, reason string) error {
	var seated []models.Enrolment
	if err := tx.Where("class_id = ? AND seat = ?", class.ID, models.Seated).Order("id").Find(&seated).Error; err != nil {
		return err
	}
	var cadres []int64
	for i := range seated {
		e := &seated[i]
		given := tx.Model(&models.Qualification{}).Where("enrolment_id = ? AND enrolment_id <> 0 AND superseded_at = ?", e.ID, models.Never)
		if err := given.UpdateColumn("superseded_at", tx.at).Error; err != nil {
			return err
		}
		e.Outcome, e.Grade, e.Average, e.AttendanceBP, e.Reason, e.Closing = models.Pending, "", -1, 0, models.Reason{}, 0
		if err := tx.storeEnrolment(e); err != nil {
			return err
		}
		if err := tx.log(*e, "reopened", reason); err != nil {
			return err
		}
		cadres = append(cadres, e.CadreID)
	}
	ids := make([]int64, len(seated))
	for i, e := range seated {
		ids[i] = e.ID
	}
	if err := tx.boundStudies(ids, class.To.AddDays(resultsGrace)); err != nil {
		return err
	}
	if err := tx.suspend(class.ID, reason); err != nil {
		return err
	}
	return tx.restand(cadres...)
}
