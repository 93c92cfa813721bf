package web

import (
	"errors"
	"net/url"
	"slices"
	"strconv"

	"datchuan/models"
)

// Page is what every page has: embed it first in the struct of a page.
type Page struct {
	Title     string
	Lang      models.Lang
	User      *User // nil before sign-in
	Path      string
	Query     url.Values
	Nav       []NavItem
	Crumbs    []Crumb
	Flash     *Flash
	Bell      *Bell // nil for who is told of nothing
	Errors    []FieldError
	Insecure  bool // served over plain http to a LAN: red banner
	Demo      bool // a demo database: quiet banner
	Refresh   int  // seconds until the page asks again, for progress without JavaScript; 0 = never
	RequestID string
}

// User is who is signed in, as the header shows her.
type User struct {
	Name, Role, Unit string
}

// NavItem is a line of the main navigation.
type NavItem struct {
	Href, Key, Icon string
	Current         bool
}

// Crumb is a step of the trail; the last one has no Href.
type Crumb struct{ Label, Href string }

// Flash is a message about what has just been done. Kind: ok, warn or bad.
type Flash struct {
	Kind, Text       string
	UndoHref, UndoID string // a form that takes it back, when it can be
	Secret           string // what is shown once and never again
}

// FieldError is a line of the error summary; Field is the name of the input at fault, "" for the whole form.
type FieldError struct{ Field, Text string }

// Viewer is any page struct.
type Viewer interface{ page() *Page }

func (p *Page) page() *Page { return p }

// T is the sentence of a key of web/words, its {names} filled from name, value pairs.
func (p *Page) T(key string, params ...any) string { return word(p.Lang, key, params...) }

// Word is the sentence of a key of the domain.
func (p *Page) Word(key string, params ...string) string { return models.Word(p.Lang, key, params...) }

// Num writes a count with thousands marks.
func (p *Page) Num(n int) string { return number(p.Lang, int64(n)) }

// Pct writes num/den in per cent with one decimal.
func (p *Page) Pct(num, den int) string { return percent(p.Lang, num, den) }

// With is the address of this page with some parameters replaced (name, value pairs; an empty value drops one). The
// page number is always dropped unless named, so that a changed filter starts at the first page.
func (p *Page) With(pairs ...any) string {
	q := url.Values{}
	for k, v := range p.Query {
		if k != "page" && k != "after" {
			q[k] = v
		}
	}
	return p.Path + withPairs(p.Lang, q, pairs)
}

// To is another address with the parameters of this page kept, as exports and tabs need.
func (p *Page) To(path string, pairs ...any) string {
	q := url.Values{}
	for k, v := range p.Query {
		if k != "page" && k != "after" && k != "tab" {
			q[k] = v
		}
	}
	return path + withPairs(p.Lang, q, pairs)
}

func withPairs(_ models.Lang, q url.Values, pairs []any) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		name, _ := pairs[i].(string)
		value := ""
		switch v := pairs[i+1].(type) {
		case string:
			value = v
		case int:
			value = strconv.Itoa(v)
		case int64:
			value = strconv.FormatInt(v, 10)
		}
		if value == "" {
			q.Del(name)
			continue
		}
		q.Set(name, value)
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// Fail puts the findings of a refused form into the error summary, in the language of the page. Errors that are not
// of the domain are not shown.
func (p *Page) Fail(err error) {
	var many models.Errors
	var one *models.Error
	switch {
	case errors.As(err, &many):
		for _, e := range many {
			p.Errors = append(p.Errors, FieldError{Field: e.Field, Text: e.Message(p.Lang)})
		}
	case errors.As(err, &one):
		p.Errors = append(p.Errors, FieldError{Field: one.Field, Text: one.Message(p.Lang)})
	}
}

// errorOf is the first finding on an input.
func (p *Page) errorOf(name string) string {
	for _, e := range p.Errors {
		if e.Field == name && name != "" {
			return e.Text
		}
	}
	return ""
}

// Home tells whether this is the first page, where the search box needs no label of its own.
func (p *Page) Home() bool { return p.Path == "/" }

// MaySearch tells whether people can be looked for: the box in the head is for who has the page.
func (p *Page) MaySearch() bool {
	return slices.ContainsFunc(p.Nav, func(n NavItem) bool { return n.Href == "/people" })
}

// Back is the address to come back to after a switch of language.
func (p *Page) Back() string { return p.With() }

// Key is a fresh key for a form, so that sending it twice does its work once.
func (p *Page) Key() string { return newKey() }
