package web

import (
	"net/http"

	"datchuan/core"
	"datchuan/models"
)

// CheckPage tells anybody what a certificate is worth. It stands alone: no sign-in, no script, a small style sheet of its own.
type CheckPage struct {
	Page
	Code    string // as typed
	Verdict Verdict
	Facts   []Saying
}

// Verdict is the answer in one look: a tone of colour, a shape and words.
type Verdict struct {
	Tone        string // ok, warn or bad, "" before anybody has asked
	Title, Text Saying
}

// Saying is a text in both languages, for people who come from anywhere; both may carry a value.
type Saying struct{ Vi, En, Value string }

func (s *server) checkRoutes() {
	s.get("/c", models.Public, s.check)
	s.get("/c/:code", models.Public, s.check)
}

// verdicts are the answers by what a certificate is worth.
var verdicts = map[models.CertificateState]struct{ tone, title, text string }{
	models.CertificateValid:     {"ok", "check.valid", "check.valid_text"},
	models.CertificateSuspended: {"warn", "check.suspended", "check.suspended_text"},
	models.CertificateRevoked:   {"bad", "check.revoked", "check.revoked_text"},
	models.CertificateReplaced:  {"warn", "check.replaced", "check.replaced_text"},
}

// both is a sentence in both languages.
func both(key string, params ...any) Saying {
	return Saying{Vi: word(models.Vi, key, params...), En: word(models.En, key, params...)}
}

// Both is a sentence of the page in both languages.
func (v *CheckPage) Both(key string) Saying { return both(key) }

// check looks a code up, from the address that the QR holds or from the form.
func (s *server) check(q *request) error {
	q.lang = models.Vi // the page speaks both languages itself
	code := q.Param("code")
	if code == "" {
		code = q.text("code")
	}
	v := &CheckPage{Page: Page{Title: word(q.lang, "check.title"), Lang: q.lang, Path: "/c"}, Code: shortCode(code)}
	q.Header("X-Robots-Tag", "noindex, nofollow")
	if code == "" {
		return q.show("check", v)
	}
	found, err := s.core.CheckCertificate(q.Request.Context(), q.ClientIP(), code)
	status := http.StatusOK
	switch models.KindOf(err) {
	case models.NotFound:
		status, v.Verdict = http.StatusNotFound, Verdict{Tone: "bad", Title: both("check.unknown"), Text: both("check.unknown_text")}
	case models.TooMany:
		q.Header("Retry-After", "60")
		status, v.Verdict = http.StatusTooManyRequests, Verdict{Tone: "warn", Title: both("check.slow"), Text: both("check.slow_text")}
	default:
		if err != nil {
			return err
		}
		v.tell(found)
	}
	s.render.HTML(q.Context, status, "check", v)
	return nil
}

// shortCode keeps what was typed within what a code can be.
func shortCode(typed string) string {
	if r := []rune(typed); len(r) > 80 {
		return string(r[:80])
	}
	return typed
}

// tell says what the certificate is worth and what it says: nothing beyond what core gives to the public.
func (v *CheckPage) tell(c core.PublicCertificate) {
	said := verdicts[c.State]
	v.Verdict = Verdict{Tone: said.tone, Title: both(said.title), Text: both(said.text)}
	if c.Newer != "" {
		v.Verdict.Text = both("check.newer", "number", c.Newer)
	}
	period := c.From.VN()
	if to := c.To.VN(); to != "" && to != period {
		period = joined(" – ", period, to)
	}
	kind := "certificate.kind." + string(c.Kind)
	add := func(key, value string) {
		if value != "" {
			say := both(key)
			say.Value = value
			v.Facts = append(v.Facts, say)
		}
	}
	add("check.paper", models.Word(models.Vi, kind))
	add("check.name", c.Name)
	add("check.course", c.Course)
	add("check.class", c.Class)
	add("check.period", period)
	add("check.issuer", c.Issuer)
	add("check.number", c.Number)
	add("check.issued", c.IssuedOn.VN())
}
