package core

import (
	"context"
	"slices"
	"strconv"

	"datchuan/models"
)

// ClassStep is a step of a class: where to, and what the step needs: a reason for exits and steps back, the decision for
// the approval, new dates after a postponement.
type ClassStep struct {
	To        models.ClassState `json:"to"`
	Reason    string            `json:"reason,omitempty"`
	Decision  string            `json:"decision,omitempty"`
	DecidedOn models.Date       `json:"decided_on,omitempty"`
}

// MoveClass takes a class one step further, or out, or back. Each step has its guard; sending results, closing and reopening
// are use cases of their own.
func (c *Core) MoveClass(ctx context.Context, actor models.Actor, id, version int64, step ClassStep) (models.Class, error) {
	var class models.Class
	err := c.changeFacts(ctx, actor, models.ClassesWrite, func(tx *Tx) (err error) {
		if class, err = tx.lockClass(id); err != nil {
			return err
		}
		if err := checkVersion(version, class.Version); err != nil {
			return err
		}
		step.Reason, step.Decision = models.Clean(step.Reason), models.Clean(step.Decision)
		if err := tx.guardStep(class, &step); err != nil {
			return err
		}
		return tx.moveClass(&class, step)
	})
	return class, err
}

// guardStep refuses what a step must not be.
func (tx *Tx) guardStep(class models.Class, step *ClassStep) error {
	reserved := step.To == models.ClassCompleted || step.To == models.ClassClosed || class.State == models.ClassClosed
	switch {
	case !class.State.MayBecome(step.To) || reserved:
		return models.Fail(models.Conflict, "class.no_step", "to", "from", string(class.State), "to", string(step.To))
	case class.State.NeedsReason(step.To) && step.Reason == "":
		return models.Fail(models.Invalid, "class.reason_required", "reason")
	case len([]rune(step.Reason)) > 400:
		return models.Fail(models.Invalid, "fact.too_long", "reason", "max", "400")
	}
	switch step.To {
	case models.ClassPlanned:
		if class.From == 0 {
			return models.Fail(models.Invalid, "class.dates_required", "from")
		}
	case models.ClassApproved:
		return guardApproval(class, step)
	case models.ClassSeated:
		return tx.guardSeated(class, *step)
	case models.ClassRunning:
		return tx.guardRunning(class)
	}
	return nil
}

func guardApproval(class models.Class, step *ClassStep) error {
	if class.State != models.ClassPlanned {
		return nil
	}
	var errs models.Errors
	if step.Decision == "" || len([]rune(step.Decision)) > 120 {
		errs = append(errs, models.Fail(models.Invalid, "class.decision_required", "decision"))
	}
	if !step.DecidedOn.Valid() {
		errs = append(errs, models.Fail(models.Invalid, "class.decided_on_required", "decided_on"))
	}
	return errs.OrNil()
}

// guardSeated wants all requests decided; too few learners need a reason: the class is held all the same.
func (tx *Tx) guardSeated(class models.Class, step ClassStep) error {
	var open int64
	if err := tx.Model(&models.Nomination{}).Where("class_id = ? AND state = ?", class.ID, models.Submitted).Count(&open).Error; err != nil {
		return err
	}
	switch {
	case open > 0:
		return models.Fail(models.Conflict, "class.requests_open", "", "n", strconv.FormatInt(open, 10))
	case class.Taken == 0:
		return models.Fail(models.Conflict, "class.nobody", "")
	case class.Taken < class.MinLearners && step.Reason == "":
		return models.Fail(models.Invalid, "class.too_few", "reason", "n", strconv.Itoa(class.Taken), "least", strconv.Itoa(class.MinLearners))
	}
	return nil
}

func (tx *Tx) guardRunning(class models.Class) error {
	sessions, err := sessionsOf(tx.DB, class.ID)
	if err != nil {
		return err
	}
	switch {
	case class.State == models.ClassAwaiting:
		return nil
	case len(sessions) == 0:
		return models.Fail(models.Conflict, "class.no_sessions", "")
	case class.School == "":
		return models.Fail(models.Invalid, "class.school_required", "school")
	case tx.today() < class.From:
		return models.Fail(models.Conflict, "class.too_early", "", "date", class.From.VN())
	}
	return nil
}

// moveClass writes a step and what follows from it.
func (tx *Tx) moveClass(class *models.Class, step ClassStep) error {
	before := class.State
	class.State, class.Reason = step.To, step.Reason
	if step.To == models.ClassApproved && before == models.ClassPlanned {
		class.Decision, class.DecidedOn = step.Decision, step.DecidedOn
	}
	class.Version++
	done := tx.Model(&models.Class{}).Where("id = ?", class.ID).Updates(map[string]any{"state": class.State, "reason": class.Reason,
		"decision": class.Decision, "decided_on": class.DecidedOn, "closed_at": class.ClosedAt, "version": class.Version})
	if done.Error != nil {
		return done.Error
	}
	if err := tx.audit("class.move", "class", class.ID, change{Before: before, After: step}); err != nil {
		return err
	}
	if err := tx.tellStep(*class, before); err != nil {
		return err
	}
	switch {
	case step.To == models.ClassCancelled:
		return tx.cancelSeats(class, step.Reason)
	case step.To == models.ClassRunning && before == models.ClassSeated:
		return tx.startStudies(*class)
	case before == models.ClassSeated && step.To == models.ClassNominating:
		return tx.promote(class)
	}
	return nil
}

// cancelSeats ends all seats and requests of a cancelled class, and the studies that had begun.
func (tx *Tx) cancelSeats(class *models.Class, reason string) error {
	var alive []models.Enrolment
	if err := tx.Where("class_id = ? AND seat IN ?", class.ID, []models.SeatState{models.Waiting, models.Seated}).Find(&alive).Error; err != nil {
		return err
	}
	for i := range alive {
		alive[i].Seat = models.Cancelled
		if err := tx.storeEnrolment(&alive[i]); err != nil {
			return err
		}
		if err := tx.log(alive[i], "cancelled", reason); err != nil {
			return err
		}
	}
	class.Taken = 0
	if err := tx.Model(&models.Class{}).Where("id = ?", class.ID).UpdateColumn("taken", 0).Error; err != nil {
		return err
	}
	if err := tx.Model(&models.Nomination{}).Where("class_id = ? AND state IN ?", class.ID, []models.NominationState{models.Submitted, models.Returned}).
		Update("state", models.Withdrawn).Error; err != nil {
		return err
	}
	return tx.endStudies(alive)
}

// resultsGrace is how many days after its last day a class still counts as "đang học" while its results are out: the school has
// fifteen days to report (calendar.md section 4), the province as many to confirm.
const resultsGrace = 30

// startStudies records that the learners of a class that begins are studying for what it grants.
func (tx *Tx) startStudies(class models.Class) error {
	course, err := courseOf(tx.DB, class.Course)
	if err != nil {
		return err
	}
	var school models.School
	if err := tx.Where("code = ?", class.School).Limit(1).Find(&school).Error; err != nil {
		return err
	}
	var seated []models.Enrolment
	if err := tx.Where("class_id = ? AND seat = ?", class.ID, models.Seated).Find(&seated).Error; err != nil {
		return err
	}
	var cadres []int64
	var studies []models.Study
	for _, e := range seated {
		cadres = append(cadres, e.CadreID)
		for _, g := range course.Grants {
			studies = append(studies, models.Study{CadreID: e.CadreID, Kind: g.Line, Level: g.Level, Days: g.Days, Giver: course.Giver, Course: class.Name, School: school.Name,
				From: class.From, To: class.To.AddDays(resultsGrace), EnrolmentID: e.ID})
		}
	}
	if err := addFacts(tx, studies, studyFact); err != nil {
		return err
	}
	return tx.restand(cadres...)
}

// endStudies takes back that these learners are studying: they left, or the class was cancelled.
func (tx *Tx) endStudies(list []models.Enrolment) error {
	var cadres []int64
	for _, e := range list {
		done := tx.Model(&models.Study{}).Where("enrolment_id = ? AND enrolment_id <> 0 AND superseded_at = ?", e.ID, models.Never).UpdateColumn("superseded_at", tx.at)
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected > 0 {
			cadres = append(cadres, e.CadreID)
		}
	}
	slices.Sort(cadres)
	return tx.restand(cadres...)
}
