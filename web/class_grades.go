package web

import (
	"datchuan/models"
	"datchuan/sheets"
)

// gradeBook is the class of the address with its scores, for who may enter them.
func (q *request) gradeBook() (models.GradeBook, error) {
	d, err := q.classDetail()
	if err != nil {
		return models.GradeBook{}, err
	}
	return q.s.core.GradeBook(q.Request.Context(), q.actor, d.Class.ID)
}

func (s *server) gradeFile(q *request) error {
	book, err := q.gradeBook()
	if err != nil {
		return err
	}
	data, err := sheets.Grades(book)
	if err != nil {
		return err
	}
	return q.download("bang-diem-"+book.Code+".xlsx", xlsxType, data)
}

// uploadGrades enters the scores of a filled-in grade file, all or nothing.
func (s *server) uploadGrades(q *request) error {
	book, err := q.gradeBook()
	if err != nil {
		return err
	}
	d, err := q.classDetail()
	if err != nil {
		return err
	}
	changed := 0
	_, data, err := q.file("file", sheets.MaxFile)
	var cells []models.GradeCell
	if err == nil {
		cells, err = sheets.ReadGrades(data, book)
	}
	if err == nil {
		changed, err = s.core.SaveGrades(q.Request.Context(), q.actor, d.Class.ID, cells)
	}
	return q.scored(d, changed, err)
}
