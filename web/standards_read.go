package web

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"datchuan/models"
)

// typedStandard reads the form. at tells which input each part of the tree came from, for the findings of core.
func (q *request) typedStandard() (s models.Standard, at map[string]string) {
	s = models.Standard{Code: q.text("code"), Position: q.text("position"), Name: q.text("name"), ValidFrom: q.day("valid_from"), ValidTo: q.day("valid_to"), LegalBasis: q.text("legal_basis"),
		Certainty: models.Certainty(q.text("certainty")), Note: q.text("note"), StudyingCounts: q.checked("studying_counts"), Preferred: q.checked("preferred")}
	if s.Certainty != "" && !slices.Contains(certainties, s.Certainty) {
		q.finding("form.choice_bad", "certainty", string(s.Certainty))
	}
	at = map[string]string{"requirements": conditionName(0, "kind")}
	used := map[string]bool{}
	for n := range maxConditions {
		if code := q.text(conditionName(n, "code")); code != "" {
			used[code] = true
		}
	}
	for n := range maxConditions {
		kind := models.AtomKind(q.text(conditionName(n, "kind")))
		if kind == "" {
			continue
		}
		join := q.text(conditionName(n, "join"))
		if len(s.Requirements) == 0 || join != joinOr && join != joinAnd {
			s.Requirements = append(s.Requirements, q.typedRequirement(n, kind, used))
			join = joinNew
		}
		i := len(s.Requirements) - 1
		r := &s.Requirements[i]
		if join != joinAnd {
			r.AnyOf = append(r.AnyOf, models.Alternative{OnlyIn: q.areas(conditionName(n, "only"))})
		}
		j := len(r.AnyOf) - 1
		alternative := &r.AnyOf[j]
		alternative.AllOf = append(alternative.AllOf, q.typedAtom(n, kind))
		at[fmt.Sprintf("requirements/%d/any_of/%d/all_of/%d", i, j, len(alternative.AllOf)-1)] = conditionName(n, atomInput(kind))
		if join == joinNew {
			at[fmt.Sprintf("requirements/%d", i)], at[fmt.Sprintf("requirements/%d/name", i)] = conditionName(n, "kind"), conditionName(n, "name")
			at[fmt.Sprintf("requirements/%d/code", i)] = conditionName(n, "name")
		}
	}
	return s, at
}

// atomInput is the input that a kind is mostly about.
func atomInput(kind models.AtomKind) string {
	input := map[models.AtomKind]string{models.AtomLevel: "level", models.AtomTrainingDays: "days", models.AtomFirstElectionAge: "age", models.AtomServiceLeft: "months"}[kind]
	if input == "" {
		return "kind"
	}
	return input
}

// typedRequirement begins a requirement; a new one gets a code from what it asks for.
func (q *request) typedRequirement(n int, kind models.AtomKind, used map[string]bool) models.Requirement {
	r := models.Requirement{Code: q.text(conditionName(n, "code")), Name: models.Clean(q.text(conditionName(n, "name"))), Certainty: models.Certainty(q.text(conditionName(n, "certainty"))),
		Note: q.text(conditionName(n, "note")), ExemptIn: q.areas(conditionName(n, "exempt"))}
	if r.Certainty != "" && !slices.Contains(certainties, r.Certainty) {
		q.finding("form.choice_bad", conditionName(n, "certainty"), string(r.Certainty))
	}
	if r.Code != "" {
		return r
	}
	base, _, _ := strings.Cut(q.text(conditionName(n, "level")), ":")
	if base == "" {
		base = string(kind)
	}
	r.Code = base
	for i := 2; used[r.Code]; i++ {
		r.Code = base + "-" + strconv.Itoa(i)
	}
	used[r.Code] = true
	return r
}

func (q *request) typedAtom(n int, kind models.AtomKind) models.Atom {
	a := models.Atom{Kind: kind, NoStudying: q.checked(conditionName(n, "nostudy")), Verified: q.checked(conditionName(n, "verified"))}
	switch kind {
	case models.AtomLevel:
		line, level, _ := strings.Cut(q.text(conditionName(n, "level")), ":")
		a.Line = models.QualKind(line)
		a.MinLevel, _ = strconv.Atoi(level) // nonsense is no level: core says so
	case models.AtomTrainingDays:
		a.MinDays, a.WithinYears = q.numberTo(conditionName(n, "days"), 1_000_000), q.numberTo(conditionName(n, "years"), 1_000_000)
	case models.AtomFirstElectionAge:
		a.MaxAge = q.numberTo(conditionName(n, "age"), 1_000_000)
	case models.AtomServiceLeft:
		a.Months = q.numberTo(conditionName(n, "months"), 1_000_000)
	}
	if kind == models.AtomTrainingDays || kind == models.AtomTrainingOnce {
		for _, g := range models.Givers {
			if q.checked(conditionName(n, "giver_"+string(g))) {
				a.Givers = append(a.Givers, g)
			}
		}
	}
	return a
}

func (q *request) areas(prefix string) []models.AreaFlag {
	var out []models.AreaFlag
	for _, a := range models.AreaFlags {
		if q.checked(prefix + "_" + string(a)) {
			out = append(out, a)
		}
	}
	return out
}

// relocated puts the findings of core at the inputs that they are about.
func relocated(err error, at map[string]string) error {
	var many models.Errors
	var one *models.Error
	switch {
	case errors.As(err, &many):
		out := make(models.Errors, len(many))
		for i, e := range many {
			out[i] = relocatedOne(e, at)
		}
		return out
	case errors.As(err, &one):
		return relocatedOne(one, at)
	}
	return err
}

func relocatedOne(e *models.Error, at map[string]string) *models.Error {
	moved := *e
	if to, ok := at[e.Field]; ok {
		moved.Field = to
	}
	return &moved
}
