package web

import (
	"net/http"
	"strings"
	"testing"
)

func TestCatalogueByRole(t *testing.T) {
	w := newSite(t)
	province, district := w.as("ban-to-chuc"), w.as("le-thuy")
	w.want(province.get("/courses"), http.StatusOK, "C04", "Nghiệp vụ 10 ngày", "25–60")
	w.want(province.get("/courses/C01"), http.StatusOK, "Trung cấp ngành công tác phụ nữ", "18 đợt", "Chuyên môn: ", "/classes/new?course=C01", "chưa chắc chắn")
	w.want(province.get("/courses/C99"), http.StatusNotFound)
	for _, path := range []string{"/schools", "/instructors", "/venues", "/fundings"} {
		w.want(province.get(path), http.StatusOK, path+"/new")
		if got := district.get(path); got.status != http.StatusOK || strings.Contains(got.html, path+"/new") {
			t.Errorf("%s for a district: %d", path, got.status)
		}
		w.want(district.get(path+"/new"), http.StatusForbidden)
		w.want(district.post(path+"/new", "name", "x"), http.StatusForbidden)
	}
	w.want(district.post("/schools/so-noi-vu/retire", "etag", "1", "retired", "1"), http.StatusForbidden)
}

func TestSchoolForm(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	w.want(v.post("/schools/new", "code", "trường mới", "name", "Trường <mới>", "agreement_to", "hôm nay"), http.StatusUnprocessableEntity, "“hôm nay” không phải là ngày", `value="Trường &lt;mới&gt;"`)
	w.want(v.post("/schools/new", "code", "trường mới", "name", "Trường mới"), http.StatusUnprocessableEntity, "Mã chỉ gồm chữ không dấu", `value="trường mới"`)
	w.want(v.follow(v.post("/schools/new", "code", "truong-moi", "name", "Trường mới", "agreement_to", "31/12/2015")), http.StatusOK, "Đã lưu Trường mới", "31/12/2015")
	school, err := w.core.School(t.Context(), w.actor("ban-to-chuc"), "truong-moi")
	if err != nil || school.AgreementTo != 20160101 {
		t.Fatalf("%+v %v", school, err)
	}
	form := v.get("/schools/truong-moi")
	w.want(form, http.StatusOK, `value="31/12/2015"`, "Ngừng dùng")
	was, etag := inputValue(form, "was"), inputValue(form, "etag")
	w.want(v.follow(v.post("/schools/truong-moi", "etag", etag, "was", was, "name", "Trường mới", "town", "Ba Đồn", "agreement_to", "31/12/2015")), http.StatusOK, "Ba Đồn")
	late := v.post("/schools/truong-moi", "etag", etag, "was", was, "name", "Tên của tôi", "agreement_to", "31/12/2015")
	w.want(late, http.StatusPreconditionFailed, "Tên của tôi", "Ba Đồn")
	w.want(v.follow(v.post("/schools/truong-moi/retire", "etag", "2", "retired", "1")), http.StatusOK, "ngừng dùng")
	if got := v.get("/classes/new"); !strings.Contains(got.html, "Trường mới (ngừng dùng)") {
		t.Error("a school out of use looks like any other")
	}
}

func TestVenueAndMoneyForms(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	w.want(v.post("/venues/new", "name", "Nhà văn hóa", "rooms", "Hội trường A: 120\r\nPhòng nhỏ"), http.StatusUnprocessableEntity, "Dòng “Phòng nhỏ” chưa đúng", "Hội trường A: 120")
	w.want(v.follow(v.post("/venues/new", "name", "Nhà văn hóa", "rooms", "Hội trường A: 120\r\nPhòng 2: 1.040", "beds", "20")), http.StatusOK, "Hội trường A (120), Phòng 2 (1040)")
	w.want(v.get("/classes/new"), http.StatusOK, "Nhà văn hóa: Hội trường A (120 chỗ)")
	form := v.get("/fundings/tinh")
	w.want(v.follow(v.post("/fundings/tinh", "etag", inputValue(form, "etag"), "name", "Tỉnh ủy, UBND tỉnh", "budgets", "2013: 250.000.000\r\n2014: 300000000")), http.StatusOK, "2013: 250.000.000; 2014: 300.000.000")
	money, err := w.core.Funding(t.Context(), w.actor("ban-to-chuc"), "tinh")
	if sum, ok := money.Budget(2014); err != nil || !ok || sum != 300_000_000 {
		t.Errorf("%+v %v", money, err)
	}
	w.want(v.post("/instructors/new", "name", "Trần Thị Hà", "phone", "không có"), http.StatusUnprocessableEntity, "Số điện thoại không đúng")
	w.want(v.follow(v.post("/instructors/new", "name", "Trần Thị Hà", "phone", "0912 345 678", "topics", "Công tác Hội\nKỹ năng")), http.StatusOK, "Công tác Hội; Kỹ năng")
	if list, err := w.core.Instructors(t.Context(), w.actor("ban-to-chuc")); err != nil || len(list) != 1 || len(list[0].Topics) != 2 {
		t.Errorf("%+v %v", list, err)
	}
}
