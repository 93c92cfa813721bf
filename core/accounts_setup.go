package core

import (
	"context"
	"encoding/json"
	"time"

	"datchuan/models"
)

const (
	settingSetup  = "setup"
	setupLifetime = 30 * time.Minute
)

// setupOffer is the stored side of the one-time token of the first start.
type setupOffer struct {
	Hash    string         `json:"hash"`
	Expires models.Instant `json:"expires"`
}

// SetupToken makes the one-time token with which the first administrator is created; it holds for 30 minutes and
// replaces the token before it. Empty when an account exists.
func (c *Core) SetupToken(ctx context.Context) (string, error) {
	token, hash := newSecret("")
	made := false
	err := c.transact(ctx, models.Actor{}, func(tx *Tx) error {
		if some, err := tx.anyAccount(); some || err != nil {
			return err
		}
		text, err := json.Marshal(setupOffer{Hash: hash, Expires: tx.at + models.Instant(setupLifetime.Microseconds())})
		if err != nil {
			return err
		}
		made = true
		return tx.setSetting(settingSetup, string(text))
	})
	if err != nil || !made {
		return "", err
	}
	return token, nil
}

// Setup redeems the token: it creates the first account, an administrator above all units, and with it the first units of an
// installation that has none.
func (c *Core) Setup(ctx context.Context, token string, in NewAccount, first FirstMap) (models.Account, error) {
	var a models.Account
	if err := c.transact(ctx, models.Actor{}, func(tx *Tx) error { return tx.checkSetup(token) }); err != nil {
		return a, err // a stranger must not make us hash
	}
	in.Role, in.UnitID, in.School = models.Administrator, 0, ""
	hash, err := c.newAccountHash(ctx, &in)
	if err != nil {
		return a, err
	}
	if in.UnitID, err = c.StartMap(ctx, first); err != nil {
		return a, err
	}
	err = c.transact(ctx, models.Actor{Login: "setup"}, func(tx *Tx) (err error) {
		if err = tx.checkSetup(token); err != nil {
			return err
		}
		// Whoever deletes the row has redeemed the token: of two at the same moment, one finds nothing to delete.
		res := tx.Where("key = ?", settingSetup).Delete(&setting{})
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected != 1 {
			return models.Fail(models.NotFound, "setup.expired", "")
		}
		a, err = tx.createAccount(in, hash)
		return err
	})
	return a, err
}

func (tx *Tx) checkSetup(token string) error {
	expired := models.Fail(models.NotFound, "setup.expired", "")
	if some, err := tx.anyAccount(); err != nil {
		return err
	} else if some {
		return expired
	}
	var s setting
	if err := tx.Where("key = ?", settingSetup).Limit(1).Find(&s).Error; err != nil {
		return err
	}
	var offer setupOffer
	if s.Value == "" || json.Unmarshal([]byte(s.Value), &offer) != nil || tx.at >= offer.Expires || !sameHash(secretHash(token), offer.Hash) {
		return expired
	}
	return nil
}

func (tx *Tx) anyAccount() (bool, error) {
	var n int64
	err := tx.Model(&models.Account{}).Limit(1).Count(&n).Error
	return n > 0, err
}

// AddAccount is the command line's way to an account: whoever owns the machine may.
func (c *Core) AddAccount(ctx context.Context, in NewAccount) (models.Account, error) {
	var a models.Account
	hash, err := c.newAccountHash(ctx, &in)
	if err != nil {
		return a, err
	}
	operator, err := c.Operator(ctx)
	if err != nil {
		return a, err
	}
	err = c.transact(ctx, operator, func(tx *Tx) (err error) {
		a, err = tx.createAccount(in, hash)
		return err
	})
	return a, err
}
