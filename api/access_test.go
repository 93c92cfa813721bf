package api

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"datchuan/models"
)

// absent is an id that no row has.
const absent = 999_999

// principals are who asks in the matrix, and the role they have ("" = nobody).
var principals = map[string]models.Role{"": "", "admin": models.Administrator, "province": models.ProvinceOfficer, "viewer": models.ProvinceViewer,
	"district-a": models.DistrictOfficer, "district-b": models.DistrictOfficer, "commune-a": models.CommuneOfficer, "school": models.SchoolOfficer,
	"read-only": models.DistrictOfficer}

var readOnly = []models.Permission{models.UnitsRead, models.CadresRead}

// may is the verdict of the one permission table, written down a second time from outside.
func may(who string, need models.Permission) int {
	switch {
	case need == models.Public:
		return http.StatusOK
	case who == "":
		return http.StatusUnauthorized
	case !principals[who].May(need), who == "read-only" && need != models.SignedIn && !slices.Contains(readOnly, need):
		return http.StatusForbidden
	}
	return http.StatusOK
}

// pathOf fills a route's path with the ids of a district, or with ids that do not exist.
func (w *world) pathOf(r Route, d *district) string {
	steps := strings.Split(strings.TrimPrefix(r.Path, prefix+"/"), "/")
	id, fact := int64(absent), int64(absent)
	if d != nil {
		id = map[string]int64{"cadres": d.cadre, "units": d.otherCommune, "files": d.file, "merges": d.merge, "imports": d.imported,
			"accounts": w.account["district-b"], "tokens": absent, "unit-flags": absent, "classes": d.class, "certificates": d.certificate, "notices": d.notice}[steps[0]]
		if len(steps) > 2 {
			fact = d.fact[steps[2]]
		}
	}
	session := int64(absent)
	if d != nil && d.session != 0 {
		session = d.session
	}
	return strings.NewReplacer(":id", fmt.Sprint(id), ":session", fmt.Sprint(session), ":fact", fmt.Sprint(fact), ":code", "qd-04-2004", ":key", "khong-co", ":paper", "learner-list").Replace(r.Path)
}

// bodies are valid bodies by operation, so that a request gets as far as the record.
var bodies = map[string]string{
	"POST /cadres/:id/holdings": `{"position":"chi-hoi-truong","unit_id":1}`, "PUT /cadres/:id/holdings/:fact": `{"position":"chi-hoi-truong","unit_id":1}`,
	"POST /cadres/:id/successions":                 `{"position":"chu-tich-xa","unit_id":1,"term":"2016-2021"}`,
	"PUT /cadres/:id/successions/:fact":            `{"position":"chu-tich-xa","unit_id":1,"term":"2016-2021"}`,
	"POST /cadres/:id/qualifications":              `{"kind":"profession","level":2}`,
	"PUT /cadres/:id/qualifications/:fact":         `{"kind":"profession","level":2}`,
	"POST /cadres/:id/studies":                     `{"kind":"profession","level":2,"from":"2012-01-01","to":"2014-01-01"}`,
	"PUT /cadres/:id/studies/:fact":                `{"kind":"profession","level":2,"from":"2012-01-01","to":"2014-01-01"}`,
	"POST /cadres/:id/awards":                      `{"title":"Giỏi","year":2012}`,
	"PUT /cadres/:id/awards/:fact":                 `{"title":"Giỏi","year":2012}`,
	"POST /cadres/:id/ratings":                     `{"year":2011,"grade":"kha"}`,
	"PUT /cadres/:id/ratings/:fact":                `{"year":2011,"grade":"kha"}`,
	"PUT /cadres/:id":                              `{"name":"Nguyễn Thị Mới","unit_id":1}`,
	"POST /cadres/:id/qualifications/:fact/review": `{"review":"verified"}`,
	"POST /units/:id/figures":                      `{"key":"members","date":"2013-01-01","value":900,"source":"Báo cáo"}`,
	"POST /units/:id/flags":                        `{"flag":"border","from":"2012-01-01","basis":"x","certainty":"source"}`,
	"POST /unit-flags/:id/end":                     `{"to":"2012-01-01"}`,
	"PUT /classes/:id":                             `{"course":"C08","name":"Lớp","unit_id":1,"seats":5}`,
	"POST /classes/:id/step":                       `{"to":"cancelled","reason":"x"}`,
	"POST /classes/:id/copies":                     `{"starts":["2013-06-03"]}`,
	"PUT /classes/:id/sessions":                    `{"sessions":[]}`,
	"POST /classes/:id/nominations/check":          `{"cadres":[1]}`,
	"POST /classes/:id/nominations":                `{"cadres":[{"cadre_id":1}]}`,
	"POST /classes/:id/enrolments":                 `{"cadres":[{"cadre_id":1}]}`,
	"POST /classes/:id/decisions":                  `{"decisions":[{"nomination_id":1,"version":1,"verdict":"approve"}]}`,
	"POST /enrolments/:id/leave":                   `{"reason":"x"}`,
	"PUT /classes/:id/sessions/:session/roll":      `{"marks":{}}`,
	"PUT /classes/:id/scores":                      `{"scores":[]}`,
	"POST /certificates/:id/reissue":               `{"cause":"lost","reason":"x"}`,
	"POST /certificates/:id/revocation":            `{"reason":"x"}`,
	"POST /certificates/:id/revocation/decision":   `{"confirm":true}`,
	"POST /classes/:id/return":                     `{"reason":"x"}`,
	"POST /classes/:id/reopen":                     `{"reason":"x"}`,
	"PUT /imports/:id/mapping":                     `{"sheet":"a","header_from":1,"header_to":1,"columns":[],"as_of":""}`,
}

func bodyOf(r Route) string { return bodies[r.Method+" "+strings.TrimPrefix(r.Path, prefix)] }

func form(field, name string, data []byte) (io.Reader, string) {
	var buf bytes.Buffer
	buf.WriteString("--grenze\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
	buf.Write(data)
	buf.WriteString("\r\n--grenze--\r\n")
	return &buf, "multipart/form-data; boundary=grenze"
}

// ask sends a route's request with ids of a district.
func (w *world) ask(who string, r Route, d *district) answered {
	q := request{as: who, method: r.Method, path: w.pathOf(r, d), body: bodyOf(r), header: map[string]string{"If-Match": `"1"`}}
	if strings.HasSuffix(r.Path, "/files") || r.Method == "POST" && strings.HasSuffix(r.Path, "/grades") {
		q.raw, q.header["Content-Type"] = form("file", "a.png", onePixel)
	}
	return w.send(q)
}

func TestAccess(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		t.Run("verdicts", func(t *testing.T) { w.t = t; testVerdicts(t, w) })
		t.Run("foreign equals absent", func(t *testing.T) { w.t = t; testForeignEqualsAbsent(t, w) })
		t.Run("no foreign canary", func(t *testing.T) { w.t = t; testNoCanary(t, w) })
		t.Run("mass assignment", func(t *testing.T) { w.t = t; testMassAssignment(t, w) })
		t.Run("injection", func(t *testing.T) { w.t = t; testInjection(t, w) })
		t.Run("restricted fields", func(t *testing.T) { w.t = t; testRestrictedFields(t, w) })
		if w.log.Len() > 0 {
			t.Errorf("internal errors:\n%s", w.log)
		}
	})
}

// testVerdicts compares every route and principal with the permission table; ids do not exist, so nothing changes.
func testVerdicts(t *testing.T, w *world) {
	asked := 0
	for who := range principals {
		for _, r := range Routes() {
			if who == "" && r.Permission == models.Public || r.Method == http.MethodDelete && r.Path == prefix+"/session" || strings.HasSuffix(r.Path, "/session/language") {
				continue
			}
			got, want := w.ask(who, r, nil), may(who, r.Permission)
			asked++
			refused := got.status == http.StatusUnauthorized || got.status == http.StatusForbidden
			switch {
			case got.status >= 500:
				t.Errorf("%q %s %s: %d %s", who, r.Method, r.Path, got.status, got.body)
			case want == http.StatusOK && refused && !deeper(r):
				t.Errorf("%q %s %s: %d, though the table allows it", who, r.Method, r.Path, got.status)
			case want != http.StatusOK && got.status != want:
				t.Errorf("%q %s %s: %d, want %d", who, r.Method, r.Path, got.status, want)
			case want != http.StatusOK && !strings.HasPrefix(got.header.Get("Content-Type"), "application/problem+json"):
				t.Errorf("%q %s %s: refused as %s", who, r.Method, r.Path, got.header.Get("Content-Type"))
			}
		}
	}
	if asked < 500 {
		t.Errorf("only %d requests", asked)
	}
}

// deeper are routes that any account may call, and whose use case then asks for more (a token makes no tokens, an
// applied import also writes cadres).
func deeper(r Route) bool {
	return r.Permission == models.SignedIn && r.Method != http.MethodGet
}

// testForeignEqualsAbsent: what lies outside the scope answers exactly as what does not exist.
func testForeignEqualsAbsent(t *testing.T, w *world) {
	compared := 0
	for _, who := range []string{"district-a", "commune-a", "read-only"} {
		for _, r := range Routes() {
			if !strings.Contains(r.Path, ":id") || may(who, r.Permission) != http.StatusOK {
				continue
			}
			others := []*district{&w.foreign}
			if who == "commune-a" && strings.Contains(r.Path, "/cadres/") {
				others = append(others, &district{cadre: w.own.second, fact: w.own.fact}) // of the commune next door
			}
			none := w.ask(who, r, nil)
			for _, d := range others {
				foreign := w.ask(who, r, d)
				compared++
				if foreign.status != none.status || foreign.body != none.body {
					t.Errorf("%s %s %s: foreign %d %s, absent %d %s", who, r.Method, r.Path, foreign.status, foreign.body, none.status, none.body)
				}
				if foreign.status != http.StatusNotFound && foreign.status != http.StatusForbidden {
					t.Errorf("%s %s %s: %d %s", who, r.Method, r.Path, foreign.status, foreign.body)
				}
			}
		}
	}
	if compared < 40 {
		t.Errorf("only %d comparisons", compared)
	}
}

// testNoCanary reads all that a district can read, with every means of asking for the other district.
func testNoCanary(t *testing.T, w *world) {
	read := 0
	for _, who := range []string{"district-a", "commune-a", "read-only", "admin", "school"} {
		for _, r := range Routes() {
			if r.Method != http.MethodGet || may(who, r.Permission) != http.StatusOK || r.Permission == models.AuditRead {
				continue
			}
			path := w.pathOf(r, &w.own)
			for _, query := range append([]string{""}, w.probes(r)...) {
				got := w.send(request{as: who, method: r.Method, path: path + query})
				read++
				if got.status >= 500 {
					t.Errorf("%s %s%s: %d %s", who, path, query, got.status, got.body)
				}
				// A list tells back what was searched for.
				if found := canaryIn(t, got); found != "" && !strings.Contains(query, found) {
					t.Errorf("%s %s%s: tells %s", who, path, query, found)
				}
			}
		}
	}
	if read < 150 {
		t.Errorf("only %d answers read", read)
	}
	// The canaries sing to their own officer: else the test proves nothing.
	for _, path := range []string{"/api/v1/cadres", fmt.Sprintf("/api/v1/cadres/%d", w.foreign.cadre), "/api/v1/gaps?everyone=true", "/api/v1/gaps?everyone=true&format=csv",
		"/api/v1/gaps?everyone=true&format=xlsx", "/api/v1/gaps?everyone=true&format=pdf", "/api/v1/imports"} {
		if canaryIn(t, w.want(http.StatusOK, request{as: "district-b", method: http.MethodGet, path: path})) == "" {
			t.Errorf("%s: no canary for its own district", path)
		}
	}
}

// probes are queries of a route that ask for the other district.
func (w *world) probes(r Route) []string {
	unit := fmt.Sprintf("unit_id=%d", w.foreign.unit)
	switch strings.TrimPrefix(r.Path, prefix) {
	case "/cadres":
		return []string{"?q=canarybe", "?q=0918777666", "?" + unit, "?q=canarybe&" + unit}
	case "/gaps":
		out := []string{"?everyone=true", "?search=canarybe&everyone=true", "?" + unit, "?known_on=2013-03-01&everyone=true", "?map=2014-06-01&everyone=true"}
		for _, format := range GapFormats {
			out = append(out, "?everyone=true&format="+format, "?format="+format+"&"+unit)
		}
		return out
	case "/gaps/totals", "/gaps/matrix", "/gaps/target":
		return []string{"?everyone=true", "?" + unit}
	case "/units":
		return []string{fmt.Sprintf("?parent=%d", w.foreign.unit)}
	case "/certificates", "/certificates/register":
		return []string{"?q=canarybe", fmt.Sprintf("?class=%d", w.foreign.class), fmt.Sprintf("?cadre=%d", w.foreign.cadre), "?issuer=" + models.UnitIssuer(w.foreign.unit)}
	case "/units/search":
		return []string{"?q=canarybe"}
	case "/targets":
		return []string{"?" + unit}
	case "/standard-comparison":
		return []string{"?a=qd-04-2004&b=ke-hoach-2013", "?a=qd-04-2004&b=ke-hoach-2013&" + unit}
	}
	return nil
}

// canaryIn looks for a canary in an answer, also inside workbooks and papers.
func canaryIn(t *testing.T, a answered) string {
	t.Helper()
	text := a.body
	switch kind := a.header.Get("Content-Type"); {
	case kind == "application/pdf":
		text = pdfText(t, []byte(a.body))
	case kind == xlsxType:
		text = zipText(t, []byte(a.body))
	}
	for _, c := range canaries {
		if strings.Contains(text, c) {
			return c
		}
	}
	return ""
}

func pdfText(t *testing.T, data []byte) string {
	t.Helper()
	cmd := exec.Command("pdftotext", "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(data)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return string(out)
}

func zipText(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range z.File {
		if filepath.Ext(f.Name) != ".xml" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}
