package models

// GradeBook is what a class's scores are entered on away from the product: a line a learner, a column a test and try.
type GradeBook struct {
	Code     string // of the class
	Class    string // its name
	MinScore int    // tenths; below it a test may be tried again
	Columns  []GradeColumn
	Lines    []GradeLine
}

// GradeColumn is one try of a test.
type GradeColumn struct {
	Test, Name string
	Try        int
}

// GradeLine is a learner with her scores in tenths, one for each column; nil is none.
type GradeLine struct {
	EnrolmentID int64
	Name        string
	Birth       PartialDate
	Unit        string
	Scores      []*int
}

// GradeCell is one score of a book.
type GradeCell struct {
	EnrolmentID int64
	Test        string
	Try         int
	Tenths      *int
}

// MayTry tells whether scores leave room for a column: a first try always, another one after a failure of the try before.
func (b GradeBook) MayTry(scores []*int, column int) bool {
	c := b.Columns[column]
	if c.Try == 1 {
		return true
	}
	for i, other := range b.Columns {
		if other.Test == c.Test && other.Try == c.Try-1 {
			return scores[i] != nil && *scores[i] < b.MinScore
		}
	}
	return false
}
