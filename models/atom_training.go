package models

import (
	"slices"
	"strings"
)

// AtomTrainingDays asks for a number of days of training in Hội work, over all courses of the given givers, within the
// last years if limited: "được đào tạo từ 10 ngày trở lên tại huyện và tại tỉnh" (plan, section I).
const AtomTrainingDays AtomKind = "training_days"

// AtomTrainingOnce asks for at least one Hội training since the present term of the holding began: "cán bộ từ tổ phó trở lên được tập huấn" (plan II.2.d).
const AtomTrainingOnce AtomKind = "training_once"

var trainingDaysRule = atomRule{
	check: func(a Atom) string {
		if a.MinDays < 1 || a.MinDays > 2000 || a.WithinYears < 0 || a.WithinYears > 50 {
			return "standard.days_bad"
		}
		return checkGivers(a)
	},
	eval:  evalTrainingDays,
	dates: trainingDates,
}

func evalTrainingDays(a Atom, r *Record, on Date) (Status, Reason) {
	days, unsure, known := 0, 0, false
	for _, q := range trainings(a, r, on) {
		known = true
		switch {
		case q.sure && (a.WithinYears == 0 || q.Earned > Beginning):
			if a.WithinYears == 0 || q.Earned.AddYears(a.WithinYears) > on {
				days += q.Days
			}
		case a.WithinYears == 0 || q.Earned <= Beginning || q.Earned.AddYears(a.WithinYears) > on:
			unsure += q.Days
		}
	}
	params := map[string]string{"want": itoa(a.MinDays), "have": itoa(days), "givers": giverList(a.Givers)}
	if days >= a.MinDays {
		return Met, Reason{"reason.days_met", params}
	}
	for _, s := range r.Studies {
		if s.Kind == HoiTraining && giverCounts(a, s.Giver) && (Span{s.From, s.To}).Contains(on) && days+s.Days >= a.MinDays && !a.NoStudying {
			params["until"] = s.To.VN()
			return Studying, Reason{"reason.days_studying", params}
		}
	}
	switch {
	case !known:
		return Unknown, Reason{"reason.days_unknown", params}
	case days+unsure >= a.MinDays:
		params["unsure"] = itoa(unsure)
		return Unknown, Reason{"reason.days_unsure", params}
	}
	return Missing, Reason{"reason.days_missing", params}
}

var trainingOnceRule = atomRule{
	check: checkGivers,
	eval:  evalTrainingOnce,
	dates: trainingDates,
}

func evalTrainingOnce(a Atom, r *Record, on Date) (Status, Reason) {
	params := map[string]string{"since": r.Holding.From.VN()}
	known, unsure := false, false
	for _, q := range trainings(a, r, on) {
		known = true
		if q.Days == 0 || q.Earned > Beginning && q.Earned < r.Holding.From {
			continue
		}
		if q.sure && q.Earned > Beginning && r.Holding.From > Beginning {
			return Met, Reason{"reason.once_met", params}
		}
		unsure = true
	}
	if !a.NoStudying {
		for _, s := range r.Studies {
			if s.Kind == HoiTraining && giverCounts(a, s.Giver) && (Span{s.From, s.To}).Contains(on) {
				return Studying, Reason{"reason.once_studying", params}
			}
		}
	}
	switch {
	case !known:
		return Unknown, Reason{"reason.once_unknown", params}
	case unsure:
		return Unknown, Reason{"reason.once_unsure", params}
	}
	return Missing, Reason{"reason.once_missing", params}
}

// training is what the atom looks at of one training; sure tells that its giver is known to count, or does not matter.
type training struct {
	Earned Date
	Days   int
	sure   bool
}

// trainings are the trainings that the atom may count on the date; those of another giver, and declarations of having
// none, have no days.
func trainings(a Atom, r *Record, on Date) []training {
	var out []training
	for _, q := range r.Qualifications {
		if q.Kind != HoiTraining || !(Span{q.From, q.To}).Contains(on) || (a.Verified && q.Review != Verified && q.Level > 0) {
			continue
		}
		t := training{Earned: q.Earned, Days: q.Days, sure: len(a.Givers) == 0 || q.Giver != ""}
		if q.Level != NoLevel && !giverCounts(a, q.Giver) {
			t.Days = 0
		}
		out = append(out, t)
	}
	return out
}

func checkGivers(a Atom) string {
	if slices.ContainsFunc(a.Givers, func(g Giver) bool { return !slices.Contains(Givers, g) }) {
		return "standard.giver_bad"
	}
	return ""
}

// giverCounts tells whether a training of a giver may count; one whose giver nobody wrote down may, but is not known to.
func giverCounts(a Atom, g Giver) bool {
	return len(a.Givers) == 0 || g == "" || slices.Contains(a.Givers, g)
}

func giverList(gs []Giver) string {
	s := make([]string, len(gs))
	for i, g := range gs {
		s[i] = string(g)
	}
	return strings.Join(s, ",")
}

func trainingDates(a Atom, r *Record) []Date {
	var out []Date
	for _, q := range r.Qualifications {
		if q.Kind != HoiTraining {
			continue
		}
		out = append(out, q.From, q.To)
		if a.WithinYears > 0 && q.Earned > Beginning {
			out = append(out, q.Earned.AddYears(a.WithinYears))
		}
	}
	return append(out, studyDates(r, HoiTraining)...)
}
