package web

import (
	"strconv"
	"strings"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) peopleRoutes() {
	s.get("/people", models.CadresRead, s.people)
	s.get("/cadres/new", models.CadresWrite, s.newCadre)
	s.post("/cadres/new", models.CadresWrite, s.createCadre)
	s.get("/cadres/:id", models.CadresRead, s.cadre)
	s.post("/cadres/:id/reveal", models.CadresIdentity, s.reveal)
	s.get("/cadres/:id/edit", models.CadresWrite, s.editCadre)
	s.post("/cadres/:id/edit", models.CadresWrite, s.updateCadre)
	s.get("/cadres/:id/history", models.CadresRead, s.cadreHistory)
	s.get("/units/:id/history", models.UnitsRead, s.unitHistory)
}

// peoplePage is the number of people on one page.
const peoplePage = 50

func (s *server) people(q *request) error {
	ask := core.PeopleQuery{Search: q.text("q"), UnitID: q.number("unit_id"), Position: q.text("position"), After: q.text("after"), Limit: peoplePage}
	if err := q.findings(); err != nil {
		return err
	}
	ctx := q.Request.Context()
	lines, next, err := s.core.People(ctx, q.actor, ask)
	if err != nil {
		return err
	}
	total, err := s.core.CountPeople(ctx, q.actor, ask)
	if err != nil {
		return err
	}
	v := &PeoplePage{Page: q.base("nav.people"), Text: ask.Search, MayAdd: q.actor.May(models.CadresWrite)}
	if err := q.peopleFilter(v, ask); err != nil {
		return err
	}
	for _, l := range lines {
		v.Rows = append(v.Rows, peopleRow(l))
	}
	v.turnPages(len(lines), int(total), next)
	if total == 0 {
		v.Empty = v.nobody()
	}
	return q.show("people", v)
}

func peopleRow(l core.PersonLine) PeopleRow {
	unit := l.Unit
	for _, above := range []string{l.Commune, l.District} {
		if above != "" && above != l.Unit {
			unit += ", " + above
		}
	}
	return PeopleRow{ID: l.ID, Name: l.Name, Birth: l.Birth.VN(), Position: strings.Join(l.Positions, ", "), Unit: unit}
}

// peopleFilter fills the search form.
func (q *request) peopleFilter(v *PeoplePage, ask core.PeopleQuery) error {
	positions, err := q.positionOptions(v.T("people.any_position"))
	if err != nil {
		return err
	}
	units, err := q.unitOptions(v.T("people.any_unit"), ask.UnitID)
	if err != nil {
		return err
	}
	v.Search = Field{Name: "q", Label: v.T("people.search"), Type: "search", Value: ask.Search, MaxLength: 160}
	v.Position = Field{Name: "position", Label: v.T("cadre.position"), Type: "select", Options: Choose(ask.Position, positions...)}
	v.Unit = Field{Name: "unit_id", Label: v.T("gaps.unit"), Type: "select", Options: units}
	return nil
}

// turnPages numbers the rows. The pages of a cursor can only be turned forward; the first is always one step away.
func (v *PeoplePage) turnPages(rows, total int, next string) {
	before, _ := strconv.Atoi(v.Query.Get("before"))
	if v.Query.Get("after") == "" || before < 0 || before+rows > total {
		before = 0
	}
	prev, more := "", ""
	if before > 0 {
		prev = v.With("before", "")
	}
	if next != "" {
		more = v.With("before", before+rows, "after", next)
	}
	v.Pager = v.Page.Pager(before+1, before+rows, total, prev, more)
	v.Pager.PrevWord = v.T("people.first_page")
}

func (v *PeoplePage) nobody() *Empty {
	e := &Empty{Title: v.T("people.none"), Text: v.T("people.none_text")}
	if v.MayAdd {
		e.Href, e.Action = "/cadres/new", v.T("people.add")
	}
	return e
}

// positionOptions is the menu of positions behind a first line that names none; without one, a position must be chosen.
func (q *request) positionOptions(none string) ([]Option, error) {
	all, err := q.s.core.Positions(q.Request.Context())
	out := []Option{{Label: none}}
	for _, p := range all {
		out = append(out, Option{Value: p.Code, Label: p.Name})
	}
	return out, err
}

// maxUnitMenu bounds a menu of units: whole levels of the tree are shown as long as they fit.
const maxUnitMenu = 250

// unitOptions is the menu of the units of a scope, level by level as far as they fit; the chosen one is always in it.
func (q *request) unitOptions(none string, chosen int64) ([]Option, error) {
	below, err := q.unitLevels()
	if err != nil {
		return nil, err
	}
	out := []Option{{Label: none}}
	seen := chosen == 0
	var list func(parent int64, level int)
	list = func(parent int64, level int) {
		for _, n := range below[parent] {
			seen = seen || n.UnitID == chosen
			out = append(out, Option{strconv.FormatInt(n.UnitID, 10), strings.Repeat("– ", level) + n.FullName(), n.UnitID == chosen})
			list(n.UnitID, level+1)
		}
	}
	list(0, 0)
	if label := q.placeOf(chosen); !seen && label != "" {
		out = append(out, Option{strconv.FormatInt(chosen, 10), label, true})
	}
	return out, nil
}

// unitLevels are the units of a scope by their parent, the tops under 0: as many whole levels as fit into a menu.
func (q *request) unitLevels() (map[int64][]core.UnitNode, error) {
	ctx := q.Request.Context()
	level, err := q.s.core.Units(ctx, q.actor, 0, 0)
	if err != nil {
		return nil, err
	}
	out := map[int64][]core.UnitNode{0: level}
	for total := len(level); ; {
		for _, n := range level {
			total += n.Children
		}
		if total > maxUnitMenu {
			return out, nil
		}
		var next []core.UnitNode
		for _, n := range level {
			if n.Children == 0 {
				continue
			}
			if out[n.UnitID], err = q.s.core.Units(ctx, q.actor, n.UnitID, 0); err != nil {
				return nil, err
			}
			next = append(next, out[n.UnitID]...)
		}
		if len(next) == 0 {
			return out, nil
		}
		level = next
	}
}
