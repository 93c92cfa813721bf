package sheets

import (
	"bytes"
	"strconv"

	"github.com/xuri/excelize/v2"

	"datchuan/models"
)

// The rows and columns of a grade file. The codes in the hidden row and column tell what a cell is, whatever somebody does to the
// headings.
const (
	gradeCodes  = 4 // hidden row: the class, and test.try of each column
	gradeHead   = 5
	gradeFirst  = gradeHead + 1
	gradeScores = 5 // first column of scores
)

// gradeMark stands before the code of the class in the first cell of the hidden row.
const gradeMark = "datchuan:"

// gradeHeads are the columns before the scores; the first one is hidden.
var gradeHeads = []struct {
	word  string
	width float64
}{{"sheets.grades_id", 8}, {"sheets.grades_number", 6}, {"sheets.grades_name", 30}, {"sheets.grades_birth", 14}, {"sheets.grades_unit", 30}}

// Grades makes the grade file of a class: its learners with the scores that are known. Only the cells of scores are unlocked.
func Grades(book models.GradeBook) ([]byte, error) {
	f := excelize.NewFile(safeOptions)
	defer f.Close()
	w := gradeWriter{f: f, sheet: models.Word(models.Vi, "sheets.grades_sheet")}
	for _, step := range []func(models.GradeBook) error{w.begin, w.heads, w.lines, w.finish} {
		if err := step(book); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

type gradeWriter struct {
	f      *excelize.File
	sheet  string
	styles sheetStyles
	open   int // style of a cell that may be filled in
	locked int // style of a try that nobody has yet
}

func (w *gradeWriter) begin(book models.GradeBook) (err error) {
	if err := w.f.SetSheetName("Sheet1", w.sheet); err != nil {
		return err
	}
	if w.styles, err = newStyles(w.f); err != nil {
		return err
	}
	text := "@"
	border := []excelize.Border{{Type: "left", Color: "BFBFBF", Style: 1}, {Type: "right", Color: "BFBFBF", Style: 1}, {Type: "top", Color: "BFBFBF", Style: 1}, {Type: "bottom", Color: "BFBFBF", Style: 1}}
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "top"}
	font := &excelize.Font{Family: "Times New Roman", Size: 12}
	// Scores are text, so that Excel makes no date of 7.5.
	w.open, err = w.f.NewStyle(&excelize.Style{Font: font, Border: border, Alignment: middle, CustomNumFmt: &text, Protection: &excelize.Protection{Locked: false}})
	if err != nil {
		return err
	}
	w.locked, err = w.f.NewStyle(&excelize.Style{Font: font, Border: border, Alignment: middle, CustomNumFmt: &text, Protection: &excelize.Protection{Locked: false},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}})
	if err != nil {
		return err
	}
	for row, line := range []string{models.Word(models.Vi, "sheets.grades_title"), book.Class, models.Word(models.Vi, "sheets.grades_help")} {
		if err := w.text(row+1, 1, line, w.styles.title); err != nil || row == 2 {
			return err
		}
	}
	return nil
}

func (w *gradeWriter) text(row, col int, text string, style int) error {
	if err := w.f.SetCellStr(w.sheet, address(row, col), safeText(text)); err != nil {
		return err
	}
	return w.f.SetCellStyle(w.sheet, address(row, col), address(row, col), style)
}

func (w *gradeWriter) heads(book models.GradeBook) error {
	if err := w.text(gradeCodes, 0, gradeMark+book.Code, w.styles.text); err != nil {
		return err
	}
	for i, h := range gradeHeads {
		if err := w.text(gradeHead, i, models.Word(models.Vi, h.word), w.styles.head); err != nil {
			return err
		}
		if err := w.f.SetColWidth(w.sheet, columnName(i), columnName(i), h.width); err != nil {
			return err
		}
	}
	for i, c := range book.Columns {
		name := c.Name
		if c.Try > 1 {
			name = models.Word(models.Vi, "sheets.grades_try", "test", c.Name, "n", strconv.Itoa(c.Try))
		}
		if err := w.text(gradeCodes, gradeScores+i, gradeColumn(c), w.styles.text); err != nil {
			return err
		}
		if err := w.text(gradeHead, gradeScores+i, name, w.styles.head); err != nil {
			return err
		}
		if err := w.f.SetColWidth(w.sheet, columnName(gradeScores+i), columnName(gradeScores+i), 16); err != nil {
			return err
		}
	}
	return nil
}

// gradeColumn is how the hidden row names a column.
func gradeColumn(c models.GradeColumn) string { return c.Test + "." + strconv.Itoa(c.Try) }

func (w *gradeWriter) lines(book models.GradeBook) error {
	for n, l := range book.Lines {
		row := gradeFirst + n
		for col, text := range []string{strconv.FormatInt(l.EnrolmentID, 10), strconv.Itoa(n + 1), l.Name, l.Birth.VN(), l.Unit} {
			if err := w.text(row, col, text, w.styles.text); err != nil {
				return err
			}
		}
		for i := range book.Columns {
			text, style := "", w.open
			if l.Scores[i] != nil {
				text = models.ScoreText(*l.Scores[i])
			} else if !book.MayTry(l.Scores, i) {
				style = w.locked
			}
			if err := w.text(row, gradeScores+i, text, style); err != nil {
				return err
			}
		}
	}
	return nil
}

// finish hides the codes, freezes the headings and locks all but the scores. There is no password: the lock is against slips.
func (w *gradeWriter) finish(models.GradeBook) error {
	if err := w.f.SetColVisible(w.sheet, "A", false); err != nil {
		return err
	}
	if err := w.f.SetRowVisible(w.sheet, gradeCodes, false); err != nil {
		return err
	}
	err := w.f.SetPanes(w.sheet, &excelize.Panes{Freeze: true, XSplit: 3, YSplit: gradeHead, TopLeftCell: address(gradeFirst, 3), ActivePane: "bottomRight"})
	if err != nil {
		return err
	}
	return w.f.ProtectSheet(w.sheet, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true})
}
