package models

import (
	"strconv"
	"strings"
)

// LearnerList is the danh sách học viên. Learners come in the order of the paper; each change of district heads a group.
type LearnerList struct {
	PaperHead
	Class    ClassFacts `json:"class"`
	Learners []Learner  `json:"learners"`
}

// Paper lays out the list.
func (l LearnerList) Paper() Paper {
	p := l.paper("DANH SÁCH HỌC VIÊN", lines(l.Class.line(), l.Class.decided())...)
	p.Table.Columns = []Column{
		{Key: "no", Title: "TT", Kind: IntColumn, Width: 8}, {Key: "name", Title: "Họ và tên", Kind: TextColumn, Width: 38},
		{Key: "birth", Title: "Ngày sinh", Kind: DateColumn, Width: 19}, {Key: "ethnicity", Title: "Dân tộc", Kind: TextColumn, Width: 15},
		{Key: "post", Title: "Chức vụ", Kind: TextColumn, Width: 32}, {Key: "unit", Title: "Đơn vị (xã)", Kind: TextColumn, Width: 28},
		{Key: "district", Title: "Huyện/TP", Kind: TextColumn, Width: 24}, {Key: "profession", Title: "Trình độ CM", Kind: TextColumn, Width: 24},
		{Key: "political", Title: "LLCT", Kind: TextColumn, Width: 18}, {Key: "phone", Title: "Điện thoại", Kind: TextColumn, Width: 22},
		{Key: "note", Title: "Ghi chú", Kind: TextColumn, Width: 20}}
	district, groups := "", 0
	for i, one := range l.Learners {
		if one.District != district || i == 0 && one.District != "" {
			district, groups = one.District, groups+1
			p.Table.Headings = append(p.Table.Headings, len(p.Table.Rows))
			p.Table.Rows = append(p.Table.Rows, []any{Roman(groups), Capitalized(firstOf(district, "đơn vị khác")), nil, nil, nil, nil, nil, nil, nil, nil, nil})
		}
		p.Table.Rows = append(p.Table.Rows, []any{i + 1, one.Name, one.Birth, one.Ethnicity, one.Post, one.Unit, one.District, one.Profession,
			one.Political, one.Phone, one.Note})
	}
	p.Closing = "Danh sách này có " + itoa(len(l.Learners)) + " học viên (" + InWords(len(l.Learners)) + ")."
	return p
}

// RollSession is a column of a roll.
type RollSession struct {
	Date Date    `json:"date"`
	Part HalfDay `json:"part"`
}

// RollLine is what the roll says of a learner: a mark for each session, "" where none was made.
type RollLine struct {
	Name  string `json:"name"`
	Unit  string `json:"unit"`
	Marks []Mark `json:"marks,omitempty"`
	Note  string `json:"note,omitempty"`
}

// RollSheet is the bảng điểm danh of a week. Blank leaves the marks to be made by hand; ToSign has a wide column for the
// learners' own signatures in their place.
type RollSheet struct {
	PaperHead
	Class    ClassFacts    `json:"class"`
	Week     int           `json:"week"`
	Sessions []RollSession `json:"sessions"`
	Lines    []RollLine    `json:"lines"`
	Blank    bool          `json:"blank"`
	ToSign   bool          `json:"to_sign"`
}

// Paper lays out the roll.
func (r RollSheet) Paper() Paper {
	under := "Lớp " + r.Class.full()
	if r.Week > 0 {
		under += " - tuần " + itoa(r.Week)
	}
	if n := len(r.Sessions); n > 0 {
		under += " (" + ClassFacts{From: r.Sessions[0].Date, To: r.Sessions[n-1].Date}.span() + ")"
	}
	p := r.paper("BẢNG ĐIỂM DANH", under)
	p.Table.Columns = []Column{{Key: "no", Title: "TT", Kind: IntColumn, Width: 9}, {Key: "name", Title: "Họ và tên", Kind: TextColumn, Width: 42},
		{Key: "unit", Title: "Đơn vị", Kind: TextColumn, Width: 40}}
	if r.ToSign {
		p.Table.Columns = append(p.Table.Columns, Column{Key: "sign", Title: "Ký tên", Kind: TextColumn, Width: 60})
	} else {
		for i, s := range r.Sessions {
			day := s.Date.VN()
			p.Table.Columns = append(p.Table.Columns, Column{Key: "s" + strconv.Itoa(i+1), Title: string(s.Part), Kind: MarkColumn, Width: 8, Group: day[:min(5, len(day))]})
		}
		p.Table.Columns = append(p.Table.Columns, Column{Key: "present", Title: "Tổng buổi có mặt", Kind: IntColumn, Width: 17},
			Column{Key: "excused", Title: "P", Kind: IntColumn, Width: 9, Group: "Vắng"}, Column{Key: "unexcused", Title: "K", Kind: IntColumn, Width: 9, Group: "Vắng"})
	}
	p.Table.Columns = append(p.Table.Columns, Column{Key: "note", Title: "Ghi chú", Kind: TextColumn, Width: 26})
	for i, line := range r.Lines {
		p.Table.Rows = append(p.Table.Rows, r.row(i+1, line))
	}
	p.Table.Tall = r.ToSign || r.Blank
	if !r.ToSign {
		p.Closing = "Ký hiệu: x có mặt; P vắng có phép; K vắng không phép; M đi muộn. S buổi sáng; C buổi chiều; T buổi tối."
	}
	p.Feet = []Foot{{Post: "Giảng viên/Chủ nhiệm lớp", Note: "(Ký, ghi rõ họ tên)"}, {Post: "Lớp trưởng", Note: "(Ký, ghi rõ họ tên)"}}
	return p
}

func (r RollSheet) row(n int, line RollLine) []any {
	row := []any{n, line.Name, line.Unit}
	if r.ToSign {
		return append(row, nil, line.Note)
	}
	present, excused, unexcused := 0, 0, 0
	for i := range r.Sessions {
		mark := Mark("")
		if i < len(line.Marks) && !r.Blank {
			mark = line.Marks[i]
		}
		row = append(row, string(mark))
		switch {
		case mark.Attended():
			present++
		case mark == Excused:
			excused++
		case mark == Unexcused:
			unexcused++
		}
	}
	if r.Blank {
		return append(row, nil, nil, nil, line.Note)
	}
	return append(row, present, excused, unexcused, line.Note)
}

// ScoreLine is what a learner has reached. Scores are in tenths, one for each test, NotTaken where she has none; Average in
// hundredths, -1 without.
type ScoreLine struct {
	Name    string      `json:"name"`
	Birth   PartialDate `json:"birth,omitempty"`
	Unit    string      `json:"unit,omitempty"`
	Periods int         `json:"periods"`
	Of      int         `json:"of"`
	Scores  []int       `json:"scores"`
	Average int         `json:"average"`
	Grade   string      `json:"grade,omitempty"` // as printed
	Outcome Outcome     `json:"outcome"`
	Note    string      `json:"note,omitempty"`
}

// ScoreSheet is the bảng điểm of a class.
type ScoreSheet struct {
	PaperHead
	Class ClassFacts  `json:"class"`
	Tests []string    `json:"tests"` // their names
	Lines []ScoreLine `json:"lines"`
	Feet  []Foot      `json:"feet"` // none = the three that a school has
}

// Paper lays out the sheet.
func (s ScoreSheet) Paper() Paper {
	p := s.paper("BẢNG TỔNG HỢP KẾT QUẢ HỌC TẬP", lines(s.Class.line(), s.Class.decided())...)
	p.Table.Columns = []Column{{Key: "no", Title: "TT", Kind: IntColumn, Width: 8}, {Key: "name", Title: "Họ và tên", Kind: TextColumn, Width: 38},
		{Key: "birth", Title: "Ngày sinh", Kind: DateColumn, Width: 19}, {Key: "unit", Title: "Đơn vị", Kind: TextColumn, Width: 36},
		{Key: "periods", Title: "Số tiết dự/ Tổng số tiết", Kind: MarkColumn, Width: 24}}
	for i, test := range s.Tests {
		p.Table.Columns = append(p.Table.Columns, Column{Key: "t" + strconv.Itoa(i+1), Title: test, Kind: MarkColumn, Width: 18, Group: "Điểm kiểm tra, thi"})
	}
	p.Table.Columns = append(p.Table.Columns, Column{Key: "average", Title: "Trung bình", Kind: MarkColumn, Width: 14},
		Column{Key: "grade", Title: "Xếp loại", Kind: TextColumn, Width: 20}, Column{Key: "outcome", Title: "Kết quả", Kind: TextColumn, Width: 20},
		Column{Key: "note", Title: "Ghi chú", Kind: TextColumn, Width: 20})
	counts, order := map[string]int{}, []string{}
	for i, line := range s.Lines {
		row := []any{i + 1, line.Name, line.Birth, line.Unit, attended(line)}
		for t := range s.Tests {
			score := NotTaken
			if t < len(line.Scores) {
				score = line.Scores[t]
			}
			row = append(row, scoreText(score))
		}
		outcome := outcomeText(line.Outcome)
		p.Table.Rows = append(p.Table.Rows, append(row, averageText(line.Average), line.Grade, outcome, line.Note))
		for _, key := range lines(outcome, after("xếp loại ", line.Grade)) {
			if counts[key]++; counts[key] == 1 {
				order = append(order, key)
			}
		}
	}
	p.Closing = "Tổng số: " + itoa(len(s.Lines)) + " học viên"
	for _, key := range order {
		p.Closing += "; " + strings.ToLower(key) + ": " + itoa(counts[key])
	}
	p.Closing += "."
	if p.Feet = s.Feet; len(p.Feet) == 0 {
		p.Feet = []Foot{{Post: "Người lập bảng"}, {Post: "Phòng Đào tạo"}, {Post: "HIỆU TRƯỞNG", Name: s.Signer}}
	}
	return p
}

func attended(line ScoreLine) string {
	if line.Of <= 0 {
		return ""
	}
	return itoa(line.Periods) + "/" + itoa(line.Of) + " (" + itoa((line.Periods*200+line.Of)/(2*line.Of)) + "%)"
}

// averageText writes hundredths of a point with one decimal, half up.
func averageText(hundredths int) string {
	if hundredths < 0 {
		return "–"
	}
	return scoreText((hundredths + 5) / 10)
}

func outcomeText(o Outcome) string {
	switch o {
	case Passed:
		return "Đạt"
	case Failed:
		return "Không đạt"
	case Retake:
		return "Thi lại"
	}
	return "Chưa có kết quả"
}

// RegisterLine is a certificate in the register, or a later line about one (cấp lại, hủy, thu hồi).
type RegisterLine struct {
	Register   string      `json:"register"` // số vào sổ
	Name       string      `json:"name"`
	Birth      PartialDate `json:"birth,omitempty"`
	BirthPlace string      `json:"birth_place,omitempty"`
	Ethnicity  string      `json:"ethnicity,omitempty"`
	Unit       string      `json:"unit,omitempty"` // chức vụ, đơn vị
	Course     string      `json:"course,omitempty"`
	Grade      string      `json:"grade,omitempty"`
	Serial     string      `json:"serial,omitempty"`
	IssuedOn   Date        `json:"issued_on,omitempty"`
	Note       string      `json:"note,omitempty"`
}

// RegisterClass are the lines of a class.
type RegisterClass struct {
	Class ClassFacts     `json:"class"`
	Lines []RegisterLine `json:"lines"`
}

// Register is the sổ cấp: a cover, then the classes.
type Register struct {
	PaperHead
	Title   string          `json:"title"` // "" = SỔ CẤP CHỨNG CHỈ BỒI DƯỠNG
	Volume  string          `json:"volume,omitempty"`
	From    Date            `json:"from,omitempty"`
	To      Date            `json:"to,omitempty"`
	Classes []RegisterClass `json:"classes"`
}

// Papers lays out the register: the cover goes with the first class.
func (r Register) Papers() []Paper {
	title := firstOf(r.Title, "SỔ CẤP CHỨNG CHỈ BỒI DƯỠNG")
	cover := &Cover{Title: title, Lines: lines(after("Quyển số: ", r.Volume), join(" ", after("Từ ngày ", r.From.VN()), after("đến ngày ", r.To.VN())))}
	classes := r.Classes
	if len(classes) == 0 {
		classes = []RegisterClass{{}}
	}
	var out []Paper
	for i, c := range classes {
		p := Paper{Title: title, Date: r.Date, Subtitles: lines(after("Lớp ", c.Class.full()),
			join("; ", after("Quyết định số ", c.Class.Decision+after(" ngày ", c.Class.DecidedOn.VN())), after("thời gian ", c.Class.span())))}
		if c.Class.Decision == "" {
			p.Subtitles = lines(after("Lớp ", c.Class.full()), after("Thời gian ", c.Class.span()))
		}
		if i == 0 {
			p.Letterhead, p.Cover = r.Letterhead, cover
		}
		p.Table = registerTable(c)
		p.Closing = "Cộng: " + itoa(len(c.Lines)) + " dòng."
		p.Feet = []Foot{{Post: "Người vào sổ", Note: "(Ký, ghi rõ họ tên)"}, {Post: r.Post, Name: r.Signer}}
		out = append(out, p)
	}
	return out
}

func registerTable(c RegisterClass) Table {
	t := Table{Tall: true, Columns: []Column{{Key: "register", Title: "Số vào sổ", Kind: MarkColumn, Width: 16}, {Key: "name", Title: "Họ và tên", Kind: TextColumn, Width: 34},
		{Key: "birth", Title: "Ngày sinh", Kind: DateColumn, Width: 19}, {Key: "birth_place", Title: "Nơi sinh", Kind: TextColumn, Width: 24},
		{Key: "ethnicity", Title: "Dân tộc", Kind: TextColumn, Width: 13}, {Key: "unit", Title: "Chức vụ, đơn vị", Kind: TextColumn, Width: 36},
		{Key: "course", Title: "Tên khóa, thời gian", Kind: TextColumn, Width: 32}, {Key: "grade", Title: "Xếp loại", Kind: TextColumn, Width: 14},
		{Key: "serial", Title: "Số hiệu chứng chỉ", Kind: MarkColumn, Width: 20}, {Key: "issued", Title: "Ngày cấp", Kind: DateColumn, Width: 19},
		{Key: "signed", Title: "Ký nhận", Kind: TextColumn, Width: 18}, {Key: "note", Title: "Ghi chú", Kind: TextColumn, Width: 22}}}
	for _, l := range c.Lines {
		t.Rows = append(t.Rows, []any{l.Register, l.Name, l.Birth, l.BirthPlace, l.Ethnicity, l.Unit, l.Course, l.Grade, l.Serial, l.IssuedOn, nil, l.Note})
	}
	return t
}
