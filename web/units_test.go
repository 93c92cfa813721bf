package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestUnitTree(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	tree := v.get("/units")
	w.want(tree, http.StatusOK, "tỉnh Quảng Bình", "huyện Lệ Thủy", "xã Mỹ Thủy", `value="01/03/2013"`)
	later := v.get("/units?on=2026-01-01")
	w.want(later, http.StatusOK, `value="2026-01-01"`)
	if strings.Contains(later.html, "huyện Lệ Thủy") {
		t.Error("districts on the map of 2026")
	}
	w.want(v.get("/units?q=my+thuy"), http.StatusOK, "xã Mỹ Thủy, huyện Lệ Thủy")
	w.want(v.get("/units?q=khong+co+dau"), http.StatusOK, "Không có đơn vị nào khớp")
	w.want(v.get("/units?on=31/02/2013"), http.StatusUnprocessableEntity, "không phải là ngày", `value="31/02/2013"`)
	mine := w.as("le-thuy").get("/units")
	w.want(mine, http.StatusOK, "huyện Lệ Thủy")
	if strings.Contains(mine.html, "Đồng Hới") || strings.Contains(mine.html, "/change") {
		t.Error("a district sees others, or changes units")
	}
}

func TestUnitPage(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	district := fmt.Sprintf("/units/%d", w.unit("457"))
	w.want(v.get(district), http.StatusOK, "xã Mỹ Thủy", "người đứng đầu đạt chuẩn", "/gaps?", "tính đến 01/03/2013", district+"/change", `class="bar`)
	commune := fmt.Sprintf("/units/%d", w.unit(w.communeOf("457")))
	w.want(v.get(commune), http.StatusOK, "Cán bộ chủ chốt", "Chủ tịch", "Kế thừa:", `class="badge`)
	w.want(v.get(commune+"?on=2026-01-01"), http.StatusOK, "đã kết thúc ngày 01/07/2025", "Đơn vị kế thừa:")
	w.want(w.as("quan-tri").get("/units"), http.StatusOK, "chưa được giao đơn vị nào") // no scope, no tree
	w.want(w.as("quan-tri").get(commune), http.StatusNotFound)
	w.want(v.get(commune+"/history"), http.StatusOK, "Lịch sử")
	other := fmt.Sprintf("/units/%d", w.unit("450"))
	for _, tail := range []string{"", "/history"} {
		w.sameAsUnknown(w.as("le-thuy"), other+tail, "/units/9999999"+tail)
	}
	w.want(w.as("le-thuy").get(district+"/change"), http.StatusForbidden)
}

// changeOf sends the form of a change as a page shows it, with some inputs written anew.
func changeOf(p page, pairs ...string) []string {
	form := []string{"change", p.hidden("change"), "etag", p.hidden("etag"), "_key", p.hidden("_key")}
	return with(form, pairs...)
}

func TestRenameIsPreviewedFirst(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	unit := fmt.Sprintf("/units/%d", w.unit(w.communeOf("457")))
	form := v.get(unit + "/change")
	w.want(form, http.StatusOK, "Đổi tên", "Sáp nhập", "Chia, tách", "Thêm đơn vị cấp dưới")
	typed := changeOf(form, "name", "Mới Toanh", "style", "xã", "date", "01/06/2013", "basis", "NQ 1")
	bad := v.post(unit+"/change", with(typed, "name", "", "do", "preview")...)
	w.want(bad, http.StatusUnprocessableEntity, "Hãy nhập tên đơn vị", `value="NQ 1"`, `id="e-name"`)
	seen := v.post(unit+"/change", with(typed, "do", "preview")...)
	w.want(seen, http.StatusOK, "Sau thay đổi sẽ như sau", "xã Mới Toanh", "Chưa có gì được ghi")
	if strings.Contains(v.get(unit+"?on=2013-07-01").html, "Mới Toanh") {
		t.Fatal("the preview was written")
	}
	token := seen.hidden("token")
	other := v.post(unit+"/change", with(typed, "do", "apply", "token", token, "name", "Khác Hẳn")...)
	w.want(other, http.StatusOK, "xã Khác Hẳn", "Chưa có gì được ghi") // not what was previewed
	done := v.post(unit+"/change", with(typed, "do", "apply", "token", token)...)
	w.want(v.follow(done), http.StatusOK, "Đã thực hiện thay đổi")
	w.want(v.get(unit+"?on=2013-07-01"), http.StatusOK, "<h1>xã Mới Toanh</h1>")
	stale := v.post(unit+"/change", with(typed, "do", "preview", "name", "Lần Hai", "_key", "k2")...)
	w.want(stale, http.StatusPreconditionFailed, "Người khác vừa sửa", `value="Lần Hai"`)
	if stale.hidden("etag") == form.hidden("etag") {
		t.Error("the form goes on from the old version")
	}
}

func TestMergeAndSplitUnits(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	tree, err := w.core.Tree(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	communes := tree.Children(w.unit("457"), 20130301)
	a, b, c := communes[0], communes[1], communes[2]
	path := unitHref(a.UnitID) + "/change"
	form := v.get(path + "?change=merge")
	w.want(form, http.StatusOK, b.FullName(), "Thành một đơn vị mới")
	w.want(v.post(path, changeOf(form, "do", "preview", "date", "01/06/2013", "name", "Gộp Chung", "style", "xã")...), http.StatusUnprocessableEntity, "Số đơn vị được chọn")
	typed := changeOf(form, "date", "01/06/2013", "basis", "NQ 2", "name", "Gộp Chung", "style", "xã", fmt.Sprintf("with_%d", b.UnitID), "1", "move_holdings", "1")
	seen := v.post(path, with(typed, "do", "preview")...)
	// the reference data already end both communes in 2025: reforms are entered in the order of time
	if seen.status == http.StatusUnprocessableEntity {
		w.want(seen, http.StatusUnprocessableEntity, "Gộp Chung")
	} else {
		w.want(seen, http.StatusOK, "Thành lập", "xã Gộp Chung", "Kết thúc", "chức vụ kết thúc hoặc chuyển")
		w.want(v.follow(v.post(path, with(typed, "do", "apply", "token", seen.hidden("token"))...)), http.StatusOK, "<h1>xã Gộp Chung</h1>", "Hình thành từ "+a.FullName())
	}
	path = unitHref(c.UnitID) + "/change"
	form = v.get(path + "?change=split")
	w.want(form, http.StatusOK, "Phần 1", "Đơn vị trực thuộc về phần nào")
	pairs := []string{"date", "01/06/2013", "basis", "NQ 3", "keep", "1", "part1_name", "Phần Tách", "part1_style", "xã", "main", "1"}
	child := tree.Children(c.UnitID, 20130301)[0]
	typed = changeOf(form, append(pairs, fmt.Sprintf("child_%d", child.UnitID), "1")...)
	seen = v.post(path, with(typed, "do", "preview")...)
	w.want(seen, http.StatusOK, "xã Phần Tách", child.FullName())
	w.want(v.post(path, with(typed, "do", "preview", fmt.Sprintf("child_%d", child.UnitID), "3")...), http.StatusUnprocessableEntity, "Phân công đơn vị trực thuộc không đúng", `value="Phần Tách"`)
	w.want(v.follow(v.post(path, with(typed, "do", "apply", "token", seen.hidden("token"))...)), http.StatusOK, "<h1>xã Phần Tách</h1>")
}

func TestNewUnitAndFlags(t *testing.T) {
	w := newSite(t)
	v := w.as("ban-to-chuc")
	unit := unitHref(w.unit(w.communeOf("457")))
	form := v.get(unit + "/change?change=new")
	typed := changeOf(form, "kind", "branch", "name", "Chi hội Quỳnh Thử", "from", "01/02/2013")
	w.want(v.post(unit+"/change", with(typed, "kind", "district", "do", "preview")...), http.StatusUnprocessableEntity, "không đặt dưới", `value="Chi hội Quỳnh Thử"`)
	seen := v.post(unit+"/change", with(typed, "do", "preview")...)
	w.want(seen, http.StatusOK, "Thành lập", "Chi hội Quỳnh Thử")
	w.want(v.get("/units?q=quynh+thu"), http.StatusOK, "Không có đơn vị nào khớp")
	w.want(v.follow(v.post(unit+"/change", with(typed, "do", "apply", "token", seen.hidden("token"))...)), http.StatusOK, "<h1>Chi hội Quỳnh Thử</h1>")

	form = v.get(unit + "/change?change=flags")
	flag := changeOf(form, "flag", "border", "from", "01/01/2012", "basis", "QĐ 5", "certainty", "source", "do", "apply")
	w.want(v.post(unit+"/change", with(flag, "basis", "")...), http.StatusUnprocessableEntity, "Hãy ghi căn cứ")
	w.want(v.follow(v.post(unit+"/change", flag...)), http.StatusOK, "Biên giới", "QĐ 5", "có nguồn")
	ends := v.get(unit + "/change?change=flags")
	id := ends.html[strings.LastIndex(ends.html[:strings.LastIndex(ends.html, "Kết thúc")], `name="flag_id" value="`):]
	id = strings.TrimPrefix(id, `name="flag_id" value="`)
	id = id[:strings.IndexByte(id, '"')]
	w.want(v.post(unit+"/flags/end", "flag_id", id, "to", "hôm nào"), http.StatusUnprocessableEntity, "hôm nào")
	w.want(v.follow(v.post(unit+"/flags/end", "flag_id", id, "to", "01/01/2013")), http.StatusOK, "Đã kết thúc đặc điểm")
	w.want(v.get(unit+"/history"), http.StatusOK, "Gắn đặc điểm địa bàn", "Kết thúc đặc điểm địa bàn")
	w.want(v.get(unit+"/change?change=nonsense"), http.StatusNotFound)
}
