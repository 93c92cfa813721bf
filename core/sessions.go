package core

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"time"

	"gorm.io/gorm/clause"

	"datchuan/models"
)

// A session is an office day: at most eight hours, and thirty minutes without a request. Only the hash of its token is
// stored. Logout, disabling, a change of role or scope and a new password end it at once.
const (
	sessionLife   = 8 * time.Hour
	sessionIdle   = 30 * time.Minute
	sessionSlide  = time.Minute            // so that reading does not write each time
	slidePatience = 100 * time.Millisecond // a long import must not hold up those who read
)

// newSecret is 256 random bits to hand out and the hash to keep.
func newSecret(prefix string) (secret, hash string) {
	random := make([]byte, 32)
	rand.Read(random)
	secret = prefix + base64.RawURLEncoding.EncodeToString(random)
	return secret, secretHash(secret)
}

// secretHash needs no salt and no slowness: the secret has 256 bits.
func secretHash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

func sameHash(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// Login signs somebody in and returns the token for her cookie. addr is the visitor's address, for throttling. Errors:
// Unauthorized auth.wrong, or TooMany auth.wait with the parameter seconds.
func (c *Core) Login(ctx context.Context, login, password, addr string) (string, models.Actor, error) {
	a, err := c.prove(ctx, login, password, addr)
	if err != nil {
		return "", models.Actor{}, err
	}
	token, hash := newSecret("")
	err = c.transact(ctx, models.Actor{AccountID: a.ID, Login: a.Login}, func(tx *Tx) error {
		// Between the proof and now she may have been disabled or given a new password.
		res := tx.Model(&models.Account{}).Where("id = ? AND hash = ? AND NOT disabled", a.ID, a.Hash).Update("last_login", tx.at)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected != 1 {
			return models.Fail(models.Unauthorized, "auth.wrong", "")
		}
		if err := tx.Where("expires_at <= ? OR used_at <= ?", tx.at, tx.at-micros(sessionIdle)).Delete(&session{}).Error; err != nil {
			return err
		}
		s := session{TokenHash: hash, AccountID: a.ID, CreatedAt: tx.at, UsedAt: tx.at, ExpiresAt: tx.at + micros(sessionLife)}
		if err := tx.Create(&s).Error; err != nil {
			return err
		}
		return tx.audit("account.login", "account", a.ID, struct{}{})
	})
	if err != nil {
		return "", models.Actor{}, err
	}
	actor, err := c.actor(ctx, a)
	return token, actor, err
}

// Logout ends the session; an unknown one is already over.
func (c *Core) Logout(ctx context.Context, token string) error {
	s, a, err := c.session(ctx, token)
	if models.KindOf(err) == models.Unauthorized {
		return nil
	}
	if err != nil {
		return err
	}
	return c.transact(ctx, models.Actor{AccountID: a.ID, Login: a.Login}, func(tx *Tx) error {
		if err := tx.Delete(&session{}, s.ID).Error; err != nil {
			return err
		}
		return tx.audit("account.logout", "account", a.ID, struct{}{})
	})
}

// ActorBySession is who stands behind a cookie, with her scope on today's map; it slides the idle limit.
func (c *Core) ActorBySession(ctx context.Context, token string) (models.Actor, error) {
	s, a, err := c.session(ctx, token)
	if err != nil {
		return models.Actor{}, err
	}
	now := c.Now()
	if now-s.UsedAt >= micros(sessionSlide) {
		brief, cancel := context.WithTimeout(ctx, slidePatience)
		defer cancel()
		// Failing to slide is no reason to refuse: the next request slides.
		if err := c.write.WithContext(brief).Model(&session{}).Where("id = ? AND used_at < ?", s.ID, now).Update("used_at", now).Error; err != nil {
			c.log.Debug("session not slid", "account", a.ID)
		}
	}
	return c.actor(ctx, a)
}

// session finds a living session and its account.
func (c *Core) session(ctx context.Context, token string) (session, models.Account, error) {
	var s session
	var a models.Account
	over := models.Fail(models.Unauthorized, "auth.sign_in", "")
	if token == "" {
		return s, a, over
	}
	db := c.read.WithContext(ctx)
	if err := db.Where("token_hash = ?", secretHash(token)).Limit(1).Find(&s).Error; err != nil {
		return s, a, err
	}
	if now := c.Now(); s.ID == 0 || now >= s.ExpiresAt || now-s.UsedAt >= micros(sessionIdle) {
		return s, a, over
	}
	if err := db.Where("id = ? AND NOT disabled", s.AccountID).Limit(1).Find(&a).Error; err != nil {
		return s, a, err
	}
	if a.ID == 0 {
		return s, a, over
	}
	return s, a, nil
}

// actor resolves the scope of an account on today's map. No unit, or one that has ended, is no scope, and neither is a
// school whose agreement is over: nothing is seen.
func (c *Core) actor(ctx context.Context, a models.Account) (models.Actor, error) {
	actor := models.Actor{AccountID: a.ID, Login: a.Login, Name: a.Name, Role: a.Role, UnitID: a.UnitID, School: a.School, Language: a.Language}
	if a.Role == models.SchoolOfficer {
		open, err := schoolOpen(c.read.WithContext(ctx), a.School, c.Today(ctx))
		if err != nil {
			return models.Actor{}, err
		}
		if !open {
			actor.School = ""
		}
	}
	if a.UnitID == 0 {
		return actor, nil
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return models.Actor{}, err
	}
	if span, ok := tree.At(a.UnitID, c.Today(ctx)); ok {
		actor.Path = span.Path
	}
	return actor, nil
}

// endSessions signs an account out everywhere.
func (tx *Tx) endSessions(accountID int64) error {
	return tx.Where("account_id = ?", accountID).Delete(&session{}).Error
}

// EndSessions signs somebody out everywhere, without disabling her.
func (c *Core) EndSessions(ctx context.Context, actor models.Actor, accountID int64) error {
	return c.change(ctx, actor, models.AccountsManage, func(tx *Tx) error {
		var a models.Account
		if err := tx.Clauses(clause.Locking{Strength: "SHARE"}).First(&a, accountID).Error; err != nil {
			return lookup(err, "account")
		}
		if err := tx.endSessions(accountID); err != nil {
			return err
		}
		return tx.audit("account.sessions_end", "account", accountID, struct{}{})
	})
}

// SessionCounts is how many living sessions each account has.
func (c *Core) SessionCounts(ctx context.Context, actor models.Actor) (map[int64]int, error) {
	if err := allow(actor, models.AccountsManage); err != nil {
		return nil, err
	}
	now := c.Now()
	var rows []struct {
		AccountID int64
		N         int
	}
	err := c.read.WithContext(ctx).Model(&session{}).Select("account_id, COUNT(*) AS n").
		Where("expires_at > ? AND used_at > ?", now, now-micros(sessionIdle)).Group("account_id").Scan(&rows).Error
	out := make(map[int64]int, len(rows))
	for _, r := range rows {
		out[r.AccountID] = r.N
	}
	return out, err
}
