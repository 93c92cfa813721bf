package sheets

import (
	"testing"

	"datchuan/models"
)

// Family names that look like words of headings and totals must not make a person vanish.
func TestFamilyNamesLikeHeadings(t *testing.T) {
	lines := [][]any{{"Họ và tên", "Năm sinh", "Chức vụ"}}
	names := []string{"Tống Thị Lan", "Tô Thị Hoa", "Bàn Thị Mai", "Xa Thị Liên", "Phương Thị Lan", "Công Thị Hà", "Thị Nở", "TO THI HOA"}
	for _, name := range names {
		lines = append(lines, []any{name, "ngày 5 tháng 8 năm 1975", "CT"})
	}
	rows, findings, _ := readAll(t, newOffice(t).rows(1, lines...).bytes())
	if len(rows) != len(names) {
		t.Fatalf("%d rows: %s", len(rows), codes(findings))
	}
	for i, name := range names {
		equal(t, "name", rows[i].Name, name)
	}
}

func TestKindOfUnit(t *testing.T) {
	for text, want := range map[string]models.UnitKind{"Huyện Lệ Thủy": models.District, "TP. Đồng Hới": models.District, "TP.Đồng Hới": models.District,
		"Hội LHPN huyện Lệ Thủy": models.District, "xã Mỹ Thủy": models.Commune, "Thị trấn Quán Hàu": models.Commune, "Xa My Thuy": models.Commune,
		"Phường Bắc Lý": models.Commune, "Chi hội Thôn 2": models.Branch, "Bản Ka Ai": models.Branch, "Tổ dân phố 3": models.Branch, "Tổ 3": models.Group,
		"Tổ phụ nữ số 1": models.Group, "Tô Thị Hoa": "", "Mỹ Thủy": "", "Phương Thị Lan": "", "Tống Thị Lan": ""} {
		equal(t, text, kindOf(text), want)
	}
}

func TestUnitTextsAreTakenApart(t *testing.T) {
	rows, _, _ := readAll(t, newOffice(t).rows(1, []any{"TT", "Họ và tên", "Năm sinh", "Chức vụ", "Đơn vị"},
		[]any{1, "Lê Thị A", 1970, "CHT", "Chi hội Thôn 2, xã Mỹ Thủy, huyện Lệ Thủy"},
		[]any{2, "Lê Thị B", 1971, "CT", "Hội LHPN xã Mỹ Thủy - Lệ Thủy"},
		[]any{3, "Lê Thị C", 1972, "CT", "Mỹ Thủy"}).bytes())
	equal(t, "all parts", rows[0].Branch+"|"+rows[0].Commune+"|"+rows[0].District, "Chi hội Thôn 2|xã Mỹ Thủy|huyện Lệ Thủy")
	equal(t, "two parts", rows[1].Commune+"|"+rows[1].District, "xã Mỹ Thủy|Lệ Thủy")
	equal(t, "one part", rows[2].Commune+"|"+rows[2].District, "Mỹ Thủy|")
}

func TestHeaderWithoutMergesAndOddWords(t *testing.T) {
	o := newOffice(t).rows(1,
		[]any{"", "", "UBND tỉnh", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
		[]any{"Số TT", "Họ, tên cán bộ", "Sinh năm", "LLCT", "", "", "Trình độ CM", "", "", "Số ĐT", "CCCD/CMND", "Chức vụ, chức danh", "Hội cơ sở"},
		[]any{"", "", "", "SC", "TC", "CC", "TC", "CĐ", "ĐH", "", "", "", ""},
		[]any{"1.", "Đ/c Lê Thị A", "'1970", "", "x", "", "", "", "Luật", "0912 345 678 - 0987 654 321", "044170000123", "P. Chủ tịch", "Mỹ Thủy"})
	rows, findings, m := readAll(t, o.bytes())
	equal(t, "fields", fieldsOf(m), "number name birth political1 political2 political3 profession2 profession3 profession4 phone identity position unit")
	if len(rows) != 1 {
		t.Fatalf("%d rows %s", len(rows), codes(findings))
	}
	r := rows[0]
	equal(t, "findings", codes(r.Findings), "phone_second@J4")
	equal(t, "name", r.Name, "Lê Thị A")
	equal(t, "birth", r.Birth, models.PartialDate(19700000))
	equal(t, "political", r.Levels[models.Political].Level, 2)
	equal(t, "a subject under a level is a mark", r.Levels[models.Professional], models.LevelRead{Level: 4, Field: "Luật"})
	equal(t, "position", r.Position, "pho-chu-tich-xa")
	equal(t, "first phone", r.Phone, "0912345678")
	equal(t, "cell of a field", r.Cells[models.FieldPosition], "L4")
}

func TestVerticalMergesInTheList(t *testing.T) {
	o := newOffice(t).rows(1, []any{"TT", "Xã", "Họ và tên", "Năm sinh", "Chức vụ"},
		[]any{1, "Mỹ Thủy", "Lê Thị A", 1970, "CT"}, []any{2, "", "Lê Thị B", 1971, "PCT"}, []any{3, "Phú Thủy", "Lê Thị C", 1972, "CT"}).merge("B2:B3")
	rows, _, _ := readAll(t, o.bytes())
	equal(t, "below a merged cell", rows[1].Commune, "Mỹ Thủy")
	equal(t, "after it", rows[2].Commune, "Phú Thủy")
}

func TestPositionHeadingsAndDefaults(t *testing.T) {
	lines := [][]any{{"TT", "Họ và tên", "Năm sinh", "Đơn vị"}, {"I", "Chủ tịch Hội LHPN xã"}, {1, "Lê Thị A", 1970, "Mỹ Thủy"},
		{"II", "Lệ Thủy"}, {1, "Lê Thị B", 1971, "Phú Thủy"}}
	data := newOffice(t).rows(1, lines...).bytes()
	rows, findings, _ := readAll(t, data)
	equal(t, "findings", codes(All(rows, findings)), "heading_guessed_district@B4 !position_missing@B5")
	equal(t, "from the heading", rows[0].Position, "chu-tich-xa")
	equal(t, "guessed district", rows[1].District, "Lệ Thủy")
	rows, _, _ = readAll(t, data, func(m *Mapping) { m.DefaultPosition, m.DefaultSex = "to-pho", models.Female })
	equal(t, "default", rows[1].Position, "to-pho")
	equal(t, "default sex", rows[1].Sex, models.Female)
}

func TestTotalsAndHeadingsWithFigures(t *testing.T) {
	o := newOffice(t).rows(1,
		[]any{"TT", "Họ và tên", "Năm sinh", "Chức vụ", "Văn hóa", "LLCT", "", "", "Chuyên môn", "", ""},
		[]any{"", "", "", "", "", "SC", "TC", "CC", "TC", "CĐ", "ĐH"},
		[]any{"I", "Huyện Lệ Thủy", "", "", "", 3, 2, 1, 5, 2, 1},
		[]any{"1", "Xã Mỹ Thủy", "", "", "", 1, 1, 1, 1, 1, 1},
		[]any{1, "Lê Thị A", 1970, "CT", "12/12", "", "x", "", "x", "", ""},
		[]any{"", "Tổng cộng", "", "", "", 3, 2, 1, 5, 2, 1},
		[]any{"Cộng toàn tỉnh", "", "", "", "", 3, 2, 1, 5, 2, 1})
	rows, findings, _ := readAll(t, o.bytes())
	if len(rows) != 1 {
		t.Fatalf("%d rows %s", len(rows), codes(All(rows, findings)))
	}
	equal(t, "findings", codes(All(rows, findings)), "")
	equal(t, "place", rows[0].District+", "+rows[0].Commune, "Huyện Lệ Thủy, Xã Mỹ Thủy")
}

func TestStrayFiguresDoNotHideAKnownHeader(t *testing.T) {
	first := open(t, newOffice(t).rows(1, simple...).bytes())
	m := first.Propose("Sheet1")
	m.Column(models.FieldNumber).Field = models.FieldIgnore
	lines := append([][]any{}, simple...)
	lines[5] = append(append([]any{}, simple[5]...), "", "đã gọi điện")
	second := open(t, newOffice(t).rows(1, lines...).bytes())
	fitted, ok := second.Fit(m)
	equal(t, "known", ok, true)
	equal(t, "taken over", fitted.Columns[0].Field, models.FieldIgnore)
}

// A mapping comes from a browser: whatever it says, reading must hold.
func TestForeignMapping(t *testing.T) {
	wb := open(t, newOffice(t).rows(1, simple...).bytes())
	m := Mapping{Sheet: "Sheet1", HeaderFrom: -3, HeaderTo: 4, Columns: []ColumnMap{{Col: 1, Field: models.FieldName}, {Col: -5, Field: models.FieldBirth},
		{Col: 9000, Field: models.FieldPhone, Encoding: "klingon"}, {Col: 0, Field: models.FieldProfession, Mark: true, Level: 99}, {Col: 2, Field: "?"}}}
	rows, _ := wb.Read(m)
	equal(t, "people", len(rows), 5)
	equal(t, "level", rows[0].Levels[models.Professional].Level, models.MaxLevel(models.Professional))
	if _, findings := wb.Read(Mapping{Sheet: "không có"}); len(findings) != 1 || !findings[0].Blocking {
		t.Error("an unknown sheet must be reported")
	}
	equal(t, "no header there", wb.ProposeAt("Sheet1", 7, 3).HeaderFrom, 0)
}
