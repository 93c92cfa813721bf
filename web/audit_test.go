package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestAuditLog(t *testing.T) {
	w := newSite(t)
	v := w.as("quan-tri")
	path := accountPath(w.actor("le-thuy").AccountID)
	v.follow(v.post(path, "name", "Tên Mới", "role", "district_officer", "unit_id", fmt.Sprint(w.actor("le-thuy").UnitID), "language", "vi", "etag", v.get(path).hidden("etag")))
	w.want(v.get("/audit"), http.StatusOK, "Nhật ký nguyên vẹn", "Sửa tài khoản", "<ins>Tên Mới</ins>", `href="`+path+`"`)
	only := v.get("/audit?action=account.login")
	if strings.Contains(only.html, "<td data-label=\"Việc đã làm\">Sửa tài khoản</td>") || !strings.Contains(only.html, `value="account.login" selected`) {
		t.Error("the filter by deed")
	}
	w.want(v.get("/audit?from=02/03/2013"), http.StatusOK, "Không có dòng nào")
	w.want(v.get("/audit?from=31/02/2013"), http.StatusUnprocessableEntity, `value="31/02/2013"`, "Nhật ký nguyên vẹn")
	for _, login := range []string{"ban-to-chuc", "xem-tinh", "le-thuy", "xa-my-thuy"} {
		w.want(w.as(login).get("/audit"), http.StatusForbidden)
		w.want(w.as(login).get("/settings"), http.StatusForbidden)
	}
}

// The administrator reads no personal data: of a changed record the log names the fields, never a value.
func TestAuditHidesPeople(t *testing.T) {
	w := newSite(t)
	her := w.as("le-thuy")
	data := workbook(t, "", rosterHead, person(1, "Phạm Thị Kín", "1979", "Mỹ Thủy"))
	up := her.sendFile("/imports", "a.xlsx", data, "unit_id", fmt.Sprint(w.actor("le-thuy").UnitID))
	preview := her.follow(her.post(up.location, her.follow(up).filled("do", "save")...))
	at := strings.TrimSuffix(up.location, "/mapping")
	her.post(at+"/preview", preview.filled("do", "apply")...)
	her.finished(at)
	log := w.as("quan-tri").get("/audit")
	w.want(log, http.StatusOK, "Thêm hồ sơ từ Excel", "•••")
	if strings.Contains(log.html, "Phạm Thị Kín") || strings.Contains(log.html, "0912345678") {
		t.Error("the administrator reads personal data in the log")
	}
}

func TestLetterhead(t *testing.T) {
	w := newSite(t)
	v := w.as("quan-tri")
	unit := fmt.Sprint(w.actor("le-thuy").UnitID)
	w.want(v.get("/settings"), http.StatusOK, `href="/settings"`, "BAN TỔ CHỨC")
	w.want(v.get("/settings?unit_id="+unit), http.StatusOK, "HỘI LIÊN HIỆP PHỤ NỮ TỈNH QUẢNG BÌNH")
	long := strings.Repeat("dài ", 60)
	w.want(v.post("/settings", "unit_id", "0", "parent_line", long, "place", "Đồng Hới"), http.StatusUnprocessableEntity, `id="e-parent_line"`, `value="Đồng Hới"`)
	got := v.post("/settings", "unit_id", unit, "parent_line", "HỘI LHPN TỈNH", "issuer_line", "HUYỆN LỆ THỦY", "recipients", "Như trên;\r\n\r\nLưu VP.")
	if got.location != "/settings?unit_id="+unit {
		t.Fatalf("%d %q", got.status, got.location)
	}
	w.want(v.follow(got), http.StatusOK, `value="HUYỆN LỆ THỦY"`, "<li>Lưu VP.</li>")
	if strings.Contains(v.get("/settings").html, "HUYỆN LỆ THỦY") {
		t.Error("the head of one district has become that of all")
	}
	w.want(v.post("/settings", "unit_id", "999999"), http.StatusNotFound)
	w.want(v.get("/settings?unit_id=x"), http.StatusNotFound)
}
