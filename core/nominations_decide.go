package core

import (
	"context"
	"slices"

	"datchuan/models"
)

// DecideInput is a decision on one request; Version is the one that was read.
type DecideInput struct {
	NominationID int64          `json:"nomination_id"`
	Version      int64          `json:"version"`
	Verdict      models.Verdict `json:"verdict"`
	Reason       string         `json:"reason,omitempty"`
}

// Decide decides on requests for a class, all or nothing: who is approved gets a seat, or a place on the waiting list when there is
// none; refusing and sending back need a reason.
func (c *Core) Decide(ctx context.Context, actor models.Actor, classID int64, in []DecideInput) ([]models.Enrolment, error) {
	var out []models.Enrolment
	err := c.change(ctx, actor, models.DecideSeats, func(tx *Tx) error {
		class, err := tx.lockClass(classID)
		if err != nil {
			return err
		}
		if !slices.Contains([]models.ClassState{models.ClassApproved, models.ClassNominating, models.ClassSeated}, class.State) {
			return models.Fail(models.Conflict, "class.wrong_state", "", "state", string(class.State))
		}
		for _, d := range in {
			var n models.Nomination
			if err := tx.Where("id = ? AND class_id = ?", d.NominationID, classID).Take(&n).Error; err != nil {
				return lookup(err, "nomination")
			}
			if err := checkVersion(d.Version, n.Version); err != nil {
				return err
			}
			e, err := tx.decide(&class, &n, d.Verdict, models.Clean(d.Reason))
			if err != nil {
				return err
			}
			if e.ID != 0 {
				out = append(out, e)
			}
		}
		return nil
	})
	return out, err
}

var verdictNews = map[models.Verdict]models.NoticeKind{models.Refuse: models.NoticeRefused, models.SendBack: models.NoticeReturned}

var verdictEvents = map[models.Verdict]string{models.Approve: "approved", models.Refuse: "refused", models.SendBack: "returned"}

func (tx *Tx) decide(class *models.Class, n *models.Nomination, verdict models.Verdict, reason string) (models.Enrolment, error) {
	var e models.Enrolment
	event, known := verdictEvents[verdict]
	switch {
	case n.State != models.Submitted:
		return e, models.Fail(models.Conflict, "nomination.not_open", "")
	case !known:
		return e, models.Fail(models.Invalid, "nomination.verdict_bad", "verdict")
	case verdict != models.Approve && reason == "":
		return e, models.Fail(models.Invalid, "class.reason_required", "reason")
	case len([]rune(reason)) > 400:
		return e, models.Fail(models.Invalid, "fact.too_long", "reason", "max", "400")
	}
	n.State = models.Decided
	if verdict == models.SendBack {
		n.State = models.Returned
	}
	n.Version++
	if err := tx.Model(&models.Nomination{}).Where("id = ?", n.ID).Updates(map[string]any{"state": n.State, "version": n.Version}).Error; err != nil {
		return e, err
	}
	if err := tx.Create(&models.Decision{NominationID: n.ID, Verdict: verdict, Reason: reason, At: tx.at, By: tx.actor.AccountID}).Error; err != nil {
		return e, err
	}
	if err := tx.log(models.Enrolment{ClassID: class.ID, CadreID: n.CadreID, NominationID: n.ID}, event, reason); err != nil {
		return e, err
	}
	if err := tx.audit("nomination."+string(verdict), "class", class.ID, map[string]any{"cadre_id": n.CadreID, "reason": reason}); err != nil {
		return e, err
	}
	if verdict != models.Approve {
		tx.tell(verdictNews[verdict], *class, n.CadreID)
		return e, nil
	}
	e, err := tx.newEnrolment(*class, *n)
	if err != nil {
		return e, err
	}
	if err := tx.seat(class, &e); err != nil {
		return e, err
	}
	tx.tell(map[bool]models.NoticeKind{true: models.NoticeSeated, false: models.NoticeWaiting}[e.Seat == models.Seated], *class, e.CadreID)
	return e, nil
}

// newEnrolment is who an approved request is about, by the post she holds when the class begins.
func (tx *Tx) newEnrolment(class models.Class, n models.Nomination) (models.Enrolment, error) {
	e := models.Enrolment{ClassID: class.ID, CadreID: n.CadreID, NominationID: n.ID, Outcome: models.Pending, Average: -1}
	if n.HoldingID != 0 {
		var h models.Holding
		if err := tx.Where("fact_id = ? AND superseded_at = ?", n.HoldingID, models.Never).Limit(1).Find(&h).Error; err != nil {
			return e, err
		}
		e.UnitID, e.Position = h.UnitID, h.Position
	}
	if e.UnitID == 0 {
		var cadre models.Cadre
		if err := tx.Select("id", "unit_id").Where("id = ?", n.CadreID).Take(&cadre).Error; err != nil {
			return e, err
		}
		e.UnitID = cadre.UnitID
	}
	funding, err := tx.nextFunding(class)
	e.Funding = funding
	return e, err
}

// nextFunding is the first source of the class that still pays for a seat, "" when none does.
func (tx *Tx) nextFunding(class models.Class) (string, error) {
	for _, m := range class.Money {
		var n int64
		err := tx.Model(&models.Enrolment{}).Where("class_id = ? AND funding = ? AND seat IN ?", class.ID, m.Funding, []models.SeatState{models.Waiting, models.Seated}).Count(&n).Error
		if err != nil || n < int64(m.Seats) {
			return m.Funding, err
		}
	}
	return "", nil
}

// Withdraw takes a request back, before it was decided, by the unit that sent it.
func (c *Core) Withdraw(ctx context.Context, actor models.Actor, nominationID int64) error {
	return c.change(ctx, actor, models.Nominate, func(tx *Tx) error {
		var n models.Nomination
		db := tx.Joins("JOIN cadres ON cadres.id = nominations.cadre_id").Where("nominations.id = ?", nominationID)
		if err := under(db, "cadres.path", actor.Path).Take(&n).Error; err != nil {
			return lookup(err, "nomination")
		}
		if _, err := tx.lockSeen(n.ClassID); err != nil {
			return err
		}
		done := tx.Model(&models.Nomination{}).Where("id = ? AND state IN ?", n.ID, []models.NominationState{models.Submitted, models.Returned}).
			Updates(map[string]any{"state": models.Withdrawn, "version": n.Version + 1})
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return models.Fail(models.Conflict, "nomination.not_open", "")
		}
		if err := tx.log(models.Enrolment{ClassID: n.ClassID, CadreID: n.CadreID, NominationID: n.ID}, "withdrawn", ""); err != nil {
			return err
		}
		return tx.audit("nomination.withdraw", "class", n.ClassID, map[string]any{"cadre_id": n.CadreID})
	})
}
