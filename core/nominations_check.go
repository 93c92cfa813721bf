package core

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"datchuan/models"
	"datchuan/scheduler"
)

// NominationCheck is a candidate with what stands in her way.
type NominationCheck struct {
	CadreID   int64              `json:"cadre_id"`
	Name      string             `json:"name"`
	Birth     models.PartialDate `json:"birth"`
	Unit      string             `json:"unit"`
	Position  string             `json:"position"`
	Blocked   bool               `json:"blocked"`
	Obstacles []models.Obstacle  `json:"obstacles"`

	holdingID int64
	unitID    int64
}

// CheckNominations tells, before anything is sent, what stands in the way of nominating cadres for a class.
func (c *Core) CheckNominations(ctx context.Context, actor models.Actor, classID int64, cadreIDs []int64) ([]NominationCheck, error) {
	if err := allow(actor, models.Nominate); err != nil {
		return nil, err
	}
	var out []NominationCheck
	err := c.snapshot(ctx, func(db *gorm.DB) error {
		var class models.Class
		if err := classesOf(db.Where("classes.id = ?", classID), actor).Take(&class).Error; err != nil {
			return lookup(err, "class")
		}
		tree, err := c.Tree(ctx)
		if err != nil {
			return err
		}
		out, err = checkNominations(db, tree, actor, class, cadreIDs)
		return err
	})
	return out, err
}

// nominees is what a check reads about candidates, by cadre.
type nominees struct {
	cadres   map[int64]models.Cadre
	holdings map[int64][]models.Holding
	levels   map[int64][]models.Qualification
	studies  map[int64][]models.Study
	sources  map[int64][]models.Succession
	busy     map[int64][]scheduler.Busy
	here     map[int64]models.SeatState
	asked    map[int64]bool
	passed   map[int64][]string
}

func checkNominations(db *gorm.DB, tree *Tree, actor models.Actor, class models.Class, cadreIDs []int64) ([]NominationCheck, error) {
	if len(cadreIDs) == 0 || len(cadreIDs) > 500 {
		return nil, models.Fail(models.Invalid, "nominate.how_many", "cadres")
	}
	course, err := courseOf(db, class.Course)
	if err != nil {
		return nil, err
	}
	sessions, err := sessionsOf(db, class.ID)
	if err != nil {
		return nil, err
	}
	on := class.From
	if on == 0 {
		on = models.Forever - 1
	}
	n, err := loadNominees(db, actor, class, cadreIDs, on)
	if err != nil {
		return nil, err
	}
	mates, err := loadMates(db, n, on)
	if err != nil {
		return nil, err
	}
	out := make([]NominationCheck, 0, len(cadreIDs))
	for _, id := range cadreIDs {
		cadre, ok := n.cadres[id]
		if !ok {
			return nil, models.Fail(models.NotFound, "not_found", "cadres", "object", "cadre")
		}
		check, candidate := n.candidate(tree, course, class, cadre, on)
		if mate, ok := mates[check.unitID]; ok && mate.cadre[id] != 0 {
			candidate.MatePost, candidate.MateAway = mate.post[mate.cadre[id]], mate.away[mate.cadre[id]]
		}
		check.Obstacles = scheduler.Nomination(course, scheduler.Days(class, sessions), candidate)
		check.Blocked = models.Blocked(check.Obstacles)
		out = append(out, check)
	}
	return out, nil
}

// candidate puts together what is known of one cadre.
func (n nominees) candidate(tree *Tree, course models.Course, class models.Class, cadre models.Cadre, on models.Date) (NominationCheck, scheduler.Candidate) {
	check := NominationCheck{CadreID: cadre.ID, Name: cadre.Name, Birth: cadre.Birth, unitID: cadre.UnitID}
	cand := scheduler.Candidate{CadreID: cadre.ID, Gone: cadre.State != models.Active, Here: n.here[cadre.ID], Requested: n.asked[cadre.ID],
		Busy: n.busy[cadre.ID], Graduated: n.passed[cadre.ID], Levels: map[models.QualKind]int{}}
	for _, h := range n.holdings[cadre.ID] {
		cand.Positions = append(cand.Positions, h.Position)
		if check.Position == "" || course.ForPosition(h.Position) && !course.ForPosition(check.Position) {
			check.Position, check.holdingID, check.unitID = h.Position, h.FactID, h.UnitID
		}
	}
	for _, s := range n.sources[cadre.ID] {
		cand.Succession = append(cand.Succession, s.Position)
	}
	for _, q := range n.levels[cadre.ID] {
		if level, known := cand.Levels[q.Kind]; !known || q.Level > level {
			cand.Levels[q.Kind] = q.Level
		}
	}
	for _, s := range n.studies[cadre.ID] {
		cand.Studying = cand.Studying || slices.ContainsFunc(course.Grants, func(g models.CourseGrant) bool {
			return g.Line == s.Kind && g.Line != models.HoiTraining && s.Level >= g.Level
		})
	}
	unit, _ := tree.Nearest(check.unitID, on)
	check.Unit = unit.FullName()
	for _, f := range tree.AreasOf(unit.Path) {
		if (models.Span{From: f.From, To: f.To}).Contains(on) {
			cand.Areas = append(cand.Areas, f.Flag)
		}
	}
	cand.Outside = !models.UnderPath(cadre.Path, class.Path)
	return check, cand
}

// loadNominees reads all about the candidates with one query each; who is out of scope is not read.
func loadNominees(db *gorm.DB, actor models.Actor, class models.Class, ids []int64, on models.Date) (nominees, error) {
	n := nominees{cadres: map[int64]models.Cadre{}, here: map[int64]models.SeatState{}, asked: map[int64]bool{}, passed: map[int64][]string{}}
	var cadres []models.Cadre
	if err := under(db.Where("id IN ?", ids), "path", actor.Path).Find(&cadres).Error; err != nil {
		return n, err
	}
	for _, c := range cadres {
		n.cadres[c.ID] = c
	}
	var err error
	standing := func() *gorm.DB {
		return db.Where("cadre_id IN ? AND superseded_at = ? AND valid_from <= ? AND valid_to > ?", ids, models.Never, on, on)
	}
	if n.holdings, err = byCadre(standing(), func(h models.Holding) int64 { return h.CadreID }); err != nil {
		return n, err
	}
	if n.sources, err = byCadre(standing(), func(s models.Succession) int64 { return s.CadreID }); err != nil {
		return n, err
	}
	if n.studies, err = byCadre(standing(), func(s models.Study) int64 { return s.CadreID }); err != nil {
		return n, err
	}
	if n.levels, err = byCadre(standing().Where("review <> ?", models.Rejected), func(q models.Qualification) int64 { return q.CadreID }); err != nil {
		return n, err
	}
	if n.busy, err = busyOf(db, ids, class.ID); err != nil {
		return n, err
	}
	return n, n.loadHere(db, class, ids)
}

// loadHere reads the seats and requests in this class, and the courses passed before.
func (n nominees) loadHere(db *gorm.DB, class models.Class, ids []int64) error {
	var seats []models.Enrolment
	if err := db.Where("class_id = ? AND cadre_id IN ? AND seat IN ?", class.ID, ids, []models.SeatState{models.Waiting, models.Seated}).Find(&seats).Error; err != nil {
		return err
	}
	for _, e := range seats {
		n.here[e.CadreID] = e.Seat
	}
	var asked []int64
	if err := db.Model(&models.Nomination{}).Where("class_id = ? AND cadre_id IN ? AND state = ?", class.ID, ids, models.Submitted).Pluck("cadre_id", &asked).Error; err != nil {
		return err
	}
	for _, id := range asked {
		n.asked[id] = true
	}
	var passed []struct {
		CadreID int64
		Course  string
	}
	err := db.Model(&models.Enrolment{}).Select("enrolments.cadre_id, classes.course").Joins("JOIN classes ON classes.id = enrolments.class_id").
		Where("enrolments.cadre_id IN ? AND enrolments.outcome = ? AND classes.state = ?", ids, models.Passed, models.ClassClosed).Scan(&passed).Error
	for _, p := range passed {
		n.passed[p.CadreID] = append(n.passed[p.CadreID], p.Course)
	}
	return err
}

// byCadre reads rows and groups them.
func byCadre[T any](db *gorm.DB, cadre func(T) int64) (map[int64][]T, error) {
	var rows []T
	if err := db.Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	out := map[int64][]T{}
	for _, r := range rows {
		out[cadre(r)] = append(out[cadre(r)], r)
	}
	return out, nil
}
