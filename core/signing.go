package core

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"slices"
	"strings"

	"gorm.io/gorm/clause"

	"datchuan/models"
)

// The key that signs the office's papers is kept in the database, sealed with the office's secret; the certificates of all keys that it
// ever had are public, so that what was signed with an older one can still be told to be the office's.
const (
	settingSigningKey    = "signing_key"
	settingSigningPublic = "signing_public"
)

// SigningKey is the office's key with its certificates, in PEM; nil before there is one. It is the server's own act: no person reads it.
func (c *Core) SigningKey(ctx context.Context) ([]byte, error) {
	var found []setting
	if err := c.read.WithContext(ctx).Where("key = ?", settingSigningKey).Find(&found).Error; err != nil || len(found) == 0 {
		return nil, err
	}
	sealed, err := base64.StdEncoding.DecodeString(found[0].Value)
	if err != nil {
		return nil, err
	}
	return c.keys.openBytes(sealed)
}

// SigningCertificates are the public halves of all keys the office has signed with, in PEM.
func (c *Core) SigningCertificates(ctx context.Context) ([]byte, error) {
	var found []setting
	err := c.read.WithContext(ctx).Where("key = ?", settingSigningPublic).Find(&found).Error
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return []byte(found[0].Value), nil
}

// FirstSigningKey keeps the key that a server has made for an office without one, and returns the one in force: of several
// that come at once the first stays.
func (c *Core) FirstSigningKey(ctx context.Context, key, public []byte) ([]byte, error) {
	err := c.transact(ctx, models.Actor{Login: "system"}, func(tx *Tx) error {
		sealed, err := c.keys.sealBytes(key)
		if err != nil {
			return err
		}
		done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&setting{Key: settingSigningKey, Value: base64.StdEncoding.EncodeToString(sealed)})
		if done.Error != nil || done.RowsAffected == 0 {
			return done.Error
		}
		if err := tx.trust(public); err != nil {
			return err
		}
		return tx.audit("signing.new", "setting", 0, map[string]any{"certificate": string(public)})
	})
	if err != nil {
		return nil, err
	}
	return c.SigningKey(ctx)
}

// SetSigningKey puts another key in force: one that an authority has certified, or a new one in place of one that was lost.
func (c *Core) SetSigningKey(ctx context.Context, actor models.Actor, key, public []byte) error {
	return c.change(ctx, actor, models.SettingsWrite, func(tx *Tx) error {
		sealed, err := c.keys.sealBytes(key)
		if err != nil {
			return err
		}
		if err := tx.setSetting(settingSigningKey, base64.StdEncoding.EncodeToString(sealed)); err != nil {
			return err
		}
		if err := tx.trust(public); err != nil {
			return err
		}
		return tx.audit("signing.set", "setting", 0, map[string]any{"certificate": string(public)})
	})
}

// trust adds a certificate to those of the office.
func (tx *Tx) trust(public []byte) error {
	old, err := tx.setting(settingSigningPublic)
	if err != nil || strings.Contains(old, string(public)) {
		return err
	}
	return tx.setSetting(settingSigningPublic, old+string(public))
}

// BadgeKey signs certificates that leave as Open Badges; it comes from the office's secret.
func (c *Core) BadgeKey() ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(slices.Clone(c.keys.badge))
}

// OfficeName is who signs: the Hội of the first province officer's unit, else of the top of the map.
func (c *Core) OfficeName(ctx context.Context) string {
	tree, err := c.Tree(ctx)
	if err != nil {
		return programName
	}
	var units []int64
	err = c.read.WithContext(ctx).Model(&models.Account{}).Where("role = ? AND unit_id <> 0", models.ProvinceOfficer).Order("id").Limit(1).Pluck("unit_id", &units).Error
	if err != nil {
		return programName
	}
	if len(units) == 0 {
		for _, root := range tree.Roots(c.Today(ctx)) {
			units = append(units, root.UnitID)
		}
	}
	if len(units) == 0 {
		return programName
	}
	unit, _ := tree.Nearest(units[0], c.Today(ctx))
	return models.Word(models.Vi, "certificate.hoi", "unit", unit.FullName())
}

const programName = "Đạt Chuẩn"
