package web

import "datchuan/models"

func samplePerson(p *Page) PeopleRow {
	return PeopleRow{1, "Nguyễn Thị Ánh", "1975", "Chủ tịch Hội LHPN xã", "xã Mỹ Thủy", p.Badge(models.Missing), false}
}

func sampleCadres(page func(string) Page, out map[string]Viewer) {
	p := page("/people")
	p.Title = p.T("nav.people")
	out["people"] = &PeoplePage{Page: p, Search: Field{Name: "query", Label: "Họ tên", Type: "search", Value: "anh"}, Unit: choose("unit", "Đơn vị", "Huyện Lệ Thủy"), Position: choose("position", "Chức danh", "Tất cả"),
		Rows: []PeopleRow{samplePerson(&p), samplePerson(&p)}, Pager: p.Pager(1, 2, 2, "", ""), MayAdd: true}
	p = page("/cadres/1")
	p.Title = "Nguyễn Thị Ánh"
	p.Flash = &Flash{Kind: "ok", Text: "Đã lưu hồ sơ.", UndoHref: "/undo", UndoID: "1"}
	out["cadre"] = &CadrePage{Page: p, ID: 1, Name: "Nguyễn Thị Ánh", Lead: "Chủ tịch Hội LHPN xã Mỹ Thủy", Overall: p.Badge(models.Missing), MayEdit: true, Duplicates: 1, UpdatedAt: "01/03/2013 08:12", Note: "Đã đăng ký học năm 2014.",
		Facts:   []Fact{{"Ngày sinh", "12/08/1975"}, {"Giới tính", "Nữ"}, {"Quê quán", "xã Mỹ Thủy, Lệ Thủy"}, {"Điện thoại", "0912 345 678"}, {"Tên khác", ""}},
		Secrets: []SecretFact{{"Số CMND/CCCD", "identity", "044•••123", "", true}, {"Dân tộc", "ethnicity", "••••", "", true}, {"Đảng viên", "party", "", "Có, từ 2001", true}},
		Standings: []StandingCard{{"Kế hoạch 2013 (tính cả đang học)", "Chủ tịch Hội LHPN xã", "/standards/ke-hoach-2013", "Kế hoạch 2013-2017, mục I", "01/03/2013", p.Badge(models.Missing),
			[]RequirementLine{{"Chuyên môn từ trung cấp", "Cao nhất: sơ cấp Kế toán (1998), chưa học tiếp.", "", p.Badge(models.Missing)}, {"Bồi dưỡng 10 ngày", "Đang học lớp nghiệp vụ, dự kiến xong 30/06/2013.", "", p.Badge(models.Studying)}, {"Lý luận chính trị", "Trung cấp, 2009.", "", p.Badge(models.Met)}, {"Tin học", "Hồ sơ chưa ghi.", "", p.Badge(models.Unknown)}, {"THPT", "Miễn: xã miền núi.", "", p.Badge(models.Exempt)}}, "01/07/2013"}},
		Lists: []FactList{{"holdings", "Chức vụ", "Chưa ghi chức vụ.", "/cadres/1/holdings/new", []FactRow{{1, "Chủ tịch Hội LHPN xã", "xã Mỹ Thủy, nhiệm kỳ 2011-2016, QĐ 12-QĐ/HU", "từ 15/05/2011", "", "", "", "", "/x", "", false, ""}}},
			{"qualifications", "Văn bằng, bồi dưỡng", "Chưa ghi.", "/cadres/1/qualifications/new", []FactRow{{1, "Trung cấp lý luận chính trị", "Trung tâm chính trị huyện", "2009", "verified", "Đã xác minh", "Bản sao", "/files/1", "/x", "", false, ""}, {2, "Sơ cấp Kế toán", "", "1998", "declared", "Tự khai", "", "", "/x", "/y", false, ""}}},
			{"awards", "Khen thưởng, xếp loại", "Chưa có khen thưởng nào được ghi.", "/x", nil}},
		Timeline: []Event{{"15/05/2011", "Chủ tịch Hội LHPN xã Mỹ Thủy", "QĐ 12-QĐ/HU", "", "holding"}, {"2009", "Trung cấp lý luận chính trị", "Trung tâm chính trị huyện", "", "qualification"}, {"2006", "Bắt đầu học sơ cấp", "", "", "study"}, {"1998", "Sơ cấp Kế toán", "", "", "qualification"}}}
	sampleForms(page, out)
}

func sampleForms(page func(string) Page, out map[string]Viewer) {
	p := page("/cadres/1/edit")
	p.Title = "Sửa hồ sơ Nguyễn Thị Ánh"
	p.Errors = []FieldError{{"birth", "Không hiểu ngày sinh “31/02/1975”. Ghi như 12/08/1975, 08/1975 hoặc 1975."}}
	form := &CadreFormPage{Page: p, ID: 1, Action: "/cadres/1", ETag: `"7"`, Back: "/cadres/1"}
	form.Sections = []Section{{"Thông tin chung", "", []Field{form.Field(Field{Name: "name", Label: "Họ và tên", Value: "Nguyễn Thị Ánh", Required: true}), form.Field(Field{Name: "birth", Label: "Ngày sinh", Type: "date", Value: "31/02/1975", Hint: "Chỉ biết năm thì ghi năm"}),
		form.Field(Field{Name: "sex", Label: "Giới tính", Type: "radio", Options: options("Nữ", "Nam")}), form.Field(Field{Name: "party", Label: "Là đảng viên", Type: "checkbox"}), form.Field(Field{Name: "note", Label: "Ghi chú", Type: "textarea"})}}}
	out["cadre-form"] = form
	p = page("/cadres/new")
	p.Title = "Thêm cán bộ"
	out["cadre-form similar"] = &CadreFormPage{Page: p, Action: "/cadres", Back: "/people", Sections: form.Sections, Question: "Có người tương tự trong hồ sơ:", Similar: []PeopleRow{samplePerson(&p)}}
	out["fact-form"] = &FactFormPage{Page: p, Action: "/x", Back: "/cadres/1", Person: "Nguyễn Thị Ánh", Upload: true, MayEnd: true, ETag: `"1"`,
		Sections: []Section{{"Văn bằng", "Ghi đúng như trên bằng", []Field{choose("kind", "Loại", "Chuyên môn"), {Name: "file", Label: "Tệp minh chứng", Type: "file", Accept: ".pdf,.jpg,.png", Hint: "pdf, jpg, png đến 5 MB"}}}}}
	out["conflict"] = &ConflictPage{Page: p, Action: "/cadres/1", Back: "/cadres/1", ETag: `"8"`, Who: "lan", When: "01/03/2013 08:15",
		Fields: []ConflictLine{{"phone", "Điện thoại", "0912345678", ConflictSide{"0913000111", "0913000111"}, ConflictSide{"0912345679", "0912345679"}, false, false}, {"note", "Ghi chú", "", ConflictSide{"Đi học", "Đi học"}, ConflictSide{"Đi học", "Đi học"}, true, false}, {"sex", "Giới tính", "", ConflictSide{"F", "Nữ"}, ConflictSide{"", ""}, false, true}}, Hidden: []Field{text("name", "", "Nguyễn Thị Ánh")}}
	out["history"] = &HistoryPage{Page: p, Name: "Nguyễn Thị Ánh", Back: "/cadres/1", Rows: []HistoryEntry{{"01/03/2013 08:12", "lan", "Sửa hồ sơ", []HistoryChange{{"Điện thoại", "0912345678", "0913000111"}, {"Ghi chú", "", ""}}}}}
	out["confirm"] = &ConfirmPage{Page: p, Action: "/x", Back: "/y", Text: "Hoàn tác lần nhập danh-sach.xlsx?", Yes: "Hoàn tác", Points: []string{"12 hồ sơ mới sẽ được rút", "3 thay đổi trở về như trước"}, Danger: true,
		Hidden: []Field{text("id", "", "1")}, Reason: &Field{Name: "reason", Label: "Lý do", Type: "textarea"}}
}

func sampleUnits(page func(string) Page, out map[string]Viewer) {
	p := page("/units")
	p.Title = p.T("nav.units")
	tree := []UnitNode{{Name: "Tỉnh Quảng Bình", Kind: "tỉnh", Href: "/units/1", Open: true, Count: 7, Children: []UnitNode{
		{Name: "Huyện Lệ Thủy", Kind: "huyện", Href: "/units/2", Count: 28, Children: []UnitNode{{Name: "Xã Mỹ Thủy", Kind: "xã", Href: "/units/3"}}}, {Name: "Thành phố Đồng Hới", Kind: "thành phố", Href: "/units/4"}}}}
	out["units"] = &UnitsPage{Page: p, AsOf: text("as_of", "Bản đồ tại ngày", "01/03/2013"), Search: text("query", "Tên đơn vị", ""), Roots: tree, MayChange: true}
	out["units found"] = &UnitsPage{Page: p, AsOf: text("as_of", "Bản đồ tại ngày", ""), Search: text("query", "Tên đơn vị", "my"), Text: "my", Found: tree}
	out["unit"] = &UnitPage{Page: p, ID: 2, Name: "Huyện Lệ Thủy", Kind: "Huyện · mã 457", Facts: []Fact{{"Trực thuộc", "Tỉnh Quảng Bình"}, {"Từ ngày", "01/07/1990"}}, Gaps: "/gaps", MayChange: true, Target: 90, Ended: "Đơn vị này kết thúc ngày 30/06/2025; kế thừa: xã Lệ Thủy.",
		Flags: []UnitFlagLine{{1, "Miền núi", "từ 1993", "QĐ 21/UB-QĐ", "Chưa chắc chắn", true}}, Figures: []KeyFigure{{"28", "xã, thị trấn", "", ""}, {"82,1%", "chủ tịch đạt chuẩn", "23/28", "/gaps"}}, Leaders: []PeopleRow{samplePerson(&p)}, ChildWord: "Đơn vị trực thuộc (2)", ShareBasis: "Chủ tịch theo Kế hoạch 2013, tính đến 01/03/2013", Heirs: []Crumb{{"xã Lệ Thủy", "/units/9"}},
		Children: []UnitChild{{"Xã Mỹ Thủy", "xã", "/units/3", 0, 1, nil}, {"Xã Kim Thủy", "xã", "/units/5", 1, 1, []string{"miền núi", "dân tộc"}}}, Events: []Event{{"01/07/1990", "Tách từ huyện Lệ Ninh", "QĐ 190-HĐBT", "", "unit"}}}
	for name, preview := range map[string][]MoveRow{"unit-change": nil, "unit-change preview": {{"Xã Mỹ Thủy", "Huyện Lệ Thủy", "nhập vào xã Lệ Thủy"}}} {
		out[name] = &UnitChangePage{Page: p, ID: 2, Name: "Xã Mỹ Thủy", Kinds: []Tab{{"Nhập", "?kind=merge", true, ""}, {"Tách", "?kind=split", false, ""}, {"Đổi tên", "?kind=rename", false, ""}}, Kind: "merge", Action: "/units/2/change", Explain: "Nhập nhiều đơn vị thành một.",
			Sections: []Section{{"", "", []Field{text("date", "Từ ngày", "01/07/2025"), text("basis", "Căn cứ", "")}}}, Preview: preview, Warnings: []string{"Hai chủ tịch cùng giữ chức sau khi nhập."}, Counts: []KeyFigure{{"2", "đơn vị kết thúc", "", ""}}, Flags: []UnitFlagLine{{1, "Miền núi", "từ 1993", "QĐ 21/UB-QĐ", "Chưa chắc chắn", true}}}
	}
}

func sampleDuplicates(page func(string) Page, out map[string]Viewer) {
	pair := page("/duplicates")
	pair.Title = pair.T("nav.duplicates")
	out["duplicates"] = &DuplicatesPage{Page: pair, Rows: []PairRow{{samplePerson(&pair), samplePerson(&pair), "Cùng tên, cùng năm sinh", "/duplicates/1-2"}}}
	out["pair"] = &PairPage{Page: pair, LeftID: 1, RightID: 2, LeftName: "Nguyễn Thị Ánh", RightName: "Nguyễn Thị Anh", Why: "Cùng số CMND", Fields: []PairField{{"name", "Họ và tên", "Nguyễn Thị Ánh", "Nguyễn Thị Anh", false, false}, {"birth", "Ngày sinh", "1975", "1975", true, false}, {"phone", "Điện thoại", "", "0912345678", false, true}}, LeftFacts: "3 chức vụ, 2 văn bằng", RightFacts: "1 chức vụ", Open: true, Action: "/duplicates/1-2"}
}
