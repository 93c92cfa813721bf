package web

import (
	"net/url"

	"datchuan/models"
	"datchuan/web/charts"
)

// samples is every page with data as it may really come, the state of mistakes included. Names are made up.
func samples(lang models.Lang) map[string]Viewer {
	out := map[string]Viewer{}
	for _, add := range []func(func(path string) Page, map[string]Viewer){
		sampleDoors, sampleOverview, sampleGaps, sampleCadres, sampleUnits, sampleStandards, sampleImports, sampleDuplicates, sampleOffice,
	} {
		add(func(path string) Page { return samplePage(lang, path) }, out)
	}
	return out
}

func samplePage(lang models.Lang, path string) Page {
	p := Page{Title: "Danh sách", Lang: lang, Path: path, Query: url.Values{"standard": {"ke-hoach-2013"}},
		User: &User{Name: "Nguyễn Thị Hoài", Role: "Cán bộ huyện", Unit: "Hội LHPN huyện Lệ Thủy"},
		Nav:  Navigation(path, func(models.Permission) bool { return true })}
	if path != "/" {
		p.Crumbs = []Crumb{{word(lang, "nav.overview"), "/"}, {"Huyện Lệ Thủy", ""}}
	}
	return p
}

func options(labels ...string) []Option {
	out := []Option{}
	for i, l := range labels {
		out = append(out, Option{Value: string(rune('a' + i)), Label: l, Selected: i == 0})
	}
	return out
}

func choose(name, label string, labels ...string) Field {
	return Field{Name: name, Label: label, Type: "select", Options: options(labels...)}
}

func text(name, label, value string) Field {
	return Field{Name: name, Label: label, Type: "text", Value: value}
}

func sampleDoors(page func(string) Page, out map[string]Viewer) {
	p := page("/login")
	p.User, p.Nav, p.Crumbs = nil, nil, nil
	out["login"] = NewLogin(p, "/", "")
	wrong := p
	wrong.Errors = []FieldError{{"login", "Tên đăng nhập hoặc mật khẩu không đúng."}}
	out["login wrong"] = NewLogin(wrong, "/", "hoai")
	lost := NewLogin(p, "/", "")
	lost.NoCookie, lost.Insecure = true, true
	out["login lost"] = lost
	out["expired"] = &ExpiredPage{Page: p, Action: "/cadres/1/edit", Hidden: []Field{{Name: "name", Value: "Nguyễn Thị Ánh"}}}
	out["setup"] = NewSetup(p, "ABC", "", "")
	late := NewSetup(p, "ABC", "", "")
	late.Expired = true
	out["setup late"] = late
	for name, status := range map[string]int{"error 403": 403, "error 404": 404, "error 413": 413, "error 422": 422,
		"error 429": 429, "error 500": 500} {
		v := NewError(page("/x"), status)
		v.RequestID = "K3VZ7Q"
		out[name] = v
	}
}

func sampleCard() TargetCard {
	return TargetCard{Name: "Chủ tịch Hội xã đạt chuẩn", Standard: "Kế hoạch 2013 (tính cả đang học)", Href: "/gaps",
		AsOf: "01/03/2013", Due: "31/12/2017", Gauge: charts.Gauge{Share: 79.2, Target: 90, Value: "79,2%", Label: "79,2% trên mục tiêu 90%"},
		Reached: 126, Base: 159, InHand: 101, Studying: 25, Unknown: 3, Need: 18, Threshold: "90%"}
}

func sampleLine() charts.Line {
	l := charts.Line{Target: 90, Goal: "Mục tiêu 90%", Label: "Số liệu theo quý"}
	for i, v := range []float64{63.5, 66, 68.2, 71, 74.2, 77.4, 79.2} {
		l.Points = append(l.Points, charts.Point{Label: []string{"3/2013", "6/2013", "9/2013", "12/2013", "3/2014", "6/2014", "9/2014"}[i],
			Text: percent(models.Vi, int(v*10), 1000), Value: v})
	}
	return l
}

func sampleOverview(page func(string) Page, out map[string]Viewer) {
	done := sampleCard()
	done.Name, done.Need, done.Gauge.Share, done.Gauge.Value, done.Reached = "Chi hội trưởng qua bồi dưỡng nghiệp vụ", 0, 92.3, "92,3%", 147
	p := page("/")
	p.Title, p.Demo = p.T("nav.overview"), true
	v := &OverviewPage{Page: p, AsOf: "01/03/2013", Targets: []TargetCard{sampleCard(), done, sampleCard()},
		Figures: []KeyFigure{{"159", "xã, phường, thị trấn", "7 huyện, thành phố", "/units"}, {"159", "Chủ tịch Hội xã", "", ""},
			{"33", "chưa đạt chuẩn", "25 đang học", "/gaps"}, {"1.323", "chi hội trưởng", "", ""}, {"84,3%", "phụ nữ vào Hội", "161.360/191.323", ""}},
		Chart: sampleLine(), ChartName: "Chủ tịch Hội xã đạt chuẩn qua các kỳ", TilesName: "Chủ tịch Hội xã theo Kế hoạch 2013, vạch đen là 90%",
		Target: 90, MapWord: "huyện", Map: true,
		Todos: []Todo{{33, "chủ tịch chưa đạt chuẩn, 18 người là đủ mục tiêu", "/gaps", "gap"}, {12, "hồ sơ chưa rõ trình độ", "/gaps", "gap"},
			{3, "cặp hồ sơ có thể trùng", "/duplicates", "twin"}}}
	for _, t := range []DistrictTile{{"Tuyên Hóa", "/gaps", 14, 20, 4, 70, 1, 1, false}, {"Minh Hóa", "/gaps", 6, 16, 9, 37.5, 1, 2, false},
		{"Quảng Trạch", "/gaps", 29, 34, 2, 85.3, 2, 1, false}, {"Bố Trạch", "/gaps", 24, 30, 3, 80, 2, 2, false},
		{"Đồng Hới", "/gaps", 16, 16, 0, 100, 3, 3, true}, {"Quảng Ninh", "/gaps", 9, 15, 5, 60, 2, 3, false},
		{"Lệ Thủy", "/gaps", 23, 28, 3, 82.1, 3, 4, false}} {
		v.Tiles = append(v.Tiles, t)
	}
	out["overview"] = v
	none := &OverviewPage{Page: p, Empty: &Empty{"Chưa có cán bộ nào", "Bắt đầu bằng danh sách trích ngang có sẵn.", "/imports", "Nhập Excel"}}
	out["overview empty"] = none
}

func sampleGaps(page func(string) Page, out map[string]Viewer) {
	base := page("/gaps")
	base.Title = base.T("nav.gaps")
	filter := GapFilter{Position: choose("position", "Chức danh", "Chủ tịch Hội xã", "Phó Chủ tịch"), Standard: choose("standard", "Tiêu chuẩn", "Kế hoạch 2013"),
		Unit: choose("unit", "Đơn vị", "Huyện Lệ Thủy"), Status: Field{Name: "status", Label: "Kết quả", Type: "select", Options: base.StatusOptions(models.Missing)},
		Search: Field{Name: "q", Label: "Họ tên", Type: "search"}, Requirement: choose("requirement", "Điều kiện", "Chuyên môn"), Area: choose("area", "Địa bàn", "Miền núi"),
		Age: [2]Field{text("age_from", "Tuổi từ", ""), text("age_to", "đến", "")}, Studying: choose("studying", "Đang học", "Có"), Succession: choose("succession", "Quy hoạch", "2016-2021"),
		AsOf: text("as_of", "Tính đến ngày", "01/03/2013"), KnownOn: text("known_on", "Theo hồ sơ ngày", ""), Active: 2}
	cells := []GapCell{{"Chuyên môn", base.Badge(models.Missing), "sơ cấp"}, {"Lý luận chính trị", base.Badge(models.Met), ""}, {"Bồi dưỡng nghiệp vụ", base.Badge(models.Unknown), ""}}
	rows := []GapRow{{1, "Nguyễn Thị Ánh", "1975", 38, "Chủ tịch Hội LHPN xã", "xã Mỹ Thủy", "Lệ Thủy", base.Badge(models.Missing), cells, "Chuyên môn từ trung cấp", true, "", ""},
		{2, "Trần Thị Hồng Diễm", "12/08/1980", 32, "Chủ tịch Hội LHPN xã", "xã Ngư Thủy Bắc", "Lệ Thủy", base.Badge(models.Studying), cells, "Chuyên môn từ trung cấp (đang học Đại học Huế)", false, "Chủ tịch 2016-2021", ""},
		{3, "Hồ Thị Lệ", "1969", 44, "Chủ tịch Hội LHPN xã", "xã Kim Thủy", "Lệ Thủy", base.Badge(models.Unknown), cells, "Chưa rõ chuyên môn", false, "", ""}}
	for _, tab := range []string{"list", "totals", "matrix", "empty"} {
		v := &GapsPage{Page: base, Filter: filter, Tab: tab, Tabs: []Tab{{"Danh sách", base.With("tab", "list"), tab == "list", "33"}, {"Tổng hợp", base.With("tab", "totals"), tab == "totals", ""}, {"Bảng điều kiện", base.With("tab", "matrix"), tab == "matrix", ""}},
			Heading: "33 Chủ tịch Hội LHPN xã ở huyện Lệ Thủy chưa đạt Kế hoạch 2013, tính đến 01/03/2013", Basis: "Kế hoạch 2013-2017, mục I.", CountNote: "Đang học được tính là đạt.",
			Figures:      []KeyFigure{{"28", "tổng số", "", ""}, {"23", "đạt", "82,1%", ""}, {"3", "đang học", "", ""}, {"2", "thiếu", "", ""}, {"1", "không rõ", "", ""}},
			Requirements: []string{"Chuyên môn", "Lý luận chính trị", "Bồi dưỡng nghiệp vụ"}, Rows: rows, Target: 90, Sort: "name",
			Totals: []GapTotal{{"Huyện Lệ Thủy", "/gaps?unit=457", 28, 20, 3, 4, 1, 0, 23, 3, 0, false}, {"Xã Mỹ Thủy", "/gaps?unit=1", 1, 0, 0, 1, 0, 0, 0, 1, 1, false}, {"Cả tỉnh", "", 159, 101, 25, 33, 0, 0, 126, 18, 0, true}},
			Pager:  base.Pager(1, 3, 33, "", base.With("page", 2)), NearestText: "3 người gần chuẩn nhất là đủ để huyện đạt 90%."}
		if tab == "empty" {
			v.Empty = &Empty{"Không ai thiếu chuẩn", "Với các điều kiện lọc này, mọi người đều đạt.", "/gaps", "Bỏ điều kiện lọc"}
		}
		out["gaps "+tab] = v
	}
}

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
		Lists: []FactList{{"holdings", "Chức vụ", "Chưa ghi chức vụ.", "/cadres/1/holdings/new", []FactRow{{1, "Chủ tịch Hội LHPN xã", "xã Mỹ Thủy, nhiệm kỳ 2011-2016, QĐ 12-QĐ/HU", "từ 15/05/2011", "", "", "", "", "/x", ""}}},
			{"qualifications", "Văn bằng, bồi dưỡng", "Chưa ghi.", "/cadres/1/qualifications/new", []FactRow{{1, "Trung cấp lý luận chính trị", "Trung tâm chính trị huyện", "2009", "verified", "Đã xác minh", "Bản sao", "/files/1", "/x", ""}, {2, "Sơ cấp Kế toán", "", "1998", "declared", "Tự khai", "", "", "/x", "/y"}}},
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
	out["conflict"] = &ConflictPage{Page: p, Action: "/cadres/1", Back: "/cadres/1", ETag: `"8"`, Who: "Phạm Thị Lan", When: "08:15 01/03/2013",
		Fields: []ConflictField{{"phone", "Điện thoại", "0912345678", "0913000111", "0912345679", false}, {"note", "Ghi chú", "", "Đi học", "Đi học", true}, {"birth", "Ngày sinh", "1975", "", "12/08/1975", false}}, Hidden: []Field{text("name", "", "Nguyễn Thị Ánh")}}
	out["history"] = &HistoryPage{Page: p, Name: "Nguyễn Thị Ánh", Back: "/cadres/1", Rows: []HistoryEntry{{"01/03/2013 08:12", "Phạm Thị Lan", "Sửa hồ sơ", "Điện thoại", "0912345678", "0913000111", ""}}, Pager: p.Pager(1, 1, 1, "", "")}
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
		Flags: []UnitFlagLine{{"Miền núi", "từ 1993", "QĐ 21/UB-QĐ", "Chưa chắc chắn"}}, Figures: []KeyFigure{{"28", "xã, thị trấn", "", ""}, {"82,1%", "chủ tịch đạt chuẩn", "23/28", "/gaps"}}, Leaders: []PeopleRow{samplePerson(&p)}, ChildWord: "xã, thị trấn",
		Children: []UnitChild{{"Xã Mỹ Thủy", "xã", "/units/3", 0, 1, nil}, {"Xã Kim Thủy", "xã", "/units/5", 1, 1, []string{"miền núi", "dân tộc"}}}, Events: []Event{{"01/07/1990", "Tách từ huyện Lệ Ninh", "QĐ 190-HĐBT", "", "unit"}}}
	for name, preview := range map[string][]MoveRow{"unit-change": nil, "unit-change preview": {{"Xã Mỹ Thủy", "Huyện Lệ Thủy", "nhập vào xã Lệ Thủy", "12 cán bộ chuyển theo"}}} {
		out[name] = &UnitChangePage{Page: p, ID: 2, Name: "Xã Mỹ Thủy", Kinds: []Tab{{"Nhập", "?kind=merge", true, ""}, {"Tách", "?kind=split", false, ""}, {"Đổi tên", "?kind=rename", false, ""}}, Kind: "merge", Action: "/units/2/change", Explain: "Nhập nhiều đơn vị thành một.",
			Sections: []Section{{"", "", []Field{text("date", "Từ ngày", "01/07/2025"), text("basis", "Căn cứ", "")}}}, Preview: preview, Warnings: []string{"Hai chủ tịch cùng giữ chức sau khi nhập."}, Counts: []KeyFigure{{"2", "đơn vị kết thúc", "", ""}}}
	}
}

func sampleStandards(page func(string) Page, out map[string]Viewer) {
	p := page("/standards")
	p.Title = p.T("nav.standards")
	row := StandardRow{"ke-hoach-2013", "Kế hoạch 2013 (tính cả đang học)", "Chủ tịch Hội LHPN xã", "Kế hoạch 2013-2017, mục I", "2013 – 2017", "derived", "suy ra", 1, true}
	out["standards"] = &StandardsPage{Page: p, Position: choose("position", "Chức danh", "Tất cả"), Rows: []StandardRow{row, {"nd-33-2023", "NĐ 33/2023", "Chủ tịch", "NĐ 33/2023 Đ.8", "từ 01/08/2023", "uncertain", "chưa chắc chắn", 4, false}}, MayEdit: true}
	out["standard"] = &StandardPage{Page: p, Name: row.Name, Facts: []Fact{{"Chức danh", "Chủ tịch"}, {"Căn cứ", row.Basis}}, Uncertain: "Điều khoản này chưa được đối chiếu với văn bản gốc.", MayEdit: true, Gaps: "/gaps", Compare: "/standards/compare", Clone: "/standards/new",
		Rules: []RuleLine{{"Chuyên môn", "từ trung cấp", "chấp nhận đang học", "", 0, ""}, {"Chuyên môn", "sơ cấp ở xã miền núi", "", "chưa chắc chắn", 1, "hoặc"}}, Versions: []StandardRow{row}}
	out["standard-form"] = &StandardFormPage{Page: p, Action: "/standards", Back: "/standards", Head: []Field{text("name", "Tên", "")}, Rules: []RuleForm{{0, "Điều kiện 1", []Field{choose("kind0", "Loại", "Chuyên môn"), choose("level0", "Từ", "trung cấp")}}}, Preview: "12 người đổi kết quả.", ETag: `"1"`}
	compare := &ComparePage{Page: p, First: choose("a", "Phiên bản 1", "Kế hoạch 2013"), Second: choose("b", "Phiên bản 2", "Có bằng trong tay"), Unit: choose("unit", "Đơn vị", "Cả tỉnh"), AsOf: text("as_of", "Tính đến", ""), FirstName: "Kế hoạch 2013", SecondName: "Có bằng trong tay",
		Differences: []Fact{{"Đang học", "được tính → không tính"}}, Flows: []CompareCell{{p.Badge(models.Met), p.Badge(models.Missing), 25, "/x"}}, Rows: []CompareRow{{1, "Nguyễn Thị Ánh", "xã Mỹ Thủy", p.Badge(models.Met), p.Badge(models.Missing), "đang học", "chưa có bằng"}}, Pager: p.Pager(1, 1, 1, "", "")}
	out["compare"] = compare
	same := *compare
	same.Rows, same.Flows = nil, nil
	out["compare same"] = &same
	p = page("/targets")
	out["targets"] = &TargetsPage{Page: p, AsOf: text("as_of", "Tính đến ngày", "01/03/2013"), Unit: choose("unit", "Đơn vị", "Cả tỉnh"), MayEdit: true,
		Rows: []TargetRow{{1, "Chủ tịch Hội xã đạt chuẩn", "Chủ tịch", "Kế hoạch 2013", "31/12/2017", "90%", 126, 159, 101, 18, bar(126, 159, 90), false, "/targets/1", "/targets/1/edit"}, {2, "Chi hội trưởng", "", "", "", "90%", 147, 159, 140, 0, bar(147, 159, 90), true, "/targets/2", ""}}}
	out["target"] = &TargetPage{Page: p, Card: sampleCard(), Chart: sampleLine(), Target: 90, Edit: "/x", Totals: []GapTotal{{"Huyện Lệ Thủy", "/gaps", 28, 20, 3, 4, 1, 0, 23, 3, 0, false}}}
	out["target-form"] = &TargetFormPage{Page: p, Action: "/targets", Back: "/targets", Sections: []Section{{"Chỉ tiêu", "", []Field{text("name", "Tên", "")}}}}
}

func sampleDuplicates(page func(string) Page, out map[string]Viewer) {
	pair := page("/duplicates")
	pair.Title = pair.T("nav.duplicates")
	out["duplicates"] = &DuplicatesPage{Page: pair, Rows: []PairRow{{samplePerson(&pair), samplePerson(&pair), "Cùng tên, cùng năm sinh", "/duplicates/1-2"}}, Pager: pair.Pager(1, 1, 1, "", "")}
	out["pair"] = &PairPage{Page: pair, LeftID: 1, RightID: 2, LeftName: "Nguyễn Thị Ánh", RightName: "Nguyễn Thị Anh", Why: "Cùng số CMND", Fields: []PairField{{"name", "Họ và tên", "Nguyễn Thị Ánh", "Nguyễn Thị Anh", false}, {"birth", "Ngày sinh", "1975", "1975", true}}, LeftFacts: "3 chức vụ, 2 văn bằng", RightFacts: "1 chức vụ", Action: "/duplicates/1-2"}
}
