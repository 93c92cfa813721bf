package core

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"gorm.io/gorm"

	"datchuan/models"
	"datchuan/scheduler"
)

// SaveClass adds a class (ID 0, as a draft) or changes one; Version must be the one that the editor saw. State, taken seats and
// what belongs to the steps (decision, reason) are not touched: see MoveClass. More seats let people move up from the waiting list.
func (c *Core) SaveClass(ctx context.Context, actor models.Actor, in models.Class) (models.Class, error) {
	err := c.change(ctx, actor, models.ClassesWrite, func(tx *Tx) error {
		if in.ID == 0 {
			return tx.createClass(&in)
		}
		old, err := tx.lockClass(in.ID)
		if err != nil {
			return err
		}
		if err := checkVersion(in.Version, old.Version); err != nil {
			return err
		}
		if old.State == models.ClassClosed || old.State == models.ClassCancelled {
			return models.Fail(models.Conflict, "class.over", "")
		}
		in.State, in.Taken, in.Decision, in.DecidedOn, in.Reason, in.ClosedAt = old.State, old.Taken, old.Decision, old.DecidedOn, old.Reason, old.ClosedAt
		in.Code, in.CreatedAt, in.CreatedBy = old.Code, old.CreatedAt, old.CreatedBy
		if old.Taken > 0 {
			in.Course, in.UnitID = old.Course, old.UnitID // people were chosen for this course
		}
		if err := tx.readyClass(&in); err != nil {
			return err
		}
		if err := tx.storeClass(&in, old); err != nil {
			return err
		}
		return tx.promote(&in)
	})
	return in, err
}

// createClass writes a new draft.
func (tx *Tx) createClass(in *models.Class) error {
	in.State, in.Taken, in.Version = models.ClassDraft, 0, 1
	in.Decision, in.DecidedOn, in.Reason, in.ClosedAt = "", 0, "", 0
	in.CreatedAt, in.CreatedBy = tx.at, tx.actor.AccountID
	if err := tx.readyClass(in); err != nil {
		return err
	}
	if in.Code == "" {
		code, err := tx.freeClassCode(*in)
		if err != nil {
			return err
		}
		in.Code = code
	}
	if err := tx.Create(in).Error; err != nil {
		return classTaken(err, in.Code)
	}
	return tx.audit("class.create", "class", in.ID, change{After: *in})
}

// storeClass writes a changed class over the version that was read.
func (tx *Tx) storeClass(in *models.Class, old models.Class) error {
	in.Version = old.Version + 1
	done := tx.Model(&models.Class{}).Where("id = ? AND version = ?", in.ID, old.Version).Select("*").Omit("id").Updates(in)
	if done.Error != nil {
		return classTaken(done.Error, in.Code)
	}
	if done.RowsAffected == 0 {
		return models.Fail(models.Stale, "edit.stale", "")
	}
	return tx.audit("class.update", "class", in.ID, change{Before: old, After: *in})
}

func classTaken(err error, code string) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Fail(models.Conflict, "class.code_taken", "code", "code", code)
	}
	return err
}

// freeClassCode makes a code of course, year and a running number: ten-day-2014-2.
func (tx *Tx) freeClassCode(in models.Class) (string, error) {
	year := in.From.Year()
	if in.From == 0 {
		year = tx.today().Year()
	}
	base := fmt.Sprintf("%s-%d-", in.Course, year)
	var n int64
	if err := tx.Model(&models.Class{}).Where("code LIKE ?", base+"%").Count(&n).Error; err != nil {
		return "", err
	}
	for {
		n++
		code := base + strconv.FormatInt(n, 10)
		var taken int64
		if err := tx.Model(&models.Class{}).Where("code = ?", code).Count(&taken).Error; err != nil || taken == 0 {
			return code, err
		}
	}
}

// readyClass cleans a class and checks it and all that it refers to.
func (tx *Tx) readyClass(in *models.Class) error {
	for _, text := range []*string{&in.Code, &in.Name, &in.Series, &in.CoHost, &in.Room, &in.Contact, &in.Note} {
		*text = models.Clean(*text)
	}
	if in.Quotas == nil {
		in.Quotas = []models.Quota{}
	}
	if in.Money == nil {
		in.Money = []models.ClassMoney{}
	}
	var errs models.Errors
	if err := in.Check(); err != nil && !errors.As(err, &errs) {
		return err
	}
	tree, err := tx.tree()
	if err != nil {
		return err
	}
	span, ok := tree.Standing(in.UnitID, tx.today())
	if !ok || !models.UnderPath(span.Path, tx.actor.Path) || tx.actor.Path == "" {
		errs = append(errs, models.Fail(models.Invalid, "class.unit_unknown", "unit_id"))
	}
	in.Path = span.Path
	refs, err := tx.checkClassRefs(tree, *in)
	if err != nil {
		return err
	}
	return append(errs, refs...).OrNil()
}

// checkClassRefs looks up what a class names: course, school, venue and room, sources of money, quotas.
func (tx *Tx) checkClassRefs(tree *Tree, in models.Class) (models.Errors, error) {
	var errs models.Errors
	exists := func(row any, column string, value any, code, field string) error {
		var n int64
		if err := tx.Model(row).Where(column+" = ? AND retired = ?", value, false).Count(&n).Error; err != nil {
			return err
		}
		if n == 0 {
			errs = append(errs, models.Fail(models.Invalid, code, field))
		}
		return nil
	}
	if in.Course != "" {
		if err := exists(&models.Course{}, "code", in.Course, "class.course_unknown", "course"); err != nil {
			return nil, err
		}
	}
	if in.School != "" {
		if err := exists(&models.School{}, "code", in.School, "class.school_unknown", "school"); err != nil {
			return nil, err
		}
	}
	for _, m := range in.Money {
		if err := exists(&models.Funding{}, "code", m.Funding, "class.funding_unknown", "money"); err != nil {
			return nil, err
		}
	}
	if in.VenueID != 0 {
		var v models.Venue
		if err := tx.Where("id = ? AND retired = ?", in.VenueID, false).Limit(1).Find(&v).Error; err != nil {
			return nil, err
		}
		room, known := v.Room(in.Room)
		switch {
		case v.ID == 0:
			errs = append(errs, models.Fail(models.Invalid, "class.venue_unknown", "venue_id"))
		case in.Room != "" && !known:
			errs = append(errs, models.Fail(models.Invalid, "class.room_unknown", "room"))
		case known && room.Seats < in.Seats:
			errs = append(errs, models.Fail(models.Invalid, "class.room_small", "seats", "n", strconv.Itoa(room.Seats)))
		}
	}
	for _, q := range in.Quotas {
		if id, err := strconv.ParseInt(q.Key, 10, 64); q.Kind == models.QuotaUnit {
			if s, ok := tree.Standing(id, tx.today()); err != nil || !ok || !models.UnderPath(s.Path, in.Path) {
				errs = append(errs, models.Fail(models.Invalid, "class.quota_unit", "quotas"))
			}
		}
	}
	return errs, nil
}

// CopyClass makes drafts of a class at other first days: a series. Sessions, quotas and money go along, people don't.
func (c *Core) CopyClass(ctx context.Context, actor models.Actor, id int64, starts []models.Date) ([]models.Class, error) {
	var made []models.Class
	err := c.change(ctx, actor, models.ClassesWrite, func(tx *Tx) error {
		from, err := tx.lockClass(id)
		if err != nil {
			return err
		}
		sessions, err := sessionsOf(tx.DB, id)
		if err != nil {
			return err
		}
		if len(starts) == 0 || len(starts) > 60 {
			return models.Fail(models.Invalid, "class.starts_bad", "starts")
		}
		for _, start := range starts {
			if !start.Valid() {
				return models.Fail(models.Invalid, "class.from_bad", "starts")
			}
			copied, err := tx.copyClass(from, sessions, start)
			if err != nil {
				return err
			}
			made = append(made, copied)
		}
		return nil
	})
	return made, err
}

func (tx *Tx) copyClass(from models.Class, sessions []models.Session, start models.Date) (models.Class, error) {
	next := from
	next.ID, next.Code, next.From, next.To, next.NominateBy = 0, "", start, start.AddDays(1), 0
	days := 0
	if from.From != 0 {
		days = scheduler.DaysBetween(from.From, start)
		next.To = from.To.AddDays(days)
	}
	if from.NominateBy != 0 {
		next.NominateBy = from.NominateBy.AddDays(days)
	}
	next.Money = nil
	for _, m := range from.Money {
		m.Spent, m.Granted = 0, 0
		next.Money = append(next.Money, m)
	}
	if err := tx.createClass(&next); err != nil {
		return next, err
	}
	for i := range sessions {
		s := sessions[i]
		s.ID, s.ClassID, s.Date, s.Rolled = 0, next.ID, s.Date.AddDays(days), 0
		if err := tx.Create(&s).Error; err != nil {
			return next, err
		}
	}
	return next, nil
}
