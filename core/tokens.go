package core

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"datchuan/models"
)

const (
	tokenPrefix  = "dc_" // so that a leaked one is recognised by scanners
	tokenShown   = 10    // characters kept in clear to tell tokens apart
	tokenMaxDays = 365
)

// Tokens are the actor's own API tokens, newest first; revoked and expired ones too.
func (c *Core) Tokens(ctx context.Context, actor models.Actor) ([]Token, error) {
	if err := allow(actor, models.SignedIn); err != nil {
		return nil, err
	}
	return c.tokensOf(ctx, actor.AccountID)
}

// AccountTokens are those of any account, for who manages accounts.
func (c *Core) AccountTokens(ctx context.Context, actor models.Actor, accountID int64) ([]Token, error) {
	if _, err := c.Account(ctx, actor, accountID); err != nil {
		return nil, err
	}
	return c.tokensOf(ctx, accountID)
}

func (c *Core) tokensOf(ctx context.Context, accountID int64) ([]Token, error) {
	var out []Token
	return out, c.read.WithContext(ctx).Where("account_id = ?", accountID).Order("id DESC").Find(&out).Error
}

// CreateToken makes an API token for the actor herself and returns its secret, which is never shown again. Its
// permissions are some of her role's; it works through the whole day expires, at most 365 days ahead. A token can't make
// tokens.
func (c *Core) CreateToken(ctx context.Context, actor models.Actor, name string, perms []models.Permission, expires models.Date) (string, Token, error) {
	if err := ownSession(actor); err != nil {
		return "", Token{}, err
	}
	name = models.Clean(name)
	var bad models.Errors
	if n := len([]rune(name)); n == 0 || n > 80 {
		bad = append(bad, models.Fail(models.Invalid, "token.name", "name"))
	}
	perms = slices.Compact(slices.Sorted(slices.Values(perms)))
	for _, p := range perms {
		if p == models.Public || p == models.SignedIn || !actor.May(p) {
			bad = append(bad, models.Fail(models.Invalid, "token.permission", "permissions", "permission", string(p)))
		}
	}
	if len(perms) == 0 {
		bad = append(bad, models.Fail(models.Invalid, "token.permission_needed", "permissions"))
	}
	today := models.DateOf(c.now().In(models.Hanoi)) // of the calendar: a demonstration's working date is no clock
	if !expires.Valid() || expires < today || expires > today.AddDays(tokenMaxDays) {
		bad = append(bad, models.Fail(models.Invalid, "token.expires", "expires", "days", "365"))
	}
	if err := bad.OrNil(); err != nil {
		return "", Token{}, err
	}
	secret, hash := newSecret(tokenPrefix)
	t := Token{AccountID: actor.AccountID, Name: name, Prefix: secret[:tokenShown], TokenHash: hash, Permissions: perms, ExpiresAt: dayEnd(expires)}
	err := c.change(ctx, actor, models.SignedIn, func(tx *Tx) error {
		t.CreatedAt = tx.at
		if err := tx.Create(&t).Error; err != nil {
			return err
		}
		return tx.audit("token.create", "token", t.ID, change{After: t})
	})
	if err != nil {
		return "", Token{}, err
	}
	return secret, t, nil
}

// dayEnd is the moment at which a civil day ends in Vietnam; dayStart the one at which it begins.
func dayEnd(d models.Date) models.Instant { return dayStart(d.AddDays(1)) }

func dayStart(d models.Date) models.Instant {
	return models.InstantOf(time.Date(d.Year(), time.Month(d.Month()), d.Day(), 0, 0, 0, 0, models.Hanoi))
}

// RevokeToken ends a token at once: one's own, or anybody's for who manages accounts.
func (c *Core) RevokeToken(ctx context.Context, actor models.Actor, id int64) error {
	if err := allow(actor, models.SignedIn); err != nil {
		return err
	}
	return c.change(ctx, actor, models.SignedIn, func(tx *Tx) error {
		var t Token
		db := tx.Clauses(clause.Locking{Strength: "UPDATE"})
		if !actor.May(models.AccountsManage) {
			db = db.Where("account_id = ?", actor.AccountID)
		}
		if err := db.First(&t, id).Error; err != nil {
			return lookup(err, "token")
		}
		if t.RevokedAt != 0 {
			return nil
		}
		if err := tx.Model(&Token{}).Where("id = ?", id).Update("revoked_at", tx.at).Error; err != nil {
			return err
		}
		return tx.audit("token.revoke", "token", id, struct{}{})
	})
}

// ActorByToken is who stands behind an API token: her account, narrowed to the token's permissions. What her role
// loses, her tokens lose at once.
func (c *Core) ActorByToken(ctx context.Context, secret string) (models.Actor, error) {
	over := models.Fail(models.Unauthorized, "auth.token", "")
	if !strings.HasPrefix(secret, tokenPrefix) {
		return models.Actor{}, over
	}
	db := c.read.WithContext(ctx)
	var t Token
	if err := db.Where("token_hash = ?", secretHash(secret)).Limit(1).Find(&t).Error; err != nil {
		return models.Actor{}, err
	}
	now := c.Now()
	if t.ID == 0 || t.RevokedAt != 0 || now >= t.ExpiresAt {
		return models.Actor{}, over
	}
	var a models.Account
	if err := db.Where("id = ? AND NOT disabled", t.AccountID).Limit(1).Find(&a).Error; err != nil {
		return models.Actor{}, err
	}
	if a.ID == 0 {
		return models.Actor{}, over
	}
	if now-t.UsedAt >= micros(sessionSlide) {
		brief, cancel := context.WithTimeout(ctx, slidePatience)
		defer cancel()
		if err := c.write.WithContext(brief).Model(&Token{}).Where("id = ? AND used_at < ?", t.ID, now).Update("used_at", now).Error; err != nil {
			c.log.Debug("token use not noted", "token", t.ID)
		}
	}
	actor, err := c.actor(ctx, a)
	actor.Token = true
	actor.Limit = append([]models.Permission{}, t.Permissions...) // never nil: nil would be no limit
	return actor, err
}
