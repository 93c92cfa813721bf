package sheets

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"datchuan/models"
)

func TestMergedHeaderOfThreeRows(t *testing.T) {
	o := newOffice(t).rows(1,
		[]any{"DANH SÁCH TRÍCH NGANG CHỦ TỊCH HỘI LHPN CẤP XÃ"},
		[]any{"Tính đến ngày 01/3/2013"},
		[]any{"TT", "Họ và tên", "", "Năm sinh", "", "Chức vụ hiện nay", "Đơn vị", "Trình độ", "", "", "", "", "", "", "", "", "Đảng viên", "Quy hoạch", ""},
		[]any{"", "", "", "Nam", "Nữ", "", "", "Văn hóa", "Chuyên môn", "", "", "", "LLCT", "", "", "Ngành", "", "2011-2016", "2016-2021"},
		[]any{"", "", "", "", "", "", "", "", "SC", "TC", "CĐ", "ĐH", "SC", "TC", "CC", "", "", "", ""},
		[]any{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19},
		[]any{1, "Nguyễn Thị", "Lan", "", 1970, "CT", "Mỹ Thủy", "12/12", "", "x", "", "", "", "X", "", "Kế toán", "x", "x", ""},
		[]any{2, "Trần Thị Thu", "Hà", "", "1972", "PCT", "Mỹ Thủy", "12/12", "", "", "", 1, "", "", "", "Luật", "", "", "CT"},
		[]any{3, "Lê", "Tâm", 1980, "", "CT", "Phú Thủy", "9/12", "", "", "", "", "x", "", "", "", "không", "", "x"},
	).merge("A1:S1", "A3:A5", "B3:C5", "D3:E3", "D4:D5", "E4:E5", "F3:F5", "G3:G5", "H3:P3", "H4:H5", "I4:L4", "M4:O4", "P4:P5", "Q3:Q5", "R3:S3", "R4:R5", "S4:S5")
	rows, findings, m := readAll(t, o.bytes())
	equal(t, "fields", fieldsOf(m), "number family_name given_name birth_male birth_female position unit general profession1 profession2 profession3 profession4 political1 political2 political3 profession_field party succession succession")
	if len(rows) != 3 {
		t.Fatalf("%d rows: %s", len(rows), codes(findings))
	}
	equal(t, "name", rows[0].Name, "Nguyễn Thị Lan")
	equal(t, "sex and birth", [2]any{rows[0].Sex, rows[0].Birth}, [2]any{models.Female, models.PartialDate(19700000)})
	equal(t, "profession", rows[0].Levels[models.Professional], models.LevelRead{Level: 2, Field: "Kế toán"})
	equal(t, "political", rows[0].Levels[models.Political].Level, 2)
	equal(t, "party", rows[0].Party, models.Yes)
	equal(t, "term", strings.Join(rows[0].Terms, " "), "2011-2016")
	equal(t, "university", rows[1].Levels[models.Professional], models.LevelRead{Level: 4, Field: "Luật"})
	_, said := rows[1].Levels[models.Political]
	equal(t, "no mark says nothing", said, false)
	equal(t, "plan", rows[1].PlanFor+" "+strings.Join(rows[1].Terms, " "), "chu-tich-xa 2016-2021")
	equal(t, "male", rows[2].Sex, models.Male)
	equal(t, "not in the Party", rows[2].Party, models.No)
	equal(t, "findings", codes(All(rows, findings)), "")
}

func TestDittosHeadingsTotalsFooters(t *testing.T) {
	o := newOffice(t).rows(1,
		[]any{"Biểu số 1"},
		[]any{"STT", "HỌ TÊN", "NGÀY THÁNG NĂM SINH", "DÂN TỘC", "CHỨC DANH", "TRÌNH ĐỘ CM", "TÔN GIÁO"},
		[]any{"I. HUYỆN LỆ THỦY"},
		[]any{"1", "Xã Mỹ Thủy (2 người)"},
		[]any{1, "NGUYỄN THỊ MỸ", "5/8/1975", "Kinh", "CHT", "TC", "Không"},
		[]any{2, "LÊ THỊ LÊ", "12-9-80", "nt", "-nt-", "\"", "như trên"},
		[]any{"", "Cộng", "", "", "", "2"},
		[]any{"", "Thị trấn Kiến Giang"},
		[]any{1, "Trần  Thị   Hoa", "1.2.1969", "Kinh", "Chi hội phó", "Chưa qua đào tạo", "Lương"},
		[]any{"II", "Huyện Quảng Ninh", "", "", ""},
		[]any{"", "Xã Vạn Ninh"},
		[]any{1, "Hồ Thị Y", "08/25/1980", "Vân Kiều", "Tổ trưởng", "", "TCG"},
		[]any{"Tổng cộng", "", "", "", 4},
		[]any{"Danh sách này có 5 người"},
		[]any{"", "", "", "", "Lệ Thủy, ngày 05 tháng 8 năm 2013"},
		[]any{"", "Người lập biểu", "", "", "TM. BAN THƯỜNG VỤ"},
		[]any{"", "Nguyễn Thị A", "", "", "CHỦ TỊCH"},
	).merge("A3:G3")
	rows, findings, _ := readAll(t, o.bytes())
	if len(rows) != 4 {
		t.Fatalf("%d rows: %s", len(rows), codes(All(rows, findings)))
	}
	equal(t, "all findings", codes(All(rows, findings)), "count_differs@A14 !birth_month_first@C12")
	equal(t, "district", rows[0].District, "HUYỆN LỆ THỦY")
	equal(t, "commune", rows[1].Commune, "Xã Mỹ Thủy")
	equal(t, "ditto ethnicity", rows[1].Ethnicity, "01")
	equal(t, "ditto position", rows[1].Position, "chi-hoi-truong")
	equal(t, "ditto level", rows[1].Levels[models.Professional].Level, 2)
	equal(t, "ditto religion", rows[1].Religion, "00")
	equal(t, "two-digit year", rows[1].Birth, models.PartialDate(19800912))
	equal(t, "spaces", rows[2].Name, "Trần Thị Hoa")
	equal(t, "second commune", rows[2].Commune, "Thị trấn Kiến Giang")
	equal(t, "Lương", rows[2].Religion, "00")
	none, said := rows[2].Levels[models.Professional]
	equal(t, "declared none", said && none.Level == 0, true)
	equal(t, "second district", rows[3].District+", "+rows[3].Commune, "Huyện Quảng Ninh, Xã Vạn Ninh")
	equal(t, "suggestion", rows[3].Findings[0].Suggestion, "25/08/1980")
	equal(t, "Catholic", rows[3].Religion, "02")
	equal(t, "group head", rows[3].Position, "to-truong")
}

func TestSerialsLostZerosAndPhones(t *testing.T) {
	lines := [][]any{
		{"TT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Trình độ văn hóa", "Số CMND", "Số điện thoại", "Ngày vào Đảng"},
		{1, "Nguyễn Thị Một", 27611, "Nữ", "CT", 41617, 44175123456, 912345678, 38386},
		{2, "Nguyễn Thị Hai", 1975, "Nữ", "CT", "10/10", "194123456", "01682.345.678", "3/2/2005"},
		{3, "Nguyễn Thị Ba", "1975-08-05", "Nam", "CT", 41164, "044175000111", "0912345678 / 0987.654.321", "chưa"},
		{4, "Nguyễn Thị Bốn", "00/00/1960", "Nữ", "CT", "THPT", "19412345", 1682345678, "x"},
		{5, "Nguyễn Thị Năm", "ngày 5 tháng 8 năm 1975", "Nữ", "CT", "10", "12345", "máy bàn", ""},
		{6, "Nguyễn Thị Sáu", "8/1975", "Nữ", "CT", "lớp 7", "044175000111", "+84 912 345 678", ""},
	}
	o := newOffice(t).rows(1, lines...).format("C2:C2", "dd/mm/yyyy").format("F2:F2", "d/m").format("F4:F4", "d-mmm")
	rows, findings, _ := readAll(t, o.bytes())
	want := "grade_was_date@F2 identity_zero@G2 identity_sex@G4 phone_second@H4 grade_was_date@F4 " +
		"identity_zero@G5 grade_ambiguous@F6 !identity_length@G6 phone_unreadable@H6 grade_ambiguous@F7 !identity_of_other@G7"
	got := strings.Fields(codes(All(rows, findings)))
	for _, code := range strings.Fields(want) {
		if !strings.Contains(" "+strings.Join(got, " ")+" ", " "+code+" ") {
			t.Errorf("missing %s in %v", code, got)
		}
	}
	equal(t, "number of findings", len(got), len(strings.Fields(want)))
	for i, birth := range []models.PartialDate{19750805, 19750000, 19750805, 19600000, 19750805, 19750800} {
		equal(t, "birth of row "+rows[i].Name, rows[i].Birth, birth)
	}
	for i, phone := range []string{"0912345678", "0382345678", "0912345678", "0382345678", "", "0912345678"} {
		equal(t, "phone of "+rows[i].Name, rows[i].Phone, phone)
	}
	equal(t, "raw phone", rows[1].PhoneRaw, "01682.345.678")
	equal(t, "grade 9/12", rows[0].Levels[models.GeneralEducation], models.LevelRead{Level: models.LowerSecond, Field: "9/12"})
	equal(t, "twelfth of September", rows[2].Levels[models.GeneralEducation].Field, "9/12")
	equal(t, "identity", rows[0].Identity, "044175123456")
	equal(t, "CMND with a zero", rows[3].Identity, "019412345")
	equal(t, "party date", rows[0].PartyDate, models.PartialDate(20050203))
	equal(t, "party", [4]models.Tristate{rows[1].Party, rows[2].Party, rows[3].Party, rows[4].Party}, [4]models.Tristate{models.Yes, models.No, models.Yes, models.NotKnown})
}

func TestMac1904Dates(t *testing.T) {
	o := newOffice(t)
	yes := true
	o.must(o.f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
	o.rows(1, []any{"TT", "Họ và tên", "Ngày sinh", "Chức vụ"}, []any{1, "Lê Thị A", 27611 - 1462, "CT"})
	rows, _, _ := readAll(t, o.bytes())
	equal(t, "birth", rows[0].Birth, models.PartialDate(19750805))
}

func TestMixedFontsAndCapitalFont(t *testing.T) {
	o := newOffice(t).rows(1,
		[]any{"TT", "Họ và tên", "Năm sinh", "Chức vụ", "Đơn vị"},
		[]any{1, asTCVN3("nguyễn thị hưởng"), 1970, "CT", "Xã Mỹ Thủy"},
		[]any{2, "Trần Thị Đào", 1971, "CT", "Xã Phú Thủy"},
		[]any{3, "", 1972, "CT", "Xã Sơn Thủy"},
		[]any{4, "Hà", 1972, "CT", "Xã Sơn Thủy"},
	).font("B2:B2", ".VnTimeH").font("B3:B3", ".VnTime")
	o.must(o.f.SetCellRichText("Sheet1", "B4", []excelize.RichTextRun{
		{Text: asTCVN3("Lê Thị "), Font: &excelize.Font{Family: ".VnArial"}},
		{Text: "Mười", Font: &excelize.Font{Family: "Times New Roman"}}}))
	rows, _, m := readAll(t, o.bytes())
	equal(t, "encoding", m.Column(models.FieldName).Encoding, ByFont)
	for i, name := range []string{"NGUYỄN THỊ HƯỞNG", "Trần Thị Đào", "Lê Thị Mười", "Hà"} {
		equal(t, "name", rows[i].Name, name)
	}
}

func TestLostHornInTCVN3(t *testing.T) {
	lines := append([][]any{}, encoded(simple, asTCVN3)...)
	name := strings.ReplaceAll(asTCVN3("Lê Thị Thương"), "\u00ad", "")
	lines[6] = append([]any{3, name}, lines[6][2:]...)
	rows, _, _ := readAll(t, newOffice(t).rows(1, lines...).bytes())
	equal(t, "finding", codes(rows[2].Findings), "!letter_lost@B7")
	equal(t, "suggestion", rows[2].Findings[0].Suggestion, "Lê Thị Thương")
}

func TestWordedEducation(t *testing.T) {
	o := newOffice(t).rows(1,
		[]any{"TT", "Họ và tên", "Năm sinh", "Chức vụ", "Học vấn", "Trình độ chuyên môn", "LLCT", "Tin học", "Ngoại ngữ", "Bồi dưỡng nghiệp vụ Hội", "Đang học", "Quy hoạch"},
		[]any{1, "Lê Thị A", 1970, "Chủ tịch Hội LHPN xã", "THPT", "TC kế toán, đang học ĐH tại chức", "TC", "A", "Anh B", "10 ngày tại huyện", "", "Chủ tịch 2016-2021"},
		[]any{2, "Lê Thị B", 1970, "Phó CT kiêm CHT", "cấp 2", "ĐHSP", "Trung cấp LLCT", "x", "", "3 tháng", "TC LLCT", "QH PCT nhiệm kỳ 2011-2016; 2016-2021"},
		[]any{3, "Lê Thị C", 1970, "Ủy viên BCH", "BTVH", "x", "chưa", "B", "B1", "chưa", "ĐH tại chức", "x"},
		[]any{4, "Lê Thị D", 1970, "Cán bộ", "7/10", "Sơ cấp", "Cao cấp", "", "", "x", "bồi dưỡng nghiệp vụ Hội", ""},
		[]any{5, "Lê Thị E", 1970, "Phó Chủ tịch HĐND, Chủ tịch Hội", "13/12", "Cử nhân Cao đẳng SP", "CN", "Chưa", "", "2 tuần", "không", ""},
	)
	rows, findings, _ := readAll(t, o.bytes())
	equal(t, "findings", codes(All(rows, findings)), "position_second@D3 level_lowest_taken@H3 level_unclear@E4 level_unclear@F4 succession_unclear@L4 !position_unknown@D5 grade_too_high@E6")
	a, b, c, d, e := rows[0], rows[1], rows[2], rows[3], rows[4]
	equal(t, "intermediate", a.Levels[models.Professional], models.LevelRead{Level: 2, Field: "kế toán"})
	equal(t, "studying", *a.Studying, models.StudyRead{Kind: models.Professional, Level: 4, Text: "đang học ĐH tại chức"})
	equal(t, "training", *a.Training, models.TrainingRead{Attended: true, Days: 10, Giver: models.ByDistrict, Text: "10 ngày tại huyện"})
	equal(t, "succession", a.PlanFor+" "+a.Terms[0], "chu-tich-xa 2016-2021")
	equal(t, "English", a.Levels[models.ForeignLanguage], models.LevelRead{Level: 2, Field: "Anh"})
	equal(t, "position", b.Position, "pho-chu-tich-xa")
	equal(t, "teacher", b.Levels[models.Professional].Level, 4)
	equal(t, "political words", b.Levels[models.Political], models.LevelRead{Level: 2})
	equal(t, "study", *b.Studying, models.StudyRead{Kind: models.Political, Level: 2, Text: "TC LLCT"})
	equal(t, "months", b.Training.Days, 66)
	equal(t, "succession of deputy", b.PlanFor+" "+strings.Join(b.Terms, " "), "pho-chu-tich-xa 2011-2016 2016-2021")
	equal(t, "declared untrained", *c.Training, models.TrainingRead{Text: "chưa"})
	none, said := c.Levels[models.Political]
	equal(t, "declared none", said && none.Level == 0, true)
	equal(t, "university at work", c.Studying.Level, 4)
	equal(t, "B1", c.Levels[models.ForeignLanguage].Level, 3)
	equal(t, "Hội training", d.Studying.Kind, models.HoiTraining)
	equal(t, "advanced", d.Levels[models.Political].Level, models.AdvancedPolitical)
	equal(t, "attended, days unknown", *d.Training, models.TrainingRead{Attended: true, Text: "x"})
	equal(t, "chair of the Hội", e.Position, "chu-tich-xa")
	equal(t, "college", e.Levels[models.Professional].Level, models.College)
	equal(t, "bachelor of politics", e.Levels[models.Political].Level, models.BachelorPolitical)
	equal(t, "weeks", e.Training.Days, 10)
	equal(t, "no study", e.Studying == nil, true)
}

func TestHiddenFilteredRepeatedHeader(t *testing.T) {
	head := []any{"TT", "Họ và đệm", "Tên", "Ngày", "Tháng", "Năm sinh", "Chức vụ", "Thôn", "Xã"}
	o := newOffice(t).rows(1, head,
		[]any{1, "Lê Thị", "A", 5, 8, 1975, "Chi hội trưởng", "Thôn 2", "Mỹ Thủy"},
		[]any{2, "Lê Thị", "B", "", "", 1976, "Chi hội trưởng", "Thôn 3", "Mỹ Thủy"},
		head,
		[]any{1, "Lê Thị", "C", "", "", 1977, "Chi hội trưởng", "Thôn 4", "Mỹ Thủy"},
		[]any{2, "Lê Thị", "C", "", "", 1977, "Chi hội trưởng", "Thôn 4", "Mỹ Thủy"},
		[]any{3, "Lê Thị", "D", "", "", "", "", "", ""},
		[]any{"", "dòng ghi thêm của người gõ"})
	o.must(o.f.SetRowVisible("Sheet1", 3, false))
	o.must(o.f.SetColVisible("Sheet1", "H", false))
	rows, findings, _ := readAll(t, o.bytes())
	if len(rows) != 5 {
		t.Fatalf("%d rows %s", len(rows), codes(All(rows, findings)))
	}
	equal(t, "findings", codes(All(rows, findings)), "hidden_rows@ hidden_column@ row_skipped@B8 person_twice@B6 birth_missing@F7 !position_missing@G7")
	equal(t, "hidden row is read", rows[1].Name, "Lê Thị B")
	equal(t, "branch and commune", rows[0].Branch+", "+rows[0].Commune, "Thôn 2, Mỹ Thủy")
	equal(t, "the other row is named", rows[3].Findings[0].Params["row"], "5")
}

func TestErrorCellsAndUncomputedFormulas(t *testing.T) {
	o := newOffice(t).rows(1, []any{"TT", "Họ và tên", "Năm sinh", "Chức vụ", "Ghi chú"},
		[]any{1, "Lê Thị A", nil, "CT", "=HYPERLINK(\"http://x\")"})
	o.must(o.f.SetCellFormula("Sheet1", "C2", "A2+1"))
	rows, _, _ := readAll(t, o.bytes())
	equal(t, "findings", codes(rows[0].Findings), "!formula_without_value@C2 birth_missing@C2")
	equal(t, "text that looks like a formula", rows[0].Note, "=HYPERLINK(\"http://x\")")
}

func TestMappingIsRemembered(t *testing.T) {
	first := open(t, newOffice(t).rows(1, simple...).bytes())
	m := first.Propose("Sheet1")
	m.Column(models.FieldPhone).Field = models.FieldNote
	m.DefaultDistrict = "Lệ Thủy"
	second := open(t, newOffice(t).rows(1, append([][]any{{"Một dòng nữa ở trên"}}, encoded(simple, asTCVN3)...)...).bytes())
	fitted, ok := second.Fit(m)
	if !ok {
		t.Fatal("the same header in another encoding and another row must be known again")
	}
	equal(t, "key", fitted.Key(), m.Key())
	equal(t, "taken over", fitted.Columns[8].Field, models.FieldNote)
	equal(t, "encoding stays the file's", fitted.Columns[1].Encoding, TCVN3)
	rows, _ := second.Read(fitted)
	equal(t, "default district", rows[0].District, "Lệ Thủy")
	other := open(t, newOffice(t).rows(1, []any{"TT", "Họ và tên", "Chức vụ"}, []any{1, "Lê Thị A", "CT"}).bytes())
	if _, ok := other.Fit(m); ok {
		t.Error("another header must not fit")
	}
}
