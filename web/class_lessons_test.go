package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"datchuan/models"
)

func TestRoll(t *testing.T) {
	w := newClassSite(t)
	seats := w.run(w.chairs[0], w.chairs[1])
	school, href := w.as("hoc-vien"), classHref(w.class.ID)
	var today models.Session
	for _, s := range w.sessions() {
		if s.Date == 20130301 && s.Part == models.Morning {
			today = s
		}
	}
	form := school.get(href + "/roll")
	w.want(form, http.StatusOK, "buổi sáng 01/03/2013", "data-roll", fmt.Sprintf(`name="session" value="%d"`, today.ID))
	for _, private := range []string{"CCCD", "CMND", "dân tộc", cadreHref(w.chairs[0])} {
		if strings.Contains(form.html, private) {
			t.Errorf("a school is shown %q", private)
		}
	}
	send := func(v *visitor, mark string) page {
		return v.post(href+"/roll", "session", fmt.Sprint(today.ID), fmt.Sprintf("mark.%d", seats[0].ID), mark, fmt.Sprintf("mark.%d", seats[1].ID), "x")
	}
	for range 2 { // a phone that lost its connection sends again
		if got := send(school, "P"); got.location != "/" {
			t.Fatalf("%d %s", got.status, got.text())
		}
	}
	sheet, err := w.core.Roll(w.ctx, w.province, w.class.ID)
	if err != nil || sheet.Marks[seats[0].ID][today.ID] != models.Excused || sheet.Marks[seats[1].ID][today.ID] != models.Present {
		t.Errorf("marks %v %v", sheet.Marks, err)
	}
	w.want(send(school, "?"), http.StatusUnprocessableEntity, "Dấu điểm danh không đúng")
	w.want(school.get(href+"?tab=roll"), http.StatusOK, `class="m-P"`, "Điểm danh")
	w.want(send(w.as("le-thuy"), "x"), http.StatusForbidden)
	w.want(w.as("le-thuy").get(href+"?tab=roll"), http.StatusOK, "Điểm danh")
	w.want(w.as("xa-my-thuy").post(href+"/roll"), http.StatusForbidden)
	w.want(school.get(href+"/roll?session=999999"), http.StatusNotFound)
}

func TestGradesToTheEnd(t *testing.T) {
	w := newClassSite(t)
	seats := w.run(w.chairs[0], w.chairs[1])
	school, province, href := w.as("hoc-vien"), w.as("ban-to-chuc"), classHref(w.class.ID)
	cell := func(i int, test string, try int) string { return fmt.Sprintf("score.%d.%s.%d", seats[i].ID, test, try) }
	w.want(school.get(href+"?tab=results"), http.StatusOK, `name="`+cell(0, "a", 1)+`"`, "Còn 10 buổi chưa điểm danh")
	bad := school.post(href+"/scores", cell(0, "a", 1), "7,5", cell(0, "b", 1), "bảy", cell(1, "a", 1), "11")
	w.want(bad, http.StatusUnprocessableEntity, `value="7,5"`, `value="bảy"`, "“bảy” không phải là điểm", "“11” không phải là điểm", `href="#f-`+cell(0, "b", 1)+`"`)
	w.want(school.follow(school.post(href+"/scores", cell(0, "a", 1), "7,5", cell(0, "b", 1), "8.0", cell(1, "a", 1), "4", cell(1, "b", 1), "v")), http.StatusOK, "4 điểm thay đổi", `name="`+cell(1, "a", 2)+`"`)
	finish := school.get(href + "/finish")
	w.want(finish, http.StatusOK, "Còn 10 buổi chưa điểm danh", "Gửi kết quả cho tỉnh")
	w.want(school.post(href+"/send", "etag", inputValue(finish, "etag")), http.StatusUnprocessableEntity, "Còn 10 buổi chưa điểm danh")
	for _, s := range w.sessions() {
		if got := school.post(href+"/roll", "session", fmt.Sprint(s.ID)); got.status != http.StatusSeeOther {
			t.Fatal(got.text())
		}
	}
	w.want(school.post(href+"/send", "etag", inputValue(finish, "etag")), http.StatusUnprocessableEntity, "được kiểm tra lại")
	w.want(school.follow(school.post(href+"/scores", cell(1, "a", 2), "3", cell(1, "b", 2), "9")), http.StatusOK, "không đạt")
	w.want(school.get(href+"/finish"), http.StatusOK, "Khá", "kết quả")
	if got := school.post(href+"/send", "etag", inputValue(finish, "etag")); got.location != "/" {
		t.Fatalf("sent: %d %s", got.status, got.text())
	}
	w.want(school.get(href+"/finish"), http.StatusOK, "không có gì để gửi")
	w.want(school.post(href+"/scores", cell(1, "a", 2), "9"), http.StatusUnprocessableEntity, "không làm được ở bước hiện tại")
	w.confirm(province, href)
}

// confirm returns the results once, takes them again, closes the class and reopens it.
func (w *classSite) confirm(province *visitor, href string) {
	w.t.Helper()
	version := func() string { return etagOf(w.read(w.class).Version) }
	w.want(province.get(href+"/finish"), http.StatusOK, "Xác nhận kết quả, đóng lớp", "/step?to=awaiting")
	w.want(province.follow(province.post(href+"/step", "to", "awaiting", "reason", "thiếu bảng điểm", "etag", version())), http.StatusOK, "chờ kết quả", "thiếu bảng điểm")
	w.want(w.as("hoc-vien").get(href), http.StatusOK, "thiếu bảng điểm", "Hoàn thành lớp")
	if got := w.as("hoc-vien").post(href+"/send", "etag", version()); got.status != http.StatusSeeOther {
		w.t.Fatal(got.text())
	}
	w.want(w.as("le-thuy").post(href+"/close", "etag", version()), http.StatusForbidden)
	w.want(province.follow(province.post(href+"/close", "etag", version())), http.StatusOK, "Đã đóng lớp: 1 đạt, 1 không đạt")
	w.want(province.get(cadreHref(w.chairs[0])), http.StatusOK, "đạt, Khá")
	w.want(province.get(href+"/step?to=completed"), http.StatusOK, "Mở lại lớp")
	w.want(province.follow(province.post(href+"/step", "to", "completed", "reason", "nhập nhầm điểm", "etag", version())), http.StatusOK, "nhập nhầm điểm", "trường đã gửi kết quả")
}
