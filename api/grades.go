package api

import (
	"context"

	"datchuan/sheets"
)

func (s *server) gradeFile(ctx context.Context, by caller, in *IDPath) (*file, error) {
	book, err := s.core.GradeBook(ctx, by.actor, in.ID)
	if err != nil {
		return nil, err
	}
	data, err := sheets.Grades(book)
	return attach(xlsxType, "bang-diem-"+book.Code+".xlsx", data), err
}

func (s *server) uploadGrades(ctx context.Context, by caller, in *fileUpload) (*reply[saved], error) {
	book, err := s.core.GradeBook(ctx, by.actor, in.ID)
	if err != nil {
		return nil, err
	}
	_, data, err := readUpload(in.RawBody.Data().File, maxRoster)
	if err != nil {
		return nil, err
	}
	cells, err := sheets.ReadGrades(data, book)
	if err != nil {
		return nil, err
	}
	changed, err := s.core.SaveGrades(ctx, by.actor, in.ID, cells)
	return answer(saved{changed}, err)
}
