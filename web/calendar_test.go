package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"datchuan/core"
	"datchuan/models"
)

// feedOf makes a feed and returns its path.
func (w *site) feedOf(login string) string {
	w.t.Helper()
	v := w.as(login)
	got := v.follow(v.post("/calendar"))
	found := regexp.MustCompile(`<code id="feed">http://[^/]+(/calendar/[\w-]+\.ics)</code>`).FindStringSubmatch(got.html)
	if found == nil {
		w.t.Fatalf("no address: %d %.400s", got.status, got.text())
	}
	return found[1]
}

func (w *site) ask(path, tag string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if tag != "" {
		r.Header.Set("If-None-Match", tag)
	}
	rec := httptest.NewRecorder()
	w.engine.ServeHTTP(rec, r)
	return rec
}

func TestCalendarFeed(t *testing.T) {
	w := newClassSite(t)
	w.enrol(w.class, w.chairs[0])
	off := w.open("Lớp bị hủy, có dấu phẩy; và chấm phẩy", 2)
	w.move(off, core.ClassStep{To: models.ClassCancelled, Reason: "Chị Nguyễn Thị Lý Do ốm"})
	path := w.feedOf("le-thuy")
	got := w.ask(path, "")
	if got.Code != http.StatusOK || got.Header().Get("Content-Type") != "text/calendar; charset=utf-8" {
		t.Fatalf("%d %v", got.Code, got.Header())
	}
	text := got.Body.String()
	w.wellFormed(text)
	cal, err := ics.ParseCalendar(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	events := map[string]*ics.VEvent{}
	for _, e := range cal.Events() {
		if events[e.Id()] != nil || e.GetProperty(ics.ComponentPropertyDtstamp) == nil {
			t.Errorf("%s twice, or without a stamp", e.Id())
		}
		events[e.Id()] = e
	}
	find := func(part string) *ics.VEvent {
		for id, e := range events {
			if strings.HasPrefix(id, part) {
				return e
			}
		}
		t.Fatalf("no event %s in\n%s", part, text)
		return nil
	}
	value := func(e *ics.VEvent, name ics.ComponentProperty) string { return e.GetProperty(name).Value }
	class := find(fmt.Sprintf("class-%d@", w.class.ID))
	if value(class, "DTSTART") != "20130225" || value(class, "DTEND") != "20130302" || class.GetProperty("DTSTART").ICalParameters["VALUE"][0] != "DATE" || value(class, "STATUS") != "CONFIRMED" {
		t.Errorf("the class: %+v", class.Properties)
	}
	session := find(fmt.Sprintf("class-%d-2013-02-25-S@", w.class.ID))
	if start, err := session.GetStartAt(); err != nil || !start.Equal(time.Date(2013, 2, 25, 0, 30, 0, 0, time.UTC)) || session.GetProperty("DTSTART").ICalParameters["TZID"][0] != zone {
		t.Errorf("a session begins at %v, %v", start, err)
	}
	gone := find(fmt.Sprintf("class-%d@", off.ID))
	if value(gone, "STATUS") != "CANCELLED" || !strings.HasPrefix(value(gone, "SUMMARY"), "[Hủy] Lớp bị hủy, có dấu phẩy; và") {
		t.Errorf("cancelled: %+v", gone.Properties)
	}
	for _, never := range []string{w.nameOf("le-thuy", w.chairs[0]), "Lý Do", "CONTACT", "ATTENDEE", "ORGANIZER"} {
		if strings.Contains(strings.ReplaceAll(text, "\r\n ", ""), never) {
			t.Errorf("the feed tells %s", never)
		}
	}
	w.feedHolds(path, got)
}

// wellFormed: lines end with CRLF and hold 75 octets at most, whole letters each.
func (w *site) wellFormed(text string) {
	w.t.Helper()
	folded := 0
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || strings.ToValidUTF8(line, "") != line {
			w.t.Errorf("line of %d octets: %q", len(line), line)
		}
		if strings.HasPrefix(line, " ") {
			folded++
		}
	}
	if folded == 0 || !strings.HasPrefix(text, "BEGIN:VCALENDAR\r\n") || !strings.HasSuffix(text, "END:VCALENDAR\r\n") || !strings.Contains(text, "BEGIN:VTIMEZONE\r\nTZID:"+zone) {
		w.t.Errorf("%d folded lines in\n%s", folded, text)
	}
}

// feedHolds: the same feed is the same bytes; an unknown or revoked address reads as nothing; who asks too often waits.
func (w *classSite) feedHolds(path string, first *httptest.ResponseRecorder) {
	w.t.Helper()
	if again := w.ask(path, first.Header().Get("ETag")); again.Code != http.StatusNotModified || again.Body.Len() > 0 {
		w.t.Errorf("unchanged: %d", again.Code)
	}
	for _, bad := range []string{"/calendar/x.ics", "/calendar/x", strings.TrimSuffix(path, ".ics")} {
		if got := w.ask(bad, ""); got.Code != http.StatusNotFound {
			w.t.Errorf("%s: %d", bad, got.Code)
		}
	}
	v := w.as("le-thuy")
	w.want(v.get("/tokens"), http.StatusOK, "Đang dùng địa chỉ tạo lúc")
	w.want(v.follow(v.post("/calendar/revoke")), http.StatusOK, "Đã thu hồi địa chỉ lịch")
	if got := w.ask(path, ""); got.Code != http.StatusNotFound {
		w.t.Errorf("revoked: %d", got.Code)
	}
	refused := 0
	for range 80 {
		if w.ask("/calendar/x.ics", "").Code == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused == 0 || refused == 80 {
		w.t.Errorf("%d of 80 refused", refused)
	}
	if strings.Contains(w.log.String(), strings.TrimPrefix(path, "/calendar/")) {
		w.t.Error("the address stands in the log")
	}
}
