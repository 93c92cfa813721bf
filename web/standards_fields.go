package web

import (
	"fmt"
	"slices"
	"strconv"

	"datchuan/models"
)

// A standard is a tree (requirements, alternatives, conditions); the form is a list of conditions, each of which says how
// it is joined to the one above. maxConditions bounds the list.
const maxConditions = 60

// The joints of a condition to those above it.
const (
	joinNew = "new" // begins a requirement
	joinOr  = "or"  // another way to meet the requirement above
	joinAnd = "and" // must hold together with the condition above
)

// conditionName is the name of an input of the nth condition.
func conditionName(n int, part string) string { return fmt.Sprintf("r%d_%s", n, part) }

// headFields are the inputs about the standard as a whole; code and position are chosen once.
func (p *Page) headFields(isNew bool, positions []models.Position) []Field {
	out := []Field{{Name: "name", Label: p.T("standard.name"), Required: true, MaxLength: 200},
		{Name: "valid_from", Label: p.T("standard.valid_from"), Type: "date", Required: true}, {Name: "valid_to", Label: p.T("standard.valid_to"), Hint: p.T("standard.valid_to_hint"), Type: "date"},
		{Name: "legal_basis", Label: p.T("standard.basis"), Required: true, MaxLength: 400}, {Name: "certainty", Label: p.T("standard.certainty"), Type: "select", Options: p.certaintyOptions(), Required: true},
		{Name: "note", Label: p.T("target.note"), Type: "textarea", MaxLength: 2000}, {Name: "studying_counts", Label: p.T("standard.studying_counts"), Type: "checkbox"},
		{Name: "preferred", Label: p.T("standard.preferred"), Type: "checkbox"}}
	if !isNew {
		return out
	}
	return append([]Field{{Name: "code", Label: p.T("standard.code"), Hint: p.T("standard.code_hint"), Required: true, MaxLength: 60},
		{Name: "position", Label: p.T("gaps.position"), Type: "select", Options: p.choice(true, positionOptions(p, positions)[1:]...), Required: true}}, out...)
}

// certainties in the order of a menu.
var certainties = []models.Certainty{models.Sourced, models.Derived, models.Known, models.Uncertain}

func (p *Page) certaintyOptions() []Option {
	out := make([]Option, len(certainties))
	for i, c := range certainties {
		out[i] = Option{Value: string(c), Label: p.Word("certainty." + string(c))}
	}
	return out
}

// conditionFields are the inputs of a condition of a kind; without a kind only the question for it is asked.
func (p *Page) conditionFields(n int, kind models.AtomKind, join string) RuleForm {
	name := func(part string) string { return conditionName(n, part) }
	form := RuleForm{Legend: p.T("standard.condition", "n", n+1)}
	joins := []Option{{Value: joinNew, Label: p.T("standard.join_new")}, {Value: joinOr, Label: p.T("standard.join_or")}, {Value: joinAnd, Label: p.T("standard.join_and")}}
	if n == 0 {
		joins = joins[:1]
	}
	kinds := []Option{{Label: p.T("standard.no_condition")}}
	for _, k := range models.AtomKinds() {
		kinds = append(kinds, Option{Value: string(k), Label: p.Word("atom." + string(k))})
	}
	form.Fields = []Field{{Name: name("join"), Label: p.T("standard.join"), Type: "select", Options: joins, Required: true}, {Name: name("kind"), Label: p.T("standard.kind"), Type: "select", Options: kinds, Required: true}}
	if kind == "" {
		form.Legend = p.T("standard.condition_new")
		return form
	}
	form.Fields = append(form.Fields, p.kindFields(kind, name)...)
	if join != joinOr && join != joinAnd {
		form.Fields = append(form.Fields, Field{Name: name("name"), Label: p.T("standard.requirement_name"), Hint: p.T("standard.requirement_hint"), Required: true, MaxLength: 200},
			Field{Name: name("certainty"), Label: p.T("standard.certainty"), Type: "select", Options: p.choice(true, p.certaintyOptions()...)},
			Field{Name: name("note"), Label: p.T("target.note"), MaxLength: 1000})
		form.Checks = append(form.Checks, p.areaBoxes(p.T("standard.exempt"), name("exempt")))
	}
	if join != joinAnd {
		form.Checks = append(form.Checks, p.areaBoxes(p.T("standard.only"), name("only")))
	}
	if kind == models.AtomTrainingDays || kind == models.AtomTrainingOnce {
		group := CheckGroup{Legend: p.T("standard.givers")}
		for _, g := range models.Givers {
			group.Boxes = append(group.Boxes, Field{Name: name("giver_" + string(g)), Label: p.Word("giver." + string(g)), Type: "checkbox"})
		}
		form.Checks = append(form.Checks, group)
	}
	return form
}

// kindFields are the parameters that a kind of condition has.
func (p *Page) kindFields(kind models.AtomKind, name func(string) string) []Field {
	var out []Field
	number := func(part, key string) {
		out = append(out, Field{Name: name(part), Label: p.T(key), Type: "number", Required: true})
	}
	switch kind {
	case models.AtomLevel:
		out = append(out, Field{Name: name("level"), Label: p.T("standard.level"), Type: "select", Options: p.levelOptions(), Required: true})
	case models.AtomTrainingDays:
		number("days", "standard.days")
		out = append(out, Field{Name: name("years"), Label: p.T("standard.years"), Hint: p.T("standard.years_hint"), Type: "number"})
	case models.AtomFirstElectionAge:
		number("age", "standard.age")
	case models.AtomServiceLeft:
		number("months", "standard.months")
	}
	if kind == models.AtomLevel || kind == models.AtomTrainingDays || kind == models.AtomTrainingOnce {
		out = append(out, Field{Name: name("nostudy"), Label: p.T("standard.no_studying"), Type: "checkbox"}, Field{Name: name("verified"), Label: p.T("standard.verified"), Type: "checkbox"})
	}
	return out
}

// levelOptions are all levels that a condition may ask for, line by line.
func (p *Page) levelOptions() []Option {
	out := []Option{{Label: p.T("form.choose")}}
	for _, line := range models.QualKinds {
		if line == models.HoiTraining {
			continue // counted in days
		}
		for level := 1; level <= models.MaxLevel(line); level++ {
			out = append(out, Option{Value: string(line) + ":" + strconv.Itoa(level), Label: p.T("standard.from_level", "line", p.Word("qual."+string(line)), "level", p.Word(models.LevelKey(line, level)))})
		}
	}
	return out
}

func (p *Page) areaBoxes(legend, prefix string) CheckGroup {
	group := CheckGroup{Legend: legend}
	for _, a := range models.AreaFlags {
		group.Boxes = append(group.Boxes, Field{Name: prefix + "_" + string(a), Label: p.Word("area." + string(a)), Type: "checkbox"})
	}
	return group
}

// standardValues are the texts of the form for a standard, and how many conditions it has.
func standardValues(s models.Standard) (values, int) {
	v := values{"code": s.Code, "position": s.Position, "name": s.Name, "valid_from": s.ValidFrom.VN(), "valid_to": s.ValidTo.VN(), "legal_basis": s.LegalBasis, "certainty": string(s.Certainty), "note": s.Note}
	v.tick("studying_counts", s.StudyingCounts)
	v.tick("preferred", s.Preferred)
	n := 0
	for _, r := range s.Requirements {
		for i, alternative := range r.AnyOf {
			for j, atom := range alternative.AllOf {
				join := joinNew
				if j > 0 {
					join = joinAnd
				} else if i > 0 {
					join = joinOr
				}
				v.condition(n, join, atom)
				if join == joinNew {
					v[conditionName(n, "code")], v[conditionName(n, "name")], v[conditionName(n, "certainty")], v[conditionName(n, "note")] = r.Code, r.Name, string(r.Certainty), r.Note
				}
				for _, a := range models.AreaFlags {
					v.tick(conditionName(n, "exempt_"+string(a)), join == joinNew && slices.Contains(r.ExemptIn, a))
					v.tick(conditionName(n, "only_"+string(a)), join != joinAnd && slices.Contains(alternative.OnlyIn, a))
				}
				n++
			}
		}
	}
	return v, n
}

func (v values) tick(name string, on bool) {
	if on {
		v[name] = "1"
	}
}

func (v values) condition(n int, join string, a models.Atom) {
	v[conditionName(n, "join")], v[conditionName(n, "kind")] = join, string(a.Kind)
	if a.Kind == models.AtomLevel {
		v[conditionName(n, "level")] = string(a.Line) + ":" + strconv.Itoa(a.MinLevel)
	}
	for part, value := range map[string]int{"days": a.MinDays, "years": a.WithinYears, "age": a.MaxAge, "months": a.Months} {
		if value != 0 {
			v[conditionName(n, part)] = strconv.Itoa(value)
		}
	}
	v.tick(conditionName(n, "nostudy"), a.NoStudying)
	v.tick(conditionName(n, "verified"), a.Verified)
	for _, g := range a.Givers {
		v.tick(conditionName(n, "giver_"+string(g)), true)
	}
}
