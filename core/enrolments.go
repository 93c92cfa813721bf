package core

import (
	"context"
	"slices"
	"strconv"

	"datchuan/models"
)

// Seats are given, freed and filled again only here, with the class held still, so that seats, quotas and the waiting list
// are kept on every path.

// seat gives a seat, or the last place of the waiting list when the class or one of her quotas is full.
func (tx *Tx) seat(class *models.Class, e *models.Enrolment) error {
	full, err := tx.full(class, *e)
	if err != nil {
		return err
	}
	if !full {
		return tx.takeSeat(class, e, "seated")
	}
	var last int64
	if err := tx.Model(&models.Enrolment{}).Where("class_id = ?", class.ID).Select("COALESCE(MAX(queue), 0)").Scan(&last).Error; err != nil {
		return err
	}
	e.Seat, e.Queue = models.Waiting, last+1
	if err := tx.storeEnrolment(e); err != nil {
		return err
	}
	return tx.log(*e, "waiting", "")
}

// takeSeat counts the seat on the class, which refuses to hold more than it has, and writes it.
func (tx *Tx) takeSeat(class *models.Class, e *models.Enrolment, event string) error {
	done := tx.Model(&models.Class{}).Where("id = ? AND taken < seats", class.ID).UpdateColumn("taken", class.Taken+1)
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected == 0 {
		return models.Fail(models.Conflict, "class.full", "")
	}
	class.Taken++
	e.Seat = models.Seated
	if err := tx.storeEnrolment(e); err != nil {
		return err
	}
	return tx.log(*e, event, "")
}

func (tx *Tx) storeEnrolment(e *models.Enrolment) error {
	e.Version++
	if e.ID == 0 {
		return tx.Create(e).Error
	}
	return tx.Model(&models.Enrolment{}).Where("id = ?", e.ID).Select("*").Omit("id").Updates(e).Error
}

// full tells whether there is no seat for somebody: none at all, or none of a quota that she falls under.
func (tx *Tx) full(class *models.Class, e models.Enrolment) (bool, error) {
	if class.Taken >= class.Seats {
		return true, nil
	}
	if len(class.Quotas) == 0 {
		return false, nil
	}
	tree, err := tx.tree()
	if err != nil {
		return false, err
	}
	var seated []models.Enrolment
	if err := tx.Where("class_id = ? AND seat = ?", class.ID, models.Seated).Find(&seated).Error; err != nil {
		return false, err
	}
	for _, q := range class.Quotas {
		if !tree.inQuota(q, e, class.From) {
			continue
		}
		taken := 0
		for _, other := range seated {
			if tree.inQuota(q, other, class.From) {
				taken++
			}
		}
		if taken >= q.Seats {
			return true, nil
		}
	}
	return false, nil
}

// inQuota tells whether a learner falls under a quota, on the map of the day the class begins.
func (t *Tree) inQuota(q models.Quota, e models.Enrolment, on models.Date) bool {
	unit, _ := t.Nearest(e.UnitID, on)
	switch q.Kind {
	case models.QuotaPosition:
		return e.Position == q.Key
	case models.QuotaArea:
		return slices.ContainsFunc(t.AreasOf(unit.Path), func(f models.UnitFlag) bool {
			return string(f.Flag) == q.Key && (models.Span{From: f.From, To: f.To}).Contains(on)
		})
	}
	id, err := strconv.ParseInt(q.Key, 10, 64)
	if err != nil {
		return false
	}
	top, ok := t.Nearest(id, on)
	return ok && models.UnderPath(unit.Path, top.Path)
}

// free ends a seat or a place in the queue, and lets the next move up.
func (tx *Tx) free(class *models.Class, e *models.Enrolment, to models.SeatState, reason string) error {
	held := e.Seat == models.Seated
	e.Seat = to
	if err := tx.storeEnrolment(e); err != nil {
		return err
	}
	if err := tx.log(*e, string(to), reason); err != nil {
		return err
	}
	if !held {
		return nil
	}
	class.Taken--
	if err := tx.Model(&models.Class{}).Where("id = ?", class.ID).UpdateColumn("taken", class.Taken).Error; err != nil {
		return err
	}
	return tx.promote(class)
}

// promote fills free seats from the waiting list, in its order; who falls under a full quota is passed over. Once the class
// runs nobody moves up by herself: the lessons have begun.
func (tx *Tx) promote(class *models.Class) error {
	if !slices.Contains([]models.ClassState{models.ClassApproved, models.ClassNominating, models.ClassSeated}, class.State) {
		return nil
	}
	var waiting []models.Enrolment
	if err := tx.Where("class_id = ? AND seat = ?", class.ID, models.Waiting).Order("queue, id").Find(&waiting).Error; err != nil {
		return err
	}
	for i := range waiting {
		if class.Taken >= class.Seats {
			return nil
		}
		full, err := tx.full(class, waiting[i])
		if err != nil {
			return err
		}
		if full {
			continue
		}
		if err := tx.takeSeat(class, &waiting[i], "promoted"); err != nil {
			return err
		}
		tx.tell(models.NoticePromoted, *class, waiting[i].CadreID)
		if err := tx.audit("enrolment.promote", "class", class.ID, map[string]any{"cadre_id": waiting[i].CadreID}); err != nil {
			return err
		}
	}
	return nil
}

// log adds a line to the life of an enrolment.
func (tx *Tx) log(e models.Enrolment, event, reason string) error {
	line := tx.event(e, event, reason)
	return tx.Create(&line).Error
}

func (tx *Tx) event(e models.Enrolment, event, reason string) models.EnrolmentLog {
	return models.EnrolmentLog{ClassID: e.ClassID, CadreID: e.CadreID, NominationID: e.NominationID, EnrolmentID: e.ID, Event: event, Reason: reason, At: tx.at, By: tx.actor.AccountID}
}

// LeaveClass gives a seat back: before the class begins (declined) by the unit that sent her or who holds the class, and while it
// runs (dropped) by who holds it. The next on the waiting list moves up.
func (c *Core) LeaveClass(ctx context.Context, actor models.Actor, enrolmentID int64, reason string) error {
	return c.change(ctx, actor, models.Nominate, func(tx *Tx) error {
		class, e, err := tx.enrolment(enrolmentID)
		if err != nil {
			return err
		}
		if reason = models.Clean(reason); reason == "" {
			return models.Fail(models.Invalid, "class.reason_required", "reason")
		}
		to := models.Declined
		switch class.State {
		case models.ClassApproved, models.ClassNominating, models.ClassSeated:
		case models.ClassRunning, models.ClassAwaiting:
			to = models.DroppedBy
			if !holds(tx.actor, class) {
				return models.Fail(models.Forbidden, "class.not_yours", "")
			}
		default:
			return models.Fail(models.Conflict, "class.wrong_state", "", "state", string(class.State))
		}
		if !e.Seat.Alive() {
			return models.Fail(models.Conflict, "enrolment.over", "")
		}
		if err := tx.free(&class, &e, to, reason); err != nil {
			return err
		}
		if err := tx.endStudies([]models.Enrolment{e}); err != nil {
			return err
		}
		return tx.audit("enrolment.leave", "class", class.ID, map[string]any{"cadre_id": e.CadreID, "seat": to, "reason": reason})
	})
}

// enrolment is one of a class that the actor sees, of a cadre in her scope; the class is held still.
func (tx *Tx) enrolment(id int64) (models.Class, models.Enrolment, error) {
	var e models.Enrolment
	db := tx.Joins("JOIN cadres ON cadres.id = enrolments.cadre_id").Where("enrolments.id = ?", id)
	if err := under(db, "cadres.path", tx.actor.Path).Take(&e).Error; err != nil {
		return models.Class{}, e, lookup(err, "enrolment")
	}
	class, err := tx.lockSeen(e.ClassID)
	if err != nil {
		return class, e, err
	}
	// read again under the lock: somebody may have been faster
	return class, e, tx.Where("id = ?", id).Take(&e).Error
}
