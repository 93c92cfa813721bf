package api

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"datchuan/models"
)

// Problem is an error as RFC 9457 wants it. Code is stable; Detail is a sentence in the language asked for.
type Problem struct {
	Type    string            `json:"type" example:"urn:datchuan:problem:cadre.name_required"`
	Title   string            `json:"title"`
	Status  int               `json:"status"`
	Detail  string            `json:"detail"`
	Code    string            `json:"code"`
	Field   string            `json:"field,omitempty" doc:"Trường có lỗi / the member at fault"`
	Params  map[string]string `json:"params,omitempty"`
	Errors  []ProblemItem     `json:"errors,omitempty"`
	Current any               `json:"current,omitempty" doc:"Với 412: bản ghi hiện tại / with 412: the record as it is now"`
	Request string            `json:"request_id,omitempty"`
	headers http.Header
}

// ProblemItem is one of several findings on one request.
type ProblemItem struct {
	Code    string            `json:"code"`
	Field   string            `json:"field,omitempty"`
	Pointer string            `json:"pointer,omitempty" doc:"JSON Pointer (RFC 6901)"`
	Detail  string            `json:"detail"`
	Params  map[string]string `json:"params,omitempty"`
}

func (p *Problem) Error() string             { return p.Code }
func (p *Problem) GetStatus() int            { return p.Status }
func (p *Problem) GetHeaders() http.Header   { return p.headers }
func (p *Problem) ContentType(string) string { return "application/problem+json" }

func (p *Problem) write(ctx huma.Context) {
	ctx.SetHeader("Content-Type", p.ContentType(""))
	ctx.SetStatus(p.Status)
	// A client that went away is nobody's concern.
	_ = json.NewEncoder(ctx.BodyWriter()).Encode(p)
}

// statusError is a fault of the exchange itself, which no domain error tells.
type statusError struct {
	status int
	code   string
}

func (e statusError) Error() string { return e.code }

// staleError carries the record as it is now, for a comparison field by field.
type staleError struct {
	error
	current any
}

func (e staleError) Unwrap() error { return e.error }

// statuses is the HTTP status of each kind of domain error.
var statuses = map[models.Kind]int{models.Invalid: http.StatusUnprocessableEntity, models.NotFound: http.StatusNotFound,
	models.Forbidden: http.StatusForbidden, models.Conflict: http.StatusConflict, models.Stale: http.StatusPreconditionFailed,
	models.Unauthorized: http.StatusUnauthorized, models.TooMany: http.StatusTooManyRequests}

// problem turns any error into an answer. What is not a domain error is hidden and logged.
func (s *server) problem(ctx context.Context, by caller, err error) *Problem {
	var ready *Problem
	if errors.As(err, &ready) {
		return ready
	}
	var fault statusError
	if errors.As(err, &fault) {
		return newProblem(by.lang, fault.status, ProblemItem{Code: fault.code})
	}
	items, status := domainItems(err)
	if status == 0 {
		if !errors.Is(err, context.Canceled) { // the client went away: nothing failed
			s.opt.Log.ErrorContext(ctx, "request failed", "request_id", by.request, "path", by.url.Path, "error", err)
		}
		p := newProblem(by.lang, http.StatusInternalServerError, ProblemItem{Code: "internal"})
		p.Request = by.request
		return p
	}
	p := newProblem(by.lang, status, items...)
	switch status {
	case http.StatusTooManyRequests:
		p.headers.Set("Retry-After", cmp.Or(items[0].Params["seconds"], "60"))
	case http.StatusUnauthorized:
		p.headers.Set("WWW-Authenticate", `Bearer realm="datchuan"`)
	}
	var stale staleError
	if errors.As(err, &stale) {
		p.Current = stale.current
	}
	return p
}

func domainItems(err error) (items []ProblemItem, status int) {
	var many models.Errors
	var one *models.Error
	switch {
	case errors.As(err, &many) && len(many) > 0:
	case errors.As(err, &one):
		many = models.Errors{one}
	default:
		return nil, 0
	}
	for _, e := range many {
		item := ProblemItem{Code: e.Code, Field: e.Field, Params: e.Params}
		if e.Field != "" {
			item.Pointer = "/" + e.Field
		}
		items = append(items, item)
	}
	return items, statuses[many[0].Kind]
}

// newProblem writes the sentences; the first item speaks for the whole.
func newProblem(lang models.Lang, status int, items ...ProblemItem) *Problem {
	for i := range items {
		e := models.Error{Code: items[i].Code, Params: items[i].Params}
		items[i].Detail = e.Message(lang)
	}
	first := items[0]
	return &Problem{Type: "urn:datchuan:problem:" + first.Code, Title: models.Word(lang, "api.status."+strconv.Itoa(status)), Status: status,
		Detail: first.Detail, Code: first.Code, Field: first.Field, Params: first.Params, Errors: items, headers: http.Header{}}
}
