package core

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"datchuan/models"
)

// Learner is a seated learner as a school sees her: no identity number, ethnicity, religion, phone (quality.md A5).
type Learner struct {
	EnrolmentID int64              `json:"enrolment_id"`
	CadreID     int64              `json:"cadre_id,omitempty"` // not for schools: they can't open the card
	Name        string             `json:"name"`
	Birth       models.PartialDate `json:"birth"`
	Unit        string             `json:"unit"`
	District    string             `json:"district"`
	Position    string             `json:"position"`
	Seat        models.SeatState   `json:"seat"`
	sort        []byte
}

// RollSheet is a class with its sessions, its learners by given name, and the marks by learner and session.
type RollSheet struct {
	Class    models.Class                    `json:"class"`
	Sessions []models.Session                `json:"sessions"`
	Learners []Learner                       `json:"learners"`
	Marks    map[int64]map[int64]models.Mark `json:"marks"` // enrolment > session > mark
}

// Roll is the roll of a class for who teaches or holds it.
func (c *Core) Roll(ctx context.Context, actor models.Actor, classID int64) (RollSheet, error) {
	var sheet RollSheet
	if err := allow(actor, models.ClassesRead); err != nil {
		return sheet, err
	}
	err := c.snapshot(ctx, func(db *gorm.DB) error {
		if err := classesOf(db.Where("classes.id = ?", classID), actor).Take(&sheet.Class).Error; err != nil {
			return lookup(err, "class")
		}
		tree, err := c.Tree(ctx)
		if err != nil {
			return err
		}
		if sheet.Sessions, err = sessionsOf(db, classID); err != nil {
			return err
		}
		if sheet.Learners, err = learnersOf(db, tree, actor, sheet.Class, models.Seated); err != nil {
			return err
		}
		sheet.Marks, err = marksOf(db, classID)
		return err
	})
	sheet.Class = shownTo(actor, sheet.Class)
	return sheet, err
}

// learnersOf are the people of a class with certain seats. Schools and who holds the class see all of them, other units their own.
func learnersOf(db *gorm.DB, tree *Tree, actor models.Actor, class models.Class, seats ...models.SeatState) ([]Learner, error) {
	var rows []struct {
		models.Enrolment
		Name    string
		Birth   models.PartialDate
		SortKey []byte
	}
	query := db.Model(&models.Enrolment{}).Select("enrolments.*, cadres.name, cadres.birth, cadres.sort_key").
		Joins("JOIN cadres ON cadres.id = enrolments.cadre_id").Where("class_id = ? AND seat IN ?", class.ID, seats)
	if actor.Role != models.SchoolOfficer && !holds(actor, class) {
		query = under(query, "cadres.path", actor.Path)
	}
	if err := query.Order("enrolments.queue, enrolments.id").Scan(&rows).Error; err != nil {
		return nil, err
	}
	names := map[string]string{}
	if err := namesOf(db.Model(&models.Position{}).Select("code", "short"), names); err != nil {
		return nil, err
	}
	out := make([]Learner, len(rows))
	for i, r := range rows {
		unit, _ := tree.Nearest(r.UnitID, class.From)
		district, _ := tree.Above(unit.Path, models.District, class.From)
		out[i] = Learner{EnrolmentID: r.ID, CadreID: r.CadreID, Name: r.Name, Birth: r.Birth, Unit: unit.FullName(), District: district.FullName(),
			Position: names[r.Position], Seat: r.Seat, sort: r.SortKey}
		if actor.Role == models.SchoolOfficer {
			out[i].CadreID = 0
		}
	}
	slices.SortStableFunc(out, func(a, b Learner) int { return slices.Compare(a.sort, b.sort) })
	return out, nil
}

func marksOf(db *gorm.DB, classID int64) (map[int64]map[int64]models.Mark, error) {
	var rows []models.Attendance
	err := db.Joins("JOIN class_sessions ON class_sessions.id = attendances.session_id").Where("class_sessions.class_id = ?", classID).Find(&rows).Error
	out := map[int64]map[int64]models.Mark{}
	for _, a := range rows {
		if out[a.EnrolmentID] == nil {
			out[a.EnrolmentID] = map[int64]models.Mark{}
		}
		out[a.EnrolmentID][a.SessionID] = a.Mark
	}
	return out, err
}

// TakeRoll writes the whole roll of one session: marks names those who are not simply present; everybody else is. Sending the same
// roll again changes nothing, so that a phone which lost its connection may repeat it.
func (c *Core) TakeRoll(ctx context.Context, actor models.Actor, classID, sessionID int64, marks map[int64]models.Mark) error {
	return c.change(ctx, actor, models.TakeRoll, func(tx *Tx) error {
		class, err := tx.taught(classID)
		if err != nil {
			return err
		}
		var s models.Session
		if err := tx.Where("id = ? AND class_id = ?", sessionID, classID).Take(&s).Error; err != nil {
			return lookup(err, "session")
		}
		if s.Date > tx.today() {
			return models.Fail(models.Conflict, "session.future", "", "date", s.Date.VN())
		}
		var seated []int64
		if err := tx.Model(&models.Enrolment{}).Where("class_id = ? AND seat = ?", class.ID, models.Seated).Order("id").Pluck("id", &seated).Error; err != nil {
			return err
		}
		for id, mark := range marks {
			if !slices.Contains(seated, id) || !slices.Contains(models.Marks, mark) {
				return models.Fail(models.Invalid, "roll.mark_bad", "marks")
			}
		}
		changed, err := tx.writeRoll(s, seated, marks)
		if err != nil || (changed == 0 && s.Rolled != 0) {
			return err
		}
		if err := tx.Model(&models.Session{}).Where("id = ?", s.ID).UpdateColumn("rolled", tx.at).Error; err != nil {
			return err
		}
		return tx.audit("class.roll", "class", classID, map[string]any{"session_id": sessionID, "changed": changed})
	})
}

func (tx *Tx) writeRoll(s models.Session, seated []int64, marks map[int64]models.Mark) (changed int, err error) {
	var stored []models.Attendance
	if err := tx.Where("session_id = ?", s.ID).Find(&stored).Error; err != nil {
		return 0, err
	}
	has := map[int64]models.Attendance{}
	for _, a := range stored {
		has[a.EnrolmentID] = a
	}
	var fresh []models.Attendance
	for _, id := range seated {
		mark := marks[id]
		if mark == "" {
			mark = models.Present
		}
		old, known := has[id]
		if known && old.Mark == mark {
			continue
		}
		changed++
		if !known {
			fresh = append(fresh, models.Attendance{SessionID: s.ID, EnrolmentID: id, Mark: mark, At: tx.at, By: tx.actor.AccountID})
			continue
		}
		err := tx.Model(&models.Attendance{}).Where("id = ?", old.ID).Updates(map[string]any{"mark": mark, "at": tx.at, "account_id": tx.actor.AccountID}).Error
		if err != nil {
			return changed, err
		}
	}
	return changed, tx.CreateInBatches(fresh, 200).Error
}

// taught is a class that runs or whose results are out, held still for its school or for who holds it.
func (tx *Tx) taught(classID int64) (models.Class, error) {
	class, err := tx.lockSeen(classID)
	if err != nil {
		return class, err
	}
	if tx.actor.Role != models.SchoolOfficer && !holds(tx.actor, class) {
		return class, models.Fail(models.Forbidden, "class.not_yours", "")
	}
	if class.State != models.ClassRunning && class.State != models.ClassAwaiting {
		return class, models.Fail(models.Conflict, "class.wrong_state", "", "state", string(class.State))
	}
	return class, nil
}
