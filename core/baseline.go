package core

import (
	"context"
	_ "embed" // the printed figures of the plan
	"encoding/json"
	"strconv"
	"strings"
	"sync"

	"datchuan/models"
)

//go:embed reference/plan-2013.json
var planFile []byte

// planFigure is one figure as the plan prints it, and how the software computes it: Of names the numerator, Per the
// denominator of a percentage (figures of planCounts), "" for a plain count.
type planFigure struct {
	ID            string                 `json:"id"`
	Group         string                 `json:"group"`
	Section       string                 `json:"section"`
	Name          map[models.Lang]string `json:"name"`
	Printed       int                    `json:"printed"` // a count, or tenths of a percent
	Of            string                 `json:"of"`
	Per           string                 `json:"per,omitempty"`
	Contradiction bool                   `json:"contradiction,omitempty"` // a difference is one of the plan with itself
	Note          map[models.Lang]string `json:"note,omitempty"`
	Filter        *models.GapFilter      `json:"filter,omitempty"` // the people behind it
}

var planFigures = sync.OnceValue(func() []planFigure {
	var out []planFigure
	if err := json.Unmarshal(planFile, &out); err != nil {
		panic("reference/plan-2013.json: " + err.Error())
	}
	return out
})

// Verdict is what the comparison of a printed figure with the computed one says.
type Verdict string

// The verdicts. Differs is for data that are not those of the plan.
const (
	Agrees        Verdict = "agrees"
	Rounding      Verdict = "rounding"      // 0,1 away: the source cut or mistyped a decimal
	Contradiction Verdict = "contradiction" // the source contradicts itself
	Differs       Verdict = "differs"
)

// BaselineLine is one figure of the plan's section I beside the computed one on 01/03/2013. Name and Note are in the
// language of the actor; How shows numerator and denominator.
type BaselineLine struct {
	ID       string            `json:"id"`
	Group    string            `json:"group"`
	Section  string            `json:"section"`
	Name     string            `json:"name"`
	Printed  string            `json:"printed"`
	Computed string            `json:"computed"`
	How      string            `json:"how,omitempty"`
	Verdict  Verdict           `json:"verdict"`
	Note     string            `json:"note,omitempty"`
	Filter   *models.GapFilter `json:"filter,omitempty"`
}

// baselineDate is the day on which the plan's figures are compared.
var baselineDate = models.NewDate(2013, 3, 1)

// Baseline compares the plan's figures with those computed from units, reported figures and standings.
func (c *Core) Baseline(ctx context.Context, actor models.Actor) ([]BaselineLine, error) {
	if err := allow(actor, models.GapsRead); err != nil {
		return nil, err
	}
	counts, err := c.planCounts(ctx, actor)
	if err != nil {
		return nil, err
	}
	lang := actor.Language
	if lang == "" {
		lang = models.Vi
	}
	var out []BaselineLine
	for _, f := range planFigures() {
		out = append(out, f.compare(counts, lang))
	}
	return out, nil
}

func (f planFigure) compare(counts map[string]int, lang models.Lang) BaselineLine {
	n := counts[f.Of]
	line := BaselineLine{ID: f.ID, Group: f.Group, Section: f.Section, Name: f.Name[lang], Note: f.Note[lang], Filter: f.Filter}
	computed := n
	if f.Per == "" {
		line.Printed, line.Computed = groupDigits(f.Printed), groupDigits(n)
	} else {
		computed = models.Percent(n, counts[f.Per])
		line.Printed, line.Computed = tenths(f.Printed), tenths(computed)
		line.How = groupDigits(n) + "/" + groupDigits(counts[f.Per])
	}
	switch gap := computed - f.Printed; {
	case gap == 0:
		line.Verdict = Agrees
	case f.Contradiction:
		line.Verdict = Contradiction
	case f.Per != "" && (gap == 1 || gap == -1):
		line.Verdict = Rounding
	default:
		line.Verdict = Differs
	}
	return line
}

func tenths(n int) string { return strconv.Itoa(n/10) + "," + strconv.Itoa(n%10) + "%" }

// groupDigits writes thousands with dots, as papers do: 161.360.
func groupDigits(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "." + text[i:]
	}
	return text
}

// planCounts are the numbers behind the figures, by name.
func (c *Core) planCounts(ctx context.Context, actor models.Actor) (map[string]int, error) {
	v, err := c.viewer(ctx, actor, baselineDate, 0)
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	v.countUnits(out)
	if err := c.countFigures(ctx, v, out); err != nil {
		return nil, err
	}
	for _, m := range []struct{ name, standard, requirement string }{
		{"ct", "ke-hoach-2013", ""},
		{"ct_profession", "ke-hoach-2013-ca-hai", "profession"},
		{"ct_political", "ke-hoach-2013-ca-hai", "political"},
		{"pct_profession", "pho-chu-tich-2013", "profession"},
		{"uv_training", "uy-vien-bch-2013", "training"},
		{"cht_training", "chi-hoi-truong-2013", "training"},
	} {
		s, err := standard(c.read.WithContext(ctx), m.standard, 0)
		if err != nil {
			return nil, err
		}
		_, at := s.Requirement(m.requirement)
		p := []models.Progress{{}}
		if err := c.countMeasure(ctx, s.ID, at, []datedLand{{baselineDate, v.scope}}, p); err != nil {
			return nil, err
		}
		tally(out, m.name, p[0].Total, p[0].Met, p[0].Studying)
	}
	if err := c.countVicePolitical(ctx, actor, out); err != nil {
		return nil, err
	}
	out["ct_not_up"] = out["ct"] - out["ct_met"] - out["ct_studying"]
	out["pct"] = out["pct_profession"]
	out["core_cadres"] = out["uv_training"] + out["cht_training"]
	out["trained"] = out["uv_training_met"] + out["cht_training_met"]
	out["untrained"] = out["core_cadres"] - out["trained"]
	return out, nil
}

func tally(out map[string]int, name string, total, met, studying int) {
	out[name], out[name+"_met"], out[name+"_studying"], out[name+"_not"] = total, met, studying, total-met
}

// countVicePolitical evaluates the vice-chairs by a rule that no shipped rule set has: intermediate political theory, which
// the plan counts though the post asks for less.
func (c *Core) countVicePolitical(ctx context.Context, actor models.Actor, out map[string]int) error {
	ask, err := c.ask(ctx, actor, models.GapFilter{Standard: "pho-chu-tich-2013", AsOf: baselineDate, Everyone: true})
	if err != nil {
		return err
	}
	ask.standards = []models.Standard{{Position: "pho-chu-tich-xa", Requirements: []models.Requirement{{Code: "political",
		AnyOf: []models.Alternative{{AllOf: []models.Atom{{Kind: models.AtomLevel, Line: models.Political, MinLevel: models.Intermediate}}}}}}}}
	lines, err := ask.evaluated()
	if err != nil {
		return err
	}
	var t models.UnitTotal
	for _, l := range lines {
		t.Count(l.overall, 1)
	}
	tally(out, "pct_political", t.Total, t.Met, t.Studying)
	return nil
}

// countUnits counts the units of the date in the scope, by kind, special branches by what they gather.
func (v *viewer) countUnits(out map[string]int) {
	for id := range v.tree.spans {
		s, ok := v.tree.At(id, v.asOf)
		if !ok || !v.scope.has(s.Path) {
			continue
		}
		out[string(s.Kind)]++
		if name := models.Fold(s.Name); s.Kind == models.Special {
			switch {
			case strings.Contains(name, "doanh nghiep"):
				out["special_enterprise"]++
			case strings.Contains(name, "tieu thuong"):
				out["special_traders"]++
			}
		}
	}
}

// countFigures sums what the units reported, each by its newest figure up to the date.
func (c *Core) countFigures(ctx context.Context, v *viewer, out map[string]int) error {
	var rows []models.UnitFigure
	err := c.read.WithContext(ctx).Where("date <= ?", v.asOf).Order("date, recorded_at, id").Find(&rows).Error
	if err != nil {
		return err
	}
	newest := map[string]map[int64]int64{}
	for _, f := range rows {
		if s, ok := v.tree.At(f.UnitID, v.asOf); ok && s.Kind == models.Commune && v.scope.has(s.Path) {
			if newest[f.Key] == nil {
				newest[f.Key] = map[int64]int64{}
			}
			newest[f.Key][f.UnitID] = f.Value
		}
	}
	for key, units := range newest {
		for _, n := range units {
			out[key] += int(n)
			if n > 0 {
				out[key+"_units"]++
			}
		}
	}
	return nil
}
