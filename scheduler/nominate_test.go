package scheduler

import (
	"reflect"
	"testing"

	"datchuan/models"
)

func span(from, to models.Date) models.Span { return models.Span{From: from, To: to} }

func TestNomination(t *testing.T) {
	course := models.Course{Code: "llct", Days: 60, Positions: []string{"chu-tich-xa"}, Succession: true, Areas: []models.AreaFlag{models.EthnicArea},
		Needs:  []models.CourseNeed{{Line: models.GeneralEducation, MinLevel: models.UpperSecond}},
		Grants: []models.CourseGrant{{Line: models.Political, Level: models.Intermediate}}}
	days := []models.Span{span(20140301, 20140310), span(20140401, 20140410)}
	fit := func(change func(*Candidate)) Candidate {
		c := Candidate{CadreID: 7, Positions: []string{"chu-tich-xa"}, Areas: []models.AreaFlag{models.EthnicArea}, MatePost: "Phó Chủ tịch",
			Levels: map[models.QualKind]int{models.GeneralEducation: models.UpperSecond, models.Political: models.Elementary}}
		change(&c)
		return c
	}
	other := func(seat models.SeatState, s models.Span) []Busy {
		return []Busy{{ClassID: 3, Class: "Lớp 10 ngày", Days: []models.Span{s}, Seat: seat}}
	}
	for name, tc := range map[string]struct {
		change func(*Candidate)
		want   map[string]bool // code: blocking
	}{
		"fits":                {func(*Candidate) {}, map[string]bool{}},
		"touching ends":       {func(c *Candidate) { c.Busy = other(models.Seated, span(20140310, 20140401)) }, map[string]bool{}},
		"overlap in a block":  {func(c *Candidate) { c.Busy = other(models.Seated, span(20140409, 20140420)) }, map[string]bool{"nominate.clash": true}},
		"overlap, waiting":    {func(c *Candidate) { c.Busy = other(models.Waiting, span(20140309, 20140311)) }, map[string]bool{"nominate.clash": false}},
		"mate away":           {func(c *Candidate) { c.MateAway = other(models.Seated, span(20140301, 20140302)) }, map[string]bool{"nominate.mate_away": false}},
		"in quy hoạch":        {func(c *Candidate) { c.Positions, c.Succession = nil, []string{"chu-tich-xa"} }, map[string]bool{}},
		"not for her post":    {func(c *Candidate) { c.Positions = []string{"to-truong"} }, map[string]bool{"nominate.not_target": false}},
		"other area":          {func(c *Candidate) { c.Areas = nil }, map[string]bool{"nominate.not_area": false}},
		"schooling too low":   {func(c *Candidate) { c.Levels[models.GeneralEducation] = models.Primary }, map[string]bool{"nominate.need_missing": true}},
		"schooling not known": {func(c *Candidate) { delete(c.Levels, models.GeneralEducation) }, map[string]bool{"nominate.need_unknown": false}},
		"has it already":      {func(c *Candidate) { c.Levels[models.Political] = models.AdvancedPolitical }, map[string]bool{"nominate.qualified": false}},
		"is studying":         {func(c *Candidate) { c.Studying = true }, map[string]bool{"nominate.studying": false}},
		"passed before":       {func(c *Candidate) { c.Graduated = []string{"llct"} }, map[string]bool{"nominate.graduated": false}},
		"seated here":         {func(c *Candidate) { c.Here = models.Seated }, map[string]bool{"nominate.already_in": true}},
		"gave her seat back":  {func(c *Candidate) { c.Here = models.Declined }, map[string]bool{}},
		"sent before":         {func(c *Candidate) { c.Requested = true }, map[string]bool{"nominate.already_sent": true}},
		"record gone":         {func(c *Candidate) { c.Gone = true }, map[string]bool{"nominate.not_active": true}},
		"other district":      {func(c *Candidate) { c.Outside = true }, map[string]bool{"nominate.out_of_class": true}},
	} {
		got := map[string]bool{}
		for _, p := range Nomination(course, days, fit(tc.change)) {
			got[p.Code] = p.Blocking
			if p.CadreID != 7 {
				t.Errorf("%s: about nobody", name)
			}
		}
		if !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
	short := course
	short.Days = 10
	if got := Nomination(short, days, fit(func(c *Candidate) { c.MateAway = other(models.Seated, span(20140301, 20140302)) })); len(got) != 0 {
		t.Errorf("a short class may have both chairs: %v", got)
	}
}

func TestDays(t *testing.T) {
	class := models.Class{From: 20140303, To: 20140315}
	if got := Days(class, nil); !reflect.DeepEqual(got, []models.Span{span(20140303, 20140315)}) {
		t.Errorf("%v", got)
	}
	if got := Days(models.Class{}, nil); got != nil {
		t.Errorf("no dates: %v", got)
	}
	var sessions []models.Session
	for _, d := range []models.Date{20140306, 20140306, 20140307, 20140310, 20140320} { // Friday, then Monday
		sessions = append(sessions, models.Session{Date: d})
	}
	if got := Days(class, sessions); !reflect.DeepEqual(got, []models.Span{span(20140306, 20140311), span(20140320, 20140321)}) {
		t.Errorf("%v", got)
	}
}

func TestTimetable(t *testing.T) {
	off := func(d models.Date) bool { return d == 20140305 }
	got := Timetable(models.Course{Days: 10, Periods: 81, Blocks: 1}, models.Class{From: 20140303, To: 20140401}, off)
	periods, seen := 0, map[models.Date]int{}
	for _, s := range got {
		periods += s.Periods
		seen[s.Date]++
		if weekend(s.Date) || off(s.Date) {
			t.Errorf("a session on %s", s.Date)
		}
	}
	if len(got) != 20 || periods != 81 || len(seen) != 10 || got[19].Date != 20140317 {
		t.Errorf("%d sessions, %d periods on %d days, last %v", len(got), periods, len(seen), got[len(got)-1])
	}
	blocks := map[int]int{}
	for _, s := range Timetable(models.Course{Days: 90, Periods: 600, Blocks: 18}, models.Class{From: 20140106, To: 20160106}, off) {
		blocks[s.Block]++
		if s.Date >= 20160106 {
			t.Errorf("a session after the last day: %s", s.Date)
		}
	}
	if len(blocks) != 18 || blocks[1] != 10 || blocks[18] != 10 {
		t.Errorf("%v", blocks)
	}
}
