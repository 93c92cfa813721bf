package web

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"datchuan/models"
)

const freshPassword = "mưa rơi trên bến cũ 2013"

// hidden is the value of an input that a page carries.
func (p page) hidden(name string) string {
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(p.html)
	if m == nil {
		return ""
	}
	return m[1]
}

func TestAccountIsMadeOnce(t *testing.T) {
	w := newSite(t)
	v := w.as("quan-tri")
	form := v.get("/accounts/new")
	w.want(form, http.StatusOK, "xã Mỹ Thủy, huyện Lệ Thủy")
	unit := fmt.Sprint(w.actor("le-thuy").UnitID)
	typed := []string{"_key", form.hidden("_key"), "name", "Trần Thị Mới", "login", "moi.lethuy", "password", "ngắn", "role", "district_officer", "unit_id", unit, "language", "vi"}
	w.want(v.post("/accounts", typed...), http.StatusUnprocessableEntity, `value="Trần Thị Mới"`, `id="e-password"`, `value="`+unit+`" selected`)
	typed[7] = freshPassword
	first := v.post("/accounts", typed...)
	again := v.post("/accounts", typed...)
	if first.status != http.StatusSeeOther || again.status != http.StatusSeeOther {
		t.Fatalf("%d %d %s", first.status, again.status, again.text())
	}
	if got := v.follow(again); strings.Count(got.html, "moi.lethuy") != 1 || strings.Contains(got.html, freshPassword) {
		t.Error(got.text())
	}
	w.want(v.post("/accounts", append(typed[2:], "name", "Hai")...), http.StatusUnprocessableEntity, `id="e-login"`)
	if got := w.anybody().post("/login", "login", "moi.lethuy", "password", freshPassword); got.status != http.StatusSeeOther {
		t.Errorf("the new account can't sign in: %d", got.status)
	}
}

func TestAccountIsClosedAndOpened(t *testing.T) {
	w := newSite(t)
	v, her := w.as("quan-tri"), w.as("le-thuy")
	path := accountPath(w.actor("le-thuy").AccountID)
	form := v.get(path)
	w.want(form, http.StatusOK, path+"/disable", path+"/end")
	if got := v.follow(v.post(path+"/disable", "etag", form.hidden("etag"))); !strings.Contains(got.html, path+"/enable") {
		t.Error(got.text())
	}
	if got := her.get("/help"); got.status != http.StatusSeeOther {
		t.Errorf("her session lives: %d", got.status)
	}
	w.want(v.post(path+"/enable", "etag", form.hidden("etag")), http.StatusPreconditionFailed)
	v.follow(v.post(path+"/enable", "etag", v.get(path).hidden("etag")))
	her = w.as("le-thuy")
	v.follow(v.post(path + "/end"))
	if got := her.get("/help"); got.status != http.StatusSeeOther {
		t.Errorf("signed out everywhere: %d", got.status)
	}
	w.want(v.post(path+"/password", "password", "ngắn"), http.StatusUnprocessableEntity, `id="e-password"`)
	v.follow(v.post(path+"/password", "password", freshPassword))
	if got := w.anybody().post("/login", "login", "le-thuy", "password", freshPassword); got.status != http.StatusSeeOther {
		t.Errorf("the new password: %d", got.status)
	}
	own := v.get(accountPath(w.actor("quan-tri").AccountID))
	if strings.Contains(own.html, "/disable") {
		t.Error("an administrator is offered to lock herself out")
	}
}

// Two administrators at one account: the second sees what the first saved, and her own text is kept.
func TestAccountSavedMeanwhile(t *testing.T) {
	w := newSite(t)
	v := w.as("quan-tri")
	path := accountPath(w.actor("le-thuy").AccountID)
	seen := v.get(path).hidden("etag")
	form := func(name, etag string) []string {
		return []string{"name", name, "role", "district_officer", "unit_id", fmt.Sprint(w.actor("le-thuy").UnitID), "language", "vi", "etag", etag}
	}
	v.follow(v.post(path, form("Tên Một", seen)...))
	got := v.post(path, form("Tên Hai", seen)...)
	w.want(got, http.StatusPreconditionFailed, `value="Tên Hai"`, "Tên Một")
	v.follow(v.post(path, form("Tên Hai", got.hidden("etag"))...))
	w.want(v.get("/accounts"), http.StatusOK, "Tên Hai")
	w.want(v.post(path, form("", v.get(path).hidden("etag"))...), http.StatusUnprocessableEntity, `id="e-name"`)
}

func TestAccountsAreForAdministrators(t *testing.T) {
	w := newSite(t)
	for _, login := range []string{"ban-to-chuc", "xem-tinh", "le-thuy", "xa-my-thuy"} {
		for _, path := range []string{"/accounts", "/accounts/new", "/accounts/1"} {
			w.want(w.as(login).get(path), http.StatusForbidden)
		}
	}
	w.want(w.as("quan-tri").get("/accounts/999999"), http.StatusNotFound)
}

func TestOwnPassword(t *testing.T) {
	w := newSite(t)
	v, elsewhere := w.as("le-thuy"), w.as("le-thuy")
	old := w.logins["le-thuy"].Password
	w.want(v.post("/password", "old_password", old, "password", freshPassword, "password_again", "khác"), http.StatusUnprocessableEntity, `id="e-password_again"`)
	w.want(v.post("/password", "old_password", "sai", "password", freshPassword, "password_again", freshPassword), http.StatusUnprocessableEntity, `id="e-old_password"`)
	got := v.follow(v.post("/password", "old_password", old, "password", freshPassword, "password_again", freshPassword))
	w.want(got, http.StatusOK, `role="status"`)
	if got := elsewhere.get("/help"); got.status != http.StatusSeeOther {
		t.Errorf("the other browser is still signed in: %d", got.status)
	}
}

func TestTokens(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	form := v.get("/tokens")
	if strings.Contains(form.html, `value="accounts.manage"`) {
		t.Error("a token is offered what her role may not")
	}
	day := models.DateOf(time.Date(2013, 4, 1, 0, 0, 0, 0, time.UTC)).VN()
	w.want(v.post("/tokens", "name", "Báo cáo", "expires", "31/02/2013"), http.StatusUnprocessableEntity, `value="Báo cáo"`, `id="e-expires"`)
	w.want(v.post("/tokens", "name", "Báo cáo", "expires", day), http.StatusUnprocessableEntity, `class="field radio wrong"`)
	typed := []string{"_key", form.hidden("_key"), "name", "Báo cáo", "expires", day, "permissions", "gaps.read", "permissions", "export"}
	v.post("/tokens", typed...)
	made := v.follow(v.post("/tokens", typed...))
	secret := regexp.MustCompile(`id="fresh">(dc_[^<]+)<`).FindStringSubmatch(made.html)
	if secret == nil {
		t.Fatalf("no secret: %s", made.text())
	}
	if got := v.get("/tokens"); strings.Contains(got.html, secret[1]) || strings.Count(got.html, "/revoke") != 1 {
		t.Error("the secret is shown again, or the token was made twice")
	}
	if _, err := w.core.ActorByToken(context.Background(), secret[1]); err != nil {
		t.Error(err)
	}
	revoke := regexp.MustCompile(`/tokens/\d+/revoke`).FindString(made.html)
	w.want(w.as("dong-hoi").post(revoke), http.StatusNotFound)
	v.follow(v.post(revoke))
	if _, err := w.core.ActorByToken(context.Background(), secret[1]); models.KindOf(err) != models.Unauthorized {
		t.Errorf("a revoked token: %v", err)
	}
}
