package core

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"datchuan/models"
)

func TestTokenNarrowsItsOwner(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		_, district, _, _ := accessUnits(t, c)
		_, officer := accessLogin(t, c, "officer", models.DistrictOfficer, district)
		secret, made, err := c.CreateToken(ctx, officer, " Bảng tính ", []models.Permission{models.GapsRead, models.Export, models.GapsRead}, 20140301)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(secret, "dc_") || len(secret) < 46 || made.Name != "Bảng tính" || len(made.Permissions) != 2 {
			t.Fatalf("%d characters, %+v", len(secret), made)
		}
		var stored []Token
		if err := c.write.Find(&stored).Error; err != nil || len(stored) != 1 {
			t.Fatal(err)
		}
		var logged []Audit
		if err := c.write.Find(&logged).Error; err != nil {
			t.Fatal(err)
		}
		if text, err := json.Marshal([]any{stored, logged}); err != nil || strings.Contains(string(text), secret) || strings.Contains(string(text), stored[0].TokenHash) {
			t.Error("the secret or its hash leaks")
		}
		actor, err := c.ActorByToken(ctx, secret)
		if err != nil || !actor.Token || actor.Path != officer.Path || actor.AccountID != officer.AccountID {
			t.Fatalf("%+v %v", actor, err)
		}
		for p, want := range map[models.Permission]bool{models.GapsRead: true, models.Export: true, models.CadresRead: false,
			models.CadresWrite: false, models.AccountsManage: false, models.SignedIn: true} {
			if actor.May(p) != want {
				t.Errorf("%s: %v", p, !want)
			}
		}
		_, _, err = c.CreateToken(ctx, actor, "child", []models.Permission{models.GapsRead}, 20140301)
		wantCode(t, "a token makes tokens", err, models.Forbidden, "auth.forbidden")
		wantCode(t, "a token changes the password", c.ChangePassword(ctx, actor, accessPassword, accessPassword+"x"), models.Forbidden, "auth.forbidden")

		// Stored as JSON null, a list of permissions would read as no limit.
		if err := c.write.Table("tokens").Where("id = ?", made.ID).Update("permissions", "null").Error; err != nil {
			t.Fatal(err)
		}
		if actor, err = c.ActorByToken(ctx, secret); err != nil || actor.May(models.GapsRead) || actor.Limit == nil {
			t.Errorf("a token without permissions may: %+v %v", actor, err)
		}
	})
}

func TestTokenRules(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		_, district, _, _ := accessUnits(t, c)
		_, officer := accessLogin(t, c, "officer", models.DistrictOfficer, district)
		gaps := []models.Permission{models.GapsRead}
		for what, tc := range map[string]struct {
			name    string
			perms   []models.Permission
			expires models.Date
			code    string
		}{
			"no name":            {" ", gaps, 20140301, "token.name"},
			"not hers to give":   {"x", []models.Permission{models.AccountsManage}, 20140301, "token.permission"},
			"no such permission": {"x", []models.Permission{"all"}, 20140301, "token.permission"},
			"nothing":            {"x", nil, 20140301, "token.permission_needed"},
			"yesterday":          {"x", gaps, 20130228, "token.expires"},
			"more than a year":   {"x", gaps, 20140302, "token.expires"},
			"for ever":           {"x", gaps, models.Forever, "token.expires"},
			"no date":            {"x", gaps, 0, "token.expires"},
			"31 February":        {"x", gaps, 20130231, "token.expires"},
		} {
			_, _, err := c.CreateToken(ctx, officer, tc.name, tc.perms, tc.expires)
			wantCode(t, what, err, models.Invalid, tc.code)
		}
	})
}

func TestTokenEnds(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		_, district, _, other := accessUnits(t, c)
		_, admin := accessLogin(t, c, "admin", models.Administrator, 0)
		_, officer := accessLogin(t, c, "officer", models.DistrictOfficer, district)
		_, stranger := accessLogin(t, c, "stranger", models.DistrictOfficer, other)
		make := func() (string, Token) {
			secret, made, err := c.CreateToken(ctx, officer, "x", []models.Permission{models.GapsRead}, 20130302)
			if err != nil {
				t.Fatal(err)
			}
			return secret, made
		}
		dead := func(what, secret string) {
			t.Helper()
			_, err := c.ActorByToken(ctx, secret)
			wantCode(t, what, err, models.Unauthorized, "auth.token")
		}
		one, first := make()
		two, second := make()
		three, _ := make()
		wantCode(t, "somebody else's", c.RevokeToken(ctx, stranger, first.ID), models.NotFound, "not_found")
		wantCode(t, "no such", c.RevokeToken(ctx, admin, 9999), models.NotFound, "not_found")
		if own, err := c.Tokens(ctx, stranger); err != nil || len(own) != 0 {
			t.Errorf("a stranger sees %d tokens: %v", len(own), err)
		}
		if own, err := c.Tokens(ctx, officer); err != nil || len(own) != 3 {
			t.Errorf("%d of her tokens: %v", len(own), err)
		}
		if _, err := c.AccountTokens(ctx, stranger, officer.AccountID); models.KindOf(err) != models.Forbidden {
			t.Errorf("%v", err)
		}
		if err := c.RevokeToken(ctx, officer, first.ID); err != nil {
			t.Fatal(err)
		}
		dead("revoked by herself", one)
		if err := c.RevokeToken(ctx, admin, second.ID); err != nil {
			t.Fatal(err)
		}
		dead("revoked by the administrator", two)
		for _, strange := range []string{"", "dc_", three + "x", strings.TrimPrefix(three, "dc_")} {
			dead("strange secret", strange)
		}
		a, err := c.Account(ctx, admin, officer.AccountID)
		if err != nil {
			t.Fatal(err)
		}
		edit := AccountEdit{Name: a.Name, Role: a.Role, UnitID: a.UnitID, Language: a.Language, Disabled: true}
		if a, err = c.UpdateAccount(ctx, admin, a.ID, a.Version, edit); err != nil {
			t.Fatal(err)
		}
		dead("owner disabled", three)
		edit.Disabled = false
		if _, err = c.UpdateAccount(ctx, admin, a.ID, a.Version, edit); err != nil {
			t.Fatal(err)
		}
		accessLater(c, 39*time.Hour-time.Minute) // 2013-03-02 22:59 in Vietnam: the last day is whole
		if _, err := c.ActorByToken(ctx, three); err != nil {
			t.Errorf("on its last day: %v", err)
		}
		accessLater(c, 61*time.Minute)
		dead("expired", three)
	})
}
