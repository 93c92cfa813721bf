package core

import (
	"context"
	"crypto/rand"

	"datchuan/models"
)

// settingMail says whether notices are also sent by e-mail; off unless an administrator has turned it on.
const settingMail = "mail"

const mailOn = "on"

// Mail is a message of the outbox. Link is an address of ours that is put behind the text when it is sent.
type Mail struct {
	ID        int64          `gorm:"primaryKey"`
	Recipient string         `gorm:"size:200;not null"`
	Subject   string         `gorm:"size:300;not null"`
	Body      string         `gorm:"not null"`
	Link      string         `gorm:"size:200;not null"`
	Mark      string         `gorm:"size:40;not null;uniqueIndex"` // left part of its Message-ID: the same in each try
	State     MailState      `gorm:"size:10;not null"`
	Tries     int            `gorm:"not null"`
	NextAt    models.Instant `gorm:"not null"`
	Error     string         `gorm:"size:300;not null"` // of the last try
	CreatedAt models.Instant `gorm:"not null;autoCreateTime:false"`
	SentAt    models.Instant `gorm:"not null"`
}

// TableName says what it is.
func (Mail) TableName() string { return "outbox" }

// MailState is what has become of a message.
type MailState string

// The states of a message.
const (
	MailWaiting MailState = "waiting"
	MailSent    MailState = "sent"
	MailFailed  MailState = "failed" // given up
)

// MailReport is how e-mail stands. Ready tells whether this server has been given a mail server to send through.
type MailReport struct {
	Enabled   bool   `json:"enabled"`
	Ready     bool   `json:"ready"`
	Waiting   int    `json:"waiting"`
	Sent      int    `json:"sent"` // within the last thirty days
	Failed    int    `json:"failed"`
	LastError string `json:"last_error,omitempty"`
}

// MailReport tells how e-mail stands.
func (c *Core) MailReport(ctx context.Context, actor models.Actor) (MailReport, error) {
	out := MailReport{Ready: c.mailing.Load()}
	if err := allow(actor, models.SettingsWrite); err != nil {
		return out, err
	}
	db := c.read.WithContext(ctx)
	var on int64
	if err := db.Model(&setting{}).Where("key = ? AND value = ?", settingMail, mailOn).Count(&on).Error; err != nil {
		return out, err
	}
	out.Enabled = on > 0
	counts := map[MailState]int{}
	if err := namesOf(db.Model(&Mail{}).Select("state, COUNT(*)").Group("state"), counts); err != nil {
		return out, err
	}
	out.Waiting, out.Sent, out.Failed = counts[MailWaiting], counts[MailSent], counts[MailFailed]
	var last Mail
	err := db.Where("error <> '' AND state <> ?", MailSent).Order("id DESC").Limit(1).Find(&last).Error
	out.LastError = last.Error
	return out, err
}

// SetMail turns e-mail on or off. What waits when it is turned off is dropped: nobody wants it later.
func (c *Core) SetMail(ctx context.Context, actor models.Actor, on bool) error {
	return c.change(ctx, actor, models.SettingsWrite, func(tx *Tx) error {
		value := "off"
		if on {
			value = mailOn
		} else if err := tx.Where("state = ?", MailWaiting).Delete(&Mail{}).Error; err != nil {
			return err
		}
		before, err := tx.setting(settingMail)
		if err != nil {
			return err
		}
		if err := tx.setSetting(settingMail, value); err != nil {
			return err
		}
		return tx.audit("mail.set", "setting", 0, change{Before: before, After: value})
	})
}

// RetryMail tries once more what was given up.
func (c *Core) RetryMail(ctx context.Context, actor models.Actor) error {
	return c.change(ctx, actor, models.SettingsWrite, func(tx *Tx) error {
		done := tx.Model(&Mail{}).Where("state = ?", MailFailed).Updates(map[string]any{"state": MailWaiting, "tries": 0, "next_at": tx.at})
		if done.Error != nil {
			return done.Error
		}
		return tx.audit("mail.retry", "setting", 0, map[string]any{"n": done.RowsAffected})
	})
}

// post puts the notices into the outbox for those readers who have an address, when e-mail is on. The text tells what happened and
// which class; names of cadres never leave the house by mail.
func (tx *Tx) post(notices []models.Notice, readers []reader) error {
	on, err := tx.setting(settingMail)
	if err != nil || on != mailOn {
		return err
	}
	who, classes := map[int64]reader{}, map[int64]models.Class{}
	for _, r := range readers {
		who[r.ID] = r
	}
	for _, n := range tx.news {
		classes[n.class.ID] = n.class
	}
	var out []Mail
	for _, n := range notices {
		r := who[n.AccountID]
		if r.Email == "" {
			continue
		}
		text := n.Text(r.Language, classes[n.ClassID].Name)
		out = append(out, Mail{Recipient: r.Email, Subject: models.Word(r.Language, "notice.mail_subject", "class", classes[n.ClassID].Name),
			Body: text + "\n\n" + models.Word(r.Language, "notice.mail_lead"), Link: n.Href(), Mark: rand.Text(), State: MailWaiting, NextAt: tx.at, CreatedAt: tx.at})
	}
	if len(out) == 0 {
		return nil
	}
	return tx.CreateInBatches(out, 200).Error
}

// SetEmail is the address to which the notices of her own account go; "" for none.
func (c *Core) SetEmail(ctx context.Context, actor models.Actor, email string) error {
	if err := ownSession(actor); err != nil {
		return err
	}
	if email = models.Clean(email); !models.EmailValid(email) {
		return models.Fail(models.Invalid, "account.email", "email")
	}
	return c.change(ctx, actor, models.SignedIn, func(tx *Tx) error {
		a, err := tx.ownAccount()
		if err != nil {
			return err
		}
		if err := tx.Model(&models.Account{}).Where("id = ?", a.ID).Updates(map[string]any{"email": email, "version": a.Version + 1}).Error; err != nil {
			return err
		}
		return tx.audit("account.email", "account", a.ID, change{Before: a.Email, After: email})
	})
}

// OwnEmail is that address.
func (c *Core) OwnEmail(ctx context.Context, actor models.Actor) (string, error) {
	if err := allow(actor, models.SignedIn); err != nil {
		return "", err
	}
	var a models.Account
	err := c.read.WithContext(ctx).Select("id", "email").Where("id = ?", actor.AccountID).Limit(1).Find(&a).Error
	return a.Email, err
}
