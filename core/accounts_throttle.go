package core

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"net/netip"
	"slices"
	"time"

	"gorm.io/gorm"

	"datchuan/models"
)

// Guesses are counted in the database, by account and by address, known accounts and unknown alike. After a few wrong
// ones the wait grows; an hour holds only so many. Nothing locks for good, and a refused try does not prolong the wait.
const (
	guessWindow   = 15 * time.Minute // wrong ones within it make the wait grow
	guessMemory   = time.Hour
	guessFirst    = 5 * time.Second
	guessLongest  = 5 * time.Minute
	accountFree   = 5 // wrong tries within the window before the first wait
	accountHourly = 20
	addressFree   = 20 // a whole office may share one address
	addressHourly = 100
)

// guess is one try to sign in, counted before it is evaluated so that a thousand at once are still counted.
type guess struct {
	account string  // subject of the account
	rows    []int64 // ids in login_failures
}

// prove evaluates one try: the account when the password is hers and she may sign in. Unknown, disabled and wrong are
// one and the same answer, after the same work.
func (c *Core) prove(ctx context.Context, login, password, addr string) (models.Account, error) {
	g, err := c.countGuess(ctx, login, addr)
	if err != nil {
		return models.Account{}, err
	}
	after := context.WithoutCancel(ctx) // a caller who goes away must not leave the books open
	var a models.Account
	ok := false
	if err = c.read.WithContext(ctx).Where("login = ?", cleanLogin(login)).Limit(1).Find(&a).Error; err == nil {
		hash := a.Hash
		if a.ID == 0 {
			hash = decoyHash
		}
		ok, err = c.matches(ctx, hash, password)
	}
	switch {
	case err != nil: // never tried
		return models.Account{}, errors.Join(err, c.dropGuess(after, g, false))
	case !ok || a.ID == 0 || a.Disabled:
		c.log.Warn("sign-in refused", "account", a.ID)
		wrong := models.Fail(models.Unauthorized, "auth.wrong", "")
		if err := c.write.WithContext(after).Model(&loginFailure{}).Where("id IN ?", g.rows).Update("settled", true).Error; err != nil {
			return models.Account{}, err
		}
		return models.Account{}, wrong
	}
	return a, c.dropGuess(after, g, true)
}

// countGuess writes the try down, or refuses it with the seconds to wait.
func (c *Core) countGuess(ctx context.Context, login, addr string) (guess, error) {
	g := guess{account: c.subject("account", cleanLogin(login))}
	type limit struct {
		subject      string
		free, hourly int
	}
	limits := []limit{{g.account, accountFree, accountHourly}}
	if addr != "" {
		limits = append(limits, limit{c.subject("address", network(addr)), addressFree, addressHourly})
	}
	err := c.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		now := c.Now()
		subjects := make([]string, len(limits))
		for i, l := range limits {
			subjects[i] = l.subject
		}
		if err := c.lockSubjects(db, subjects); err != nil {
			return err
		}
		if err := db.Where("at < ?", now-micros(guessMemory)).Delete(&loginFailure{}).Error; err != nil {
			return err
		}
		rows := make([]loginFailure, len(limits))
		for i, l := range limits {
			var past []loginFailure
			if err := db.Where("subject = ?", l.subject).Order("at, id").Find(&past).Error; err != nil {
				return err
			}
			if wait := guessWait(past, now, l.free, l.hourly); wait > 0 {
				seconds := int(math.Ceil(wait.Seconds()))
				return models.Fail(models.TooMany, "auth.wait", "", "seconds", fmt.Sprint(seconds))
			}
			rows[i] = loginFailure{Subject: l.subject, At: now}
		}
		if err := db.Create(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			g.rows = append(g.rows, r.ID)
		}
		return nil
	})
	return g, err
}

// guessWait is how long the next try of a subject must wait. Tries under way count for the hour, not for the growth:
// several people at one time are no attack.
func guessWait(past []loginFailure, now models.Instant, free, hourly int) time.Duration {
	var wait models.Instant
	if n := len(past); n >= hourly {
		wait = past[n-hourly].At + micros(guessMemory) - now
	}
	wrong, last := 0, models.Instant(0)
	for _, f := range past {
		if f.Settled && f.At > now-micros(guessWindow) {
			wrong, last = wrong+1, f.At
		}
	}
	if wrong >= free {
		grown := min(guessFirst<<min(wrong-free, 10), guessLongest)
		wait = max(wait, last+micros(grown)-now)
	}
	return time.Duration(max(wait, 0)) * time.Microsecond
}

// dropGuess takes a try back: it was right, or it was never evaluated. After a right one the account starts afresh; the
// address does not, else an attacker would clear it with an account of her own.
func (c *Core) dropGuess(ctx context.Context, g guess, right bool) error {
	db := c.write.WithContext(ctx)
	if right {
		return db.Where("id IN ? OR subject = ?", g.rows, g.account).Delete(&loginFailure{}).Error
	}
	return db.Where("id IN ?", g.rows).Delete(&loginFailure{}).Error
}

// lockSubjects lets one try per subject count at a time. SQLite has one writer anyway.
func (c *Core) lockSubjects(db *gorm.DB, subjects []string) error {
	if !c.isPostgres() {
		return nil
	}
	slices.Sort(subjects) // the same order for everybody, so no two wait for each other
	for _, s := range subjects {
		sum := sha256.Sum256([]byte(s))
		if err := db.Exec("SELECT pg_advisory_xact_lock(?)", int64(binary.BigEndian.Uint64(sum[:8]))).Error; err != nil {
			return err
		}
	}
	return nil
}

// subject names who is counted without writing it down: what is typed as a login is often somebody's password.
func (c *Core) subject(kind, text string) string {
	mac := hmac.New(sha256.New, c.keys.index)
	mac.Write([]byte(kind + ":" + text))
	return kind + ":" + hex.EncodeToString(mac.Sum(nil))[:40]
}

// network is what one visitor can change at will: of an IPv6 address only the first half counts.
func network(addr string) string {
	ip, err := netip.ParseAddr(addr)
	if err != nil {
		port, err := netip.ParseAddrPort(addr)
		if err != nil {
			return addr
		}
		ip = port.Addr()
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		if p, err := ip.Prefix(64); err == nil {
			return p.String()
		}
	}
	return ip.String()
}

// micros is a duration on the axis of Instants.
func micros(d time.Duration) models.Instant { return models.Instant(d.Microseconds()) }
