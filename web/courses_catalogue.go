package web

import (
	"datchuan/models"
)

// CatalogueRow is a line of a list of the catalogue.
type CatalogueRow struct {
	Name, Href string
	Cells      []string
	Retired    bool
}

// CataloguePage lists courses, schools, those who teach, venues or sources of money.
type CataloguePage struct {
	Page
	Tabs    []Tab
	Heads   []string // of the cells after the name
	Rows    []CatalogueRow
	AddHref string
	Empty   *Empty
}

// CatalogueFormPage adds or changes a row of the catalogue.
type CatalogueFormPage struct {
	Page
	Action, Back, ETag, Was string
	Sections                []Section
	RetireHref              string // "" for a new row
	Retired                 bool
}

func (v *CatalogueFormPage) inputs() []Section { return v.Sections }

// catalogueTabs lead from one list of the catalogue to another.
var catalogueTabs = []struct{ href, key string }{{"/courses", "course.title"}, {"/schools", "school.title"}, {"/instructors", "course.instructors"}, {"/venues", "course.venues"}, {"/fundings", "course.fundings"}}

// cataloguePage is an empty list of the catalogue.
func (q *request) cataloguePage(titleKey, add string, heads ...string) *CataloguePage {
	v := &CataloguePage{Page: q.base(titleKey)}
	for _, t := range catalogueTabs {
		v.Tabs = append(v.Tabs, Tab{Label: v.T(t.key), Href: t.href, Current: t.href == v.Path})
	}
	for _, key := range heads {
		v.Heads = append(v.Heads, v.T(key))
	}
	if q.actor.May(models.CoursesWrite) {
		v.AddHref = add
	}
	return v
}

// showCatalogue shows a list, or says that nothing is in it.
func (q *request) showCatalogue(v *CataloguePage) error {
	if len(v.Rows) == 0 {
		v.Empty = &Empty{Title: v.T("course.none"), Text: v.T("course.none_text"), Href: v.AddHref, Action: v.T("form.add")}
	}
	return q.show("catalogue", v)
}

// rowForm is how one kind of row of the catalogue is typed: its inputs, its texts, and what core does with it.
type rowForm[T any] struct {
	object, base, list, add string // of the history; address; keys of the list's name and of "add"
	load                    func(q *request) (T, error)
	fields                  func(q *request, p *Page, isNew bool) ([]Field, error)
	values                  func(p *Page, row T) values
	read                    func(q *request, into *T)
	save                    func(q *request, row T) (T, error)
	retire                  func(q *request, row T, saw int64, retired bool) error
	about                   func(row *T) rowAbout
}

// rowAbout is what every row of the catalogue has.
type rowAbout struct {
	name, address string // address: its code or id
	id            int64
	version       *int64
	retired       bool
}

// register adds the pages of a kind of row; param is what its address holds.
func (f rowForm[T]) register(s *server, param string) {
	s.get(f.base+"/new", models.CoursesWrite, f.new)
	s.post(f.base+"/new", models.CoursesWrite, f.create)
	s.get(f.base+"/:"+param, models.CoursesWrite, f.edit)
	s.post(f.base+"/:"+param, models.CoursesWrite, f.update)
	s.post(f.base+"/:"+param+"/retire", models.CoursesWrite, f.retireRow)
}

func (f rowForm[T]) page(q *request, row *T, typed values) (*CatalogueFormPage, error) {
	v := &CatalogueFormPage{Page: q.base(f.add, Crumb{word(q.lang, f.list), f.base}), Action: f.base + "/new", Back: f.base}
	if row != nil {
		a := f.about(row)
		v.Title, v.Action, v.ETag, v.Retired = a.name, f.base+"/"+a.address, etagOf(*a.version), a.retired
		v.RetireHref = v.Action + "/retire"
	}
	v.Crumbs = append(v.Crumbs, Crumb{v.Title, ""})
	fields, err := f.fields(q, &v.Page, row == nil)
	v.Sections = []Section{{Fields: v.filled(typed, fields)}}
	return v, err
}

func (f rowForm[T]) new(q *request) error {
	v, err := f.page(q, nil, values{})
	if err != nil {
		return err
	}
	return q.show("catalogue-form", v)
}

func (f rowForm[T]) create(q *request) error {
	var row T
	f.read(q, &row)
	err := q.findings()
	if err == nil {
		row, err = f.save(q, row)
	}
	if err != nil {
		return f.again(q, nil, err)
	}
	return q.goTo(f.base, "course.saved", "name", f.about(&row).name)
}

// again shows the form with what was typed.
func (f rowForm[T]) again(q *request, row *T, err error) error {
	v, broken := f.page(q, row, values{})
	if broken != nil {
		return broken
	}
	v.filled(q.typed(v.Sections[0].Fields), v.Sections[0].Fields)
	if row != nil {
		v.ETag, v.Was = q.text("etag"), q.was(f.values(&v.Page, *row)).sealed()
	}
	return q.again(err, "catalogue-form", v)
}

func (f rowForm[T]) edit(q *request) error {
	row, err := f.load(q)
	if err != nil {
		return err
	}
	now := f.values(&Page{Lang: q.lang}, row)
	v, err := f.page(q, &row, now)
	if err != nil {
		return err
	}
	v.Was = now.sealed()
	return q.show("catalogue-form", v)
}

func (f rowForm[T]) update(q *request) error {
	row, err := f.load(q)
	if err != nil {
		return err
	}
	next := row
	f.read(q, &next)
	saw, err := q.sawVersion()
	if err == nil {
		*f.about(&next).version = saw
		err = q.findings()
	}
	if err == nil {
		_, err = f.save(q, next)
	}
	switch {
	case stale(err):
		return f.conflict(q, row)
	case err != nil:
		return f.again(q, &row, err)
	}
	return q.goTo(f.base, "course.saved", "name", f.about(&next).name)
}

// conflict puts her text beside what somebody saved meanwhile.
func (f rowForm[T]) conflict(q *request, row T) error {
	a := f.about(&row)
	v := &ConflictPage{Page: q.base("conflict.title", Crumb{word(q.lang, f.list), f.base}), Action: f.base + "/" + a.address, Back: f.base, ETag: etagOf(*a.version)}
	fields, err := f.fields(q, &v.Page, false)
	if err != nil {
		return err
	}
	return q.conflictOn(v, f.object, a.id, fields, f.values(&v.Page, row), q.typed(fields))
}

// retireRow takes a row out of use, or back into it.
func (f rowForm[T]) retireRow(q *request) error {
	row, err := f.load(q)
	if err != nil {
		return err
	}
	saw, err := q.sawVersion()
	if err != nil {
		return err
	}
	retired := q.checked("retired")
	if err := f.retire(q, row, saw, retired); err != nil {
		return err
	}
	if retired {
		return q.goTo(f.base, "course.retired", "name", f.about(&row).name)
	}
	return q.goTo(f.base, "course.in_use", "name", f.about(&row).name)
}
