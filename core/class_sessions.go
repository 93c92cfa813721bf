package core

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"datchuan/models"
	"datchuan/scheduler"
)

// ProposeSessions is a timetable for a class by its course and dates; nothing is written.
func (c *Core) ProposeSessions(ctx context.Context, actor models.Actor, classID int64) ([]models.Session, error) {
	detail, err := c.Class(ctx, actor, classID)
	if err != nil {
		return nil, err
	}
	return scheduler.Timetable(detail.Course, detail.Class, func(models.Date) bool { return false }), nil
}

// SaveSessions replaces the timetable of a class. A session whose roll was taken stays as it is: it can't be moved or left out.
func (c *Core) SaveSessions(ctx context.Context, actor models.Actor, classID, version int64, in []models.Session) ([]models.Session, error) {
	var out []models.Session
	err := c.change(ctx, actor, models.ClassesWrite, func(tx *Tx) error {
		class, err := tx.lockClass(classID)
		if err != nil {
			return err
		}
		if err := checkVersion(version, class.Version); err != nil {
			return err
		}
		if slices.Contains([]models.ClassState{models.ClassCompleted, models.ClassClosed, models.ClassCancelled}, class.State) {
			return models.Fail(models.Conflict, "class.wrong_state", "", "state", string(class.State))
		}
		if err := checkSessions(class, in); err != nil {
			return err
		}
		if err := tx.replaceSessions(class, in); err != nil {
			return err
		}
		if err := tx.Model(&models.Class{}).Where("id = ?", classID).UpdateColumn("version", class.Version+1).Error; err != nil {
			return err
		}
		if out, err = sessionsOf(tx.DB, classID); err != nil {
			return err
		}
		return tx.audit("class.sessions", "class", classID, map[string]any{"sessions": len(out)})
	})
	return out, err
}

func checkSessions(class models.Class, in []models.Session) error {
	var errs models.Errors
	if len(in) > 1500 {
		return models.Fail(models.Invalid, "session.too_many", "sessions")
	}
	seen := map[string]bool{}
	for i := range in {
		s := &in[i]
		s.Topic, s.Room = models.Clean(s.Topic), models.Clean(s.Room)
		key := s.Date.String() + string(s.Part)
		params := []string{"date", s.Date.VN(), "part", string(s.Part)}
		switch {
		case !s.Date.Valid() || !slices.Contains(models.HalfDays, s.Part):
			errs = append(errs, models.Fail(models.Invalid, "session.date_bad", "sessions", params...))
		case seen[key]:
			errs = append(errs, models.Fail(models.Invalid, "session.twice", "sessions", params...))
		case s.Date < class.From || s.Date >= class.To:
			errs = append(errs, models.Fail(models.Invalid, "session.outside", "sessions", params...))
		case s.Periods < 0 || s.Periods > 10:
			errs = append(errs, models.Fail(models.Invalid, "session.periods_bad", "sessions", params...))
		case len([]rune(s.Topic)) > 300 || len([]rune(s.Room)) > 80:
			errs = append(errs, models.Fail(models.Invalid, "session.text_long", "sessions", params...))
		}
		seen[key] = true
	}
	return errs.OrNil()
}

// replaceSessions writes what is new, changes what stays on its half day, and drops the rest.
func (tx *Tx) replaceSessions(class models.Class, in []models.Session) error {
	old, err := sessionsOf(tx.DB, class.ID)
	if err != nil {
		return err
	}
	same := func(a, b models.Session) bool { return a.Date == b.Date && a.Part == b.Part }
	for _, s := range old {
		if slices.ContainsFunc(in, func(n models.Session) bool { return same(n, s) }) {
			continue
		}
		if s.Rolled != 0 {
			return models.Fail(models.Conflict, "session.rolled", "sessions", "date", s.Date.VN(), "part", string(s.Part))
		}
		if err := tx.Delete(&models.Session{}, s.ID).Error; err != nil {
			return err
		}
	}
	for _, s := range in {
		s.ID, s.ClassID, s.Rolled = 0, class.ID, 0
		if i := slices.IndexFunc(old, func(o models.Session) bool { return same(o, s) }); i >= 0 {
			s.ID, s.Rolled = old[i].ID, old[i].Rolled
			if err := tx.Model(&models.Session{}).Where("id = ?", s.ID).Select("*").Omit("id").Updates(&s).Error; err != nil {
				return err
			}
			continue
		}
		if s.InstructorID != 0 {
			var known int64
			if err := tx.Model(&models.Instructor{}).Where("id = ?", s.InstructorID).Count(&known).Error; err != nil {
				return err
			}
			if known == 0 {
				return models.Fail(models.Invalid, "session.instructor_unknown", "sessions")
			}
		}
		if err := tx.Create(&s).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
			return models.Fail(models.Stale, "edit.stale", "")
		} else if err != nil {
			return err
		}
	}
	return nil
}
