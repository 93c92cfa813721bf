package core

import (
	"context"

	"gorm.io/gorm"

	"datchuan/models"
)

// NominationLine is a request with its person and the decisions on it, newest last.
type NominationLine struct {
	models.Nomination
	Name      string             `json:"name"`
	Birth     models.PartialDate `json:"birth"`
	Unit      string             `json:"unit"`
	From      string             `json:"from_unit"` // the unit that sent it
	Decisions []models.Decision  `json:"decisions"`
}

// ClassPeople are the requests, seats and waiting list of a class, as far as the actor may see them, and what happened.
type ClassPeople struct {
	Requests []NominationLine `json:"requests"`
	Seated   []Learner        `json:"seated"`
	Waiting  []Learner        `json:"waiting"` // in the order of the list
	Left     []Learner        `json:"left"`
}

// ClassPeople lists who is in a class or wants to be. Units see their own people, who holds the class and its school all seated ones;
// requests are no business of schools.
func (c *Core) ClassPeople(ctx context.Context, actor models.Actor, classID int64) (ClassPeople, error) {
	var out ClassPeople
	if err := allow(actor, models.ClassesRead); err != nil {
		return out, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return out, err
	}
	err = c.snapshot(ctx, func(db *gorm.DB) (err error) {
		var class models.Class
		if err := classesOf(db.Where("classes.id = ?", classID), actor).Take(&class).Error; err != nil {
			return lookup(err, "class")
		}
		if out.Seated, err = learnersOf(db, tree, actor, class, models.Seated); err != nil {
			return err
		}
		if out.Left, err = learnersOf(db, tree, actor, class, models.Declined, models.DroppedBy, models.Cancelled); err != nil || actor.Role == models.SchoolOfficer {
			return err
		}
		if out.Waiting, err = waitingOf(db, tree, actor, class); err != nil {
			return err
		}
		out.Requests, err = requestsOf(db, tree, actor, class)
		return err
	})
	return out, err
}

// waitingOf is the waiting list in its own order.
func waitingOf(db *gorm.DB, tree *Tree, actor models.Actor, class models.Class) ([]Learner, error) {
	list, err := learnersOf(db, tree, actor, class, models.Waiting)
	if err != nil {
		return nil, err
	}
	var order []int64
	if err := db.Model(&models.Enrolment{}).Where("class_id = ? AND seat = ?", class.ID, models.Waiting).Order("queue, id").Pluck("id", &order).Error; err != nil {
		return nil, err
	}
	byID := map[int64]Learner{}
	for _, l := range list {
		byID[l.EnrolmentID] = l
	}
	out := make([]Learner, 0, len(list))
	for _, id := range order {
		if l, ok := byID[id]; ok {
			out = append(out, l)
		}
	}
	return out, nil
}

func requestsOf(db *gorm.DB, tree *Tree, actor models.Actor, class models.Class) ([]NominationLine, error) {
	var rows []struct {
		models.Nomination
		Name  string
		Birth models.PartialDate
		Home  int64
	}
	err := under(db.Model(&models.Nomination{}).Select("nominations.*, cadres.name, cadres.birth, cadres.unit_id AS home").
		Joins("JOIN cadres ON cadres.id = nominations.cadre_id").Where("class_id = ?", class.ID), "cadres.path", actor.Path).
		Order("nominations.at, nominations.id").Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	var decisions []models.Decision
	if err := db.Where("nomination_id IN ?", ids).Order("id").Find(&decisions).Error; err != nil {
		return nil, err
	}
	byNomination := map[int64][]models.Decision{}
	for _, d := range decisions {
		byNomination[d.NominationID] = append(byNomination[d.NominationID], d)
	}
	out := make([]NominationLine, len(rows))
	for i, r := range rows {
		home, _ := tree.Nearest(r.Home, class.From)
		sender, _ := tree.Nearest(r.UnitID, class.From)
		out[i] = NominationLine{Nomination: r.Nomination, Name: r.Name, Birth: r.Birth, Unit: home.FullName(), From: sender.FullName(), Decisions: byNomination[r.ID]}
	}
	return out, nil
}

// ClassLog is what happened to the people of a class, newest first.
func (c *Core) ClassLog(ctx context.Context, actor models.Actor, classID int64) ([]models.EnrolmentLog, error) {
	class, err := c.Class(ctx, actor, classID)
	if err != nil {
		return nil, err
	}
	db := c.read.WithContext(ctx).Model(&models.EnrolmentLog{}).Joins("JOIN cadres ON cadres.id = enrolment_logs.cadre_id").Where("class_id = ?", classID)
	if !holds(actor, class.Class) {
		db = under(db, "cadres.path", actor.Path)
	}
	var out []models.EnrolmentLog
	return out, db.Order("enrolment_logs.id DESC").Limit(1000).Find(&out).Error
}

// TrainingLine is one class in the training history of a cadre.
type TrainingLine struct {
	ClassID   int64             `json:"class_id"`
	Class     string            `json:"class"`
	School    string            `json:"school"`
	From      models.Date       `json:"from" gorm:"column:valid_from"`
	To        models.Date       `json:"to" gorm:"column:valid_to"`
	State     models.ClassState `json:"state"`
	Seat      models.SeatState  `json:"seat"`
	Outcome   models.Outcome    `json:"outcome"`
	Grade     models.Grade      `json:"grade"`
	Enrolment int64             `json:"enrolment_id"`
}

// TrainingHistory is what classes a cadre was in, newest first.
func (c *Core) TrainingHistory(ctx context.Context, actor models.Actor, cadreID int64) ([]TrainingLine, error) {
	if err := allow(actor, models.CadresRead); err != nil {
		return nil, err
	}
	db := c.read.WithContext(ctx)
	var cadre models.Cadre
	if err := under(db.Where("id = ?", cadreID), "path", actor.Path).Take(&cadre).Error; err != nil {
		return nil, lookup(err, "cadre")
	}
	var out []TrainingLine
	err := db.Model(&models.Enrolment{}).Select(`classes.id AS class_id, classes.name AS class, COALESCE(schools.name, '') AS school, classes.valid_from, classes.valid_to,
		classes.state, enrolments.seat, enrolments.outcome, enrolments.grade, enrolments.id AS enrolment`).
		Joins("JOIN classes ON classes.id = enrolments.class_id").Joins("LEFT JOIN schools ON schools.code = classes.school").
		Where("enrolments.cadre_id = ?", cadreID).Order("classes.valid_from DESC, enrolments.id DESC").Scan(&out).Error
	return out, err
}
