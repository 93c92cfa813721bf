package web

import (
	"fmt"
	"net/http"
	"strconv"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) accountRoutes() {
	s.get("/accounts", models.AccountsManage, s.accounts)
	s.get("/accounts/new", models.AccountsManage, s.newAccount)
	s.post("/accounts", models.AccountsManage, s.createAccount)
	s.get("/accounts/:id", models.AccountsManage, s.account)
	s.post("/accounts/:id", models.AccountsManage, s.saveAccount)
	s.post("/accounts/:id/disable", models.AccountsManage, func(q *request) error { return s.closeAccount(q, true) })
	s.post("/accounts/:id/enable", models.AccountsManage, func(q *request) error { return s.closeAccount(q, false) })
	s.post("/accounts/:id/end", models.AccountsManage, s.endSessions)
	s.post("/accounts/:id/password", models.AccountsManage, s.resetPassword)
	s.ownRoutes()
}

func (s *server) accounts(q *request) error {
	ctx := q.Request.Context()
	list, err := s.core.Accounts(ctx, q.actor)
	if err != nil {
		return err
	}
	open, err := s.core.SessionCounts(ctx, q.actor)
	if err != nil {
		return err
	}
	v := &AccountsPage{Page: q.base("nav.accounts")}
	for _, a := range list {
		v.Rows = append(v.Rows, AccountRow{ID: a.ID, Name: a.Name, Login: a.Login, Role: v.Word("role." + string(a.Role)), Scope: q.scopeOf(a),
			Seen: moment(a.LastLogin), Disabled: a.Disabled, Self: a.ID == q.actor.AccountID, Sessions: open[a.ID], Href: accountPath(a.ID)})
	}
	return q.show("accounts", v)
}

func accountPath(id int64) string { return fmt.Sprintf("/accounts/%d", id) }

// scopeOf is what an account sees: a unit with all below, or a school.
func (q *request) scopeOf(a models.Account) string {
	if a.School != "" {
		return a.School
	}
	return q.unitName(a.UnitID)
}

// typedAccount is an account as typed. The password is taken as it is, spaces included.
func (q *request) typedAccount() core.NewAccount {
	return core.NewAccount{Login: q.text("login"), Name: q.text("name"), Password: q.Request.PostForm.Get("password"), Role: models.Role(q.text("role")),
		UnitID: q.number("unit_id"), School: q.text("school"), Language: models.Lang(q.text("language")), Email: q.text("email")}
}

func (s *server) newAccount(q *request) error {
	v, err := s.accountForm(q, q.base("account.add", accountCrumbs(q, "")...), models.Account{Role: models.DistrictOfficer, Language: models.Vi}, true)
	if err != nil {
		return err
	}
	return q.show("account-form", v)
}

func (s *server) createAccount(q *request) error {
	in := q.typedAccount()
	err := q.findings()
	if err == nil {
		_, err = s.core.CreateAccount(q.Request.Context(), q.actor, in)
	}
	if err == nil {
		return q.goTo("/accounts", "account.created", "name", in.Name)
	}
	p := q.base("account.add", accountCrumbs(q, "")...)
	p.Fail(err)
	v, fault := s.accountForm(q, p, models.Account{Login: in.Login, Name: in.Name, Role: in.Role, UnitID: in.UnitID, School: in.School, Language: in.Language, Email: in.Email}, true)
	if fault != nil {
		return fault
	}
	return q.again(err, "account-form", v)
}

func (s *server) account(q *request) error {
	a, err := s.accountAt(q)
	if err != nil {
		return err
	}
	return s.showAccount(q, http.StatusOK, a, a, nil)
}

func (s *server) accountAt(q *request) (models.Account, error) {
	id, err := q.id("id")
	if err != nil {
		return models.Account{}, err
	}
	return s.core.Account(q.Request.Context(), q.actor, id)
}

// showAccount shows the form of an account that stands, with what was typed and what is wrong with it.
func (s *server) showAccount(q *request, status int, stands, typed models.Account, wrong error) error {
	p := q.base("nav.accounts", accountCrumbs(q, stands.Name)...)
	p.Title = stands.Name
	p.Fail(wrong)
	if models.KindOf(wrong) == models.Stale {
		p.Errors = append(p.Errors, q.savedMeanwhile(stands, typed)...)
	}
	if wrong != nil {
		p.Flash = nil
	}
	v, err := s.accountForm(q, p, typed, false)
	if err != nil {
		return err
	}
	if err := s.accountState(q, v, stands); err != nil {
		return err
	}
	s.render.HTML(q.Context, status, "account-form", v)
	return nil
}

// savedMeanwhile says beside each input what somebody else has saved there.
func (q *request) savedMeanwhile(stands, typed models.Account) []FieldError {
	var out []FieldError
	for _, f := range []struct{ field, theirs, mine string }{
		{"name", stands.Name, typed.Name}, {"role", models.Word(q.lang, "role."+string(stands.Role)), models.Word(q.lang, "role."+string(typed.Role))},
		{"unit_id", q.unitName(stands.UnitID), q.unitName(typed.UnitID)}, {"school", stands.School, typed.School}, {"language", string(stands.Language), string(typed.Language)},
		{"email", stands.Email, typed.Email},
	} {
		if f.theirs != f.mine {
			text := f.theirs
			if text == "" {
				text = word(q.lang, "conflict.blank")
			}
			out = append(out, FieldError{Field: f.field, Text: word(q.lang, "account.meanwhile", "value", text)})
		}
	}
	return out
}

func (s *server) saveAccount(q *request) error {
	stands, err := s.accountAt(q)
	if err != nil {
		return err
	}
	in, typed := q.typedAccount(), stands
	typed.Name, typed.Role, typed.UnitID, typed.School, typed.Language, typed.Email = in.Name, in.Role, in.UnitID, in.School, in.Language, in.Email
	saw, err := q.sawVersion()
	if err == nil {
		err = q.findings()
	}
	if err == nil {
		_, err = s.core.UpdateAccount(q.Request.Context(), q.actor, stands.ID, saw, edited(typed))
	}
	switch models.KindOf(err) {
	case models.Stale:
		if stands, err = s.accountAt(q); err != nil {
			return err
		}
		return s.showAccount(q, http.StatusPreconditionFailed, stands, typed, models.Fail(models.Stale, "edit.stale", ""))
	case models.Invalid, models.Conflict:
		return s.showAccount(q, http.StatusUnprocessableEntity, stands, typed, err)
	}
	if err != nil {
		return err
	}
	return q.goTo("/accounts", "account.saved", "name", typed.Name)
}

func edited(a models.Account) core.AccountEdit {
	return core.AccountEdit{Name: a.Name, Role: a.Role, UnitID: a.UnitID, School: a.School, Language: a.Language, Disabled: a.Disabled, Email: a.Email}
}

// closeAccount takes the right to sign in, or gives it back.
func (s *server) closeAccount(q *request, disabled bool) error {
	a, err := s.accountAt(q)
	if err != nil {
		return err
	}
	saw, err := q.sawVersion()
	if err != nil {
		return err
	}
	a.Disabled = disabled
	if _, err := s.core.UpdateAccount(q.Request.Context(), q.actor, a.ID, saw, edited(a)); err != nil {
		return err
	}
	if disabled {
		return q.goTo(accountPath(a.ID), "account.disabled_done", "name", a.Name)
	}
	return q.goTo(accountPath(a.ID), "account.enabled_done", "name", a.Name)
}

func (s *server) endSessions(q *request) error {
	a, err := s.accountAt(q)
	if err != nil {
		return err
	}
	if err := s.core.EndSessions(q.Request.Context(), q.actor, a.ID); err != nil {
		return err
	}
	return q.goTo(accountPath(a.ID), "account.ended", "name", a.Name)
}

func (s *server) resetPassword(q *request) error {
	a, err := s.accountAt(q)
	if err != nil {
		return err
	}
	err = s.core.SetPassword(q.Request.Context(), q.actor, a.ID, q.Request.PostForm.Get("password"))
	if models.KindOf(err) == models.Invalid {
		return s.showAccount(q, http.StatusUnprocessableEntity, a, a, err)
	} else if err != nil {
		return err
	}
	return q.goTo(accountPath(a.ID), "account.password_set", "name", a.Name)
}

func accountCrumbs(q *request, name string) []Crumb {
	if name == "" {
		name = word(q.lang, "account.add")
	}
	return []Crumb{{word(q.lang, "nav.accounts"), "/accounts"}, {name, ""}}
}

// accountForm builds the inputs of an account; a new one also gets a login and a password.
func (s *server) accountForm(q *request, p Page, a models.Account, fresh bool) (*AccountFormPage, error) {
	units, err := s.allUnits(q.Request.Context(), p.T("account.no_unit"), a.UnitID)
	if err != nil {
		return nil, err
	}
	var roles []Option
	for _, r := range models.Roles {
		roles = append(roles, Option{Value: string(r), Label: p.Word("role." + string(r)), Selected: r == a.Role})
	}
	v := &AccountFormPage{Page: p, ID: a.ID, Action: "/accounts", Back: "/accounts"}
	who := []Field{v.Field(Field{Name: "name", Label: v.T("account.full_name"), Value: a.Name, Required: true, MaxLength: 120, Autocomplete: "off"})}
	if fresh {
		who = append(who, v.Field(Field{Name: "login", Label: v.T("login.name"), Value: a.Login, Required: true, MaxLength: 60, Hint: v.T("account.login_hint"), Autocomplete: "off"}),
			v.Field(Field{Name: "password", Label: v.T("account.first_password"), Type: "password", Required: true, Hint: v.T("account.password_hint"), Autocomplete: "new-password"}))
	} else {
		v.Action, v.ETag = accountPath(a.ID), etagOf(a.Version)
	}
	who = append(who, v.Field(Field{Name: "language", Label: v.T("account.language"), Type: "select", Required: true,
		Options: Choose(string(a.Language), Option{Value: "vi", Label: "Tiếng Việt"}, Option{Value: "en", Label: "English"})}))
	who = append(who, v.Field(Field{Name: "email", Label: v.T("account.email"), Type: "email", Value: a.Email, MaxLength: 200, Hint: v.T("account.email_hint"), Autocomplete: "off"}))
	v.Sections = []Section{{Fields: who}, {Title: v.T("account.reach"), Hint: v.T("account.reach_hint"), Fields: []Field{
		v.Field(Field{Name: "role", Label: v.T("account.role"), Type: "select", Required: true, Options: roles}),
		v.Field(Field{Name: "unit_id", Label: v.T("account.unit"), Type: "select", Options: units}),
		v.Field(Field{Name: "school", Label: v.T("account.school"), Value: a.School, MaxLength: 40, Hint: v.T("account.school_hint"), Autocomplete: "off"}),
	}}}
	return v, nil
}

// accountState adds what can be done to an account that stands: its sessions, its password, its tokens.
func (s *server) accountState(q *request, v *AccountFormPage, a models.Account) error {
	ctx := q.Request.Context()
	open, err := s.core.SessionCounts(ctx, q.actor)
	if err != nil {
		return err
	}
	tokens, err := s.core.AccountTokens(ctx, q.actor, a.ID)
	if err != nil {
		return err
	}
	path := accountPath(a.ID)
	v.ID, v.ETag, v.Disabled, v.Sessions, v.Reset, v.Tokens = a.ID, strconv.FormatInt(a.Version, 10), a.Disabled, open[a.ID], path+"/password", q.tokenRows(tokens)
	if open[a.ID] > 0 {
		v.EndAll = path + "/end"
	}
	switch {
	case a.Disabled:
		v.Disable = path + "/enable"
	case a.ID != q.actor.AccountID:
		v.Disable = path + "/disable"
	}
	v.Password = []Field{v.Field(Field{Name: "password", Label: v.T("account.new_password"), Type: "password", Required: true, Hint: v.T("account.password_hint"), Autocomplete: "new-password"})}
	return nil
}
