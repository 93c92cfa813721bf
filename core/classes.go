package core

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datchuan/models"
	"datchuan/scheduler"
)

// ClassQuery asks for classes; zero members ask for all. Year is one in which the class takes place.
type ClassQuery struct {
	States []models.ClassState
	Course string
	School string
	UnitID int64 // that holds the class, with those below it
	Year   int
	Series string
}

// ClassLine is a class in a list.
type ClassLine struct {
	Class      models.Class `json:"class"`
	CourseName string       `json:"course_name"`
	SchoolName string       `json:"school_name"`
	Unit       string       `json:"unit"`
	Venue      string       `json:"venue"`
	Requests   int          `json:"requests"` // that wait for a decision
	Waiting    int          `json:"waiting"`  // on the waiting list
	Tentative  bool         `json:"tentative"`
}

// ClassDetail is all about one class but its people. Next are the states it may take for the actor.
type ClassDetail struct {
	ClassLine
	Course   models.Course       `json:"course"`
	Days     []models.Span       `json:"days"`
	Sessions []models.Session    `json:"sessions"`
	Next     []models.ClassState `json:"next"`
	MayWrite bool                `json:"may_write"`
}

// hidden are the states that only those who hold a class see: nothing has been announced yet.
var hiddenStates = []models.ClassState{models.ClassDraft, models.ClassPlanned}

// classesOf cuts a query to the classes an actor may see: those held below her unit; announced ones held by a unit above
// her own, to which she may nominate; and for a school its own, once announced.
func classesOf(db *gorm.DB, actor models.Actor) *gorm.DB {
	if actor.Role == models.SchoolOfficer {
		if actor.School == "" {
			return db.Where("1 = 0")
		}
		return db.Where("classes.school = ? AND classes.state NOT IN ?", actor.School, hiddenStates)
	}
	if actor.Path == "" {
		return db.Where("1 = 0")
	}
	var above []string
	for end := models.PathWidth; end < len(actor.Path); end += models.PathWidth {
		above = append(above, actor.Path[:end])
	}
	return db.Where("(classes.path >= ? AND classes.path < ?) OR (classes.path IN ? AND classes.state NOT IN ?)",
		actor.Path, models.PathEnd(actor.Path), append(above, "-"), hiddenStates)
}

// holds tells whether the class is held within the actor's own scope, so that she may change it.
func holds(actor models.Actor, class models.Class) bool {
	return actor.Role != models.SchoolOfficer && actor.Path != "" && models.UnderPath(class.Path, actor.Path)
}

// lockClass is the class, held still until the transaction ends, for a change by who holds it.
func (tx *Tx) lockClass(id int64) (models.Class, error) {
	class, err := tx.lockSeen(id)
	if err == nil && !holds(tx.actor, class) {
		err = models.Fail(models.Forbidden, "class.not_yours", "")
	}
	return class, err
}

// lockSeen is the class, held still, for whoever sees it.
func (tx *Tx) lockSeen(id int64) (models.Class, error) {
	var class models.Class
	err := classesOf(tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("classes.id = ?", id), tx.actor).Take(&class).Error
	return class, lookup(err, "class")
}

// courseOf is a course by its code.
func courseOf(db *gorm.DB, code string) (models.Course, error) {
	var course models.Course
	err := db.Where("code = ?", code).Take(&course).Error
	return course, lookup(err, "course")
}

// Classes lists the classes in the actor's scope, by first day.
func (c *Core) Classes(ctx context.Context, actor models.Actor, q ClassQuery) ([]ClassLine, error) {
	if err := allow(actor, models.ClassesRead); err != nil {
		return nil, err
	}
	db := classesOf(c.read.WithContext(ctx), actor)
	if len(q.States) > 0 {
		db = db.Where("state IN ?", q.States)
	}
	for column, value := range map[string]string{"course": q.Course, "school": q.School, "series": q.Series} {
		if value != "" {
			db = db.Where(clause.Eq{Column: clause.Column{Name: column}, Value: value})
		}
	}
	if q.Year != 0 {
		db = db.Where("valid_from < ? AND valid_to > ?", models.NewDate(q.Year+1, 1, 1), models.NewDate(q.Year, 1, 1))
	}
	if q.UnitID != 0 {
		tree, err := c.Tree(ctx)
		if err != nil {
			return nil, err
		}
		span, ok := tree.Standing(q.UnitID, c.Today(ctx))
		if !ok {
			return nil, models.Fail(models.NotFound, "not_found", "", "object", "unit")
		}
		db = under(db, "path", span.Path)
	}
	var classes []models.Class
	if err := db.Order("valid_from, id").Find(&classes).Error; err != nil {
		return nil, err
	}
	return c.dressClasses(ctx, actor, classes)
}

// dressClasses adds names and counts, with one query each.
func (c *Core) dressClasses(ctx context.Context, actor models.Actor, classes []models.Class) ([]ClassLine, error) {
	ids := make([]int64, len(classes))
	for i, class := range classes {
		ids[i] = class.ID
	}
	db := c.read.WithContext(ctx)
	requests, err := countBy(db.Model(&models.Nomination{}).Where("state = ?", models.Submitted), ids)
	if err != nil {
		return nil, err
	}
	waiting, err := countBy(db.Model(&models.Enrolment{}).Where("seat = ?", models.Waiting), ids)
	if err != nil {
		return nil, err
	}
	courses, schools, venues := map[string]string{}, map[string]string{}, map[int64]string{}
	if err := namesOf(db.Model(&models.Course{}).Select("code", "name"), courses); err != nil {
		return nil, err
	}
	if err := namesOf(db.Model(&models.School{}).Select("code", "name"), schools); err != nil {
		return nil, err
	}
	if err := namesOf(db.Model(&models.Venue{}).Select("id", "name"), venues); err != nil {
		return nil, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return nil, err
	}
	lines := make([]ClassLine, len(classes))
	for i, class := range classes {
		unit, _ := tree.Nearest(class.UnitID, class.From)
		lines[i] = ClassLine{Class: shownTo(actor, class), CourseName: courses[class.Course], SchoolName: schools[class.School], Unit: unit.FullName(),
			Venue: venues[class.VenueID], Requests: requests[class.ID], Waiting: waiting[class.ID], Tentative: class.Tentative()}
	}
	return lines, nil
}

// countBy counts rows by class.
func countBy(db *gorm.DB, classIDs []int64) (map[int64]int, error) {
	out := map[int64]int{}
	rows, err := db.Select("class_id, COUNT(*)").Where("class_id IN ?", classIDs).Group("class_id").Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, err
		}
		out[id] = n
	}
	return out, rows.Err()
}

// namesOf reads a list of keys and what belongs to them, mostly names.
func namesOf[K comparable, V any](db *gorm.DB, into map[K]V) error {
	rows, err := db.Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var key K
		var value V
		if err := rows.Scan(&key, &value); err != nil {
			return err
		}
		into[key] = value
	}
	return rows.Err()
}

// Class is one class in the actor's scope.
func (c *Core) Class(ctx context.Context, actor models.Actor, id int64) (ClassDetail, error) {
	var out ClassDetail
	if err := allow(actor, models.ClassesRead); err != nil {
		return out, err
	}
	db := c.read.WithContext(ctx)
	var class models.Class
	if err := classesOf(db.Where("classes.id = ?", id), actor).Take(&class).Error; err != nil {
		return out, lookup(err, "class")
	}
	lines, err := c.dressClasses(ctx, actor, []models.Class{class})
	if err != nil {
		return out, err
	}
	out.ClassLine = lines[0]
	if out.Course, err = courseOf(db, class.Course); err != nil {
		return out, err
	}
	if out.Sessions, err = sessionsOf(db, id); err != nil {
		return out, err
	}
	out.Days = scheduler.Days(class, out.Sessions)
	out.MayWrite = holds(actor, class) && actor.May(models.ClassesWrite)
	if out.MayWrite {
		out.Next = slices.Clone(class.State.Next())
	}
	return out, nil
}

func sessionsOf(db *gorm.DB, classID int64) ([]models.Session, error) {
	var out []models.Session
	err := db.Where("class_id = ?", classID).Order("date, CASE part WHEN 'S' THEN 1 WHEN 'C' THEN 2 ELSE 3 END").Find(&out).Error
	return out, err
}
