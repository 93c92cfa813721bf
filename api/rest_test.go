package api

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func testStandards(t *testing.T, w *world) {
	base := "/api/v1/standards/"
	w.want(http.StatusCreated, request{as: "province", method: "POST", path: base + "qd-04-2004/copies", body: `{"code":"thu-2013","name":"Thử"}`})
	one := w.want(http.StatusOK, request{as: "province", method: "GET", path: base + "thu-2013"})
	body := `{"position":"chu-tich-xa","name":"Thử hai","valid_from":"2013-01-01","legal_basis":"Thử","requirements":[{"code":"profession","name":"Chuyên môn","any_of":[{"all_of":[{"kind":"level","line":"profession","min_level":3}]}]}]}`
	w.want(http.StatusPreconditionRequired, request{as: "province", method: "PUT", path: base + "thu-2013", body: body})
	two := w.want(http.StatusOK, request{as: "province", method: "PUT", path: base + "thu-2013", body: body, header: map[string]string{"If-Match": one.header.Get("ETag")}})
	if two.header.Get("ETag") != `"2"` {
		t.Errorf("tag %s", two.header.Get("ETag"))
	}
	late := w.want(http.StatusPreconditionFailed, request{as: "province", method: "PUT", path: base + "thu-2013", body: body, header: map[string]string{"If-Match": one.header.Get("ETag")}})
	if !strings.Contains(late.body, "Thử hai") {
		t.Errorf("no current version in %s", late.body)
	}
	w.play(t, []scenario{
		{request{as: "province", method: "GET", path: "/api/v1/standard-comparison?a=thu-2013&a_version=1&b=thu-2013&b_version=2"}, 200, []string{`"changed"`}, nil},
		{request{as: "province", method: "GET", path: base + "thu-2013/history"}, 200, []string{"standard."}, nil},
		{request{as: "province", method: "PUT", path: base + "thu-2013", body: strings.Replace(body, `"min_level":3`, `"min_level":9`, 1), header: map[string]string{"If-Match": `"2"`}}, 422, []string{`"code":"standard.level_bad"`, `"pointer":"/requirements/0`}, nil},
		{request{as: "district-a", method: "POST", path: base + "qd-04-2004/copies", body: `{"code":"x","name":"X"}`}, 403, nil, nil},
	})
}

func testUnits(t *testing.T, w *world) {
	w.play(t, []scenario{
		{request{as: "district-a", method: "GET", path: "/api/v1/units"}, 200, []string{"Lệ Thủy"}, []string{"Quảng Ninh"}},
		{request{as: "district-a", method: "GET", path: "/api/v1/units/search?q=an+thuy"}, 200, []string{"An Thủy"}, nil},
		{request{as: "province", method: "POST", path: "/api/v1/unit-changes/preview", body: fmt.Sprintf(`{"kind":"rename","units":[%d],"date":"2013-06-01","basis":"Thử","into":[{"code":"","parent_id":%d,"kind":"commune","style":"xã","name":"Tên Mới","from":"2013-06-01"}]}`, w.own.commune, w.own.unit)}, 200, []string{`"units"`}, nil},
		{request{as: "province", method: "POST", path: "/api/v1/unit-changes/preview", body: `{"kind":"explode","units":[1],"date":"2013-06-01","basis":""}`}, 422, []string{"field_choice"}, nil},
		{request{as: "province", method: "GET", path: fmt.Sprintf("/api/v1/units/%d", w.own.commune)}, 200, []string{"An Thủy"}, []string{"Tên Mới"}},
		{request{as: "school", method: "GET", path: "/api/v1/lists/levels"}, 200, []string{`"group":"profession"`}, []string{"level.profession"}},
		{request{as: "school", method: "GET", path: "/api/v1/lists/areas"}, 200, []string{`"code":"mountainous"`}, []string{`"area.`}},
		{request{as: "school", method: "GET", path: "/api/v1/lists/statuses"}, 200, []string{`"code":"M"`}, []string{`"status.`}},
		{request{as: "school", method: "GET", path: "/api/v1/lists/ethnic-groups"}, 200, []string{"Bru - Vân Kiều"}, nil},
	})
}

// testRest asks for what no other scenario needs; only that it works is looked at, core's tests hold the outcome.
func testRest(t *testing.T, w *world) {
	cadre, unit := fmt.Sprintf("/api/v1/cadres/%d", w.foreign.cadre), fmt.Sprintf("/api/v1/units/%d", w.foreign.commune)
	at := func(kind string) string { return fmt.Sprintf("%s/%s/%d", cadre, kind, w.foreign.fact[kind]) }
	tag := func(kind string) map[string]string { return map[string]string{"If-Match": etag(w.foreign.row[kind])} }
	as := func(who, method, path, body string, must ...string) scenario {
		return scenario{request{as: who, method: method, path: path, body: body}, http.StatusOK, must, nil}
	}
	with := func(x scenario, status int, header map[string]string) scenario {
		x.status, x.header = status, header
		return x
	}
	holding := fmt.Sprintf(`{"position":%q,"unit_id":%d,"from":"2011-06-01","to":"2016-06-01"}`, "chu-tich-xa", w.foreign.commune)
	w.play(t, []scenario{
		as("district-b", "POST", cadre+"/identity", "", `"identity":"044075077666"`),
		as("district-b", "GET", cadre+"/history", "", "cadre.identity_read"),
		as("district-b", "GET", unit+"/history", "", `"items"`),
		with(as("district-b", "PUT", at("holdings"), holding), 200, tag("holdings")),
		with(as("district-b", "PUT", at("successions"), strings.Replace(holding, `{`, `{"term":"2016-2021",`, 1)), 200, tag("successions")),
		with(as("district-b", "PUT", at("qualifications"), `{"kind":"profession","level":3,"earned":"2010-06-01"}`), 200, tag("qualifications")),
		with(as("district-b", "PUT", at("studies"), `{"kind":"political","level":2,"from":"2012-01-01","to":"2014-01-01"}`), 200, tag("studies")),
		with(as("district-b", "PUT", at("ratings"), `{"year":2012,"grade":"xuat-sac"}`), 200, tag("ratings")),
		with(as("district-b", "POST", at("qualifications")+"/review", `{"review":"verified"}`), 204, nil),
		with(as("district-b", "POST", cadre+"/holdings", fmt.Sprintf(`{"position":"uy-vien-bch-xa","unit_id":%d,"from":"2012-01-01","to":"2016-06-01"}`, w.foreign.commune)), 201, nil),
		with(as("district-b", "POST", fmt.Sprintf("/api/v1/cadres/%d/holdings", w.foreign.second), strings.Replace(holding, "}", `,"term":"2011-2016"}`, 1), "holding.seat_taken"), 409, nil),
		with(as("district-b", "POST", fmt.Sprintf("/api/v1/cadres/%d/holdings", w.foreign.second), strings.Replace(holding, "}", `,"shared":true}`, 1)), 201, nil),
		as("district-b", "POST", "/api/v1/cadres/similar", fmt.Sprintf(`{"name":"nguyen thi canarybe","birth":"1975","unit_id":%d}`, w.foreign.commune), "Nguyễn Thị Canarybê"),
		as("district-b", "GET", fmt.Sprintf("/api/v1/cadres/%d/duplicates", w.foreign.cadre), "", `"items"`),
		as("district-b", "GET", cadre+"?known_on=2013-02-01", "", `"holdings":null`),
		with(as("district-b", "POST", unit+"/figures", `{"key":"members","date":"2013-01-01","value":900,"source":"Báo cáo năm 2012"}`), 201, nil),
		as("district-b", "GET", unit, "", `"source":"Báo cáo năm 2012"`),
		as("district-b", "GET", fmt.Sprintf("/api/v1/imports/%d/history", w.foreign.imported), "", "import."),
		as("district-b", "GET", "/api/v1/gaps/target?standard=ke-hoach-2013", "", `"code":"T12"`, `"still_need":`),
		with(as("district-b", "GET", "/api/v1/gaps/target?standard=qd-04-2004", ""), 404, nil),
		with(as("district-b", "POST", cadre+"/successions", fmt.Sprintf(`{"position":"pho-chu-tich-xa","unit_id":%d,"term":"2016-2021","to":"2016-06-01"}`, w.foreign.commune)), 201, nil),
		with(as("district-b", "POST", cadre+"/qualifications", `{"kind":"training","level":1,"days":12,"giver":"province","earned":"2012-05-01"}`), 201, nil),
		with(as("district-b", "POST", cadre+"/studies", `{"kind":"general","level":4,"from":"2012-01-01","to":"2014-01-01"}`), 201, nil),
		with(as("district-b", "POST", cadre+"/awards", `{"title":"Bằng khen","year":2012}`), 201, nil),
		with(as("district-b", "POST", cadre+"/ratings", `{"year":2011,"grade":"kha"}`), 201, nil),
		as("district-b", "GET", "/api/v1/duplicates", "", `"items"`),
		with(as("district-b", "POST", "/api/v1/duplicates/not-same", fmt.Sprintf(`{"a":%d,"b":%d}`, w.foreign.cadre, w.foreign.second)), 204, nil),
		with(as("district-b", "POST", fmt.Sprintf("/api/v1/merges/%d/undo", w.foreign.merge), ""), 204, nil),
		with(as("district-b", "DELETE", fmt.Sprintf("/api/v1/imports/%d", w.foreign.imported), ""), 204, nil),
		as("province", "GET", "/api/v1/positions", "", "chu-tich-xa"),
		as("province", "GET", "/api/v1/standards?all=true", "", "qd-04-2004"),
		as("province", "GET", "/api/v1/targets/T12/series?dates=2013-03-01,2013-12-31", "", `"as_of":"2013-12-31"`),
		with(as("province", "POST", "/api/v1/targets", `{"code":"thu","target":{"name":"Thử","measures":[{"position":"chu-tich-xa","standard":"ke-hoach-2013"}],"threshold_bp":5000,"start":"2013-01-01","due":"2017-12-31","basis":"Thử"}}`), 201, nil),
		as("province", "GET", "/api/v1/targets/thu/history", "", "target.create"),
		as("province", "POST", "/api/v1/standards/preview", `{"code":"ke-hoach-2013","standard":{"position":"chu-tich-xa","name":"Thử","valid_from":"2013-01-01","legal_basis":"Thử","requirements":[{"code":"party","name":"Đảng viên","any_of":[{"all_of":[{"kind":"party"}]}]}]}}`, `"changed":[{`),
		with(as("province", "POST", "/api/v1/standards", `{"code":"moi-2013","standard":{"position":"chu-tich-xa","name":"Mới","valid_from":"2013-01-01","legal_basis":"Thử","requirements":[{"code":"party","name":"Đảng viên","any_of":[{"all_of":[{"kind":"party"}]}]}]}}`), 201, nil),
		as("province", "GET", "/api/v1/baseline", "", `"items"`),
		with(as("province", "POST", unit+"/flags", `{"flag":"border","from":"2012-01-01","basis":"Thử","certainty":"source"}`), 204, nil),
		as("province", "GET", "/api/v1/lists/religions", "", `"items"`),
		as("admin", "GET", "/api/v1/audit/verify", "", `"problem":""`),
		as("admin", "GET", "/api/v1/audit/verify?heads=1:00ff", "", "audit.problem.anchor"),
		with(as("admin", "GET", "/api/v1/audit/verify?heads=khong", "", "audit.head_bad"), 422, nil),
		as("admin", "GET", "/api/v1/settings/letterhead", "", "parent_line"),
		with(as("admin", "PUT", "/api/v1/settings/letterhead", `{"parent_line":"HỘI LHPN TỈNH","issuer_line":"BAN TỔ CHỨC","place":"Đồng Hới"}`), 204, nil),
		as("admin", "GET", "/api/v1/accounts", "", `"login":"school"`),
		with(as("admin", "POST", "/api/v1/accounts", `{"login":"moi.tao","name":"Mới","password":"`+testPassword+` hai","role":"administrator"}`), 201, nil),
		with(as("admin", "PUT", fmt.Sprintf("/api/v1/accounts/%d/password", w.account["school"]), `{"password":"`+testPassword+` ba"}`), 204, nil),
		as("admin", "GET", fmt.Sprintf("/api/v1/accounts/%d/history", w.account["school"]), "", "account.password_reset"),
		as("admin", "GET", fmt.Sprintf("/api/v1/accounts/%d/tokens", w.account["district-a"]), "", `"name":"chỉ đọc"`),
		with(as("admin", "DELETE", fmt.Sprintf("/api/v1/accounts/%d/sessions", w.account["commune-a"]), ""), 204, nil),
		with(as("commune-a", "GET", "/api/v1/session", ""), 401, nil),
		with(as("viewer", "POST", "/api/v1/tokens", `{"name":"xem","permissions":["gaps.read"],"expires":"2013-06-01"}`), 201, nil),
		as("viewer", "GET", "/api/v1/tokens", "", `"name":"xem"`),
		with(as("viewer", "PUT", "/api/v1/session/language", `{"language":"en"}`), 204, nil),
		with(as("viewer", "PUT", "/api/v1/session/password", `{"old":"`+testPassword+`","new":"`+testPassword+` bốn"}`), 204, nil),
	})
	merge := fmt.Sprintf(`{"keep":%d,"gone":%d,"take":["note"]}`, w.foreign.second, w.foreign.cadre)
	merged := decode[struct{ ID int64 }](t, w.want(201, request{as: "district-b", method: "POST", path: "/api/v1/merges", body: merge}))
	w.want(204, request{as: "district-b", method: "POST", path: fmt.Sprintf("/api/v1/merges/%d/undo", merged.ID)})
	branch := fmt.Sprintf(`{"code":"thu-1","parent_id":%d,"kind":"branch","style":"chi hội","name":"Thử","from":"2013-01-01"}`, w.foreign.commune)
	made := decode[struct {
		UnitID int64 `json:"unit_id"`
	}](t, w.want(201, request{as: "province", method: "POST", path: "/api/v1/units", body: branch}))
	rename := fmt.Sprintf(`{"kind":"rename","units":[%d],"date":"2013-02-01","basis":"Thử","into":[{"code":"","parent_id":0,"kind":"branch","style":"chi hội","name":"Tên Mới","from":"2013-02-01"}]}`, made.UnitID)
	w.want(200, request{as: "province", method: "POST", path: "/api/v1/unit-changes", body: rename})
	if got := w.want(200, request{as: "province", method: "GET", path: fmt.Sprintf("/api/v1/units/%d", made.UnitID)}); !strings.Contains(got.body, "Tên Mới") {
		t.Errorf("not renamed: %s", got.body)
	}
	flags := w.want(200, request{as: "province", method: "GET", path: unit})
	for _, f := range decode[struct{ Flags []struct{ ID int64 } }](t, flags).Flags {
		w.send(request{as: "province", method: "POST", path: fmt.Sprintf("/api/v1/unit-flags/%d/end", f.ID), body: `{"to":"2013-02-01"}`})
	}
	tokens := w.want(200, request{as: "district-a", method: "GET", path: "/api/v1/tokens"})
	for _, x := range decode[items[struct{ ID int64 }]](t, tokens).Items {
		w.want(204, request{as: "district-a", method: "DELETE", path: fmt.Sprintf("/api/v1/tokens/%d", x.ID)})
	}
	card := w.want(200, request{as: "district-b", method: "GET", path: cadre})
	facts := decode[map[string]any](t, card)
	for kind := range w.foreign.fact {
		for _, x := range facts[kind].([]any) {
			row := x.(map[string]any)
			w.want(204, request{as: "district-b", method: "DELETE", path: fmt.Sprintf("%s/%s/%.0f", cadre, kind, row["fact_id"]),
				header: map[string]string{"If-Match": fmt.Sprintf(`"%.0f"`, row["id"])}})
		}
	}
}

// TestInternalErrorsAreHidden: the asker gets a number to tell, the log gets the text.
func TestInternalErrorsAreHidden(t *testing.T) {
	w := newWorld(t, "sqlite")
	over, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	r := httptest.NewRequest(http.MethodGet, "/api/v1/cadres", nil).WithContext(over)
	r.Header.Set("Authorization", "Bearer "+w.tokens["province"])
	rec := httptest.NewRecorder()
	w.engine.ServeHTTP(rec, r)
	p := decode[Problem](t, answered{rec.Code, rec.Header(), rec.Body.String()})
	if rec.Code != http.StatusInternalServerError || p.Code != "internal" || p.Request == "" || strings.Contains(rec.Body.String(), "deadline") {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
	if !strings.Contains(w.log.String(), p.Request) || !strings.Contains(w.log.String(), "deadline") {
		t.Errorf("log: %s", w.log)
	}
}
