package web

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

func TestDuplicatesAreMergedAndParted(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	first, second := w.plainCadre(v, "Ngô Thị Song Sinh"), w.plainCadre(v, "Ngô Thị Song Sinh")
	a, b := strings.TrimPrefix(first, "/cadres/"), strings.TrimPrefix(second, "/cadres/")
	v.post(second+"/facts/award/new", "title", "Bằng khen Tỉnh Hội", "year", "2010")
	v.post(second+"/edit", with(w.editValues(v.get(second+"/edit")), "hometown", "Phong Thủy", "note", "Ghi chú hai")...)
	v.post(first+"/edit", with(w.editValues(v.get(first+"/edit")), "note", "Ghi chú một")...)
	path := "/duplicates/" + a + "-" + b
	w.want(v.get(first), http.StatusOK, "có thể là cùng một người", "/duplicates?cadre="+a)
	w.want(v.get("/duplicates?cadre="+a), http.StatusOK, path, "Trùng họ tên")
	w.want(v.get("/duplicates"), http.StatusOK, path)
	page := v.get(path)
	w.want(page, http.StatusOK, "Ghi chú một", "Ghi chú hai", `name="hometown" value="right" checked`, `name="note" value="left" checked`)
	w.want(v.post(path, "do", "merge", "etag", "1-1"), http.StatusPreconditionFailed)
	form := with(w.choices(page), "do", "merge", "note", "right")
	merged := v.post(path, form...)
	card := v.follow(merged)
	w.want(card, http.StatusOK, "Phong Thủy", "Ghi chú hai", "Bằng khen Tỉnh Hội", "/duplicates/undo", "Đã gộp vào hồ sơ này")
	if again := v.post(path, form...); again.location != merged.location {
		t.Errorf("sent twice: %d %s", again.status, again.location)
	}
	w.want(v.get(second), http.StatusOK, "Đã gộp vào hồ sơ khác", first)
	undo := regexp.MustCompile(`name="id" value="(\d+)"`).FindStringSubmatch(card.html)[1]
	w.want(w.as("dong-hoi").post("/duplicates/undo", "id", undo), http.StatusNotFound)
	if got := v.post("/duplicates/undo", "id", undo); got.location != "/duplicates" {
		t.Fatalf("%d %s", got.status, got.text())
	}
	w.want(v.get(first), http.StatusOK, "Ghi chú một")
	w.want(v.post("/duplicates/undo", "id", undo), http.StatusConflict, "đã được hoàn tác")
	if got := v.post(path, "do", "distinct"); got.location != "/duplicates" {
		t.Fatalf("%d %s", got.status, got.text())
	}
	w.want(v.get("/duplicates?cadre="+a), http.StatusOK, "Không còn hồ sơ nào nghi trùng")
}

func TestPairsKeepScope(t *testing.T) {
	w := newSite(t)
	mine, foreign := w.chair(w.communeOf("457")), w.chair(w.communeOf("450"))
	v := w.as("le-thuy")
	w.sameAsUnknown(v, fmt.Sprintf("/duplicates/%d-%d", min(mine, foreign), max(mine, foreign)), "/duplicates/1-99999999")
	for _, bad := range []string{"5-5", "9-3", "x-y", "12", "-1-2"} {
		w.want(v.get("/duplicates/"+bad), http.StatusNotFound)
	}
	w.want(w.as("xem-tinh").get("/duplicates"), http.StatusForbidden)
	w.want(v.get(fmt.Sprintf("/duplicates?cadre=%d", foreign)), http.StatusNotFound)
}
