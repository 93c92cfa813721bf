package core

import (
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"datchuan/models"
)

// From the nomination to the closed gap, and back again.
func TestClassClosesTheGap(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newSchoolWorld(t, c)
		who := w.chairs(3)
		standing := func(cadre int64, day models.Date) models.Status {
			for _, s := range w.standings(cadre, "ke-hoach-2013-ca-hai") {
				if (models.Span{From: s.From, To: s.To}).Contains(day) {
					return s.Overall
				}
			}
			return ""
		}
		if got := standing(who[0], 20130301); got != models.Missing {
			t.Fatalf("before: %q", got)
		}
		sent, err := c.Nominate(w.ctx, w.district, w.class.ID, []NominationInput{{CadreID: who[0]}, {CadreID: who[1]}, {CadreID: who[2]}})
		if err != nil {
			t.Fatal(err)
		}
		var decide []DecideInput
		for _, n := range sent {
			decide = append(decide, DecideInput{NominationID: n.ID, Version: n.Version, Verdict: models.Approve})
		}
		if _, err := c.Decide(w.ctx, w.district, w.class.ID, decide); models.KindOf(err) != models.Forbidden {
			t.Errorf("a district decides on a class of the province: %v", err)
		}
		seats, err := c.Decide(w.ctx, w.province, w.class.ID, decide)
		if err != nil || seats[0].Seat != models.Seated || seats[1].Seat != models.Seated || seats[2].Seat != models.Waiting {
			t.Fatalf("seats %+v, %v", seats, err)
		}
		if err := c.LeaveClass(w.ctx, w.district, seats[1].ID, "ốm"); err != nil { // who waits moves up
			t.Fatal(err)
		}
		people, err := c.ClassPeople(w.ctx, w.district, w.class.ID)
		if err != nil || len(people.Seated) != 2 || len(people.Waiting) != 0 || len(people.Left) != 1 {
			t.Fatalf("%+v %v", people, err)
		}
		w.on(20130304)
		class := w.move(w.move(w.read(w.class), ClassStep{To: models.ClassSeated}), ClassStep{To: models.ClassRunning})
		if got := standing(who[0], 20130305); got != models.Studying {
			t.Errorf("while the class runs: %q", got)
		}
		w.on(20130308)
		w.teach(class, map[int64]map[string]int{seats[0].ID: {"a": 70, "b": 80}, seats[2].ID: {"a": 40, "b": 90}})
		if _, err := c.SendResults(w.ctx, w.teacher, class.ID, class.Version); models.KindOf(err) != models.Conflict {
			t.Errorf("sent with a test to be taken again: %v", err)
		}
		again := 30
		if _, err := c.SaveScores(w.ctx, w.teacher, class.ID, []ScoreInput{{seats[2].ID, "a", 2, &again}}); err != nil {
			t.Fatal(err)
		}
		if class, err = c.SendResults(w.ctx, w.teacher, class.ID, w.read(class).Version); err != nil {
			t.Fatal(err)
		}
		closing, err := c.CloseClass(w.ctx, w.province, class.ID, class.Version)
		if err != nil || closing.Passed != 1 || closing.Failed != 1 {
			t.Fatalf("%+v %v", closing, err)
		}
		twice, err := c.CloseClass(w.ctx, w.province, class.ID, class.Version)
		if err != nil || twice.Passed != 1 || twice.Number != closing.Number {
			t.Errorf("closed again: %+v %v", twice, err)
		}
		if a, b := standing(who[0], 20130309), standing(who[2], 20130309); a != models.Met || b != models.Missing {
			t.Errorf("after closing: passed %q, failed %q", a, b)
		}
		w.reopen(closing, who[0], standing)
	})
}

// reopen takes the class back and closes it again.
func (w *schoolWorld) reopen(closing Closing, cadre int64, standing func(int64, models.Date) models.Status) {
	t, c := w.t, w.c
	t.Helper()
	card, err := c.Cadre(w.ctx, w.province, cadre, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range card.Qualifications {
		if q.EnrolmentID == 0 {
			continue
		}
		if q.Review != models.Verified || q.Earned != 20130308 {
			t.Errorf("qualification of the class: %+v", q)
		}
		wantCode(t, "a paper of a class is edited", c.RemoveFact(w.ctx, w.province, FactQualification, cadre, q.FactID), models.Conflict, "fact.of_class")
	}
	_, err = c.ReopenClass(w.ctx, w.province, closing.Class.ID, closing.Class.Version, "")
	wantCode(t, "no reason", err, models.Invalid, "class.reason_required")
	class, err := c.ReopenClass(w.ctx, w.province, closing.Class.ID, closing.Class.Version, "nhập nhầm điểm")
	if err != nil {
		t.Fatal(err)
	}
	if got := standing(cadre, 20130309); got != models.Studying {
		t.Errorf("after reopening: %q", got)
	}
	if again, err := c.CloseClass(w.ctx, w.province, class.ID, class.Version); err != nil || again.Passed != closing.Passed || again.Number == closing.Number {
		t.Errorf("closed again: %+v %v", again, err)
	}
	if got := standing(cadre, 20130309); got != models.Met {
		t.Errorf("closed for the second time: %q", got)
	}
	report, err := c.Doctor(w.ctx)
	if err != nil || !report.Healthy() {
		t.Errorf("doctor: %v %v", report, err)
	}
}

// teach takes all rolls and enters the scores as the school does.
func (w *schoolWorld) teach(class models.Class, scores map[int64]map[string]int) {
	w.t.Helper()
	sheet, err := w.c.Roll(w.ctx, w.teacher, class.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, s := range sheet.Sessions {
		for range 2 { // a phone that lost its connection sends again
			if err := w.c.TakeRoll(w.ctx, w.teacher, class.ID, s.ID, nil); err != nil {
				w.t.Fatal(err)
			}
		}
	}
	var in []ScoreInput
	for id, tests := range scores {
		for test, tenths := range tests {
			in = append(in, ScoreInput{id, test, 1, &tenths})
		}
	}
	for want := len(in); ; want = 0 {
		changed, err := w.c.SaveScores(w.ctx, w.teacher, class.ID, in)
		if err != nil || changed != want {
			w.t.Fatalf("%d scores changed, want %d, %v", changed, want, err)
		}
		if want == 0 {
			return
		}
	}
}

// A hundred requests at once for ten seats give exactly ten.
func TestSeatsUnderPressure(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newSchoolWorld(t, c)
		who := w.chairs(100)
		class := w.open("Lớp đông", 20130401, 20130402, 10)
		var wg sync.WaitGroup
		var seated, waiting atomic.Int64
		for _, id := range who {
			wg.Go(func() {
				got, err := c.Enrol(w.ctx, w.province, class.ID, []NominationInput{{CadreID: id}})
				switch {
				case err != nil:
					t.Error(err)
				case got[0].Seat == models.Seated:
					seated.Add(1)
				default:
					waiting.Add(1)
				}
			})
		}
		wg.Wait()
		if seated.Load() != 10 || waiting.Load() != 90 || w.read(class).Taken != 10 {
			t.Errorf("%d seated, %d waiting, %d counted", seated.Load(), waiting.Load(), w.read(class).Taken)
		}
	})
}

func TestOnePersonOneSeat(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newSchoolWorld(t, c)
		id := w.chairs(1)[0]
		var wg sync.WaitGroup
		var done atomic.Int64
		for range 30 {
			wg.Go(func() {
				if _, err := c.Enrol(w.ctx, w.province, w.class.ID, []NominationInput{{CadreID: id}}); err == nil {
					done.Add(1)
				} else if models.KindOf(err) != models.Conflict {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if done.Load() != 1 || w.read(w.class).Taken != 1 {
			t.Errorf("%d enrolments, %d seats", done.Load(), w.read(w.class).Taken)
		}
	})
}

// Clashes forbid, warnings want a reason, and nothing is sent when one of several is refused.
func TestNominationChecks(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newSchoolWorld(t, c)
		chair := w.person("Trần Thị Lan", "chu-tich-xa", "MT", level(models.Political, models.Elementary))
		vice := w.person("Lê Thị Cúc", "pho-chu-tich-xa", "MT")
		leader := w.person("Phạm Thị Tổ", "to-truong", "PT")
		foreign := w.person("Hồ Thị Xa", "chu-tich-xa", "DH")
		w.enrol(w.class, chair)
		codes := func(id int64, class models.Class) []string {
			checks, err := c.CheckNominations(w.ctx, w.district, class.ID, []int64{id})
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, p := range checks[0].Obstacles {
				out = append(out, p.Code)
				if p.Text(models.Vi) == p.Code {
					t.Errorf("no words for %s", p.Code)
				}
			}
			return out
		}
		other := w.open("Lớp khác", 20130308, 20130310, 5)
		for name, tc := range map[string]struct {
			got  []string
			want string
		}{
			"both chairs away": {codes(vice, w.class), "nominate.mate_away"}, "already in": {codes(chair, w.class), "nominate.already_in"},
			"overlap": {codes(chair, other), "nominate.clash"}, "not meant for her": {codes(leader, w.class), "nominate.not_target"},
		} {
			if len(tc.got) != 1 || tc.got[0] != tc.want {
				t.Errorf("%s: %v", name, tc.got)
			}
		}
		if _, err := c.CheckNominations(w.ctx, w.district, w.class.ID, []int64{foreign}); models.KindOf(err) != models.NotFound {
			t.Errorf("a cadre of another district: %v", err)
		}
		in := []NominationInput{{CadreID: leader}, {CadreID: vice, Override: "Chủ tịch nghỉ thai sản"}}
		_, err := c.Nominate(w.ctx, w.district, w.class.ID, in)
		var one *models.Error
		if !errors.As(err, &one) || one.Code != "nominate.reason_required" {
			t.Errorf("a warning without a reason: %v", err)
		}
		if people, err := c.ClassPeople(w.ctx, w.province, w.class.ID); err != nil || len(people.Requests) != 1 {
			t.Errorf("nothing may be sent: %+v %v", people.Requests, err)
		}
		in[0].Override = "nguồn kế cận"
		if _, err := c.Nominate(w.ctx, w.district, w.class.ID, in); err != nil {
			t.Error(err)
		}
		if _, err := c.Nominate(w.ctx, w.district, other.ID, []NominationInput{{CadreID: chair, Override: "vẫn cử"}}); models.KindOf(err) != models.Conflict {
			t.Errorf("a clash is overridden: %v", err)
		}
	})
}

// Quotas hold on every path: who falls under a full one waits, and the next that fits moves up.
func TestQuotas(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newSchoolWorld(t, c)
		who := w.chairs(3)
		foreign := w.person("Hồ Thị Xa", "chu-tich-xa", "DH")
		class := w.read(w.open("Lớp chỉ tiêu", 20130401, 20130405, 3))
		class.Quotas = []models.Quota{{Kind: models.QuotaUnit, Key: strconv.FormatInt(w.unit["LT"], 10), Seats: 2}}
		class, err := c.SaveClass(w.ctx, w.province, class)
		if err != nil {
			t.Fatal(err)
		}
		seats := w.enrol(class, who...)
		if seats[1].Seat != models.Seated || seats[2].Seat != models.Waiting {
			t.Fatalf("%+v", seats)
		}
		if got := w.enrol(class, foreign); got[0].Seat != models.Seated {
			t.Errorf("another district has a seat left: %+v", got)
		}
		if err := c.LeaveClass(w.ctx, w.province, seats[0].ID, "chuyển công tác"); err != nil {
			t.Fatal(err)
		}
		people, err := c.ClassPeople(w.ctx, w.province, class.ID)
		if err != nil || len(people.Waiting) != 0 || len(people.Seated) != 3 {
			t.Errorf("%+v %v", people, err)
		}
		log, err := c.ClassLog(w.ctx, w.province, class.ID)
		if err != nil || log[0].Event != "promoted" {
			t.Errorf("%+v %v", log, err)
		}
	})
}

// A school sees its own announced classes and of the people only what it needs; districts see their own people.
func TestClassScope(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newSchoolWorld(t, c)
		id := w.chairs(1)[0]
		w.enrol(w.class, id)
		draft, err := c.SaveClass(w.ctx, w.province, models.Class{Course: w.course.Code, Name: "Nháp", UnitID: w.unit["QB"], School: "truong-thu", Seats: 5})
		if err != nil {
			t.Fatal(err)
		}
		stranger := w.teacher
		stranger.School = "truong-khac"
		lost := w.teacher
		lost.School = ""
		for name, tc := range map[string]struct {
			actor models.Actor
			want  int
		}{"province": {w.province, 2}, "district": {w.district, 1}, "school": {w.teacher, 1}, "another school": {stranger, 0}, "agreement over": {lost, 0}, "nobody": {models.Actor{AccountID: 3, Role: models.DistrictOfficer}, 0}} {
			list, err := c.Classes(w.ctx, tc.actor, ClassQuery{})
			if err != nil || len(list) != tc.want {
				t.Errorf("%s: %d classes, %v", name, len(list), err)
			}
		}
		for _, hidden := range []models.Actor{w.district, w.teacher} {
			if _, err := c.Class(w.ctx, hidden, draft.ID); models.KindOf(err) != models.NotFound {
				t.Errorf("%s sees a draft: %v", hidden.Role, err)
			}
		}
		if people, err := c.ClassPeople(w.ctx, w.other, w.class.ID); err != nil || len(people.Seated)+len(people.Requests) != 0 {
			t.Errorf("another district's people: %+v %v", people, err)
		}
		people, err := c.ClassPeople(w.ctx, w.teacher, w.class.ID)
		if err != nil || len(people.Seated) != 1 || people.Seated[0].CadreID != 0 || people.Requests != nil {
			t.Errorf("the school: %+v %v", people, err)
		}
		if _, err := c.SaveClass(w.ctx, w.district, w.read(w.class)); models.KindOf(err) != models.Forbidden {
			t.Errorf("a district changes the province's class: %v", err)
		}
	})
}
