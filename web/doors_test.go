package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestSignInAndOut(t *testing.T) {
	w := newSite(t)
	v := w.anybody()
	if got := v.get("/help?x=1"); got.status != http.StatusSeeOther || got.location != "/login?next="+url.QueryEscape("/help?x=1") {
		t.Fatalf("a stranger is led to the door: %d %s", got.status, got.location)
	}
	w.want(v.post("/login", "login", "le-thuy", "password", "sai rồi"), http.StatusUnauthorized, `value="le-thuy"`, `id="summary"`)
	l := w.logins["le-thuy"]
	got := v.post("/login", "login", l.Login, "password", l.Password, "next", "/help")
	if got.status != http.StatusSeeOther || got.location != "/help" {
		t.Fatalf("signed in: %d %s", got.status, got.location)
	}
	for _, evil := range []string{"//evil.example", "https://evil.example", `/\evil.example`, "evil"} {
		if got := w.anybody().post("/login", "login", l.Login, "password", l.Password, "next", evil); got.location != "/" {
			t.Errorf("next %q leads to %q", evil, got.location)
		}
	}
	w.want(v.get("/help"), http.StatusOK, "Lệ Thủy")
	old := v.cookies[sessionCookie]
	v.post("/logout")
	v.cookies[sessionCookie] = old
	if got := v.get("/help"); got.status != http.StatusSeeOther {
		t.Errorf("the session lives after signing out: %d", got.status)
	}
}

// A form that is sent after the session has run out is kept, without its passwords.
func TestExpiredFormIsKept(t *testing.T) {
	w := newSite(t)
	got := w.anybody().post("/password", "old", "cũ", "password", "mới", "note", "Chị <Hoa>")
	w.want(got, http.StatusUnauthorized, `name="note" value="Chị &lt;Hoa&gt;"`, `action="/password"`)
	if strings.Contains(got.html, "mới") || strings.Contains(got.html, "cũ") {
		t.Error("passwords are shown")
	}
}

func TestLanguage(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	if got := v.post("/language", "lang", "en", "back", "//evil.example"); got.location != "/" {
		t.Errorf("leads to %q", got.location)
	}
	w.want(v.get("/help"), http.StatusOK, `<html lang="en">`)
	delete(v.cookies, languageCookie)
	w.want(v.get("/help"), http.StatusOK, `<html lang="en">`) // remembered with the account
	w.want(v.post("/language", "lang", "xx"), http.StatusUnprocessableEntity)
}

func TestFirstStart(t *testing.T) {
	w := emptySite(t)
	token, err := w.core.SetupToken(context.Background())
	if err != nil || token == "" {
		t.Fatalf("%q %v", token, err)
	}
	v := w.anybody()
	w.want(v.get("/setup?token="+token), http.StatusOK, `value="`+token+`"`)
	form := []string{"token", token, "name", "Quản trị", "login", "quan-tri", "password", "mưa rơi trên bến cũ 2013", "map", "quang-binh"}
	w.want(v.post("/setup", append(form, "password_again", "khác")...), http.StatusUnprocessableEntity, `value="quan-tri"`)
	w.want(v.post("/setup", append(form, "password", "ngắn", "password_again", "ngắn")...), http.StatusUnprocessableEntity)
	if got := v.post("/setup", append(form, "password_again", "mưa rơi trên bến cũ 2013")...); got.location != "/login" {
		t.Fatalf("%d %s", got.status, got.text())
	}
	w.want(v.post("/setup", append(form, "password_again", "mưa rơi trên bến cũ 2013")...), http.StatusNotFound)
	if got := v.post("/login", "login", "quan-tri", "password", "mưa rơi trên bến cũ 2013"); got.status != http.StatusSeeOther {
		t.Fatalf("sign in: %d", got.status)
	}
	w.want(v.get("/units"), http.StatusOK, "Quảng Bình")
}

// A province of another name starts with itself alone; without a name nothing is made, and the token still holds.
func TestFirstStartElsewhere(t *testing.T) {
	w := emptySite(t)
	token, err := w.core.SetupToken(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	v := w.anybody()
	form := []string{"token", token, "name", "Quản trị", "login", "quan-tri", "password", "mưa rơi trên bến cũ 2013", "password_again", "mưa rơi trên bến cũ 2013", "map", "province"}
	w.want(v.post("/setup", form...), http.StatusUnprocessableEntity, `value="quan-tri"`, "e-province")
	if got := v.post("/setup", append(form, "province", "Hà Tĩnh")...); got.location != "/login" {
		t.Fatalf("%d %s", got.status, got.text())
	}
	v.post("/login", "login", "quan-tri", "password", "mưa rơi trên bến cũ 2013")
	w.want(v.get("/units"), http.StatusOK, "Hà Tĩnh")
}

func TestStrangerForms(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	v.header.Set("Sec-Fetch-Site", "cross-site")
	w.want(v.post("/logout"), http.StatusForbidden)
	v.header.Del("Sec-Fetch-Site")
	v.header.Set("Origin", "http://evil.example")
	w.want(v.post("/logout"), http.StatusForbidden)
	v.header.Set("Origin", "http://localhost")
	if got := v.post("/logout"); got.status != http.StatusSeeOther {
		t.Errorf("our own form: %d", got.status)
	}
	w.want(v.post("/language", "lang", "vi", "back", "/\x00"), http.StatusUnprocessableEntity)
	w.want(v.get("/nowhere"), http.StatusNotFound)
}
