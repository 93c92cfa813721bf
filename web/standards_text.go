package web

import (
	"strings"

	"datchuan/models"
)

// ruleLines are the requirements of a standard in words.
func (p *Page) ruleLines(s models.Standard) []RuleLine {
	var out []RuleLine
	for _, r := range s.Requirements {
		line := RuleLine{Name: r.Name, Note: r.Note}
		if r.Certainty != "" && r.Certainty != models.Sourced {
			line.Certainty = p.Word("certainty." + string(r.Certainty))
		}
		if len(r.ExemptIn) > 0 {
			line.Exemption = p.T("standard.exempt_in", "areas", p.areaNames(r.ExemptIn))
		}
		if len(r.AnyOf) == 1 {
			line.Text = p.alternativeText(r.AnyOf[0])
		}
		out = append(out, line)
		for i, alternative := range r.AnyOf {
			if len(r.AnyOf) == 1 {
				break
			}
			sub := RuleLine{Text: p.alternativeText(alternative), Depth: 1}
			if i > 0 {
				sub.Joint = p.T("standard.or")
			}
			out = append(out, sub)
		}
	}
	return out
}

// ruleText is a requirement in one sentence.
func (p *Page) ruleText(r models.Requirement) string {
	parts := make([]string, len(r.AnyOf))
	for i, alternative := range r.AnyOf {
		parts[i] = p.alternativeText(alternative)
	}
	text := strings.Join(parts, " "+p.T("standard.or")+" ")
	if len(r.ExemptIn) > 0 {
		text += "; " + p.T("standard.exempt_in", "areas", p.areaNames(r.ExemptIn))
	}
	return text
}

func (p *Page) alternativeText(a models.Alternative) string {
	parts := make([]string, len(a.AllOf))
	for i, atom := range a.AllOf {
		parts[i] = p.atomText(atom)
	}
	text := strings.Join(parts, " "+p.T("standard.and")+" ")
	if len(a.OnlyIn) > 0 {
		text += ", " + p.T("standard.only_in", "areas", p.areaNames(a.OnlyIn))
	}
	return text
}

// atomText is the smallest condition in words.
func (p *Page) atomText(a models.Atom) string {
	var text string
	switch a.Kind {
	case models.AtomLevel:
		text = p.T("standard.from_level", "line", p.Word("qual."+string(a.Line)), "level", p.Word(models.LevelKey(a.Line, a.MinLevel)))
	case models.AtomTrainingDays:
		text = p.T("standard.training_days", "n", a.MinDays)
		if a.WithinYears > 0 {
			text += " " + p.T("standard.within_years", "n", a.WithinYears)
		}
	case models.AtomFirstElectionAge:
		text = p.T("standard.first_age", "n", a.MaxAge)
	case models.AtomServiceLeft:
		text = p.T("standard.service_left", "n", a.Months)
	default:
		text = p.Word("atom." + string(a.Kind))
	}
	if len(a.Givers) > 0 {
		names := make([]string, len(a.Givers))
		for i, g := range a.Givers {
			names[i] = p.Word("giver." + string(g))
		}
		text += " (" + strings.Join(names, ", ") + ")"
	}
	if a.NoStudying {
		text += ", " + p.T("standard.studying_not_accepted")
	}
	if a.Verified {
		text += ", " + p.T("standard.verified_only")
	}
	return text
}

func (p *Page) areaNames(flags []models.AreaFlag) string {
	names := make([]string, len(flags))
	for i, f := range flags {
		names[i] = strings.ToLower(p.Word("area." + string(f)))
	}
	return strings.Join(names, ", ")
}
