package web

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// Ban Tổ chức sees how far the province is from its targets, where, and what to do; each count opens its list.
func TestOverviewOfTheProvince(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	p := v.get("/")
	w.want(p, http.StatusOK, "tỉnh Quảng Bình", "126</b> / 159 người", "Cần thêm 18 người để đạt 90%", "Bằng trong tay: 101 (63,5%)", "Tính cả đang học: 126 (79,2%)", "phiên bản 1",
		"huyện Minh Hóa", "56,3%", "9/16 · thiếu 6", `class="c1 r2"`, `role="img" aria-label="Chủ tịch Hội cấp xã đạt chuẩn chức danh: 79,2%, 126 trên 159 người; mục tiêu 90%"`,
		`<th scope="row">3/2013</th><td class="num">79,2% (126/159)</td>`)
	todo := regexp.MustCompile(`<a href="([^"]+)"><span class="n">([\d.]+)</span>`).FindAllStringSubmatch(p.html, -1)
	if len(todo) != 3 {
		t.Fatalf("%d things to do: %v", len(todo), todo)
	}
	for i, want := range []int{33, 33, 25} { // the nearest 18 stand on top of the 33 missing
		href := strings.ReplaceAll(todo[i][1], "&amp;", "&")
		if rows := screenRows(t, v, v.get(href)); len(rows) != want {
			t.Errorf("%s shows %d people, want %d", href, len(rows), want)
		}
	}
}

// A district officer is one click away from her list; her communes stand on the grid, each with its own standing.
func TestOverviewOfADistrict(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	p := v.get("/")
	w.want(p, http.StatusOK, "huyện Lệ Thủy", "23</b> / 28 người", "xã Ngư Thủy Bắc", `href="/gaps">`, "s-studying")
	if strings.Contains(p.html, "Minh Hóa") || strings.Count(p.html, `class="tile `) != 28 {
		t.Errorf("%d tiles", strings.Count(p.html, `class="tile `))
	}
	w.want(v.get("/gaps"), http.StatusOK, "huyện Lệ Thủy")
	w.want(w.as("xa-my-thuy").get("/"), http.StatusOK, "xã Mỹ Thủy", "1</b> / 1 người")
}

// Those who read no cadres get no figures of them; a new database says how to begin.
func TestOverviewWithoutCadres(t *testing.T) {
	w := newSite(t)
	p := w.as("quan-tri").get("/")
	w.want(p, http.StatusOK, "không xem hồ sơ cán bộ", `href="/accounts"`)
	if strings.Contains(p.html, "159") {
		t.Error("figures of cadres are shown to the administrator")
	}
}

func TestTargets(t *testing.T) {
	w := newSite(t)
	v := w.as("xem-tinh")
	list := v.get("/targets?as_of=1/3/2012")
	w.want(list, http.StatusOK, "105/150", "Tính đến ngày 01/03/2012", `href="/targets/1?as_of=2012-03-01"`)
	if strings.Contains(list.html, "/targets/new") || strings.Contains(list.html, "/edit") {
		t.Error("a viewer is offered to change targets")
	}
	w.want(v.get("/targets?as_of=32/1/2013"), http.StatusUnprocessableEntity, "“32/1/2013” không phải là ngày", `value="32/1/2013"`)
	w.want(v.get("/targets/1"), http.StatusOK, "huyện Tuyên Hóa", "13/20", "đang học được tính là đạt", `<th scope="row">12/2012</th>`, fmt.Sprintf("/targets/1?unit_id=%d", w.unit("453")))
	w.want(v.get("/targets/2"), http.StatusOK, "1.016", "2.902", "Ủy viên BCH", "position=chi-hoi-truong")
	w.want(v.get(fmt.Sprintf("/targets/1?unit_id=%d", w.unit("457"))), http.StatusOK, "23</b> / 28 người", "xã Mỹ Thủy")
	for _, none := range []string{"/targets/99", "/targets/x", "/targets/0", "/targets/1?unit_id=999999"} {
		w.want(v.get(none), http.StatusNotFound)
	}
	w.want(w.as("le-thuy").get(fmt.Sprintf("/targets/1?unit_id=%d", w.unit("452"))), http.StatusNotFound)
	w.want(v.get("/targets/1/edit"), http.StatusForbidden)
	w.want(v.post("/targets", "code", "T99"), http.StatusForbidden)
}

var hidden = regexp.MustCompile(`name="(_key|etag|was)" value="([^"]*)"`)

// formOf are the hidden inputs of a form.
func formOf(p page) map[string]string {
	out := map[string]string{}
	for _, m := range hidden.FindAllStringSubmatch(p.html, -1) {
		out[m[1]] = strings.NewReplacer("&#34;", `"`, "&quot;", `"`, "&amp;", "&").Replace(m[2])
	}
	return out
}

func TestTargetForm(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	key := formOf(v.get("/targets/new"))["_key"]
	typed := []string{"_key", key, "code", "T20", "name", "Phó Chủ tịch có chuyên môn", "threshold", "62,5", "start", "1/1/2013", "due", "31/12/2015", "measure0", "pho-chu-tich-xa/pho-chu-tich-2013/profession"}
	bad := v.post("/targets", append(typed, "threshold", "no")...)
	w.want(bad, http.StatusSeeOther) // the first of two values counts
	again := v.post("/targets", append(typed, "threshold", "no")...)
	if again.location != bad.location {
		t.Errorf("sent twice: %s and %s", bad.location, again.location)
	}
	w.want(v.follow(bad), http.StatusOK, "Phó Chủ tịch có chuyên môn", "62,5%", "Đã lưu chỉ tiêu")
	if n := strings.Count(v.get("/targets").html, "Phó Chủ tịch có chuyên môn"); n != 2 { // its name and the name of its edit link
		t.Errorf("the target stands %d times on the list", n)
	}
	wrong := v.post("/targets", "code", "T 21", "name", "Chị <b>", "threshold", "120", "start", "x", "due", "1/1/2012", "measure0", "chu-tich-xa/pho-chu-tich-2013/")
	w.want(wrong, http.StatusUnprocessableEntity, "“x” không phải là ngày", `value="T 21"`, "Chị &lt;b&gt;", `value="120"`)
	w.want(v.post("/targets", "code", "T21", "name", "Sai", "threshold", "120", "start", "1/1/2012", "due", "1/1/2013", "measure0", "chu-tich-xa/ke-hoach-2013/"), http.StatusUnprocessableEntity, `id="e-threshold"`)
	w.want(v.post("/targets", "code", "T21", "name", "Sai", "threshold", "20", "start", "1/1/2012", "due", "1/1/2013", "measure0", "chu-tich-xa/pho-chu-tich-2013/"), http.StatusUnprocessableEntity, `id="e-measure0"`)
	w.want(v.post("/targets", typed[2:]...), http.StatusUnprocessableEntity, "Mã T20 đã có")
}

// Two people change one target: the second sees what the first wrote, and her own text is kept.
func TestTargetConflict(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	form := formOf(v.get("/targets/1/edit"))
	fields := func(name, threshold string) []string {
		return []string{"etag", form["etag"], "was", form["was"], "name", name, "threshold", threshold, "start", "01/01/2013", "due", "31/12/2017", "studying_counts", "1", "measure0", "chu-tich-xa/ke-hoach-2013/"}
	}
	w.want(v.follow(v.post("/targets/1", fields("Chủ tịch đạt chuẩn", "90")...)), http.StatusOK, "Chủ tịch đạt chuẩn")
	late := v.post("/targets/1", fields("Chủ tịch Hội cấp xã đạt chuẩn chức danh", "95")...)
	w.want(late, http.StatusPreconditionFailed, "Chủ tịch đạt chuẩn", `name="threshold" value="95"`, `name="etag" value="2"`)
	w.want(v.follow(v.post("/targets/1", "etag", "2", "name", "Chủ tịch đạt chuẩn", "threshold", "95", "start", "01/01/2013", "due", "31/12/2017", "studying_counts", "1", "measure0", "chu-tich-xa/ke-hoach-2013/")), http.StatusOK, "95%", "cần")
}
