package web

import (
	"context"
	"testing"

	"datchuan/core"
	"datchuan/models"
)

// classSite is the demonstration with a class that the province holds at the academy in the week of the test's day, Friday
// 01/03/2013: two sessions a day, two tests, one of which may be taken twice.
type classSite struct {
	*site
	ctx      context.Context
	province models.Actor
	class    models.Class
	chairs   []int64 // of Lệ Thủy
}

func newClassSite(t *testing.T) *classSite {
	t.Helper()
	w := &classSite{site: newSite(t), ctx: context.Background()}
	w.province = w.actor("ban-to-chuc")
	course := models.Course{Code: "llct-thu", Name: "Trung cấp LLCT (thử)", Kind: models.IntermediatePolitical, Host: models.Province, Days: 5, Periods: 40, Blocks: 1,
		MinLearners: 1, MaxLearners: 60, Positions: []string{"chu-tich-xa"}, Grants: []models.CourseGrant{{Line: models.Political, Level: models.Intermediate}},
		PassRules: []models.PassRule{{From: models.Beginning, AttendanceBP: 8000, MinScore: 50, Retests: 1, Tests: []models.Test{{Code: "a", Name: "Phần 1", Weight: 1}, {Code: "b", Name: "Thi cuối khóa", Weight: 2}}}},
		Giver:     models.ByProvince, Certainty: models.Uncertain}
	if _, err := w.core.SaveCourse(w.ctx, w.province, course); err != nil {
		t.Fatal(err)
	}
	w.class = w.open("Lớp LLCT khóa 1", 2)
	found, err := w.core.Gaps(w.ctx, w.actor("le-thuy"), models.GapFilter{Position: "chu-tich-xa", Standard: "ke-hoach-2013-ca-hai", Statuses: []models.Status{models.Missing}}, "", 50)
	if err != nil || len(found.Rows) < 5 {
		t.Fatalf("%d chairs, %v", len(found.Rows), err)
	}
	for _, r := range found.Rows {
		w.chairs = append(w.chairs, r.CadreID)
	}
	return w
}

// open makes a class of the course that takes nominations.
func (w *classSite) open(name string, seats int) models.Class {
	w.t.Helper()
	class, err := w.core.SaveClass(w.ctx, w.province, models.Class{Course: "llct-thu", Name: name, UnitID: w.province.UnitID, School: "hoc-vien-phu-nu",
		From: 20130225, To: 20130302, Seats: seats, MinLearners: 1})
	if err != nil {
		w.t.Fatal(err)
	}
	proposal, err := w.core.ProposeSessions(w.ctx, w.province, class.ID)
	if err == nil {
		_, err = w.core.SaveSessions(w.ctx, w.province, class.ID, class.Version, proposal)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return w.move(class, core.ClassStep{To: models.ClassPlanned}, core.ClassStep{To: models.ClassApproved, Decision: "12/QĐ-BTV", DecidedOn: 20130215},
		core.ClassStep{To: models.ClassNominating})
}

// move takes a class some steps further.
func (w *classSite) move(class models.Class, steps ...core.ClassStep) models.Class {
	w.t.Helper()
	for _, step := range steps {
		moved, err := w.core.MoveClass(w.ctx, w.province, class.ID, w.read(class).Version, step)
		if err != nil {
			w.t.Fatalf("to %s: %v", step.To, err)
		}
		class = moved
	}
	return class
}

func (w *classSite) read(class models.Class) models.Class {
	w.t.Helper()
	got, err := w.core.Class(w.ctx, w.province, class.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return got.Class
}

// enrol gives seats to some chairs, in the order of the class's list; warnings are passed over.
func (w *classSite) enrol(class models.Class, cadres ...int64) []models.Enrolment {
	w.t.Helper()
	in := make([]core.NominationInput, len(cadres))
	for i, id := range cadres {
		in[i] = core.NominationInput{CadreID: id, Override: "thử"}
	}
	got, err := w.core.Enrol(w.ctx, w.province, class.ID, in)
	if err != nil {
		w.t.Fatal(err)
	}
	return got
}

// run seats people and lets the class begin.
func (w *classSite) run(cadres ...int64) []models.Enrolment {
	w.t.Helper()
	seats := w.enrol(w.class, cadres...)
	w.class = w.move(w.class, core.ClassStep{To: models.ClassSeated}, core.ClassStep{To: models.ClassRunning})
	return seats
}

// sessions are the sessions of the class.
func (w *classSite) sessions() []models.Session {
	w.t.Helper()
	got, err := w.core.Class(w.ctx, w.province, w.class.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return got.Sessions
}

// notices seats two cadres of two districts in a class of the province; each district is told of its own.
func (w *site) notices(own, other int64) (mine, theirs int64) {
	w.t.Helper()
	ctx, province := context.Background(), w.actor("ban-to-chuc")
	class, err := w.core.SaveClass(ctx, province, models.Class{Course: "C08", Name: "Lớp của tỉnh", UnitID: province.UnitID, School: "hoc-vien-phu-nu", From: 20130903, To: 20130907, Seats: 40, Contact: "Ban Tổ chức"})
	for _, step := range []core.ClassStep{{To: models.ClassPlanned}, {To: models.ClassApproved, Decision: "6/QĐ", DecidedOn: 20130215}, {To: models.ClassNominating}} {
		if err == nil {
			class, err = w.core.MoveClass(ctx, province, class.ID, class.Version, step)
		}
	}
	if err == nil {
		_, err = w.core.Enrol(ctx, province, class.ID, []core.NominationInput{{CadreID: own, Override: "thử"}, {CadreID: other, Override: "thử"}})
	}
	if err != nil {
		w.t.Fatal(err)
	}
	newest := func(login string) int64 {
		list, _, err := w.core.Notices(ctx, w.actor(login), "", 1)
		if err != nil || len(list) != 1 {
			w.t.Fatalf("%s: %d notices, %v", login, len(list), err)
		}
		return list[0].ID
	}
	return newest("le-thuy"), newest("minh-hoa")
}

// heldClass is a class of a district with one learner.
func (w *site) heldClass(actor models.Actor, cadre int64) (class, enrolment int64) {
	w.t.Helper()
	ctx := context.Background()
	made, err := w.core.SaveClass(ctx, actor, models.Class{Course: "C08", Name: "Lớp thử", UnitID: actor.UnitID, School: "chinh-tri-le-thuy", From: 20130304, To: 20130307, Seats: 40})
	for _, step := range []core.ClassStep{{To: models.ClassPlanned}, {To: models.ClassApproved, Decision: "5/QĐ", DecidedOn: 20130215}, {To: models.ClassNominating}} {
		if err == nil {
			made, err = w.core.MoveClass(ctx, actor, made.ID, made.Version, step)
		}
	}
	if err != nil {
		w.t.Fatal(err)
	}
	seats, err := w.core.Enrol(ctx, actor, made.ID, []core.NominationInput{{CadreID: cadre, Override: "thử"}})
	if err != nil {
		w.t.Fatal(err)
	}
	return made.ID, seats[0].ID
}
