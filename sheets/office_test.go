package sheets

import (
	"testing"

	"datchuan/models"
)

// TestRosterOfACommittee: marks under "Kinh", two dates of the Party, posts of other bodies in the same cell, the place
// merged over the list, signatures below.
func TestRosterOfACommittee(t *testing.T) {
	o := newOffice(t).rows(1,
		[]any{"HỘI LHPN TỈNH QUẢNG BÌNH", "", "", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
		[]any{"BTV HỘI LHPN HUYỆN LỆ THỦY", "", "", "", "", "", "Độc lập - Tự do - Hạnh phúc"},
		[]any{"DANH SÁCH TRÍCH NGANG BAN CHẤP HÀNH HỘI LHPN XÃ NHIỆM KỲ 2011-2016"},
		[]any{"(Tính đến ngày 05/3/2013)"},
		[]any{},
		[]any{"TT", "Họ và tên", "Ngày, tháng, năm sinh", "", "Dân tộc", "", "Tôn giáo", "Chức vụ Đảng, CQ, đoàn thể hiện nay", "Ngày vào Đảng", "", "Trình độ", "", "", "", "", "", "Số ĐT"},
		[]any{"", "", "Nam", "Nữ", "Kinh", "Khác", "", "", "Dự bị", "Chính thức", "VH", "CM", "LLCT", "QLNN", "NN", "TH", ""},
		[]any{"", "Xã An Thủy"},
		[]any{1, "Bà Võ Thị Lài", "", "12/4/1970", "x", "", "Không", "ĐUV, Chủ tịch Hội LHPN, UV UBMTTQVN xã", "", "3/2/2000", "12/12", "TC Kế toán", "TC", "", "Anh A", "A", "0914.234.567"},
		[]any{2, "Võ Thị Lành", "", "1971", "", "Vân Kiều", "\"", "PCT Hội", "3/2/1999", "3/2/2000", "10/10", "SC", "SC", "CV", "", "CB", "01682 345 678"},
		[]any{"", "Tổng cộng: 02 người"},
		[]any{"", "", "", "", "", "", "", "", "TM. BAN THƯỜNG VỤ"},
		[]any{"", "", "", "", "", "", "", "", "CHỦ TỊCH"},
		[]any{"", "", "", "", "", "", "", "", "Nguyễn Thị Thanh Hương"},
	).merge("C6:D6", "E6:F6", "I6:J6", "K6:P6", "A6:A7", "B6:B7", "G6:G7", "H6:H7", "Q6:Q7", "B8:Q8")
	rows, findings, m := readAll(t, o.bytes())
	equal(t, "findings", codes(All(rows, findings)), "")
	if len(rows) != 2 {
		t.Fatalf("%d rows", len(rows))
	}
	equal(t, "name without the word before it", rows[0].Name, "Võ Thị Lài")
	equal(t, "marks of a people", rows[0].Ethnicity+" "+rows[1].Ethnicity, "01 23")
	equal(t, "posts", rows[0].Position+" "+rows[1].Position, "chu-tich-xa pho-chu-tich-xa")
	equal(t, "the first date there is", [2]models.PartialDate{rows[0].PartyDate, rows[1].PartyDate}, [2]models.PartialDate{20000203, 19990203})
	equal(t, "computing", rows[1].Levels[models.Computing].Level, 1)
	equal(t, "phone of its time", rows[1].Phone, "01682345678")
	equal(t, "place", rows[1].District+", "+rows[1].Commune, "HUYỆN LỆ THỦY, Xã An Thủy")
	equal(t, "day of the list", m.AsOf, models.Date(20130305))
	equal(t, "a column names the posts", m.DefaultPosition, "")
}

// TestRosterOfBranchHeads: the post stands in the heading over the names, the days of training are marks under
// headings, and the commune stands with totals in its own column.
func TestRosterOfBranchHeads(t *testing.T) {
	o := newOffice(t).rows(1,
		[]any{"BIỂU TỔNG HỢP CÁN BỘ CHI HỘI"},
		[]any{"TT", "Đơn vị", "Chi hội", "Họ và tên chi hội trưởng", "Năm sinh", "Trình độ văn hóa", "", "", "Đã qua bồi dưỡng nghiệp vụ", "", "", "Đảng viên", ""},
		[]any{"", "", "", "", "", "TH", "THCS", "THPT", "Dưới 10 ngày", "Từ 10 ngày trở lên", "Chưa", "Có", "Không"},
		[]any{"I", "Xã Quảng Phú", "", "", "", 1, 2, 3, 1, "", "", "", ""},
		[]any{1, "", "Thôn Nam Lãnh", "Phạm Thị Hoa", 1965, "", "x", "", "", 1, "", "x", ""},
		[]any{2, "", "Thôn Hải Đông", "Ngô Thị Bé", 1985, "", "", "x", "x", "", "", "", "x"},
		[]any{3, "", "Thôn Phú Lộc 1", "Ngô Thị Lớn", 1986, "", "", "x", "", "", "x", "", ""},
		[]any{"II", "Xã Quảng Đông"},
		[]any{1, "", "Thôn Vĩnh Sơn", "Từ Thị Lệ", 1985, "x", "", "", "", "", "", "", ""},
		[]any{2, "", "Thôn Vĩnh Sơn", "", 1985, 1, "", "", "", 1, "", "", ""},
		[]any{"", "Tổng", "4", "", "", 1, 1, 2, 1, 1, 1, 1, 1},
	).merge("F2:H2", "I2:K2", "L2:M2", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3")
	rows, findings, m := readAll(t, o.bytes())
	equal(t, "findings", codes(All(rows, findings)), "training_fewer@I6 !name_missing@D10")
	equal(t, "proposed post", m.DefaultPosition, "chi-hoi-truong")
	if len(rows) != 5 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, want := range []struct {
		commune  string
		training models.TrainingRead
		party    models.Tristate
	}{
		{"Xã Quảng Phú", models.TrainingRead{Attended: true, Days: 10, Text: "Từ 10 ngày trở lên"}, models.Yes},
		{"Xã Quảng Phú", models.TrainingRead{Attended: true, Text: "Dưới 10 ngày"}, models.No},
		{"Xã Quảng Phú", models.TrainingRead{Text: "Chưa"}, models.NotKnown},
		{"Xã Quảng Đông", models.TrainingRead{}, models.NotKnown},
	} {
		equal(t, "commune of "+rows[i].Name, rows[i].Commune, want.commune)
		equal(t, "party of "+rows[i].Name, rows[i].Party, want.party)
		got := models.TrainingRead{}
		if rows[i].Training != nil {
			got = *rows[i].Training
		}
		equal(t, "training of "+rows[i].Name, got, want.training)
	}
}

func TestTrainingOfFewerDays(t *testing.T) {
	for text, want := range map[string]models.TrainingRead{
		"< 10 ngày": {Attended: true}, "Chưa đủ 10 ngày": {Attended: true}, "chưa được 5 ngày": {Attended: true}, "dưới 10 ngày": {Attended: true},
		"Chưa": {}, "chưa bồi dưỡng": {}, "≥ 10 ngày": {Attended: true, Days: 10}, "2 đợt, 5 ngày": {Attended: true, Days: 5}, "x": {Attended: true},
	} {
		rows, _, _ := readAll(t, newOffice(t).rows(1, []any{"TT", "Họ và tên", "Chức vụ", "Bồi dưỡng nghiệp vụ"}, []any{1, "Lê Thị Ba", "CT", text}).bytes())
		want.Text = text
		equal(t, text, *rows[0].Training, want)
	}
}

func TestHeadingsOfPosts(t *testing.T) {
	for heading, want := range map[string]models.RosterField{"Chức danh đang đảm nhiệm": models.FieldPosition, "Chức vụ được bầu": models.FieldPosition,
		"Chức vụ hiện đang giữ": models.FieldPosition, "Thời gian giữ chức danh": models.FieldHeldSince, "Năm bổ nhiệm": models.FieldHeldSince,
		"Thời gian đảm nhiệm chức vụ": models.FieldHeldSince, "Chức danh quy hoạch": models.FieldSuccession} {
		equal(t, heading, classify([]string{heading}).field, want)
	}
	equal(t, "a post outside", classify([]string{"Chức vụ", "Đảng"}).field, models.RosterField(""))
	equal(t, "ours", classify([]string{"Chức vụ", "Hội"}).field, models.FieldPosition)
}

func TestPlacesInTheCellOfThePost(t *testing.T) {
	o := newOffice(t).rows(1, []any{"TT", "Họ và tên", "Chức vụ, đơn vị công tác"},
		[]any{1, "Lê Thị Ba", "Chủ tịch Hội LHPN xã An Thủy, UV UBMTTQVN"},
		[]any{2, "Lê Thị Bốn", "Chi hội trưởng thôn Nam Lãnh 2, xã Quảng Phú"},
		[]any{3, "Lê Thị Năm", "Chủ tịch Hội LHPN xã kiêm Chi hội trưởng"})
	rows, _, _ := readAll(t, o.bytes())
	equal(t, "commune", rows[0].Commune+" "+rows[0].Position, "xã An Thủy chu-tich-xa")
	equal(t, "branch", rows[1].Branch+", "+rows[1].Commune, "thôn Nam Lãnh 2, xã Quảng Phú")
	equal(t, "none", rows[2].Commune+rows[2].Branch, "")
}

func TestIdentityWithALabel(t *testing.T) {
	o := newOffice(t).rows(1, []any{"TT", "Họ và tên", "Chức vụ", "Số CMND"},
		[]any{1, "Lê Thị Ba", "CT", "CMND: 194 123 999"}, []any{2, "Lê Thị Bốn", "CT", "194123998 cấp 01/01/2005"})
	rows, _, _ := readAll(t, o.bytes())
	equal(t, "number", rows[0].Identity, "194123999")
	if f := rows[1].Findings; len(f) != 1 || f[0].Code != "roster.identity_unreadable" || f[0].Suggestion != "194123998" {
		t.Errorf("findings %+v", f)
	}
}

// TestTitlesPropose: what a title says of everybody is proposed, also before what the last file with this header said.
func TestTitlesPropose(t *testing.T) {
	list := func(title string) Mapping {
		wb := open(t, newOffice(t).rows(1, []any{"BCH HỘI LHPN XÃ AN THỦY"}, []any{title}, []any{"TT", "Họ và tên", "Năm sinh"}, []any{1, "Lê Thị Ba", 1970}).bytes())
		saved := wb.Propose("Sheet1")
		saved.DefaultPosition, saved.DefaultCommune, saved.AsOf = "to-pho", "Mỹ Thủy", 20100101
		m, ok := wb.Fit(saved)
		equal(t, "fits", ok, true)
		equal(t, "the file's own commune", m.DefaultCommune, "XÃ AN THỦY")
		return m
	}
	m := list("Danh sách chi hội trưởng, có đến 31/12/2012")
	equal(t, "post and day", m.DefaultPosition+" "+m.AsOf.VN(), "chi-hoi-truong 31/12/2012")
	m = list("Danh sách cán bộ")
	equal(t, "remembered post, no remembered day", m.DefaultPosition+" "+m.AsOf.VN(), "to-pho ")
	for _, vague := range []string{"Danh sách chủ tịch, phó chủ tịch", "Danh sách quy hoạch chức danh chủ tịch", "Danh sách dự kiến nhân sự chủ tịch"} {
		equal(t, vague, list(vague).DefaultPosition, "to-pho")
	}
}

// TestShortHeadingsAndOddCells: headings of letters with line breaks, two fields in one column, a birth in three
// columns, hidden rows, and courses under way below their line of education.
func TestShortHeadingsAndOddCells(t *testing.T) {
	o := newOffice(t).rows(1,
		[]any{"Họ đệm", "Tên", "Ngày sinh", "", "", "Dân tộc, tôn giáo", "C.vụ", "TĐ\nVH", "TĐ\nCM", "LLCT", ""},
		[]any{"", "", "Ngày", "Tháng", "Năm", "", "", "", "", "Trình độ", "Đang học"},
		[]any{"Lê\nThị", "An", 5, 8, 1970, "Kinh, không", "CTH", "7/10", "CĐSP", "SC", "TC"},
		[]any{"nt", "Bình", "", "", 1971, "nt", "PCTH", "12/12", "ĐH LUẬT", "", ""},
		[]any{"Trần Thị", "Cúc", "", 2, 1972, "Kinh/Công giáo", "PCT", "lớp 9", "Y sĩ", "", ""},
	).merge("C1:E1", "J1:K1")
	o.must(o.f.SetRowVisible("Sheet1", 4, false))
	rows, findings, m := readAll(t, o.bytes())
	equal(t, "findings", codes(All(rows, findings)), "hidden_rows@")
	equal(t, "header", [2]int{m.HeaderFrom, m.HeaderTo}, [2]int{1, 2})
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, want := range []models.RosterRow{
		{Name: "Lê Thị An", Birth: 19700805, Position: "chu-tich-xa", Religion: "00"},
		{Name: "Lê Thị Bình", Birth: 19710000, Position: "pho-chu-tich-xa", Religion: "00"},
		{Name: "Trần Thị Cúc", Birth: 19720200, Position: "pho-chu-tich-xa", Religion: "02"},
	} {
		got := rows[i]
		equal(t, want.Name, [5]any{got.Name, got.Birth, got.Position, got.Ethnicity, got.Religion}, [5]any{want.Name, want.Birth, want.Position, "01", want.Religion})
	}
	equal(t, "levels", [2]int{rows[0].Levels[models.GeneralEducation].Level, rows[2].Levels[models.GeneralEducation].Level}, [2]int{models.LowerSecond, models.LowerSecond})
	equal(t, "course", *rows[0].Studying, models.StudyRead{Kind: models.Political, Level: models.Intermediate, Text: "TC"})
}

// TestSectionsOfAList: headings with letters, heads of branches and groups as headings, and a count of half days.
func TestSectionsOfAList(t *testing.T) {
	rows, findings, _ := readAll(t, newOffice(t).rows(1,
		[]any{"DANH SÁCH CÁN BỘ HỘI PHỤ NỮ XÃ QUẢNG LONG"},
		[]any{"TT", "Họ và tên", "Năm sinh", "Nơi ở", "TĐHV", "Số buổi tập huấn"},
		[]any{"A", "CHI HỘI TRƯỞNG"},
		[]any{1, "Ngô Thị B", 1970, "Thôn 1", "12/12", 12},
		[]any{"B", "Tổ trưởng tổ phụ nữ"},
		[]any{"", "Thôn Chính Trực"},
		[]any{1, "Ngô Thị D", 1970, "Tổ 1", "", ""},
		[]any{"C", "Cán bộ khác"},
		[]any{1, "Ngô Thị E", 1970, "Tổ 1", "", ""},
		[]any{"Người lập biểu"},
	).bytes())
	equal(t, "findings", codes(All(rows, findings)), "row_skipped@B8 !position_missing@B9")
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	equal(t, "posts", rows[0].Position+" "+rows[1].Position, "chi-hoi-truong to-truong")
	equal(t, "branches", rows[0].Branch+"|"+rows[1].Branch, "|Thôn Chính Trực")
	equal(t, "half days", rows[0].Training.Days, 6)
}

// TestTwoListsSideBySide: heads and deputies of branches in one row; the second list is told of and not mixed in.
func TestTwoListsSideBySide(t *testing.T) {
	data := newOffice(t).rows(1,
		[]any{"STT", "Tên chi hội", "Chi hội trưởng", "", "", "Chi hội phó", "", ""},
		[]any{"", "", "Họ và tên", "Năm sinh", "SĐT", "Họ và tên", "Năm sinh", "SĐT"},
		[]any{1, "Thôn 1", "Ngô Thị A", 1970, "0912345678", "Ngô Thị B", 1971, "0912345679"},
	).merge("C1:E1", "F1:H1").bytes()
	rows, findings, m := readAll(t, data)
	equal(t, "findings", codes(All(rows, findings)), "other_names@")
	equal(t, "column", findings[0].Params["column"], "F")
	equal(t, "first list", [4]any{rows[0].Name, rows[0].Birth, rows[0].Phone, m.DefaultPosition}, [4]any{"Ngô Thị A", models.PartialDate(19700000), "0912345678", "chi-hoi-truong"})
	rows, _, _ = readAll(t, data, func(m *Mapping) {
		for i, field := range []models.RosterField{models.FieldName, models.FieldBirth, models.FieldPhone} {
			m.Columns[2+i].Field, m.Columns[5+i].Field = models.FieldIgnore, field
		}
		m.DefaultPosition = "chi-hoi-pho"
	})
	equal(t, "second list", [4]any{rows[0].Name, rows[0].Birth, rows[0].Phone, rows[0].Position}, [4]any{"Ngô Thị B", models.PartialDate(19710000), "0912345679", "chi-hoi-pho"})
}

// TestShortColumns: columns whose headings say little, names behind a dash, two places in one cell.
func TestShortColumns(t *testing.T) {
	rows, findings, _ := readAll(t, newOffice(t).rows(1,
		[]any{"TT", "Họ và tên", "Chức vụ", "Trình độ", "Đảng", "Huyện/Xã", "Số ngày BD", "Đang theo học", "", "Quy hoạch", ""},
		[]any{"", "", "", "", "", "", "", "Chuyên môn", "LLCT", "Chủ tịch", "Phó CT"},
		[]any{1, "- Lê Thị Ý", "Chủ tịch", "Đại học", "x", "Lệ Thủy/ Mỹ Thủy", 15, "Đại học", "", "", "2016-2021"},
		[]any{2, "+ Lê Thị Ỷ", "Chủ tịch", "TC", "", "Lệ Thủy - An Thủy", "", "", "Trung cấp", "x", ""},
	).merge("H1:I1", "J1:K1", "A1:A2", "B1:B2", "C1:C2", "E1:E2", "F1:F2", "G1:G2").bytes())
	equal(t, "findings", codes(All(rows, findings)), "succession_without_term@J4")
	equal(t, "suggestion", rows[1].Findings[0].Suggestion, "Chủ tịch 2016-2021")
	equal(t, "names", rows[0].Name+", "+rows[1].Name, "Lê Thị Ý, Lê Thị Ỷ")
	equal(t, "levels", [2]int{rows[0].Levels[models.Professional].Level, rows[1].Levels[models.Professional].Level}, [2]int{models.University, models.Intermediate})
	equal(t, "party", rows[0].Party, models.Yes)
	equal(t, "place", rows[0].Commune+", "+rows[1].District, "Mỹ Thủy, Lệ Thủy")
	equal(t, "days", rows[0].Training.Days, 15)
	equal(t, "plan", rows[0].PlanFor+" "+rows[0].Terms[0], "pho-chu-tich-xa 2016-2021")
	equal(t, "courses", [2]models.QualKind{rows[0].Studying.Kind, rows[1].Studying.Kind}, [2]models.QualKind{models.Professional, models.Political})
}
