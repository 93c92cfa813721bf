package web

import (
	"fmt"

	"datchuan/core"
	"datchuan/models"
)

// previewPeople is how many of those who would change status the form shows.
const previewPeople = 30

func (s *server) newStandard(q *request) error {
	v := q.newStandardPage()
	texts, lines := values{"certainty": string(models.Uncertain)}, 0
	if from := q.text("from"); from != "" {
		code, version := readStandardRef(from)
		source, err := s.core.Standard(q.Request.Context(), q.actor, code, version)
		if err != nil {
			return err
		}
		texts, lines = standardValues(source)
		texts["code"], texts["preferred"], texts["name"] = "", "", v.T("standard.copy_of", "name", source.Name)
	}
	return q.standardForm(v, true, texts, lines, nil)
}

func (q *request) newStandardPage() *StandardFormPage {
	v := &StandardFormPage{Page: q.base("standard.add", Crumb{word(q.lang, "nav.standards"), "/standards"}), Action: "/standards", Back: "/standards"}
	if from := q.text("from"); from != "" {
		v.Hidden = []Field{{Name: "from", Value: from}}
	}
	return v
}

func (s *server) createStandard(q *request) error {
	x, at := q.typedStandard()
	from, _ := readStandardRef(q.text("from"))
	v := q.newStandardPage()
	if q.text("do") != "save" {
		return q.tryStandard(v, true, from, x, at)
	}
	err := q.findings()
	if err == nil {
		x, err = s.core.CreateStandard(q.Request.Context(), q.actor, x)
	}
	if err != nil {
		return q.standardForm(v, true, q.allTyped(), q.typedLines(), relocated(err, at))
	}
	return q.goTo(standardHref(x.Code, 0), "standard.created")
}

func (q *request) versionPage(now models.Standard) *StandardFormPage {
	href := standardHref(now.Code, 0)
	v := &StandardFormPage{Page: q.base("standard.new_version", Crumb{word(q.lang, "nav.standards"), "/standards"}, Crumb{now.Name, href}), Action: href, Back: href, ETag: etagOf(int64(now.Version))}
	texts, _ := standardValues(now)
	v.Was = texts.sealed()
	return v
}

func (s *server) editStandard(q *request) error {
	now, err := s.core.Standard(q.Request.Context(), q.actor, q.Param("code"), 0)
	if err != nil {
		return err
	}
	texts, lines := standardValues(now)
	return q.standardForm(q.versionPage(now), false, texts, lines, nil)
}

// newVersion saves the form as a new version: the old one is kept for old reports.
func (s *server) newVersion(q *request) error {
	now, err := s.core.Standard(q.Request.Context(), q.actor, q.Param("code"), 0)
	if err != nil {
		return err
	}
	x, at := q.typedStandard()
	x.Code, x.Position = now.Code, now.Position
	v := q.versionPage(now)
	v.ETag, v.Was = q.text("etag"), q.text(wasField)
	if q.text("do") != "save" {
		return q.tryStandard(v, false, now.Code, x, at)
	}
	saw, err := q.sawVersion()
	if err == nil {
		err = q.findings()
	}
	if err == nil {
		_, err = s.core.NewVersion(q.Request.Context(), q.actor, now.Code, int(saw), x)
	}
	if stale(err) {
		return q.standardConflict(now)
	} else if err != nil {
		return q.standardForm(v, false, q.allTyped(), q.typedLines(), relocated(err, at))
	}
	return q.goTo(standardHref(now.Code, 0), "standard.saved")
}

// tryStandard shows the form again: with another condition, or with who would change status.
func (q *request) tryStandard(v *StandardFormPage, isNew bool, against string, x models.Standard, at map[string]string) error {
	if q.text("do") != "preview" {
		return q.standardForm(v, isNew, q.allTyped(), q.typedLines(), nil)
	}
	err := q.findings()
	var found core.Comparison
	if err == nil {
		found, err = q.s.core.PreviewStandard(q.Request.Context(), q.actor, against, x, 0)
	}
	if err != nil {
		return q.standardForm(v, isNew, q.allTyped(), q.typedLines(), relocated(err, at))
	}
	v.Preview = v.T("standard.preview", "n", len(found.Changed), "total", found.TotalsB.Total, "before", found.TotalsA.UpTo(found.A.StudyingCounts), "after", found.TotalsB.UpTo(x.StudyingCounts))
	if found.A.Code == "" {
		v.Preview = v.T("standard.preview_first")
	}
	v.Changed = v.changes(found.Changed[:min(len(found.Changed), previewPeople)], found.A, x)
	return q.standardForm(v, isNew, q.allTyped(), q.typedLines(), nil)
}

// typedLines is how many conditions the form that was sent had.
func (q *request) typedLines() int {
	lines := 0
	for n := range maxConditions {
		if q.text(conditionName(n, "kind")) != "" {
			lines = n + 1
		}
	}
	return lines
}

// standardForm shows the form with these texts, one empty condition at its end.
func (q *request) standardForm(v *StandardFormPage, isNew bool, texts values, lines int, wrong error) error {
	if kind := models.KindOf(wrong); wrong != nil && kind != models.Invalid && kind != models.Conflict {
		return wrong
	}
	v.Fail(wrong)
	positions, err := q.s.core.Positions(q.Request.Context())
	if err != nil {
		return err
	}
	v.Head = v.filled(texts, v.headFields(isNew, positions))
	for n := range min(lines+1, maxConditions) {
		form := v.conditionFields(n, models.AtomKind(texts[conditionName(n, "kind")]), texts[conditionName(n, "join")])
		form.Fields = v.filled(texts, form.Fields)
		for i := range form.Checks {
			form.Checks[i].Boxes = v.filled(texts, form.Checks[i].Boxes)
		}
		v.Rules = append(v.Rules, form)
		if code := texts[conditionName(n, "code")]; code != "" {
			v.Hidden = append(v.Hidden, Field{Name: conditionName(n, "code"), Value: code})
		}
	}
	if wrong != nil {
		return q.again(wrong, "standard-form", v)
	}
	return q.show("standard-form", v)
}

// standardConflict lets her choose, input by input, between what she typed and what somebody else saved meanwhile.
func (q *request) standardConflict(now models.Standard) error {
	href := standardHref(now.Code, 0)
	v := &ConflictPage{Page: q.base("conflict.title", Crumb{now.Name, href}), Action: href, Back: href, ETag: etagOf(int64(now.Version))}
	theirs, lines := standardValues(now)
	fields := v.headFields(false, nil)
	for n := range max(lines, q.typedLines()) {
		kind := models.AtomKind(q.text(conditionName(n, "kind")))
		if kind == "" {
			kind = models.AtomKind(theirs[conditionName(n, "kind")])
		}
		form := v.conditionFields(n, kind, "")
		for _, group := range form.Checks {
			for _, box := range group.Boxes {
				box.Label = group.Legend + ": " + box.Label
				form.Fields = append(form.Fields, box)
			}
		}
		for _, f := range form.Fields {
			f.Label = fmt.Sprintf("%s: %s", form.Legend, f.Label)
			fields = append(fields, f)
		}
		if code := q.text(conditionName(n, "code")); code != "" {
			v.Hidden = append(v.Hidden, Field{Name: conditionName(n, "code"), Value: code})
		}
	}
	return q.conflictOn(v, "standard", now.ID, fields, theirs, q.typed(fields))
}
