package core

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"datchuan/models"
)

// NoticeLine is a notice with what its reader may see of it today: the class, and those of the cadres that are in her scope.
type NoticeLine struct {
	models.Notice
	Class  ClassLine `json:"class"`
	Count  int       `json:"count"` // cadres that it was about
	People []string  `json:"people"`
}

// noticesOf are the notices of the actor about classes that she still sees.
func noticesOf(db *gorm.DB, actor models.Actor) *gorm.DB {
	return classesOf(db.Model(&models.Notice{}).Joins("JOIN classes ON classes.id = notices.class_id").
		Where("notices.account_id = ?", actor.AccountID), actor)
}

// UnreadNotices counts what the actor has not read.
func (c *Core) UnreadNotices(ctx context.Context, actor models.Actor) (int, error) {
	if err := allow(actor, models.ClassesRead); err != nil {
		return 0, err
	}
	var n int64
	err := noticesOf(c.read.WithContext(ctx), actor).Where("notices.read_at = 0").Count(&n).Error
	return int(n), err
}

// noticeLimit bounds a page of notices.
const noticeLimit = 200

// Notices are those of the actor, unread first, then the newest first. after is the cursor that the page before gave.
func (c *Core) Notices(ctx context.Context, actor models.Actor, after string, limit int) ([]NoticeLine, string, error) {
	if err := allow(actor, models.ClassesRead); err != nil {
		return nil, "", err
	}
	limit = min(max(limit, 1), noticeLimit)
	db := noticesOf(c.read.WithContext(ctx), actor).Select("notices.*")
	if after != "" {
		part, rest, _ := strings.Cut(after, "-")
		last, err := strconv.ParseInt(rest, 10, 64)
		if err != nil || part != "u" && part != "r" {
			return nil, "", models.Fail(models.Invalid, "people.cursor_bad", "after")
		}
		if part == "u" {
			db = db.Where("(notices.read_at = 0 AND notices.id < ? OR notices.read_at <> 0)", last)
		} else {
			db = db.Where("notices.read_at <> 0 AND notices.id < ?", last)
		}
	}
	var list []models.Notice
	if err := db.Order("CASE WHEN notices.read_at = 0 THEN 0 ELSE 1 END, notices.id DESC").Limit(limit + 1).Find(&list).Error; err != nil {
		return nil, "", err
	}
	next := ""
	if len(list) > limit {
		list = list[:limit]
		next = map[bool]string{true: "u-", false: "r-"}[list[limit-1].ReadAt == 0] + strconv.FormatInt(list[limit-1].ID, 10)
	}
	lines, err := c.dressNotices(ctx, actor, list)
	return lines, next, err
}

// dressNotices adds the classes and the names.
func (c *Core) dressNotices(ctx context.Context, actor models.Actor, list []models.Notice) ([]NoticeLine, error) {
	var classIDs, cadreIDs []int64
	for _, n := range list {
		classIDs, cadreIDs = append(classIDs, n.ClassID), append(cadreIDs, n.Cadres...)
	}
	db := c.read.WithContext(ctx)
	var classes []models.Class
	if err := classesOf(db.Where("classes.id IN ?", classIDs), actor).Find(&classes).Error; err != nil {
		return nil, err
	}
	dressed, err := c.dressClasses(ctx, actor, classes)
	if err != nil {
		return nil, err
	}
	byID := map[int64]ClassLine{}
	for _, l := range dressed {
		byID[l.Class.ID] = l
	}
	names, err := c.namesInScope(ctx, actor, cadreIDs)
	if err != nil {
		return nil, err
	}
	out := make([]NoticeLine, len(list))
	for i, n := range list {
		out[i] = NoticeLine{Notice: n, Class: byID[n.ClassID], Count: len(n.Cadres), People: []string{}}
		for _, id := range n.Cadres {
			if name := names[id]; name != "" {
				out[i].People = append(out[i].People, name)
			}
		}
	}
	return out, nil
}

// namesInScope names cadres, with their units, as far as they are in the actor's scope today.
func (c *Core) namesInScope(ctx context.Context, actor models.Actor, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	if !actor.May(models.CadresRead) {
		return out, nil
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return nil, err
	}
	today := c.Today(ctx)
	for part := range slices.Chunk(ids, 500) {
		var rows []models.Cadre
		db := under(c.read.WithContext(ctx).Select("id", "name", "unit_id").Where("id IN ?", part), "path", actor.Path)
		if err := db.Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			unit, _ := tree.Nearest(r.UnitID, today)
			out[r.ID] = r.Name + " (" + unit.FullName() + ")"
		}
	}
	return out, nil
}

// ReadNotice marks one notice of the actor as read and returns it, so that a face can lead to what it is about.
func (c *Core) ReadNotice(ctx context.Context, actor models.Actor, id int64) (models.Notice, error) {
	var n models.Notice
	err := c.change(ctx, actor, models.ClassesRead, func(tx *Tx) error {
		if err := noticesOf(tx.DB, actor).Select("notices.*").Where("notices.id = ?", id).Take(&n).Error; err != nil {
			return lookup(err, "notice")
		}
		if n.ReadAt != 0 {
			return nil
		}
		n.ReadAt = tx.at
		return tx.Model(&models.Notice{}).Where("id = ? AND read_at = 0", id).Update("read_at", tx.at).Error
	})
	return n, err
}

// ReadNotices marks all notices of the actor as read up to the newest that she has seen.
func (c *Core) ReadNotices(ctx context.Context, actor models.Actor, upTo int64) error {
	return c.change(ctx, actor, models.ClassesRead, func(tx *Tx) error {
		return tx.Model(&models.Notice{}).Where("account_id = ? AND read_at = 0 AND id <= ?", actor.AccountID, upTo).Update("read_at", tx.at).Error
	})
}
