package api

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// scenario is one request of a table and what its answer must and must not hold.
type scenario struct {
	request
	status int
	must   []string
	not    []string
}

func (w *world) play(t *testing.T, table []scenario) {
	t.Helper()
	for _, x := range table {
		got := w.send(x.request)
		if got.status != x.status {
			t.Errorf("%s %s as %q: %d, want %d: %s", x.method, x.path, x.as, got.status, x.status, got.body)
		}
		if kind := got.header.Get("Content-Type"); got.status >= 400 && kind != "application/problem+json" {
			t.Errorf("%s %s as %q: refused as %q", x.method, x.path, x.as, kind)
		}
		for _, m := range x.must {
			if !strings.Contains(got.body, m) {
				t.Errorf("%s %s as %q: no %q in %s", x.method, x.path, x.as, m, got.body)
			}
		}
		for _, m := range x.not {
			if strings.Contains(got.body, m) {
				t.Errorf("%s %s as %q: %q in %s", x.method, x.path, x.as, m, got.body)
			}
		}
	}
}

func TestScenarios(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		for name, test := range map[string]func(*testing.T, *world){"session": testSession, "problems": testProblems, "stale": testStale, "once": testOnce,
			"paging": testPaging, "gap formats": testGapFormats, "files": testFiles, "import": testImport, "standards": testStandards, "units": testUnits, "classes": testClasses} {
			t.Run(name, func(t *testing.T) { w.t = t; test(t, w) })
		}
		t.Run("catalogue", func(t *testing.T) { w.t = t; testCatalogue(t, w) })
		t.Run("notices", func(t *testing.T) { w.t = t; testNotices(t, w) })
		t.Run("the rest", func(t *testing.T) { w.t = t; testRest(t, w) })
		for _, r := range Routes() {
			if _, ok := w.worked.Load(r.Method + " " + r.Path); !ok {
				t.Errorf("%s %s has never been seen to work", r.Method, r.Path)
			}
		}
		if w.log.Len() > 0 {
			t.Errorf("internal errors:\n%s", w.log)
		}
	})
}

func testSession(t *testing.T, w *world) {
	w.play(t, []scenario{
		{request{method: "POST", path: "/api/v1/session", body: `{"login":"viewer","password":"sai rồi"}`}, 401, []string{`"code":"auth.wrong"`, "Tên đăng nhập hoặc mật khẩu"}, nil},
		{request{method: "POST", path: "/api/v1/session", body: `{"login":"viewer"}`}, 422, []string{`"code":"field_required"`, `"field":"password"`}, nil},
		{request{method: "GET", path: "/api/v1/session"}, 401, []string{`"code":"auth.sign_in"`}, nil},
		{request{as: "viewer", method: "GET", path: "/api/v1/session"}, 200, []string{`"role":"province_viewer"`, `"gaps.read"`}, []string{"cadres.write", "hash"}},
		{request{method: "GET", path: "/api/v1/session", header: map[string]string{"Cookie": "datchuan=" + w.tokens["viewer"]}}, 200, []string{`"login":"viewer"`}, nil},
		{request{method: "GET", path: "/api/v1/session", header: map[string]string{"Cookie": "datchuan=sai"}}, 401, nil, nil},
		{request{method: "GET", path: "/api/v1/session", header: map[string]string{"Authorization": "Bearer dc_sai"}}, 401, []string{`"code":"auth.token"`}, nil},
		{request{method: "GET", path: "/api/v1/session", header: map[string]string{"Authorization": "Basic YTpi"}}, 401, nil, nil},
		{request{as: "school", method: "GET", path: "/api/v1/cadres"}, 403, []string{`"code":"auth.forbidden"`}, nil},
		{request{as: "read-only", method: "DELETE", path: "/api/v1/session"}, 409, []string{"session_none"}, nil},
	})
	got := w.want(http.StatusOK, request{method: "POST", path: "/api/v1/session", body: `{"login":"viewer","password":"` + testPassword + `"}`})
	token := decode[opened](t, got).Token
	bearer := map[string]string{"Authorization": "Bearer " + token}
	w.want(http.StatusNoContent, request{method: "DELETE", path: "/api/v1/session", header: bearer})
	w.want(http.StatusUnauthorized, request{method: "GET", path: "/api/v1/session", header: bearer})
}

func testProblems(t *testing.T, w *world) {
	en := map[string]string{"Accept-Language": "en-GB,en;q=0.9,vi;q=0.3"}
	w.play(t, []scenario{
		{request{as: "province", method: "POST", path: "/api/v1/cadres", body: `{"cadre":{"name":"A","unit_id":1},"la":1}`}, 400, []string{`"code":"unknown_field"`, `"pointer":"/la"`, "không có trong yêu cầu"}, nil},
		{request{as: "province", method: "POST", path: "/api/v1/cadres", body: `{"cadre":{"name":"A","unit_id":"x"}}`, header: en}, 422, []string{`"code":"field_type"`, `"pointer":"/cadre/unit_id"`, "must be of type integer"}, nil},
		{request{as: "province", method: "POST", path: "/api/v1/cadres", body: `{"cadre":`}, 400, []string{`"code":"body_malformed"`}, nil},
		{request{as: "province", method: "POST", path: "/api/v1/cadres"}, 400, []string{`"code":"body_required"`}, nil},
		{request{as: "province", method: "POST", path: "/api/v1/cadres", body: `{"cadre":{"name":"A\u0000","unit_id":1}}`}, 400, []string{`"code":"text_bad"`}, nil},
		{request{as: "province", method: "GET", path: "/api/v1/cadres?q=%ff"}, 400, []string{`"code":"text_bad"`}, nil},
		{request{as: "province", method: "POST", path: "/api/v1/duplicates/not-same", body: `{"a":1,"b":2}`, header: map[string]string{"Idempotency-Key": "\xff\xfe"}}, 422, []string{"idempotency.key"}, nil},
		{request{as: "province", method: "POST", path: "/api/v1/cadres", body: `{"cadre":{"name":"A","unit_id":1,"birth":"1975-13"}}`}, 422, []string{`"code":"field_date"`}, nil},
		{request{as: "province", method: "POST", path: "/api/v1/cadres", body: `{"cadre":{"name":"A","unit_id":1}}`, header: map[string]string{"Content-Type": "text/plain"}}, 415, []string{`"code":"media_type"`}, nil},
		{request{as: "province", method: "GET", path: "/api/v1/cadres?la=1"}, 400, []string{`"code":"unknown_parameter"`}, nil},
		{request{as: "province", method: "GET", path: "/api/v1/cadres?limit=1000"}, 422, []string{`"code":"field_most"`, "200"}, nil},
		{request{as: "province", method: "GET", path: "/api/v1/gaps?as_of=2013-02-30"}, 422, []string{`"code":"field_date"`}, nil},
		{request{as: "province", method: "GET", path: "/api/v1/gaps?studying=co"}, 422, []string{`"code":"field_choice"`}, nil},
		{request{as: "province", method: "GET", path: "/api/v1/cadres/999999"}, 404, []string{`"type":"urn:datchuan:problem:not_found"`, `"status":404`, "Không tìm thấy"}, nil},
		{request{as: "province", method: "GET", path: "/api/v1/khong-co"}, 404, []string{`"code":"route_not_found"`}, nil},
		{request{as: "province", method: "POST", path: "/api/v1/cadres", body: `{"cadre":{"name":"` + strings.Repeat("A", 2<<20) + `"}}`}, 413, []string{`"code":"body_too_large"`}, nil},
	})
	for range 30 {
		w.send(request{method: "POST", path: "/api/v1/session", body: `{"login":"khong-co","password":"sai"}`})
	}
	got := w.send(request{method: "POST", path: "/api/v1/session", body: `{"login":"khong-co","password":"sai"}`})
	if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") == "" {
		t.Errorf("after many wrong passwords: %d, Retry-After %q", got.status, got.header.Get("Retry-After"))
	}
}

// testStale: nothing versioned is changed unseen, and who comes late gets the record as it is now.
func testStale(t *testing.T, w *world) {
	cadre := fmt.Sprintf("/api/v1/cadres/%d", w.own.second)
	put := func(tag, name string) answered {
		q := request{as: "district-a", method: "PUT", path: cadre, body: cadreBody(name, w.own.otherCommune), header: map[string]string{}}
		if tag != "" {
			q.header["If-Match"] = tag
		}
		return w.send(q)
	}
	seen := w.want(http.StatusOK, request{as: "district-a", method: "GET", path: cadre}).header.Get("ETag")
	if got := put("", "Không Tag"); got.status != http.StatusPreconditionRequired {
		t.Errorf("without If-Match: %d", got.status)
	}
	first := put(seen, "Lê Thị Một")
	if first.status != http.StatusOK || first.header.Get("ETag") == seen {
		t.Fatalf("%d %s, tag %s after %s", first.status, first.body, first.header.Get("ETag"), seen)
	}
	late := put(seen, "Lê Thị Hai")
	if late.status != http.StatusPreconditionFailed || !strings.Contains(late.body, "Lê Thị Một") || decode[Problem](t, late).Code != "edit.stale" {
		t.Errorf("late: %d %s", late.status, late.body)
	}
	if got := put(`"abc"`, "Lê Thị Ba"); got.status != http.StatusPreconditionFailed {
		t.Errorf("a tag of nobody: %d", got.status)
	}
	account := fmt.Sprintf("/api/v1/accounts/%d", w.account["viewer"])
	tag := w.want(http.StatusOK, request{as: "admin", method: "GET", path: account}).header.Get("ETag")
	body := fmt.Sprintf(`{"name":"Người xem","role":"province_viewer","unit_id":%d,"language":"vi"}`, w.actor("viewer").UnitID)
	w.want(http.StatusPreconditionRequired, request{as: "admin", method: "PUT", path: account, body: body})
	w.want(http.StatusOK, request{as: "admin", method: "PUT", path: account, body: body, header: map[string]string{"If-Match": tag}})
	w.want(http.StatusPreconditionFailed, request{as: "admin", method: "PUT", path: account, body: body, header: map[string]string{"If-Match": tag}})

	fact := fmt.Sprintf("/api/v1/cadres/%d/awards/%d", w.own.cadre, w.own.fact["awards"])
	row := map[string]string{"If-Match": etag(w.own.row["awards"])}
	w.want(http.StatusPreconditionRequired, request{as: "district-a", method: "DELETE", path: fact})
	w.want(http.StatusOK, request{as: "district-a", method: "PUT", path: fact, body: `{"title":"Giỏi","year":2011}`, header: row})
	got := w.want(http.StatusPreconditionFailed, request{as: "district-a", method: "PUT", path: fact, body: `{"title":"Khá","year":2011}`, header: row})
	if !strings.Contains(got.body, `"title":"Giỏi"`) {
		t.Errorf("no current record in %s", got.body)
	}
	w.want(http.StatusPreconditionFailed, request{as: "district-a", method: "DELETE", path: fact, header: row})
	target := w.want(http.StatusOK, request{as: "province", method: "GET", path: "/api/v1/targets"})
	if !strings.Contains(target.body, `"code":"T12"`) {
		t.Fatalf("no target in %s", target.body)
	}
	edit := `{"name":"Chỉ tiêu","measures":[{"position":"chu-tich-xa","standard":"ke-hoach-2013"}],"threshold_bp":9000,"start":"2013-01-01","due":"2017-12-31","basis":"KH"}`
	w.want(http.StatusPreconditionRequired, request{as: "province", method: "PUT", path: "/api/v1/targets/T12", body: edit})
	w.want(http.StatusPreconditionFailed, request{as: "province", method: "PUT", path: "/api/v1/targets/T12", body: edit, header: map[string]string{"If-Match": `"77"`}})
	w.want(http.StatusOK, request{as: "province", method: "PUT", path: "/api/v1/targets/T12", body: edit, header: map[string]string{"If-Match": `"1"`}})
}

// testOnce: one effect, one answer, however often a POST is sent.
func testOnce(t *testing.T, w *world) {
	body := fmt.Sprintf(`{"cadre":%s}`, cadreBody("Trần Thị Một Lần", w.own.commune))
	q := request{as: "district-a", method: "POST", path: "/api/v1/cadres", body: body, header: map[string]string{"Idempotency-Key": "k-1"}}
	count := func() int {
		got := w.want(http.StatusOK, request{as: "district-a", method: "GET", path: "/api/v1/cadres?q=mot+lan"})
		return strings.Count(got.body, "Trần Thị Một Lần")
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got := w.send(q); got.status != http.StatusCreated && got.status != http.StatusConflict {
				t.Errorf("parallel: %d %s", got.status, got.body)
			}
		})
	}
	wg.Wait()
	again := w.want(http.StatusCreated, q)
	if again.header.Get("Idempotency-Replayed") != "true" || count() != 1 {
		t.Errorf("replayed %q, %d records", again.header.Get("Idempotency-Replayed"), count())
	}
	if third := w.want(http.StatusCreated, q); third.body != again.body {
		t.Errorf("another answer: %s", third.body)
	}
	other := q
	other.body = fmt.Sprintf(`{"cadre":%s}`, cadreBody("Trần Thị Khác", w.own.commune))
	if got := w.send(other); got.status != http.StatusUnprocessableEntity || decode[Problem](t, got).Code != "idempotency.mismatch" {
		t.Errorf("another request under the key: %d %s", got.status, got.body)
	}
	// A refusal is not kept: the mended request goes through under the same key.
	bad := request{as: "district-a", method: "POST", path: "/api/v1/cadres", body: `{"cadre":{"name":"","unit_id":1}}`, header: map[string]string{"Idempotency-Key": "k-2"}}
	if got := w.send(bad); got.status != http.StatusUnprocessableEntity {
		t.Errorf("bad: %d %s", got.status, got.body)
	}
	bad.body = other.body
	w.want(http.StatusCreated, bad)
	// Another account's key is another key.
	elsewhere := q
	elsewhere.as = "province"
	if got := w.send(elsewhere); got.header.Get("Idempotency-Replayed") != "" {
		t.Error("an answer was given to another account")
	}
}

func testPaging(t *testing.T, w *world) {
	for _, list := range []string{"/api/v1/cadres?limit=1", "/api/v1/gaps?everyone=true&limit=1", "/api/v1/audit?limit=7"} {
		as := map[bool]string{true: "admin", false: "province"}[strings.Contains(list, "audit")]
		seen, next, pages := map[string]bool{}, list, 0
		for next != "" && pages < 60 {
			got := w.want(http.StatusOK, request{as: as, method: "GET", path: next})
			if seen[got.body] {
				t.Fatalf("%s: the same page twice", list)
			}
			seen[got.body] = true
			pages++
			link := got.header.Get("Link")
			next = ""
			if link != "" {
				if !strings.HasSuffix(link, `>; rel="next"`) || !strings.HasPrefix(link, "</api/v1/") {
					t.Fatalf("link %s", link)
				}
				next = strings.TrimSuffix(link[1:], `>; rel="next"`)
			}
		}
		if pages < 3 {
			t.Errorf("%s: %d pages", list, pages)
		}
	}
}

func testFiles(t *testing.T, w *world) {
	got := w.want(http.StatusOK, request{as: "district-b", method: "GET", path: fmt.Sprintf("/api/v1/files/%d", w.foreign.file)})
	if got.body != string(onePixel) || got.header.Get("Content-Type") != "image/png" {
		t.Errorf("%s, %d bytes", got.header.Get("Content-Type"), len(got.body))
	}
	if d := got.header.Get("Content-Disposition"); !strings.Contains(d, "filename*=UTF-8''Canaryb%C3%AA.png") || !strings.HasPrefix(d, "attachment; filename=canarybe.png") {
		t.Errorf("disposition %s", d)
	}
	upload := func(path, name string, data []byte) answered {
		raw, kind := form("file", name, data)
		return w.send(request{as: "district-a", method: "POST", path: path, raw: raw, header: map[string]string{"Content-Type": kind}})
	}
	files := fmt.Sprintf("/api/v1/cadres/%d/files", w.own.cadre)
	for _, x := range []struct {
		name   string
		data   []byte
		status int
	}{{"Bằng tốt nghiệp.png", onePixel, 201}, {"a.html", []byte("<script>"), 422}, {"a.png", []byte("%PDF-khong"), 0}, {"a.png", nil, 422},
		{"a.png", append(bytes.Clone(onePixel), make([]byte, 6<<20)...), 413}} {
		if got := upload(files, x.name, x.data); x.status != 0 && got.status != x.status || got.status >= 500 {
			t.Errorf("%s, %d bytes: %d %s, want %d", x.name, len(x.data), got.status, got.body, x.status)
		}
	}
	if got := upload("/api/v1/imports", "to.xlsx", make([]byte, 12<<20)); got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("12 MB: %d %s", got.status, got.body)
	}
}
