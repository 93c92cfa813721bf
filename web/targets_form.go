package web

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"datchuan/models"
)

// measureLines is how many empty lines the form offers for more positions; maxMeasures bounds them all.
const (
	measureLines = 2
	maxMeasures  = 20
)

// targetFields are the inputs of the form. A target that exists keeps its code.
func (q *request) targetFields(p *Page, isNew bool, lines int) ([]Field, error) {
	standards, err := q.s.core.Standards(q.Request.Context(), q.actor, "", false)
	if err != nil {
		return nil, err
	}
	fields := []Field{{Name: "name", Label: p.T("target.name"), Required: true, MaxLength: 300},
		{Name: "threshold", Label: p.T("target.threshold"), Hint: p.T("target.threshold_hint"), Required: true, MaxLength: 8},
		{Name: "start", Label: p.T("target.start"), Type: "date", Required: true}, {Name: "due", Label: p.T("target.due"), Type: "date", Required: true},
		{Name: "studying_counts", Label: p.T("target.studying_counts"), Type: "checkbox"},
		{Name: "basis", Label: p.T("standard.basis"), MaxLength: 300}, {Name: "note", Label: p.T("target.note"), Type: "textarea", MaxLength: 1000},
		{Name: "ordinal", Label: p.T("target.ordinal"), Hint: p.T("target.ordinal_hint"), Type: "number"}}
	if isNew {
		fields = append([]Field{{Name: "code", Label: p.T("target.code"), Hint: p.T("target.code_hint"), Required: true, MaxLength: 40}}, fields...)
	}
	for i := range min(lines+measureLines, maxMeasures) {
		fields = append(fields, Field{Name: fmt.Sprintf("measure%d", i), Label: p.T("target.measure", "n", i+1), Type: "select", Options: p.measureOptions(standards), Required: i == 0})
	}
	return fields, nil
}

// measureOptions are all that a target can count: each rule set, and each of its requirements.
func (p *Page) measureOptions(standards []models.Standard) []Option {
	out := []Option{{Label: p.T("form.choose")}}
	for _, s := range standards {
		m := models.TargetMeasure{Position: s.Position, Standard: s.Code}
		out = append(out, Option{Value: measureValue(m), Label: s.Name})
		for _, r := range s.Requirements {
			m.Requirement = r.Code
			out = append(out, Option{Value: measureValue(m), Label: "– " + s.Name + ": " + r.Name})
		}
	}
	return out
}

// measureValue writes a measure as the value of an option; codes hold no slash.
func measureValue(m models.TargetMeasure) string {
	return m.Position + "/" + m.Standard + "/" + m.Requirement
}

// targetValues are the texts of the form for a target.
func (p *Page) targetValues(t models.Target) values {
	v := values{"code": t.Code, "name": t.Name, "threshold": strings.TrimSuffix(p.threshold(t), "%"), "start": t.Start.VN(), "due": t.Due.VN(), "basis": t.Basis, "note": t.Note,
		"ordinal": strconv.Itoa(t.Ordinal)}
	if t.StudyingCounts {
		v["studying_counts"] = "1"
	}
	for i, m := range t.Measures {
		v[fmt.Sprintf("measure%d", i)] = measureValue(m)
	}
	return v
}

// typedTarget reads the form.
func (q *request) typedTarget() models.Target {
	t := models.Target{Code: q.text("code"), Name: q.text("name"), Start: q.day("start"), Due: q.day("due"), StudyingCounts: q.checked("studying_counts"),
		Basis: q.text("basis"), Note: q.text("note"), Ordinal: q.numberTo("ordinal", 1000), ThresholdBP: q.hundredths("threshold")}
	for i := range maxMeasures {
		if parts := strings.SplitN(q.text(fmt.Sprintf("measure%d", i)), "/", 3); len(parts) == 3 {
			t.Measures = append(t.Measures, models.TargetMeasure{Position: parts[0], Standard: parts[1], Requirement: parts[2]})
		}
	}
	return t
}

// hundredths reads a per cent with a comma or a point, as hundredths of a per cent; nonsense is left to the rules of core.
func (q *request) hundredths(name string) int {
	text := strings.TrimSpace(strings.TrimSuffix(strings.Replace(q.text(name), ",", ".", 1), "%"))
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f < 0 || f > 100 {
		return 0
	}
	return int(math.Round(f * 100))
}

// targetForm is the form with these texts. Findings of core stand at the inputs that they are about.
func (q *request) targetForm(v *TargetFormPage, isNew bool, texts values, wrong error) error {
	lines := 0
	for i := range maxMeasures {
		if texts[fmt.Sprintf("measure%d", i)] != "" {
			lines = i + 1
		}
	}
	fields, err := q.targetFields(&v.Page, isNew, lines)
	if err != nil {
		return err
	}
	if wrong != nil {
		v.Fail(wrong)
		for i, e := range v.Errors {
			if to, ok := map[string]string{"threshold_bp": "threshold", "measures": "measure0"}[e.Field]; ok {
				v.Errors[i].Field = to
			}
		}
	}
	fields = v.filled(texts, fields)
	split := len(fields) - min(lines+measureLines, maxMeasures)
	v.Sections = []Section{{"", "", fields[:split]}, {v.T("target.measures"), v.T("target.measures_hint"), fields[split:]}}
	if wrong != nil {
		return q.again(wrong, "target-form", v)
	}
	return q.show("target-form", v)
}

func (q *request) newTargetPage() *TargetFormPage {
	v := &TargetFormPage{Page: q.base("target.add", Crumb{word(q.lang, "nav.targets"), "/targets"}), Action: "/targets", Back: "/targets"}
	return v
}

func (s *server) newTarget(q *request) error {
	return q.targetForm(q.newTargetPage(), true, values{}, nil)
}

func (s *server) createTarget(q *request) error {
	t := q.typedTarget()
	err := q.findings()
	if err == nil {
		t, err = s.core.SaveTarget(q.Request.Context(), q.actor, t)
	}
	if kind := models.KindOf(err); kind == models.Invalid || kind == models.Conflict {
		return q.targetForm(q.newTargetPage(), true, q.allTyped(), err)
	} else if err != nil {
		return err
	}
	return q.goTo(targetHref(t.ID, 0, 0), "target.saved")
}

// allTyped is everything that the form sent.
func (q *request) allTyped() values {
	out := values{}
	for name := range q.Request.PostForm {
		out[name] = q.text(name)
	}
	return out
}

func (q *request) editTargetPage(t models.Target) *TargetFormPage {
	href := targetHref(t.ID, 0, 0)
	v := &TargetFormPage{Page: q.base("target.edit", Crumb{word(q.lang, "nav.targets"), "/targets"}, Crumb{t.Name, href}), Action: href, Back: href, ETag: etagOf(t.Version)}
	v.Was = v.targetValues(t).sealed()
	return v
}

func (s *server) editTarget(q *request) error {
	x, _, _, err := q.targetProgress()
	if err != nil {
		return err
	}
	v := q.editTargetPage(x.Target)
	return q.targetForm(v, false, v.targetValues(x.Target), nil)
}

func (s *server) updateTarget(q *request) error {
	x, _, _, err := q.targetProgress()
	if err != nil {
		return err
	}
	t := q.typedTarget()
	t.ID, t.Code = x.Target.ID, x.Target.Code
	if t.Version, err = q.sawVersion(); err == nil {
		err = q.findings()
	}
	if err == nil {
		_, err = s.core.SaveTarget(q.Request.Context(), q.actor, t)
	}
	switch kind := models.KindOf(err); {
	case err == nil:
		return q.goTo(targetHref(t.ID, 0, 0), "target.saved")
	case kind == models.Invalid || kind == models.Conflict:
		v := q.editTargetPage(x.Target)
		v.ETag, v.Was = q.text("etag"), q.text(wasField)
		return q.targetForm(v, false, q.allTyped(), err)
	case stale(err):
		return q.targetConflict(x.Target)
	}
	return err
}

// targetConflict lets her choose between what she typed and what somebody else saved meanwhile.
func (q *request) targetConflict(now models.Target) error {
	href := targetHref(now.ID, 0, 0)
	v := &ConflictPage{Page: q.base("conflict.title"), Action: href, Back: href, ETag: etagOf(now.Version)}
	theirs := v.targetValues(now)
	fields, err := q.targetFields(&v.Page, false, maxMeasures)
	if err != nil {
		return err
	}
	return q.conflictOn(v, "target", now.ID, fields, theirs, q.typed(fields))
}
