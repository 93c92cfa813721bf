package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

// What everybody does with her own account: her password, and the tokens with which her programs come in.
func (s *server) ownRoutes() {
	s.get("/tokens", models.SignedIn, s.tokens)
	s.post("/tokens", models.SignedIn, s.createToken)
	s.post("/tokens/:id/revoke", models.SignedIn, s.revokeToken)
	s.post("/password", models.SignedIn, s.changePassword)
}

func (s *server) tokens(q *request) error {
	return s.showTokens(q, http.StatusOK, nil)
}

// showTokens shows one's own account with what is wrong in one of its two forms.
func (s *server) showTokens(q *request, status int, wrong error) error {
	list, err := s.core.Tokens(q.Request.Context(), q.actor)
	if err != nil {
		return err
	}
	v := &TokensPage{Page: q.base("nav.own_account"), Rows: q.tokenRows(list)}
	v.Fail(wrong)
	if v.Flash != nil && strings.Contains(v.Flash.Secret, calendarPrefix) {
		v.FreshCalendar = v.Flash.Secret
	} else if v.Flash != nil {
		v.Fresh = v.Flash.Secret
	}
	if err := q.fillReached(v); err != nil {
		return err
	}
	days := q.text("expires")
	if days == "" {
		days = models.DateOf(s.core.Now().Time().In(models.Hanoi)).AddDays(tokenDays).VN()
	}
	v.Fields = []Field{v.Field(Field{Name: "name", Label: v.T("token.name"), Value: q.text("name"), Required: true, MaxLength: 80, Hint: v.T("token.name_hint"), Autocomplete: "off"}),
		v.Field(Field{Name: "expires", Label: v.T("token.expires"), Type: "date", Value: days, Required: true, Hint: v.T("token.expires_hint")})}
	v.PermissionsE = v.errorOf("permissions")
	for _, p := range models.Permissions() {
		if p != models.SignedIn && q.actor.May(p) {
			v.Permissions = append(v.Permissions, Option{Value: string(p), Label: v.Word("permission." + string(p)), Selected: slices.Contains(q.Request.PostForm["permissions"], string(p))})
		}
	}
	v.Password = []Field{
		v.Field(Field{Name: "old_password", Label: v.T("account.old_password"), Type: "password", Required: true, Autocomplete: "current-password"}),
		v.Field(Field{Name: "password", Label: v.T("account.new_password"), Type: "password", Required: true, Hint: v.T("account.password_hint"), Autocomplete: "new-password"}),
		v.Field(Field{Name: "password_again", Label: v.T("account.password_again"), Type: "password", Required: true, Autocomplete: "new-password"}),
	}
	s.render.HTML(q.Context, status, "tokens", v)
	return nil
}

// fillReached is how she is reached: by mail, and by her calendar program.
func (q *request) fillReached(v *TokensPage) error {
	ctx := q.Request.Context()
	email, err := q.s.core.OwnEmail(ctx, q.actor)
	if err != nil {
		return err
	}
	if q.FullPath() == "/email" {
		email = q.text("email")
	}
	v.Email = v.Field(Field{Name: "email", Label: v.T("account.email"), Type: "email", Value: email, MaxLength: 200, Autocomplete: "email"})
	if !q.actor.May(models.ClassesRead) {
		return nil
	}
	feed, err := q.s.core.CalendarOf(ctx, q.actor)
	v.Calendar = &CalendarView{Since: moment(feed.CreatedAt), Used: moment(feed.UsedAt)}
	return err
}

// CalendarView is the calendar feed of an account; without Since there is none.
type CalendarView struct{ Since, Used string }

// tokenDays is how long a token is proposed to live.
const tokenDays = 90

func (q *request) tokenRows(list []core.Token) []TokenRow {
	var out []TokenRow
	for _, t := range list {
		var may []string
		for _, p := range t.Permissions {
			may = append(may, models.Word(q.lang, "permission."+string(p)))
		}
		out = append(out, TokenRow{ID: t.ID, Name: t.Name, Prefix: t.Prefix, Scope: strings.Join(may, "; "), Expires: moment(t.ExpiresAt), LastUse: moment(t.UsedAt),
			Revoked: t.RevokedAt != 0, Expired: t.ExpiresAt <= q.s.core.Now()})
	}
	return out
}

func (s *server) createToken(q *request) error {
	var may []models.Permission
	for _, p := range q.Request.PostForm["permissions"] {
		may = append(may, models.Permission(p))
	}
	expires := q.day("expires")
	if err := q.findings(); err != nil {
		return s.showTokens(q, http.StatusUnprocessableEntity, err)
	}
	secret, t, err := s.core.CreateToken(q.Request.Context(), q.actor, q.text("name"), may, expires)
	if models.KindOf(err) == models.Invalid {
		return s.showTokens(q, http.StatusUnprocessableEntity, err)
	} else if err != nil {
		return err
	}
	q.to, q.flash = "/tokens", &Flash{Kind: "ok", Text: word(q.lang, "token.made", "name", t.Name), Secret: secret}
	return nil
}

// revokeToken ends a token: one's own, or another's on the page of her account.
func (s *server) revokeToken(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	if err := s.core.RevokeToken(q.Request.Context(), q.actor, id); err != nil {
		return err
	}
	if back := q.number("account"); back != 0 && q.actor.May(models.AccountsManage) {
		return q.goTo(fmt.Sprintf("/accounts/%d", back), "token.revoke_done")
	}
	return q.goTo("/tokens", "token.revoke_done")
}

// changePassword ends all sessions of the account and opens a new one for this browser.
func (s *server) changePassword(q *request) error {
	ctx, fresh := q.Request.Context(), q.Request.PostForm.Get("password")
	if fresh != q.Request.PostForm.Get("password_again") {
		return s.showTokens(q, http.StatusUnprocessableEntity, models.Fail(models.Invalid, "form.password_again", "password_again"))
	}
	err := s.core.ChangePassword(ctx, q.actor, q.Request.PostForm.Get("old_password"), fresh)
	if models.KindOf(err) == models.Invalid {
		return s.showTokens(q, http.StatusUnprocessableEntity, err)
	} else if err != nil {
		return err
	}
	token, _, err := s.core.Login(ctx, q.actor.Login, fresh, q.ClientIP())
	if err != nil {
		return err
	}
	s.cookies.SetSession(q.Context, token)
	return q.goTo("/tokens", "token.password_changed")
}
