package core

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"datchuan/models"
)

// NominationInput is one cadre of a request. Override is the reason for which warnings are passed over.
type NominationInput struct {
	CadreID  int64  `json:"cadre_id"`
	Override string `json:"override,omitempty"`
	Note     string `json:"note,omitempty"`
}

// Nominate sends a request for several cadres at once, all or nothing. What forbids one of them, and warnings without a reason,
// come back as findings on "cadre.ID". A returned request of the same cadre is sent again.
func (c *Core) Nominate(ctx context.Context, actor models.Actor, classID int64, in []NominationInput) ([]models.Nomination, error) {
	var sent []models.Nomination
	err := c.change(ctx, actor, models.Nominate, func(tx *Tx) (err error) {
		class, err := tx.lockSeen(classID)
		if err != nil {
			return err
		}
		if err := tx.mayNominate(class); err != nil {
			return err
		}
		sent, err = tx.nominate(class, in)
		return err
	})
	return sent, err
}

// mayNominate tells whether requests are taken now: while the class asks for them and until the last day for it. Who holds the class
// may add people until it begins.
func (tx *Tx) mayNominate(class models.Class) error {
	own := holds(tx.actor, class)
	open := class.State == models.ClassNominating || own && (class.State == models.ClassApproved || class.State == models.ClassSeated)
	if !open {
		return models.Fail(models.Conflict, "class.not_nominating", "")
	}
	if !own && class.NominateBy != 0 && tx.today() > class.NominateBy {
		return models.Fail(models.Conflict, "class.nominate_over", "", "date", class.NominateBy.VN())
	}
	return nil
}

func (tx *Tx) nominate(class models.Class, in []NominationInput) ([]models.Nomination, error) {
	ids := make([]int64, len(in))
	for i, n := range in {
		ids[i] = n.CadreID
	}
	if sorted := slices.Sorted(slices.Values(ids)); len(slices.Compact(sorted)) != len(ids) {
		return nil, models.Fail(models.Invalid, "nominate.twice", "cadres")
	}
	tree, err := tx.tree()
	if err != nil {
		return nil, err
	}
	checks, err := checkNominations(tx.DB, tree, tx.actor, class, ids)
	if err != nil {
		return nil, err
	}
	if err := refuseNominations(checks, in); err != nil {
		return nil, err
	}
	sent := make([]models.Nomination, len(in))
	for i, check := range checks {
		if sent[i], err = tx.sendNomination(class, check, in[i]); err != nil {
			return nil, err
		}
	}
	return sent, tx.audit("nomination.send", "class", class.ID, map[string]any{"cadre_ids": ids})
}

// refuseNominations collects what forbids the request: each obstacle under its own code, and warnings without a reason.
func refuseNominations(checks []NominationCheck, in []NominationInput) error {
	var errs models.Errors
	for i, check := range checks {
		field, warned := "cadre."+strconv.FormatInt(check.CadreID, 10), false
		for _, o := range check.Obstacles {
			warned = warned || !o.Blocking
			if !o.Blocking {
				continue
			}
			e := models.Fail(models.Conflict, o.Code, field, "name", check.Name)
			maps.Copy(e.Params, o.Params)
			errs = append(errs, e)
		}
		if warned && models.Clean(in[i].Override) == "" {
			errs = append(errs, models.Fail(models.Invalid, "nominate.reason_required", field, "name", check.Name))
		}
	}
	return errs.OrNil()
}

func (tx *Tx) sendNomination(class models.Class, check NominationCheck, in NominationInput) (models.Nomination, error) {
	n := models.Nomination{}
	if err := tx.Where("class_id = ? AND cadre_id = ? AND state = ?", class.ID, check.CadreID, models.Returned).Limit(1).Find(&n).Error; err != nil {
		return n, err
	}
	event := "sent"
	if n.ID != 0 {
		event = "sent_again"
	}
	n.ClassID, n.CadreID, n.HoldingID, n.UnitID, n.State, n.At, n.By = class.ID, check.CadreID, check.holdingID, tx.actor.UnitID, models.Submitted, tx.at, tx.actor.AccountID
	n.Warnings, n.Override, n.Note = check.Obstacles, models.Clean(in.Override), models.Clean(in.Note)
	if n.Warnings == nil {
		n.Warnings = []models.Obstacle{}
	}
	if len(tooLong("", n.Override, 400))+len(tooLong("", n.Note, 400)) > 0 {
		return n, models.Fail(models.Invalid, "fact.too_long", "override", "max", "400")
	}
	n.Version++
	var err error
	if n.ID == 0 {
		err = tx.Create(&n).Error
	} else {
		err = tx.Model(&models.Nomination{}).Where("id = ?", n.ID).Select("*").Omit("id").Updates(&n).Error
	}
	if err != nil {
		return n, err
	}
	return n, tx.log(models.Enrolment{ClassID: class.ID, CadreID: n.CadreID, NominationID: n.ID}, event, n.Override)
}

// Enrol nominates, approves and seats in one go: for who holds the class and picks from a gap list.
func (c *Core) Enrol(ctx context.Context, actor models.Actor, classID int64, in []NominationInput) ([]models.Enrolment, error) {
	var out []models.Enrolment
	err := c.change(ctx, actor, models.DecideSeats, func(tx *Tx) error {
		class, err := tx.lockClass(classID)
		if err != nil {
			return err
		}
		if err := tx.mayNominate(class); err != nil {
			return err
		}
		sent, err := tx.nominate(class, in)
		if err != nil {
			return err
		}
		for i := range sent {
			e, err := tx.decide(&class, &sent[i], models.Approve, "")
			if err != nil {
				return err
			}
			out = append(out, e)
		}
		return nil
	})
	return out, err
}
