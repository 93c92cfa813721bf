package web

import (
	"datchuan/core"
	"datchuan/web/charts"
)

func sampleImports(page func(string) Page, out map[string]Viewer) {
	p := page("/imports")
	p.Title = p.T("nav.imports")
	steps := func(n int) []Step {
		return p.Steps(n, "Tải lên", "Cột và phông chữ", "Xem trước", "Kết quả")
	}
	finding := FindingLine{"Sheet1", "C17", "31/2/75", "Không có ngày này trong lịch.", "02/1975", true}
	out["import-upload"] = &ImportUploadPage{Page: p, Steps: steps(0), File: Field{Name: "file", Label: "Tệp Excel", Type: "file", Accept: ".xlsx", Required: true}, Unit: choose("unit", "Danh sách của", "Huyện Lệ Thủy"), MaxMB: 10, Rows: 50000,
		Past: []ImportLine{{1, "Danh sách CT xã 2013.xlsx", "01/03/2013 08:12", "Phạm Thị Lan", "Huyện Lệ Thủy", 120, 12, 4, 0, "done", "Đã ghi", "/imports/1"}}}
	out["import-mapping"] = &ImportMappingPage{Page: p, Steps: steps(1), ID: 1, File: "danh-sach.xlsx", Shown: "1-2 Sheet1", Source: "Nhớ từ lần trước.", Reading: []Field{choose("sheet", "Trang tính", "Sheet1"), text("header_from", "Tiêu đề từ dòng", "1"), text("header_to", "đến dòng", "2"), text("as_of", "Tính đến ngày", "01/03/2013"), choose("encoding", "Bảng mã", "Theo từng cột")},
		Defaults: []Field{choose("position", "Chức danh chung", "Theo cột")}, EncodingNote: "Cột B dùng phông TCVN3; chữ đã được đổi.", EncodingBefore: "NguyÔn ThÞ ¸nh", EncodingAfter: "Nguyễn Thị Ánh", Findings: []FindingLine{finding}, Remember: Field{Name: "remember", Label: "Nhớ cách đọc này", Type: "checkbox", Checked: true},
		Columns: []ColumnGuess{{"B", "Họ và tên", []string{"Nguyễn Thị Ánh", "Trần Thị Bé"}, choose("col_B", "", "Họ và tên"), choose("enc_B", "Bảng mã của cột B", "TCVN3"), "chắc chắn", [2]string{"NguyÔn ThÞ ¸nh", "Nguyễn Thị Ánh"}}, {"C", "Năm sinh", []string{"1975"}, choose("col_C", "", "Ngày sinh"), Field{}, "đoán", [2]string{}}}}
	out["import-preview"] = &ImportPreviewPage{Page: p, Steps: steps(2), ID: 1, File: "danh-sach.xlsx", MayApply: true, Blocked: 1, Last: "Còn 1 dòng có lỗi.", ErrorsXL: "/x", Figures: []KeyFigure{{"120", "mới", "", ""}, {"12", "thay đổi", "", ""}, {"1", "lỗi", "", ""}}, Tabs: []Tab{{"Tất cả", "?", true, "133"}, {"Lỗi", "?show=error", false, "1"}},
		Findings: []FindingLine{finding}, Units: []Field{choose("unit:|my thuy|", "“Mỹ Thủy” trong tệp là", "Chọn đơn vị", "xã Mỹ Thủy")}, Whole: []Field{{Name: "create_units", Label: "Tạo chi hội còn thiếu", Type: "checkbox"}},
		Rows: []PreviewRow{{17, "Nguyễn Thị Ánh", "31/2/75", "xã Mỹ Thủy", "Chủ tịch", "error", "Lỗi", nil, []FindingLine{finding}, "", choose("row_17", "Cách xử lý dòng 17", "Như đã đọc", "Bỏ qua"), nil}, {18, "Trần Thị Bé", "1980", "xã Mỹ Thủy", "Phó Chủ tịch", "changed", "Thay đổi", []FieldDiff{{"Điện thoại", "0912", "0913"}}, nil, "/cadres/2", choose("row_18", "Cách xử lý dòng 18", "Như đã đọc", "Bỏ qua"), []Field{{Name: "take_18", Label: "Lấy theo danh sách", Type: "checkbox"}}}}, Pager: p.Pager(1, 2, 133, "", "?page=2")}
	run := &ImportProgressPage{Page: p, Steps: steps(2), ID: 1, File: "danh-sach.xlsx", Done: 4200, Total: 12000, Bar: charts.Bar{Share: 35, Label: "35%"}, Phase: "Đang ghi"}
	run.Refresh = 2
	out["import-progress"] = run
	for _, state := range []string{"done", "undone", "failed", "discarded"} {
		out["import-report "+state] = &ImportReportPage{Page: p, Steps: steps(3), ID: 1, File: "danh-sach.xlsx", State: state, Figures: []KeyFigure{{"120", "mới", "", ""}}, Findings: []FindingLine{finding}, UndoUntil: "31/03/2013", MayUndo: state == "done", Gaps: "/gaps", Reason: "Đĩa đầy"}
	}
}

func sampleOffice(page func(string) Page, out map[string]Viewer) {
	p := page("/accounts")
	p.Title = p.T("nav.accounts")
	out["accounts"] = &AccountsPage{Page: p, Rows: []AccountRow{{1, "Phạm Thị Lan", "lan", "Ban Tổ chức tỉnh", "Tỉnh Quảng Bình", "hôm nay 08:12", false, true, 1, "/accounts/1"}, {2, "Lê Thị Cúc", "cuc", "Cán bộ huyện", "Huyện Lệ Thủy", "", true, false, 0, "/accounts/2"}}}
	out["account-form"] = &AccountFormPage{Page: p, ID: 2, Action: "/accounts/2", Back: "/accounts", Disable: "/accounts/2/disable", EndAll: "/accounts/2/end", Sessions: 2, Reset: "/accounts/2/password", Password: []Field{{Name: "password", Label: "Mật khẩu mới", Type: "password"}}, Tokens: []TokenRow{{1, "Báo cáo", "dc_4f9a", "chỉ đọc", "01/03/2014", "", false, false}}, Sections: []Section{{"Tài khoản", "", []Field{text("name", "Họ và tên", "Lê Thị Cúc"), choose("role", "Vai trò", "Cán bộ huyện")}}}}
	out["account-form disabled"] = &AccountFormPage{Page: p, ID: 2, Action: "/accounts/2", Back: "/accounts", Disable: "/accounts/2/enable", Disabled: true}
	out["tokens"] = &TokensPage{Page: p, Fresh: "dc_4f9a…", Rows: []TokenRow{{1, "Báo cáo", "dc_4f9a", "chỉ đọc", "01/03/2014", "", false, false}, {2, "Cũ", "dc_77aa", "chỉ đọc", "01/03/2013", "", true, false}, {3, "Hết hạn", "dc_77ab", "chỉ đọc", "01/03/2012", "", false, true}}, Fields: []Field{text("name", "Tên mã", "")}, Permissions: []Option{{"gaps.read", "Xem danh sách thiếu chuẩn", true}}, PermissionsE: "Hãy chọn ít nhất một quyền.", Password: []Field{{Name: "password", Label: "Mật khẩu mới", Type: "password"}},
		Email: Field{Name: "email", Label: "Thư điện tử", Type: "email"}, Calendar: &CalendarView{"01/03/2013 08:00", "01/03/2013 09:00"}, FreshCalendar: "/calendar/x.ics"}
	for name, ok := range map[string]bool{"audit": true, "audit broken": false} {
		out[name] = &AuditPage{Page: p, Who: text("who", "Người làm", ""), Action: choose("action", "Việc", "Tất cả"), From: text("from", "Từ ngày", ""), To: text("to", "Đến ngày", ""), Chain: "Chuỗi nhật ký nguyên vẹn đến dòng 1.204.", ChainOK: ok,
			Rows: []AuditRow{{1204, "01/03/2013 08:12", "Phạm Thị Lan", "Ban Tổ chức", "Sửa hồ sơ", "Nguyễn Thị Ánh", "/cadres/1", []FieldDiff{{"Điện thoại", "0912", "0913"}}}}, Kept: []Field{{Name: "object", Value: "cadre"}}, Next: "?after=1155", First: "/audit"}
	}
	out["settings"] = &SettingsPage{Page: p, Unit: choose("unit_id", "Đơn vị", "Chung"), Fields: []Field{text("parent_line", "Cấp trên", "HỘI LHPN TỈNH QUẢNG BÌNH")},
		Mail: core.MailReport{Enabled: true, Waiting: 2, Sent: 40, Failed: 1, LastError: "550 no such user"}, MailBox: Field{Name: "mail", Label: "Gửi", Type: "checkbox", Checked: true}}
	out["baseline"] = &BaselinePage{Page: p, AsOf: "01/03/2013", Source: "Kế hoạch 2013-2017, mục I.", Figures: []KeyFigure{{"28", "khớp", "", ""}, {"3", "sai số làm tròn", "", ""}},
		Groups: []BaselineGroup{{"Cán bộ", []BaselineRow{{"Chủ tịch chưa đạt chuẩn", "I", "33", "33", "58 − 25", "agrees", "Khớp", "", "/gaps"}, {"PCT có trung cấp LLCT", "I", "14,4%", "14,5%", "23/159", "rounding", "Làm tròn của nguồn", "Nguồn cắt bớt phần lẻ.", ""}, {"Tỷ lệ hội viên", "I", "84,4%", "84,3%", "", "contradiction", "Nguồn mâu thuẫn", "", ""}}}}}
	out["help"] = &HelpPage{Page: page("/help"), Topics: []HelpTopic{{"gaps", "Xem ai còn thiếu chuẩn", []string{"Mở Thiếu chuẩn."}, []string{"Chọn chức danh", "Chọn đơn vị"}}}, Contact: "Ban Tổ chức tỉnh", Version: "0.1"}
}

func sampleNotices(page func(string) Page, out map[string]Viewer) {
	p := page("/notices")
	p.Title = p.T("nav.notices")
	out["notices"] = &NoticesPage{Page: p, UpTo: 2, Next: "?after=u-1", First: "/notices", Rows: []NoticeRow{
		{2, "Đã duyệt và xếp chỗ 2 người vào lớp Nghiệp vụ.", "01/03/2013 08:00", "04/03/2013 – 08/03/2013", "Nguyễn Thị Ánh (xã Mỹ Thủy)", "/classes/1", "/notices/2/read", "Kính mời\nLớp: Nghiệp vụ"},
		{1, "Lớp Nghiệp vụ bắt đầu nhận cử học viên.", "01/03/2013 07:00", "", "", "/classes/1", "", "Kính mời"}}}
	out["notices none"] = &NoticesPage{Page: p, Empty: &Empty{Title: "Chưa có thông báo", Text: "Khi lớp có việc, thông báo hiện ở đây."}}
}
