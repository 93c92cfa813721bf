package web

import (
	"cmp"
	"strings"

	"datchuan/certificates"
	"datchuan/models"
)

func (s *server) stationeryRoutes() {
	s.get("/blanks", models.CertificatesIssue, s.blanks)
	s.get("/blanks/receive", models.CertificatesIssue, s.receiveForm)
	s.post("/blanks/receive", models.CertificatesIssue, s.receive)
	s.get("/blanks/spoil", models.CertificatesIssue, s.spoilForm)
	s.post("/blanks/spoil", models.CertificatesIssue, s.spoil)
	s.get("/issuers", models.CertificatesRead, s.issuers)
	s.get("/issuers/:key", models.CertificatesIssue, s.issuer)
	s.post("/issuers/:key", models.CertificatesIssue, s.saveIssuer)
	s.get("/settings/signing", models.SettingsWrite, s.signing)
	s.upload("/settings/signing", models.SettingsWrite, formLimit, s.setSigning)
}

// stationery is an empty list about certificates.
func (q *request) stationery(titleKey, add string, heads ...string) *CataloguePage {
	v := &CataloguePage{Page: q.base(titleKey), AddHref: add}
	v.Tabs = q.certificateTabs(&v.Page)
	for _, key := range heads {
		v.Heads = append(v.Heads, v.T(key))
	}
	return v
}

// blanks is the stock book: received, used, spoiled, and the next free serials.
func (s *server) blanks(q *request) error {
	names, err := q.issuerOptions()
	if err != nil {
		return err
	}
	stock, err := s.core.Blanks(q.Request.Context(), q.actor)
	if err != nil {
		return err
	}
	v := q.stationery("cert.blanks", "/blanks/receive", "blank.free", "blank.used", "blank.spoiled", "blank.next")
	for _, b := range stock {
		row := CatalogueRow{Name: b.Issuer, Cells: []string{v.Num(int(b.Received)), v.Num(int(b.Used)), v.Num(int(b.Spoiled)), strings.Join(b.Next, ", ")}}
		for _, o := range names {
			if o.Value == b.Issuer {
				row.Name = o.Label
			}
		}
		if b.Received+b.Used > 0 {
			row.Href = "/blanks/spoil?issuer=" + b.Issuer
		}
		v.Rows = append(v.Rows, row)
	}
	return q.showCatalogue(v)
}

func (q *request) issuerOptions() ([]Option, error) {
	list, err := q.s.core.Issuers(q.Request.Context(), q.actor)
	var out []Option
	for _, i := range list {
		out = append(out, Option{Value: i.Key, Label: cmp.Or(i.IssuerName, i.Issuer)})
	}
	return out, err
}

// blankStep is a page that enters blanks, or takes one out of use.
func (q *request) blankStep(titleKey, path string, fields ...Field) (*ClassStepPage, error) {
	issuers, err := q.issuerOptions()
	if err != nil {
		return nil, err
	}
	v := &ClassStepPage{Page: q.base(titleKey, Crumb{word(q.lang, "cert.blanks"), "/blanks"}, Crumb{word(q.lang, titleKey), ""}), Action: path, Back: "/blanks"}
	all := append([]Field{{Name: "issuer", Label: v.T("cert.issuer"), Type: "select", Required: true, Options: issuers}}, fields...)
	v.Sections = []Section{{Fields: v.filled(q.typed(all), all)}}
	v.Buttons = Foot{Yes: v.Title, No: v.T("form.cancel"), Back: "/blanks"}
	return v, nil
}

func (q *request) receiveStep() (*ClassStepPage, error) {
	return q.blankStep("blank.receive", "/blanks/receive", Field{Name: "first", Label: word(q.lang, "blank.first"), Required: true, MaxLength: 40, Hint: word(q.lang, "blank.first_hint")},
		Field{Name: "n", Label: word(q.lang, "blank.count"), Required: true, MaxLength: 4})
}

func (q *request) spoilStep() (*ClassStepPage, error) {
	return q.blankStep("blank.spoil", "/blanks/spoil", Field{Name: "serial", Label: word(q.lang, "blank.serial"), Required: true, MaxLength: 40, Hint: word(q.lang, "blank.spoil_hint")},
		Field{Name: "reason", Label: word(q.lang, "class.reason"), Type: "textarea", Required: true, MaxLength: 400})
}

// blankDone ends a form about blanks: refused, it comes again with what was typed.
func (q *request) blankDone(form func() (*ClassStepPage, error), err error, done string, params ...any) error {
	if err == nil {
		return q.goTo("/blanks", done, params...)
	}
	v, broken := form()
	if broken != nil {
		return broken
	}
	return q.again(err, "class-step", v)
}

func (q *request) showBlank(form func() (*ClassStepPage, error)) error {
	v, err := form()
	if err != nil {
		return err
	}
	return q.show("class-step", v)
}

func (s *server) receiveForm(q *request) error { return q.showBlank(q.receiveStep) }
func (s *server) spoilForm(q *request) error   { return q.showBlank(q.spoilStep) }

func (s *server) receive(q *request) error {
	n := int(q.number("n"))
	err := q.findings()
	if err == nil {
		_, err = s.core.ReceiveBlanks(q.Request.Context(), q.actor, q.text("issuer"), q.text("first"), n)
	}
	return q.blankDone(q.receiveStep, err, "blank.received", "n", n)
}

func (s *server) spoil(q *request) error {
	_, err := s.core.SpoilBlank(q.Request.Context(), q.actor, q.text("issuer"), q.text("serial"), q.text("reason"))
	if models.KindOf(err) == models.NotFound {
		q.finding("form.choice_bad", "serial", q.text("serial"))
		err = q.findings()
	}
	return q.blankDone(q.spoilStep, err, "blank.spoilt")
}

func (s *server) issuers(q *request) error {
	list, err := s.core.Issuers(q.Request.Context(), q.actor)
	if err != nil {
		return err
	}
	v := q.stationery("cert.issuers", "", "issuer.heading", "cert.signer", "issuer.numbers")
	for _, i := range list {
		row := CatalogueRow{Name: cmp.Or(i.IssuerName, i.Issuer), Cells: []string{joined(" / ", i.Parent, i.Issuer), joined(" ", i.SignerPost, i.Signer), i.Numbered(i.Gives(), q.s.core.Today(q.Request.Context()).Year(), 7)}}
		if q.actor.May(models.CertificatesIssue) {
			row.Href = "/issuers/" + i.Key
		}
		v.Rows = append(v.Rows, row)
	}
	return q.showCatalogue(v)
}

// issuerFields are the inputs of an issuer; a pattern of numbers shows an example of what it writes.
func issuerFields(p *Page, i models.CertificateIssuer, year int) []Field {
	out := []Field{{Name: "parent", Label: p.T("issuer.parent"), MaxLength: 200}, {Name: "issuer", Label: p.T("issuer.line"), Required: true, MaxLength: 200},
		{Name: "issuer_name", Label: p.T("issuer.name"), MaxLength: 200, Hint: p.T("issuer.name_hint")}, {Name: "place", Label: p.T("setting.place"), MaxLength: 200},
		{Name: "authority", Label: p.T("setting.authority"), MaxLength: 200}, {Name: "signer_post", Label: p.T("setting.post"), MaxLength: 200}, {Name: "signer", Label: p.T("setting.signer"), MaxLength: 200}}
	for _, kind := range models.CertificateKinds {
		out = append(out, Field{Name: "numbers." + string(kind), Label: p.T("issuer.pattern", "kind", p.Word("certificate.kind."+string(kind))), MaxLength: 60,
			Hint: p.T("issuer.pattern_hint", "example", i.Numbered(kind, year, 7))})
	}
	return out
}

func issuerValues(i models.CertificateIssuer) values {
	v := values{"parent": i.Parent, "issuer": i.Issuer, "issuer_name": i.IssuerName, "place": i.Place, "authority": i.Authority, "signer_post": i.SignerPost, "signer": i.Signer}
	for kind, pattern := range i.Patterns() {
		v["numbers."+string(kind)] = pattern
	}
	return v
}

// issuerForm is the form of an issuer. One that nobody has edited has version 0, so the form counts from 1.
func (q *request) issuerForm() (*CatalogueFormPage, models.CertificateIssuer, error) {
	i, err := q.s.core.Issuer(q.Request.Context(), q.actor, q.Param("key"))
	v := &CatalogueFormPage{Page: q.base("cert.issuers", Crumb{word(q.lang, "cert.issuers"), "/issuers"}), Action: "/issuers/" + i.Key, Back: "/issuers", ETag: etagOf(i.Version + 1)}
	v.Title = cmp.Or(i.IssuerName, i.Issuer)
	v.Crumbs = append(v.Crumbs, Crumb{v.Title, ""})
	v.Sections = []Section{{Fields: issuerFields(&v.Page, i, q.s.core.Today(q.Request.Context()).Year())}}
	return v, i, err
}

func (s *server) issuer(q *request) error {
	v, i, err := q.issuerForm()
	if err != nil {
		return err
	}
	v.filled(issuerValues(i), v.Sections[0].Fields)
	return q.show("catalogue-form", v)
}

func (s *server) saveIssuer(q *request) error {
	v, i, err := q.issuerForm()
	if err != nil {
		return err
	}
	saw, err := q.sawVersion()
	if err == nil {
		in := models.CertificateIssuer{Key: i.Key, Parent: q.text("parent"), Issuer: q.text("issuer"), IssuerName: q.text("issuer_name"), Place: q.text("place"), Authority: q.text("authority"),
			SignerPost: q.text("signer_post"), Signer: q.text("signer"), Numbers: map[models.CertificateKind]string{}, Version: saw - 1}
		for _, kind := range models.CertificateKinds {
			in.Numbers[kind] = q.text("numbers." + string(kind))
		}
		_, err = s.core.SaveIssuer(q.Request.Context(), q.actor, in)
	}
	if err != nil {
		v.filled(q.typed(v.Sections[0].Fields), v.Sections[0].Fields)
		return q.againOrStale(err, "catalogue-form", v)
	}
	return q.goTo("/issuers", "course.saved", "name", v.Title)
}

// SigningPage shows whose key signs the office's papers and takes another one.
type SigningPage struct {
	Page
	Facts []Fact
	Key   Field
}

func (q *request) signingPage() (*SigningPage, error) {
	v := &SigningPage{Page: q.base("signing.title", Crumb{word(q.lang, "nav.settings"), "/settings"}, Crumb{word(q.lang, "signing.title"), ""})}
	v.Key = v.Field(Field{Name: "key", Label: v.T("signing.file"), Type: "file", Accept: ".pem,.key,.crt,.txt", Required: true, Hint: v.T("signing.file_hint")})
	stored, err := q.s.core.SigningKey(q.Request.Context())
	if err != nil || stored == nil {
		return v, err
	}
	key, err := certificates.ParseKey(stored)
	if err != nil {
		return v, err
	}
	h := key.Holder()
	v.Facts = []Fact{{v.T("signing.holder"), h.Name}, {v.T("signing.period"), v.Span(h.From, h.To)}, {v.T("signing.fingerprint"), h.Fingerprint}}
	return v, nil
}

func (s *server) signing(q *request) error {
	v, err := q.signingPage()
	if err != nil {
		return err
	}
	return q.show("signing", v)
}

// setSigning puts an uploaded key in force. The file is read in memory and never shown again.
func (s *server) setSigning(q *request) error {
	pem, err := q.keyFile()
	var key *certificates.Key
	if err == nil {
		key, err = certificates.ParseKey(pem)
	}
	if err == nil {
		err = s.core.SetSigningKey(q.Request.Context(), q.actor, pem, key.Certificate())
	}
	if err == nil {
		return q.goTo("/settings/signing", "signing.saved")
	}
	v, broken := q.signingPage()
	if broken != nil {
		return broken
	}
	v.Fail(err)
	v.Key = v.Field(v.Key)
	return q.again(err, "signing", v)
}

// keyFile is the uploaded file; without one there is no key.
func (q *request) keyFile() ([]byte, error) {
	_, data, err := q.file("key", formLimit)
	if len(data) == 0 {
		err = models.Fail(models.Invalid, "signing.key_missing", "key")
	}
	return data, err
}
