package core

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datchuan/models"
)

// NewAccount is what an account is made of. Password is in clear and is only ever kept as an Argon2id hash.
type NewAccount struct {
	Login, Name, Password string
	Role                  models.Role
	UnitID                int64  // root of the scope; needed by the roles that work with cadres
	School                string // code of the partner school; needed by a school officer
	Language              models.Lang
	Email                 string // where notices are sent to, "" for nowhere
}

// AccountEdit is what can be changed of an account; its login stays for life, so that the audit log keeps its meaning.
type AccountEdit struct {
	Name     string
	Role     models.Role
	UnitID   int64
	School   string
	Language models.Lang
	Disabled bool
	Email    string
}

// Accounts lists all accounts by login.
func (c *Core) Accounts(ctx context.Context, actor models.Actor) ([]models.Account, error) {
	if err := allow(actor, models.AccountsManage); err != nil {
		return nil, err
	}
	var out []models.Account
	return out, c.read.WithContext(ctx).Order("login").Find(&out).Error
}

// Account is one account.
func (c *Core) Account(ctx context.Context, actor models.Actor, id int64) (models.Account, error) {
	if err := allow(actor, models.AccountsManage); err != nil {
		return models.Account{}, err
	}
	var a models.Account
	return a, lookup(c.read.WithContext(ctx).First(&a, id).Error, "account")
}

// CreateAccount adds an account. Only who manages accounts may, so nobody can hand out more than she holds.
func (c *Core) CreateAccount(ctx context.Context, actor models.Actor, in NewAccount) (models.Account, error) {
	var a models.Account
	if err := allow(actor, models.AccountsManage); err != nil {
		return a, err
	}
	hash, err := c.newAccountHash(ctx, &in)
	if err != nil {
		return a, err
	}
	err = c.change(ctx, actor, models.AccountsManage, func(tx *Tx) (err error) {
		a, err = tx.createAccount(in, hash)
		return err
	})
	return a, err
}

// newAccountHash tidies and checks the input and hashes the password, before any transaction is open.
func (c *Core) newAccountHash(ctx context.Context, in *NewAccount) (string, error) {
	in.Login, in.Name, in.School, in.Email = cleanLogin(in.Login), models.Clean(in.Name), models.Clean(in.School), models.Clean(in.Email)
	if in.Language == "" {
		in.Language = models.Vi
	}
	var bad models.Errors
	if !loginForm.MatchString(in.Login) {
		bad = append(bad, models.Fail(models.Invalid, "account.login", "login"))
	}
	edit := AccountEdit{Name: in.Name, Role: in.Role, UnitID: in.UnitID, School: in.School, Language: in.Language, Email: in.Email}
	bad = append(bad, checkAccount(edit)...)
	if err := checkPassword(in.Password, in.Login, in.Name); err != nil {
		bad = append(bad, err)
	}
	if err := bad.OrNil(); err != nil {
		return "", err
	}
	return c.hashPassword(ctx, in.Password)
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]$`)

// cleanLogin is the one spelling of a login: lower case without outer spaces.
func cleanLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// checkAccount is the rule of who needs what: a role that works with cadres needs a unit (no unit is no scope, never the
// whole tree), a school officer needs a school and gets no unit.
func checkAccount(in AccountEdit) models.Errors {
	var bad models.Errors
	if n := len([]rune(in.Name)); n == 0 || n > 120 {
		bad = append(bad, models.Fail(models.Invalid, "account.name", "name"))
	}
	if !slices.Contains(models.Roles, in.Role) {
		bad = append(bad, models.Fail(models.Invalid, "account.role", "role"))
	}
	if in.Language != models.Vi && in.Language != models.En {
		bad = append(bad, models.Fail(models.Invalid, "account.language", "language"))
	}
	if !models.EmailValid(in.Email) {
		bad = append(bad, models.Fail(models.Invalid, "account.email", "email"))
	}
	school := in.Role == models.SchoolOfficer
	switch {
	case school && in.School == "":
		bad = append(bad, models.Fail(models.Invalid, "account.school_needed", "school"))
	case !school && in.School != "", len([]rune(in.School)) > 40:
		bad = append(bad, models.Fail(models.Invalid, "account.school_unfit", "school"))
	}
	switch {
	case school && in.UnitID != 0:
		bad = append(bad, models.Fail(models.Invalid, "account.unit_unfit", "unit_id"))
	case !school && in.Role != models.Administrator && in.UnitID == 0:
		bad = append(bad, models.Fail(models.Invalid, "account.unit_needed", "unit_id"))
	}
	return bad
}

// checkAccountUnit refuses a unit that nobody knows. One that has ended is allowed to stay: its account sees nothing.
func (tx *Tx) checkAccountUnit(id int64) error {
	if id == 0 {
		return nil
	}
	err := tx.First(&models.Unit{}, id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.Fail(models.Invalid, "account.unit_unknown", "unit_id")
	}
	return err
}

// checkAccountSchool refuses a school that nobody knows. One whose agreement is over may stay: its account sees nothing.
func (tx *Tx) checkAccountSchool(code string) error {
	unknown, err := tx.unknownSchool(code)
	if err != nil {
		return err
	}
	return unknown.OrNil()
}

func (tx *Tx) createAccount(in NewAccount, hash string) (models.Account, error) {
	a := models.Account{Login: in.Login, Name: in.Name, Role: in.Role, UnitID: in.UnitID, School: in.School, Hash: hash,
		Language: in.Language, Email: in.Email, Version: 1, CreatedAt: tx.at}
	if err := tx.checkAccountUnit(in.UnitID); err != nil {
		return a, err
	}
	if err := tx.checkAccountSchool(in.School); err != nil {
		return a, err
	}
	if err := tx.Create(&a).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
		return a, models.Fail(models.Conflict, "account.login_taken", "login", "login", in.Login)
	} else if err != nil {
		return a, err
	}
	return a, tx.audit("account.create", "account", a.ID, change{After: a})
}

// UpdateAccount changes an account. A change of role, scope or state ends its sessions at once.
func (c *Core) UpdateAccount(ctx context.Context, actor models.Actor, id, version int64, in AccountEdit) (models.Account, error) {
	in.Name, in.School, in.Email = models.Clean(in.Name), models.Clean(in.School), models.Clean(in.Email)
	var after models.Account
	err := c.change(ctx, actor, models.AccountsManage, func(tx *Tx) error {
		if err := checkAccount(in).OrNil(); err != nil {
			return err
		}
		before, err := tx.lockAccount(id)
		if err != nil {
			return err
		}
		if err := checkVersion(version, before.Version); err != nil {
			return err
		}
		after = before
		after.Name, after.Role, after.UnitID, after.School = in.Name, in.Role, in.UnitID, in.School
		after.Language, after.Disabled, after.Email, after.Version = in.Language, in.Disabled, in.Email, before.Version+1
		if err := tx.storeAccountEdit(before, after); err != nil {
			return err
		}
		return tx.audit("account.update", "account", id, change{Before: before, After: after})
	})
	if err != nil {
		return models.Account{}, err
	}
	return after, nil
}

// lockAccount reads an account for changing. The administrators are locked first and always in the same order, so that
// two of them can't dismiss each other at the same moment.
func (tx *Tx) lockAccount(id int64) (models.Account, error) {
	var a models.Account
	var admins []models.Account
	lock := clause.Locking{Strength: "UPDATE"}
	if err := tx.Clauses(lock).Where("role = ?", models.Administrator).Order("id").Find(&admins).Error; err != nil {
		return a, err
	}
	return a, lookup(tx.Clauses(lock).First(&a, id).Error, "account")
}

func (tx *Tx) storeAccountEdit(before, after models.Account) error {
	if after.UnitID != before.UnitID {
		if err := tx.checkAccountUnit(after.UnitID); err != nil {
			return err
		}
	}
	if after.School != before.School {
		if err := tx.checkAccountSchool(after.School); err != nil {
			return err
		}
	}
	res := tx.Model(&models.Account{}).Where("id = ? AND version = ?", before.ID, before.Version).Updates(map[string]any{
		"name": after.Name, "role": after.Role, "unit_id": after.UnitID, "school": after.School,
		"language": after.Language, "disabled": after.Disabled, "email": after.Email, "version": after.Version})
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected != 1 {
		return models.Fail(models.Stale, "edit.stale", "")
	}
	if before.Role == models.Administrator && (after.Disabled || after.Role != models.Administrator) {
		if err := tx.needAdministrator(); err != nil {
			return err
		}
	}
	scope := after.Role != before.Role || after.UnitID != before.UnitID || after.School != before.School
	if scope { // what she was told within her former scope is no longer hers to read
		if err := tx.Where("account_id = ?", before.ID).Delete(&models.Notice{}).Error; err != nil {
			return err
		}
	}
	if scope || after.Disabled {
		return tx.endSessions(before.ID)
	}
	return nil
}

// needAdministrator keeps the office from locking itself out.
func (tx *Tx) needAdministrator() error {
	var n int64
	err := tx.Model(&models.Account{}).Where("role = ? AND NOT disabled", models.Administrator).Count(&n).Error
	if err == nil && n == 0 {
		return models.Fail(models.Conflict, "account.last_administrator", "")
	}
	return err
}

// ownSession asks for a person at her own account: not a token, not the machine's owner.
func ownSession(actor models.Actor) error {
	if err := allow(actor, models.SignedIn); err != nil {
		return err
	}
	if actor.Token || actor.AccountID < 0 {
		return models.Fail(models.Forbidden, "auth.forbidden", "")
	}
	return nil
}

// SetLanguage is the language of her own pages.
func (c *Core) SetLanguage(ctx context.Context, actor models.Actor, lang models.Lang) error {
	if err := ownSession(actor); err != nil {
		return err
	}
	if lang != models.Vi && lang != models.En {
		return models.Fail(models.Invalid, "account.language", "language")
	}
	return c.change(ctx, actor, models.SignedIn, func(tx *Tx) error {
		a, err := tx.ownAccount()
		if err != nil {
			return err
		}
		if err := tx.Model(&models.Account{}).Where("id = ?", a.ID).Updates(map[string]any{"language": lang, "version": gorm.Expr("version + 1")}).Error; err != nil {
			return err
		}
		return tx.audit("account.language", "account", a.ID, change{Before: a.Language, After: lang})
	})
}

// ownAccount is the actor's own account, for changing.
func (tx *Tx) ownAccount() (models.Account, error) {
	var a models.Account
	return a, lookup(tx.Clauses(clause.Locking{Strength: "UPDATE"}).First(&a, tx.actor.AccountID).Error, "account")
}
