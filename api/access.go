package api

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"golang.org/x/text/language"

	"datchuan/models"
)

// tokenPrefix tells an API token from a session token.
const tokenPrefix = "dc_"

// requestID names a request in its answer and in the log; whoever stands before the API may have given one.
const requestID = "X-Request-Id"

// defaultBody is how many bytes a JSON request may have.
const defaultBody = 1 << 20

// caller is who asks, in which language, from where. The zero actor has not signed in.
type caller struct {
	actor   models.Actor
	lang    models.Lang
	addr    string  // of the client, for throttling
	session string  // the session token, for signing out; "" with an API token
	url     url.URL // of the request, for links to the next page
	request string  // id of the request, for the log
	base    string  // address of this server as the caller knows it, or as the office says
}

type callerKey struct{}

func callerOf(ctx context.Context) caller {
	by, _ := ctx.Value(callerKey{}).(caller)
	return by
}

// identify finds out who asks: an API token or a session token in Authorization, else the session cookie of the pages.
// A token that is wrong is refused even where none is needed; a cookie that has run out is just no login.
func (s *server) identify(ctx huma.Context, next func(huma.Context)) {
	g := humagin.Unwrap(ctx)
	ctx.SetHeader("Cache-Control", "no-store")
	ctx.SetHeader("X-Content-Type-Options", "nosniff")
	by := caller{lang: langOf(ctx.Header("Accept-Language")), addr: g.ClientIP(), url: ctx.URL(), request: g.Writer.Header().Get(requestID), base: s.base(g.Request)}
	if by.request == "" {
		by.request = rand.Text()[:12]
		ctx.SetHeader(requestID, by.request)
	}
	var err error
	if header := ctx.Header("Authorization"); header != "" {
		scheme, token, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") || token == "" {
			err = models.Fail(models.Unauthorized, "auth.token", "")
		} else if strings.HasPrefix(token, tokenPrefix) {
			by.actor, err = s.core.ActorByToken(ctx.Context(), token)
		} else {
			by.session = token
			by.actor, err = s.core.ActorBySession(ctx.Context(), token)
		}
	} else {
		by.session = s.sessionCookie(ctx)
		if by.session != "" {
			by.actor, err = s.core.ActorBySession(ctx.Context(), by.session)
		}
		if kind := models.KindOf(err); kind == models.Unauthorized || kind == models.NotFound {
			by.actor, by.session, err = models.Actor{}, "", nil
		}
	}
	if err != nil {
		s.refuse(ctx, by, err)
		return
	}
	next(huma.WithValue(ctx, callerKey{}, by))
}

// base is what addresses on papers begin with.
func (s *server) base(r *http.Request) string {
	switch {
	case s.opt.BaseURL != "":
		return s.opt.BaseURL
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func (s *server) sessionCookie(ctx huma.Context) string {
	for _, name := range s.opt.SessionCookies {
		if cookie, err := huma.ReadCookie(ctx, name); err == nil && cookie.Value != "" {
			return cookie.Value
		}
	}
	return ""
}

// permit stops whoever lacks the operation's permission, before anything of the request is read.
func (s *server) permit(ctx huma.Context, next func(huma.Context)) {
	by, need := callerOf(ctx.Context()), operationOf(ctx).need
	switch {
	case need == models.Public || by.actor.May(need) && by.actor.AccountID != 0:
		next(ctx)
	case by.actor.AccountID == 0:
		s.refuse(ctx, by, models.Fail(models.Unauthorized, "auth.sign_in", ""))
	default:
		s.refuse(ctx, by, models.Fail(models.Forbidden, "auth.forbidden", ""))
	}
}

// limit bounds the body before anybody reads it, and refuses an address with text that no database stores.
func (s *server) limit(ctx huma.Context, next func(huma.Context)) {
	by, g, most := callerOf(ctx.Context()), humagin.Unwrap(ctx), ctx.Operation().MaxBodyBytes
	if query, err := url.QueryUnescape(by.url.RawQuery); err != nil || !storable(by.url.Path) || !storable(query) {
		s.refuse(ctx, by, statusError{http.StatusBadRequest, "text_bad"})
		return
	}
	if g.Request.ContentLength > most {
		s.refuse(ctx, by, statusError{http.StatusRequestEntityTooLarge, "body_too_large"})
		return
	}
	g.Request.Body = http.MaxBytesReader(g.Writer, g.Request.Body, most)
	next(ctx)
}

// form reads an uploaded form into memory, for the library would put it on disk: rosters hold identity numbers.
func (s *server) form(ctx huma.Context, next func(huma.Context)) {
	by, request := callerOf(ctx.Context()), humagin.Unwrap(ctx).Request
	body := ctx.Operation().RequestBody
	if body == nil || body.Content["multipart/form-data"] == nil {
		next(ctx)
		return
	}
	var tooLarge *http.MaxBytesError
	switch err := request.ParseMultipartForm(ctx.Operation().MaxBodyBytes); {
	case err == nil:
		next(ctx)
	case errors.As(err, &tooLarge):
		s.refuse(ctx, by, statusError{http.StatusRequestEntityTooLarge, "body_too_large"})
	default:
		s.refuse(ctx, by, statusError{http.StatusBadRequest, "form_bad"})
	}
}

// storable tells whether a text is UTF-8 without NUL: PostgreSQL takes nothing else.
func storable(text string) bool { return utf8.ValidString(text) && !strings.Contains(text, "\x00") }

// refuse answers with a problem from outside a handler.
func (s *server) refuse(ctx huma.Context, by caller, err error) {
	p := s.problem(ctx.Context(), by, err)
	for name, values := range p.GetHeaders() {
		for _, v := range values {
			ctx.AppendHeader(name, v)
		}
	}
	p.write(ctx)
}

var languages = language.NewMatcher([]language.Tag{language.Vietnamese, language.English})

// langOf reads Accept-Language; Vietnamese unless English is asked for.
func langOf(header string) models.Lang {
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(tags) == 0 {
		return models.Vi
	}
	if _, at, sure := languages.Match(tags...); at == 1 && sure > language.No {
		return models.En
	}
	return models.Vi
}
