package web

import (
	"net"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// Cookies says how this server sets cookies. Browsers keep Secure cookies on https and on http://localhost, and drop
// them silently on http to a LAN address; there the operator must have started the server with --insecure-lan.
type Cookies struct{ InsecureLAN bool }

// The names of the session cookie; the prefix __Host- binds it to this host, path / and Secure.
const (
	sessionCookie    = "__Host-datchuan"
	sessionCookieLAN = "datchuan-lan"
	languageCookie   = "lang"
)

// secure tells whether a browser will keep a Secure cookie of this request's host.
func secure(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// Usable tells whether a session can be kept on this request's address at all; if not, sign-in must explain itself
// instead of looping.
func (k Cookies) Usable(r *http.Request) bool { return secure(r) || k.InsecureLAN }

// name is the session cookie's name on this request's address.
func (k Cookies) name(r *http.Request) string {
	if secure(r) {
		return sessionCookie
	}
	return sessionCookieLAN
}

// Session reads the session token of a request, "" without one.
func (k Cookies) Session(r *http.Request) string {
	if !k.Usable(r) {
		return ""
	}
	ck, err := r.Cookie(k.name(r))
	if err != nil {
		return ""
	}
	return ck.Value
}

// SetSession gives the browser a session token until it is closed; an empty token takes it away.
func (k Cookies) SetSession(c *gin.Context, token string) {
	if !k.Usable(c.Request) {
		return
	}
	ck := &http.Cookie{Name: k.name(c.Request), Value: token, Path: "/", HttpOnly: true, Secure: secure(c.Request),
		SameSite: http.SameSiteLaxMode}
	if token == "" {
		ck.MaxAge = -1
	}
	http.SetCookie(c.Writer, ck)
}

// SetLanguage remembers the language for a year.
func (k Cookies) SetLanguage(c *gin.Context, lang string) {
	http.SetCookie(c.Writer, &http.Cookie{Name: languageCookie, Value: lang, Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, Secure: secure(c.Request), SameSite: http.SameSiteLaxMode})
}
