package web

import (
	"fmt"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"datchuan/core"
	"datchuan/models"
)

// zone is the one time zone of the country; it has had no change of the clock since 1975.
const zone = "Asia/Ho_Chi_Minh"

// lessonStart is when the lessons of a half day usually begin, in minutes of the day; a lesson takes 45 minutes, and there is one break
// of a quarter of an hour.
var lessonStart = map[models.HalfDay]int{models.Morning: 7*60 + 30, models.Afternoon: 13*60 + 30, models.Evening: 18 * 60}

const (
	lessonMinutes = 45
	breakMinutes  = 15
	usualLessons  = 4 // of a half day whose lessons are not counted
)

// feedText writes a feed as RFC 5545 wants it: a class as whole days that take nobody's time, its sessions by the clock.
func feedText(feed core.Feed, origin string) string {
	cal := ics.NewCalendar()
	cal.SetProductId("-//Dat Chuan//Dat Chuan//VI")
	cal.SetCalscale("GREGORIAN")
	cal.SetXWRCalName(models.Word(feed.Lang, "calendar.name"))
	cal.SetXWRTimezone(zone)
	standard := cal.AddTimezone(zone).AddStandard()
	for _, line := range [][2]string{{"DTSTART", "19750613T000000"}, {"TZOFFSETFROM", "+0700"}, {"TZOFFSETTO", "+0700"}, {"TZNAME", "+07"}} {
		standard.SetProperty(ics.ComponentProperty(line[0]), line[1])
	}
	for _, c := range feed.Classes {
		e := classEvent(cal, feed, c, fmt.Sprintf("class-%d@%s.datchuan", c.Class.ID, feed.Office))
		e.SetSummary(calendarTitle(feed.Lang, c.Class.State, c.Class.Name))
		e.SetAllDayStartAt(c.Class.From.Time())
		e.SetAllDayEndAt(c.Class.To.Time()) // the day after the last one, as the standard counts too
		e.SetTimeTransparency(ics.TransparencyTransparent)
		e.SetDescription(calendarAbout(feed.Lang, c))
		e.SetURL(origin + classHref(c.Class.ID))
		for _, s := range c.Sessions {
			sessionEvent(cal, feed, c, s)
		}
	}
	return cal.Serialize(ics.WithNewLine("\r\n"))
}

// classEvent is an event with what all events of a class have in common.
func classEvent(cal *ics.Calendar, feed core.Feed, c core.CalendarClass, uid string) *ics.VEvent {
	e := cal.AddEvent(uid)
	e.SetDtStampTime(c.Changed.Time())
	e.SetLastModifiedAt(c.Changed.Time())
	e.SetSequence(int(c.Class.Version))
	e.SetStatus(calendarStatus(c.Class))
	if place := joined(", ", c.Venue, c.Class.Room); place != "" {
		e.SetLocation(place)
	}
	return e
}

func sessionEvent(cal *ics.Calendar, feed core.Feed, c core.CalendarClass, s models.Session) {
	e := classEvent(cal, feed, c, fmt.Sprintf("class-%d-%s-%s@%s.datchuan", c.Class.ID, s.Date, s.Part, feed.Office))
	title := models.Word(feed.Lang, "calendar.session", "class", c.Class.Name, "part", models.Word(feed.Lang, "part."+string(s.Part)))
	e.SetSummary(calendarTitle(feed.Lang, c.Class.State, title))
	if s.Topic != "" {
		e.SetDescription(s.Topic)
	}
	if place := joined(", ", c.Venue, s.Room); s.Room != "" {
		e.SetLocation(place)
	}
	lessons := s.Periods
	if lessons == 0 {
		lessons = usualLessons
	}
	start := s.Date.Time().Add(time.Duration(lessonStart[s.Part]) * time.Minute)
	end := start.Add(time.Duration(lessons*lessonMinutes+breakMinutes) * time.Minute)
	const local = "20060102T150405"
	e.SetProperty(ics.ComponentPropertyDtStart, start.Format(local), ics.WithTZID(zone))
	e.SetProperty(ics.ComponentPropertyDtEnd, end.Format(local), ics.WithTZID(zone))
}

// calendarStatus: a class that is given up stays to be seen as such; so does a postponed one, on days that hold no longer.
func calendarStatus(c models.Class) ics.ObjectStatus {
	switch {
	case c.State == models.ClassCancelled || c.State == models.ClassPostponed:
		return ics.ObjectStatusCancelled
	case c.Tentative() || slices.Contains([]models.ClassState{models.ClassDraft, models.ClassPlanned}, c.State):
		return ics.ObjectStatusTentative
	}
	return ics.ObjectStatusConfirmed
}

func calendarTitle(lang models.Lang, state models.ClassState, text string) string {
	switch state {
	case models.ClassCancelled:
		return models.Word(lang, "calendar.cancelled", "text", text)
	case models.ClassPostponed:
		return models.Word(lang, "calendar.postponed", "text", text)
	}
	return text
}

// calendarAbout says what a class is; no person stands in it.
func calendarAbout(lang models.Lang, c core.CalendarClass) string {
	lines := []string{models.Word(lang, "calendar.course", "text", c.Course)}
	if c.School != "" {
		lines = append(lines, models.Word(lang, "message.school", "text", c.School))
	}
	return strings.Join(append(lines, models.Word(lang, "calendar.state", "text", models.Word(lang, "class_state."+string(c.Class.State))),
		models.Word(lang, "calendar.seats", "taken", figure(int64(c.Class.Taken)), "seats", figure(int64(c.Class.Seats)))), "\n")
}
