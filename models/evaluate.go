package models

import (
	"slices"
	"strconv"
)

// Record is all that an evaluation may look at: one holding, the person's facts, and the flags of the holding's
// commune. Facts that were rejected or superseded must not be in it.
type Record struct {
	Birth          PartialDate
	Party          Tristate
	PartyDate      PartialDate
	Holding        Holding
	SamePost       []Holding // all holdings of the same position, for the first election
	Qualifications []Qualification
	Studies        []Study
	Areas          []UnitFlag
}

// InArea tells whether the commune had one of the flags on the date.
func (r *Record) InArea(flags []AreaFlag, on Date) bool {
	for _, a := range r.Areas {
		if slices.Contains(flags, a.Flag) && (Span{a.From, a.To}).Contains(on) {
			return true
		}
	}
	return false
}

// Evaluate measures a record against a standard on a date, with a reason for each requirement. It is pure.
func Evaluate(s *Standard, r *Record, on Date) Evaluation {
	e := Evaluation{Overall: Met, Results: make([]Result, len(s.Requirements))}
	for i, req := range s.Requirements {
		res := evaluateRequirement(req, r, on)
		e.Results[i] = res
		e.Overall = worse(e.Overall, res.Status)
	}
	return e
}

func evaluateRequirement(req Requirement, r *Record, on Date) Result {
	if len(req.ExemptIn) > 0 && r.InArea(req.ExemptIn, on) {
		return Result{req.Code, Exempt, Reason{Code: "reason.area_exempt"}}
	}
	best := Result{Requirement: req.Code, Status: Missing, Reason: Reason{Code: "reason.no_alternative_here"}}
	first := true
	for _, alt := range req.AnyOf {
		if len(alt.OnlyIn) > 0 && !r.InArea(alt.OnlyIn, on) {
			continue
		}
		st, why := evaluateAll(alt.AllOf, r, on)
		if first || rank(st) < rank(best.Status) {
			best.Status, best.Reason, first = st, why, false
		}
	}
	return best
}

func evaluateAll(atoms []Atom, r *Record, on Date) (Status, Reason) {
	st, why := Met, Reason{Code: "reason.met"}
	for i, a := range atoms {
		s, w := atomRules[a.Kind].eval(a, r, on)
		if i == 0 || rank(s) > rank(st) {
			st, why = s, w
		}
	}
	return st, why
}

// rank orders from the best to the worst outcome: an alternative that may hold (Unknown) beats one that does not.
func rank(s Status) int {
	switch s {
	case Met:
		return 0
	case Exempt:
		return 1
	case Studying:
		return 2
	case Unknown:
		return 3
	}
	return 4
}

// worse combines the requirements of a standard: one sure gap outweighs what is not known.
func worse(a, b Status) Status {
	if b == Exempt {
		b = Met
	}
	if rank(b) > rank(a) {
		return b
	}
	return a
}

// Text is the reason as a sentence, with levels in words.
func (r Reason) Text(lang Lang) string {
	params := make([]string, 0, 2*len(r.Params))
	line := QualKind(r.Params["line"])
	for name, value := range r.Params {
		if n, err := strconv.Atoi(value); line != "" && err == nil && (name == "want" || name == "have") {
			value = Word(lang, LevelKey(line, n))
		}
		params = append(params, name, value)
	}
	code := r.Code
	if code == "reason.level_studying" && r.Params["until"] == "" {
		code = "reason.level_studying_open"
	}
	return Word(lang, code, params...)
}

// atomRule is how one kind of atom works: check finds a parameter that makes no sense (a words key, "" when fine), eval
// measures, dates lists the days on which the outcome may change.
type atomRule struct {
	check func(Atom) string
	eval  func(Atom, *Record, Date) (Status, Reason)
	dates func(Atom, *Record) []Date
}

// atomRules is the vocabulary of standards. To add a kind: one file with its rule, one line here, words, a table test.
var atomRules = map[AtomKind]atomRule{
	AtomLevel:            levelRule,
	AtomTrainingDays:     trainingDaysRule,
	AtomTrainingOnce:     trainingOnceRule,
	AtomFirstElectionAge: firstElectionAgeRule,
	AtomServiceLeft:      serviceLeftRule,
	AtomParty:            partyRule,
}

// AtomKinds lists the vocabulary for the editor.
func AtomKinds() []AtomKind {
	return []AtomKind{AtomLevel, AtomTrainingDays, AtomTrainingOnce, AtomFirstElectionAge, AtomServiceLeft, AtomParty}
}

// StandingSpan is a stretch of time over which the outcome of a standard for a holding does not change.
type StandingSpan struct {
	Span
	Overall Status
	Marks   string
}

// Timeline is the evaluation over the whole life of the holding, cut where anything changes and joined where nothing
// does. It is what lists read (house.md: "a cache of that derivation"), and what `doctor` recomputes.
func Timeline(s *Standard, r *Record) []StandingSpan {
	return TimelineWithin(s, r, Span{r.Holding.From, r.Holding.To})
}

// TimelineWithin is the part of the timeline inside a window: while the unit stood at one place of the tree, the areas
// of the record are those of that place.
func TimelineWithin(s *Standard, r *Record, window Span) []StandingSpan {
	from, to := window.From, window.To
	if to == 0 {
		to = Forever
	}
	if from >= to {
		return nil
	}
	cuts := append(turningPoints(s, r), from)
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []StandingSpan
	for _, d := range cuts {
		if d < from || d >= to {
			continue
		}
		e := Evaluate(s, r, d)
		marks := e.Marks()
		if n := len(out); n > 0 {
			if out[n-1].Overall == e.Overall && out[n-1].Marks == marks {
				continue
			}
			out[n-1].To = d
		}
		out = append(out, StandingSpan{Span{d, to}, e.Overall, marks})
	}
	return out
}

// turningPoints are all days on which some atom, alternative or exemption may change its outcome.
func turningPoints(s *Standard, r *Record) []Date {
	var cuts []Date
	areas := false
	for _, req := range s.Requirements {
		areas = areas || len(req.ExemptIn) > 0
		for _, alt := range req.AnyOf {
			areas = areas || len(alt.OnlyIn) > 0
			for _, a := range alt.AllOf {
				cuts = append(cuts, atomRules[a.Kind].dates(a, r)...)
			}
		}
	}
	if areas {
		for _, f := range r.Areas {
			cuts = append(cuts, f.From, f.To)
		}
	}
	return cuts
}
