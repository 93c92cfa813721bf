package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"datchuan/core"
	"datchuan/models"
)

// NomineeRow is a person to be nominated with what stands in her way.
type NomineeRow struct {
	ID                          int64
	Name, Href, Birth, Position string
	Unit, Error                 string
	Obstacles                   []FindingLine
	Blocked, Checked            bool
	Override                    *Field // asked for when there are warnings
}

// NominatePage sends people of a gap list to a class: first the class is chosen, then what stands in the way is shown.
type NominatePage struct {
	Page
	Count   int
	Choices []ClassRow
	Class   *ClassRow
	Other   string // to choose another class
	People  []NomineeRow
	Reason  *Field // one reason for all warnings
	MaySeat bool   // who holds the class seats directly
	Back    string
	Empty   *Empty
}

// Stuck tells that nobody of those chosen may go.
func (v *NominatePage) Stuck() bool {
	return !slices.ContainsFunc(v.People, func(r NomineeRow) bool { return !r.Blocked })
}

func (s *server) nominateForm(q *request) error {
	ids := q.cadres("cadre")
	v := q.nominatePage(ids)
	open, err := q.openClasses()
	if err != nil {
		return err
	}
	class := q.number("class")
	if class == 0 && len(open) == 1 && q.text("choose") == "" {
		class = open[0].Class.ID
	}
	switch {
	case len(ids) == 0:
		v.Empty = &Empty{v.T("nominate.nobody"), v.T("nominate.nobody_text"), "/gaps", v.T("nav.gaps")}
	case class != 0:
		err = q.fillNominees(v, class, ids, nil)
	case len(open) == 0:
		v.Empty = &Empty{v.T("nominate.no_class"), v.T("nominate.no_class_text"), "/classes", v.T("nav.classes")}
	default:
		v.choices(open, ids)
	}
	if err != nil {
		return err
	}
	return q.show("nominate", v)
}

func (q *request) nominatePage(ids []int64) *NominatePage {
	return &NominatePage{Page: q.base("nominate.title", Crumb{word(q.lang, "nav.gaps"), "/gaps"}, Crumb{word(q.lang, "nominate.title"), ""}), Count: len(ids), Back: "/gaps"}
}

// cadres are the people that an input names, each once: a person may stand twice on a list.
func (q *request) cadres(name string) []int64 {
	var out []int64
	for _, text := range q.Request.Form[name] {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil || id < 1 {
			q.finding("form.choice_bad", name, text)
		} else if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// openClasses are the classes to which the actor may send somebody now.
func (q *request) openClasses() ([]core.ClassLine, error) {
	ctx := q.Request.Context()
	lines, err := q.s.core.Classes(ctx, q.actor, core.ClassQuery{States: []models.ClassState{models.ClassApproved, models.ClassNominating, models.ClassSeated}})
	today := q.s.core.Today(ctx)
	return slices.DeleteFunc(lines, func(l core.ClassLine) bool {
		late := l.Class.NominateBy != 0 && l.Class.NominateBy < today
		return !models.UnderPath(l.Class.Path, q.actor.Path) && (l.Class.State != models.ClassNominating || late)
	}), err
}

func nominateHref(class string, ids []int64) string {
	u := url.Values{}
	for _, id := range ids {
		u.Add("cadre", figure(id))
	}
	if class != "" {
		u.Set("class", class)
	}
	return "/nominate?" + u.Encode()
}

func (v *NominatePage) choices(open []core.ClassLine, ids []int64) {
	for _, l := range open {
		row := v.classRow(l)
		row.Href = nominateHref(figure(l.Class.ID), ids)
		v.Choices = append(v.Choices, row)
	}
}

// fillNominees shows everybody with what stands in her way to the class. sent are those ticked in a form that was refused, nil
// when the form is new: then all who may go are ticked.
func (q *request) fillNominees(v *NominatePage, class int64, ids, sent []int64) error {
	ctx := q.Request.Context()
	d, err := q.s.core.Class(ctx, q.actor, class)
	if err != nil {
		return err
	}
	checks, err := q.s.core.CheckNominations(ctx, q.actor, class, ids)
	if err != nil {
		return err
	}
	row := v.classRow(d.ClassLine)
	v.Class, v.MaySeat, v.Other = &row, d.MayWrite && q.actor.May(models.DecideSeats), nominateHref("", ids)+"&choose=1"
	warned := 0
	for _, check := range checks {
		row := NomineeRow{ID: check.CadreID, Name: check.Name, Href: cadreHref(check.CadreID), Birth: check.Birth.VN(), Position: q.positionName(check.Position), Unit: check.Unit, Blocked: check.Blocked,
			Checked: !check.Blocked && (sent == nil || slices.Contains(sent, check.CadreID)), Error: v.errorOf("cadre." + figure(check.CadreID))}
		for _, o := range check.Obstacles {
			row.Obstacles = append(row.Obstacles, FindingLine{Text: o.Text(v.Lang), Blocking: o.Blocking})
		}
		if len(check.Obstacles) > 0 && !check.Blocked {
			name := "override." + figure(check.CadreID)
			row.Override = &Field{Name: name, Type: "text", Label: v.T("nominate.override", "name", check.Name), Value: q.text(name), MaxLength: 400}
			warned++
		}
		v.People = append(v.People, row)
	}
	if warned > 1 {
		f := v.Field(Field{Name: "reason", Label: v.T("nominate.reason"), Hint: v.T("nominate.reason_hint"), Value: q.text("reason"), MaxLength: 400})
		v.Reason = &f
	}
	return nil
}

// positionName is the short name of a post.
func (q *request) positionName(code string) string {
	list, err := q.s.core.Positions(q.Request.Context())
	if err != nil {
		return ""
	}
	i := slices.IndexFunc(list, func(p models.Position) bool { return p.Code == code })
	if i < 0 {
		return ""
	}
	return list[i].Short
}

func (s *server) nominate(q *request) error {
	class, ids := q.number("class"), q.cadres("cadre")
	if len(ids) == 0 {
		q.finding("form.nobody_chosen", "cadre", "")
	}
	err := q.findings()
	var done nominated
	if err == nil {
		done, err = q.sendNominations(class, ids)
	}
	if kind := models.KindOf(err); kind == models.Invalid || kind == models.Conflict {
		v := q.nominatePage(q.cadres("among"))
		v.Fail(err)
		if broken := q.fillNominees(v, class, q.cadres("among"), append([]int64{}, ids...)); broken != nil {
			return broken
		}
		return q.again(err, "nominate", v)
	} else if err != nil {
		return err
	}
	if q.text("do") == "enrol" {
		return q.goTo(classTab(class, "people"), "nominate.enrolled", "seated", done.seated, "waiting", done.waiting)
	}
	return q.goTo(classTab(class, "people"), "nominate.sent", "n", len(ids))
}

// nominated counts what a form has led to.
type nominated struct{ seated, waiting int }

// sendNominations sends the request, or seats at once. A reason goes to those only whom a warning is about.
func (q *request) sendNominations(class int64, ids []int64) (nominated, error) {
	ctx, out := q.Request.Context(), nominated{}
	checks, err := q.s.core.CheckNominations(ctx, q.actor, class, ids)
	if err != nil {
		return out, err
	}
	in := make([]core.NominationInput, len(checks))
	for i, check := range checks {
		in[i].CadreID = check.CadreID
		if len(check.Obstacles) > 0 {
			in[i].Override = cmp.Or(q.text("override."+figure(check.CadreID)), q.text("reason"))
		}
	}
	if q.text("do") != "enrol" {
		_, err = q.s.core.Nominate(ctx, q.actor, class, in)
		return out, err
	}
	seats, err := q.s.core.Enrol(ctx, q.actor, class, in)
	for _, e := range seats {
		if e.Seat == models.Seated {
			out.seated++
		} else {
			out.waiting++
		}
	}
	return out, err
}
