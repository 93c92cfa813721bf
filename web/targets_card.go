package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"datchuan/models"
	"datchuan/web/charts"
)

// ruleNames are the rule sets and positions by code, to name what a target measures.
type ruleNames struct {
	standards map[string]models.Standard
	positions map[string]models.Position
}

func (q *request) ruleNames() (ruleNames, error) {
	out := ruleNames{map[string]models.Standard{}, map[string]models.Position{}}
	standards, err := q.s.core.Standards(q.Request.Context(), q.actor, "", false)
	if err != nil {
		return out, err
	}
	for _, s := range standards {
		out.standards[s.Code] = s
	}
	positions, err := q.s.core.Positions(q.Request.Context())
	for _, p := range positions {
		out.positions[p.Code] = p
	}
	return out, err
}

// posts are the positions of a target in words.
func (n ruleNames) posts(t models.Target) string {
	var out []string
	for _, m := range t.Measures {
		if name := n.positions[m.Position].Short; !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}

// rules are the rule sets of a target with their versions, and what is asked of each.
func (n ruleNames) rules(p *Page, t models.Target) string {
	var out []string
	for _, m := range t.Measures {
		s := n.standards[m.Standard]
		key := "target.rule"
		r, at := s.Requirement(m.Requirement)
		if at >= 0 {
			key = "target.rule_part"
		}
		out = append(out, p.T(key, "name", s.Name, "version", s.Version, "part", r.Name))
	}
	if len(out) > 2 {
		return p.T("target.rules", "first", out[0], "n", len(out)-1)
	}
	return strings.Join(out, "; ")
}

// filter is the gap list of one measure of a target, those who study counted as the target counts them.
func (n ruleNames) filter(t models.Target, m models.TargetMeasure, unit int64, on models.Date) models.GapFilter {
	f := models.GapFilter{Position: m.Position, Standard: m.Standard, Requirement: m.Requirement, UnitID: unit, AsOf: on}
	if n.standards[m.Standard].StudyingCounts != t.StudyingCounts {
		f.CountStudy = models.No
		if t.StudyingCounts {
			f.CountStudy = models.Yes
		}
	}
	return f
}

// targetCard is a target in a unit (0 = one's own); dated keeps its date in the links.
func (p *Page) targetCard(x models.Progress, names ruleNames, unit int64, dated bool) TargetCard {
	on := models.Date(0)
	if dated {
		on = x.AsOf
	}
	t := x.Target
	c := TargetCard{Name: t.Name, Standard: names.rules(p, t), Href: targetHref(t.ID, unit, on), AsOf: x.AsOf.VN(), Due: t.Due.VN(), Reached: x.Counted, Base: x.Total,
		InHand: x.Met, WithStudying: x.Met + x.Studying, Studying: x.Studying, Unknown: x.Unknown, Need: x.StillNeed, Threshold: p.threshold(t)}
	if c.Counted = p.T("overview.people"); x.People != x.Total {
		c.Counted = p.T("overview.posts_held")
	}
	c.Gauge = charts.Gauge{Share: progressShare(x), Target: float64(t.ThresholdBP) / 100, Value: p.Pct(x.Counted, x.Total),
		Label: p.T("target.gauge", "name", t.Name, "pct", p.Pct(x.Counted, x.Total), "counted", x.Counted, "total", x.Total, "what", c.Counted, "threshold", c.Threshold)}
	for _, m := range t.Measures {
		label := names.positions[m.Position].Short
		if len(t.Measures) == 1 {
			label = p.T("target.people")
		}
		c.People = append(c.People, Tab{Label: label, Href: gapHref(names.filter(t, m, unit, on), "")})
	}
	return c
}

func progressShare(x models.Progress) float64 {
	if x.Total == 0 {
		return 0
	}
	return 100 * float64(x.Counted) / float64(x.Total)
}

// targetHref is the page of a target in a unit on a date; what is 0 is left out.
func targetHref(id, unit int64, on models.Date) string {
	v := url.Values{}
	if unit != 0 {
		v.Set("unit_id", strconv.FormatInt(unit, 10))
	}
	if on != 0 {
		v.Set("as_of", on.String())
	}
	if len(v) == 0 {
		return fmt.Sprintf("/targets/%d", id)
	}
	return fmt.Sprintf("/targets/%d?%s", id, v.Encode())
}

// quarters is how many steps of three months a chart goes back.
const quarters = 8

// course is a target over the last two years; days on which nobody was counted yet are left out.
func (q *request) course(p *Page, t models.Target, unit int64, on models.Date) (charts.Line, error) {
	line := charts.Line{Target: float64(t.ThresholdBP) / 100, Goal: p.T("target.goal_line", "threshold", p.threshold(t))}
	var days []models.Date
	for i := quarters; i >= 0; i-- {
		days = append(days, on.AddMonths(-3*i))
	}
	series, err := q.s.core.TargetSeries(q.Request.Context(), q.actor, t.Code, unit, days)
	for _, x := range series {
		if x.Total > 0 {
			line.Points = append(line.Points, charts.Point{Label: fmt.Sprintf("%d/%d", x.AsOf.Month(), x.AsOf.Year()), Value: progressShare(x),
				Text: p.T("target.point", "pct", p.Pct(x.Counted, x.Total), "counted", x.Counted, "total", x.Total)})
		}
	}
	if n := len(line.Points); n > 0 {
		line.Label = p.T("target.course_label", "name", t.Name, "from", line.Points[0].Label, "first", line.Points[0].Text, "to", line.Points[n-1].Label, "last", line.Points[n-1].Text, "threshold", p.threshold(t))
	}
	return line, err
}

// targetTotals are the counts of a target in the units right below a unit, over all its measures.
func (q *request) targetTotals(t models.Target, names ruleNames, unit int64, on models.Date) ([]models.UnitTotal, models.UnitKind, error) {
	var out []models.UnitTotal
	var kind models.UnitKind
	for _, m := range t.Measures {
		lines, k, err := q.totalsBelow(names.filter(t, m, unit, on))
		if err != nil {
			return nil, "", err
		}
		if out == nil {
			out, kind = lines, k
			continue
		}
		for i := range lines {
			out[i].Add(lines[i])
		}
	}
	return out, kind, nil
}
