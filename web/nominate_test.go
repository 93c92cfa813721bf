package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"datchuan/core"
	"datchuan/models"
)

// From the gap list to the seat: a district ticks people, the only open class is chosen by itself, the province decides.
func TestNominateAndDecide(t *testing.T) {
	w := newClassSite(t)
	district, province := w.as("le-thuy"), w.as("ban-to-chuc")
	w.want(district.get("/gaps?position=chu-tich-xa"), http.StatusOK, `action="/nominate"`, `name="cadre"`)
	if got := w.as("xem-tinh").get("/gaps?position=chu-tich-xa"); strings.Contains(got.html, "/nominate") {
		t.Error("who may not nominate is offered to")
	}
	w.want(w.as("xem-tinh").get("/nominate"), http.StatusForbidden)
	w.want(district.get("/nominate"), http.StatusOK, "Chưa chọn ai")
	form := district.get(nominateHref("", []int64{w.chairs[0], w.chairs[1], w.chairs[2], w.chairs[0]}))
	w.want(form, http.StatusOK, "Lớp LLCT khóa 1", "Gửi đề nghị", "Chọn tất cả 3 người")
	if strings.Contains(form.html, "Xếp chỗ ngay") {
		t.Error("a district may seat people in a class of the province")
	}
	send := []string{"class", fmt.Sprint(w.class.ID), "_key", "cu-1", "do", "send", "reason", "cần bồi dưỡng trước bầu cử"}
	for _, id := range w.chairs[:3] {
		send = append(send, "cadre", fmt.Sprint(id), "among", fmt.Sprint(id))
	}
	first := district.post("/nominate", send...)
	w.want(district.follow(first), http.StatusOK, "Đã cử 3 người, chờ duyệt", "Rút đề nghị")
	if again := district.post("/nominate", send...); again.location != first.location {
		t.Errorf("sent twice: %d %s", again.status, again.location)
	}
	people, err := w.core.ClassPeople(w.ctx, w.province, w.class.ID)
	if err != nil || len(people.Requests) != 3 {
		t.Fatalf("%d requests, %v", len(people.Requests), err)
	}
	w.decideAll(province, district, people.Requests)
}

func (w *classSite) decideAll(province, district *visitor, requests []core.NominationLine) {
	w.t.Helper()
	href := classHref(w.class.ID)
	box := func(r core.NominationLine) string { return fmt.Sprintf("%d.%d", r.ID, r.Version) }
	w.want(province.get(href+"?tab=people"), http.StatusOK, `value="`+box(requests[0])+`"`, "Duyệt")
	w.want(province.post(href+"/decide", "verdict", "approve"), http.StatusUnprocessableEntity, "Chưa chọn ai")
	w.want(province.post(href+"/decide", "verdict", "refuse", "n", box(requests[0])), http.StatusUnprocessableEntity, "Cần ghi lý do", `value="`+box(requests[0])+`" checked`)
	w.want(district.post(href+"/decide", "verdict", "approve", "n", box(requests[0])), http.StatusForbidden)
	w.want(province.follow(province.post(href+"/decide", "verdict", "approve", "n", box(requests[0]), "n", box(requests[1]), "n", box(requests[2]))), http.StatusOK, "Đã quyết định 3 đề nghị", "2/2 chỗ", "Danh sách chờ")
	w.want(province.post(href+"/decide", "verdict", "approve", "n", box(requests[0])), http.StatusPreconditionFailed, "Người khác vừa sửa")
	people, err := w.core.ClassPeople(w.ctx, w.province, w.class.ID)
	if err != nil || len(people.Seated) != 2 || len(people.Waiting) != 1 {
		w.t.Fatalf("%+v %v", people, err)
	}
	leave := fmt.Sprintf("%s/leave/%d", href, people.Seated[0].EnrolmentID)
	w.want(district.get(leave), http.StatusOK, people.Seated[0].Name)
	w.want(w.as("minh-hoa").get(leave), http.StatusNotFound)
	w.want(district.post(leave, "reason", ""), http.StatusUnprocessableEntity, "Cần ghi lý do")
	w.want(district.follow(district.post(leave, "reason", "ốm")), http.StatusOK, "Đã ghi rời lớp", "2/2 chỗ", "Đã rời lớp")
	w.want(province.get(href+"?tab=log"), http.StatusOK, "được xếp chỗ từ danh sách chờ", "ốm")
	w.want(province.get(cadreHref(people.Seated[1].CadreID)), http.StatusOK, "Lớp đã học", "Lớp LLCT khóa 1", "đã xếp chỗ")
}

func TestNominateObstacles(t *testing.T) {
	w := newClassSite(t)
	w.open("Lớp LLCT khóa 2", 30)
	district, province := w.as("le-thuy"), w.as("ban-to-chuc")
	w.enrol(w.class, w.chairs[0])
	w.want(district.get(nominateHref("", w.chairs[:1])), http.StatusOK, "Lớp LLCT khóa 1", "Lớp LLCT khóa 2", "vào lớp nào")
	form := district.get(nominateHref(fmt.Sprint(w.class.ID), w.chairs[:2]))
	w.want(form, http.StatusOK, "Đã có trong lớp này", "disabled")
	id := fmt.Sprint(w.chairs[0])
	w.want(district.post("/nominate", "class", fmt.Sprint(w.class.ID), "do", "send", "cadre", id, "among", id), http.StatusUnprocessableEntity, "Đã có trong lớp này")
	w.want(district.post("/nominate", "class", fmt.Sprint(w.class.ID), "do", "send", "among", id), http.StatusUnprocessableEntity, "Chưa chọn ai")
	other := w.as("minh-hoa")
	unknown, foreign := other.get("/nominate?class="+fmt.Sprint(w.class.ID)+"&cadre=99999999"), other.get(nominateHref(fmt.Sprint(w.class.ID), w.chairs[:1]))
	w.want(foreign, http.StatusNotFound)
	if strip(unknown) != strip(foreign) {
		t.Error("a person of another district reads otherwise than nobody")
	}
	post := []string{"class", fmt.Sprint(w.class.ID), "do", "enrol", "reason", "chỉ tiêu tỉnh"}
	for _, c := range w.chairs[1:3] {
		post = append(post, "cadre", fmt.Sprint(c), "among", fmt.Sprint(c))
	}
	w.want(province.follow(province.post("/nominate", post...)), http.StatusOK, "Đã xếp chỗ 1 người, 1 người vào danh sách chờ")
	people, err := w.core.ClassPeople(w.ctx, w.province, w.class.ID)
	if err != nil || len(people.Seated) != 2 || people.Waiting[0].Seat != models.Waiting {
		t.Fatalf("%+v %v", people, err)
	}
}
