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
