package scheduler

import (
	"slices"

	"datchuan/models"
)

// Busy is a class that takes somebody's time. Days are its days, half-open stretches, one per run.
type Busy struct {
	ClassID int64
	Class   string // name
	Days    []models.Span
	Seat    models.SeatState // "" = only nominated
}

// Candidate is somebody who may be nominated, with all that the check may look at.
type Candidate struct {
	CadreID    int64
	Positions  []string // held on the first day of the class
	Succession []string // posts she is in quy hoạch for
	Areas      []models.AreaFlag
	Levels     map[models.QualKind]int // highest level on each line, rejected papers left out; absent = not known
	Graduated  []string                // courses she has passed
	Busy       []Busy                  // other classes that she is seated in, waits for or was nominated to
	Here       models.SeatState        // her seat in this very class
	Requested  bool                    // an open request for this class
	Studying   bool                    // a study under way on a line that the course grants
	MatePost   string                  // the post of the other chair of her commune
	MateAway   []Busy                  // long classes that the other chair is seated in
	Gone       bool                    // her record was merged or removed
	Outside    bool                    // not below the unit that holds the class
}

// Nomination tells what stands in the way of a candidate for a class: problems that forbid it, and warnings that may be
// overridden with a reason. days are those of the class.
func Nomination(course models.Course, days []models.Span, c Candidate) []models.Obstacle {
	var out []models.Obstacle
	add := func(list ...models.Obstacle) {
		for _, p := range list {
			p.CadreID = c.CadreID
			out = append(out, p)
		}
	}
	switch {
	case c.Gone:
		add(models.Block("nominate.not_active"))
	case c.Outside:
		add(models.Block("nominate.out_of_class"))
	}
	switch {
	case c.Here.Alive():
		add(models.Block("nominate.already_in"))
	case c.Requested:
		add(models.Block("nominate.already_sent"))
	}
	add(needs(course, c)...)
	add(clashes(days, c.Busy, "nominate.clash")...)
	if !target(course, c) {
		add(models.Warn("nominate.not_target"))
	}
	if len(course.Areas) > 0 && !slices.ContainsFunc(course.Areas, func(a models.AreaFlag) bool { return slices.Contains(c.Areas, a) }) {
		add(models.Warn("nominate.not_area"))
	}
	switch {
	case qualified(course, c):
		add(models.Warn("nominate.qualified"))
	case c.Studying:
		add(models.Warn("nominate.studying"))
	}
	if slices.Contains(c.Graduated, course.Code) {
		add(models.Warn("nominate.graduated"))
	}
	if course.Long() {
		for _, p := range clashes(days, c.MateAway, "nominate.mate_away") {
			p.Blocking = false
			p.Params["post"] = c.MatePost
			add(p)
		}
	}
	return out
}

// target tells whether the course is meant for her: by a post she holds, or by quy hoạch when the course takes those.
func target(course models.Course, c Candidate) bool {
	if len(course.Positions) == 0 || slices.ContainsFunc(c.Positions, course.ForPosition) {
		return true
	}
	return course.Succession && slices.ContainsFunc(c.Succession, course.ForPosition)
}

func needs(course models.Course, c Candidate) []models.Obstacle {
	var out []models.Obstacle
	for _, n := range course.Needs {
		level, known := c.Levels[n.Line]
		params := []string{"level", models.LevelKey(n.Line, n.MinLevel)}
		switch {
		case !known:
			out = append(out, models.Warn("nominate.need_unknown", params...))
		case level < n.MinLevel:
			out = append(out, models.Block("nominate.need_missing", params...))
		}
	}
	return out
}

// qualified tells whether she already has all levels that the course grants. Training in days is no level: who has some
// may have more.
func qualified(course models.Course, c Candidate) bool {
	levels := 0
	for _, g := range course.Grants {
		if g.Line == models.HoiTraining {
			continue
		}
		if c.Levels[g.Line] < g.Level {
			return false
		}
		levels++
	}
	return levels > 0
}

// clashes are the classes whose days meet these days. A seat blocks; waiting or being nominated only warns, since nobody
// knows yet whether it becomes a seat.
func clashes(days []models.Span, busy []Busy, code string) []models.Obstacle {
	var out []models.Obstacle
	for _, b := range busy {
		meet, ok := firstMeeting(days, b.Days)
		if !ok {
			continue
		}
		p := models.Warn(code, "class", b.Class, "from", meet.From.VN(), "to", meet.To.AddDays(-1).VN())
		p.Blocking, p.ClassID, p.From, p.To = b.Seat == models.Seated, b.ClassID, meet.From, meet.To
		out = append(out, p)
	}
	return out
}

// firstMeeting is the first stretch that both have in common; touching ends don't meet.
func firstMeeting(a, b []models.Span) (models.Span, bool) {
	for _, x := range a {
		for _, y := range b {
			if x.From < y.To && y.From < x.To {
				return models.Span{From: max(x.From, y.From), To: min(x.To, y.To)}, true
			}
		}
	}
	return models.Span{}, false
}
