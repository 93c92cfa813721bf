package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"datchuan/core"
	"datchuan/core/reference"
	"datchuan/models"
)

// PairField is a field of two records side by side.
type PairField struct {
	Name, Label, Left, Right string
	Same, TakeRight          bool
}

// PairPage puts two possible duplicates side by side.
type PairPage struct {
	Page
	LeftID, RightID int64
	LeftName        string
	RightName       string
	Why             string
	Fields          []PairField
	LeftFacts       string // "3 chức vụ, 2 văn bằng"
	RightFacts      string
	Action, ETag    string
	Open            bool // both records are in use
}

// PairRow is a pair in the list of possible duplicates.
type PairRow struct {
	Left, Right PeopleRow
	Why, Href   string
}

// DuplicatesPage lists the pairs that wait for a decision.
type DuplicatesPage struct {
	Page
	Rows  []PairRow
	More  string // there are more pairs than shown
	Empty *Empty
}

func (s *server) duplicateRoutes() {
	s.get("/duplicates", models.CadresMerge, s.duplicates)
	s.post("/duplicates/undo", models.CadresMerge, s.undoMerge)
	s.get("/duplicates/:pair", models.CadresMerge, s.pair)
	s.post("/duplicates/:pair", models.CadresMerge, s.decidePair)
}

// duplicatesShown is the number of pairs on the list; those decided make room for the next.
const duplicatesShown = 100

func (s *server) duplicates(q *request) error {
	var pairs []core.DuplicatePair
	cadre, err := q.number("cadre"), q.findings()
	switch {
	case err != nil:
	case cadre != 0:
		pairs, err = s.core.DuplicatesOf(q.Request.Context(), q.actor, cadre)
	default:
		pairs, err = s.core.Duplicates(q.Request.Context(), q.actor, duplicatesShown)
	}
	if err != nil {
		return err
	}
	v := &DuplicatesPage{Page: q.base("nav.duplicates")}
	for _, p := range pairs {
		v.Rows = append(v.Rows, PairRow{Left: peopleRow(p.A), Right: peopleRow(p.B), Why: v.reasons(p.Why), Href: pairHref(p.A.ID, p.B.ID)})
	}
	if len(pairs) == 0 {
		v.Empty = &Empty{Title: v.T("pair.none"), Text: v.T("pair.none_text")}
	}
	if len(pairs) == duplicatesShown {
		v.More = v.T("pair.more", "n", duplicatesShown)
	}
	return q.show("duplicates", v)
}

func pairHref(a, b int64) string { return fmt.Sprintf("/duplicates/%d-%d", min(a, b), max(a, b)) }

func (p *Page) reasons(keys []string) string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = p.Word(k)
	}
	return strings.Join(out, ", ")
}

// cards are the two records that the address names, the older one first.
func (q *request) cards() (left, right core.CadreCard, err error) {
	missing := models.Fail(models.NotFound, "not_found", "")
	a, b, _ := strings.Cut(q.Param("pair"), "-")
	ids := [2]int64{}
	for i, text := range []string{a, b} {
		if ids[i], err = strconv.ParseInt(text, 10, 64); err != nil {
			return left, right, missing
		}
	}
	if ids[0] >= ids[1] {
		return left, right, missing
	}
	if left, err = q.s.core.Cadre(q.Request.Context(), q.actor, ids[0], 0); err != nil {
		return left, right, err
	}
	right, err = q.s.core.Cadre(q.Request.Context(), q.actor, ids[1], 0)
	return left, right, err
}

func (s *server) pair(q *request) error {
	left, right, err := q.cards()
	if err != nil {
		return err
	}
	v, err := q.pairPage(left, right)
	if err != nil {
		return err
	}
	return q.show("pair", v)
}

func (s *server) decidePair(q *request) error {
	left, right, err := q.cards()
	if err != nil {
		return err
	}
	a, b := left.Cadre.ID, right.Cadre.ID
	if q.text("do") == "distinct" {
		if err := s.core.MarkNotSame(q.Request.Context(), q.actor, a, b); err != nil {
			return err
		}
		return q.goTo("/duplicates", "pair.marked")
	}
	v, err := q.pairPage(left, right)
	if err != nil {
		return err
	}
	if q.text("etag") != v.ETag { // one of them was changed after she looked
		v.Fail(models.Fail(models.Stale, "edit.stale", ""))
		s.render.HTML(q.Context, http.StatusPreconditionFailed, "pair", v)
		return nil
	}
	take := map[string]bool{}
	for _, f := range v.Fields {
		take[f.Name] = !f.Same && q.text(f.Name) == "right"
	}
	m, err := s.core.MergeCadres(q.Request.Context(), q.actor, a, b, take)
	if err != nil {
		return q.again(err, "pair", v)
	}
	if err := q.goTo(cadreHref(a), "pair.merged", "name", right.Cadre.Name); err != nil {
		return err
	}
	q.flash.UndoHref, q.flash.UndoID = "/duplicates/undo", strconv.FormatInt(m.ID, 10)
	return nil
}

func (s *server) undoMerge(q *request) error {
	if err := s.core.UndoMerge(q.Request.Context(), q.actor, q.number("id")); err != nil {
		return err
	}
	return q.goTo("/duplicates", "pair.undone")
}

func (q *request) pairPage(left, right core.CadreCard) (*PairPage, error) {
	l, r := left.Cadre, right.Cadre
	p := q.base("pair.title", Crumb{word(q.lang, "nav.duplicates"), "/duplicates"}, Crumb{word(q.lang, "pair.title"), ""})
	v := &PairPage{Page: p, LeftID: l.ID, RightID: r.ID, LeftName: l.Name, RightName: r.Name, Action: pairHref(l.ID, r.ID), ETag: etagOf(l.Version) + "-" + etagOf(r.Version),
		Fields: q.pairFields(&p, left, right), LeftFacts: p.factCount(left), RightFacts: p.factCount(right)}
	v.Open = l.State == models.Active && r.State == models.Active
	if !v.Open {
		v.Why = v.Word("cadre.not_active")
		return v, nil
	}
	pairs, err := q.s.core.DuplicatesOf(q.Request.Context(), q.actor, l.ID)
	for _, d := range pairs {
		if d.A.ID == r.ID || d.B.ID == r.ID {
			v.Why = v.reasons(d.Why)
		}
	}
	return v, err
}

// pairFields are the fields of two records side by side; a field that only one of them has is taken from that one.
func (q *request) pairFields(p *Page, left, right core.CadreCard) []PairField {
	a, b := q.readable(p, left), q.readable(p, right)
	var out []PairField
	for _, name := range core.MergeFields() {
		if a[name] == "" && b[name] == "" {
			continue // nothing to choose, or nothing that she may read
		}
		f := PairField{Name: name, Label: p.Word("field." + name), Left: a[name], Right: b[name], Same: a[name] == b[name]}
		if name == "identity" { // two numbers may look alike behind their masks
			f.Same = false
		}
		f.TakeRight = a[name] == "" && b[name] != ""
		if chosen := q.text(name); slices.Contains([]string{"left", "right"}, chosen) {
			f.TakeRight = chosen == "right"
		}
		out = append(out, f)
	}
	return out
}

// readable are the values of a record in words; restricted ones are left out for who may not read them.
func (q *request) readable(p *Page, card core.CadreCard) values {
	v := q.cadreValues(card)
	delete(v, "unit_id"+placeAt)
	v["identity"] = card.Identity
	for _, sex := range []models.Sex{models.Female, models.Male} {
		if v["sex"] == string(sex) {
			v["sex"] = p.Word("sex." + string(sex))
		}
	}
	if card.Restricted {
		for _, name := range []string{"ethnicity", "religion", "party", "party_date"} {
			delete(v, name)
		}
		return v
	}
	c := card.Cadre
	v["ethnicity"], v["religion"] = reference.Name(reference.EthnicGroups(), c.Ethnicity), reference.Name(reference.Religions(), c.Religion)
	v["party"] = ""
	if c.Party != models.NotKnown {
		v["party"] = p.Word("tristate." + strconv.Itoa(int(c.Party)))
	}
	return v
}

// factCount says in words what hangs on a record.
func (p *Page) factCount(card core.CadreCard) string {
	return p.T("pair.counts", "posts", len(card.Holdings), "papers", len(card.Qualifications), "studies", len(card.Studies), "others", len(card.Successions)+len(card.Awards)+len(card.Ratings), "files", len(card.Files))
}
