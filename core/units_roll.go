package core

import (
	"context"
	"database/sql"

	"gorm.io/gorm/clause"

	"datchuan/models"
)

// settingRolled is the working date on which the homes of all records were last laid on the map.
const settingRolled = "rolled_to"

// today is the working date as the transaction sees it.
func (tx *Tx) today() models.Date {
	var s setting
	if err := tx.Where("key = ?", settingToday).Limit(1).Find(&s).Error; err == nil && s.Value != "" {
		if d, err := models.ParseDate(s.Value); err == nil {
			return d
		}
	}
	return models.DateOf(tx.core.now().In(models.Hanoi))
}

// RollDay lays the home of every record on today's map when the working date has moved since the last time: a reform
// that was entered beforehand takes effect on its day. It is called at the start of the server and daily; a second call
// on the same day does nothing.
func (c *Core) RollDay(ctx context.Context) error {
	return c.transact(ctx, models.Actor{Login: "system"}, func(tx *Tx) error {
		if err := tx.alone(); err != nil {
			return err
		}
		today := tx.today()
		var last setting
		if err := tx.Where("key = ?", settingRolled).Limit(1).Find(&last).Error; err != nil {
			return err
		}
		if last.Value == today.String() {
			return nil
		}
		moved, err := tx.strayHomes(today)
		if err != nil {
			return err
		}
		if _, err := tx.rehome(moved, today); err != nil {
			return err
		}
		return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "key"}}, DoUpdates: clause.AssignmentColumns([]string{"value"})}).
			Create(&setting{Key: settingRolled, Value: today.String()}).Error
	})
}

// strayHomes are the units whose records or classes do not have the path of who stands in the unit's place today: few,
// whatever the number of units.
func (tx *Tx) strayHomes(today models.Date) ([]int64, error) {
	tree, err := tx.tree()
	if err != nil {
		return nil, err
	}
	stray := map[int64]bool{}
	err = scan(tx.DB, "SELECT unit_id, path FROM cadres GROUP BY unit_id, path UNION SELECT unit_id, path FROM classes", nil, func(rows *sql.Rows) error {
		var id int64
		var path string
		err := rows.Scan(&id, &path)
		if s, ok := tree.Standing(id, today); ok && s.Path != path {
			stray[id] = true
		}
		return err
	})
	return keysOf(stray), err
}

// rehome gives the records and classes kept at these units the path of who stands in the unit's place today; it returns
// how many records moved.
func (tx *Tx) rehome(unitIDs []int64, today models.Date) (int, error) {
	tree, err := tx.tree()
	if err != nil {
		return 0, err
	}
	moved := 0
	for _, id := range unitIDs {
		s, ok := tree.Standing(id, today)
		if !ok {
			continue
		}
		res := tx.Model(&models.Cadre{}).Where("unit_id = ? AND path <> ?", id, s.Path).UpdateColumn("path", s.Path)
		if res.Error != nil {
			return moved, res.Error
		}
		moved += int(res.RowsAffected)
		if err := tx.Model(&models.Class{}).Where("unit_id = ? AND path <> ?", id, s.Path).UpdateColumn("path", s.Path).Error; err != nil {
			return moved, err
		}
	}
	return moved, nil
}
