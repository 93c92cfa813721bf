package core

import (
	"slices"

	"gorm.io/gorm"

	"datchuan/models"
	"datchuan/scheduler"
)

// busyRow is a class that takes a cadre's time, or may come to.
type busyRow struct {
	CadreID int64
	ClassID int64
	Seat    models.SeatState
}

// busyOf reads the other classes that cadres are seated in, wait for, or were nominated to, with the days of each.
func busyOf(db *gorm.DB, cadreIDs []int64, except int64) (map[int64][]scheduler.Busy, error) {
	var rows []busyRow
	err := db.Raw(`SELECT cadre_id, class_id, seat FROM enrolments WHERE cadre_id IN ? AND class_id <> ? AND seat IN ('waiting','seated')
		UNION ALL SELECT cadre_id, class_id, '' FROM nominations WHERE cadre_id IN ? AND class_id <> ? AND state = 'submitted'
		ORDER BY 1, 2`, cadreIDs, except, cadreIDs, except).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	classes, days, err := daysOf(db, rows)
	if err != nil {
		return nil, err
	}
	out := map[int64][]scheduler.Busy{}
	for _, r := range rows {
		if class, ok := classes[r.ClassID]; ok && class.State.Holds() {
			out[r.CadreID] = append(out[r.CadreID], scheduler.Busy{ClassID: r.ClassID, Class: class.Name, Days: days[r.ClassID], Seat: r.Seat})
		}
	}
	return out, nil
}

// daysOf reads the classes of the rows and the days on which they meet.
func daysOf(db *gorm.DB, rows []busyRow) (map[int64]models.Class, map[int64][]models.Span, error) {
	var ids []int64
	for _, r := range rows {
		ids = append(ids, r.ClassID)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	var classes []models.Class
	if err := db.Where("id IN ?", ids).Find(&classes).Error; err != nil {
		return nil, nil, err
	}
	var sessions []models.Session
	if err := db.Where("class_id IN ?", ids).Order("date").Find(&sessions).Error; err != nil {
		return nil, nil, err
	}
	byClass := map[int64][]models.Session{}
	for _, s := range sessions {
		byClass[s.ClassID] = append(byClass[s.ClassID], s)
	}
	out, days := map[int64]models.Class{}, map[int64][]models.Span{}
	for _, class := range classes {
		out[class.ID], days[class.ID] = class, scheduler.Days(class, byClass[class.ID])
	}
	return out, days, nil
}

// mates are the chair and vice-chairs of a commune: for each of them the other one, her post, and the long classes she is in.
type mates struct {
	cadre map[int64]int64
	post  map[int64]string
	away  map[int64][]scheduler.Busy
}

// chairs are the posts of which one must stay at home while the other is in a long class.
var chairs = []string{"chu-tich-xa", "pho-chu-tich-xa"}

// loadMates finds the other chair of each commune whose chair or vice-chair is a candidate, and the long classes she sits in.
func loadMates(db *gorm.DB, n nominees, on models.Date) (map[int64]mates, error) {
	var units []int64
	for _, list := range n.holdings {
		for _, h := range list {
			if slices.Contains(chairs, h.Position) {
				units = append(units, h.UnitID)
			}
		}
	}
	var holders []models.Holding
	err := db.Where("unit_id IN ? AND position IN ? AND superseded_at = ? AND valid_from <= ? AND valid_to > ?", units, chairs, models.Never, on, on).Order("id").Find(&holders).Error
	if err != nil {
		return nil, err
	}
	out, ids := map[int64]mates{}, []int64{}
	byUnit := map[int64][]models.Holding{}
	for _, h := range holders {
		byUnit[h.UnitID] = append(byUnit[h.UnitID], h)
		ids = append(ids, h.CadreID)
	}
	busy, err := busyOf(db, ids, 0)
	if err != nil {
		return nil, err
	}
	long, err := longClasses(db, busy)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	if err := namesOf(db.Model(&models.Position{}).Select("code", "short"), names); err != nil {
		return nil, err
	}
	for unit, list := range byUnit {
		m := mates{cadre: map[int64]int64{}, post: map[int64]string{}, away: map[int64][]scheduler.Busy{}}
		for _, h := range list {
			m.post[h.CadreID] = names[h.Position]
			for _, b := range busy[h.CadreID] {
				if b.Seat == models.Seated && long[b.ClassID] {
					m.away[h.CadreID] = append(m.away[h.CadreID], b)
				}
			}
			for _, other := range list {
				if other.CadreID != h.CadreID {
					m.cadre[h.CadreID] = other.CadreID
				}
			}
		}
		out[unit] = m
	}
	return out, nil
}

// longClasses tells which of the classes belong to long courses.
func longClasses(db *gorm.DB, busy map[int64][]scheduler.Busy) (map[int64]bool, error) {
	var ids []int64
	for _, list := range busy {
		for _, b := range list {
			ids = append(ids, b.ClassID)
		}
	}
	var rows []struct {
		ID   int64
		Days int
	}
	err := db.Model(&models.Class{}).Select("classes.id, courses.days").Joins("JOIN courses ON courses.code = classes.course").Where("classes.id IN ?", ids).Scan(&rows).Error
	out := map[int64]bool{}
	for _, r := range rows {
		out[r.ID] = (models.Course{Days: r.Days}).Long()
	}
	return out, err
}
