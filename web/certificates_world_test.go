package web

import (
	"context"

	"datchuan/core"
	"datchuan/models"
)

// certifiedClass is a class of a district that is over: its learners have their certificates.
func (w *site) certifiedClass(actor models.Actor, cadres ...int64) (class models.Class, given []models.Certificate) {
	w.t.Helper()
	ctx := context.Background()
	must := func(err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
	}
	class, err := w.core.SaveClass(ctx, actor, models.Class{Course: "C08", Name: "Lớp đã xong", UnitID: actor.UnitID, School: "chinh-tri-le-thuy", From: 20130218, To: 20130221, Seats: 40})
	must(err)
	move := func(steps ...core.ClassStep) {
		for _, step := range steps {
			now, err := w.core.Class(ctx, actor, class.ID)
			must(err)
			class, err = w.core.MoveClass(ctx, actor, class.ID, now.Class.Version, step)
			must(err)
		}
	}
	sessions, err := w.core.ProposeSessions(ctx, actor, class.ID)
	must(err)
	_, err = w.core.SaveSessions(ctx, actor, class.ID, class.Version, sessions)
	must(err)
	move(core.ClassStep{To: models.ClassPlanned}, core.ClassStep{To: models.ClassApproved, Decision: "7/QĐ", DecidedOn: 20130201}, core.ClassStep{To: models.ClassNominating})
	in := make([]core.NominationInput, len(cadres))
	for i, id := range cadres {
		in[i] = core.NominationInput{CadreID: id, Override: "thử"}
	}
	_, err = w.core.Enrol(ctx, actor, class.ID, in)
	must(err)
	move(core.ClassStep{To: models.ClassSeated}, core.ClassStep{To: models.ClassRunning})
	now, err := w.core.Class(ctx, actor, class.ID)
	must(err)
	for _, s := range now.Sessions {
		must(w.core.TakeRoll(ctx, actor, class.ID, s.ID, nil))
	}
	class, err = w.core.SendResults(ctx, actor, class.ID, now.Class.Version)
	must(err)
	_, err = w.core.CloseClass(ctx, actor, class.ID, class.Version)
	must(err)
	page, err := w.core.Certificates(ctx, actor, core.CertificateQuery{ClassID: class.ID})
	must(err)
	if len(page.Lines) != len(cadres) {
		w.t.Fatalf("%d certificates of %d graduates", len(page.Lines), len(cadres))
	}
	return class, page.Lines
}

// members are some chairs of an officer's communes.
func (w *site) members(actor models.Actor, n int) []int64 {
	w.t.Helper()
	lines, _, err := w.core.People(context.Background(), actor, core.PeopleQuery{Position: "chu-tich-xa", Limit: n})
	if err != nil || len(lines) < n {
		w.t.Fatalf("%d people, %v", len(lines), err)
	}
	var out []int64
	for _, l := range lines {
		out = append(out, l.ID)
	}
	return out
}
