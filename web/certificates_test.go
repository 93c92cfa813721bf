package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// The register and the card: filters, files, and the way from a request to its revocation by a second person.
func TestRegister(t *testing.T) {
	w := newSite(t)
	district := w.actor("le-thuy")
	class, given := w.certifiedClass(district, w.members(district, 3)...)
	her, province := w.as("le-thuy"), w.as("ban-to-chuc")
	list := her.get("/certificates?year=2013&kind=giay-chung-nhan")
	w.want(list, http.StatusOK, given[0].Label, given[0].Facts.Name, "/api/v1/certificates/register?format=pdf&amp;kind=giay-chung-nhan&amp;year=2013")
	w.want(her.get("/certificates?year=2012"), http.StatusOK, "Chưa có giấy nào")
	w.want(her.get("/certificates?year=x"), http.StatusUnprocessableEntity)
	w.want(w.as("minh-hoa").get("/certificates"), http.StatusOK, "Chưa có giấy nào")
	w.want(her.get("/cadres/"+figure(given[0].CadreID)), http.StatusOK, given[0].Label)
	at := certificateHref(given[0].ID)
	card := her.get(at)
	w.want(card, http.StatusOK, given[0].Code, "/api/v1"+at+"/pdf", "/api/v1"+at+"/badge", "/c/"+given[0].Code)
	if got := her.get("/api/v1" + at + "/pdf?blank=true&x=1.5&y=-2"); got.status != http.StatusOK || !strings.HasPrefix(got.html, "%PDF") {
		t.Errorf("the blank: %d", got.status)
	}
	form := her.get(at + "/reissue")
	w.want(her.post(at+"/reissue", "etag", inputValue(form, "etag"), "cause", "", "reason", "mất trong lũ"), http.StatusUnprocessableEntity, "mất trong lũ", "chọn lý do cấp lại")
	w.want(her.follow(her.post(at+"/reissue", "etag", inputValue(form, "etag"), "cause", "lost", "reason", "mất trong lũ")), http.StatusOK, "Đã cấp lại")
	w.want(her.follow(her.post(at+"/reissue", "etag", inputValue(form, "etag"), "cause", "lost", "reason", "lại mất")), http.StatusOK, "Đã thay bằng giấy khác")
	at = certificateHref(given[1].ID)
	form = her.get(at + "/revoke")
	w.want(her.post(at+"/revoke", "etag", inputValue(form, "etag"), "reason", ""), http.StatusUnprocessableEntity, "Hãy ghi lý do")
	w.want(her.post(at+"/revoke", "etag", "99", "reason", "thi hộ"), http.StatusPreconditionFailed, "thi hộ")
	w.want(her.follow(her.post(at+"/revoke", "etag", inputValue(form, "etag"), "reason", "thi hộ")), http.StatusOK, "Đang chờ xác nhận thu hồi, lý do: thi hộ")
	w.want(her.get(at+"/decide"), http.StatusForbidden)
	w.want(province.get("/"), http.StatusOK, "/certificates?asked=true")
	w.want(province.get("/certificates?asked=true"), http.StatusOK, given[1].Label)
	form = province.get(at + "/decide")
	w.want(form, http.StatusOK, "thi hộ")
	w.want(province.post(at+"/decide", "etag", inputValue(form, "etag")), http.StatusUnprocessableEntity)
	w.want(province.follow(province.post(at+"/decide", "etag", inputValue(form, "etag"), "verdict", "revoke")), http.StatusOK, "Đã thu hồi")
	w.classFiles(her, classHref(class.ID))
}

// classFiles opens every file that the tabs of a class lead to.
func (w *site) classFiles(v *visitor, class string) {
	w.t.Helper()
	w.want(v.get(class+"?tab=certificates"), http.StatusOK, "In cả lớp", "Gắn phôi")
	seen := 0
	for _, tab := range []string{"certificates", "papers"} {
		for _, part := range strings.Split(v.get(class+"?tab="+tab).html, `href="/api/v1`)[1:] {
			path, _, _ := strings.Cut(part, `"`)
			if got := v.get("/api/v1" + strings.ReplaceAll(path, "&amp;", "&")); got.status != http.StatusOK {
				w.t.Errorf("%s: %d %s", path, got.status, got.html)
			}
			seen++
		}
	}
	if seen < 12 {
		w.t.Errorf("%d files", seen)
	}
	district := fmt.Sprint(w.actor("le-thuy").UnitID)
	w.want(v.get(class+"?tab=papers"), http.StatusOK, `<option value="`+district+`"`)
	if got := v.get("/api/v1" + class + "/papers/summons?district=" + district); got.status != http.StatusOK {
		w.t.Errorf("one letter to a district: %d", got.status)
	}
	w.want(v.post(class+"/blanks"), http.StatusConflict, "Không còn phôi trống")
}

// Blanks come in, go to the certificates of a class and are spoiled; an issuer changes how it writes its numbers; the office its key.
func TestStationery(t *testing.T) {
	w := newSite(t)
	district := w.actor("le-thuy")
	class, given := w.certifiedClass(district, w.members(district, 1)...)
	her, admin := w.as("le-thuy"), w.as("quan-tri")
	issuer := given[0].Issuer
	w.want(her.post("/blanks/receive", "issuer", issuer, "first", "không số", "n", "x"), http.StatusUnprocessableEntity, "không số")
	w.want(her.follow(her.post("/blanks/receive", "issuer", issuer, "first", "A 0001", "n", "3")), http.StatusOK, "A 0001, A 0002")
	w.want(her.follow(her.post(classHref(class.ID)+"/blanks")), http.StatusOK, "A 0001", "Đã gắn 1 phôi")
	w.want(her.post("/blanks/spoil", "issuer", issuer, "serial", "A 0009", "reason", "kẹt giấy"), http.StatusUnprocessableEntity, "kẹt giấy")
	w.want(her.follow(her.post("/blanks/spoil", "issuer", issuer, "serial", "A 0001", "reason", "kẹt giấy")), http.StatusOK, "A 0002, A 0003")
	form := her.get("/issuers/" + issuer)
	w.want(form, http.StatusOK, "07/GCN-BTV")
	w.want(her.post("/issuers/"+issuer, form.filled("numbers.giay-chung-nhan", "{x}")...), http.StatusUnprocessableEntity, "{x}")
	w.want(her.follow(her.post("/issuers/"+issuer, form.filled("numbers.giay-chung-nhan", "{n}/LT-{year}")...)), http.StatusOK, "07/LT-2013")
	w.want(her.post("/issuers/"+issuer, form.filled("signer", "Người đến sau", "_key", "")...), http.StatusPreconditionFailed, "Người đến sau")
	w.want(admin.get("/settings/signing"), http.StatusOK, "Chứng thư công khai")
	w.want(admin.sendFile("/settings/signing", "x.pem", []byte("không phải khóa")), http.StatusUnprocessableEntity, "không có khóa bí mật")
	w.want(her.get("/settings/signing"), http.StatusForbidden)
}

// A template is changed box by box; it is looked at before it is saved, refused with what was typed, and kept in versions.
func TestTemplateEditor(t *testing.T) {
	w := newSite(t)
	v, at := w.as("ban-to-chuc"), "/templates/giay-chung-nhan"
	w.want(v.get("/templates"), http.StatusOK, at)
	form := v.get(at)
	w.want(form, http.StatusOK, "GIẤY CHỨNG NHẬN", "{birth_year}", "Ô 5")
	if got := v.post(at+"/preview", form.filled("elements.5.text", "GIẤY KHEN", "_key", "")...); got.status != http.StatusOK || !strings.HasPrefix(got.html, "%PDF") {
		t.Errorf("preview: %d %.100s", got.status, got.html)
	}
	w.want(v.post(at, form.filled("elements.5.text", "{khong_co}", "_key", "")...), http.StatusUnprocessableEntity, "{khong_co}", `id="e-elements.5.text"`)
	w.want(v.follow(v.post(at, form.filled("elements.5.text", "GIẤY KHEN", "elements.6.kind", "", "_key", "")...)), http.StatusOK, "Đã lưu phiên bản 2", "GIẤY KHEN")
	w.want(v.post(at, form.filled("elements.5.text", "GIẤY ĐẾN SAU", "_key", "")...), http.StatusPreconditionFailed, "GIẤY ĐẾN SAU")
	w.want(v.get(at+"?version=1"), http.StatusOK, "GIẤY CHỨNG NHẬN")
	w.want(w.as("le-thuy").get(at), http.StatusForbidden)
}
