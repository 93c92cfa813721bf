package web

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"datchuan/core"
	"datchuan/models"
)

// inputValue is the value of a hidden input of a page.
func inputValue(p page, name string) string {
	m := regexp.MustCompile(`name="` + regexp.QuoteMeta(name) + `" value="([^"]*)"`).FindStringSubmatch(p.html)
	if m == nil {
		return ""
	}
	return m[1]
}

func TestOpenClass(t *testing.T) {
	w := newClassSite(t)
	v := w.as("ban-to-chuc")
	form := v.get("/classes/new?course=llct-thu")
	w.want(form, http.StatusOK, `value="Trung cấp LLCT (thử)"`, `value="60"`, "huyện Lệ Thủy", "Chủ tịch")
	quota := fmt.Sprintf("quota.unit.%d", w.unit("457"))
	bad := v.post("/classes/new", "course", "llct-thu", "name", "Lớp <b>mới</b>", "unit_id", fmt.Sprint(w.province.UnitID), "from", "31/02/2013", "to", "08/04/2013", "seats", "nhiều", quota, "3")
	w.want(bad, http.StatusUnprocessableEntity, `value="Lớp &lt;b&gt;mới&lt;/b&gt;"`, "“31/02/2013” không phải là ngày", "“nhiều” không phải là số nguyên", `id="summary"`)
	if len(w.classes("Lớp <b>mới</b>")) != 0 {
		t.Error("a refused class is stored")
	}
	key := "mo-lop-1"
	send := func() page {
		return v.post("/classes/new", "_key", key, "course", "llct-thu", "unit_id", fmt.Sprint(w.province.UnitID), "school", "hoc-vien-phu-nu", "from", "1/4/2013", "to", "05/04/2013",
			quota, "3", "quota.position.chu-tich-xa", "", "money.tinh.planned", "12.500.000", "money.tinh.seats", "40")
	}
	first := send()
	w.want(v.follow(first), http.StatusOK, "Đã mở lớp Trung cấp LLCT (thử)", "01/04/2013 – 05/04/2013", "0/60", "nhiều nhất 3 chỗ", "12.500.000")
	if again := send(); again.location != first.location {
		t.Errorf("sent twice: %q and %q", first.location, again.location)
	}
	if made := w.classes("Trung cấp LLCT (thử)"); len(made) != 1 || made[0].To != 20130406 || made[0].MinLearners != 1 {
		t.Errorf("made %+v", made)
	}
	w.want(w.as("xa-my-thuy").get("/classes/new"), http.StatusForbidden)
	w.want(w.as("hoc-vien").get("/classes/new"), http.StatusForbidden)
}

// classes are the classes of a name.
func (w *classSite) classes(name string) []models.Class {
	w.t.Helper()
	lines, err := w.core.Classes(w.ctx, w.province, core.ClassQuery{})
	if err != nil {
		w.t.Fatal(err)
	}
	var out []models.Class
	for _, l := range lines {
		if l.Class.Name == name {
			out = append(out, l.Class)
		}
	}
	return out
}

func TestEditClass(t *testing.T) {
	w := newClassSite(t)
	v, href := w.as("ban-to-chuc"), classHref(w.class.ID)
	form := v.get(href + "/edit")
	w.want(form, http.StatusOK, `value="01/03/2013"`, `value="Lớp LLCT khóa 1"`)
	edit := func(etag, name, seats string) page {
		return v.post(href+"/edit", "etag", etag, "course", "llct-thu", "name", name, "unit_id", fmt.Sprint(w.province.UnitID), "school", "hoc-vien-phu-nu", "from", "25/02/2013",
			"to", "01/03/2013", "seats", seats, "min_learners", "1")
	}
	w.want(edit(inputValue(form, "etag"), "Lớp LLCT khóa 1", "0"), http.StatusUnprocessableEntity, "Số chỗ phải từ 1 đến 1.000")
	w.want(v.follow(edit(inputValue(form, "etag"), "Lớp LLCT khóa 1", "5")), http.StatusOK, "Đã lưu lớp", "0/5")
	late := edit(inputValue(form, "etag"), "Lớp của tôi", "2")
	w.want(late, http.StatusPreconditionFailed, "Lớp của tôi", "Người khác vừa lưu")
	w.want(w.as("le-thuy").get(href+"/edit"), http.StatusForbidden) // sees the class, does not hold it
	a, b := w.as("le-thuy").get("/classes/99999"), w.as("hoc-vien").get("/classes/0")
	w.want(a, http.StatusNotFound)
	w.want(b, http.StatusNotFound)
	draft, err := w.core.SaveClass(w.ctx, w.province, models.Class{Course: "llct-thu", Name: "Chưa công bố", UnitID: w.province.UnitID, Seats: 3})
	if err != nil {
		t.Fatal(err)
	}
	district := w.as("le-thuy")
	unknown, foreign := district.get("/classes/99999"), district.get(classHref(draft.ID))
	if strip(unknown) != strip(foreign) || foreign.status != http.StatusNotFound {
		t.Error("a class that is not announced reads otherwise than one that is not there")
	}
}

// strip leaves out what differs from one answer to the next.
func strip(p page) string {
	return regexp.MustCompile(`(?s)<code>[^<]*</code>|value="[^"]*"`).ReplaceAllString(p.html, "")
}

func TestClassSteps(t *testing.T) {
	w := newClassSite(t)
	v := w.as("ban-to-chuc")
	class, err := w.core.SaveClass(w.ctx, w.province, models.Class{Course: "llct-thu", Name: "Lớp hai", UnitID: w.province.UnitID, Seats: 3, MinLearners: 2, From: 20130401, To: 20130406})
	if err != nil {
		t.Fatal(err)
	}
	href := classHref(class.ID)
	step := func(pairs ...string) page {
		return v.post(href+"/step", append(pairs, "etag", etagOf(w.read(class).Version))...)
	}
	w.want(v.follow(step("to", "planned")), http.StatusOK, "dự kiến, cần ít nhất 2", "Ghi quyết định mở lớp", "Hoãn lớp")
	w.want(v.get(href+"/step?to=approved"), http.StatusOK, `name="decision"`, `name="decided_on"`)
	w.want(v.get(href+"/step?to=closed"), http.StatusNotFound)
	w.want(step("to", "approved", "decision", "", "decided_on", "hôm qua"), http.StatusUnprocessableEntity, "“hôm qua” không phải là ngày", `value="hôm qua"`)
	w.want(step("to", "approved", "decision", "", "decided_on", "01/03/2013"), http.StatusUnprocessableEntity, "Cần số quyết định mở lớp", `value="01/03/2013"`)
	w.want(v.follow(step("to", "approved", "decision", "15/QĐ-BTV", "decided_on", "01/03/2013")), http.StatusOK, "15/QĐ-BTV ngày 01/03/2013", "Mở đợt cử học viên")
	w.want(v.post(href+"/step", "to", "nominating", "etag", "1"), http.StatusPreconditionFailed, "Người khác vừa sửa")
	w.want(step("to", "cancelled", "reason", " "), http.StatusUnprocessableEntity, "Cần ghi lý do")
	w.want(v.follow(step("to", "cancelled", "reason", "thiếu kinh phí")), http.StatusOK, "đã hủy", "thiếu kinh phí")
	w.want(w.as("le-thuy").post(href+"/step", "to", "planned", "etag", "9"), http.StatusForbidden)
}

func TestTimetable(t *testing.T) {
	w := newClassSite(t)
	v, href := w.as("ban-to-chuc"), classHref(w.class.ID)
	w.want(v.get(href+"?tab=sessions"), http.StatusOK, "10 buổi, 40 tiết", "01/03/2013")
	form := v.get(href + "/sessions")
	w.want(form, http.StatusOK, `id="f-s.9.date" name="s.9.date" type="text" inputmode="numeric" value="01/03/2013"`, `name="s.13.date"`)
	bad := v.post(href+"/sessions", "etag", inputValue(form, "etag"), "rows", "2", "s.0.date", "25/02/2013", "s.0.part", "S", "s.0.topic", "Khai <giảng>", "s.1.date", "09/03/2013", "s.1.part", "C")
	w.want(bad, http.StatusUnprocessableEntity, "nằm ngoài thời gian của lớp", "Khai &lt;giảng&gt;", `value="09/03/2013"`)
	ok := v.post(href+"/sessions", "etag", inputValue(form, "etag"), "rows", "3", "s.0.date", "25/02/2013", "s.0.part", "S", "s.0.topic", "Khai giảng", "s.0.periods", "4", "s.1.date", "", "s.2.date", "26/02/2013", "s.2.part", "C", "s.2.periods", "5")
	w.want(v.follow(ok), http.StatusOK, "2 buổi, 9 tiết", "Khai giảng")
	w.want(v.get(href+"/sessions?propose=1"), http.StatusOK, `value="Khai giảng"`, `name="s.9.date" type="text" inputmode="numeric" value="01/03/2013"`)
}

func TestCopyClass(t *testing.T) {
	w := newClassSite(t)
	v, href := w.as("ban-to-chuc"), classHref(w.class.ID)
	w.want(v.post(href+"/copy", "starts", "4/3/2013\nmai"), http.StatusUnprocessableEntity, "“mai” không phải là ngày", "4/3/2013\nmai</textarea>")
	got := v.follow(v.post(href+"/copy", "starts", "4/3/2013\r\n11/03/2013; 18/03/2013"))
	w.want(got, http.StatusOK, "Đã chép 3 lớp", "04/03/2013 – 08/03/2013", "18/03/2013 – 22/03/2013")
	if n := strings.Count(got.html, "Lớp LLCT khóa 1"); n < 3 {
		t.Errorf("%d classes on the list", n)
	}
}
