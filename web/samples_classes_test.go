package web

import "datchuan/models"

func sampleClass(p *Page) ClassRow {
	return ClassRow{ID: 1, Href: "/classes/1", Name: "Trung cấp lý luận chính trị khóa 3", Course: "Trung cấp lý luận chính trị", School: "Trường Chính trị tỉnh", Venue: "Hội trường A",
		Unit: "tỉnh Quảng Bình", When: "04/03/2013 – 08/03/2013", State: p.ClassState(models.ClassNominating), Taken: 20, Seats: 40, Requests: 3, Waiting: 1, Tentative: "dự kiến, cần ít nhất 25"}
}

func sampleClasses(page func(string) Page, out map[string]Viewer) {
	p := page("/classes")
	row := sampleClass(&p)
	filter := []Field{choose("states", "Bước", "Tất cả"), text("year", "Năm", "2013")}
	for _, view := range []string{"list", "board"} {
		out["classes "+view] = &ClassesPage{Page: p, View: view, Tabs: []Tab{{"Danh sách", "?", view == "list", "1"}, {"Bảng", "?view=board", view == "board", ""}}, Filter: filter,
			Rows: []ClassRow{row}, Columns: []BoardColumn{{row.State, []ClassRow{row}}}, MayAdd: true, MaySeat: true}
	}
	out["classes empty"] = &ClassesPage{Page: p, View: "list", Filter: filter, Empty: &Empty{"Chưa có lớp nào", "Mở lớp đầu tiên.", "/classes/new", "Mở lớp"}}
	out["classes-today"] = &TodayPage{Page: page("/"), Date: "01/03/2013", Classes: []SchoolClass{{ClassRow: row, Today: []TodaySession{{"sáng", "Công tác Hội", "/classes/1/roll?session=1", true}, {"chiều", "", "/classes/1/roll?session=2", false}},
		Late: 2, LateHref: "/classes/1/roll?session=3", Results: "/classes/1?tab=results", Finish: "/classes/1/finish", Note: "Khai giảng ngày 04/03/2013."}}}
	out["classes-today none"] = &TodayPage{Page: page("/"), Date: "01/03/2013", Empty: &Empty{Title: "Hôm nay không có lớp"}}
	sampleClassForms(p, out)
	sampleClassPages(p, row, out)
	sampleCatalogue(page("/courses"), out)
}

func sampleCatalogue(p Page, out map[string]Viewer) {
	tabs := []Tab{{"Chương trình", "/courses", true, ""}, {"Trường", "/schools", false, ""}}
	out["catalogue"] = &CataloguePage{Page: p, Tabs: tabs, Heads: []string{"Mã", "Thời lượng"}, Rows: []CatalogueRow{{"Nghiệp vụ 10 ngày", "/courses/C04", []string{"C04", "10 ngày"}, false}, {"Lớp cũ", "", []string{"C00", ""}, true}}, AddHref: "/schools/new"}
	out["catalogue empty"] = &CataloguePage{Page: p, Tabs: tabs, Empty: &Empty{Title: "Chưa có gì", Text: "Danh mục này còn trống."}}
	for name, retired := range map[string]bool{"catalogue-form": false, "catalogue-form retired": true} {
		out[name] = &CatalogueFormPage{Page: p, Action: "/schools/x", Back: "/schools", ETag: "2", Was: "{}", Sections: []Section{{Fields: []Field{text("name", "Tên", "Trường")}}}, RetireHref: "/schools/x/retire", Retired: retired}
	}
	out["course"] = &CoursePage{Page: p, Name: "Nghiệp vụ 10 ngày", Note: "Chưa rõ số tiết.", Open: "/classes/new?course=C04", Classes: "/classes?course=C04", Facts: []Fact{{"Mã", "C04"}},
		Rules: []CourseRule{{"Lớp bế giảng từ 01/03/2018", "Đạt khi dự ít nhất 80%", "TT 01/2018", []Fact{{"Thi cuối khóa", "hệ số 2"}}}}}
}

func sampleClassForms(p Page, out map[string]Viewer) {
	sections := []Section{{"Chương trình và đơn vị", "", []Field{choose("course", "Chương trình", "Nghiệp vụ 10 ngày"), text("name", "Tên lớp", "Lớp 1")}}}
	cell := Field{Name: "quota.unit.1", Label: "huyện Lệ Thủy", Type: "text", Value: "3", MaxLength: 4}
	money := Section{Title: "Ngân sách tỉnh"}
	for _, part := range moneyParts {
		money.Fields = append(money.Fields, Field{Name: moneyName("tinh", part.name), Label: "Ngân sách tỉnh: " + part.name, Type: "text", Value: "12.000.000", MaxLength: 20})
	}
	money.Fields[1].Error = "“x” không phải là số nguyên."
	out["class-form"] = &ClassFormPage{Page: p, Action: "/classes/1/edit", Back: "/classes/1", ETag: "3", Was: "{}", Sections: sections, Quotas: []Section{{"Theo đơn vị", "", []Field{cell}}}, Money: []Section{money},
		QuotaError: "Chỉ tiêu phân bổ không đúng hoặc bị lặp.", MoneyError: "Dòng kinh phí không đúng."}
	out["class-copy"] = &CopyPage{Page: p, Action: "/classes/1/copy", Back: "/classes/1", Lead: "Chép lớp", Sections: []Section{{Fields: []Field{{Name: "starts", Label: "Các ngày khai giảng", Type: "textarea", Value: "04/03/2013"}}}}}
	out["class-step"] = &ClassStepPage{Page: p, Action: "/classes/1/step", Back: "/classes/1", ETag: "3", To: "cancelled", Lead: "Lớp 1: từ “nháp” sang “đã hủy”.", Sections: []Section{{Fields: []Field{{Name: "reason", Label: "Lý do", Type: "textarea", Required: true}}}}, Buttons: Foot{"Hủy lớp", "Hủy", "/classes/1"}}
	table := &TimetablePage{Page: p, Action: "/classes/1/sessions", Back: "/classes/1", ETag: "3", Lead: "Nghiệp vụ", Propose: "/classes/1/sessions?propose=1", Count: 1}
	table.Sections = []Section{{Title: "1", Fields: table.sessionFields(0, options("sáng", "chiều"), options("–", "Cô Hà"))}}
	table.Sections[0].Fields[0].Error = "“mai” không phải là ngày."
	out["class-sessions"] = table
}

func sampleClassPages(p Page, row ClassRow, out map[string]Viewer) {
	warn := FindingLine{Text: "Trùng lịch với “Lớp 2”, từ 04/03/2013 đến 05/03/2013."}
	request := RequestRow{ID: 1, Box: "1.1", Checked: true, Name: "Nguyễn Thị Ánh", Href: "/cadres/1", Unit: "xã Mỹ Thủy", Sender: "huyện Lệ Thủy", When: "01/03/2013 08:00", State: "chờ duyệt", Override: "cần gấp", Note: "quy hoạch", Warnings: []FindingLine{warn}, Decisions: []string{"01/03/2013 bị trả lại: thiếu hồ sơ"}}
	back := request
	back.ID, back.Box, back.State, back.Withdraw, back.Again = 2, "", "bị trả lại", "/classes/1/withdraw", "/nominate?class=1&cadre=1"
	seats := []SeatRow{{"Trần Thị Bé", "/cadres/2", "1980", "xã Mỹ Thủy, huyện Lệ Thủy", "Chủ tịch", "đã xếp chỗ", "/classes/1/leave/1"}, {"Lê Thị Cúc", "", "", "xã Phú Thủy", "", "đã xếp chỗ", ""}}
	page := func(tab string) *ClassPage {
		v := &ClassPage{Page: p, ID: 1, Name: row.Name, Lead: row.Course, ETag: "3", State: row.State, Counts: ClassCounts{"20/40 chỗ", "dự kiến", "3 đề nghị", "1 chờ", "/classes/1?tab=people"}, Tab: tab, EditHref: "/classes/1/edit", CopyHref: "/classes/1/copy",
			Tabs: []Tab{{"Thông tin", "/classes/1?tab=info", tab == "info", ""}, {"Học viên", "/classes/1?tab=people", tab == "people", ""}}, Steps: []StepButton{{"seated", "Chốt danh sách", "", true}, {"cancelled", "Hủy lớp", "/classes/1/step?to=cancelled", false}}}
		out["class "+tab] = v
		return v
	}
	info := page("info")
	info.Facts, info.Quotas, info.Reason, info.Note = []Fact{{"Mã lớp", "C04-2013-1"}}, []Fact{{"huyện Lệ Thủy", "nhiều nhất 3 chỗ"}}, "hoãn vì mưa lũ", "Mang theo thẻ"
	info.MoneyHeads, info.Money = []string{"Số chỗ", "Dự toán"}, []MoneyLine{{"Ngân sách tỉnh", []string{"40", "12.000.000"}}}
	page("people").People = &PeopleView{Open: []RequestRow{request}, Settled: []RequestRow{back}, Seated: seats, Waiting: seats[1:], Left: seats[1:], MayDecide: true, Reason: text("reason", "Lý do", ""), PickHref: "/gaps"}
	page("people district").People = &PeopleView{Open: []RequestRow{back}}
	page("people school").People = &PeopleView{Seated: seats, School: true}
	page("sessions").Sessions = &SessionsView{Rows: []SessionRow{{"04/03/2013", "sáng", "Công tác Hội", "Cô Hà", "Phòng 2", "/classes/1/roll?session=1", 1, 4, true}, {"04/03/2013", "chiều", "", "", "", "/classes/1/roll?session=2", 1, 4, false}}, Periods: 8, EditHref: "/classes/1/sessions", Propose: "/classes/1/sessions?propose=1", Blocks: true}
	page("sessions none").Sessions = &SessionsView{EditHref: "/classes/1/sessions", Propose: "/classes/1/sessions?propose=1"}
	page("roll").Roll = &RollView{Heads: []RollHead{{"4/3", "sáng", "/classes/1/roll?session=1", true}, {"4/3", "chiều", "/classes/1/roll?session=2", false}}, Rows: []RollLine{{"Trần Thị Bé", "xã Mỹ Thủy", "50,0%", []string{"P", ""}}}, Start: "/classes/1/roll?session=2"}
	grades := []GradeRow{{"Trần Thị Bé", "xã Mỹ Thủy", "100,0%", "7,50", []Field{{Name: "score.1.a.1", Label: "Trần Thị Bé, Phần 1", Value: "7,5", MaxLength: 5, Error: "“bảy” không phải là điểm."}, {}}, "đạt", "v-verified", "Khá"}}
	page("results").Results = &ResultsView{Rule: "Đạt khi dự ít nhất 80%", Heads: []string{"Phần 1", "Phần 1 (lần 2)"}, Rows: grades, MayEdit: true, Action: "/classes/1/scores", Finish: "/classes/1/finish",
		Grades: "/classes/1/grades", File: Field{Name: "file", Label: "Tệp bảng điểm", Type: "file", Accept: ".xlsx"}}
	page("results read").Results = &ResultsView{Rule: "Đạt khi dự ít nhất 80%", Heads: []string{"Phần 1", "Phần 1 (lần 2)"}, Rows: grades}
	page("log").Log = []Event{{"01/03/2013 08:00", "Trần Thị Bé: được xếp chỗ", "", "/cadres/2", "change"}}
	page("log none")
	roll := &RollPage{Page: p, Class: row.Name, Topic: "Công tác Hội", Action: "/classes/1/roll", Back: "/classes/1?tab=roll", After: "/", Session: 1, Taken: "01/03/2013 08:00", Prev: "?session=1", Next: "?session=3", MayTake: true}
	for i, name := range []string{"Nguyễn Thị Ánh", "Trần Thị Bé"} {
		marks := []MarkOption{{"x", "có mặt", i == 0}, {"P", "vắng có phép", i == 1}, {"K", "vắng không phép", false}, {"M", "muộn", false}}
		roll.Rows = append(roll.Rows, RollRow{name, "mark." + figure(int64(i+1)), "xã Mỹ Thủy", marks})
	}
	out["class-roll"] = roll
	later := *roll
	later.MayTake, later.Future, later.Taken = false, true, ""
	out["class-roll later"] = &later
	out["class-finish"] = &FinishPage{Page: p, Lead: row.Name, Back: "/classes/1", Action: "/classes/1/send", ETag: "3", Yes: "Gửi kết quả cho tỉnh", Figures: []KeyFigure{{"20", "Học viên", "", ""}}, RollHref: "/classes/1/roll?session=2", ResultsHref: "/classes/1?tab=results", Unrolled: 2, Rows: grades, ReturnHref: "/classes/1/step?to=awaiting"}
	out["class-finish done"] = &FinishPage{Page: p, Lead: row.Name, Back: "/classes/1", Done: "Không có gì để gửi."}
	sampleNominate(p, row, warn, out)
}

func sampleNominate(p Page, row ClassRow, warn FindingLine, out map[string]Viewer) {
	p.Path = "/nominate"
	out["nominate"] = &NominatePage{Page: p, Count: 2, Class: &row, Other: "/nominate?choose=1", MaySeat: true, Back: "/gaps", Reason: &Field{Name: "reason", Label: "Một lý do", Type: "text"}, People: []NomineeRow{
		{ID: 1, Name: "Nguyễn Thị Ánh", Href: "/cadres/1", Birth: "1975", Position: "Chủ tịch", Unit: "xã Mỹ Thủy", Error: "Cần lý do.", Obstacles: []FindingLine{warn}, Checked: true, Override: &Field{Name: "override.1", Label: "Lý do vẫn cử", Type: "text"}},
		{ID: 2, Name: "Trần Thị Bé", Href: "/cadres/2", Unit: "xã Phú Thủy", Obstacles: []FindingLine{{Text: "Đã có trong lớp này.", Blocking: true}}, Blocked: true}}}
	out["nominate choose"] = &NominatePage{Page: p, Count: 2, Choices: []ClassRow{row}}
	out["nominate none"] = &NominatePage{Page: p, Empty: &Empty{"Chưa chọn ai", "Tích chọn người.", "/gaps", "Thiếu chuẩn"}}
}
