package web

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"

	"datchuan/core"
	"datchuan/models"
)

// scanForm bounds a form with a scan: above what a scan may have, so that one too large is refused beside the typed text.
const scanForm = 12 << 20

func (s *server) factRoutes() {
	s.get("/cadres/:id/facts/:kind/new", models.CadresWrite, s.newFact)
	s.upload("/cadres/:id/facts/:kind/new", models.CadresWrite, scanForm, s.addFact)
	s.get("/cadres/:id/facts/:kind/:fact", models.CadresWrite, s.editFact)
	s.upload("/cadres/:id/facts/:kind/:fact", models.CadresWrite, scanForm, s.changeFact)
	s.get("/cadres/:id/facts/:kind/:fact/review", models.FactsVerify, s.reviewForm)
	s.post("/cadres/:id/facts/:kind/:fact/review", models.FactsVerify, s.review)
	s.get("/files/:id", models.CadresRead, s.file)
}

// factNow is a fact of a card as its form shows it; row is the version that an edit replaces.
type factNow struct {
	fact, row int64
	values    values
}

// factPlace is whose fact is saved, and which: zero for a new one.
type factPlace struct{ cadre, fact, row int64 }

// factKind is how one kind of fact is typed, read from a card and saved.
type factKind struct {
	fields func(*request, *Page, core.CadreCard) ([]Field, error)
	now    func(*request, core.CadreCard) []factNow
	save   func(*request, factPlace) error
	scan   bool // takes a file
}

// factEdit is one form of a fact at work.
type factEdit struct {
	kind factKind
	name string
	card core.CadreCard
	now  factNow
}

// factEdit finds the card, the kind and, when the address names one, the fact.
func (q *request) factEdit() (factEdit, error) {
	e := factEdit{name: q.Param("kind")}
	missing := models.Fail(models.NotFound, "not_found", "")
	var known bool
	var err error
	if e.card, err = q.card(); err != nil {
		return e, err
	}
	if e.kind, known = factKinds()[e.name]; !known {
		return e, missing
	}
	if e.card.Cadre.State != models.Active {
		return e, models.Fail(models.Conflict, "cadre.not_active", "")
	}
	if q.Param("fact") == "" {
		return e, nil
	}
	id, err := q.id("fact")
	if err != nil {
		return e, err
	}
	all := e.kind.now(q, e.card)
	i := slices.IndexFunc(all, func(n factNow) bool { return n.fact == id })
	if i < 0 {
		return e, missing
	}
	e.now = all[i]
	return e, nil
}

func (e factEdit) back() string { return cadreHref(e.card.Cadre.ID) }

// form is the page of a fact with its values.
func (e factEdit) form(q *request, v values) (*FactFormPage, error) {
	key := "fact.adding"
	if e.now.fact != 0 {
		key = "fact.changing"
	}
	title := word(q.lang, key, "what", word(q.lang, factLists[e.name]))
	f := &FactFormPage{Page: q.base("cadre.edit", Crumb{word(q.lang, "nav.people"), "/people"}, Crumb{e.card.Cadre.Name, e.back()}, Crumb{title, ""}),
		Action: q.Request.URL.Path, Back: e.back(), Person: e.card.Cadre.Name, Upload: e.kind.scan, MayEnd: e.now.fact != 0}
	f.Title = title
	if e.now.fact != 0 {
		f.ETag, f.Was = etagOf(e.now.row), e.now.values.sealed()
	}
	fields, err := e.kind.fields(q, &f.Page, e.card)
	if err != nil {
		return nil, err
	}
	fields = q.withPlace(&f.Page, fields, v, "unit_id")
	f.Sections = []Section{{Fields: f.filled(v, fields)}}
	return f, nil
}

func (s *server) newFact(q *request) error {
	e, err := q.factEdit()
	if err != nil {
		return err
	}
	f, err := e.form(q, values{"unit_id": fmt.Sprint(e.card.Cadre.UnitID)})
	if err != nil {
		return err
	}
	return q.show("fact-form", f)
}

func (s *server) editFact(q *request) error {
	e, err := q.factEdit()
	if err != nil {
		return err
	}
	f, err := e.form(q, e.now.values)
	if err != nil {
		return err
	}
	return q.show("fact-form", f)
}

func (s *server) addFact(q *request) error {
	e, err := q.factEdit()
	if err != nil {
		return err
	}
	if err := e.kind.save(q, factPlace{cadre: e.card.Cadre.ID}); err != nil {
		return e.again(q, err)
	}
	return q.goTo(e.back(), "fact.saved")
}

func (s *server) changeFact(q *request) error {
	e, err := q.factEdit()
	if err != nil {
		return err
	}
	saw, err := q.sawVersion()
	if q.text("do") == "withdraw" {
		if err == nil && saw != e.now.row {
			err = models.Fail(models.Stale, "edit.stale", "")
		}
		if err == nil {
			err = s.core.RemoveFact(q.Request.Context(), q.actor, e.name, e.card.Cadre.ID, e.now.fact)
		}
		if err != nil {
			return err
		}
		return q.goTo(e.back(), "fact.withdrawn")
	}
	if err == nil {
		err = e.kind.save(q, factPlace{e.card.Cadre.ID, e.now.fact, saw})
	}
	if stale(err) {
		return e.conflict(q)
	} else if err != nil {
		return e.again(q, err)
	}
	return q.goTo(e.back(), "fact.saved")
}

// again shows the form with what was typed. A seat that is taken is asked about.
func (e factEdit) again(q *request, err error) error {
	fields, broken := e.kind.fields(q, &Page{Lang: q.lang}, e.card)
	if broken != nil {
		return broken
	}
	f, broken := e.form(q, q.typed(fields))
	if broken != nil {
		return broken
	}
	var one *models.Error
	if errors.As(err, &one) && one.Code == "holding.seat_taken" || q.checked("shared") {
		f.Sections[0].Fields = append(f.Sections[0].Fields, f.Field(Field{Name: "shared", Label: f.T("fact.seat_shared"), Type: "checkbox", Checked: q.checked("shared")}))
	}
	if e.now.fact != 0 {
		f.ETag, f.Was = q.text("etag"), q.was(e.now.values).sealed()
	}
	return q.again(err, "fact-form", f)
}

func (e factEdit) conflict(q *request) error {
	fresh, err := q.factEdit() // read again: the change may have come just now
	if err != nil {
		return err
	}
	v := &ConflictPage{Page: q.base("conflict.title", Crumb{e.card.Cadre.Name, e.back()}), Action: q.Request.URL.Path, Back: e.back(), ETag: etagOf(fresh.now.row), Multipart: e.kind.scan}
	fields, err := e.kind.fields(q, &v.Page, fresh.card)
	if err != nil {
		return err
	}
	return q.conflict(v, e.card.Cadre.ID, fields, fresh.now.values, q.typed(fields))
}

// scan is the file sent with a form, nil when none was chosen.
func (q *request) scan() (name string, data []byte, err error) {
	f, header, err := q.Request.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return "", nil, nil
	} else if err != nil {
		return "", nil, err
	}
	defer func(f multipart.File) { err = errors.Join(err, f.Close()) }(f)
	data, err = io.ReadAll(io.LimitReader(f, core.MaxFileSize+1))
	return header.Filename, append([]byte{}, data...), err
}

// file hands a stored scan out as a download; core notes the reading.
func (s *server) file(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	f, err := s.core.FileBytes(q.Request.Context(), q.actor, id)
	if err != nil {
		return err
	}
	q.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	q.Header("Cache-Control", "no-store")
	q.Header("Content-Length", strconv.Itoa(len(f.Bytes)))
	q.Data(http.StatusOK, f.Type, f.Bytes)
	return nil
}
