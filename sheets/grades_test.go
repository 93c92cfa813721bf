package sheets

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"datchuan/models"
)

func tenths(n int) *int { return &n }

// book is a class of three with two tests, each of which may be tried twice. The second learner has failed the first test.
func book() models.GradeBook {
	return models.GradeBook{Code: "C04-2013-1", Class: "Lớp 10 ngày khóa 1", MinScore: 50,
		Columns: []models.GradeColumn{{Test: "a", Name: "Phần 1", Try: 1}, {Test: "a", Name: "Phần 1", Try: 2}, {Test: "b", Name: "Cuối khóa", Try: 1}, {Test: "b", Name: "Cuối khóa", Try: 2}},
		Lines: []models.GradeLine{
			{EnrolmentID: 11, Name: "Nguyễn Thị Ánh", Birth: 19750805, Unit: "xã Mỹ Thủy", Scores: make([]*int, 4)},
			{EnrolmentID: 12, Name: "=HYPERLINK(\"http://x\")", Birth: 19800000, Unit: "xã Phú Thủy", Scores: []*int{tenths(40), nil, nil, nil}},
			{EnrolmentID: 13, Name: "Hồ Thị Êm", Unit: "xã Ngân Thủy", Scores: []*int{tenths(85), nil, nil, nil}},
		}}
}

// filled is the grade file after somebody has worked on it in Excel.
func filled(t *testing.T, edit func(f *excelize.File, sheet string)) []byte {
	t.Helper()
	data, err := Grades(book())
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	edit(f, f.GetSheetName(0))
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestGradesGoOutAndComeBack(t *testing.T) {
	if cells, err := ReadGrades(filled(t, func(*excelize.File, string) {}), book()); err != nil || len(cells) != 0 {
		t.Errorf("an untouched file: %v, %v", cells, err)
	}
	cells, err := ReadGrades(filled(t, func(f *excelize.File, sheet string) {
		f.SetCellStr(sheet, "F6", "7,5")
		f.SetCellFloat(sheet, "H6", 8.5, 1, 64)
		f.SetCellStr(sheet, "G7", " 6.0 ")
		f.SetCellStr(sheet, "H7", "v")
		f.SetCellInt(sheet, "F8", 10)
		f.SetCellStr(sheet, "F5", "Điểm phần một") // headings may be changed
	}), book())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range cells {
		got = append(got, gradeColumn(models.GradeColumn{Test: c.Test, Try: c.Try})+"="+models.ScoreText(*c.Tenths))
	}
	if want := "a.1=7,5 b.1=8,5 a.2=6,0 b.1=V a.1=10,0"; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
}

// The second try may stand in the same file as the first one that was failed.
func TestGradesOfBothTries(t *testing.T) {
	cells, err := ReadGrades(filled(t, func(f *excelize.File, sheet string) { f.SetCellStr(sheet, "H8", "4"); f.SetCellStr(sheet, "I8", "5") }), book())
	if err != nil || len(cells) != 2 {
		t.Errorf("%v, %v", cells, err)
	}
}

func TestGradeFileIsLocked(t *testing.T) {
	filled(t, func(f *excelize.File, sheet string) {
		if open, err := f.GetColVisible(sheet, "A"); open || err != nil {
			t.Error("the column of codes is to be seen")
		}
		if open, err := f.GetRowVisible(sheet, gradeCodes); open || err != nil {
			t.Error("the row of codes is to be seen")
		}
		for cell, locked := range map[string]bool{"A6": true, "C6": true, "F6": false, "I8": false} {
			id, err := f.GetCellStyle(sheet, cell)
			if err != nil {
				t.Fatal(err)
			}
			style, err := f.GetStyle(id)
			if err != nil || (style.Protection == nil || style.Protection.Locked) != locked {
				t.Errorf("%s: %+v, %v", cell, style.Protection, err)
			}
		}
		if formula, err := f.GetCellFormula(sheet, "C7"); formula != "" || err != nil {
			t.Errorf("a name became the formula %q", formula)
		}
	})
}

func TestGradesRefused(t *testing.T) {
	for code, edit := range map[string]func(f *excelize.File, sheet string){
		"sheets.grades_score 1": func(f *excelize.File, s string) { f.SetCellStr(s, "F6", "mười") },
		"sheets.grades_score":   func(f *excelize.File, s string) { f.SetCellStr(s, "F6", "10,5") },
		"sheets.grades_score 2": func(f *excelize.File, s string) { f.SetCellFloat(s, "F6", 7.25, 2, 64) },
		"sheets.grades_score 3": func(f *excelize.File, s string) { f.SetCellFormula(s, "F6", "=5+2") },
		"sheets.grades_score 4": func(f *excelize.File, s string) { f.SetCellInt(s, "F6", -1) },
		"sheets.grades_score 5": func(f *excelize.File, s string) {
			format := "dd/mm/yyyy"
			id, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			f.SetCellInt(s, "F6", 7)
			f.SetCellStyle(s, "F6", "F6", id)
		},
		"sheets.grades_score 6":  func(f *excelize.File, s string) { f.SetCellStr(s, "F6", strings.Repeat("9", 30_000)) },
		"sheets.grades_no_try":   func(f *excelize.File, s string) { f.SetCellStr(s, "G8", "9") },
		"sheets.grades_no_try 2": func(f *excelize.File, s string) { f.SetCellStr(s, "I6", "9") },
		"sheets.grades_unknown": func(f *excelize.File, s string) {
			f.SetCellStr(s, "A9", "99")
			f.SetCellStr(s, "C9", "Trần Thị Lạ")
		},
		"sheets.grades_unknown 2":   func(f *excelize.File, s string) { f.SetCellStr(s, "A9", "0x0b") },
		"sheets.grades_row_added":   func(f *excelize.File, s string) { f.SetCellStr(s, "C9", "Trần Thị Lạ") },
		"sheets.grades_row_added 2": func(f *excelize.File, s string) { f.SetCellStr(s, "F9", "7") },
		"sheets.grades_twice": func(f *excelize.File, s string) {
			f.SetCellStr(s, "A9", "11")
			f.SetCellStr(s, "C9", "Nguyễn Thị Ánh")
		},
		"sheets.grades_missing":        func(f *excelize.File, s string) { f.RemoveRow(s, 8) },
		"sheets.grades_name_differs":   func(f *excelize.File, s string) { f.SetCellStr(s, "C6", "Hồ Thị Êm") },
		"sheets.grades_other_class":    func(f *excelize.File, s string) { f.SetCellStr(s, "A4", gradeMark+"C04-2013-2") },
		"sheets.grades_no_mark":        func(f *excelize.File, s string) { f.SetCellStr(s, "A4", "") },
		"sheets.grades_column_missing": func(f *excelize.File, s string) { f.RemoveCol(s, "G") },
		"sheets.grades_column_unknown": func(f *excelize.File, s string) { f.SetCellStr(s, "K4", "x.1") },
		"sheets.grades_column_unknown 2": func(f *excelize.File, s string) {
			f.SetCellStr(s, "K4", "a.1") // a copied column
		},
	} {
		cells, err := ReadGrades(filled(t, edit), book())
		want, _, _ := strings.Cut(code, " ")
		if cells != nil || !saysGrade(err, want) {
			t.Errorf("%s: %v, %v", code, cells, err)
		}
	}
}

func saysGrade(err error, code string) bool {
	var many models.Errors
	var one *models.Error
	if errors.As(err, &many) {
		one = many[0]
	} else if !errors.As(err, &one) {
		return false
	}
	text := one.Message(models.Vi)
	return one.Code == code && one.Kind == models.Invalid && one.Field == "file" && !strings.ContainsAny(text, "{}") && len(text) < 500
}

// One wrong cell among good ones: its row and column are named, and no score comes back.
func TestGradesAreAllOrNothing(t *testing.T) {
	cells, err := ReadGrades(filled(t, func(f *excelize.File, sheet string) {
		f.SetCellStr(sheet, "F6", "7")
		f.SetCellStr(sheet, "H7", "11")
		f.SetCellStr(sheet, "H8", "abc")
	}), book())
	var many models.Errors
	if cells != nil || !errors.As(err, &many) || len(many) != 2 {
		t.Fatalf("%v, %v", cells, err)
	}
	if text := many[0].Message(models.Vi); !strings.Contains(text, "Dòng 7, cột H") || !strings.Contains(text, "“11”") {
		t.Error(text)
	}
}

// What is no grade file is refused as any other upload is.
func TestGradesHostileFiles(t *testing.T) {
	files := map[string][]byte{"empty": nil, "text": []byte("họ tên;điểm"), "cut off": filled(t, func(*excelize.File, string) {})[:900],
		"macro": pack(t, map[string]string{"xl/vbaProject.bin": "x"}), "entities": pack(t, map[string]string{"xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>`})}
	for name, data := range files {
		if cells, err := ReadGrades(data, book()); cells != nil || models.KindOf(err) != models.Invalid {
			t.Errorf("%s: %v, %v", name, cells, err)
		}
	}
}

func FuzzReadGrades(f *testing.F) {
	data, err := Grades(book())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		cells, err := ReadGrades(data, book())
		if err != nil && models.KindOf(err) != models.Invalid || err != nil && cells != nil {
			t.Fatalf("%v, %v", cells, err)
		}
	})
}
