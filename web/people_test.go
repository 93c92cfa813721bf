package web

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"datchuan/core"
	"datchuan/models"
)

// chair is the head of a commune of the demonstration: the id of her record.
func (w *site) chair(code string) int64 {
	w.t.Helper()
	lines, _, err := w.core.People(context.Background(), w.actor("ban-to-chuc"), core.PeopleQuery{UnitID: w.unit(code), Position: "chu-tich-xa"})
	if err != nil || len(lines) == 0 {
		w.t.Fatalf("no chair at %s: %v", code, err)
	}
	return lines[0].ID
}

// communeOf is the code of some commune of a district.
func (w *site) communeOf(district string) string {
	w.t.Helper()
	tree, err := w.core.Tree(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range tree.Children(w.unit(district), 20130301) {
		if c.Kind == models.Commune {
			return tree.Code(c.UnitID)
		}
	}
	w.t.Fatalf("no commune in %s", district)
	return ""
}

var (
	hiddenInput = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)
	sameID      = regexp.MustCompile(`/\d+(-\d+)?`)
	requestCode = regexp.MustCompile(`<code>[^<]*</code>`)
)

// sameAsUnknown fails unless an address of another scope reads exactly as one that never was.
func (w *site) sameAsUnknown(v *visitor, foreign, unknown string) {
	w.t.Helper()
	got, want := v.get(foreign), v.get(unknown)
	strip := func(p page) string { return requestCode.ReplaceAllString(sameID.ReplaceAllString(p.html, "/0"), "") }
	if got.status != http.StatusNotFound || want.status != http.StatusNotFound || strip(got) != strip(want) {
		w.t.Errorf("%s reads otherwise than %s: %d %d", foreign, unknown, got.status, want.status)
	}
}

func TestPeopleSearch(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	card, err := w.core.Cadre(context.Background(), w.actor("le-thuy"), w.chair(w.communeOf("457")), 0)
	if err != nil {
		t.Fatal(err)
	}
	found := v.get("/people?q=" + strings.ReplaceAll(models.Fold(card.Cadre.Name), " ", "+"))
	w.want(found, http.StatusOK, card.Cadre.Name, fmt.Sprintf(`href="/cadres/%d"`, card.Cadre.ID), `aria-current="page"`)
	w.want(v.get("/people?q=khong+ai+ten+nay"), http.StatusOK, "Không tìm thấy ai")
	first := v.get("/people")
	w.want(first, http.StatusOK, "1–50 trong", "after=")
	next := regexp.MustCompile(`rel="next" href="([^"]+)"`).FindStringSubmatch(first.html)
	second := v.get(strings.ReplaceAll(next[1], "&amp;", "&"))
	w.want(second, http.StatusOK, "51–100 trong", "Trang đầu")
	w.want(v.get("/people?after=xx"), http.StatusUnprocessableEntity, "Địa chỉ trang không đúng")
	w.want(v.get("/people?unit_id=abc"), http.StatusUnprocessableEntity, "không phải là số nguyên")
	w.want(w.as("quan-tri").get("/people"), http.StatusForbidden)
	other := fmt.Sprintf("/people?unit_id=%d", w.unit(w.communeOf("450")))
	w.want(v.get(other), http.StatusNotFound)
}

func TestCadreCard(t *testing.T) {
	w := newSite(t)
	id := w.chair(w.communeOf("457"))
	mine := fmt.Sprintf("/cadres/%d", id)
	v := w.as("le-thuy")
	got := v.get(mine)
	w.want(got, http.StatusOK, "Đối chiếu tiêu chuẩn", "Chủ tịch", "Dân tộc", mine+"/facts/holding/new", "Quá trình")
	if strings.Count(got.html, "<h1") != 1 || strings.Contains(got.html, "reason.") {
		t.Errorf("h1 or words: %.400s", got.text())
	}
	viewer := w.as("xem-tinh").get(mine)
	w.want(viewer, http.StatusOK)
	for _, secret := range []string{"Dân tộc", "Tôn giáo", "Đảng viên", "/reveal", "/edit", "facts/holding/new"} {
		if strings.Contains(viewer.html, secret) {
			t.Errorf("a viewer sees %q", secret)
		}
	}
	foreign := fmt.Sprintf("/cadres/%d", w.chair(w.communeOf("450")))
	for _, tail := range []string{"", "/edit", "/history", "/facts/holding/new"} {
		w.sameAsUnknown(v, foreign+tail, "/cadres/99999999"+tail)
	}
	w.want(v.get("/cadres/abc"), http.StatusNotFound)
	w.want(w.as("xem-tinh").get(mine+"/edit"), http.StatusForbidden)
}

func TestRevealIsLogged(t *testing.T) {
	w := newSite(t)
	id := w.chair(w.communeOf("457"))
	v, path := w.as("le-thuy"), fmt.Sprintf("/cadres/%d", id)
	form := v.get(path + "/edit")
	got := v.post(path+"/edit", with(w.editValues(form), "identity", "044175001234")...)
	if got.status != http.StatusSeeOther {
		t.Fatalf("%d %s", got.status, got.text())
	}
	card := v.get(path)
	if strings.Contains(card.html, "044175001234") || !strings.Contains(card.html, "044•••") {
		t.Error("the number is not masked")
	}
	w.want(w.as("xem-tinh").post(path+"/reveal", "field", "identity"), http.StatusForbidden)
	w.want(v.post(path+"/reveal", "field", "religion"), http.StatusNotFound)
	w.want(v.post(path+"/reveal", "field", "identity"), http.StatusOK, "044175001234")
	w.want(v.get(path+"/history"), http.StatusOK, "Xem số căn cước", "le-thuy")
	if edit := v.get(path + "/edit"); strings.Contains(edit.html, "044175001234") {
		t.Error("the form shows the number")
	}
}

// editValues are the inputs of the form of a record as it stands on a page, as name, value pairs.
func (w *site) editValues(form page) []string {
	w.t.Helper()
	if form.status != http.StatusOK {
		w.t.Fatalf("no form: %d", form.status)
	}
	was := values{}
	if err := json.Unmarshal([]byte(html.UnescapeString(form.hidden("was"))), &was); err != nil {
		w.t.Fatal(err)
	}
	out := []string{"etag", form.hidden("etag"), "was", html.UnescapeString(form.hidden("was"))}
	for name, value := range was {
		out = append(out, name, value)
	}
	return out
}

// with is a form with some inputs written anew.
func with(form []string, pairs ...string) []string {
	out := append([]string{}, form...)
	for i := 0; i+1 < len(pairs); i += 2 {
		at := -1
		for j := 0; j+1 < len(out); j += 2 {
			if out[j] == pairs[i] {
				at = j
			}
		}
		if at < 0 {
			out = append(out, pairs[i], pairs[i+1])
			continue
		}
		out[at+1] = pairs[i+1]
	}
	return out
}

func TestEditAndConflict(t *testing.T) {
	w := newSite(t)
	path := fmt.Sprintf("/cadres/%d", w.chair(w.communeOf("457")))
	a, b := w.as("le-thuy"), w.as("ban-to-chuc")
	mine := w.editValues(a.get(path + "/edit"))
	theirs := w.editValues(b.get(path + "/edit"))
	w.want(a.post(path+"/edit", with(mine, "birth", "31/02/1975", "note", "Chị <b>")...), http.StatusUnprocessableEntity, `31/02/1975`, "Chị &lt;b&gt;", "không phải là ngày", `aria-invalid="true"`)
	if got := b.post(path+"/edit", with(theirs, "note", "Đi học xa", "hometown", "Huế")...); got.location != path {
		t.Fatalf("%d %s", got.status, got.text())
	}
	got := a.post(path+"/edit", with(mine, "note", "Đã chuyển", "residence", "Đồng Hới")...)
	w.want(got, http.StatusPreconditionFailed, "Đi học xa", "Đã chuyển", "Huế", "Đồng Hới", "ban-to-chuc", `value="Huế" checked`, `value="Đã chuyển" checked`)
	merged := with(w.choices(got), "note", "Đi học xa")
	if got := a.post(path+"/edit", merged...); got.location != path {
		t.Fatalf("%d %s", got.status, got.text())
	}
	w.want(a.get(path), http.StatusOK, "Đi học xa", "Huế", "Đồng Hới")
	w.want(a.get(path+"/history"), http.StatusOK, "Sửa hồ sơ", "Nơi ở hiện nay", "<ins>Đồng Hới</ins>")
	if got := a.post(path+"/edit", "name", "Không có phiên bản"); got.status != http.StatusPreconditionFailed {
		t.Errorf("without a version: %d", got.status)
	}
}

// choices is what a conflict page would send as it stands.
func (w *site) choices(p page) []string {
	var out []string
	for _, m := range hiddenInput.FindAllStringSubmatch(p.html, -1) {
		out = append(out, m[1], html.UnescapeString(m[2]))
	}
	for _, m := range regexp.MustCompile(`type="radio" name="([^"]+)" value="([^"]*)" checked`).FindAllStringSubmatch(p.html, -1) {
		out = append(out, m[1], m[2])
	}
	return out
}

func TestAddCadre(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	code := w.communeOf("457")
	w.want(v.get(fmt.Sprintf("/cadres/new?unit_id=%d", w.unit(code))), http.StatusOK, "huyện Lệ Thủy")
	w.want(v.post("/cadres/new", "name", "", "unit_id", "không đâu cả"), http.StatusUnprocessableEntity, "Không có đơn vị nào tên", `value="không đâu cả"`)
	many := v.post("/cadres/new", "name", "Ngô Thị Mới", "unit_id", "Mỹ")
	w.want(many, http.StatusUnprocessableEntity, "Có nhiều đơn vị tên", `name="unit_id_pick"`)
	form := []string{"name", "Ngô Thị Thanh Tân", "birth", "1980", "unit_id", fmt.Sprint(w.unit(code)), "party", "0", "_key", "khoa-1"}
	made := v.post("/cadres/new", form...)
	w.want(v.follow(made), http.StatusOK, "Ngô Thị Thanh Tân", "Đã thêm hồ sơ")
	if again := v.post("/cadres/new", form...); again.location != made.location {
		t.Errorf("sent twice leads to %q, not %q", again.location, made.location)
	}
	form = with(form, "_key", "khoa-2")
	asked := v.post("/cadres/new", form...)
	w.want(asked, http.StatusUnprocessableEntity, "có thể là cùng một người", `name="confirmed"`, made.location)
	second := v.post("/cadres/new", append(form, "confirmed", "1")...)
	if second.status != http.StatusSeeOther || second.location == made.location {
		t.Errorf("confirmed: %d %s", second.status, second.location)
	}
	w.want(v.post("/cadres/new", "name", "Đỗ Thị Ngoài", "unit_id", fmt.Sprint(w.unit(w.communeOf("450")))), http.StatusUnprocessableEntity, "phạm vi")
	w.want(w.as("xem-tinh").get("/cadres/new"), http.StatusForbidden)
}

func TestFirstPost(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	unit := fmt.Sprint(w.unit(w.communeOf("457")))
	form := []string{"name", "Ngô Thị Ủy Viên", "birth", "1980", "unit_id", unit, "position", "uy-vien-bch-xa", "from", "01/02/2012", "term", "2011-2016"}
	w.want(v.follow(v.post("/cadres/new", form...)), http.StatusOK, "Ủy viên Ban Chấp hành", "2011-2016")
	w.want(v.post("/cadres/new", with(form, "name", "Ngô Thị Sai", "position", "chi-hoi-truong")...), http.StatusUnprocessableEntity, "không giữ ở", `value="2011-2016"`)
}
