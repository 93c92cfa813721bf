package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"datchuan/core"
	"datchuan/models"
)

// ClassFormPage opens or changes a class: one page with all that is typed about it. Quotas and Money are tables of small inputs.
type ClassFormPage struct {
	Page
	Action, Back, ETag, Was string
	Sections                []Section
	Quotas, Money           []Section
	QuotaError, MoneyError  string
}

func (v *ClassFormPage) inputs() []Section { return slices.Concat(v.Sections, v.Quotas, v.Money) }

// MoneyHeads are the columns of the table of money.
func (v *ClassFormPage) MoneyHeads() []string {
	out := make([]string, len(moneyParts))
	for i, part := range moneyParts {
		out[i] = v.T(part.key)
	}
	return out
}

// CopyPage asks for the first days of the copies of a class.
type CopyPage struct {
	Page
	Action, Back, Lead string
	Sections           []Section
}

func (v *CopyPage) inputs() []Section { return v.Sections }

// flat are all inputs of sections in one list.
func flat(sections []Section) []Field {
	var out []Field
	for _, s := range sections {
		out = append(out, s.Fields...)
	}
	return out
}

// moneyParts are the figures of a line of money with their labels.
var moneyParts = []struct{ name, key string }{{"seats", "class.money_seats"}, {"asked", "class.money_asked"}, {"granted", "class.money_granted"},
	{"planned", "class.money_planned"}, {"spent", "class.money_spent"}}

func moneyName(code, part string) string { return "money." + code + "." + part }

func quotaName(q models.Quota) string { return "quota." + string(q.Kind) + "." + q.Key }

// classForm lays values over the inputs of a class; c is the class as stored, empty for a new one.
func (q *request) classForm(v *ClassFormPage, c models.Class, typed values) error {
	ctx, p := q.Request.Context(), &v.Page
	var err error
	if v.Sections, err = q.classSections(p); err != nil {
		return err
	}
	if v.Quotas, err = q.quotaSections(ctx, p, c); err != nil {
		return err
	}
	if v.Money, err = q.moneySections(ctx, p, c); err != nil {
		return err
	}
	for _, s := range v.inputs() {
		p.filled(typed, s.Fields)
	}
	return nil
}

func (q *request) classSections(p *Page) ([]Section, error) {
	courses, err := q.courseOptions(p.T("form.choose"))
	if err != nil {
		return nil, err
	}
	schools, err := q.schoolOptions(p.T("form.choose"))
	if err != nil {
		return nil, err
	}
	places, err := q.venueOptions(p)
	if err != nil {
		return nil, err
	}
	units, err := q.holderOptions()
	if err != nil {
		return nil, err
	}
	return []Section{
		{Title: p.T("class.what"), Fields: []Field{
			{Name: "course", Label: p.T("class.course"), Type: "select", Options: courses, Required: true},
			{Name: "name", Label: p.T("class.title"), MaxLength: 200, Hint: p.T("class.title_hint")},
			{Name: "school", Label: p.T("class.school"), Type: "select", Options: schools},
			{Name: "unit_id", Label: p.T("class.holder"), Type: "select", Options: units, Required: true}}},
		{Title: p.T("class.when_where"), Fields: []Field{
			{Name: "from", Label: p.T("class.from"), Type: "date"},
			{Name: "to", Label: p.T("class.last_day"), Type: "date"},
			{Name: "nominate_by", Label: p.T("class.nominate_by"), Type: "date"},
			{Name: "place", Label: p.T("class.place"), Type: "select", Options: places}}},
		{Title: p.T("class.people"), Fields: []Field{
			{Name: "seats", Label: p.T("class.seats"), MaxLength: 4, Hint: p.T("class.seats_hint")},
			{Name: "min_learners", Label: p.T("class.min"), MaxLength: 4, Hint: p.T("class.min_hint")}}},
		{Title: p.T("class.further"), Fields: []Field{
			{Name: "series", Label: p.T("class.series"), MaxLength: 60, Hint: p.T("class.series_hint")},
			{Name: "co_host", Label: p.T("class.co_host"), MaxLength: 200},
			{Name: "contact", Label: p.T("class.contact"), MaxLength: 200},
			{Name: "note", Label: p.T("class.note"), Type: "textarea", MaxLength: 2000}}},
	}, nil
}

// venueOptions are the rooms of the venues; the value holds both.
func (q *request) venueOptions(p *Page) ([]Option, error) {
	venues, err := q.s.core.Venues(q.Request.Context(), q.actor)
	out := []Option{{Label: p.T("form.choose")}}
	for _, venue := range venues {
		if venue.Retired {
			continue
		}
		out = append(out, Option{Value: placeValue(venue.ID, ""), Label: venue.Name})
		for _, r := range venue.Rooms {
			out = append(out, Option{Value: placeValue(venue.ID, r.Name), Label: p.T("class.room", "venue", venue.Name, "room", r.Name, "n", r.Seats)})
		}
	}
	return out, err
}

func placeValue(venue int64, room string) string {
	if venue == 0 && room == "" {
		return ""
	}
	return fmt.Sprintf("%d|%s", venue, room)
}

// holderOptions are the units that may hold a class of the actor's.
func (q *request) holderOptions() ([]Option, error) {
	ctx := q.Request.Context()
	tree, err := q.s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	own, ok := tree.Nearest(q.actor.UnitID, q.s.core.Today(ctx))
	if !ok {
		return nil, nil
	}
	return unitMenu(tree, []models.UnitSpan{own}, q.s.core.Today(ctx), 0), nil
}

// quotaSections are the tables of quotas: the units below the actor's, then areas and posts; what the class has besides is kept.
func (q *request) quotaSections(ctx context.Context, p *Page, c models.Class) ([]Section, error) {
	tree, err := q.s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	positions, err := q.s.core.Positions(ctx)
	if err != nil {
		return nil, err
	}
	units, groups := Section{Title: p.T("class.quota_units")}, Section{Title: p.T("class.quota_groups")}
	today := q.s.core.Today(ctx)
	seen := map[string]bool{}
	add := func(to *Section, kind models.QuotaKind, key, label string) {
		if name := quotaName(models.Quota{Kind: kind, Key: key}); !seen[name] {
			seen[name] = true
			to.Fields = append(to.Fields, Field{Name: name, Label: label, MaxLength: 4})
		}
	}
	for _, u := range tree.Children(q.actor.UnitID, today) {
		add(&units, models.QuotaUnit, strconv.FormatInt(u.UnitID, 10), u.FullName())
	}
	for _, quota := range c.Quotas {
		if id, err := strconv.ParseInt(quota.Key, 10, 64); quota.Kind == models.QuotaUnit && err == nil {
			u, _ := tree.Nearest(id, today)
			add(&units, quota.Kind, quota.Key, u.FullName())
		}
	}
	for _, a := range models.AreaFlags {
		add(&groups, models.QuotaArea, string(a), p.Word("area."+string(a)))
	}
	for _, x := range positions {
		add(&groups, models.QuotaPosition, x.Code, x.Short)
	}
	return []Section{units, groups}, nil
}

// moneySections are one line for each source of money, those of the class first: their order is the order in which they pay.
func (q *request) moneySections(ctx context.Context, p *Page, c models.Class) ([]Section, error) {
	all, err := q.s.core.Fundings(ctx, q.actor)
	if err != nil {
		return nil, err
	}
	rank := map[string]int{}
	for i, m := range c.Money {
		rank[m.Funding] = i - len(c.Money)
	}
	all = slices.DeleteFunc(all, func(f models.Funding) bool { return f.Retired && rank[f.Code] == 0 })
	slices.SortStableFunc(all, func(a, b models.Funding) int { return cmp.Compare(rank[a.Code], rank[b.Code]) })
	var out []Section
	for _, f := range all {
		s := Section{Title: f.Name}
		for _, part := range moneyParts {
			s.Fields = append(s.Fields, Field{Name: moneyName(f.Code, part.name), Label: f.Name + ": " + p.T(part.key), MaxLength: 20})
		}
		out = append(out, s)
	}
	return out, nil
}

// classValues are the texts of a stored class in its form.
func classValues(p *Page, c models.Class) values {
	v := values{"course": c.Course, "name": c.Name, "series": c.Series, "school": c.School, "co_host": c.CoHost, "place": placeValue(c.VenueID, c.Room),
		"from": c.From.VN(), "to": lastDay(c.To).VN(), "nominate_by": c.NominateBy.VN(), "contact": c.Contact, "note": c.Note}
	for name, n := range map[string]int64{"unit_id": c.UnitID, "seats": int64(c.Seats), "min_learners": int64(c.MinLearners)} {
		if n != 0 {
			v[name] = strconv.FormatInt(n, 10)
		}
	}
	for _, quota := range c.Quotas {
		v[quotaName(quota)] = strconv.Itoa(quota.Seats)
	}
	for _, m := range c.Money {
		for i, n := range []int64{int64(m.Seats), m.Asked, m.Granted, m.Planned, m.Spent} {
			if n != 0 {
				v[moneyName(m.Funding, moneyParts[i].name)] = number(p.Lang, n)
			}
		}
	}
	return v
}

// courseValues are what a course says of its classes, for a form that is still empty.
func courseValues(c models.Course) values {
	return values{"course": c.Code, "name": c.Name, "seats": strconv.Itoa(c.MaxLearners), "min_learners": strconv.Itoa(c.MinLearners)}
}

// fromCourse fills what was left empty of a new class.
func fromCourse(in *models.Class, courses []models.Course) {
	i := slices.IndexFunc(courses, func(c models.Course) bool { return c.Code == in.Course })
	if i < 0 {
		return
	}
	in.Name = cmp.Or(in.Name, courses[i].Name)
	if in.Seats == 0 {
		in.Seats = courses[i].MaxLearners
		in.MinLearners = cmp.Or(in.MinLearners, courses[i].MinLearners)
	}
}

// ownClass is the class that the address names, for who holds it.
func (q *request) ownClass() (core.ClassDetail, error) {
	d, err := q.classDetail()
	if err == nil && !d.MayWrite {
		err = models.Fail(models.Forbidden, "class.not_yours", "")
	}
	return d, err
}

func (q *request) classDetail() (core.ClassDetail, error) {
	id, err := q.id("id")
	if err != nil {
		return core.ClassDetail{}, err
	}
	return q.s.core.Class(q.Request.Context(), q.actor, id)
}
