package core

import (
	"context"

	"datchuan/models"
)

// GradeBook is the class's learners with all tests and tries of its rule, for who may enter the scores.
func (c *Core) GradeBook(ctx context.Context, actor models.Actor, classID int64) (models.GradeBook, error) {
	if err := allow(actor, models.TakeRoll); err != nil {
		return models.GradeBook{}, err
	}
	sheet, err := c.Results(ctx, actor, classID)
	if err != nil {
		return models.GradeBook{}, err
	}
	if actor.Role != models.SchoolOfficer && !holds(actor, sheet.Class) {
		return models.GradeBook{}, models.Fail(models.Forbidden, "class.not_yours", "")
	}
	return sheet.book(), nil
}

func (sheet ResultSheet) book() models.GradeBook {
	book := models.GradeBook{Code: sheet.Class.Code, Class: sheet.Class.Name, MinScore: sheet.Rule.MinScore}
	for _, t := range sheet.Rule.Tests {
		for try := 1; try <= 1+sheet.Rule.Retests; try++ {
			book.Columns = append(book.Columns, models.GradeColumn{Test: t.Code, Name: t.Name, Try: try})
		}
	}
	for _, l := range sheet.Lines {
		line := models.GradeLine{EnrolmentID: l.EnrolmentID, Name: l.Name, Birth: l.Birth, Unit: l.Unit, Scores: make([]*int, len(book.Columns))}
		for i, c := range book.Columns {
			for _, s := range l.Scores {
				if s.Test == c.Test && s.Try == c.Try {
					line.Scores[i] = &s.Tenths
				}
			}
		}
		book.Lines = append(book.Lines, line)
	}
	return book
}

// SaveGrades writes the scores that were read from a book of the class.
func (c *Core) SaveGrades(ctx context.Context, actor models.Actor, classID int64, cells []models.GradeCell) (changed int, err error) {
	in := make([]ScoreInput, len(cells))
	for i, cell := range cells {
		in[i] = ScoreInput(cell)
	}
	return c.SaveScores(ctx, actor, classID, in)
}
