package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"datchuan/models"
)

func (s *server) newClass(q *request) error {
	typed := values{"unit_id": strconv.FormatInt(q.actor.UnitID, 10)}
	if code := q.text("course"); code != "" {
		course, err := s.core.Course(q.Request.Context(), q.actor, code)
		if err != nil {
			return err
		}
		typed = courseValues(course)
		typed["unit_id"] = strconv.FormatInt(q.actor.UnitID, 10)
	}
	v := q.newClassPage()
	if err := q.classForm(v, models.Class{}, typed); err != nil {
		return err
	}
	return q.show("class-form", v)
}

func (q *request) newClassPage() *ClassFormPage {
	return &ClassFormPage{Page: q.base("class.add", Crumb{word(q.lang, "nav.classes"), "/classes"}, Crumb{word(q.lang, "class.add"), ""}), Action: "/classes/new", Back: "/classes"}
}

func (s *server) createClass(q *request) error {
	in := q.classInput(nil)
	courses, err := s.core.Courses(q.Request.Context(), q.actor)
	if err != nil {
		return err
	}
	fromCourse(&in, courses)
	if err = q.findings(); err == nil {
		in, err = s.core.SaveClass(q.Request.Context(), q.actor, in)
	}
	if err != nil {
		return q.classAgain(q.newClassPage(), models.Class{}, err)
	}
	return q.goTo(classHref(in.ID), "class.opened", "name", in.Name)
}

// classAgain shows the form with what was typed and what is wrong with it.
func (q *request) classAgain(v *ClassFormPage, c models.Class, err error) error {
	if broken := q.classForm(v, c, values{}); broken != nil {
		return broken
	}
	typed := q.typed(flat(v.inputs()))
	for _, s := range v.inputs() {
		v.filled(typed, s.Fields)
	}
	rename(err, map[string]string{"venue_id": "place", "room": "place"})
	v.Fail(err)
	v.QuotaError, v.MoneyError = v.errorOf("quotas"), v.errorOf("money")
	return q.again(err, "class-form", v)
}

// rename moves findings to the inputs that the form has for them.
func rename(err error, names map[string]string) {
	var many models.Errors
	var one *models.Error
	if errors.As(err, &one) {
		many = append(many, one)
	}
	var all models.Errors
	if errors.As(err, &all) {
		many = all
	}
	for _, e := range many {
		if to, ok := names[e.Field]; ok {
			e.Field = to
		}
	}
}

func (s *server) editClass(q *request) error {
	d, err := q.ownClass()
	if err != nil {
		return err
	}
	v := q.editClassPage(d.Class)
	now := classValues(&v.Page, d.Class)
	v.ETag, v.Was = etagOf(d.Class.Version), now.sealed()
	if err := q.classForm(v, d.Class, now); err != nil {
		return err
	}
	return q.show("class-form", v)
}

func (q *request) editClassPage(c models.Class) *ClassFormPage {
	href := classHref(c.ID)
	v := &ClassFormPage{Page: q.base("class.edit", Crumb{word(q.lang, "nav.classes"), "/classes"}, Crumb{c.Name, href}, Crumb{word(q.lang, "class.edit"), ""}), Action: href + "/edit", Back: href}
	v.Title = v.T("class.edit") + ": " + c.Name
	return v
}

func (s *server) updateClass(q *request) error {
	d, err := q.ownClass()
	if err != nil {
		return err
	}
	in := q.classInput(d.Class.Money)
	in.ID = d.Class.ID
	if in.Version, err = q.sawVersion(); err == nil {
		err = q.findings()
	}
	if err == nil {
		_, err = s.core.SaveClass(q.Request.Context(), q.actor, in)
	}
	if stale(err) {
		return q.classConflict()
	}
	if err != nil {
		v := q.editClassPage(d.Class)
		v.ETag, v.Was = q.text("etag"), q.was(classValues(&v.Page, d.Class)).sealed()
		return q.classAgain(v, d.Class, err)
	}
	return q.goTo(classHref(in.ID), "class.saved")
}

// classConflict puts her text beside what somebody saved meanwhile.
func (q *request) classConflict() error {
	d, err := q.ownClass() // read again: the change may have come just now
	if err != nil {
		return err
	}
	form := q.editClassPage(d.Class)
	now := classValues(&form.Page, d.Class)
	if err := q.classForm(form, d.Class, now); err != nil {
		return err
	}
	v := &ConflictPage{Page: q.base("conflict.title", Crumb{d.Class.Name, form.Back}), Action: form.Action, Back: form.Back, ETag: etagOf(d.Class.Version)}
	fields := flat(form.inputs())
	return q.conflictOn(v, "class", d.Class.ID, fields, now, q.typed(fields))
}

// classInput reads the form. People write the last day; the class ends on the day after it.
func (q *request) classInput(money []models.ClassMoney) models.Class {
	in := models.Class{Course: q.text("course"), Name: q.text("name"), Series: q.text("series"), UnitID: q.number("unit_id"), School: q.text("school"), CoHost: q.text("co_host"),
		From: q.day("from"), To: q.day("to"), NominateBy: q.day("nominate_by"), Seats: q.numberTo("seats", 100_000), MinLearners: q.numberTo("min_learners", 100_000),
		Contact: q.text("contact"), Note: q.text("note")}
	if in.To != 0 {
		in.To = in.To.AddDays(1)
	}
	venue, room, _ := strings.Cut(q.text("place"), "|")
	in.Room = room
	if id, err := strconv.ParseInt(venue, 10, 64); err == nil {
		in.VenueID = id
	} else if venue != "" {
		q.finding("form.choice_bad", "place", venue)
	}
	var names []string
	for name := range q.Request.PostForm {
		names = append(names, name)
	}
	slices.Sort(names)
	in.Quotas, in.Money = q.quotas(names), q.money(names, money)
	return in
}

func (q *request) quotas(names []string) []models.Quota {
	var out []models.Quota
	for _, name := range names {
		parts := strings.SplitN(name, ".", 3)
		if len(parts) == 3 && parts[0] == "quota" && q.text(name) != "" {
			out = append(out, models.Quota{Kind: models.QuotaKind(parts[1]), Key: parts[2], Seats: q.numberTo(name, 100_000)})
		}
	}
	return out
}

// money reads the lines of money in the order in which they pay: those that the class had first.
func (q *request) money(names []string, had []models.ClassMoney) []models.ClassMoney {
	var codes []string
	for _, m := range had {
		codes = append(codes, m.Funding)
	}
	for _, name := range names {
		rest, is := strings.CutPrefix(name, "money.")
		if code, _, ok := strings.Cut(rest, "."); is && ok && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	var out []models.ClassMoney
	for _, code := range codes {
		m := models.ClassMoney{Funding: code, Seats: int(q.amount(moneyName(code, "seats"))), Asked: q.amount(moneyName(code, "asked")), Granted: q.amount(moneyName(code, "granted")),
			Planned: q.amount(moneyName(code, "planned")), Spent: q.amount(moneyName(code, "spent"))}
		if m != (models.ClassMoney{Funding: code}) {
			out = append(out, m)
		}
	}
	return out
}

// amount is a typed sum of money, in đồng, with or without marks of thousands.
func (q *request) amount(name string) int64 {
	text := q.text(name)
	if text == "" {
		return 0
	}
	digits := strings.NewReplacer(".", "", ",", "", " ", "", "\u00a0", "").Replace(text)
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 || n > 1_000_000_000_000_000 {
		q.finding("form.number_bad", name, text)
		return 0
	}
	return n
}

func (s *server) copyForm(q *request) error {
	d, err := q.ownClass()
	if err != nil {
		return err
	}
	return q.show("class-copy", q.copyPage(d.Class, ""))
}

func (q *request) copyPage(c models.Class, starts string) *CopyPage {
	href := classHref(c.ID)
	v := &CopyPage{Page: q.base("class.copy", Crumb{word(q.lang, "nav.classes"), "/classes"}, Crumb{c.Name, href}, Crumb{word(q.lang, "class.copy"), ""}), Action: href + "/copy", Back: href}
	v.Lead = v.T("class.copy_lead", "name", c.Name)
	v.Sections = []Section{{Fields: []Field{v.Field(Field{Name: "starts", Label: v.T("class.starts"), Type: "textarea", Hint: v.T("class.starts_hint"), Value: starts, Required: true, MaxLength: 1000})}}}
	return v
}

func (s *server) copyClass(q *request) error {
	d, err := q.ownClass()
	if err != nil {
		return err
	}
	var starts []models.Date
	for _, text := range strings.FieldsFunc(q.text("starts"), func(r rune) bool { return strings.ContainsRune("\r\n;, ", r) }) {
		day, err := models.ReadDate(text)
		if err != nil {
			q.finding("form.date_bad", "starts", text)
		}
		starts = append(starts, day)
	}
	err = q.findings()
	var made []models.Class
	if err == nil {
		made, err = s.core.CopyClass(q.Request.Context(), q.actor, d.Class.ID, starts)
	}
	if err != nil {
		return q.again(err, "class-copy", q.copyPage(d.Class, q.text("starts")))
	}
	return q.goTo("/classes?states=draft&course="+d.Class.Course, "class.copied", "n", len(made))
}

// againOrStale shows a form once more; an edit that came too late is a 412 on the page as it is now.
func (q *request) againOrStale(err error, name string, v Viewer) error {
	if !stale(err) {
		return q.again(err, name, v)
	}
	p := v.page()
	if len(p.Errors) == 0 {
		p.Fail(err)
	}
	p.Flash = nil
	q.s.render.HTML(q.Context, http.StatusPreconditionFailed, name, v)
	return nil
}
