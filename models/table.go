package models

// ColumnKind says how a cell is typed in a spreadsheet and aligned on paper.
type ColumnKind string

// The kinds of column.
const (
	TextColumn ColumnKind = "text"
	IntColumn  ColumnKind = "int"
	DateColumn ColumnKind = "date" // cells hold Date or PartialDate
	MarkColumn ColumnKind = "mark" // short text, centred on paper
)

// Column is one column of a table. Key is stable (JSON member, CSS class); Title is in the language of the table;
// Width is a share of the page for paper (any unit, only ratios matter).
type Column struct {
	Key   string     `json:"key"`
	Title string     `json:"title"`
	Kind  ColumnKind `json:"kind"`
	Width float64    `json:"width"`
	Group string     `json:"group,omitempty"` // on paper: neighbours of a group have its name above them
}

// Table is a list ready to be shown, the single source of the rows on screen, in JSON, XLSX, CSV and PDF. A cell is a
// string, an int, a Date or a PartialDate; nil is empty.
type Table struct {
	Columns  []Column `json:"columns"`
	Rows     [][]any  `json:"rows"`
	Headings []int    `json:"headings,omitempty"` // rows that head those below them, in order
	Tall     bool     `json:"tall,omitempty"`     // on paper: rows high enough to sign in
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

// Paper is what is printed: heading, titles, words, summary, table, signatures. What is empty is left out.
type Paper struct {
	Letterhead Letterhead    `json:"letterhead"`
	Number     string        `json:"number,omitempty"` // "Số: 12/QĐ-BTV"
	Title      string        `json:"title"`            // "DANH SÁCH CÁN BỘ HỘI CHƯA ĐẠT CHUẨN"
	Subtitles  []string      `json:"subtitles"`        // "Chủ tịch Hội LHPN xã - huyện Lệ Thủy, tính đến ngày 01/3/2013"
	Date       Date          `json:"date"`             // of the place-and-date line
	Words      []Paragraph   `json:"words,omitempty"`
	Summary    []SummaryLine `json:"summary"`
	Table      Table         `json:"table"`
	Closing    string        `json:"closing"`        // "Danh sách này có 33 người."
	Feet       []Foot        `json:"feet,omitempty"` // who signs, side by side, in place of the letterhead's signer
	Cover      *Cover        `json:"cover,omitempty"`
	Attached   *Paper        `json:"attached,omitempty"` // a list that goes with it, from a new page
}

// ParagraphStyle is how a paragraph is set.
type ParagraphStyle string

// The styles of paragraph.
const (
	PlainText  ParagraphStyle = ""       // justified, first line indented
	CentreText ParagraphStyle = "centre" // bold
	GroundText ParagraphStyle = "ground" // italic, as grounds of a decision
)

// Paragraph is a stretch of words; Lead is its bold beginning: "Điều 1."
type Paragraph struct {
	Lead  string         `json:"lead,omitempty"`
	Text  string         `json:"text"`
	Style ParagraphStyle `json:"style,omitempty"`
}

// Foot is one of those who sign a list: her post, a remark such as "(ký, ghi rõ họ tên)", her name.
type Foot struct {
	Post string `json:"post"`
	Note string `json:"note,omitempty"`
	Name string `json:"name,omitempty"`
}

// Cover is the first page of a book.
type Cover struct {
	Title string   `json:"title"`
	Lines []string `json:"lines"`
}
