package sheets

import (
	"slices"
	"strconv"
	"strings"

	"datchuan/models"
)

// gradeFindings is how many findings are told at once; who sees so many has the wrong file.
const gradeFindings = 100

// ReadGrades reads the scores that a grade file adds or changes. The file must be the one of this class, with every learner once and no
// one else; an empty cell says nothing. What is wrong comes back as models.Errors, each naming its row and column, and no score.
func ReadGrades(data []byte, book models.GradeBook) ([]models.GradeCell, error) {
	wb, err := Open(data)
	if err != nil {
		return nil, err
	}
	r := gradeReader{book: book, seen: map[int64]int{}}
	if err := r.find(wb); err != nil {
		return nil, err
	}
	r.readColumns()
	for _, row := range r.sheet.rows {
		if row.n > r.codes+1 {
			r.line(row.n)
		}
	}
	for _, l := range book.Lines {
		if r.seen[l.EnrolmentID] == 0 {
			r.wrong("sheets.grades_missing", "name", l.Name)
		}
	}
	if len(r.errs) > 0 {
		return nil, r.errs[:min(len(r.errs), gradeFindings)]
	}
	return r.cells, nil
}

type gradeReader struct {
	book    models.GradeBook
	sheet   *sheet
	codes   int         // row of the codes
	columns map[int]int // column of the book -> of the sheet
	seen    map[int64]int
	cells   []models.GradeCell
	errs    models.Errors
}

func (r *gradeReader) wrong(code string, params ...string) {
	r.errs = append(r.errs, models.Fail(models.Invalid, code, "file", params...))
}

// find looks for the sheet with the mark, and refuses the file of another class.
func (r *gradeReader) find(wb *Workbook) error {
	for _, s := range wb.sheets {
		for _, row := range s.rows[:min(len(s.rows), 40)] {
			code, ok := strings.CutPrefix(gradeText(s.at(row.n, 0)), gradeMark)
			if !ok {
				continue
			}
			if code != r.book.Code {
				return models.Fail(models.Invalid, "sheets.grades_other_class", "file", "code", code, "want", r.book.Code)
			}
			r.sheet, r.codes = s, row.n
			return nil
		}
	}
	return models.Fail(models.Invalid, "sheets.grades_no_mark", "file")
}

func gradeText(c cell) string { return strings.TrimSpace(c.text) }

// readColumns finds the column of each test and try by its code.
func (r *gradeReader) readColumns() {
	r.columns = map[int]int{}
	for col := gradeScores; col < max(r.sheet.width, gradeScores+len(r.book.Columns)) && col < MaxColumns; col++ {
		code := gradeText(r.sheet.at(r.codes, col))
		if code == "" {
			continue
		}
		i := slices.IndexFunc(r.book.Columns, func(c models.GradeColumn) bool { return gradeColumn(c) == code })
		if _, twice := r.columns[i]; i < 0 || twice {
			r.wrong("sheets.grades_column_unknown", "column", columnName(col), "code", code)
			continue
		}
		r.columns[i] = col
	}
	for i, c := range r.book.Columns {
		if _, found := r.columns[i]; !found {
			r.wrong("sheets.grades_column_missing", "test", c.Name, "n", strconv.Itoa(c.Try))
		}
	}
}

// line reads one row: whose it is, and her scores.
func (r *gradeReader) line(row int) {
	at, id := strconv.Itoa(row), gradeText(r.sheet.at(row, 0))
	name := gradeText(r.sheet.at(row, 2))
	if id == "" {
		if name != "" || r.anyScore(row) {
			r.wrong("sheets.grades_row_added", "row", at, "name", name)
		}
		return
	}
	number, err := strconv.ParseInt(id, 10, 64)
	i := slices.IndexFunc(r.book.Lines, func(l models.GradeLine) bool { return l.EnrolmentID == number })
	switch {
	case err != nil || i < 0:
		r.wrong("sheets.grades_unknown", "row", at, "name", name)
		return
	case models.Fold(name) != models.Fold(r.book.Lines[i].Name): // a column was sorted without the others
		r.wrong("sheets.grades_name_differs", "row", at, "name", name, "want", r.book.Lines[i].Name)
	case r.seen[number] > 0:
		r.wrong("sheets.grades_twice", "row", at, "name", name, "first", strconv.Itoa(r.seen[number]))
		return
	}
	r.seen[number] = row
	r.scores(row, r.book.Lines[i])
}

func (r *gradeReader) anyScore(row int) bool {
	for _, col := range r.columns {
		if gradeText(r.sheet.at(row, col)) != "" {
			return true
		}
	}
	return false
}

func (r *gradeReader) scores(row int, l models.GradeLine) {
	now := slices.Clone(l.Scores)
	for i, c := range r.book.Columns {
		col, found := r.columns[i]
		if !found {
			continue
		}
		cell := r.sheet.at(row, col)
		where := []string{"row", strconv.Itoa(row), "column", columnName(col), "name", l.Name, "test", c.Name, "typed", short(gradeText(cell))}
		tenths, err := models.ReadScore(gradeText(cell))
		switch {
		case cell.kind == errorCell || cell.kind == formulaCell || cell.kind == boolCell || err != nil || tenths != nil && cell.date:
			r.wrong("sheets.grades_score", where...)
			continue
		case tenths == nil || l.Scores[i] != nil && *l.Scores[i] == *tenths:
			continue
		}
		now[i] = tenths
		if !r.book.MayTry(now, i) {
			r.wrong("sheets.grades_no_try", where...)
			continue
		}
		r.cells = append(r.cells, models.GradeCell{EnrolmentID: l.EnrolmentID, Test: c.Test, Try: c.Try, Tenths: tenths})
	}
}

// short keeps a message readable, whatever stands in a cell.
func short(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}
