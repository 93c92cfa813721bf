package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// The gap list says who is listed, by which rule, and how far the unit is from the target, counted both ways.
func TestGapPage(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	w.want(v.get("/gaps?position=chu-tich-xa"), http.StatusOK, "33 lượt người, tỉnh Quảng Bình, tính đến ngày 01/03/2013", "63,5% của 159", "79,2% của 159",
		"18 người gần chuẩn nhất", "126/159, cần 144", "đang học được tính là đạt", "phiên bản 1")
	strict := v.get("/gaps?position=chu-tich-xa&count_studying=false")
	w.want(strict, http.StatusOK, "58 lượt người", "đang học chưa tính là đạt", `<option value="false" selected>`)
	w.want(v.get("/gaps?position=chu-tich-xa&search=nguyen+thi"), http.StatusOK, "Nguyễn Thị")
	w.want(v.get("/gaps?position=chu-tich-xa&tab=matrix"), http.StatusOK, "Cần trung cấp, hiện có")
	w.want(v.get("/gaps?position=chu-tich-xa&as_of=1/3/2012&known_on=01.03.2013&map=2013-03-01"), http.StatusOK, "tính đến ngày 01/03/2012", `value="01/03/2013"`)
	marked := screenRows(t, v, v.get("/gaps?position=chu-tich-xa&nearest=true"))
	stars := 0
	for i, row := range marked {
		if row["note"] != "" {
			stars++
			if i != stars-1 {
				t.Errorf("row %d is marked behind one that is not", i+1)
			}
		}
	}
	if stars != 18 {
		t.Errorf("%d people are marked, 18 are needed", stars)
	}
}

// Totals lead from the province to a district, to a commune, to the person.
func TestGapTotalsLeadToPeople(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	district := fmt.Sprint(w.unit("457"))
	page := v.get("/gaps?position=chu-tich-xa&tab=totals")
	down := "/gaps?position=chu-tich-xa&tab=totals&unit_id=" + district
	w.want(page, http.StatusOK, strings.ReplaceAll(down, "&", "&amp;"), "87,5%", "126/159")
	inside := v.get(down)
	w.want(inside, http.StatusOK, "xã Mỹ Thủy", "huyện Lệ Thủy", "23/28", `aria-current="page">huyện Lệ Thủy`)
	commune := fmt.Sprintf("/gaps?position=chu-tich-xa&statuses=%s&unit_id=%d", url.QueryEscape("M,S,X,U,E"), w.unit("19303"))
	w.want(inside, http.StatusOK, strings.ReplaceAll(commune, "&", "&amp;"))
	if rows := screenRows(t, v, v.get(commune)); len(rows) != 1 || rows[0]["commune"] != "xã Mỹ Thủy" {
		t.Errorf("the commune leads to %v", rows)
	}
	missing := "/gaps?position=chu-tich-xa&statuses=X&unit_id=" + district
	w.want(inside, http.StatusOK, strings.ReplaceAll(missing, "&", "&amp;"))
	if rows := screenRows(t, v, v.get(missing)); len(rows) != 5 {
		t.Errorf("%d people behind the count of 5", len(rows))
	}
}

// requestNumber is what differs between two answers that say the same.
var requestNumber = regexp.MustCompile(`[A-Z2-7]{26}`)

// What makes no sense is said beside the filter, with what was typed; the page never breaks.
func TestGapFilterRefused(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	for address, said := range map[string]string{
		"/gaps?as_of=31/02/2013": "“31/02/2013” không phải là ngày",
		"/gaps?age_from=abc":     "“abc” không phải là số nguyên",
		"/gaps?age_to=900":       "“900” lớn quá mức cho phép",
		"/gaps?statuses=Q":       "“Q” không có trong danh mục",
		"/gaps?area=moon":        "“moon” không có trong danh mục",
		"/gaps?studying=maybe":   "“maybe” không có trong danh mục",
		"/gaps?position=chi-hoi-truong&standard=ke-hoach-2013": "thuộc chức danh khác",
		"/gaps?position=chu-tich-xa&requirement=cooking":       "không có điều kiện này",
		"/gaps?after=xyz": "không còn dùng được",
		"/gaps?search=%3Cscript%3Ealert(1)%3C/script%3E&age_to=x": "&lt;script&gt;",
	} {
		got := v.get(address)
		w.want(got, http.StatusUnprocessableEntity, said, `name="position"`)
		if strings.Contains(got.html, "<script>alert") || strings.Contains(got.html, "/api/v1/gaps") {
			t.Errorf("%s: unsafe text or an export of nothing", address)
		}
	}
	w.want(v.get("/gaps?standard=none"), http.StatusNotFound)
}

// A district officer sees her district only; another's unit reads as one that does not exist.
func TestGapScope(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	foreign := v.get(fmt.Sprintf("/gaps?unit_id=%d", w.unit("452")))
	unknown := v.get("/gaps?unit_id=999999")
	w.want(foreign, http.StatusNotFound)
	if a, b := requestNumber.ReplaceAllString(foreign.text(), ""), requestNumber.ReplaceAllString(unknown.text(), ""); a != b {
		t.Errorf("another district reads differently:\n%s\n%s", a, b)
	}
	whole := v.get("/gaps?position=chu-tich-xa&statuses=M,S,X,U,E")
	w.want(whole, http.StatusOK, "28 lượt người, huyện Lệ Thủy")
	if strings.Contains(whole.html, "Minh Hóa") {
		t.Error("another district is on the page")
	}
	w.want(w.as("quan-tri").get("/gaps"), http.StatusForbidden)
	w.want(w.as("xa-my-thuy").get("/gaps?position=chu-tich-xa&statuses=M,S,X,U,E"), http.StatusOK, "1 lượt người, xã Mỹ Thủy")
}
