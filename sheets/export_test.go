package sheets

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"datchuan/models"
)

var hostile = []string{"=HYPERLINK(\"http://x\";\"bấm\")", "+84912345678", "-1", "@SUM(A1)", "\tx", "'=x", "''-y", "bình thường", "'trích", "a,b\"c\nd",
	"<f>1</f>", "Nguyễn Thị Ệ", "044175000001", "_x0041_", "=cmd|' /C calc'!A0"}

func hostileTable() models.Table {
	t := models.Table{Columns: []models.Column{{Key: "n", Title: "TT", Kind: models.IntColumn, Width: 1}, {Key: "name", Title: "Họ và tên", Kind: models.TextColumn, Width: 5},
		{Key: "birth", Title: "Ngày sinh", Kind: models.DateColumn, Width: 2}, {Key: "d", Title: "Từ ngày", Kind: models.DateColumn, Width: 2}}}
	for i, s := range hostile {
		t.Rows = append(t.Rows, []any{i + 1, s, models.PartialDate(19750000 + i%2*805), models.Date(20130301)})
	}
	return t
}

func member(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestExportedWorkbook(t *testing.T) {
	var out bytes.Buffer
	if err := WriteXLSX(&out, []string{"DANH SÁCH", "=1+1"}, hostileTable()); err != nil {
		t.Fatal(err)
	}
	sheet := member(t, out.Bytes(), "xl/worksheets/sheet1.xml")
	for _, never := range []string{"<f>", "<f "} {
		if strings.Contains(sheet, never) {
			t.Errorf("a formula: %s in the sheet", never)
		}
	}
	for _, want := range []string{`<pane `, `ySplit="4"`, `state="frozen"`, `<autoFilter ref="$A$4:$D$19"`} {
		if !strings.Contains(sheet, want) {
			t.Errorf("%s is missing in %s", want, sheet[:600])
		}
	}
	wb := open(t, out.Bytes())
	s := wb.sheets[0]
	for i, text := range hostile {
		row := 5 + i
		equal(t, "text", s.at(row, 1).text, text)
		equal(t, "text stays text", s.at(row, 1).kind, textCell)
		equal(t, "a number", s.at(row, 0).kind, numberCell)
	}
	equal(t, "a year only is text", s.at(5, 2), cell{text: "1975", col: 2, kind: textCell})
	equal(t, "a full date is a date", s.at(6, 2), cell{text: "27611", col: 2, kind: numberCell, date: true})
	equal(t, "date", s.at(6, 3).date, true)
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	shown, err := f.GetCellValue(listSheet, "C6")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "shown as", shown, "05/08/1975")
}

func TestCSVRoundTrip(t *testing.T) {
	var out bytes.Buffer
	if err := WriteCSV(&out, hostileTable()); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	if !strings.HasPrefix(text, "\xEF\xBB\xBFTT,Họ và tên") || !strings.Contains(text, "\r\n") {
		t.Errorf("BOM or CRLF is missing: %q", text[:40])
	}
	for _, line := range strings.Split(strings.TrimPrefix(text, "\xEF\xBB\xBF"), "\r\n") {
		for _, field := range strings.Split(line, ",") {
			if field = strings.TrimPrefix(field, `"`); field != "" && strings.ContainsRune(hot, rune(field[0])) {
				t.Errorf("a spreadsheet would run %q", field)
			}
		}
	}
	wb, err := OpenCSV(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	rows := wb.sheets[0].rows
	for i, s := range hostile {
		found := ""
		for _, c := range rows[i+1].cells {
			if c.col == 1 {
				found = c.text
			}
		}
		equal(t, "round trip", found, s)
	}
}

func TestGuardIsUndone(t *testing.T) {
	for _, s := range append([]string{"", "'", "''", "'''=", "=", "'a", "\x00", "\r"}, hostile...) {
		g := guardText(s)
		if g != "" && strings.ContainsRune(hot, rune(g[0])) {
			t.Errorf("%q is not guarded", g)
		}
		equal(t, "undone", unguard(g), s)
	}
}

func TestOpenCSVForms(t *testing.T) {
	utf16 := []byte{0xFF, 0xFE}
	for _, r := range "TT\tHọ và tên\tChức vụ\r\n1\tLê Thị Hồng\tCT\r\n" {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	old := []byte{}
	for _, r := range "TT;" + asTCVN3("Họ và tên;Chức vụ\n1;Lê Thị Hồng;CT\n2;Đỗ Thị Mười;CT\n3;Trần Thị Bưởi;CT\n") {
		old = append(old, byte(r))
	}
	for name, data := range map[string][]byte{"no BOM": []byte("TT,Họ và tên,Chức vụ\n1,Lê Thị Hồng,CT\n"), "semicolons": []byte("TT;Họ và tên;Chức vụ\n1;\"Lê Thị Hồng\";CT\n"),
		"UTF-16": utf16, "TCVN3 bytes": old} {
		wb, err := OpenCSV(data)
		if err != nil {
			t.Fatal(name, err)
		}
		rows, _ := wb.Read(wb.Propose(wb.Main()))
		if len(rows) == 0 {
			t.Fatalf("%s: no people", name)
		}
		equal(t, name, rows[0].Name+" "+rows[0].Position, "Lê Thị Hồng chu-tich-xa")
	}
	for code, data := range map[string][]byte{"sheets.empty": []byte(" \n"), "sheets.not_csv": []byte("a\x00b"), "sheets.too_many_columns": []byte(strings.Repeat("a,", 300))} {
		_, err := OpenCSV(data)
		if err == nil || !strings.Contains(err.Error(), code) {
			t.Errorf("got %v, want %s", err, code)
		}
	}
}

func TestTemplateIsReadBack(t *testing.T) {
	positions := []models.Position{{Code: "chu-tich-xa", Name: "Chủ tịch Hội LHPN xã"}, {Code: "to-pho", Name: "Tổ phó phụ nữ"}, {Code: "moi", Name: "Chức danh mới"}}
	data, err := Template([]string{"Mỹ Thủy", "Quán Hàu"}, positions...)
	if err != nil {
		t.Fatal(err)
	}
	wb := open(t, data)
	m := wb.Propose(wb.Main())
	columns := templateColumns(nil, nil)
	equal(t, "columns", len(m.Columns), len(columns))
	for i, c := range m.Columns {
		equal(t, c.Header, c.Field, columns[i].field)
		if c.Confidence < 0.8 {
			t.Errorf("%s is read with confidence %v", c.Header, c.Confidence)
		}
	}
	rows, findings := wb.Read(m)
	equal(t, "the example is no person", len(rows), 0)
	equal(t, "findings", codes(findings), "example_skipped@A3 !no_people@")

	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, c := range columns { // the example, without its mark, is a person that reads without a finding
		if err := f.SetCellStr("Danh sách", address(5, i), map[bool]string{true: "1", false: c.example}[i == 0]); err != nil {
			t.Fatal(err)
		}
	}
	for cell, text := range map[string]string{"C5": "Mỹ Thủy", "M5": "Chức danh mới"} {
		if err := f.SetCellStr("Danh sách", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	rules, err := f.GetDataValidations("Danh sách")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "drop-down lists", len(rules), 13)
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	wb = open(t, out.Bytes())
	m = wb.Propose(wb.Main())
	m.Positions = map[string]string{"Chức danh mới": "moi"}
	rows, _ = wb.Read(m)
	if len(rows) != 1 {
		t.Fatalf("%d rows", len(rows))
	}
	equal(t, "findings of a filled row", codes(rows[0].Findings), "")
	equal(t, "own position", rows[0].Position, "moi")
	equal(t, "level words", rows[0].Levels[models.Professional], models.LevelRead{Level: 2, Field: "Kế toán"})
	equal(t, "phone keeps its zero", rows[0].Phone, "0912345678")
}

func TestEveryDropDownValueIsUnderstood(t *testing.T) {
	for _, c := range templateColumns(nil, nil) {
		if _, ok := fieldKind[c.field]; !ok && c.field != models.FieldEthnicity && c.field != models.FieldReligion && c.field != models.FieldSex && c.field != models.FieldParty {
			continue
		}
		lines := [][]any{{"TT", "Họ và tên", "Năm sinh", "Chức vụ", c.heading}}
		for i, text := range c.list {
			lines = append(lines, []any{i + 1, "Lê Thị " + columnName(i), 1970, "CT", text})
		}
		rows, findings, _ := readAll(t, newOffice(t).rows(1, lines...).format("E2:E60", "@").bytes())
		equal(t, c.heading, codes(All(rows, findings)), "")
		kind, ok := fieldKind[c.field]
		for i, row := range rows {
			if _, said := row.Levels[kind]; ok && !said {
				t.Errorf("%s: %q says nothing", c.heading, c.list[i])
			}
		}
	}
}

func TestAnnotatedFile(t *testing.T) {
	data := newOffice(t).rows(1, []any{"TT", "Họ và tên", "Năm sinh", "Chức vụ", "Điện thoại"},
		[]any{1, "Lê Thị A", "32/13/1980", "CT", "123"}, []any{2, "Lê Thị B", 1980, "Cán bộ", ""}).font("C2:C2", "Courier New").bytes()
	rows, findings, _ := readAll(t, data)
	out, err := Annotate(data, All(rows, findings))
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	comments, err := f.GetComments("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	marked := map[string]string{}
	for _, c := range comments {
		text := c.Text
		for _, p := range c.Paragraph {
			text += p.Text
		}
		marked[c.Cell] = text
	}
	if !strings.Contains(marked["C2"], "32/13/1980") || !strings.Contains(marked["D3"], "Gợi ý: Chủ tịch") || marked["E2"] == "" || len(marked) != 3 {
		t.Errorf("comments: %v", marked)
	}
	id, err := f.GetCellStyle("Sheet1", "C2")
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "colour", style.Fill.Color[0], errorColour)
	equal(t, "the font stays", style.Font.Family, "Courier New")
	list, err := f.GetRows("Lỗi")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "findings listed", len(list), 4)
	again, _, _ := readAll(t, out)
	equal(t, "still the user's own file", again[0].Name, "Lê Thị A")
	csv, err := Annotate([]byte("TT,Họ và tên\n1,=x\n"), []models.Finding{{Sheet: "CSV", Cell: "B2", Code: "roster.name_single"}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(member(t, csv, "xl/worksheets/sheet1.xml"), "<f>") {
		t.Error("a formula came out of a CSV text")
	}
}
