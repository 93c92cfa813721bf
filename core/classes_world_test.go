package core

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"datchuan/models"
)

// school is a class that the tests work on: a long political course of two tests, held by the province.
type schoolWorld struct {
	*world
	ctx      context.Context
	course   models.Course
	class    models.Class
	province models.Actor
	district models.Actor // Lệ Thủy
	other    models.Actor // Minh Hóa
	teacher  models.Actor
}

func newSchoolWorld(t testing.TB, c *Core) *schoolWorld {
	w := &schoolWorld{world: newWorld(t, c), ctx: context.Background()}
	w.province, w.district, w.other = w.officer, w.actor("LT", models.DistrictOfficer), w.actor("MH", models.DistrictOfficer)
	w.teacher = models.Actor{AccountID: 9, Login: "truong", Role: models.SchoolOfficer, School: "truong-thu"}
	w.course = models.Course{Code: "llct-thu", Name: "Trung cấp LLCT (thử)", Kind: models.IntermediatePolitical, Host: models.Province, Days: 60, Periods: 40, Blocks: 1,
		MinLearners: 1, MaxLearners: 60, Positions: []string{"chu-tich-xa", "pho-chu-tich-xa"}, Areas: []models.AreaFlag{}, Needs: []models.CourseNeed{}, Extends: []string{},
		Grants:    []models.CourseGrant{{Line: models.Political, Level: models.Intermediate}},
		PassRules: []models.PassRule{{From: models.Beginning, AttendanceBP: 8000, MinScore: 50, Retests: 1, Tests: []models.Test{{Code: "a", Name: "Phần 1", Weight: 1}, {Code: "b", Name: "Thi cuối khóa", Weight: 2}}}},
		Giver:     models.ByProvince, Version: 1}
	w.do(func(tx *Tx) error {
		if err := tx.Create(&w.course).Error; err != nil {
			return err
		}
		return tx.Create(&models.School{Code: "truong-thu", Name: "Trường thử", AgreementFrom: 20110101, AgreementTo: models.Forever, Version: 1}).Error
	})
	w.class = w.open("Lớp LLCT", 20130304, 20130309, 2)
	return w
}

// open makes a class of the course and takes it to nominating.
func (w *schoolWorld) open(name string, from, to models.Date, seats int) models.Class {
	w.t.Helper()
	class, err := w.c.SaveClass(w.ctx, w.province, models.Class{Course: w.course.Code, Name: name, UnitID: w.unit["QB"], School: "truong-thu", From: from, To: to, Seats: seats, MinLearners: 1})
	if err != nil {
		w.t.Fatal(err)
	}
	var sessions []models.Session
	for d := from; d < to; d = d.AddDays(1) {
		sessions = append(sessions, models.Session{Date: d, Part: models.Morning, Periods: 4}, models.Session{Date: d, Part: models.Afternoon, Periods: 4})
	}
	if _, err := w.c.SaveSessions(w.ctx, w.province, class.ID, class.Version, sessions); err != nil {
		w.t.Fatal(err)
	}
	class.Version++
	class = w.move(class, ClassStep{To: models.ClassPlanned})
	class = w.move(class, ClassStep{To: models.ClassApproved, Decision: "12/QĐ-BTV", DecidedOn: 20130215})
	return w.move(class, ClassStep{To: models.ClassNominating})
}

func (w *schoolWorld) move(class models.Class, step ClassStep) models.Class {
	w.t.Helper()
	moved, err := w.c.MoveClass(w.ctx, w.province, class.ID, class.Version, step)
	if err != nil {
		w.t.Fatalf("to %s: %v", step.To, err)
	}
	return moved
}

func (w *schoolWorld) read(class models.Class) models.Class {
	w.t.Helper()
	got, err := w.c.Class(w.ctx, w.province, class.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return got.Class
}

// enrol nominates and seats people as the province.
func (w *schoolWorld) enrol(class models.Class, cadres ...int64) []models.Enrolment {
	w.t.Helper()
	in := make([]NominationInput, len(cadres))
	for i, id := range cadres {
		in[i] = NominationInput{CadreID: id}
	}
	got, err := w.c.Enrol(w.ctx, w.province, class.ID, in)
	if err != nil {
		w.t.Fatal(err)
	}
	return got
}

// chairs adds n chairwomen, each of a commune of her own in Lệ Thủy.
func (w *schoolWorld) chairs(n int) []int64 {
	out := make([]int64, n)
	for i := range out {
		code := fmt.Sprintf("C%03d", i)
		w.addUnit("LT", code, models.Commune, "xã", "Thử "+code, 10+i)
		out[i] = w.person("Nguyễn Thị "+code, "chu-tich-xa", code, level(models.Political, models.NoLevel), level(models.Professional, models.University))
	}
	return out
}

// on moves the working date.
func (w *schoolWorld) on(day models.Date) {
	at := day.Time().Add(2 * time.Hour)
	var ticks atomic.Int64 // several may look at once
	w.c.now = func() time.Time { return at.Add(time.Duration(ticks.Add(1)) * time.Microsecond) }
}
