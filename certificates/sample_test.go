package certificates

import (
	"fmt"

	"datchuan/models"
)

// sampleColumns are the thirteen columns of documents.md section 8.
func sampleColumns() []models.Column {
	return []models.Column{
		{Key: "no", Title: "TT", Kind: models.IntColumn, Width: 4},
		{Key: "name", Title: "Họ và tên", Kind: models.TextColumn, Width: 16},
		{Key: "birth", Title: "Năm sinh", Kind: models.DateColumn, Width: 8},
		{Key: "unit", Title: "Xã (miền núi: x)", Kind: models.TextColumn, Width: 12},
		{Key: "held", Title: "Chức vụ, từ năm", Kind: models.TextColumn, Width: 12},
		{Key: "school", Title: "GDPT", Kind: models.TextColumn, Width: 6},
		{Key: "trade", Title: "Chuyên môn", Kind: models.TextColumn, Width: 10},
		{Key: "politics", Title: "LLCT", Kind: models.TextColumn, Width: 8},
		{Key: "days", Title: "BD nghiệp vụ Hội (số ngày)", Kind: models.IntColumn, Width: 8},
		{Key: "missing", Title: "Thiếu", Kind: models.TextColumn, Width: 18},
		{Key: "studying", Title: "Đang học (lớp, dự kiến xong)", Kind: models.TextColumn, Width: 13},
		{Key: "class", Title: "Đề xuất lớp", Kind: models.TextColumn, Width: 11},
		{Key: "note", Title: "Ghi chú", Kind: models.TextColumn, Width: 8},
	}
}

func sampleRow(i int) []any {
	names := []string{"Nguyễn Thị Hồng Nhung", "Hoàng Thị Mỹ Duyên", "Lê Thị Quỳnh", "Trần Thị Ánh Tuyết",
		"Phạm Thị Ngọc Bích", "Võ Thị Diệu Hiền", "Đặng Thị Thúy Phượng", "Hồ Thị Pả"}
	communes := []string{"Ngân Thủy (x)", "Lộc Thủy", "Sen Thủy", "thị trấn Nông trường Lệ Ninh", "Kim Thủy (x)"}
	birth := models.PartialDate(19650000 + 10000*(i%25))
	if i%3 == 0 {
		birth += 704
	}
	missing, studying, days := "Trung cấp chuyên môn trở lên", "", any(i%15)
	if i%2 == 0 {
		missing = "Trung cấp chuyên môn trở lên; trung cấp lý luận chính trị"
	}
	if i%4 == 1 {
		studying = "Trung cấp Công tác xã hội, 6/2014"
	}
	if i%7 == 0 {
		missing, days = "không rõ: trình độ giáo dục phổ thông", nil
	}
	return []any{i + 1, names[i%len(names)], birth, communes[i%len(communes)],
		fmt.Sprintf("Chủ tịch Hội LHPN xã, %d", 2001+i%11), []string{"12/12", "9/12", "không rõ"}[i%3],
		[]string{"chưa", "sơ cấp Kế toán", ""}[i%3], []string{"Trung cấp", "Sơ cấp", "chưa"}[i%3], days,
		missing, studying, []string{"TC phụ vận K5", ""}[i%2], ""}
}

// samplePaper is a district's gap list with so many rows.
func samplePaper(rows int) models.Paper {
	p := models.Paper{
		Letterhead: models.Letterhead{
			ParentLine: "HỘI LIÊN HIỆP PHỤ NỮ TỈNH QUẢNG BÌNH",
			IssuerLine: "BAN TỔ CHỨC",
			Place:      "Đồng Hới",
			Authority:  "TL. BAN THƯỜNG VỤ",
			Post:       "TRƯỞNG BAN TỔ CHỨC",
			Signer:     "Nguyễn Thị Minh Châu",
			Recipients: []string{"Thường trực Hội LHPN tỉnh", "- Hội LHPN huyện Lệ Thủy;", "Lưu: VT, BTC."},
		},
		Title: "DANH SÁCH CÁN BỘ HỘI CHƯA ĐẠT CHUẨN",
		Subtitles: []string{"Chủ tịch Hội LHPN xã - huyện Lệ Thủy, tính đến ngày 01/3/2013",
			"(Theo bộ tiêu chuẩn kế hoạch 2013, Kế hoạch số 162/KH-BTV)"},
		Date: models.NewDate(2013, 3, 1),
		Summary: []models.SummaryLine{
			{Label: "Tổng số", Value: "159"}, {Label: "Đạt", Value: "101"}, {Label: "Chưa đạt", Value: "58"},
			{Label: "Đang học", Value: "25"}, {Label: "Không rõ", Value: "4"},
			{Label: "Tỷ lệ đạt (không tính đang học)", Value: "101/159 = 63,5%"},
			{Label: "Tỷ lệ đạt (tính cả đang học)", Value: "126/159 = 79,2%"},
		},
		Table:   models.Table{Columns: sampleColumns()},
		Closing: fmt.Sprintf("Danh sách này có %d người.", rows),
	}
	for i := range rows {
		p.Table.Rows = append(p.Table.Rows, sampleRow(i))
	}
	return p
}
