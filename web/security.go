package web

import (
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"

	"github.com/gin-gonic/gin"
)

// contentPolicy lets a page load only our own files; nothing inline, no frames, no plugins.
const contentPolicy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// requestIDKey is where the middleware keeps the id of a request in the gin context.
const requestIDKey = "request_id"

// RequestID is the id under which a request is logged and which an error page shows.
func RequestID(c *gin.Context) string { return c.GetString(requestIDKey) }

// Headers sets an id and the security headers on every answer. no-store is the default; static files overrule it.
func Headers() gin.HandlerFunc {
	return func(c *gin.Context) {
		id := rand.Text()
		c.Set(requestIDKey, id)
		h := c.Writer.Header()
		h.Set("X-Request-Id", id)
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store")
		if c.Request.TLS != nil {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		c.Next()
	}
}

// SameOrigin refuses unsafe requests that another site made the browser send. Browsers leave Sec-Fetch-Site out on
// plain http to a LAN address; there the Origin must be ours, and one of the two must be present unless the request
// carries no cookie at all (an API client with a token has no session to steal). deny writes the refusal.
func SameOrigin(deny gin.HandlerFunc) gin.HandlerFunc {
	protection := http.NewCrossOriginProtection()
	return func(c *gin.Context) {
		if err := protection.Check(c.Request); err != nil || !originProven(c.Request) {
			deny(c)
			c.Abort()
			return
		}
		c.Next()
	}
}

func originProven(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return true
	}
	if r.Header.Get("Sec-Fetch-Site") != "" || len(r.Cookies()) == 0 {
		return true
	}
	for _, name := range []string{"Origin", "Referer"} {
		if v := r.Header.Get(name); v != "" {
			u, err := url.Parse(v)
			return err == nil && u.Host == r.Host
		}
	}
	return false
}

// BodyLimit cuts request bodies off; reading beyond the limit fails with *http.MaxBytesError. large holds the routes
// (as registered) that take files, with their own limits.
func BodyLimit(limit int64, large map[string]int64, tooLarge gin.HandlerFunc) gin.HandlerFunc {
	return func(c *gin.Context) {
		allowed := limit
		if n, ok := large[c.FullPath()]; ok {
			allowed = n
		}
		if c.Request.ContentLength > allowed {
			c.Header("Connection", "close")
			tooLarge(c)
			c.Abort()
			return
		}
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, allowed)
		c.Next()
	}
}

// Recover turns a panic into the page of failed; the stack goes to the log, never to the browser.
func Recover(failed gin.HandlerFunc) gin.HandlerFunc {
	return func(c *gin.Context) {
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(p)
			}
			// The value of a panic may quote data of people: only its place is logged.
			slog.Error("panic", "request_id", RequestID(c), "route", c.FullPath(), "stack", string(debug.Stack()))
			if !c.Writer.Written() {
				failed(c)
			}
			c.Abort()
		}()
		c.Next()
	}
}
