package api

import (
	"context"
	"fmt"
	"testing"

	"datchuan/core"
	"datchuan/models"
)

// shareClass seats somebody of both districts in a class of the province, so that each district is told of her own.
func (w *world) shareClass(province int64) {
	w.t.Helper()
	ctx, who := context.Background(), w.actor("province")
	must := func(err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
	}
	class, err := w.core.SaveClass(ctx, who, models.Class{Course: "C08", Name: "Lớp tỉnh", UnitID: province, School: "chinh-tri-quang-ninh", From: 20130903, To: 20130907, Seats: 9})
	must(err)
	for _, step := range []core.ClassStep{{To: models.ClassPlanned}, {To: models.ClassApproved, Decision: "7/QĐ", DecidedOn: 20130220}, {To: models.ClassNominating}} {
		class, err = w.core.MoveClass(ctx, who, class.ID, class.Version, step)
		must(err)
	}
	_, err = w.core.Enrol(ctx, who, class.ID, []core.NominationInput{{CadreID: w.own.second, Override: "thử"}, {CadreID: w.foreign.second, Override: "thử"}})
	must(err)
	for _, d := range []*district{&w.own, &w.foreign} {
		list, _, err := w.core.Notices(ctx, d.officer, "", 10)
		must(err)
		if len(list) != 2 || list[0].Kind != models.NoticeSeated || len(list[0].People) != 1 {
			w.t.Fatalf("a district is told %+v", list)
		}
		d.notice = list[0].ID
	}
}

// testNotices reads what a district was told, and what it may have of its classes.
func testNotices(t *testing.T, w *world) {
	w.play(t, []scenario{
		{request{as: "district-b", method: "GET", path: "/api/v1/notices?limit=1"}, 200, []string{`"next":"u-`}, nil},
		{request{as: "district-b", method: "GET", path: "/api/v1/notices"}, 200, []string{`"kind":"seated"`, "Canarybê", "Lớp tỉnh", "Thời gian: 03/09/2013"}, nil},
		{request{as: "district-a", method: "GET", path: "/api/v1/notices"}, 200, []string{`"kind":"opened"`, `"people":["`}, []string{"Canarybê"}},
		{request{as: "district-b", method: "GET", path: "/api/v1/notices/unread"}, 200, []string{`{"unread":4}`}, nil},
		{request{as: "district-b", method: "POST", path: fmt.Sprintf("/api/v1/notices/%d/read", w.foreign.notice)}, 200, []string{`"read_at"`}, []string{`"read_at":0`}},
		{request{as: "district-a", method: "POST", path: fmt.Sprintf("/api/v1/notices/%d/read", w.foreign.notice)}, 404, nil, nil},
		{request{as: "district-b", method: "POST", path: "/api/v1/notices/read", body: `{"up_to":9999}`}, 204, nil, nil},
		{request{as: "district-b", method: "GET", path: "/api/v1/notices/unread"}, 200, []string{`{"unread":0}`}, nil},
		{request{as: "district-b", method: "GET", path: fmt.Sprintf("/api/v1/classes/%d/message", w.foreign.class)}, 200, []string{"Lớp Canarybê"}, nil},
		{request{as: "district-b", method: "POST", path: "/api/v1/calendar"}, 201, []string{`"path":"/calendar/`}, nil},
		{request{as: "district-b", method: "GET", path: "/api/v1/calendar"}, 200, []string{`"created_at"`}, []string{`"created_at":0`}},
		{request{as: "district-b", method: "DELETE", path: "/api/v1/calendar"}, 204, nil, nil},
		{request{as: "district-b", method: "PUT", path: "/api/v1/session/email", body: `{"email":"khong phai"}`}, 422, []string{"account.email"}, nil},
		{request{as: "district-b", method: "PUT", path: "/api/v1/session/email", body: `{"email":"b@hoi.example"}`}, 204, nil, nil},
		{request{as: "admin", method: "PUT", path: "/api/v1/settings/mail", body: `{"enabled":true}`}, 204, nil, nil},
		{request{as: "admin", method: "GET", path: "/api/v1/settings/mail"}, 200, []string{`"enabled":true`, `"ready":false`}, nil},
		{request{as: "admin", method: "POST", path: "/api/v1/settings/mail/retry"}, 204, nil, nil},
	})
}
