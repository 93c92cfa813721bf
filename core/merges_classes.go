package core

import (
	"fmt"

	"datchuan/models"
)

// movedLearning are the rows of classes that went over with a record, by table.
type movedLearning map[string][]int64

// learningRows are what classes know of a person.
func learningRows() map[string]any {
	return map[string]any{"nominations": &models.Nomination{}, "enrolments": &models.Enrolment{}, "enrolment_logs": &models.EnrolmentLog{}, "certificates": &models.Certificate{}}
}

// moveLearning gives the requests, seats and certificates of one record to another. It is refused where both stand in one class: only who
// holds the class can tell which of the two seats is to be given back.
func (tx *Tx) moveLearning(from, to int64) (movedLearning, error) {
	var shared []string
	err := tx.Raw(`SELECT DISTINCT c.name FROM classes c JOIN enrolments a ON a.class_id = c.id AND a.cadre_id = ? AND a.seat IN ?
		JOIN enrolments b ON b.class_id = c.id AND b.cadre_id = ? AND b.seat IN ?
		UNION SELECT c.name FROM classes c JOIN nominations a ON a.class_id = c.id AND a.cadre_id = ? AND a.state IN ?
		JOIN nominations b ON b.class_id = c.id AND b.cadre_id = ? AND b.state IN ?`,
		from, aliveSeats, to, aliveSeats, from, openRequests, to, openRequests).Scan(&shared).Error
	if err != nil {
		return nil, err
	}
	if len(shared) > 0 {
		return nil, models.Fail(models.Conflict, "merge.same_class", "", "class", shared[0])
	}
	out := movedLearning{}
	for table, row := range learningRows() {
		var ids []int64
		if err := tx.Model(row).Where("cadre_id = ?", from).Order("id").Pluck("id", &ids).Error; err != nil {
			return nil, err
		}
		if len(ids) == 0 {
			continue
		}
		if err := tx.Model(row).Where("id IN ?", ids).UpdateColumn("cadre_id", to).Error; err != nil {
			return nil, err
		}
		out[table] = ids
	}
	return out, nil
}

var (
	aliveSeats   = []models.SeatState{models.Waiting, models.Seated}
	openRequests = []models.NominationState{models.Submitted, models.Returned}
)

// returnLearning gives them back.
func (tx *Tx) returnLearning(moved movedLearning, from, to int64) error {
	for table, ids := range moved {
		row, ok := learningRows()[table]
		if !ok {
			return fmt.Errorf("merge: unknown table %q", table)
		}
		if err := tx.Model(row).Where("id IN ? AND cadre_id = ?", ids, from).UpdateColumn("cadre_id", to).Error; err != nil {
			return err
		}
	}
	return nil
}
