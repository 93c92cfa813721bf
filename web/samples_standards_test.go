package web

import "datchuan/models"

func sampleStandards(page func(string) Page, out map[string]Viewer) {
	p := page("/standards")
	p.Title = p.T("nav.standards")
	row := StandardRow{"ke-hoach-2013", "/standards/ke-hoach-2013", "Kế hoạch 2013 (tính cả đang học)", "Chủ tịch Hội LHPN xã", "Kế hoạch 2013-2017, mục I", "2013 – 2017", "derived", "suy ra", 2, 1, true}
	out["standards"] = &StandardsPage{Page: p, Position: choose("position", "Chức danh", "Tất cả"), Rows: []StandardRow{row, {"nd-33-2023", "/standards/nd-33-2023", "NĐ 33/2023", "Chủ tịch", "NĐ 33/2023 Đ.8", "từ 01/08/2023", "uncertain", "chưa chắc chắn", 1, 4, false}}, MayEdit: true}
	out["standards none"] = &StandardsPage{Page: p, Position: choose("position", "Chức danh", "Tất cả")}
	out["standard"] = &StandardPage{Page: p, Name: row.Name, Facts: []Fact{{"Chức danh", "Chủ tịch"}, {"Căn cứ", row.Basis}}, Uncertain: "Điều khoản này chưa được đối chiếu với văn bản gốc.", MayEdit: true, Gaps: "/gaps", Compare: "/standards/compare", Clone: "/standards/x/edit", Copy: "/standards/new",
		Rules: []RuleLine{{"Chuyên môn", "từ trung cấp", "chấp nhận đang học", "Theo quy định của tỉnh", "", 0, ""}, {"", "sơ cấp ở xã miền núi", "", "", "chưa chắc chắn", 1, "hoặc"}}, Versions: []StandardRow{row}}
	out["standard retired"] = &StandardPage{Page: p, Name: row.Name, Retired: "Phiên bản 1 đã được thay.", Newest: "/standards/ke-hoach-2013"}
	change := CompareRow{1, "Nguyễn Thị Ánh", "xã Mỹ Thủy", p.Badge(models.Met), p.Badge(models.Missing), []string{"Chuyên môn: đang học"}, []string{"Chuyên môn: chưa có bằng"}}
	form := &StandardFormPage{Page: p, Action: "/standards", Back: "/standards", Head: []Field{text("name", "Tên", "")}, Preview: "12 người đổi kết quả.", Changed: []CompareRow{change}, ETag: `"1"`}
	for n, kind := range append(models.AtomKinds(), "") {
		form.Rules = append(form.Rules, form.conditionFields(n, kind, joinNew))
	}
	out["standard-form"] = form
	compare := &ComparePage{Page: p, First: choose("a", "Phiên bản 1", "Kế hoạch 2013"), Second: choose("b", "Phiên bản 2", "Có bằng trong tay"), Unit: choose("unit_id", "Đơn vị", "Cả tỉnh"), AsOf: text("as_of", "Tính đến", ""), FirstName: "Kế hoạch 2013", SecondName: "Có bằng trong tay",
		Figures:     []KeyFigure{{"126/159", "Đạt theo Kế hoạch 2013", "79,2%", ""}, {"101/159", "Đạt theo Có bằng trong tay", "63,5%", ""}},
		Differences: []Fact{{"Đang học", "được tính → không tính"}}, Flows: []CompareCell{{p.Badge(models.Met), p.Badge(models.Missing), 25, "/x"}}, All: "/y", Counting: "15 người vẫn đang học.", Rows: []CompareRow{change}, Pager: p.Pager(1, 1, 1, "", "")}
	out["compare"] = compare
	same := *compare
	same.Rows, same.Flows, same.Differences = nil, nil, nil
	out["compare same"] = &same
	p = page("/targets")
	out["targets"] = &TargetsPage{Page: p, AsOf: text("as_of", "Tính đến ngày", "01/03/2013"), Unit: choose("unit", "Đơn vị", "Cả tỉnh"), MayEdit: true,
		Rows: []TargetRow{{1, "Chủ tịch Hội xã đạt chuẩn", "Chủ tịch", "Kế hoạch 2013", "31/12/2017", "90%", 126, 159, 101, 126, 159, 18, bar(126, 159, 90), false, "/targets/1", "/targets/1/edit"}, {2, "Chi hội trưởng", "", "", "", "90%", 147, 159, 140, 147, 150, 0, bar(147, 159, 90), true, "/targets/2", ""}}}
	out["target"] = &TargetPage{Page: p, Card: sampleCard(), Chart: sampleLine(), Target: 90, Edit: "/x", Unit: "tỉnh Quảng Bình", Filter: []Field{choose("unit_id", "Đơn vị", "Cả tỉnh")}, Totals: []GapTotal{{"Huyện Lệ Thủy", "/gaps", 28, 20, 3, 4, 1, 23, 3, TotalLinks{}, false}}}
	out["target-form"] = &TargetFormPage{Page: p, Action: "/targets", Back: "/targets", Sections: []Section{{"Chỉ tiêu", "", []Field{text("name", "Tên", "")}}}}
}
