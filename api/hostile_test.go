package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// testMassAssignment adds members that are the system's to every request with a body.
func testMassAssignment(t *testing.T, w *world) {
	tried := 0
	for _, r := range Routes() {
		body := bodyOf(r)
		if r.Method == http.MethodGet || r.Method == http.MethodDelete || body == "" {
			continue
		}
		for _, member := range []string{"role", "org_unit_id", "score", "status", "created_by", "certificate_no", "recorded_by", "fact_id", "path", "id"} {
			q := request{as: "province", method: r.Method, path: w.pathOf(r, &w.own), header: map[string]string{"If-Match": `"1"`},
				body: strings.Replace(body, "{", fmt.Sprintf(`{%q:"1",`, member), 1)}
			got := w.send(q)
			tried++
			if got.status != http.StatusBadRequest || decode[Problem](t, got).Code != "unknown_field" {
				t.Errorf("%s %s with %s: %d %s", q.method, q.path, member, got.status, got.body)
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d tries", tried)
	}
}

var payloads = []string{`'`, `"`, `' OR '1'='1`, `' OR 1=1 --`, `'; DROP TABLE cadres; --`, `1; SELECT pg_sleep(1)`, `') UNION SELECT 1,2,3 --`, `%`, `_`, `\`,
	`\'`, `%00`, "\x00", `${1+1}`, `{{7*7}}`, `../../etc/passwd`, `ORDER BY 1`, `*`, `(SELECT 1)`, `NULL`, `-1`, `9223372036854775808`, `0x1F`, `1e309`,
	strings.Repeat("A", 3000), "\u202e", "𠀀😀", `$1`, `?`, `:name`, `@p1`, `/**/`}

// testInjection puts every payload into every query parameter of every reading route.
func testInjection(t *testing.T, w *world) {
	doc := document(t)
	sent := 0
	for path, methods := range doc.Paths {
		op, ok := methods["get"]
		if !ok || strings.Contains(path, "session") {
			continue
		}
		base := w.pathOf(Route{http.MethodGet, humaToGin(path), op.permission()}, &w.own)
		for _, p := range op.Parameters {
			for _, payload := range payloads {
				target := base + "?" + url.Values{p.Name: {payload}}.Encode()
				if p.In == "path" {
					target = strings.ReplaceAll(humaToGin(path), ":"+p.Name, url.PathEscape(payload))
				} else if p.In != "query" {
					continue
				}
				for _, who := range []string{"province", "admin"} {
					got := w.send(request{as: who, method: http.MethodGet, path: target})
					sent++
					if got.status >= 500 {
						t.Errorf("%s %s: %d %s", who, target, got.status, got.body)
					}
				}
			}
		}
	}
	if sent < 3000 {
		t.Errorf("only %d requests", sent)
	}
	for _, payload := range payloads[:8] {
		got := w.want(http.StatusOK, request{as: "province", method: http.MethodGet, path: "/api/v1/cadres?q=" + url.QueryEscape("khongai"+payload)})
		if n := len(decode[items[json.RawMessage]](t, got).Items); n != 0 {
			t.Errorf("search for %q finds %d people", payload, n)
		}
	}
}

// testRestrictedFields holds the members that each role reads of a card.
func testRestrictedFields(t *testing.T, w *world) {
	always := []string{"id", "name", "other_name", "birth", "sex", "party", "party_date", "hometown", "residence", "joined", "phone", "note", "unit_id", "state", "version",
		"created_at", "updated_at"}
	for who, extra := range map[string][]string{"province": {"ethnicity", "religion"}, "district-a": {"ethnicity", "religion"}, "commune-a": {}, "viewer": {}} {
		got := w.want(http.StatusOK, request{as: who, method: http.MethodGet, path: fmt.Sprintf("/api/v1/cadres/%d", w.own.cadre)})
		card := decode[struct {
			Cadre      map[string]any `json:"cadre"`
			Identity   string         `json:"identity"`
			Restricted bool           `json:"restricted"`
		}](t, got)
		var keys []string
		for k := range card.Cadre {
			keys = append(keys, k)
		}
		want := slices.Concat(always, extra)
		slices.Sort(keys)
		slices.Sort(want)
		if !slices.Equal(keys, want) {
			t.Errorf("%s reads %v, want %v", who, keys, want)
		}
		if hidden := len(extra) == 0; card.Restricted != hidden || hidden && card.Cadre["party"] != 0.0 {
			t.Errorf("%s: restricted %v, party %v", who, card.Restricted, card.Cadre["party"])
		}
		if strings.Contains(got.body, "044075045678") || !strings.Contains(card.Identity, "•••") {
			t.Errorf("%s reads the identity number %q", who, card.Identity)
		}
	}
}
