package models

// ColumnKind says how a cell is typed in a spreadsheet and aligned on paper.
type ColumnKind string

// The kinds of column.
const (
	TextColumn ColumnKind = "text"
	IntColumn  ColumnKind = "int"
	DateColumn ColumnKind = "date" // cells hold Date or PartialDate
)

// Column is one column of a table. Key is stable (JSON member, CSS class); Title is in the language of the table;
// Width is a share of the page for paper (any unit, only ratios matter).
type Column struct {
	Key   string     `json:"key"`
	Title string     `json:"title"`
	Kind  ColumnKind `json:"kind"`
	Width float64    `json:"width"`
}

// Table is a list ready to be shown, the single source of the rows on screen, in JSON, XLSX, CSV and PDF. A cell is a
// string, an int, a Date or a PartialDate; nil is empty.
type Table struct {
	Columns []Column `json:"columns"`
	Rows    [][]any  `json:"rows"`
}

// CellText is the text of a cell as printed in Vietnamese papers and on screen.
func CellText(cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case string:
		return v
	case int:
		return itoa(v)
	case Date:
		return v.VN()
	case PartialDate:
		return v.VN()
	}
	panic("table: a cell must be string, int, Date or PartialDate")
}

// Letterhead is what heads and signs a paper of an office (documents.md section 0); all lines are settings.
type Letterhead struct {
	ParentLine string   `json:"parent_line"` // "HỘI LIÊN HIỆP PHỤ NỮ TỈNH QUẢNG BÌNH"
	IssuerLine string   `json:"issuer_line"` // "BAN TỔ CHỨC"
	Place      string   `json:"place"`       // "Đồng Hới"
	Authority  string   `json:"authority"`   // "TL. BAN THƯỜNG VỤ"
	Post       string   `json:"post"`        // "TRƯỞNG BAN TỔ CHỨC"
	Signer     string   `json:"signer"`
	Recipients []string `json:"recipients"`
}

// SummaryLine is one figure of the summary on top of a paper: label, value.
type SummaryLine struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Paper is a list to be printed: heading, titles, summary, table, signature block.
type Paper struct {
	Letterhead Letterhead    `json:"letterhead"`
	Title      string        `json:"title"`     // "DANH SÁCH CÁN BỘ HỘI CHƯA ĐẠT CHUẨN"
	Subtitles  []string      `json:"subtitles"` // "Chủ tịch Hội LHPN xã - huyện Lệ Thủy, tính đến ngày 01/3/2013"
	Date       Date          `json:"date"`      // of the place-and-date line
	Summary    []SummaryLine `json:"summary"`
	Table      Table         `json:"table"`
	Closing    string        `json:"closing"` // "Danh sách này có 33 người."
}
