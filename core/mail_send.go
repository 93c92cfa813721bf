package core

import (
	"context"
	"errors"
	"strings"
	"time"

	"datchuan/models"
)

// Letter is a message as a sender of mail gets it.
type Letter struct {
	Recipient, Subject, Body string
	Link                     string // an address of ours without its host
	Mark                     string // left part of the Message-ID
	At                       time.Time
}

// Mailer sends one letter. An error of kind ErrUndeliverable says that trying again is of no use.
type Mailer interface {
	Send(ctx context.Context, l Letter) error
}

// ErrUndeliverable says that the recipient's server has refused a letter for good.
var ErrUndeliverable = errors.New("refused for good")

// The outbox is looked through every quarter of a minute. A try that fails is repeated after a wait that grows, for about two days.
const (
	mailPause   = 15 * time.Second
	mailLease   = 5 * time.Minute // after it a message whose sender has died is sent again
	mailBatch   = 50
	mailTries   = 12
	mailFirst   = time.Minute
	mailLongest = 6 * time.Hour
	mailKept    = 30 * 24 * time.Hour
	mailReason  = 300
)

// StartMail sends what is in the outbox, beside all else, until the context ends; closing waits for it.
func (c *Core) StartMail(ctx context.Context, by Mailer) {
	c.mailing.Store(true)
	c.jobs.running.Go(func() { c.runMail(ctx, by) })
}

func (c *Core) runMail(ctx context.Context, by Mailer) {
	defer c.mailing.Store(false)
	tick := time.NewTicker(mailPause)
	defer tick.Stop()
	for {
		if _, err := c.SendMail(ctx, by); err != nil && ctx.Err() == nil {
			c.log.Error("outbox", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// SendMail sends what is due, and returns how many letters have left. A letter leaves at least once: whoever takes it from the outbox
// puts it off first, so that another process does not take it too, and marks it as sent when the other server has it.
func (c *Core) SendMail(ctx context.Context, by Mailer) (int, error) {
	db := c.write.WithContext(ctx)
	if err := db.Where("state = ? AND sent_at < ?", MailSent, c.Now()-micros(mailKept)).Delete(&Mail{}).Error; err != nil {
		return 0, err
	}
	var due []Mail
	if err := c.read.WithContext(ctx).Where("state = ? AND next_at <= ?", MailWaiting, c.Now()).Order("next_at, id").Limit(mailBatch).Find(&due).Error; err != nil {
		return 0, err
	}
	sent := 0
	for _, m := range due {
		taken := db.Model(&Mail{}).Where("id = ? AND state = ? AND next_at = ?", m.ID, MailWaiting, m.NextAt).
			Updates(map[string]any{"next_at": c.Now() + micros(mailLease), "tries": m.Tries + 1})
		if taken.Error != nil {
			return sent, taken.Error
		}
		if taken.RowsAffected == 0 {
			continue // another process was faster
		}
		m.Tries++
		failed := by.Send(ctx, Letter{Recipient: m.Recipient, Subject: m.Subject, Body: m.Body, Link: m.Link, Mark: m.Mark, At: m.CreatedAt.Time()})
		if failed == nil {
			sent++
		}
		if err := c.noteTry(ctx, m, failed); err != nil {
			return sent, err
		}
		if ctx.Err() != nil {
			return sent, nil
		}
	}
	return sent, nil
}

// noteTry writes how a try has ended, also when the server is stopping.
func (c *Core) noteTry(ctx context.Context, m Mail, failed error) error {
	now := c.Now()
	then := map[string]any{"state": MailSent, "sent_at": now, "error": ""}
	switch {
	case failed == nil:
	case ctx.Err() != nil: // stopped in the middle: that was no fault of the letter
		then = map[string]any{"next_at": now, "tries": m.Tries - 1}
	case errors.Is(failed, ErrUndeliverable) || m.Tries >= mailTries:
		then = map[string]any{"state": MailFailed, "error": mailError(failed)}
		c.log.Warn("mail given up", "mail", m.ID, "tries", m.Tries)
	default:
		wait := min(mailFirst<<min(m.Tries-1, 16), mailLongest)
		then = map[string]any{"next_at": now + micros(wait), "error": mailError(failed)}
		c.log.Warn("mail not sent", "mail", m.ID, "tries", m.Tries)
	}
	return c.write.WithContext(context.WithoutCancel(ctx)).Model(&Mail{}).Where("id = ?", m.ID).Updates(then).Error
}

// mailError is the first line of what a mail server answered, as it is stored.
func mailError(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	text := []rune(models.Clean(line))
	return string(text[:min(len(text), mailReason)])
}
