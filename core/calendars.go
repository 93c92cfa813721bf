package core

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"datchuan/models"
)

// A calendar feed is an address that a calendar program asks for by itself; it shows classes and sessions of an account's scope,
// nothing of people. Who knows the address needs no login, so it is a secret that can be renewed and revoked.

// calendar is the calendar feed of an account; only the hash of its address is stored.
type calendar struct {
	ID        int64          `gorm:"primaryKey"`
	AccountID int64          `gorm:"not null;uniqueIndex"`
	TokenHash string         `gorm:"size:64;not null;uniqueIndex"`
	CreatedAt models.Instant `gorm:"not null;autoCreateTime:false"`
	UsedAt    models.Instant `gorm:"not null"`
}

// calendarBack is for how long classes that are over stay in a feed; calendarMost bounds their number.
const (
	calendarBack = 365
	calendarMost = 500
)

// CalendarFeed is when the feed of an account was made and last asked for; zero without one.
type CalendarFeed struct {
	CreatedAt models.Instant `json:"created_at"`
	UsedAt    models.Instant `json:"used_at"`
}

// CalendarOf tells whether the actor has a feed.
func (c *Core) CalendarOf(ctx context.Context, actor models.Actor) (CalendarFeed, error) {
	if err := allow(actor, models.ClassesRead); err != nil {
		return CalendarFeed{}, err
	}
	var row calendar
	err := c.read.WithContext(ctx).Where("account_id = ?", actor.AccountID).Limit(1).Find(&row).Error
	return CalendarFeed{row.CreatedAt, row.UsedAt}, err
}

// RenewCalendar gives the actor's feed a new address, the first or another one, and returns its secret; the one before is over.
func (c *Core) RenewCalendar(ctx context.Context, actor models.Actor) (string, error) {
	if err := ownSession(actor); err != nil {
		return "", err
	}
	secret, hash := newSecret("")
	err := c.change(ctx, actor, models.ClassesRead, func(tx *Tx) error {
		a, err := tx.ownAccount()
		if err != nil {
			return err
		}
		if err := tx.Where("account_id = ?", a.ID).Delete(&calendar{}).Error; err != nil {
			return err
		}
		if err := tx.Create(&calendar{AccountID: a.ID, TokenHash: hash, CreatedAt: tx.at}).Error; err != nil {
			return err
		}
		return tx.audit("calendar.renew", "account", a.ID, struct{}{})
	})
	return secret, err
}

// RevokeCalendar ends the actor's feed.
func (c *Core) RevokeCalendar(ctx context.Context, actor models.Actor) error {
	if err := ownSession(actor); err != nil {
		return err
	}
	return c.change(ctx, actor, models.ClassesRead, func(tx *Tx) error {
		done := tx.Where("account_id = ?", actor.AccountID).Delete(&calendar{})
		if done.Error != nil || done.RowsAffected == 0 {
			return done.Error
		}
		return tx.audit("calendar.revoke", "account", actor.AccountID, struct{}{})
	})
}

// CalendarClass is a class in a feed: what and where, and the sessions; no person, and no free text in which one may be named.
type CalendarClass struct {
	Class    models.Class
	Course   string
	School   string
	Venue    string
	Sessions []models.Session
	Changed  models.Instant
}

// Feed is what a calendar program gets. Office tells this installation from any other, so that names of events are the only ones of
// their kind everywhere.
type Feed struct {
	Lang    models.Lang
	Office  string
	Classes []CalendarClass
}

// Calendar is the feed behind a secret, for a visitor from an address. What is unknown, revoked, or of an account that may not read classes any more is not found.
func (c *Core) Calendar(ctx context.Context, secret, addr string) (Feed, error) {
	if err := c.feeds.take(addr, c.now()); err != nil {
		return Feed{}, err
	}
	actor, err := c.calendarActor(ctx, secret)
	if err != nil {
		return Feed{}, err
	}
	_, office, _ := strings.Cut(c.subject("calendar", "office"), ":")
	out := Feed{Lang: actor.Language, Office: office[:12]}
	out.Classes, err = c.calendarClasses(ctx, actor)
	return out, err
}

func (c *Core) calendarClasses(ctx context.Context, actor models.Actor) ([]CalendarClass, error) {
	db := c.read.WithContext(ctx)
	var classes []models.Class
	err := classesOf(db.Where("valid_from > 0 AND valid_to > ?", c.Today(ctx).AddDays(-calendarBack)), actor).
		Order("valid_to DESC, id").Limit(calendarMost).Find(&classes).Error
	if err != nil {
		return nil, err
	}
	lines, err := c.dressClasses(ctx, actor, classes)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(lines))
	for i, l := range lines {
		ids[i] = l.Class.ID
	}
	changed := map[int64]models.Instant{}
	if err := namesOf(db.Model(&Audit{}).Select("object_id, MAX(at)").Where("object = 'class' AND object_id IN ?", ids).Group("object_id"), changed); err != nil {
		return nil, err
	}
	sessions, err := calendarSessions(db, ids)
	if err != nil {
		return nil, err
	}
	out := make([]CalendarClass, len(lines))
	for i, l := range lines {
		out[i] = CalendarClass{Class: l.Class, Course: l.CourseName, School: l.SchoolName, Venue: l.Venue, Sessions: sessions[l.Class.ID],
			Changed: max(changed[l.Class.ID], l.Class.CreatedAt)}
	}
	return out, nil
}

func calendarSessions(db *gorm.DB, classIDs []int64) (map[int64][]models.Session, error) {
	var list []models.Session
	if err := db.Where("class_id IN ?", classIDs).Order("class_id, date, part DESC").Find(&list).Error; err != nil {
		return nil, err
	}
	out := map[int64][]models.Session{}
	for _, s := range list {
		out[s.ClassID] = append(out[s.ClassID], s)
	}
	return out, nil
}

// calendarActor is who stands behind a feed.
func (c *Core) calendarActor(ctx context.Context, secret string) (models.Actor, error) {
	unknown := models.Fail(models.NotFound, "not_found", "", "object", "calendar")
	db := c.read.WithContext(ctx)
	var row calendar
	if secret = strings.TrimSpace(secret); secret == "" {
		return models.Actor{}, unknown
	}
	if err := db.Where("token_hash = ?", secretHash(secret)).Limit(1).Find(&row).Error; err != nil {
		return models.Actor{}, err
	}
	var a models.Account
	if err := db.Where("id = ? AND NOT disabled", row.AccountID).Limit(1).Find(&a).Error; err != nil {
		return models.Actor{}, err
	}
	actor, err := c.actor(ctx, a)
	if err != nil {
		return actor, err
	}
	if row.ID == 0 || a.ID == 0 || !actor.May(models.ClassesRead) {
		return models.Actor{}, unknown
	}
	if now := c.Now(); now-row.UsedAt >= micros(time.Hour) {
		brief, cancel := context.WithTimeout(ctx, slidePatience)
		defer cancel()
		if err := c.write.WithContext(brief).Model(&calendar{}).Where("id = ?", row.ID).Update("used_at", now).Error; err != nil {
			c.log.Debug("calendar use not noted", "account", a.ID)
		}
	}
	return actor, nil
}
