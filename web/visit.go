package web

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"datchuan/models"
)

// base is the page that a handler fills: title (a key of web/words) and the trail to it.
func (q *request) base(titleKey string, crumbs ...Crumb) Page {
	p := Page{Title: word(q.lang, titleKey), Lang: q.lang, Path: q.Request.URL.Path, Query: maps.Clone(q.Request.URL.Query()), Crumbs: crumbs,
		Insecure: q.s.opt.InsecureLAN && !secure(q.Request), Demo: q.s.demo, Flash: q.takeFlash()}
	if q.signedIn() {
		p.User = &User{Name: q.actor.Name, Role: models.Word(q.lang, "role."+string(q.actor.Role)), Unit: q.unitName(q.actor.UnitID)}
		p.Nav, p.Bell = Navigation(p.Path, q.actor.May), q.bell()
		if q.actor.Role == models.SchoolOfficer {
			p.Nav = schoolNavigation(p.Path)
		}
	}
	return p
}

// unitName is the name of a unit as it is called today, "" for none.
func (q *request) unitName(id int64) string {
	if id == 0 {
		return ""
	}
	ctx := q.Request.Context()
	tree, err := q.s.core.Tree(ctx)
	if err != nil {
		return ""
	}
	span, ok := tree.Nearest(id, q.s.core.Today(ctx))
	if !ok {
		return ""
	}
	return span.Name
}

// page answers with the page of an HTTP status.
func (q *request) page(status int) {
	v := NewError(q.base("app.name"), status)
	v.RequestID = RequestID(q.Context)
	q.s.render.HTML(q.Context, status, "error", v)
}

// failed turns an error into a page. Not being signed in leads to the door; what is no domain error is hidden and logged.
func (q *request) failed(err error) {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		q.page(http.StatusRequestEntityTooLarge)
		return
	}
	switch models.KindOf(err) {
	case models.Unauthorized:
		q.toDoor()
	case models.NotFound:
		q.page(http.StatusNotFound)
	case models.Forbidden:
		q.page(http.StatusForbidden)
	case models.TooMany:
		q.Header("Retry-After", "60")
		q.page(http.StatusTooManyRequests)
	case models.Invalid, models.Conflict, models.Stale:
		q.refused(err)
	default:
		if q.Request.Context().Err() == nil {
			q.s.opt.Log.Error("request failed", "request_id", RequestID(q.Context), "route", q.FullPath(), "error", err)
		}
		q.page(http.StatusInternalServerError)
	}
}

// refused says what is wrong on a page of its own, for what no form can show again.
func (q *request) refused(err error) {
	status := map[models.Kind]int{models.Invalid: http.StatusUnprocessableEntity, models.Conflict: http.StatusConflict, models.Stale: http.StatusPreconditionFailed}[models.KindOf(err)]
	v := NewError(q.base("app.name"), http.StatusUnprocessableEntity)
	v.Status, v.RequestID = status, RequestID(q.Context)
	v.Fail(err)
	if len(v.Errors) > 0 {
		v.Text, v.Errors = v.Errors[0].Text, nil
	}
	q.s.render.HTML(q.Context, status, "error", v)
}

// toDoor leads to the sign-in and back. A form that was sent after the session had run out is kept on a page, so that
// nothing typed is lost: she signs in beside it and sends it again.
func (q *request) toDoor() {
	if q.Request.Method == http.MethodGet {
		to := "/login"
		if next := q.Request.URL.RequestURI(); next != "/" {
			to += "?next=" + url.QueryEscape(next)
		}
		q.Redirect(http.StatusSeeOther, to)
		return
	}
	v := &ExpiredPage{Page: q.base("login.expired"), Action: q.Request.URL.Path}
	if err := q.read(); err == nil {
		for _, name := range slices.Sorted(maps.Keys(q.Request.PostForm)) {
			for _, value := range q.Request.PostForm[name] {
				if !strings.Contains(name, "password") && name != "old" && name != "new" {
					v.Hidden = append(v.Hidden, Field{Name: name, Type: "hidden", Value: value})
				}
			}
		}
	}
	q.s.render.HTML(q.Context, http.StatusUnauthorized, "expired", v)
}

// text is what was typed in an input, or a parameter of the address, without spaces around it.
func (q *request) text(name string) string { return strings.TrimSpace(q.Request.Form.Get(name)) }

// id is a number in the path; what is none is not found.
func (q *request) id(name string) (int64, error) {
	n, err := strconv.ParseInt(q.Param(name), 10, 64)
	if err != nil || n < 1 {
		return 0, models.Fail(models.NotFound, "not_found", "")
	}
	return n, nil
}

// number is a typed whole number, 0 when empty; anything else is a finding on the input.
func (q *request) number(name string) int64 {
	text := q.text(name)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		q.finding("form.number_bad", name, text)
		return 0
	}
	return n
}

// day is a typed date, 0 when empty.
func (q *request) day(name string) models.Date {
	d, err := models.ReadDate(q.text(name))
	if err != nil {
		q.finding("form.date_bad", name, q.text(name))
	}
	return d
}

// partial is a typed date of which the day or the month may be missing.
func (q *request) partial(name string) models.PartialDate {
	d, err := models.ReadPartialDate(q.text(name))
	if err != nil {
		q.finding("form.date_bad", name, q.text(name))
	}
	return d
}

// checked tells whether a box was ticked.
func (q *request) checked(name string) bool { return q.text(name) == "1" }

func (q *request) finding(code, field, typed string) {
	q.wrong = append(q.wrong, models.Fail(models.Invalid, code, field, "typed", typed))
}

// findings are what reading the form has found wrong so far, nil when nothing.
func (q *request) findings() error { return q.wrong.OrNil() }

// sawVersion is the version of the record that the form was made from.
func (q *request) sawVersion() (int64, error) {
	n, err := strconv.ParseInt(strings.Trim(q.text("etag"), `"`), 10, 64)
	if err != nil || n < 1 {
		return 0, models.Fail(models.Stale, "edit.stale", "")
	}
	return n, nil
}

func etagOf(version int64) string { return strconv.FormatInt(version, 10) }
