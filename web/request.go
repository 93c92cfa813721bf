package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"datchuan/models"
)

// request is one visit: who asks, in which language, what was typed, and where it leads.
type request struct {
	*gin.Context
	s       *server
	actor   models.Actor
	session string
	lang    models.Lang
	limit   int64
	to      string // where to go after a change, "" when a page was shown
	flash   *Flash // what to say there
	wrong   models.Errors
}

// formKey is the input under which a form carries the key that keeps a repeated sending from acting twice.
const formKey = "_key"

// identify finds out who asks. A session that has run out is just nobody.
func (q *request) identify() error {
	q.session = q.s.cookies.Session(q.Request)
	if q.session != "" && q.s.core != nil {
		actor, err := q.s.core.ActorBySession(q.Request.Context(), q.session)
		if kind := models.KindOf(err); err != nil && kind != models.Unauthorized && kind != models.NotFound {
			return err
		} else if err == nil {
			q.actor = actor
		}
	}
	cookie, _ := q.Cookie(languageCookie)
	q.lang = chooseLang(cookie, q.GetHeader("Accept-Language"))
	if q.signedIn() && q.actor.Language != "" && cookie == "" {
		q.lang = q.actor.Language
	}
	return nil
}

func (q *request) signedIn() bool { return q.actor.AccountID != 0 }

// permit stops whoever lacks the permission.
func (q *request) permit(need models.Permission) error {
	switch {
	case need == models.Public || q.signedIn() && q.actor.May(need):
		return nil
	case q.signedIn():
		return models.Fail(models.Forbidden, "auth.forbidden", "")
	}
	return models.Fail(models.Unauthorized, "auth.sign_in", "")
}

// read takes the form in, in memory: what people type must not lie about on disk.
func (q *request) read() error {
	var err error
	if strings.HasPrefix(q.ContentType(), "multipart/") {
		err = q.Request.ParseMultipartForm(q.limit)
	} else {
		err = q.Request.ParseForm()
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) || err == nil && storable(q.Request.Form) && storable(q.pathValues()) {
		return err
	}
	return models.Fail(models.Invalid, "text_bad", "")
}

func (q *request) pathValues() url.Values {
	out := url.Values{}
	for _, p := range q.Params {
		out.Add(p.Key, p.Value)
	}
	return out
}

// storable tells whether a database takes the text: valid UTF-8 without NUL.
func storable(values url.Values) bool {
	for key, list := range values {
		for _, v := range append(list, key) {
			if strings.ToValidUTF8(v, "") != v || strings.ContainsRune(v, 0) {
				return false
			}
		}
	}
	return true
}

// outcome is what a form led to, kept for a repetition.
type outcome struct {
	To    string `json:"to"`
	Flash *Flash `json:"flash,omitempty"`
}

// errShown says that the form was shown again: nothing happened, and its key may be used again.
var errShown = errors.New("form shown again")

// once runs a form's handler at most once for the key that the form carries; a second sending lands where the first did.
func (q *request) once(h handler) error {
	key := q.Request.PostForm.Get(formKey)
	if key == "" {
		return h(q)
	}
	ctx := q.Request.Context()
	for wait := range 60 {
		_, body, replayed, err := q.s.core.Once(ctx, q.actor, key, q.formHash(), func() (int, []byte, error) {
			if err := h(q); err != nil {
				return 0, nil, err
			}
			if q.to == "" {
				return 0, nil, errShown
			}
			body, err := json.Marshal(outcome{q.to, q.flash})
			return http.StatusSeeOther, body, err
		})
		var busy *models.Error
		if errors.As(err, &busy) && busy.Code == "idempotency.running" && wait < 59 && pause(ctx, 250*time.Millisecond) {
			continue // sent twice at once: the answer of the first is the answer of both
		}
		if errors.Is(err, errShown) {
			return nil
		}
		if replayed {
			var first outcome
			if err := json.Unmarshal(body, &first); err != nil {
				return err
			}
			q.to, q.flash = first.To, first.Flash
		}
		return err
	}
	return nil
}

// pause waits, unless the client goes away.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// formHash tells one form from another. Passwords stay out of it: it is stored, and a fast hash would give them away.
func (q *request) formHash() string {
	h := sha256.New()
	typed := maps.Clone(q.Request.PostForm)
	maps.DeleteFunc(typed, func(name string, _ []string) bool { return strings.Contains(name, "password") })
	fmt.Fprintln(h, q.Request.Method, q.Request.URL.Path, typed.Encode())
	if q.Request.MultipartForm != nil {
		for name, files := range q.Request.MultipartForm.File {
			for _, f := range files {
				fmt.Fprintln(h, name, f.Filename, f.Size)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// goTo ends a form: where to go, and what to say there (a key of web/words with its parameters).
func (q *request) goTo(to, key string, params ...any) error {
	q.to = to
	if key != "" {
		q.flash = &Flash{Kind: "ok", Text: word(q.lang, key, params...)}
	}
	return nil
}

// show answers with a page.
func (q *request) show(name string, v Viewer) error {
	q.s.render.HTML(q.Context, http.StatusOK, name, v)
	return nil
}

// again shows a form once more with the findings of a refused input and what was typed; other errors pass through.
func (q *request) again(err error, name string, v Viewer) error {
	if kind := models.KindOf(err); kind != models.Invalid && kind != models.Conflict {
		return err
	}
	p := v.page()
	if len(p.Errors) == 0 { // else the fields already stand beside their findings
		p.Fail(err)
	}
	p.Flash = nil
	if f, ok := v.(withFields); ok {
		p.markErrors(f.inputs())
	}
	q.s.render.HTML(q.Context, http.StatusUnprocessableEntity, name, v)
	return nil
}

// leave sends the browser to where the form leads. The message travels in a cookie that lasts a minute.
func (q *request) leave() {
	if q.to == "" {
		return
	}
	if q.flash != nil {
		if data, err := json.Marshal(q.flash); err == nil {
			q.setFlash(base64.RawURLEncoding.EncodeToString(data), 60)
		}
	}
	q.Redirect(http.StatusSeeOther, q.to)
}

const flashCookie = "flash"

func (q *request) setFlash(value string, seconds int) {
	http.SetCookie(q.Writer, &http.Cookie{Name: flashCookie, Value: value, Path: "/", MaxAge: seconds, HttpOnly: true,
		Secure: secure(q.Request), SameSite: http.SameSiteLaxMode})
}

// takeFlash is the message of the form before, once.
func (q *request) takeFlash() *Flash {
	text, err := q.Cookie(flashCookie)
	if err != nil || q.Request.Method != http.MethodGet {
		return nil
	}
	q.setFlash("", -1)
	data, err := base64.RawURLEncoding.DecodeString(text)
	var f Flash
	if err != nil || json.Unmarshal(data, &f) != nil || !slices.Contains([]string{"ok", "warn", "bad"}, f.Kind) || f.UndoHref != local(f.UndoHref) {
		return nil
	}
	return &f
}

// local is an address of ours, or "" for any other: no form sends people elsewhere.
func local(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return ""
	}
	u, err := url.Parse(to)
	if err != nil || u.Host != "" || u.Scheme != "" {
		return ""
	}
	return to
}

// newKey is a key for a form.
func newKey() string { return rand.Text() }
