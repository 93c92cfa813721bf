package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"datchuan/core"
	"datchuan/models"
)

// openClass makes a class of a district that takes nominations, with one session; its name sings.
func (w *world) openClass(who models.Actor, name string, unit int64) (class, session int64) {
	w.t.Helper()
	ctx := context.Background()
	must := func(err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
	}
	made, err := w.core.SaveClass(ctx, who, models.Class{Course: "C08", Name: "Lớp " + name, UnitID: unit, School: "chinh-tri-quang-ninh", From: 20130225, To: 20130301, Seats: 1, Note: name})
	must(err)
	sessions, err := w.core.SaveSessions(ctx, who, made.ID, made.Version, []models.Session{{Date: 20130226, Part: models.Morning, Periods: 4, Topic: name}})
	must(err)
	for version, step := range []core.ClassStep{{To: models.ClassPlanned}, {To: models.ClassApproved, Decision: name, DecidedOn: 20130220}, {To: models.ClassNominating}} {
		_, err := w.core.MoveClass(ctx, who, made.ID, int64(version)+2, step)
		must(err)
	}
	return made.ID, sessions[0].ID
}

// graduate takes a class with one learner to its end and returns her certificate.
func (w *world) graduate(who models.Actor, name string, unit, cadre int64) int64 {
	w.t.Helper()
	ctx := context.Background()
	must := func(err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
	}
	id, session := w.openClass(who, name+" đã xong", unit)
	_, err := w.core.Enrol(ctx, who, id, []core.NominationInput{{CadreID: cadre, Override: "cần đi học"}})
	must(err)
	version := func() int64 {
		class, err := w.core.Class(ctx, who, id)
		must(err)
		return class.Class.Version
	}
	for _, to := range []models.ClassState{models.ClassSeated, models.ClassRunning} {
		_, err = w.core.MoveClass(ctx, who, id, version(), core.ClassStep{To: to})
		must(err)
	}
	must(w.core.TakeRoll(ctx, who, id, session, nil))
	_, err = w.core.SendResults(ctx, who, id, version())
	must(err)
	_, err = w.core.CloseClass(ctx, who, id, version())
	must(err)
	found, err := w.core.Certificates(ctx, who, core.CertificateQuery{ClassID: id})
	must(err)
	return found.Lines[0].ID
}

// testClasses takes a class from the request to the closed gap and back, as district and school do.
func testClasses(t *testing.T, w *world) {
	at := fmt.Sprintf("/api/v1/classes/%d", w.foreign.class)
	tag := func() map[string]string {
		return map[string]string{"If-Match": w.want(http.StatusOK, request{as: "district-b", method: "GET", path: at}).header.Get("ETag")}
	}
	do := func(who, method, path, body string, status int, must ...string) answered {
		t.Helper()
		got := w.send(request{as: who, method: method, path: path, body: body, header: tag()})
		for _, m := range must {
			if !strings.Contains(got.body, m) {
				t.Errorf("%s %s: no %q in %s", method, path, m, got.body)
			}
		}
		if got.status != status {
			t.Fatalf("%s %s as %s: %d, want %d: %s", method, path, who, got.status, status, got.body)
		}
		return got
	}
	one := func(id int64) string {
		return fmt.Sprintf(`{"cadres":[{"cadre_id":%d,"override":"cần đi học"}]}`, id)
	}
	input := fmt.Sprintf(`{"course":"C08","name":"Lớp Canarybê","unit_id":%d,"school":"chinh-tri-quang-ninh","from":"2013-02-25","to":"2013-03-01","seats":1}`, w.foreign.unit)
	do("district-b", "GET", "/api/v1/classes?states=nominating&year=2013", "", 200, "Lớp Canarybê")
	do("district-b", "POST", "/api/v1/classes", strings.Replace(input, "Lớp", "Nháp", 1), 201, `"state":"draft"`)
	do("district-b", "POST", "/api/v1/classes", strings.Replace(input, `"seats":1`, `"seats":1,"taken":9`, 1), 400, "unknown_field")
	do("district-b", "PUT", at, strings.Replace(input, `"from":"2013-02-25"`, `"from":"2013-04-25"`, 1), 422, "class.to_before_from")
	do("district-b", "PUT", at, input, 200)
	do("district-b", "PUT", "/api/v1/classes/0", input, 404)
	do("district-b", "POST", at+"/copies", `{"starts":["2013-06-03","2013-07-01"]}`, 201, `"from":"2013-07-01"`)
	do("district-b", "GET", at+"/sessions/proposal", "", 200, `"part":"S"`)
	do("district-b", "PUT", at+"/sessions", `{"sessions":[{"date":"2013-02-26","part":"S","periods":5}]}`, 200, `"periods":5`)
	do("district-b", "POST", at+"/nominations/check", fmt.Sprintf(`{"cadres":[%d]}`, w.foreign.cadre), 200, `"obstacles"`)
	do("district-b", "POST", at+"/nominations/check", fmt.Sprintf(`{"cadres":[%d]}`, w.own.cadre), 404)
	nomination := decode[items[models.Nomination]](t, do("district-b", "POST", at+"/nominations", one(w.foreign.cadre), 201)).Items[0]
	do("district-b", "POST", at+"/nominations", one(w.foreign.cadre), 409, "nominate.already_sent")
	decide := func(n models.Nomination, verdict string) string {
		return fmt.Sprintf(`{"decisions":[{"nomination_id":%d,"version":%d,"verdict":%q}]}`, n.ID, n.Version, verdict)
	}
	do("district-b", "POST", at+"/decisions", decide(nomination, "refuse"), 422, "class.reason_required")
	do("district-b", "POST", fmt.Sprintf("/api/v1/nominations/%d/withdraw", nomination.ID), "", 204)
	nomination = decode[items[models.Nomination]](t, do("district-b", "POST", at+"/nominations", one(w.foreign.cadre), 201)).Items[0]
	seat := decode[items[models.Enrolment]](t, do("district-b", "POST", at+"/decisions", decide(nomination, "approve"), 200, `"seat":"seated"`)).Items[0]
	do("district-b", "POST", at+"/enrolments", one(w.foreign.second), 201, `"seat":"waiting"`)
	do("district-b", "GET", at+"/people", "", 200, `"waiting"`, "Canarybê")
	do("district-b", "POST", fmt.Sprintf("/api/v1/enrolments/%d/leave", seat.ID), `{"reason":"ốm"}`, 204)
	do("district-b", "GET", at+"/log", "", 200, "promoted")
	for _, to := range []string{"seated", "running"} {
		do("district-b", "POST", at+"/step", `{"to":"`+to+`"}`, 200, `"state":"`+to+`"`)
	}
	testTaught(t, w, at, do)
}

// testTaught goes on as the school that teaches the class.
func testTaught(t *testing.T, w *world, at string, do func(who, method, path, body string, status int, must ...string) answered) {
	t.Helper()
	roll := do("teacher", "GET", at+"/roll", "", 200, `"part":"S"`)
	if strings.Contains(roll.body, "cadre_id") || strings.Contains(roll.body, "0918777666") {
		t.Errorf("a school reads more than it needs: %s", roll.body)
	}
	sheet := decode[core.RollSheet](t, roll)
	session := fmt.Sprintf("%s/sessions/%d/roll", at, sheet.Sessions[0].ID)
	do("teacher", "PUT", session, `{"marks":{"999999":"K"}}`, 422, "roll.mark_bad")
	do("teacher", "PUT", session, `{"marks":{}}`, 204)
	do("teacher", "PUT", at+"/scores", fmt.Sprintf(`{"scores":[{"enrolment_id":%d,"test":"khong-co","try":1,"tenths":70}]}`, sheet.Learners[0].EnrolmentID), 422, "score.test_unknown")
	do("teacher", "PUT", at+"/scores", `{"scores":[]}`, 200, `"changed":0`)
	do("teacher", "GET", at+"/results", "", 200, `"outcome":"passed"`)
	file := do("teacher", "GET", at+"/grades", "", 200)
	do("viewer", "GET", at+"/grades", "", 403)
	for body, status := range map[string]int{file.body: 200, "PK nothing": 422} {
		raw, kind := form("file", "bang-diem.xlsx", []byte(body))
		if got := w.send(request{as: "teacher", method: "POST", path: at + "/grades", raw: raw, header: map[string]string{"Content-Type": kind}}); got.status != status {
			t.Errorf("a grade file: %d, want %d: %s", got.status, status, got.body)
		}
	}
	do("teacher", "POST", at+"/send", "", 200, `"state":"completed"`)
	do("district-b", "POST", at+"/return", `{"reason":"thiếu ảnh"}`, 200, `"state":"awaiting"`)
	do("teacher", "POST", at+"/send", "", 200)
	do("teacher", "POST", at+"/close", "", 403)
	do("district-b", "POST", at+"/close", "", 200, `"passed":1`)
	do("district-b", "GET", fmt.Sprintf("/api/v1/cadres/%d/training", w.foreign.second), "", 200, `"outcome":"passed"`)
	testCertificates(t, w, at)
	do("district-b", "POST", at+"/reopen", `{"reason":"nhầm"}`, 200, `"state":"completed"`)
}
