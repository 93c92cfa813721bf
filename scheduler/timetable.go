package scheduler

import (
	"time"

	"datchuan/models"
)

// Days are the stretches in which a class takes its learners' time: runs of days with sessions (by date), a weekend between
// two of them bridged; without sessions the whole class, without dates none.
func Days(class models.Class, sessions []models.Session) []models.Span {
	if len(sessions) == 0 {
		if class.From == 0 {
			return nil
		}
		return []models.Span{{From: class.From, To: class.To}}
	}
	var out []models.Span
	for _, s := range sessions {
		next := s.Date.AddDays(1)
		if n := len(out); n > 0 && s.Date <= out[n-1].To.AddDays(2) {
			out[n-1].To = max(out[n-1].To, next)
			continue
		}
		out = append(out, models.Span{From: s.Date, To: next})
	}
	return out
}

// Timetable proposes the sessions of a class: mornings and afternoons of working days from its first day on, with the
// periods of the course spread over them. off tells which days are not to be used. A course of several blocks meets in as
// many runs, spread evenly up to the last day of the class.
func Timetable(course models.Course, class models.Class, off func(models.Date) bool) []models.Session {
	if class.From == 0 || course.Days < 1 || course.Blocks < 1 {
		return nil
	}
	perBlock := (course.Days + course.Blocks - 1) / course.Blocks
	length := DaysBetween(class.From, class.To)
	var out []models.Session
	left, at := course.Days, class.From
	for block := 1; block <= course.Blocks && left > 0; block++ {
		at = max(at, class.From.AddDays((block-1)*length/course.Blocks))
		for n := 0; n < perBlock && left > 0 && at < class.To; at = at.AddDays(1) {
			if weekend(at) || off(at) {
				continue
			}
			out = append(out, models.Session{Date: at, Part: models.Morning, Block: block}, models.Session{Date: at, Part: models.Afternoon, Block: block})
			n, left = n+1, left-1
		}
	}
	for i := range out { // nearly equal parts that add up to the whole
		out[i].Periods = course.Periods*(i+1)/len(out) - course.Periods*i/len(out)
	}
	return out
}

// DaysBetween is the number of days from one date to another, negative backwards.
func DaysBetween(from, to models.Date) int { return int(to.Time().Sub(from.Time()) / (24 * time.Hour)) }

func weekend(d models.Date) bool {
	day := d.Time().Weekday()
	return day == time.Saturday || day == time.Sunday
}
