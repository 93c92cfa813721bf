package core

import (
	"context"

	"datchuan/models"
)

// settingToday fixes the working date of a demonstration or of a drill, as yyyy-mm-dd; without it today is the calendar's.
const settingToday = "today"

// Today is the working date: the civil date in Vietnam, unless a setting fixes it. Lists default to it, and scope is
// cut on its map.
func (c *Core) Today(ctx context.Context) models.Date {
	var s setting
	if err := c.read.WithContext(ctx).Where("key = ?", settingToday).Limit(1).Find(&s).Error; err == nil && s.Value != "" {
		if d, err := models.ParseDate(s.Value); err == nil {
			return d
		}
	}
	return models.DateOf(c.now().In(models.Hanoi))
}
