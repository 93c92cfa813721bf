package core

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"datchuan/core/demo"
	"datchuan/models"
)

// storyHolds checks that the classes of the demonstration are what the use cases leave behind: every shape of class is there, seats
// are counted, closed classes say what their rolls and scores say, gaps close and the target moves.
func storyHolds(t *testing.T, c *Core) {
	t.Helper()
	ctx := context.Background()
	officer, err := c.Operator(ctx)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := c.Classes(ctx, officer, ClassQuery{})
	if err != nil || len(lines) < 25 {
		t.Fatalf("%d classes, %v", len(lines), err)
	}
	states, waiting := map[models.ClassState]int{}, 0
	for _, l := range lines {
		states[l.Class.State]++
		waiting += l.Waiting
		classHolds(t, c, officer, l.Class)
	}
	for _, s := range []models.ClassState{models.ClassApproved, models.ClassNominating, models.ClassRunning, models.ClassAwaiting, models.ClassCompleted, models.ClassClosed,
		models.ClassCancelled, models.ClassPostponed} {
		if states[s] == 0 {
			t.Errorf("no class is %s: %v", s, states)
		}
	}
	if waiting == 0 {
		t.Error("nobody waits for a seat")
	}
	shapes(t, c)
	targetMoves(t, c, officer)
	todayHasLessons(t, c)
	noticesHold(t, c)
}

// classHolds compares what is stored of a class with what follows from its rolls and scores.
func classHolds(t *testing.T, c *Core, officer models.Actor, class models.Class) {
	t.Helper()
	var list []models.Enrolment
	if err := c.read.Where("class_id = ?", class.ID).Find(&list).Error; err != nil {
		t.Fatal(err)
	}
	byID, seated := map[int64]models.Enrolment{}, 0
	for _, e := range list {
		byID[e.ID] = e
		if e.Seat == models.Seated {
			seated++
		}
	}
	if seated != class.Taken {
		t.Errorf("%s: %d seated, %d counted", class.Code, seated, class.Taken)
	}
	if class.State != models.ClassClosed {
		return
	}
	sheet, err := c.Results(context.Background(), officer, class.ID)
	if err != nil || sheet.Unrolled > 0 || sheet.Pending > 0 {
		t.Errorf("%s: %d sessions without a roll, %d pending, %v", class.Code, sheet.Unrolled, sheet.Pending, err)
	}
	passed := 0
	for _, l := range sheet.Lines {
		if e := byID[l.EnrolmentID]; e.Outcome != l.Judgement.Outcome || e.Grade != l.Judgement.Grade || e.Average != l.Judgement.Average || e.Closing == 0 {
			t.Errorf("%s: stored %+v, judged %+v", class.Code, e, l.Judgement)
		}
		if l.Judgement.Outcome == models.Passed {
			passed++
		}
	}
	if passed < len(sheet.Lines)/2 {
		t.Errorf("%s: only %d of %d passed", class.Code, passed, len(sheet.Lines))
	}
}

// shapes looks for what visitors should find somewhere.
func shapes(t *testing.T, c *Core) {
	t.Helper()
	for name, query := range map[string]string{
		"failed":      "SELECT COUNT(*) FROM enrolments WHERE outcome = 'failed'",
		"second":      "SELECT COUNT(*) FROM scores WHERE try = 2",
		"declined":    "SELECT COUNT(*) FROM enrolments WHERE seat = 'declined'",
		"dropped":     "SELECT COUNT(*) FROM enrolments WHERE seat = 'dropped'",
		"promoted":    "SELECT COUNT(*) FROM enrolment_logs WHERE event = 'promoted'",
		"reopened":    "SELECT COUNT(*) FROM enrolment_logs WHERE event = 'reopened'",
		"refused":     "SELECT COUNT(*) FROM decisions WHERE verdict = 'refuse'",
		"returned":    "SELECT COUNT(*) FROM enrolment_logs WHERE event = 'sent_again'",
		"withdrawn":   "SELECT COUNT(*) FROM nominations WHERE state = 'withdrawn'",
		"open":        "SELECT COUNT(*) FROM nominations WHERE state = 'submitted'",
		"warned":      "SELECT COUNT(*) FROM nominations WHERE override <> ''",
		"news":        "SELECT COUNT(*) FROM notices WHERE read_at = 0",
		"read":        "SELECT COUNT(*) FROM notices WHERE read_at <> 0",
		"revoked":     "SELECT COUNT(*) FROM certificates WHERE state = 'revoked'",
		"replaced":    "SELECT COUNT(*) FROM certificates WHERE state = 'replaced'",
		"valid":       "SELECT COUNT(*) FROM certificates WHERE state = 'valid'",
		"instructors": "SELECT COUNT(*) FROM class_sessions WHERE instructor_id <> 0",
	} {
		var n int64
		if err := c.read.Raw(query).Scan(&n).Error; err != nil || n == 0 {
			t.Errorf("%s: %d, %v", name, n, err)
		}
	}
}

// targetMoves: the plan's first target has come nearer, and so has training.
func targetMoves(t *testing.T, c *Core, officer models.Actor) {
	t.Helper()
	met := map[string][]int{}
	for _, on := range []models.Date{demo.On, 20140601, demo.Today} {
		progress, err := c.Targets(context.Background(), officer, 0, on)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range progress {
			met[p.Target.Code] = append(met[p.Target.Code], p.Met+p.Studying)
		}
	}
	if n := met["T12"]; n[0] != 126 || n[2] <= n[0] {
		t.Errorf("T12: %v", n)
	}
	if n := met["T13"]; n[0] != 1016 || n[1] <= n[0] || n[2] <= n[1] {
		t.Errorf("T13: %v", n)
	}
}

// todayHasLessons: the schools of the running classes find lessons of the day whose roll is not taken.
func todayHasLessons(t *testing.T, c *Core) {
	t.Helper()
	var schools []string
	err := c.read.Raw("SELECT DISTINCT c.school FROM class_sessions s JOIN classes c ON c.id = s.class_id WHERE s.date = ? AND s.rolled = 0 AND c.state = 'running' ORDER BY 1", demo.Today).Scan(&schools).Error
	if got := strings.Join(schools, " "); err != nil || got != "chinh-tri-le-thuy hoc-vien-phu-nu truong-chinh-tri" {
		t.Errorf("lessons today at: %s, %v", got, err)
	}
	var late int64
	err = c.read.Raw("SELECT COUNT(*) FROM class_sessions s JOIN classes c ON c.id = s.class_id WHERE s.date < ? AND s.rolled = 0 AND c.state = 'running'", demo.Today).Scan(&late).Error
	if err != nil || late != 0 {
		t.Errorf("%d lessons of running classes without a roll, %v", late, err)
	}
}

// storyPrint is the same on every machine and both databases.
func storyPrint(t *testing.T, c *Core) string {
	t.Helper()
	var lines []string
	err := c.read.Raw(`SELECT c.code || ' ' || e.cadre_id || ' ' || e.seat || ' ' || e.outcome || ' ' || e.average || ' ' || e.attendance_bp
		FROM enrolments e JOIN classes c ON c.id = e.class_id ORDER BY e.class_id, e.cadre_id, e.id`).Scan(&lines).Error
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

// On its first day the demonstration is the plan's baseline and nothing else.
func TestDemoOfTheFirstDay(t *testing.T) {
	onePass(t)
	onBoth(t, func(t *testing.T, c *Core) {
		if _, err := c.BuildDemo(context.Background(), demo.On); err != nil {
			t.Fatal(err)
		}
		if c.Today(context.Background()) != demo.On {
			t.Errorf("today is %s", c.Today(context.Background()))
		}
		for _, table := range []string{"classes", "venues", "certificates"} {
			var n int64
			if err := c.read.Raw(fmt.Sprintf("SELECT COUNT(*) FROM %s", table)).Scan(&n).Error; err != nil || n != 0 {
				t.Errorf("%s: %d, %v", table, n, err)
			}
		}
		listsHold(t, c)
	})
}
