package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const courseBody = `{"name":"Bồi dưỡng 5 ngày","kind":"skills","host":"province","days":5,"blocks":1,"min_learners":20,"max_learners":40,"giver":"province",
	"positions":["chu-tich-xa"],"areas":["ethnic"],"grants":[{"line":"training","level":1,"days":5}],
	"pass_rules":[{"from":"","attendance_bp":8000,"tests":[{"code":"ck","name":"Cuối khóa","weight":1}],"min_score":50,"retests":1,"basis":"Thử"}]}`

// catalogueRows are the nouns of the catalogue: where one is created, with what, and what an edit says.
var catalogueRows = []struct{ path, create, edit, wrong, finding string }{
	{"/courses", `{"code":"thu-5","course":` + courseBody + `}`, strings.Replace(courseBody, "5 ngày", "năm ngày", 1),
		strings.Replace(courseBody, "chu-tich-xa", "vua", 1), `"code":"course.position_unknown","field":"positions"`},
	{"/schools", `{"code":"truong-moi","school":{"name":"Trường Mới","agreement_from":"2013-01-01","agreement_to":"2014-01-01"}}`, `{"name":"Trường năm ngày","agreement_to":""}`,
		`{"name":"Trường","agreement_from":"2014-01-01","agreement_to":"2013-01-01"}`, `"code":"school.agreement_range","field":"agreement_to"`},
	{"/instructors", `{"name":"Lê Thị An","phone":"0912 345 678","school":"so-noi-vu","away":[{"from":"2013-06-01","to":"2013-06-08","reason":"nghỉ"}]}`, `{"name":"Lê Thị năm ngày"}`,
		`{"name":"Lê Thị An","school":"khong-co"}`, `"code":"school.unknown","field":"school"`},
	{"/venues", `{"name":"Hội trường","rooms":[{"name":"P1","seats":60}],"beds":20}`, `{"name":"Hội trường năm ngày"}`,
		`{"name":"Hội trường","unit_id":999999}`, `"code":"venue.unit_unknown","field":"unit_id"`},
	{"/fundings", `{"code":"du-an","funding":{"name":"Dự án","budgets":[{"year":2013,"amount":300000000000}]}}`, `{"name":"Dự án năm ngày"}`,
		`{"name":"Dự án","budgets":[{"year":2013,"amount":1},{"year":2013,"amount":2}]}`, `"code":"funding.budget_bad","field":"budgets"`},
}

// testCatalogue takes each noun through its life: created, read, changed over the version that was seen, retired.
func testCatalogue(t *testing.T, w *world) {
	for _, x := range catalogueRows {
		list := "/api/v1" + x.path
		made := w.want(http.StatusCreated, request{as: "province", method: "POST", path: list, body: x.create})
		at, tag := made.header.Get("Location"), made.header.Get("ETag")
		with := func(tag string) map[string]string { return map[string]string{"If-Match": tag} }
		read := w.want(http.StatusOK, request{as: "province", method: "GET", path: at})
		if read.header.Get("ETag") != tag || tag != `"1"` || read.body != made.body {
			t.Errorf("%s: %s %s", at, read.header.Get("ETag"), read.body)
		}
		w.want(http.StatusPreconditionRequired, request{as: "province", method: "PUT", path: at, body: x.edit})
		w.play(t, []scenario{
			{request{as: "province", method: "PUT", path: at, body: x.wrong, header: with(tag)}, 422, []string{x.finding}, nil},
			{request{as: "province", method: "PUT", path: at, body: `{"name":"A","id":7}`, header: with(tag)}, 400, []string{`"code":"unknown_field"`}, nil},
			{request{as: "province", method: "PUT", path: at, body: x.edit, header: with(tag)}, 200, []string{`năm ngày`, `"version":2`}, nil},
			{request{as: "province", method: "PUT", path: at, body: x.edit, header: with(tag)}, 412, []string{`"code":"edit.stale"`, `năm ngày`}, nil},
			{request{as: "district-a", method: "PUT", path: at, body: x.edit, header: with(`"2"`)}, 403, nil, nil},
			{request{as: "province", method: "PUT", path: at + "/retired", body: `{"retired":true}`, header: with(tag)}, 412, []string{`năm ngày`}, nil},
			{request{as: "province", method: "PUT", path: at + "/retired", body: `{"retired":true}`, header: with(`"2"`)}, 200, []string{`"retired":true`, `"version":3`}, nil},
			{request{as: "district-a", method: "GET", path: list}, 200, []string{`năm ngày`}, nil},
			{request{as: "province", method: "PUT", path: list + "/0", body: x.edit, header: with(`"1"`)}, 404, nil, nil},
		})
	}
	testSchoolReads(t, w)
}

// testSchoolReads: a school finds the courses and itself.
func testSchoolReads(t *testing.T, w *world) {
	own := w.want(http.StatusCreated, request{as: "province", method: "POST", path: "/api/v1/instructors", body: `{"name":"Của trường","phone":"0987 000 111","school":"hoc-vien-phu-nu"}`})
	foreign := decode[struct{ ID int64 }](t, w.want(http.StatusCreated, request{as: "province", method: "POST", path: "/api/v1/instructors", body: `{"name":"Của nơi khác","phone":"0987 222 333","school":"so-noi-vu"}`}))
	w.play(t, []scenario{
		{request{as: "school", method: "GET", path: "/api/v1/courses"}, 200, []string{`"code":"C04"`}, nil},
		{request{as: "school", method: "GET", path: "/api/v1/schools"}, 200, []string{`"code":"hoc-vien-phu-nu"`}, []string{"so-noi-vu"}},
		{request{as: "school", method: "GET", path: "/api/v1/schools/so-noi-vu"}, 404, nil, nil},
		{request{as: "school", method: "GET", path: "/api/v1/instructors"}, 200, []string{"0987000111"}, []string{"0987222333", "Của nơi khác"}},
		{request{as: "school", method: "GET", path: own.header.Get("Location")}, 200, []string{"0987000111"}, nil},
		{request{as: "school", method: "GET", path: fmt.Sprintf("/api/v1/instructors/%d", foreign.ID)}, 404, nil, nil},
		{request{as: "school", method: "GET", path: "/api/v1/venues"}, 200, []string{`"items":[]`}, nil},
		{request{as: "school", method: "GET", path: "/api/v1/fundings"}, 200, []string{`"items":[]`}, nil},
		{request{as: "viewer", method: "GET", path: "/api/v1/instructors"}, 200, []string{"Của nơi khác"}, []string{"0987222333", "0987000111"}},
		{request{as: "district-b", method: "GET", path: "/api/v1/instructors"}, 200, []string{"0987222333"}, nil},
		{request{as: "admin", method: "GET", path: "/api/v1/schools"}, 200, []string{"chinh-tri-le-thuy"}, nil},
	})
}
