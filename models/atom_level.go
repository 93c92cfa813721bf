package models

import "slices"

// AtomLevel asks for a minimum level on a line of the personnel file: "chuyên môn từ trung cấp trở lên".
const AtomLevel AtomKind = "level"

var levelRule = atomRule{
	check: func(a Atom) string {
		if !slices.Contains(QualKinds, a.Line) || a.MinLevel < 1 || a.MinLevel > MaxLevel(a.Line) {
			return "standard.level_bad"
		}
		return ""
	},
	eval: evalLevel,
	dates: func(a Atom, r *Record) []Date {
		var out []Date
		for _, q := range r.Qualifications {
			if q.Kind == a.Line {
				out = append(out, q.From, q.To)
			}
		}
		return append(out, studyDates(r, a.Line)...)
	},
}

func evalLevel(a Atom, r *Record, on Date) (Status, Reason) {
	best, known := NoLevel, false
	for _, q := range r.Qualifications {
		if q.Kind != a.Line || !(Span{q.From, q.To}).Contains(on) || (a.Verified && q.Review != Verified && q.Level > 0) {
			continue
		}
		known = true
		best = max(best, q.Level)
	}
	params := map[string]string{"line": string(a.Line), "want": itoa(a.MinLevel), "have": itoa(best)}
	if known && best >= a.MinLevel {
		return Met, Reason{"reason.level_met", params}
	}
	if s, ok := studyingFor(r, a.Line, a.MinLevel, on); ok && !a.NoStudying {
		params["until"], params["school"] = s.To.VN(), s.School
		return Studying, Reason{"reason.level_studying", params}
	}
	if !known {
		return Unknown, Reason{"reason.level_unknown", params}
	}
	return Missing, Reason{"reason.level_missing", params}
}

// studyingFor finds a study under way on the date that leads to the level.
func studyingFor(r *Record, line QualKind, level int, on Date) (Study, bool) {
	for _, s := range r.Studies {
		if s.Kind == line && s.Level >= level && (Span{s.From, s.To}).Contains(on) {
			return s, true
		}
	}
	return Study{}, false
}

func studyDates(r *Record, line QualKind) []Date {
	var out []Date
	for _, s := range r.Studies {
		if s.Kind == line {
			out = append(out, s.From, s.To)
		}
	}
	return out
}
