package models

// Presence is what one learner did in the sessions of a class: the periods she was there for, of those whose roll was taken.
type Presence struct {
	Periods  int `json:"periods"` // tiết
	Of       int `json:"of"`
	Unmarked int `json:"unmarked"` // sessions without her mark
}

// BP is the share of periods attended, in basis points; without any periods she missed nothing.
func (a Presence) BP() int {
	if a.Of == 0 {
		return 10000
	}
	return a.Periods * 10000 / a.Of
}

// CountAttendance adds a learner's marks up over the sessions of her class. A session without periods counts as one.
func CountAttendance(sessions []Session, marks map[int64]Mark) Presence {
	var a Presence
	for _, s := range sessions {
		periods := max(s.Periods, 1)
		a.Of += periods
		switch mark, ok := marks[s.ID]; {
		case !ok:
			a.Unmarked++
		case mark.Attended():
			a.Periods += periods
		}
	}
	return a
}

// Judgement is how a class ends for a learner by the rule of its last day.
type Judgement struct {
	Outcome Outcome `json:"outcome"`
	Grade   Grade   `json:"grade"`
	Average int     `json:"average"` // hundredths of a point, -1 without tests
	Reason  Reason  `json:"reason"`
}

// Judge applies a pass rule: enough attendance, and each test at or above the least score with its best try. What is missing
// leaves the outcome pending, with the reason; a failed test with tries left is a retake. With final, missing tests and
// tries left are failures: the class is being closed.
func (r PassRule) Judge(a Presence, scores []Score, final bool) Judgement {
	if a.Unmarked > 0 {
		return Judgement{Outcome: Pending, Average: -1, Reason: Reason{Code: "result.roll_missing", Params: map[string]string{"n": itoa(a.Unmarked)}}}
	}
	if a.BP() < r.AttendanceBP {
		return Judgement{Outcome: Failed, Average: -1, Reason: Reason{Code: "result.attendance_low", Params: map[string]string{
			"share": percentBP(a.BP()), "least": percentBP(r.AttendanceBP)}}}
	}
	if len(r.Tests) == 0 {
		return Judgement{Outcome: Passed, Grade: Plain, Average: -1, Reason: Reason{Code: "result.passed"}}
	}
	return r.judgeTests(scores, final)
}

func (r PassRule) judgeTests(scores []Score, final bool) Judgement {
	sum, weights := 0, 0
	verdict := Judgement{Outcome: Passed, Average: -1, Reason: Reason{Code: "result.passed"}}
	for _, t := range r.Tests {
		best, tries := bestTry(scores, t.Code)
		params := map[string]string{"test": t.Name, "score": scoreText(best), "least": scoreText(r.MinScore)}
		switch {
		case tries == 0 && !final:
			return Judgement{Outcome: Pending, Average: -1, Reason: Reason{Code: "result.score_missing", Params: params}}
		case best >= r.MinScore && tries > 0:
			sum, weights = sum+best*t.Weight, weights+t.Weight
			continue
		case tries <= r.Retests && !final && verdict.Outcome != Failed:
			verdict.Outcome, verdict.Reason = Retake, Reason{Code: "result.retake", Params: params}
		case (tries > r.Retests || final) && verdict.Outcome != Failed:
			verdict.Outcome, verdict.Reason = Failed, Reason{Code: "result.score_low", Params: params}
		}
		sum, weights = sum+max(best, 0)*t.Weight, weights+t.Weight
	}
	verdict.Average = (sum*20 + weights) / (2 * weights) // tenths to hundredths, half up
	if verdict.Outcome == Passed {
		verdict.Grade = GradeOf(verdict.Average)
	}
	return verdict
}

// bestTry is the best score of a test and how many tries there were.
func bestTry(scores []Score, test string) (best, tries int) {
	best = NotTaken
	for _, s := range scores {
		if s.Test == test {
			best, tries = max(best, s.Tenths), tries+1
		}
	}
	return best, tries
}

// GradeOf is the grade of an average in hundredths of a point (documents.md section 5).
func GradeOf(average int) Grade {
	switch {
	case average >= 900:
		return Excellent
	case average >= 800:
		return VeryGood
	case average >= 700:
		return Good
	}
	return Average
}

// percentBP writes basis points as per cent with a decimal comma where one is needed.
func percentBP(bp int) string {
	text := itoa(bp / 100)
	if rest := bp % 100; rest != 0 {
		text += "," + itoa(rest/10)
		if rest%10 != 0 {
			text += itoa(rest % 10)
		}
	}
	return text + "%"
}

// scoreText writes tenths of a point with a decimal comma; who did not come has a dash.
func scoreText(tenths int) string {
	if tenths < 0 {
		return "–"
	}
	return itoa(tenths/10) + "," + itoa(tenths%10)
}
