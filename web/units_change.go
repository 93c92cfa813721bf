package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"net/http"
	"slices"

	"datchuan/core"
	"datchuan/models"
)

// The changes that the page offers besides those of core.UnitChange.
const (
	unitNew   = "new"
	unitFlags = "flags"
)

// unitChanges are the tabs of the page: each change with its name and what it does.
var unitChanges = []struct{ kind, tab, explain string }{
	{core.UnitRename, "unit_change.rename", "unit.explain_rename"}, {core.UnitMove, "unit_change.move", "unit.explain_move"},
	{core.UnitMerge, "unit_change.merge", "unit.explain_merge"}, {core.UnitSplit, "unit_change.split", "unit.explain_split"},
	{core.UnitEnd, "unit_change.end", "unit.explain_end"}, {unitNew, "", "unit.explain_new"}, {unitFlags, "", "unit.explain_flags"},
}

// unitEdit is one change of a unit at work.
type unitEdit struct {
	kind string
	unit core.UnitDetail
	on   models.Date // the day of the change, else today
}

func (q *request) unitEdit() (unitEdit, error) {
	e := unitEdit{kind: q.text("change")}
	if e.kind == "" {
		e.kind = core.UnitRename
	}
	id, err := q.id("id")
	if err != nil {
		return e, err
	}
	if !slices.ContainsFunc(unitChanges, func(c struct{ kind, tab, explain string }) bool { return c.kind == e.kind }) {
		return e, models.Fail(models.NotFound, "not_found", "")
	}
	e.on = q.s.core.Today(q.Request.Context())
	if d, err := models.ReadDate(q.text("date")); err == nil && d != 0 {
		e.on = d
	}
	e.unit, err = q.s.core.Unit(q.Request.Context(), q.actor, id, e.on)
	return e, err
}

// page is the form of the change with its values.
func (e unitEdit) page(q *request, v values) (*UnitChangePage, error) {
	id, name := e.unit.Span.UnitID, e.unit.Span.FullName()
	f := &UnitChangePage{Page: q.base("unit.change", Crumb{word(q.lang, "nav.units"), "/units"}, Crumb{name, unitHref(id)}, Crumb{word(q.lang, "unit.change"), ""}),
		ID: id, Name: name, Kind: e.kind, Action: unitHref(id) + "/change", ETag: etagOf(e.unit.Version), Direct: e.kind == unitFlags}
	f.Title = f.T("unit.change") + ": " + name
	for _, c := range unitChanges {
		label := map[string]string{unitNew: f.T("unit.tab_new"), unitFlags: f.T("unit.flags")}[c.kind]
		if c.tab != "" {
			label = f.Word(c.tab)
		}
		f.Kinds = append(f.Kinds, Tab{Label: label, Href: f.Action + "?change=" + c.kind, Current: c.kind == e.kind})
		if c.kind == e.kind {
			f.Explain = f.T(c.explain)
		}
	}
	sections, err := e.sections(q, &f.Page)
	if err != nil {
		return nil, err
	}
	for i := range sections {
		sections[i].Fields = f.filled(v, q.withPlace(&f.Page, sections[i].Fields, v, "parent_id"))
	}
	f.Sections = sections
	if e.kind == unitFlags {
		for _, x := range e.unit.Flags {
			f.Flags = append(f.Flags, UnitFlagLine{ID: x.ID, Name: f.Word("area." + string(x.Flag)), When: f.Span(x.From, x.To), Basis: x.Basis, Certainty: f.Word("certainty." + string(x.Certainty)), Open: x.To == models.Forever})
		}
	}
	return f, nil
}

func (s *server) unitChangeForm(q *request) error {
	e, err := q.unitEdit()
	if err != nil {
		return err
	}
	v := values{}
	if span := e.unit.Span; e.kind == core.UnitRename || e.kind == core.UnitMerge {
		v = values{"name": span.Name, "style": span.Style, "ordinal": year(span.Ordinal)}
	}
	f, err := e.page(q, v)
	return q.showOr(err, "unit-change", f)
}

func (s *server) changeUnit(q *request) error {
	e, err := q.unitEdit()
	if err != nil {
		return err
	}
	if e.kind == unitFlags {
		return e.addFlag(q)
	}
	apply := q.text("do") == "apply" && q.text("token") == q.formToken()
	if e.kind == unitNew {
		return e.create(q, apply)
	}
	ch, err := e.change(q)
	if err != nil {
		return e.again(q, err)
	}
	if !apply {
		return e.preview(q, ch)
	}
	done, err := s.core.ApplyUnitChange(q.Request.Context(), q.actor, ch)
	if err != nil {
		return e.again(q, err)
	}
	to := e.unit.Span.UnitID
	for _, u := range done.Units {
		if u.What == "starts" {
			to = u.UnitID
		}
	}
	return q.goTo(unitHref(to), "unit.changed")
}

// formToken is what was previewed: the form must not have changed when the change is carried out.
func (q *request) formToken() string {
	typed := maps.Clone(q.Request.PostForm)
	for _, name := range []string{formKey, "do", "token"} {
		delete(typed, name)
	}
	sum := sha256.Sum256([]byte(typed.Encode()))
	return hex.EncodeToString(sum[:12])
}

// retyped is the form with what was sent.
func (e unitEdit) retyped(q *request) (*UnitChangePage, error) {
	sections, err := e.sections(q, &Page{Lang: q.lang})
	if err != nil {
		return nil, err
	}
	v := values{}
	for _, s := range sections {
		maps.Copy(v, q.typed(s.Fields))
	}
	f, err := e.page(q, v)
	if err == nil && q.text("etag") != "" {
		f.ETag = q.text("etag")
	}
	return f, err
}

// again shows the form with the findings. After a change by somebody else it goes on from what is stored now.
func (e unitEdit) again(q *request, err error) error {
	f, broken := e.retyped(q)
	if broken != nil {
		return broken
	}
	if stale(err) {
		f.ETag = etagOf(e.unit.Version)
		f.Fail(err)
		q.s.render.HTML(q.Context, http.StatusPreconditionFailed, "unit-change", f)
		return nil
	}
	return q.again(onInputs(err, f.Sections), "unit-change", f)
}

// onInputs takes the field off a finding when the form has no such input: it then speaks of the whole form.
func onInputs(err error, sections []Section) error {
	names := map[string]bool{}
	for _, s := range sections {
		for _, f := range s.Fields {
			names[f.Name] = true
		}
	}
	var many models.Errors
	var one *models.Error
	if !errors.As(err, &many) && errors.As(err, &one) {
		many = models.Errors{one}
	}
	if len(many) == 0 {
		return err
	}
	out := make(models.Errors, len(many))
	for i, x := range many {
		copied := *x
		if !names[x.Field] {
			copied.Field = ""
		}
		out[i] = &copied
	}
	return out
}

func (e unitEdit) addFlag(q *request) error {
	id := e.unit.Span.UnitID
	f := models.UnitFlag{UnitID: id, Flag: models.AreaFlag(q.text("flag")), From: q.day("from"), To: q.day("to"), Basis: q.text("basis"), Certainty: models.Certainty(q.text("certainty"))}
	err := q.findings()
	if err == nil {
		err = q.s.core.SetUnitFlag(q.Request.Context(), q.actor, id, f)
	}
	if err != nil {
		return e.again(q, err)
	}
	return q.goTo(unitHref(id), "unit.flag_saved")
}

// endUnitFlag closes a flag of the unit on a day.
func (s *server) endUnitFlag(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	to, flag := q.day("to"), q.number("flag_id")
	if err := q.findings(); err != nil {
		return err
	}
	if err := s.core.EndUnitFlag(q.Request.Context(), q.actor, flag, to); err != nil {
		return err
	}
	return q.goTo(unitHref(id), "unit.flag_ended")
}
