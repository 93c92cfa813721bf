package web

import (
	"slices"

	"datchuan/core"
	"datchuan/models"
)

func (s *server) unitRoutes() {
	s.get("/units", models.UnitsRead, s.units)
	s.get("/units/:id", models.UnitsRead, s.unit)
	s.get("/units/:id/change", models.UnitsWrite, s.unitChangeForm)
	s.post("/units/:id/change", models.UnitsWrite, s.changeUnit)
	s.post("/units/:id/flags/end", models.UnitsWrite, s.endUnitFlag)
}

// dayOn is the day whose map is asked for, 0 = today's.
func (q *request) dayOn() (models.Date, error) {
	on := q.day("on")
	return on, q.findings()
}

// maxTree bounds the units that the tree shows at once; further levels open on the page of their unit.
const maxTree = 400

func (s *server) units(q *request) error {
	on := q.day("on")
	v := &UnitsPage{Page: q.base("nav.units"), Text: q.text("q"), MayChange: q.actor.May(models.UnitsWrite)}
	v.Search = Field{Name: "q", Label: v.T("unit.search"), Type: "search", Value: v.Text, MaxLength: 160}
	v.AsOf = v.Field(Field{Name: "on", Label: v.T("unit.map_of"), Type: "date", Value: q.text("on")})
	if err := q.findings(); err != nil {
		return q.again(err, "units", v)
	}
	if on == 0 {
		v.AsOf.Value = s.core.Today(q.Request.Context()).VN()
	}
	if v.Text != "" {
		found, err := s.core.FindUnits(q.Request.Context(), q.actor, v.Text, "", on, 100)
		if err != nil {
			return err
		}
		v.Found, err = q.foundUnits(&v.Page, found, on)
		if err != nil {
			return err
		}
		return q.show("units", v)
	}
	tops, err := s.core.Units(q.Request.Context(), q.actor, 0, on)
	if err != nil {
		return err
	}
	if len(tops) > 0 {
		v.Top = tops[0].UnitID
	}
	v.Roots, err = q.branches(&v.Page, tops, on, maxTree)
	return q.showOr(err, "units", v)
}

// showOr shows a page unless something went wrong on the way.
func (q *request) showOr(err error, name string, v Viewer) error {
	if err != nil {
		return err
	}
	return q.show(name, v)
}

// foundUnits names each unit with those above it.
func (q *request) foundUnits(p *Page, found []core.UnitNode, on models.Date) ([]UnitNode, error) {
	tree, err := q.s.core.Tree(q.Request.Context())
	if on == 0 {
		on = q.s.core.Today(q.Request.Context())
	}
	var out []UnitNode
	for _, n := range found {
		out = append(out, UnitNode{Name: placeName(tree, n.UnitSpan, on), Kind: p.Word("unit_kind." + string(n.Kind)), Code: n.Code, Href: p.unitAt(n.UnitID)})
	}
	return out, err
}

// unitAt is the page of a unit on the day that this page is about.
func (p *Page) unitAt(id int64) string {
	if on := p.Query.Get("on"); on != "" {
		return unitHref(id) + "?" + (withOn(on))
	}
	return unitHref(id)
}

// branches are units with what lies below them, whole levels as long as they fit. A single way down stands open.
func (q *request) branches(p *Page, nodes []core.UnitNode, on models.Date, room int) ([]UnitNode, error) {
	below := 0
	for _, n := range nodes {
		below += n.Children
	}
	out := make([]UnitNode, len(nodes))
	for i, n := range nodes {
		out[i] = UnitNode{Name: n.FullName(), Kind: p.Word("unit_kind." + string(n.Kind)), Code: n.Code, Count: n.Children, Href: p.unitAt(n.UnitID), Open: len(nodes) == 1}
		if n.Children == 0 || below > room {
			continue
		}
		children, err := q.s.core.Units(q.Request.Context(), q.actor, n.UnitID, on)
		if err != nil {
			return nil, err
		}
		if out[i].Children, err = q.branches(p, children, on, (room-below)/len(nodes)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// flagWords are the area properties of a unit on a date.
func (p *Page) flagWords(flags []models.UnitFlag, on models.Date) []string {
	var out []string
	for _, f := range flags {
		if (models.Span{From: f.From, To: f.To}).Contains(on) {
			out = append(out, p.Word("area."+string(f.Flag)))
		}
	}
	slices.Sort(out)
	return out
}
