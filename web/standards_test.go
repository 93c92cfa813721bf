package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

func TestStandardPages(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	list := v.get("/standards")
	w.want(list, http.StatusOK, `href="/standards/ke-hoach-2013"`, "chưa chắc chắn", "đang áp dụng")
	if strings.Contains(list.html, "/standards/new") {
		t.Error("a district officer is offered to write standards")
	}
	if p := v.get("/standards?position=to-pho"); strings.Contains(p.html, "/standards/ke-hoach-2013") || !strings.Contains(p.html, "/standards/to-pho-2013") {
		t.Error("the position does not narrow the list")
	}
	w.want(v.get("/standards/nd-33-2023"), http.StatusOK, "Chuyên môn: từ đại học trở lên", "hoặc", "chỉ ở địa bàn: miền núi, biên giới", "chưa được đối chiếu", "Còn ít nhất 60 tháng", "standard=nd-33-2023")
	for _, none := range []string{"/standards/none", "/standards/nd-33-2023?version=7"} {
		w.want(v.get(none), http.StatusNotFound)
	}
	w.want(v.get("/standards/nd-33-2023?version=x"), http.StatusUnprocessableEntity)
	w.want(v.get("/standards/nd-33-2023/edit"), http.StatusForbidden)
	w.want(v.post("/standards/nd-33-2023", "do", "save"), http.StatusForbidden)
	w.want(w.as("quan-tri").get("/standards/nd-33-2023"), http.StatusOK, "60 tháng")
	w.want(w.as("quan-tri").get("/standards/compare"), http.StatusForbidden)
}

// Two ways to read the plan, on the same people: 126 = 90 + 10 + 1 + 10 who change status + 15 who only stop counting.
func TestCompareStandards(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	w.want(v.get("/standards/compare"), http.StatusOK, `name="a"`, `name="b"`)
	p := v.get("/standards/compare?a=ke-hoach-2013&b=ke-hoach-2013-ca-hai")
	w.want(p, http.StatusOK, "126/159", "79,2%", "Lý luận chính trị", "không có → ", "15 người vẫn đang học", "90/159", "Cần trung cấp LLCT, hiện có")
	w.want(v.get("/standards/compare?a=ke-hoach-2013&b=ke-hoach-2013"), http.StatusOK, "Không ai thay đổi")
	w.want(v.get("/standards/compare?a=ke-hoach-2013&b=to-pho-2013"), http.StatusUnprocessableEntity, "cùng một chức danh", `value="to-pho-2013" selected`)
	w.want(v.get("/standards/compare?a=ke-hoach-2013&b=none"), http.StatusNotFound)
	w.want(v.get("/standards/compare?a=ke-hoach-2013&b=qd-04-2004&as_of=x"), http.StatusUnprocessableEntity, "“x” không phải là ngày")
	district := w.as("le-thuy").get("/standards/compare?a=ke-hoach-2013&b=qd-04-2004")
	w.want(district, http.StatusOK, "23/28", "xã ")
	if strings.Contains(district.html, "/159") {
		t.Error("a district officer compares on the whole province")
	}
}

var (
	inputPart  = regexp.MustCompile(`<input [^>]*name="([a-z][a-z0-9_]*)" type="(?:text|number)"[^>]*? value="([^"]*)"`)
	boxPart    = regexp.MustCompile(`<input type="checkbox"[^>]*? name="([a-z0-9_]+)" value="1" checked`)
	selectPart = regexp.MustCompile(`(?s)<select [^>]*name="([a-z0-9_]+)"[^>]*>(.*?)</select>`)
	chosenPart = regexp.MustCompile(`value="([^"]*)" selected`)
	areaPart   = regexp.MustCompile(`(?s)<textarea [^>]*name="([a-z0-9_]+)"[^>]*>(.*?)</textarea>`)
	plainPart  = regexp.MustCompile(`<input type="hidden" name="([a-z][a-z0-9_]*)" value="([^"]*)"`)
)

// fieldsOf are all inputs of the form on a page, as a browser would send them.
func fieldsOf(t *testing.T, p page) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, m := range append(plainPart.FindAllStringSubmatch(p.html, -1), inputPart.FindAllStringSubmatch(p.html, -1)...) {
		out[m[1]] = strings.NewReplacer("&#34;", `"`, "&amp;", "&", "&#43;", "+").Replace(m[2])
	}
	for _, m := range boxPart.FindAllStringSubmatch(p.html, -1) {
		out[m[1]] = "1"
	}
	for _, m := range selectPart.FindAllStringSubmatch(p.html, -1) {
		if chosen := chosenPart.FindStringSubmatch(m[2]); chosen != nil {
			out[m[1]] = chosen[1]
		}
	}
	for _, m := range areaPart.FindAllStringSubmatch(p.html, -1) {
		out[m[1]] = m[2]
	}
	for name, value := range formOf(p) {
		out[name] = value
	}
	return out
}

func pairs(fields map[string]string, more ...string) []string {
	for i := 0; i+1 < len(more); i += 2 {
		fields[more[i]] = more[i+1]
	}
	var out []string
	for name, value := range fields {
		out = append(out, name, value)
	}
	return out
}

// A new version is tried on the people first, then saved; the old one stays readable and can be compared.
func TestNewVersionOfAStandard(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	form := v.get("/standards/ke-hoach-2013/edit")
	w.want(form, http.StatusOK, `name="r0_level"`, `value="profession:2" selected`)
	fields := fieldsOf(t, form)
	preview := v.post("/standards/ke-hoach-2013", pairs(fields, "do", "preview", "r0_level", "profession:4")...)
	w.want(preview, http.StatusOK, "Nếu lưu, ai đổi kết quả", "trên 159 lượt", "số đạt từ 126", `value="profession:4" selected`)
	w.want(v.get("/standards/ke-hoach-2013"), http.StatusOK, "từ trung cấp trở lên") // nothing was saved
	saved := v.post("/standards/ke-hoach-2013", pairs(fields, "do", "save", "r0_level", "profession:4")...)
	w.want(v.follow(saved), http.StatusOK, "từ đại học trở lên", "Đã lưu phiên bản mới", `href="/standards/ke-hoach-2013?version=1"`)
	if twice := v.post("/standards/ke-hoach-2013", pairs(fields, "do", "save", "r0_level", "profession:4")...); twice.location != saved.location {
		t.Errorf("sent twice: %d %s", twice.status, twice.location)
	}
	w.want(v.get("/standards/ke-hoach-2013?version=1"), http.StatusOK, "từ trung cấp trở lên", "Phiên bản 1 đã được thay")
	w.want(v.get("/standards/ke-hoach-2013?version=3"), http.StatusNotFound)
	w.want(v.get("/standards/compare?a=ke-hoach-2013@1&b=ke-hoach-2013"), http.StatusOK, "126/159", "phiên bản 1", "phiên bản 2", "từ trung cấp trở lên → ")
	w.want(v.get("/gaps?position=chu-tich-xa&standard=ke-hoach-2013&version=1"), http.StatusOK, "33 lượt người", "phiên bản 1", `name="version"`)
	late := v.post("/standards/ke-hoach-2013", pairs(fields, "_key", "", "do", "save", "r0_level", "profession:3", "name", "Tên của tôi")...)
	w.want(late, http.StatusPreconditionFailed, "Tên của tôi", "từ cao đẳng trở lên", "từ đại học trở lên", `name="etag" value="2"`)
}

// A copy is changed line by line: another way is added, and what is wrong is said at its input.
func TestStandardFromACopy(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	form := v.get("/standards/new?from=nd-33-2023")
	w.want(form, http.StatusOK, "Bản sao: ", `name="r2_only_mountainous"`, `name="from" value="nd-33-2023"`)
	fields := fieldsOf(t, form)
	more := v.post("/standards", pairs(fields, "do", "more", "code", "chu-tich-thu", "r5_join", "new", "r5_kind", "training_days")...)
	w.want(more, http.StatusOK, `name="r5_days"`, `name="r5_giver_district"`, `value="chu-tich-thu"`)
	fields = fieldsOf(t, more)
	wrong := v.post("/standards", pairs(fields, "do", "save", "r5_days", "0", "code", "Sai Mã", "r5_name", "")...)
	w.want(wrong, http.StatusUnprocessableEntity, `href="#f-code"`, `href="#f-r5_days"`, `href="#f-r5_name"`, `value="Sai Mã"`)
	made := v.post("/standards", pairs(fields, "do", "save", "code", "chu-tich-thu", "r5_days", "5", "r5_years", "3", "r5_giver_district", "1", "r5_name", "Bồi dưỡng 5 ngày")...)
	w.want(v.follow(made), http.StatusOK, "Bồi dưỡng nghiệp vụ Hội từ 5 ngày trở lên trong 3 năm gần nhất (Cấp huyện)", "chỉ ở địa bàn: miền núi", "Đã thêm tiêu chuẩn")
	w.want(v.get("/gaps?position=chu-tich-xa&standard=chu-tich-thu&statuses=M,S,X,U,E"), http.StatusOK, "159 lượt người")
	w.want(v.post("/standards", pairs(fields, "_key", "", "do", "save", "code", "chu-tich-thu", "r5_days", "5", "r5_name", "B")...), http.StatusUnprocessableEntity, "Mã chu-tich-thu đã có")
	w.want(v.post("/standards", "do", "save"), http.StatusUnprocessableEntity, "cần ít nhất một điều kiện")
	w.want(v.get("/standards/new?from=none"), http.StatusNotFound)
}
