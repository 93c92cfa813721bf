package web

import (
	"datchuan/models"
	"datchuan/web/charts"
)

func sampleCard() TargetCard {
	return TargetCard{Name: "Chủ tịch Hội xã đạt chuẩn", Standard: "Kế hoạch 2013 (tính cả đang học)", Href: "/gaps",
		AsOf: "01/03/2013", Due: "31/12/2017", Gauge: charts.Gauge{Share: 79.2, Target: 90, Value: "79,2%", Label: "79,2% trên mục tiêu 90%"},
		Reached: 126, Base: 159, InHand: 101, WithStudying: 126, Studying: 25, Unknown: 3, Need: 18, Threshold: "90%", Counted: "người"}
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
		Chart: sampleLine(), ChartName: "Chủ tịch Hội xã đạt chuẩn qua các kỳ", Gaps: "/gaps", Unit: "tỉnh Quảng Bình", TilesName: "Chủ tịch Hội xã theo Kế hoạch 2013, vạch đen là 90%",
		Target: 90, MapWord: "huyện", Map: true,
		Todos: []Todo{{33, "chủ tịch chưa đạt chuẩn, 18 người là đủ mục tiêu", "/gaps", "gap"}, {12, "hồ sơ chưa rõ trình độ", "/gaps", "gap"},
			{3, "cặp hồ sơ có thể trùng", "/duplicates", "twin"}}}
	for _, t := range []DistrictTile{{"Tuyên Hóa", "/gaps", 14, 20, 4, 70, 1, 1, Badge{}}, {"Minh Hóa", "/gaps", 6, 16, 9, 37.5, 1, 2, Badge{}},
		{"Quảng Trạch", "/gaps", 29, 34, 2, 85.3, 2, 1, Badge{}}, {"Bố Trạch", "/gaps", 24, 30, 3, 80, 2, 2, Badge{}},
		{"Đồng Hới", "/gaps", 16, 16, 0, 100, 3, 3, Badge{}}, {"Quảng Ninh", "/gaps", 9, 15, 5, 60, 2, 3, Badge{}},
		{"Lệ Thủy", "/gaps", 23, 28, 3, 82.1, 3, 4, Badge{}}} {
		v.Tiles = append(v.Tiles, t)
	}
	out["overview"] = v
	none := &OverviewPage{Page: p, Empty: &Empty{"Chưa có cán bộ nào", "Bắt đầu bằng danh sách trích ngang có sẵn.", "/imports", "Nhập Excel"}}
	out["overview empty"] = none
}

func sampleGaps(page func(string) Page, out map[string]Viewer) {
	base := page("/gaps")
	base.Title = base.T("nav.gaps")
	filter := GapFilter{Main: []Field{choose("position", "Chức danh", "Chủ tịch Hội xã", "Phó Chủ tịch"), choose("unit_id", "Đơn vị", "Huyện Lệ Thủy"),
		{Name: "statuses", Label: "Kết quả", Type: "select", Options: base.statusMenu([]models.Status{models.Missing, models.Unknown})}},
		More: []Field{choose("area", "Địa bàn", "Miền núi"), text("age_from", "Tuổi từ", ""), text("as_of", "Tính đến ngày", "01/03/2013")}, Active: 2, Open: true}
	cells := []GapCell{{"Chuyên môn", base.Badge(models.Missing), "Cần trung cấp, hiện có: sơ cấp"}, {"Lý luận chính trị", base.Badge(models.Met), "Có trung cấp"}, {"Bồi dưỡng nghiệp vụ", Badge{}, ""}}
	cellsOf := func(no, name, birth, commune, lacks, unknown, study string) map[string]string {
		return map[string]string{"no": no, "name": name, "birth": birth, "commune": commune, "district": "huyện Lệ Thủy", "position": "CT Hội xã", "since": "2011", "general": "THPT",
			"profession": "sơ cấp", "political": "trung cấp", "days": "0", "lacks": lacks, "unknown": unknown, "study": study}
	}
	rows := []GapRow{{1, "xã Mỹ Thủy", cellsOf("1", "Nguyễn Thị Ánh", "1975", "xã Mỹ Thủy", "Chuyên môn từ trung cấp", "", ""), base.Badge(models.Missing), cells, true},
		{2, "xã Ngư Thủy Bắc", cellsOf("2", "Trần Thị Hồng Diễm", "12/08/1980", "xã Ngư Thủy Bắc", "", "", "Trung cấp (Đại học Huế), dự kiến xong 30/06/2014"), base.Badge(models.Studying), cells, false},
		{3, "xã Kim Thủy", cellsOf("3", "Hồ Thị Lệ", "1969", "xã Kim Thủy (x)", "", "Lý luận chính trị", ""), base.Badge(models.Unknown), cells, false}}
	rows[0].Text["note"] = "Gần chuẩn nhất"
	columns := map[string]string{"name": "Họ và tên", "birth": "Năm sinh", "general": "GDPT", "profession": "Chuyên môn", "political": "LLCT", "days": "Ngày bồi dưỡng", "unknown": "Không rõ", "study": "Đang học", "note": "Ghi chú"}
	counts := models.UnitTotal{Unit: "huyện Lệ Thủy", Total: 28, Met: 20, Studying: 3, Missing: 4, Unknown: 1}
	href := func(...models.Status) string { return "/gaps?statuses=X" }
	for _, tab := range []string{"list", "totals", "matrix", "empty"} {
		v := &GapsPage{Page: base, Filter: filter, Tab: tab, Tabs: []Tab{{"Danh sách", base.With("tab", "list"), tab == "list", "33"}, {"Tổng hợp", base.With("tab", "totals"), tab == "totals", ""}, {"Bảng điều kiện", base.With("tab", "matrix"), tab == "matrix", ""}},
			Heading: "33 lượt người, huyện Lệ Thủy, tính đến ngày 01/03/2013", Basis: []string{"Kế hoạch 2013-2017, mục I."}, Figures: base.figures(counts, href), MayExport: true,
			Columns: columns, Requirements: []string{"Chuyên môn", "Lý luận chính trị", "Bồi dưỡng nghiệp vụ"}, Rows: rows, Target: 90,
			Totals: []GapTotal{{"Huyện Lệ Thủy", "/gaps?unit_id=457", 28, 20, 3, 4, 1, 23, 3, TotalLinks{Base: "/gaps", Missing: "/gaps"}, false}, {"Cả tỉnh", "", 159, 101, 25, 33, 0, 126, 18, TotalLinks{}, true}},
			Pager:  base.Pager(1, 3, 33, "", base.With("page", 2)), NearestText: "3 người gần chuẩn nhất là đủ để huyện đạt 90%."}
		if tab == "empty" {
			v.Empty = &Empty{"Không ai thiếu chuẩn", "Với các điều kiện lọc này, mọi người đều đạt.", "/gaps", "Bỏ điều kiện lọc"}
		}
		out["gaps "+tab] = v
	}
}
