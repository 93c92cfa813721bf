package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"datchuan/core"
	"datchuan/core/reference"
	"datchuan/models"
)

func (s *server) newCadre(q *request) error {
	v, err := q.newCadreForm(values{"unit_id": q.text("unit_id"), "name": q.text("name")})
	if err != nil {
		return err
	}
	return q.show("cadre-form", v)
}

func (s *server) createCadre(q *request) error {
	in := q.cadreInput()
	first := q.firstHolding(in.UnitID)
	err := q.findings()
	if err == nil && !q.checked("confirmed") {
		similar, err := s.core.Similar(q.Request.Context(), q.actor, in)
		if err != nil {
			return err
		}
		if len(similar) > 0 {
			return q.askSimilar(similar)
		}
	}
	var made models.Cadre
	if err == nil {
		made, err = s.core.CreateCadre(q.Request.Context(), q.actor, in, first)
	}
	if err != nil {
		v, broken := q.retypedCadre()
		if broken != nil {
			return broken
		}
		return q.again(err, "cadre-form", v)
	}
	return q.goTo(cadreHref(made.ID), "cadre.created", "name", made.Name)
}

// retypedCadre is the form of a new person with what was typed.
func (q *request) retypedCadre() (*CadreFormPage, error) {
	p := &Page{Lang: q.lang}
	return q.newCadreForm(q.typed(append(q.personFields(p), q.firstPostFields(p, nil)...)))
}

// askSimilar shows the form with those who may be the same person: a question, nothing is saved yet.
func (q *request) askSimilar(similar []core.PersonLine) error {
	v, err := q.retypedCadre()
	if err != nil {
		return err
	}
	v.Question = v.T("cadre.similar")
	for _, l := range similar {
		v.Similar = append(v.Similar, peopleRow(l))
	}
	q.s.render.HTML(q.Context, http.StatusUnprocessableEntity, "cadre-form", v)
	return nil
}

func (s *server) editCadre(q *request) error {
	card, err := q.card()
	if err != nil {
		return err
	}
	if card.Cadre.State != models.Active {
		return models.Fail(models.Conflict, "cadre.not_active", "")
	}
	now := q.cadreValues(card)
	v := q.cadreForm(card, now)
	v.ETag, v.Was = etagOf(card.Cadre.Version), now.sealed()
	return q.show("cadre-form", v)
}

func (s *server) updateCadre(q *request) error {
	card, err := q.card()
	if err != nil {
		return err
	}
	saw, err := q.sawVersion()
	in := q.cadreInput()
	if err == nil {
		err = q.findings()
	}
	if err == nil {
		_, err = s.core.UpdateCadre(q.Request.Context(), q.actor, card.Cadre.ID, saw, in)
	}
	if stale(err) {
		return q.cadreConflict(card.Cadre.ID)
	}
	if err != nil {
		v := q.cadreForm(card, q.typed(q.personFields(&Page{Lang: q.lang})))
		v.ETag, v.Was = q.text("etag"), q.was(q.cadreValues(card)).sealed()
		return q.again(err, "cadre-form", v)
	}
	return q.goTo(cadreHref(card.Cadre.ID), "cadre.saved")
}

// cadreConflict puts her text beside what somebody saved meanwhile.
func (q *request) cadreConflict(id int64) error {
	card, err := q.s.core.Cadre(q.Request.Context(), q.actor, id, 0) // read again: the change may have come just now
	if err != nil {
		return err
	}
	v := &ConflictPage{Page: q.base("conflict.title", Crumb{card.Cadre.Name, cadreHref(id)}), Action: cadreHref(id) + "/edit", Back: cadreHref(id), ETag: etagOf(card.Cadre.Version)}
	fields := q.personFields(&v.Page)
	return q.conflict(v, id, fields, q.cadreValues(card), q.typed(fields))
}

func (q *request) cadreForm(card core.CadreCard, v values) *CadreFormPage {
	href := cadreHref(card.Cadre.ID)
	f := &CadreFormPage{Page: q.base("cadre.edit", Crumb{word(q.lang, "nav.people"), "/people"}, Crumb{card.Cadre.Name, href}, Crumb{word(q.lang, "cadre.edit"), ""}),
		ID: card.Cadre.ID, Action: href + "/edit", Back: href}
	f.Title = f.T("cadre.edit") + ": " + card.Cadre.Name
	f.Sections = q.personSections(&f.Page, v, card.Identity)
	return f
}

func (q *request) newCadreForm(v values) (*CadreFormPage, error) {
	f := &CadreFormPage{Page: q.base("people.add", Crumb{word(q.lang, "nav.people"), "/people"}, Crumb{word(q.lang, "people.add"), ""}), Action: "/cadres/new", Back: "/people"}
	positions, err := q.positionOptions(f.T("form.choose"))
	if err != nil {
		return nil, err
	}
	f.Sections = append(q.personSections(&f.Page, v, ""),
		Section{Title: f.T("cadre.first_post"), Hint: f.T("cadre.first_post_hint"), Fields: f.filled(v, q.firstPostFields(&f.Page, positions))})
	return f, nil
}

// personFields are the inputs of a person; the restricted ones only for who may read them.
func (q *request) personFields(p *Page) []Field {
	sexes := p.choice(true, Option{Value: string(models.Female), Label: p.Word("sex.F")}, Option{Value: string(models.Male), Label: p.Word("sex.M")})
	fields := []Field{
		{Name: "name", Label: p.Word("field.name"), Required: true, MaxLength: 160, Autocomplete: "off"},
		{Name: "birth", Label: p.Word("field.birth"), Type: "date", Hint: p.T("cadre.birth_hint")},
		{Name: "sex", Label: p.Word("field.sex"), Type: "select", Options: sexes},
		{Name: "unit_id", Label: p.Word("field.unit_id"), Required: true, MaxLength: 400, Autocomplete: "off"},
		{Name: "phone", Label: p.Word("field.phone"), Type: "tel", MaxLength: 60, Autocomplete: "off"},
		{Name: "identity", Label: p.Word("field.identity"), MaxLength: 20, Autocomplete: "off"},
		{Name: "other_name", Label: p.Word("field.other_name"), MaxLength: 160},
		{Name: "joined", Label: p.Word("field.joined"), Type: "date", Hint: p.T("cadre.joined_hint")},
		{Name: "hometown", Label: p.Word("field.hometown"), MaxLength: 200},
		{Name: "residence", Label: p.Word("field.residence"), MaxLength: 200},
		{Name: "note", Label: p.Word("field.note"), Type: "textarea", MaxLength: 1000},
	}
	if !q.actor.May(models.CadresSensitive) {
		return fields
	}
	return append(fields,
		Field{Name: "ethnicity", Label: p.Word("field.ethnicity"), Type: "select", Options: terms(p, reference.EthnicGroups())},
		Field{Name: "religion", Label: p.Word("field.religion"), Type: "select", Options: terms(p, reference.Religions())},
		Field{Name: "party", Label: p.Word("field.party"), Type: "select", Options: tristates(p)},
		Field{Name: "party_date", Label: p.Word("field.party_date"), Type: "date"})
}

// terms is a menu of a statistical list, with those met in the province first.
func terms(p *Page, list []reference.Term) []Option {
	slices.SortStableFunc(list, func(a, b reference.Term) int {
		switch {
		case a.Local == b.Local:
			return 0
		case a.Local:
			return -1
		}
		return 1
	})
	out := p.choice(true)
	for _, t := range list {
		out = append(out, Option{Value: t.Code, Label: t.Name})
	}
	return out
}

func tristates(p *Page) []Option {
	var out []Option
	for _, t := range []models.Tristate{models.NotKnown, models.Yes, models.No} {
		n := strconv.Itoa(int(t))
		out = append(out, Option{Value: n, Label: p.Word("tristate." + n)})
	}
	return out
}

func (q *request) personSections(p *Page, v values, identity string) []Section {
	fields := p.filled(v, q.withPlace(p, q.personFields(p), v, "unit_id"))
	i := slices.IndexFunc(fields, func(f Field) bool { return f.Name == "note" }) + 1
	for j := range fields {
		if fields[j].Name == "identity" && identity != "" {
			fields[j].Hint = p.T("cadre.identity_hint", "masked", identity)
		}
	}
	out := []Section{{Title: p.T("cadre.facts"), Fields: fields[:i]}}
	if rest := fields[i:]; len(rest) > 0 {
		out = append(out, Section{Title: p.T("cadre.restricted"), Fields: rest})
	}
	return out
}

// withPlace turns an input into those that ask for a unit by name; without that input the form stays as it is.
func (q *request) withPlace(p *Page, fields []Field, v values, name string) []Field {
	i := slices.IndexFunc(fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return fields
	}
	return slices.Replace(fields, i, i+1, q.placeFields(p, fields[i], v, 0)...)
}

func (q *request) firstPostFields(p *Page, positions []Option) []Field {
	return []Field{
		{Name: "position", Label: p.Word("field.position"), Type: "select", Options: positions},
		{Name: "from", Label: p.Word("field.from"), Type: "date"},
		{Name: "term", Label: p.Word("field.term"), MaxLength: 20, Hint: p.T("fact.term_hint")},
		{Name: "decision", Label: p.Word("field.decision"), MaxLength: 120},
	}
}

// cadreValues are the values of a record as its form shows them. The identity number is never among them.
func (q *request) cadreValues(card core.CadreCard) values {
	c := card.Cadre
	return values{"name": c.Name, "birth": c.Birth.VN(), "sex": string(c.Sex), "unit_id": q.placeOf(c.UnitID), "unit_id" + placeAt: strconv.FormatInt(c.UnitID, 10),
		"phone": c.Phone, "identity": "", "other_name": c.OtherName, "joined": c.Joined.VN(), "hometown": c.Hometown, "residence": c.Residence, "note": c.Note,
		"ethnicity": c.Ethnicity, "religion": c.Religion, "party": strconv.Itoa(int(c.Party)), "party_date": c.PartyDate.VN()}
}

func (q *request) cadreInput() core.CadreInput {
	party := models.Tristate(min(q.number("party"), int64(models.No)+1))
	return core.CadreInput{Name: q.text("name"), OtherName: q.text("other_name"), Birth: q.partial("birth"), Sex: models.Sex(q.text("sex")),
		Ethnicity: q.text("ethnicity"), Religion: q.text("religion"), Party: party, PartyDate: q.partial("party_date"), Hometown: q.text("hometown"),
		Residence: q.text("residence"), Joined: q.partial("joined"), Phone: q.text("phone"), Identity: q.text("identity"), Note: q.text("note"), UnitID: q.place("unit_id", 0)}
}

// firstHolding is the post typed with a new person, nil when none is chosen.
func (q *request) firstHolding(unit int64) *models.Holding {
	if q.text("position") == "" {
		return nil
	}
	return &models.Holding{Position: q.text("position"), UnitID: unit, From: cmp.Or(q.day("from"), models.Beginning), To: models.Forever, Term: q.text("term"), Decision: q.text("decision")}
}
