package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"datchuan/models"
)

func (s *server) calendarRoutes() {
	s.get("/calendar/:file", models.Public, s.calendarFeed)
	s.post("/calendar", models.ClassesRead, s.renewCalendar)
	s.post("/calendar/revoke", models.ClassesRead, s.revokeCalendar)
	s.post("/email", models.SignedIn, s.saveEmail)
}

// calendarPrefix begins the path of a feed.
const calendarPrefix = "/calendar/"

// calendarFeed is what a calendar program asks for: who has the address needs no login.
func (s *server) calendarFeed(q *request) error {
	secret, ok := strings.CutSuffix(q.Param("file"), ".ics")
	if !ok {
		return models.Fail(models.NotFound, "not_found", "")
	}
	feed, err := s.core.Calendar(q.Request.Context(), secret, q.ClientIP())
	if err != nil {
		return err
	}
	text := feedText(feed, q.origin())
	sum := sha256.Sum256([]byte(text))
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	q.Header("ETag", tag)
	q.Header("Cache-Control", "private, no-cache")
	if q.GetHeader("If-None-Match") == tag {
		q.Status(http.StatusNotModified)
		return nil
	}
	q.Header("Content-Disposition", `inline; filename="lop.ics"`)
	q.Data(http.StatusOK, "text/calendar; charset=utf-8", []byte(text))
	return nil
}

// origin is the address of the whole site, as it was asked for.
func (q *request) origin() string {
	if q.s.opt.BaseURL != "" {
		return q.s.opt.BaseURL
	}
	if q.Request.TLS != nil {
		return "https://" + q.Request.Host
	}
	return "http://" + q.Request.Host
}

func (s *server) renewCalendar(q *request) error {
	secret, err := s.core.RenewCalendar(q.Request.Context(), q.actor)
	if err != nil {
		return err
	}
	q.to, q.flash = "/tokens", &Flash{Kind: "ok", Text: word(q.lang, "calendar.made"), Secret: q.origin() + calendarPrefix + secret + ".ics"}
	return nil
}

func (s *server) revokeCalendar(q *request) error {
	if err := s.core.RevokeCalendar(q.Request.Context(), q.actor); err != nil {
		return err
	}
	return q.goTo("/tokens", "calendar.revoked")
}

func (s *server) saveEmail(q *request) error {
	err := s.core.SetEmail(q.Request.Context(), q.actor, q.text("email"))
	if models.KindOf(err) == models.Invalid {
		return s.showTokens(q, http.StatusUnprocessableEntity, err)
	} else if err != nil {
		return err
	}
	return q.goTo("/tokens", "account.email_saved")
}
