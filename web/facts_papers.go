package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"datchuan/core"
	"datchuan/models"
)

func qualificationFields(_ *request, p *Page, card core.CadreCard) ([]Field, error) {
	fields := []Field{
		{Name: "level", Label: p.Word("field.level"), Type: "select", Options: levelOptions(p, models.NoLevel), Required: true},
		{Name: "field", Label: p.Word("field.field"), MaxLength: 160},
		{Name: "school", Label: p.Word("field.school"), MaxLength: 200},
		{Name: "form", Label: p.Word("field.form"), MaxLength: 40, Hint: p.T("fact.form_hint")},
		{Name: "giver", Label: p.Word("field.giver"), Type: "select", Options: giverOptions(p)},
		{Name: "earned", Label: p.Word("field.earned"), Type: "date", Hint: p.T("fact.earned_hint")},
		{Name: "to", Label: p.T("fact.expires"), Type: "date"},
		{Name: "number", Label: p.Word("field.number"), MaxLength: 80},
		{Name: "days", Label: p.Word("field.days"), Type: "number", Hint: p.T("fact.days_hint")},
		{Name: "hours", Label: p.Word("field.hours"), Type: "number"},
		{Name: "evidence", Label: p.Word("field.evidence"), Type: "textarea", MaxLength: 400},
	}
	if len(card.Files) > 0 {
		files := []Option{{Label: p.T("fact.no_file")}}
		for _, f := range card.Files {
			files = append(files, Option{Value: strconv.FormatInt(f.ID, 10), Label: f.Name})
		}
		fields = append(fields, Field{Name: "file_id", Label: p.T("fact.stored_file"), Type: "select", Options: files})
	}
	return append(fields, Field{Name: "file", Label: p.T("fact.new_file"), Type: "file", Accept: ".pdf,.jpg,.jpeg,.png", Hint: p.T("fact.file_hint")}), nil
}

func qualificationsNow(_ *request, card core.CadreCard) (out []factNow) {
	for _, x := range card.Qualifications {
		v := values{"level": levelValue(x.Kind, x.Level), "field": x.Field, "school": x.School, "form": x.Form, "giver": string(x.Giver), "earned": x.Earned.VN(),
			"to": x.To.VN(), "number": x.Number, "days": year(x.Days), "hours": year(x.Hours), "evidence": x.Evidence, "file_id": year(int(x.FileID))}
		out = append(out, factNow{x.FactID, x.ID, v})
	}
	return out
}

func saveQualification(q *request, at factPlace) error {
	x := models.Qualification{ID: at.row, CadreID: at.cadre, Recorded: recorded(at), Field: q.text("field"), School: q.text("school"), Form: q.text("form"),
		Giver: models.Giver(q.text("giver")), Earned: q.day("earned"), To: q.day("to"), Number: q.text("number"), Days: q.numberTo("days", 1e6), Hours: q.numberTo("hours", 1e6),
		Evidence: q.text("evidence"), FileID: q.number("file_id")}
	x.Kind, x.Level = q.level()
	if err := q.findings(); err != nil {
		return err
	}
	name, data, err := q.scan()
	if err != nil {
		return err
	}
	if name == "" {
		_, err = q.s.core.SaveQualification(q.Request.Context(), q.actor, x)
	} else {
		_, err = q.s.core.SaveQualificationWithScan(q.Request.Context(), q.actor, x, name, data)
	}
	return err
}

// paper is the qualification that a review is about.
func (q *request) paper() (factEdit, models.Qualification, error) {
	e, err := q.factEdit()
	if err != nil {
		return e, models.Qualification{}, err
	}
	i := slices.IndexFunc(e.card.Qualifications, func(x models.Qualification) bool { return x.FactID == e.now.fact })
	if e.name != core.FactQualification || i < 0 {
		return e, models.Qualification{}, models.Fail(models.NotFound, "not_found", "")
	}
	return e, e.card.Qualifications[i], nil
}

func (s *server) reviewForm(q *request) error {
	e, x, err := q.paper()
	if err != nil {
		return err
	}
	return q.show("fact-form", q.reviewPage(e, x))
}

func (s *server) review(q *request) error {
	e, x, err := q.paper()
	if err != nil {
		return err
	}
	saw, err := q.sawVersion()
	if err == nil && saw != x.ID {
		err = models.Fail(models.Stale, "edit.stale", "") // the paper she has judged is not the one that is stored now
	}
	if err == nil {
		err = s.core.ReviewQualification(q.Request.Context(), q.actor, x.FactID, models.Review(q.text("review")), q.text("note"))
	}
	if err != nil {
		return q.again(err, "fact-form", q.reviewPage(e, x))
	}
	return q.goTo(e.back(), "fact.reviewed")
}

// reviewPage shows the paper and what may be decided about it.
func (q *request) reviewPage(e factEdit, x models.Qualification) *FactFormPage {
	title := word(q.lang, "fact.review")
	f := &FactFormPage{Page: q.base("fact.review", Crumb{e.card.Cadre.Name, e.back()}, Crumb{title, ""}), Action: q.Request.URL.Path, Back: e.back(), Person: e.card.Cadre.Name, ETag: etagOf(x.ID)}
	f.About = []Fact{{f.Word("field.level"), f.levelName(x.Kind, x.Level)}, {f.Word("field.field"), x.Field}, {f.Word("field.school"), x.School},
		{f.Word("field.earned"), cmp.Or(x.Earned.VN(), f.T("cadre.date_unknown"))}, {f.Word("field.number"), x.Number}, {f.Word("field.days"), year(x.Days)},
		{f.Word("field.evidence"), x.Evidence}, {f.Word("field.review"), f.Word("review." + string(x.Review))}}
	if x.FileID != 0 {
		f.FileHref = fmt.Sprintf("/files/%d", x.FileID)
	}
	var steps []Option
	for _, r := range core.ReviewSteps(x.Review) {
		steps = append(steps, Option{Value: string(r), Label: f.Word("review." + string(r))})
	}
	f.Sections = []Section{{Fields: f.filled(values{"review": q.text("review"), "note": q.text("note")}, []Field{
		{Name: "review", Label: f.Word("field.review"), Type: "radio", Options: steps, Required: true},
		{Name: "note", Label: f.T("fact.review_note"), Type: "textarea", MaxLength: 400, Hint: f.T("fact.review_note_hint")}})}}
	return f
}
