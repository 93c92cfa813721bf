package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

// GradeRow is a learner with the inputs of her scores and what follows from them.
type GradeRow struct {
	Name, Unit, Share, Average string
	Cells                      []Field // without a name: no such try for her
	Outcome, Tone, Reason      string
}

// ResultsView is the grid of scores.
type ResultsView struct {
	Rule    string
	Heads   []string
	Rows    []GradeRow
	MayEdit bool
	Action  string
	Finish  string
	File    Field  // of a filled-in grade file
	Grades  string // where it comes from and goes to
}

// outcomeTones are the colours of outcomes.
var outcomeTones = map[models.Outcome]string{models.Passed: "v-verified", models.Failed: "v-rejected", models.Retake: "v-uncertain"}

// testTry is a column of the grid.
type testTry struct {
	test models.Test
	try  int
}

func (q *request) fillResults(v *ClassPage, d core.ClassDetail) error {
	sheet, err := q.s.core.Results(q.Request.Context(), q.actor, d.Class.ID)
	if err != nil {
		return err
	}
	view := &ResultsView{Rule: v.passRuleText(sheet.Rule), MayEdit: q.mayTeach(d.Class) && len(sheet.Rule.Tests) > 0, Action: classHref(d.Class.ID) + "/scores", Finish: classHref(d.Class.ID) + "/finish",
		Grades: classHref(d.Class.ID) + "/grades"}
	view.File = v.Field(Field{Name: "file", Label: v.T("grades.file"), Type: "file", Required: true, Accept: ".xlsx", Hint: v.T("grades.file_hint")})
	columns := gridColumns(sheet)
	for _, c := range columns {
		head := c.test.Name
		if c.try > 1 {
			head = v.T("grades.try", "test", c.test.Name, "n", c.try)
		}
		view.Heads = append(view.Heads, head)
	}
	for _, l := range sheet.Lines {
		row := v.gradeRow(l)
		for i, c := range columns {
			row.Cells = append(row.Cells, q.scoreCell(&v.Page, sheet.Rule, l, c, view.Heads[i]))
		}
		view.Rows = append(view.Rows, row)
	}
	v.Results = view
	return nil
}

// gridColumns are the tests with as many tries as somebody needs or has.
func gridColumns(sheet core.ResultSheet) []testTry {
	var out []testTry
	for _, t := range sheet.Rule.Tests {
		tries := 1
		for _, l := range sheet.Lines {
			for try := 1; try <= sheet.Rule.Retests+1; try++ {
				if mayTry(sheet.Rule, l.Scores, t.Code, try) {
					tries = max(tries, try)
				}
			}
		}
		for try := 1; try <= tries; try++ {
			out = append(out, testTry{t, try})
		}
	}
	return out
}

// mayTry tells whether a learner has a try of a test: the first, one that is written down, or one after a failure.
func mayTry(rule models.PassRule, scores []models.Score, test string, try int) bool {
	return try == 1 || slices.ContainsFunc(scores, func(s models.Score) bool {
		return s.Test == test && (s.Try == try || s.Try == try-1 && s.Tenths < rule.MinScore)
	})
}

func (q *request) scoreCell(p *Page, rule models.PassRule, l core.ResultLine, c testTry, head string) Field {
	if !mayTry(rule, l.Scores, c.test.Code, c.try) {
		return Field{}
	}
	f := Field{Name: fmt.Sprintf("score.%d.%s.%d", l.EnrolmentID, c.test.Code, c.try), Label: l.Name + ", " + head, MaxLength: 5}
	for _, s := range l.Scores {
		if s.Test == c.test.Code && s.Try == c.try {
			f.Value = models.ScoreText(s.Tenths)
		}
	}
	if typed, was := q.Request.PostForm[f.Name]; was {
		f.Value = typed[0]
	}
	return p.Field(f)
}

func (p *Page) gradeRow(l core.ResultLine) GradeRow {
	row := GradeRow{Name: l.Name, Unit: l.Unit, Average: p.average(l.Judgement.Average), Outcome: p.Word("outcome." + string(l.Judgement.Outcome)), Tone: outcomeTones[l.Judgement.Outcome]}
	if l.Attended.Periods > 0 || l.Attended.Unmarked == 0 {
		row.Share = p.Pct(l.Attended.Periods, l.Attended.Of)
	}
	switch l.Judgement.Outcome {
	case models.Passed:
		row.Reason = p.Word("result_grade." + string(l.Judgement.Grade))
	default:
		row.Reason = l.Judgement.Reason.Text(p.Lang)
	}
	return row
}

// average writes hundredths of a point, "" without any.
func (p *Page) average(hundredths int) string {
	if hundredths < 0 {
		return ""
	}
	mark := ","
	if p.Lang == models.En {
		mark = "."
	}
	return fmt.Sprintf("%d%s%02d", hundredths/100, mark, hundredths%100)
}

// passRuleText says when somebody has passed.
func (p *Page) passRuleText(r models.PassRule) string {
	attendance := p.T("grades.rule_attendance", "share", p.Pct(r.AttendanceBP, 10000))
	if len(r.Tests) == 0 {
		return attendance
	}
	return attendance + "; " + p.T("grades.rule_tests", "n", len(r.Tests), "least", models.ScoreText(r.MinScore), "retests", r.Retests)
}

func (s *server) saveScores(q *request) error {
	d, err := q.classDetail()
	if err != nil {
		return err
	}
	in := q.scores()
	changed := 0
	if err = q.findings(); err == nil {
		changed, err = s.core.SaveScores(q.Request.Context(), q.actor, d.Class.ID, in)
	}
	return q.scored(d, changed, err)
}

// scored goes on to the results, or shows them again with what was wrong.
func (q *request) scored(d core.ClassDetail, changed int, err error) error {
	if err == nil {
		return q.goTo(classTab(d.Class.ID, "results"), "grades.saved", "n", changed)
	}
	v, broken := q.classPage(d, "results")
	if broken != nil {
		return broken
	}
	v.Fail(err)
	if broken := q.fillResults(v, d); broken != nil { // once more: each finding stands at its cell
		return broken
	}
	return q.againOrStale(err, "class", v)
}

// scores reads the cells of the grid; "score.ENROLMENT.TEST.TRY" is also how core names them.
func (q *request) scores() []core.ScoreInput {
	var names []string
	for name := range q.Request.PostForm {
		if strings.HasPrefix(name, "score.") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var out []core.ScoreInput
	for _, name := range names {
		parts := strings.Split(name, ".")
		if len(parts) != 4 {
			continue
		}
		id, err := strconv.ParseInt(parts[1], 10, 64)
		try, err2 := strconv.Atoi(parts[3])
		if err != nil || err2 != nil {
			continue
		}
		tenths, err := models.ReadScore(q.text(name))
		if err != nil {
			q.finding("score.bad", name, q.text(name))
			continue
		}
		out = append(out, core.ScoreInput{EnrolmentID: id, Test: parts[2], Try: try, Tenths: tenths})
	}
	return out
}
