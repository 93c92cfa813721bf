package web

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"datchuan/models"
)

func TestClassesByRole(t *testing.T) {
	w := newClassSite(t)
	w.run(w.chairs[0])
	w.want(w.as("ban-to-chuc").get("/classes"), http.StatusOK, "Lớp LLCT khóa 1", "25/02/2013 – 01/03/2013", "1/2 chỗ", `href="/classes/new"`)
	w.want(w.as("le-thuy").get("/classes?view=board&states=running&year=2013&course=llct-thu&school=hoc-vien-phu-nu"), http.StatusOK, "Lớp LLCT khóa 1", `class="board"`)
	w.want(w.as("le-thuy").get("/classes?year=2012"), http.StatusOK, "Không có lớp nào như vậy")
	w.want(w.as("le-thuy").get("/classes?states=xyz"), http.StatusUnprocessableEntity, "“xyz” không có trong danh mục")
	if got := w.as("xa-my-thuy").get("/classes"); strings.Contains(got.html, "/classes/new") {
		t.Error("a commune is offered to open a class")
	}
	w.want(w.as("quan-tri").get("/classes"), http.StatusForbidden)
	school := w.as("hoc-vien")
	got := school.get("/classes")
	w.want(got, http.StatusOK, "Lớp LLCT khóa 1")
	for _, foreign := range []string{`href="/gaps"`, `href="/people"`, `href="/units"`, `name="school"`, "/classes/new"} {
		if strings.Contains(got.html, foreign) {
			t.Errorf("a school is shown %s", foreign)
		}
	}
}

func TestToday(t *testing.T) {
	w := newClassSite(t)
	school := w.as("hoc-vien")
	w.want(school.get("/classes/today"), http.StatusOK, "Hôm nay không có lớp")
	w.run(w.chairs[0])
	var today []models.Session
	for _, s := range w.sessions() {
		if s.Date == 20130301 {
			today = append(today, s)
		}
	}
	got := school.get("/classes/today")
	w.want(got, http.StatusOK, "Còn 8 buổi trước chưa điểm danh", "/classes/"+strconv.FormatInt(w.class.ID, 10)+"/finish")
	for _, s := range today {
		if !strings.Contains(got.html, rollHref(w.class.ID, s.ID)) {
			t.Errorf("no way to the roll of %s %s", s.Date, s.Part)
		}
	}
}
