package core

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
	"gorm.io/gorm"

	"datchuan/models"
)

// Password rules after NIST SP 800-63B-4 for a single factor: at least 15 characters, at most 256, any characters, no
// rule of composition, no change by the calendar; common and obvious ones refused.
const (
	passwordMin   = 15
	passwordMax   = 256
	passwordFresh = 6 // characters that must be left when the obvious parts are struck out
)

// Argon2id with the parameters of the OWASP cheat sheet; they are written into every hash, so they can be raised later.
const (
	argonMemory  = 19 * 1024 // KiB
	argonTime    = 2
	argonThreads = 1
	argonSalt    = 16
	argonKey     = 32
)

// decoyHash is compared when a login is unknown, so that it takes as long as a wrong password. No password has it: it
// would have to hash to zeros.
const decoyHash = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

//go:embed accounts_blocked.txt
var blockedWords string

// checkPassword applies the rules; login and name count as obvious parts.
func checkPassword(password, login, name string) *models.Error {
	runes := []rune(norm.NFC.String(password))
	switch {
	case len(runes) < passwordMin:
		return models.Fail(models.Invalid, "account.password_short", "password", "min", fmt.Sprint(passwordMin))
	case len(runes) > passwordMax:
		return models.Fail(models.Invalid, "account.password_long", "password", "max", fmt.Sprint(passwordMax))
	case freshCharacters(password, login, name) < passwordFresh:
		return models.Fail(models.Invalid, "account.password_guessable", "password")
	}
	return nil
}

// freshCharacters counts what a guesser of this office would not try first: common words, her login and her name are
// struck out, then repetitions and runs (aaaa, 1234, cba), then all but one of each character.
func freshCharacters(password, login, name string) int {
	text := foldTight(password)
	obvious := []string{foldTight(login), foldTight(name)}
	for _, word := range slices.Concat(strings.Fields(blockedWords), strings.Fields(name)) {
		obvious = append(obvious, foldTight(word))
	}
	slices.SortFunc(obvious, func(a, b string) int { return len(b) - len(a) })
	for _, word := range obvious {
		if len(word) >= 3 {
			text = strings.ReplaceAll(text, word, "\x00")
		}
	}
	seen := map[rune]bool{}
	before := rune(-10)
	for _, r := range text {
		if step := r - before; r != 0 && (step < -1 || step > 1) {
			seen[r] = true
		}
		before = r
	}
	return len(seen)
}

// foldTight is a text without accents, case and spaces.
func foldTight(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, models.Fold(s))
}

// SetPassword gives an account a new password, ends its sessions and revokes its tokens and its calendar: a reset means that the old
// secrets are lost or in wrong hands.
func (c *Core) SetPassword(ctx context.Context, actor models.Actor, id int64, password string) error {
	a, err := c.Account(ctx, actor, id)
	if err != nil {
		return err
	}
	if err := checkPassword(password, a.Login, a.Name); err != nil {
		return err
	}
	hash, err := c.hashPassword(ctx, password)
	if err != nil {
		return err
	}
	return c.change(ctx, actor, models.AccountsManage, func(tx *Tx) error {
		if err := tx.storePassword(id, hash); err != nil {
			return err
		}
		if err := tx.Model(&Token{}).Where("account_id = ? AND revoked_at = 0", id).Update("revoked_at", tx.at).Error; err != nil {
			return err
		}
		if err := tx.Where("account_id = ?", id).Delete(&calendar{}).Error; err != nil {
			return err
		}
		return tx.audit("account.password_reset", "account", id, struct{}{})
	})
}

// ChangePassword is her own act: the old password is proved under the same throttle as a login. All her sessions end,
// this one too; the face signs her in again with the new password. Tokens go on.
func (c *Core) ChangePassword(ctx context.Context, actor models.Actor, old, password string) error {
	if err := ownSession(actor); err != nil {
		return err
	}
	if err := checkPassword(password, actor.Login, actor.Name); err != nil {
		return err
	}
	a, err := c.prove(ctx, actor.Login, old, "")
	if models.KindOf(err) == models.Unauthorized {
		return models.Fail(models.Invalid, "account.password_wrong", "old_password")
	}
	if err != nil {
		return err
	}
	hash, err := c.hashPassword(ctx, password)
	if err != nil {
		return err
	}
	return c.change(ctx, actor, models.SignedIn, func(tx *Tx) error {
		if err := tx.storePassword(a.ID, hash); err != nil {
			return err
		}
		return tx.audit("account.password_change", "account", a.ID, struct{}{})
	})
}

func (tx *Tx) storePassword(id int64, hash string) error {
	res := tx.Model(&models.Account{}).Where("id = ?", id).Updates(map[string]any{"hash": hash, "version": gorm.Expr("version + 1")})
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected != 1 {
		return models.Fail(models.NotFound, "not_found", "", "object", "account")
	}
	return tx.endSessions(id)
}

// hashPassword makes the stored form, a PHC string. At most one hash per processor runs at a time: each takes 19 MiB.
func (c *Core) hashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, argonSalt)
	rand.Read(salt)
	key, err := c.argon(ctx, password, salt, argonTime, argonMemory, argonThreads, argonKey)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// matches tells whether a password is the one behind a hash. An error means that it was not tried.
func (c *Core) matches(ctx context.Context, hash, password string) (bool, error) {
	var version, memory, time uint32
	var threads uint8
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, fmt.Errorf("password hash: unknown form")
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &time, &threads); err != nil || version != argon2.Version {
		return false, fmt.Errorf("password hash: unknown parameters")
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("password hash: salt")
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, fmt.Errorf("password hash: key")
	}
	got, err := c.argon(ctx, password, salt, time, memory, threads, uint32(len(want)))
	return err == nil && subtle.ConstantTimeCompare(got, want) == 1, err
}

func (c *Core) argon(ctx context.Context, password string, salt []byte, time, memory uint32, threads uint8, size uint32) ([]byte, error) {
	select {
	case c.hashes <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-c.hashes }()
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, time, memory, threads, size), nil
}
