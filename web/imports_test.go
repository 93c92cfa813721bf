package web

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbook is an .xlsx file with a sheet of these lines; font is that of its text, "" for the usual one.
func workbook(t *testing.T, font string, lines ...[]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, line := range lines {
		if err := book.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &line); err != nil {
			t.Fatal(err)
		}
	}
	if font != "" {
		style, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Family: font}})
		if err == nil {
			err = book.SetCellStyle("Sheet1", "A1", fmt.Sprint("F", len(lines)), style)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var (
	inputs  = regexp.MustCompile(`<input[^>]*?name="([^"]+)"[^>]*>`)
	valueOf = regexp.MustCompile(`value="([^"]*)"`)
	menus   = regexp.MustCompile(`(?s)<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>`)
	chosen  = regexp.MustCompile(`<option value="([^"]*)" selected`)
	first   = regexp.MustCompile(`<option value="([^"]*)"`)
)

// filled is a form as the browser would send it: every input and every menu as they stand on the page.
func (p page) filled(changed ...string) []string {
	var out []string
	main := p.html[strings.Index(p.html, "<main"):]
	for _, m := range inputs.FindAllStringSubmatch(main, -1) {
		if value := valueOf.FindStringSubmatch(m[0]); value != nil && (!strings.Contains(m[0], `type="checkbox"`) || strings.Contains(m[0], " checked")) {
			out = append(out, m[1], value[1])
		}
	}
	for _, m := range menus.FindAllStringSubmatch(main, -1) {
		value := chosen.FindStringSubmatch(m[2])
		if value == nil {
			value = first.FindStringSubmatch(m[2])
		}
		out = append(out, m[1], value[1])
	}
	for i := 0; i+1 < len(changed); i += 2 {
		found := false
		for j := 0; j+1 < len(out); j += 2 {
			if out[j] == changed[i] {
				out[j+1], found = changed[i+1], true
			}
		}
		if !found {
			out = append(out, changed[i], changed[i+1])
		}
	}
	return out
}

// finished asks for an import until it is no longer being written.
func (v *visitor) finished(path string) page {
	v.site.t.Helper()
	for range 400 {
		got := v.get(path)
		if got.status != http.StatusOK || !strings.Contains(got.html, `http-equiv="refresh"`) {
			return got
		}
		time.Sleep(25 * time.Millisecond)
	}
	v.site.t.Fatal("the import does not end")
	return page{}
}

var rosterHead = []any{"TT", "Họ và tên", "Năm sinh", "Chức vụ", "Đơn vị", "Điện thoại"}

func person(n int, name, birth, unit string) []any {
	return []any{n, name, birth, "UV BCH", unit, "0912345678"}
}

// A roster with a bad cell: it is shown where it is, the row is left out, the rest is written once and taken back.
func TestImportFromFileToUndo(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	data := workbook(t, "", rosterHead, person(1, "Phạm Thị Nhập Một", "1979", "Mỹ Thủy"), person(2, "Phạm Thị Nhập Sai", "31/02/1979", "Mỹ Thủy"),
		person(3, "Phạm Thị Nhập Ba", "1981", "Mỹ Thủy"))
	form := v.get("/imports")
	w.want(form, http.StatusOK, "huyện Lệ Thủy", "/imports/template.xlsx")
	up := v.sendFile("/imports", "danh sách.xlsx", data, form.filled()...)
	mapping := v.follow(up)
	w.want(mapping, http.StatusOK, "Họ và tên", `value="birth" selected`, "chắc chắn", "danh sách.xlsx")
	at := strings.TrimSuffix(up.location, "/mapping")
	preview := v.follow(v.post(up.location, mapping.filled("do", "save")...))
	w.want(preview, http.StatusOK, "<code>Sheet1!C3</code>", "31/02/1979", "không có trong lịch")
	if strings.Contains(preview.html, `value="apply"`) {
		t.Error("a file with an error can be written")
	}
	w.want(v.get(at+"/preview?show=error"), http.StatusOK, "Phạm Thị Nhập Sai")
	if strings.Contains(v.get(at+"/preview?show=error").html, "Phạm Thị Nhập Ba") {
		t.Error("the tab of errors shows a good row")
	}
	if got := v.get(at + "/errors.xlsx"); got.status != http.StatusOK || !strings.HasPrefix(got.html, "PK") || !strings.Contains(got.header.Get("Content-Disposition"), "filename*=utf-8''") {
		t.Errorf("errors file: %d %v", got.status, got.header)
	}
	if strings.Contains(v.get("/people?q=pham+thi+nhap").html, "Phạm Thị Nhập") {
		t.Fatal("the preview wrote somebody")
	}
	preview = v.follow(v.post(at+"/preview", preview.filled("do", "skip")...))
	w.want(preview, http.StatusOK, `value="apply"`, `value="skip" selected`)
	apply := preview.filled("do", "apply")
	one, two := v.post(at+"/preview", apply...), v.post(at+"/preview", apply...)
	if one.location != at || two.location != at {
		t.Fatalf("apply leads to %d %q, then %d %q", one.status, one.location, two.status, two.location)
	}
	report := v.finished(at)
	w.want(report, http.StatusOK, at+"/undo", "/gaps?unit_id=", "<dd>2</dd>")
	if got := v.follow(v.post(at+"/preview", preview.filled("do", "apply", "_key", "other")...)); got.status != http.StatusOK {
		t.Errorf("applied again: %d", got.status)
	}
	if got := v.get("/people?q=pham+thi+nhap").html; strings.Count(got, "Phạm Thị Nhập Ba</a>") != 1 || strings.Contains(got, "Nhập Sai") {
		t.Errorf("people: %d", strings.Count(got, "Phạm Thị Nhập Ba"))
	}
	w.want(v.get("/imports"), http.StatusOK, "Đã ghi")
	w.want(v.get(at+"/undo"), http.StatusOK, "Hoàn tác")
	w.want(v.follow(v.post(at+"/undo")), http.StatusOK, "đã được hoàn tác")
	if strings.Contains(v.get("/people?q=pham+thi+nhap").html, "Phạm Thị Nhập Ba</a>") {
		t.Error("the undo left somebody")
	}
}

// Text in an old font is shown before and after, and another encoding can be chosen.
func TestImportOfAnOldFont(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	lines := [][]any{{"TT", "Hä vµ tªn", "N¨m sinh", "Chøc vô", "§¬n vÞ"}, {1, "NguyÔn ThÞ HuÖ", "1979", "UV BCH", "Mü Thñy"}, {2, "TrÇn ThÞ BÐ", "1980", "UV BCH", "Mü Thñy"}}
	up := v.sendFile("/imports", "cũ.xlsx", workbook(t, ".VnTime", lines...), "unit_id", fmt.Sprint(w.actor("le-thuy").UnitID))
	mapping := v.follow(up)
	w.want(mapping, http.StatusOK, "NguyÔn ThÞ HuÖ", "Nguyễn Thị Huệ", "Hãy xác nhận")
	other := v.post(up.location, mapping.filled("encoding", "unicode", "do", "look")...)
	w.want(other, http.StatusOK, "<li>NguyÔn ThÞ HuÖ</li>")
	w.want(v.follow(v.post(up.location, mapping.filled("do", "save")...)), http.StatusOK, "Nguyễn Thị Huệ", "Trần Thị Bé")
}

// Where a file is read wrongly nothing is lost: columns can be changed, header rows named, the reading is remembered.
func TestImportMappingIsCorrectedAndRemembered(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	data := workbook(t, "", []any{"Số", "Chị", "Sinh", "Làm gì", "Ở đâu"}, person(1, "Phạm Thị Nhập Một", "1979", "Mỹ Thủy")[:5])
	unit := fmt.Sprint(w.actor("le-thuy").UnitID)
	up := v.sendFile("/imports", "lạ.xlsx", data, "unit_id", unit)
	looked := v.post(up.location, v.follow(up).filled("header_from", "1", "header_to", "1", "do", "look")...)
	w.want(looked, http.StatusOK, `name="col_B"`)
	w.want(v.post(up.location, looked.filled("header_to", "9", "do", "save")...), http.StatusUnprocessableEntity, `id="e-header_to"`, `value="9"`)
	w.want(v.post(up.location, looked.filled("as_of", "31/02/2013", "do", "save")...), http.StatusUnprocessableEntity, `id="e-as_of"`, `value="31/02/2013"`)
	w.want(v.post(up.location, looked.filled("col_B", "ignore", "do", "save")...), http.StatusUnprocessableEntity, "họ và tên")
	right := []string{"col_B", "name", "col_C", "birth", "col_D", "position", "col_E", "unit", "remember", "1", "do", "save"}
	w.want(v.follow(v.post(up.location, looked.filled(right...)...)), http.StatusOK, "Phạm Thị Nhập Một")
	again := v.follow(v.sendFile("/imports", "lạ 2.xlsx", data, "unit_id", unit))
	if strings.Contains(again.html, `name="col_B"`) {
		w.want(again, http.StatusOK, "nhớ từ lần trước", `value="name" selected`)
	}
}

// A name that no unit answers to is asked once for all its rows.
func TestImportAsksForUnits(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	data := workbook(t, "", rosterHead, person(1, "Phạm Thị Nhập Một", "1979", "Xã Không Có"), person(2, "Phạm Thị Nhập Hai", "1980", "Xã Không Có"))
	up := v.sendFile("/imports", "a.xlsx", data, "unit_id", fmt.Sprint(w.actor("le-thuy").UnitID))
	preview := v.follow(v.post(up.location, v.follow(up).filled("do", "save")...))
	name := regexp.MustCompile(`name="(unit:[^"]+)"`).FindStringSubmatch(preview.html)
	if name == nil || strings.Count(preview.html, `name="unit:`) != 1 {
		t.Fatalf("no question, or several: %s", preview.text())
	}
	commune := regexp.MustCompile(`value="(\d+)">xã Mỹ Thủy`).FindStringSubmatch(preview.html)
	if commune == nil {
		t.Fatal("her communes are not offered")
	}
	preview = v.follow(v.post(strings.TrimSuffix(up.location, "/mapping")+"/preview", preview.filled(name[1], commune[1], "do", "save")...))
	w.want(preview, http.StatusOK, `value="apply"`, "xã Mỹ Thủy")
}

// An import of another district reads as one that is not there; a role without the permission is refused.
func TestForeignImports(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	up := v.sendFile("/imports", "a.xlsx", workbook(t, "", rosterHead, person(1, "Phạm Thị Một", "1979", "Mỹ Thủy")), "unit_id", fmt.Sprint(w.actor("le-thuy").UnitID))
	at := strings.TrimSuffix(up.location, "/mapping")
	other := w.as("dong-hoi")
	request := regexp.MustCompile(`(?s)<p class="muted small">.*?</p>`)
	same := func(got, unknown page) {
		t.Helper()
		if got.status != http.StatusNotFound || unknown.status != http.StatusNotFound {
			t.Errorf("%d, unknown %d", got.status, unknown.status)
		}
		a, b := request.ReplaceAllString(got.text(), ""), request.ReplaceAllString(unknown.text(), "")
		number := regexp.MustCompile(`[A-Z2-7]{10,}`)
		if number.ReplaceAllString(a, "") != number.ReplaceAllString(b, "") {
			t.Error("a foreign import reads otherwise than an unknown one")
		}
	}
	for _, step := range []string{"", "/mapping", "/preview", "/errors.xlsx", "/undo", "/discard"} {
		same(other.get(at+step), other.get("/imports/999999"+step))
	}
	for _, step := range []string{"/mapping", "/preview", "/undo", "/discard"} {
		same(other.post(at+step, "do", "apply"), other.post("/imports/999999"+step, "do", "apply"))
	}
	if strings.Contains(other.get("/imports").html, "a.xlsx") {
		t.Error("foreign imports are listed")
	}
	w.want(other.sendFile("/imports", "b.xlsx", workbook(t, "", rosterHead), "unit_id", fmt.Sprint(w.actor("le-thuy").UnitID)), http.StatusNotFound)
	for _, login := range []string{"xem-tinh", "xa-my-thuy", "quan-tri"} {
		w.want(w.as(login).get("/imports"), http.StatusForbidden)
	}
	w.want(v.follow(v.post(at+"/discard")), http.StatusOK, "Đã bỏ tệp a.xlsx")
	w.want(v.get(at), http.StatusOK, "Đã bỏ tệp a.xlsx")
	w.want(v.follow(v.get(at+"/preview")), http.StatusOK, "Đã bỏ tệp a.xlsx")
}

func TestFilesThatAreNoRosters(t *testing.T) {
	w := newSite(t)
	v := w.as("le-thuy")
	for name, data := range map[string]string{"trống.xlsx": "", "cũ.xls": "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "hỏng.xlsx": "PK\x03\x04 không phải"} {
		got := v.sendFile("/imports", name, []byte(data), "unit_id", fmt.Sprint(w.actor("le-thuy").UnitID))
		w.want(got, http.StatusUnprocessableEntity, `id="e-file"`)
	}
	if got := v.get("/imports/template.xlsx"); got.status != http.StatusOK || !strings.HasPrefix(got.html, "PK") {
		t.Errorf("template: %d", got.status)
	}
}
