package web

import (
	"fmt"
	"strconv"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

// factKinds are the kinds of fact by the name they have in addresses.
func factKinds() map[string]factKind {
	return map[string]factKind{
		core.FactHolding:       {fields: postFields(core.FactHolding), now: holdingsNow, save: saveHolding},
		core.FactSuccession:    {fields: postFields(core.FactSuccession), now: successionsNow, save: saveSuccession},
		core.FactQualification: {fields: qualificationFields, now: qualificationsNow, save: saveQualification, scan: true},
		core.FactStudy:         {fields: studyFields, now: studiesNow, save: saveStudy},
		core.FactAward:         {fields: awardFields, now: awardsNow, save: saveAward},
		core.FactRating:        {fields: ratingFields, now: ratingsNow, save: saveRating},
	}
}

func recorded(at factPlace) models.Recorded { return models.Recorded{FactID: at.fact} }

// year writes a year, "" for none.
func year(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// postFields are the inputs of a post held or planned.
func postFields(kind string) func(*request, *Page, core.CadreCard) ([]Field, error) {
	return func(q *request, p *Page, _ core.CadreCard) ([]Field, error) {
		positions, err := q.positionOptions(p.T("form.choose"))
		end := p.T("fact.to_hint")
		if kind == core.FactSuccession {
			end = p.T("fact.term_span_hint")
		}
		return []Field{
			{Name: "position", Label: p.Word("field.position"), Type: "select", Options: positions, Required: true},
			{Name: "unit_id", Label: p.Word("field.unit"), Required: true, MaxLength: 400, Autocomplete: "off"},
			{Name: "from", Label: p.Word("field.from"), Type: "date"},
			{Name: "to", Label: p.Word("field.to"), Type: "date", Hint: end},
			{Name: "term", Label: p.Word("field.term"), MaxLength: 20, Hint: p.T("fact.term_hint"), Required: kind == core.FactSuccession},
			{Name: "decision", Label: p.Word("field.decision"), MaxLength: 120},
		}, err
	}
}

func (q *request) postValues(position string, unit int64, from, to models.Date, term, decision string) values {
	return values{"position": position, "unit_id": q.placeOf(unit), "unit_id" + placeAt: strconv.FormatInt(unit, 10), "from": from.VN(), "to": to.VN(), "term": term, "decision": decision}
}

func holdingsNow(q *request, card core.CadreCard) (out []factNow) {
	for _, h := range card.Holdings {
		out = append(out, factNow{h.FactID, h.ID, q.postValues(h.Position, h.UnitID, h.From, h.To, h.Term, h.Decision)})
	}
	return out
}

func saveHolding(q *request, at factPlace) error {
	h := models.Holding{ID: at.row, CadreID: at.cadre, Recorded: recorded(at), Position: q.text("position"), From: q.day("from"), To: q.day("to"), Term: q.text("term"), Decision: q.text("decision")}
	h.UnitID = q.place("unit_id", h.From)
	if err := q.findings(); err != nil {
		return err
	}
	var options []core.HoldingOption
	if q.checked("shared") {
		options = append(options, core.SeatShared)
	}
	_, err := q.s.core.SaveHolding(q.Request.Context(), q.actor, h, options...)
	return err
}

func successionsNow(q *request, card core.CadreCard) (out []factNow) {
	for _, s := range card.Successions {
		out = append(out, factNow{s.FactID, s.ID, q.postValues(s.Position, s.UnitID, s.From, s.To, s.Term, s.Decision)})
	}
	return out
}

func saveSuccession(q *request, at factPlace) error {
	s := models.Succession{ID: at.row, CadreID: at.cadre, Recorded: recorded(at), Position: q.text("position"), From: q.day("from"), To: q.day("to"), Term: q.text("term"), Decision: q.text("decision")}
	s.UnitID = q.place("unit_id", 0)
	if err := q.findings(); err != nil {
		return err
	}
	_, err := q.s.core.SaveSuccession(q.Request.Context(), q.actor, s)
	return err
}

// levelOptions is one menu of all lines of the personnel file with their levels, from a level up.
func levelOptions(p *Page, from int) []Option {
	out := p.choice(true)
	for _, kind := range models.QualKinds {
		for level := from; level <= models.MaxLevel(kind); level++ {
			out = append(out, Option{Value: levelValue(kind, level), Label: p.levelName(kind, level)})
		}
	}
	return out
}

func levelValue(kind models.QualKind, level int) string { return fmt.Sprintf("%s.%d", kind, level) }

// level reads a line of that menu.
func (q *request) level() (models.QualKind, int) {
	kind, level, _ := strings.Cut(q.text("level"), ".")
	n, err := strconv.Atoi(level)
	if err != nil {
		q.finding("qualification.level_bad", "level", "")
	}
	return models.QualKind(kind), n
}

func giverOptions(p *Page) []Option {
	out := p.choice(true)
	for _, g := range models.Givers {
		out = append(out, Option{Value: string(g), Label: p.Word("giver." + string(g))})
	}
	return out
}

func studyFields(_ *request, p *Page, _ core.CadreCard) ([]Field, error) {
	return []Field{
		{Name: "level", Label: p.T("fact.level_after"), Type: "select", Options: levelOptions(p, 1), Required: true},
		{Name: "course", Label: p.Word("field.course"), MaxLength: 200},
		{Name: "school", Label: p.Word("field.school"), MaxLength: 200},
		{Name: "giver", Label: p.Word("field.giver"), Type: "select", Options: giverOptions(p)},
		{Name: "from", Label: p.Word("field.from"), Type: "date"},
		{Name: "to", Label: p.T("fact.expected_end"), Type: "date"},
		{Name: "days", Label: p.Word("field.days"), Type: "number", Hint: p.T("fact.days_hint")},
	}, nil
}

func studiesNow(_ *request, card core.CadreCard) (out []factNow) {
	for _, s := range card.Studies {
		out = append(out, factNow{s.FactID, s.ID, values{"level": levelValue(s.Kind, s.Level), "course": s.Course, "school": s.School, "giver": string(s.Giver),
			"from": s.From.VN(), "to": s.To.VN(), "days": year(s.Days)}})
	}
	return out
}

func saveStudy(q *request, at factPlace) error {
	s := models.Study{ID: at.row, CadreID: at.cadre, Recorded: recorded(at), Days: q.numberTo("days", 1e6), Giver: models.Giver(q.text("giver")), Course: q.text("course"),
		School: q.text("school"), From: q.day("from"), To: q.day("to")}
	s.Kind, s.Level = q.level()
	if err := q.findings(); err != nil {
		return err
	}
	_, err := q.s.core.SaveStudy(q.Request.Context(), q.actor, s)
	return err
}

func awardFields(_ *request, p *Page, _ core.CadreCard) ([]Field, error) {
	return []Field{
		{Name: "title", Label: p.Word("field.title"), Required: true, MaxLength: 200},
		{Name: "year", Label: p.Word("field.year"), Type: "number", Hint: p.T("fact.year_hint")},
		{Name: "date", Label: p.Word("field.date"), Type: "date"},
		{Name: "giver", Label: p.T("fact.award_giver"), MaxLength: 200},
		{Name: "number", Label: p.Word("field.decision"), MaxLength: 80},
	}, nil
}

func awardsNow(_ *request, card core.CadreCard) (out []factNow) {
	for _, a := range card.Awards {
		out = append(out, factNow{a.FactID, a.ID, values{"title": a.Title, "year": year(a.Year), "date": a.Date.VN(), "giver": a.Giver, "number": a.Number}})
	}
	return out
}

func saveAward(q *request, at factPlace) error {
	a := models.Award{ID: at.row, CadreID: at.cadre, Recorded: recorded(at), Title: q.text("title"), Year: q.numberTo("year", 1e6), Date: q.partial("date"), Giver: q.text("giver"), Number: q.text("number")}
	if err := q.findings(); err != nil {
		return err
	}
	_, err := q.s.core.SaveAward(q.Request.Context(), q.actor, a)
	return err
}

func ratingFields(_ *request, p *Page, _ core.CadreCard) ([]Field, error) {
	grades := p.choice(true)
	for _, g := range core.RatingGrades() {
		grades = append(grades, Option{Value: g, Label: p.Word("grade." + g)})
	}
	return []Field{
		{Name: "year", Label: p.Word("field.year"), Type: "number", Required: true},
		{Name: "grade", Label: p.Word("field.grade"), Type: "select", Options: grades, Required: true},
		{Name: "note", Label: p.Word("field.note"), Type: "textarea", MaxLength: 400},
	}, nil
}

func ratingsNow(_ *request, card core.CadreCard) (out []factNow) {
	for _, r := range card.Ratings {
		out = append(out, factNow{r.FactID, r.ID, values{"year": year(r.Year), "grade": r.Grade, "note": r.Note}})
	}
	return out
}

func saveRating(q *request, at factPlace) error {
	r := models.Rating{ID: at.row, CadreID: at.cadre, Recorded: recorded(at), Year: q.numberTo("year", 1e6), Grade: q.text("grade"), Note: q.text("note")}
	if err := q.findings(); err != nil {
		return err
	}
	_, err := q.s.core.SaveRating(q.Request.Context(), q.actor, r)
	return err
}
