package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"datchuan/models"
)

// A district is told of her own people, reads, and goes to the class; without JavaScript.
func TestNoticesPage(t *testing.T) {
	w := newClassSite(t)
	m := w.landmarks()
	v := w.as("le-thuy")
	first := v.get("/notices")
	w.want(first, http.StatusOK, "Lớp của tỉnh", "Đã duyệt và xếp chỗ 1 người", "chưa đọc", "Tin nhắn soạn sẵn", "Liên hệ: Ban Tổ chức")
	own, other := w.nameOf("le-thuy", m.cadre), w.nameOf("minh-hoa", m.other)
	if !strings.Contains(first.html, own) || strings.Contains(first.html, other) {
		t.Error("the names of a notice are those of the district")
	}
	read := fmt.Sprintf("/notices/%d/read", m.notice)
	if got := v.post(read, "open", "1"); got.location == "" || !strings.HasPrefix(got.location, "/classes/") {
		t.Errorf("opened: %d %s", got.status, got.location)
	}
	w.want(w.as("minh-hoa").post(read), http.StatusNotFound)
	w.want(v.follow(v.post("/notices/read", "up_to", "999999")), http.StatusOK, "Đã đánh dấu đọc hết")
	if got := v.get("/notices"); strings.Contains(got.html, "chưa đọc") || strings.Contains(got.html, "/read\"") {
		t.Error("something is still unread")
	}
	w.want(w.as("quan-tri").get("/notices"), http.StatusForbidden)
	if got := w.as("quan-tri").get("/"); strings.Contains(got.html, `href="/notices"`) {
		t.Error("who is told of nothing has a bell")
	}
}

func (w *classSite) nameOf(login string, cadre int64) string {
	w.t.Helper()
	card, err := w.core.Cadre(w.ctx, w.actor(login), cadre, 0)
	if err != nil {
		w.t.Fatal(err)
	}
	return card.Cadre.Name
}

// The text to be copied names only the district's own people.
func TestClassMessage(t *testing.T) {
	w := newClassSite(t)
	other := w.landmarks().other
	w.enrol(w.class, w.chairs[0], other)
	href := classTab(w.class.ID, "people")
	own, foreign := w.nameOf("le-thuy", w.chairs[0]), w.nameOf("minh-hoa", other)
	box := func(login string) string {
		_, after, _ := strings.Cut(w.as(login).get(href).html, "<textarea")
		text, _, _ := strings.Cut(after, "</textarea>")
		return text
	}
	if got := box("le-thuy"); !strings.Contains(got, own) || strings.Contains(got, foreign) || !strings.Contains(got, "Thời gian: 25/02/2013 – 01/03/2013") {
		t.Errorf("Lệ Thủy: %s", got)
	}
	if got := box("ban-to-chuc"); !strings.Contains(got, own) || !strings.Contains(got, foreign) || !strings.Contains(got, "Danh sách (2 người)") {
		t.Errorf("the province: %s", got)
	}
}

func TestMailSettings(t *testing.T) {
	w := newSite(t)
	v := w.as("quan-tri")
	w.want(v.get("/settings"), http.StatusOK, "Gửi thông báo qua thư điện tử", "--smtp-host")
	w.want(v.follow(v.post("/settings/mail", "mail", "1")), http.StatusOK, "Đã bật gửi thư", `name="mail" value="1" checked`)
	w.want(v.follow(v.post("/settings/mail/retry")), http.StatusOK, "Thư sẽ được gửi lại")
	w.want(v.follow(v.post("/settings/mail")), http.StatusOK, "Đã tắt gửi thư")
	d := w.as("le-thuy")
	w.want(d.post("/email", "email", "khong phai"), http.StatusUnprocessableEntity, `value="khong phai"`, "Địa chỉ thư điện tử không đúng")
	w.want(d.follow(d.post("/email", "email", "le-thuy@hoi.example")), http.StatusOK, `value="le-thuy@hoi.example"`)
	list, err := w.core.Accounts(t.Context(), w.actor("quan-tri"))
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		if a.Login == "le-thuy" {
			w.want(v.get(accountPath(a.ID)), http.StatusOK, `value="le-thuy@hoi.example"`)
			w.want(v.follow(v.post(accountPath(a.ID), "etag", etagOf(a.Version), "name", a.Name, "role", string(models.DistrictOfficer), "unit_id", fmt.Sprint(a.UnitID), "language", "vi", "email", "moi@hoi.example")), http.StatusOK)
			w.want(v.get(accountPath(a.ID)), http.StatusOK, `value="moi@hoi.example"`)
		}
	}
}
