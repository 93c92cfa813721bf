package models

import "testing"

func TestJudge(t *testing.T) {
	rule := PassRule{AttendanceBP: 8000, MinScore: 50, Retests: 1, Tests: []Test{{"a", "Phần 1", 1}, {"b", "Thi cuối khóa", 2}}}
	all := Presence{Periods: 40, Of: 40}
	score := func(test string, try, tenths int) Score { return Score{Test: test, Try: try, Tenths: tenths} }
	for name, c := range map[string]struct {
		rule     PassRule
		attended Presence
		scores   []Score
		final    bool
		want     Judgement
	}{
		"passed":               {rule, all, []Score{score("a", 1, 70), score("b", 1, 85)}, false, Judgement{Passed, VeryGood, 800, Reason{Code: "result.passed"}}},
		"just enough":          {rule, Presence{32, 40, 0}, []Score{score("a", 1, 50), score("b", 1, 50)}, false, Judgement{Passed, Average, 500, Reason{Code: "result.passed"}}},
		"too seldom there":     {rule, Presence{31, 40, 0}, []Score{score("a", 1, 90), score("b", 1, 90)}, false, Judgement{Failed, "", -1, Reason{Code: "result.attendance_low"}}},
		"roll not taken":       {rule, Presence{32, 40, 1}, nil, true, Judgement{Pending, "", -1, Reason{Code: "result.roll_missing"}}},
		"score missing":        {rule, all, []Score{score("a", 1, 90)}, false, Judgement{Pending, "", -1, Reason{Code: "result.score_missing"}}},
		"missing at the end":   {rule, all, []Score{score("a", 1, 90)}, true, Judgement{Failed, "", 300, Reason{Code: "result.score_low"}}},
		"may try again":        {rule, all, []Score{score("a", 1, 90), score("b", 1, 49)}, false, Judgement{Retake, "", 627, Reason{Code: "result.retake"}}},
		"second try":           {rule, all, []Score{score("a", 1, 90), score("b", 1, 20), score("b", 2, 60)}, false, Judgement{Passed, Good, 700, Reason{Code: "result.passed"}}},
		"no more tries":        {rule, all, []Score{score("a", 1, 90), score("b", 1, 20), score("b", 2, 40)}, false, Judgement{Failed, "", 567, Reason{Code: "result.score_low"}}},
		"did not come":         {rule, all, []Score{score("a", 1, 90), score("b", 1, NotTaken)}, true, Judgement{Failed, "", 300, Reason{Code: "result.score_low"}}},
		"no tests":             {PassRule{AttendanceBP: 8000}, all, nil, false, Judgement{Passed, Plain, -1, Reason{Code: "result.passed"}}},
		"no sessions, no test": {PassRule{AttendanceBP: 8000}, Presence{}, nil, false, Judgement{Passed, Plain, -1, Reason{Code: "result.passed"}}},
		"excellent":            {rule, all, []Score{score("a", 1, 90), score("b", 1, 90)}, false, Judgement{Passed, Excellent, 900, Reason{Code: "result.passed"}}},
		"fails one for good, may retake the other": {rule, all, []Score{score("a", 1, 10), score("a", 2, 20), score("b", 1, 40)}, false, Judgement{Failed, "", 333, Reason{Code: "result.score_low"}}},
	} {
		got := c.rule.Judge(c.attended, c.scores, c.final)
		if got.Outcome != c.want.Outcome || got.Grade != c.want.Grade || got.Average != c.want.Average || got.Reason.Code != c.want.Reason.Code {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestCountAttendance(t *testing.T) {
	sessions := []Session{{ID: 1, Periods: 5}, {ID: 2, Periods: 4}, {ID: 3}, {ID: 4, Periods: 2}}
	got := CountAttendance(sessions, map[int64]Mark{1: Present, 2: Unexcused, 3: Late})
	if got != (Presence{Periods: 6, Of: 12, Unmarked: 1}) || got.BP() != 5000 {
		t.Errorf("%+v %d", got, got.BP())
	}
}

func TestPassRuleOfTheDate(t *testing.T) {
	c := Course{PassRules: []PassRule{{From: 20180101, MinScore: 50}, {From: Beginning, MinScore: 40}, {From: 20230601, MinScore: 55}}}
	for day, want := range map[Date]int{20130301: 40, 20171231: 40, 20180101: 50, 20230531: 50, 20230601: 55} {
		if got := c.Rule(day).MinScore; got != want {
			t.Errorf("%s: %d, want %d", day, got, want)
		}
	}
}

func TestClassSteps(t *testing.T) {
	for _, s := range ClassStates {
		for _, to := range s.Next() {
			if !s.MayBecome(to) || s == to {
				t.Errorf("%s > %s", s, to)
			}
		}
	}
	for step, reason := range map[[2]ClassState]bool{
		{ClassDraft, ClassPlanned}: false, {ClassClosed, ClassCompleted}: true, {ClassNominating, ClassCancelled}: true,
		{ClassPostponed, ClassPlanned}: false, {ClassSeated, ClassNominating}: true, {ClassRunning, ClassAwaiting}: false,
	} {
		if got := step[0].NeedsReason(step[1]); got != reason || !step[0].MayBecome(step[1]) {
			t.Errorf("%v: reason %v", step, got)
		}
	}
	if ClassClosed.MayBecome(ClassRunning) || ClassCancelled.MayBecome(ClassDraft) || ClassDraft.MayBecome(ClassRunning) {
		t.Error("a step that must not be")
	}
}
