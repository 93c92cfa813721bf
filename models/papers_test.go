package models

import (
	"slices"
	"strings"
	"testing"
)

func TestInWords(t *testing.T) {
	for n, want := range map[int]string{0: "không", 4: "bốn", 10: "mười", 11: "mười một", 15: "mười lăm", 21: "hai mươi mốt", 24: "hai mươi tư",
		33: "ba mươi ba", 105: "một trăm linh năm", 110: "một trăm mười", 555: "năm trăm năm mươi lăm", 1005: "một nghìn không trăm linh năm",
		159: "một trăm năm mươi chín", 2_000_001: "hai triệu không trăm linh một", -3: "-3"} {
		if got := InWords(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestRoman(t *testing.T) {
	for n, want := range map[int]string{1: "I", 4: "IV", 9: "IX", 14: "XIV", 49: "XLIX", 104: "CIV"} {
		if got := Roman(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}

func said(p Paper) string {
	out := p.Number + "|" + p.Title + "|" + strings.Join(p.Subtitles, "|")
	for _, w := range p.Words {
		out += "|" + strings.TrimSpace(w.Lead+" "+w.Text)
	}
	return out + "|" + p.Closing
}

func TestOpeningDecision(t *testing.T) {
	d := OpeningDecision{PaperHead: PaperHead{Number: "45/QĐ-BTV", Date: NewDate(2013, 5, 20)}, Issuer: "Ban Thường vụ Hội", Year: 2013, Proposer: "Ban Tổ chức",
		Class: ClassFacts{Name: "nghiệp vụ", Term: "II", From: NewDate(2013, 6, 3), To: NewDate(2013, 6, 14)}, Doers: "Văn phòng",
		Grounds: []string{"Điều lệ Hội;", "Căn cứ Kế hoạch số 162/KH-BTV"}, Learners: []Learner{{Name: "a"}, {Name: "b"}}}
	p := d.Paper()
	got := said(p)
	for _, want := range []string{"Số: 45/QĐ-BTV|QUYẾT ĐỊNH|Về việc mở lớp nghiệp vụ khóa II năm 2013|BAN THƯỜNG VỤ HỘI|Căn cứ Điều lệ Hội;|Căn cứ Kế hoạch số 162/KH-BTV;|Theo đề nghị của Ban Tổ chức,|QUYẾT ĐỊNH:",
		"Điều 1. Mở lớp nghiệp vụ khóa II gồm 2 học viên (có danh sách kèm theo).|Thời gian: từ ngày 03/06/2013 đến ngày 14/06/2013.|Điều 2. Kinh phí thực hiện theo quy định hiện hành.",
		"Điều 3. Văn phòng và các học viên có tên ở Điều 1 chịu trách nhiệm thi hành Quyết định này./."} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q\n%s", want, got)
		}
	}
	if p.Attached == nil || len(p.Attached.Table.Rows) != 2 || !slices.Contains(p.Attached.Subtitles, "(Kèm theo Quyết định số 45/QĐ-BTV ngày 20/05/2013)") {
		t.Errorf("%+v", p.Attached)
	}
	d.Proposer, d.Learners = "", nil
	if p := d.Paper(); p.Attached != nil || !strings.Contains(said(p), "162/KH-BTV,|") {
		t.Error(said(p))
	}
}

func TestSummons(t *testing.T) {
	s := Summons{Issuer: "Ban Thường vụ", Class: ClassFacts{Name: "nghiệp vụ", From: NewDate(2013, 6, 3)}, District: "huyện Lệ Thủy",
		Learners: []Learner{{Name: "Hồ Thị Pả", Post: "Chủ tịch", Unit: "xã Ngân Thủy", District: "huyện Minh Hóa"}, {Name: "Lê Thị Hoa"}}}
	each := s.Each()
	if len(each) != 2 || each[0].Attached != nil || !strings.Contains(said(each[0]), "Đồng chí: Hồ Thị Pả|Chức vụ: Chủ tịch, đơn vị: xã Ngân Thủy, huyện Minh Hóa|Thời gian: ngày 03/06/2013.|Đề nghị Hội LHPN huyện Minh Hóa thông báo") {
		t.Error(said(each[0]))
	}
	if strings.Contains(said(each[1]), "Hồ Thị Pả") || !strings.Contains(said(each[1]), "Hội LHPN huyện Lệ Thủy") {
		t.Error(said(each[1]))
	}
	all := s.Paper()
	if all.Attached == nil || len(all.Attached.Table.Rows) < 2 || !strings.Contains(said(all), "Các đồng chí thuộc huyện Lệ Thủy có tên trong danh sách kèm theo (gồm 2 người).") {
		t.Error(said(all))
	}
}

// A change of district heads a group; the numbers of people run on.
func TestLearnerListGroups(t *testing.T) {
	p := LearnerList{Learners: []Learner{{Name: "a", District: "huyện Lệ Thủy"}, {Name: "b", District: "huyện Lệ Thủy"}, {Name: "c", District: "huyện Minh Hóa"}}}.Paper()
	var first []any
	for _, row := range p.Table.Rows {
		first = append(first, row[0])
		if len(row) != len(p.Table.Columns) {
			t.Errorf("%d cells", len(row))
		}
	}
	if !slices.Equal(first, []any{"I", 1, 2, "II", 3}) || !slices.Equal(p.Table.Headings, []int{0, 3}) || p.Table.Rows[3][1] != "Huyện Minh Hóa" {
		t.Errorf("%v %v", first, p.Table.Headings)
	}
	if p.Closing != "Danh sách này có 3 học viên (ba)." {
		t.Error(p.Closing)
	}
}

func TestRollSheet(t *testing.T) {
	r := RollSheet{Sessions: []RollSession{{NewDate(2013, 6, 3), Morning}, {NewDate(2013, 6, 3), Afternoon}, {NewDate(2013, 6, 4), Morning}},
		Lines: []RollLine{{Name: "a", Marks: []Mark{Present, Late, Excused}}, {Name: "b", Marks: []Mark{Unexcused}}}}
	if got := r.Paper().Table.Rows; !slices.Equal(got[0], []any{1, "a", "", "x", "M", "P", 2, 1, 0, ""}) || !slices.Equal(got[1], []any{2, "b", "", "K", "", "", 0, 0, 1, ""}) {
		t.Errorf("%v", got)
	}
	if c := r.Paper().Table.Columns; c[3].Group != "03/06" || c[3].Title != "S" || c[5].Group != "04/06" {
		t.Errorf("%v", c)
	}
	r.Blank = true
	if got := r.Paper().Table.Rows[0]; !slices.Equal(got, []any{1, "a", "", "", "", "", nil, nil, nil, ""}) {
		t.Errorf("blank: %v", got)
	}
	r.ToSign = true
	if p := r.Paper(); len(p.Table.Rows[0]) != len(p.Table.Columns) || p.Table.Columns[3].Title != "Ký tên" {
		t.Errorf("to sign: %v", p.Table)
	}
}

func TestScoreSheet(t *testing.T) {
	p := ScoreSheet{Tests: []string{"Phần 1", "Phần 2"}, Lines: []ScoreLine{
		{Name: "a", Periods: 75, Of: 80, Scores: []int{75, 100}, Average: 875, Grade: "Giỏi", Outcome: Passed},
		{Name: "b", Of: 80, Scores: []int{NotTaken}, Average: -1, Outcome: Failed}, {Name: "c", Average: -1}}}.Paper()
	for i, want := range [][]any{{1, "a", PartialDate(0), "", "75/80 (94%)", "7,5", "10,0", "8,8", "Giỏi", "Đạt", ""},
		{2, "b", PartialDate(0), "", "0/80 (0%)", "–", "–", "–", "", "Không đạt", ""}, {3, "c", PartialDate(0), "", "", "–", "–", "–", "", "Chưa có kết quả", ""}} {
		if !slices.Equal(p.Table.Rows[i], want) {
			t.Errorf("%v, want %v", p.Table.Rows[i], want)
		}
	}
	if p.Closing != "Tổng số: 3 học viên; đạt: 1; xếp loại giỏi: 1; không đạt: 1; chưa có kết quả: 1." || len(p.Feet) != 3 {
		t.Error(p.Closing)
	}
}

func TestRegister(t *testing.T) {
	r := Register{Volume: "02", From: NewDate(2013, 1, 1), Classes: []RegisterClass{{Class: ClassFacts{Name: "x", Decision: "1/QĐ"}, Lines: make([]RegisterLine, 3)}, {}}}
	p := r.Papers()
	if len(p) != 2 || p[0].Cover == nil || p[1].Cover != nil || !slices.Equal(p[0].Cover.Lines, []string{"Quyển số: 02", "Từ ngày 01/01/2013"}) {
		t.Fatalf("%+v", p)
	}
	if !slices.Equal(p[0].Subtitles, []string{"Lớp x", "Quyết định số 1/QĐ"}) || len(p[0].Table.Rows) != 3 || len(p[0].Table.Rows[0]) != len(p[0].Table.Columns) {
		t.Errorf("%q", p[0].Subtitles)
	}
	if len((Register{}).Papers()) != 1 {
		t.Error("an empty register has a cover all the same")
	}
}
