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
}
