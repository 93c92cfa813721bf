package web

import (
	"strconv"

	"datchuan/core"
	"datchuan/models"
)

// CertificateRow is a line of the register.
type CertificateRow struct {
	Href, Number, Name, Unit, Class, Issued, Kind, Serial string
	State                                                 ClassTag
	Asked                                                 bool
}

// CertificatesPage is the register, filtered and paged.
type CertificatesPage struct {
	Page
	Tabs   []Tab
	Filter []Field
	Rows   []CertificateRow
	Pager  Pager
	PDF    string // "" without the permission to take lists home
	XLSX   string
	Empty  *Empty
}

// CertificatePage is one certificate: what it says, what happened to it, and what may be done.
type CertificatePage struct {
	Page
	Name, Lead, Waits string
	State             ClassTag
	Facts             []Fact
	Events            []Event
	Files             []Tab // links to what can be printed or handed on
	Reissue, Ask      string
	Decide            string
	Blank             string // address of the print on a blank, "" when it can't be printed
}

func (s *server) certificateRoutes() {
	s.get("/certificates", models.CertificatesRead, s.certificates)
	s.get("/certificates/:id", models.CertificatesRead, s.certificate)
	s.get("/certificates/:id/reissue", models.CertificatesIssue, s.reissueForm)
	s.post("/certificates/:id/reissue", models.CertificatesIssue, s.reissue)
	s.get("/certificates/:id/revoke", models.CertificatesIssue, s.revokeForm)
	s.post("/certificates/:id/revoke", models.CertificatesIssue, s.revoke)
	s.get("/certificates/:id/decide", models.CertificatesRevoke, s.decideForm)
	s.post("/certificates/:id/decide", models.CertificatesRevoke, s.decideRevocation)
	s.post("/classes/:id/blanks", models.CertificatesIssue, s.giveBlanks)
	s.stationeryRoutes()
	s.templateRoutes()
}

func certificateHref(id int64) string { return "/certificates/" + figure(id) }

// certificateTabs lead from one list about certificates to another.
func (q *request) certificateTabs(p *Page) []Tab {
	var out []Tab
	for _, t := range []struct {
		href, key string
		need      models.Permission
	}{{"/certificates", "cert.register", models.CertificatesRead}, {"/blanks", "cert.blanks", models.CertificatesIssue},
		{"/issuers", "cert.issuers", models.CertificatesRead}, {"/templates", "cert.templates", models.CertificatesRead}} {
		if q.actor.May(t.need) {
			out = append(out, Tab{Label: p.T(t.key), Href: t.href, Current: p.Path == t.href})
		}
	}
	return out
}

// certificateTones are the colours of the states, by the classes of the style sheet.
var certificateTones = map[models.CertificateState]string{models.CertificateValid: "v-verified", models.CertificateSuspended: "v-uncertain", models.CertificateRevoked: "v-rejected"}

// CertificateState names a state of a certificate in the language of the page.
func (p *Page) CertificateState(s models.CertificateState) ClassTag {
	return ClassTag{p.Word("certificate_state." + string(s)), certificateTones[s]}
}

func (p *Page) certificateRow(c models.Certificate) CertificateRow {
	return CertificateRow{Href: certificateHref(c.ID), Number: c.Label, Name: c.Facts.Name, Unit: c.Facts.Unit, Class: c.Facts.Class, Issued: c.IssuedOn.VN(),
		Kind: p.Word("certificate.kind." + string(c.Kind)), Serial: c.Serial, State: p.CertificateState(c.State), Asked: c.AskedBy != 0 && c.State != models.CertificateRevoked}
}

const registerPage = 50

// certificateQuery is the filter of the register's address.
func (q *request) certificateQuery() core.CertificateQuery {
	return core.CertificateQuery{Issuer: q.text("issuer"), Kind: models.CertificateKind(q.text("kind")), State: models.CertificateState(q.text("state")), Year: int(q.number("year")),
		ClassID: q.number("class"), CadreID: q.number("cadre"), Asked: q.text("asked") == "true", Text: q.text("q"), Page: max(int(q.number("page")), 1), Size: registerPage}
}

func (s *server) certificates(q *request) error {
	ask := q.certificateQuery()
	if err := q.findings(); err != nil {
		return err
	}
	found, err := s.core.Certificates(q.Request.Context(), q.actor, ask)
	if err != nil {
		return err
	}
	v := &CertificatesPage{Page: q.base("cert.register")}
	v.Tabs = q.certificateTabs(&v.Page)
	if v.Filter, err = q.registerFilter(&v.Page, ask); err != nil {
		return err
	}
	for _, c := range found.Lines {
		v.Rows = append(v.Rows, v.certificateRow(c))
	}
	v.turn(found)
	if found.Total == 0 {
		v.Empty = &Empty{Title: v.T("cert.none"), Text: v.T("cert.none_text")}
	} else if q.actor.May(models.Export) {
		v.PDF, v.XLSX = v.To("/api/v1/certificates/register", "format", "pdf"), v.To("/api/v1/certificates/register", "format", "xlsx")
	}
	return q.show("certificates", v)
}

// turn numbers the rows and leads to the pages beside.
func (v *CertificatesPage) turn(found core.RegisterPage) {
	from, prev, next := (found.Page-1)*found.Size+1, "", ""
	if found.Page > 1 {
		prev = v.With("page", found.Page-1)
	}
	if int64(found.Page*found.Size) < found.Total {
		next = v.With("page", found.Page+1)
	}
	v.Pager = v.Page.Pager(from, from+len(v.Rows)-1, int(found.Total), prev, next)
}

func (q *request) registerFilter(p *Page, ask core.CertificateQuery) ([]Field, error) {
	all := Option{Label: p.T("cert.any")}
	kinds, states, issuers := []Option{all}, []Option{all}, []Option{all}
	for _, k := range models.CertificateKinds {
		kinds = append(kinds, Option{Value: string(k), Label: p.Word("certificate.kind." + string(k))})
	}
	for _, st := range models.CertificateStates {
		states = append(states, Option{Value: string(st), Label: p.CertificateState(st).Word})
	}
	list, err := q.s.core.Issuers(q.Request.Context(), q.actor)
	for _, i := range list {
		issuers = append(issuers, Option{Value: i.Key, Label: i.IssuerName})
	}
	year, asked := "", ""
	if ask.Year != 0 {
		year = strconv.Itoa(ask.Year)
	}
	if ask.Asked {
		asked = "true"
	}
	return []Field{{Name: "q", Label: p.T("cert.search"), Type: "search", Value: ask.Text, MaxLength: 100}, {Name: "year", Label: p.T("cert.year"), Type: "text", Value: year, MaxLength: 4},
		{Name: "kind", Label: p.T("cert.kind"), Type: "select", Options: Choose(string(ask.Kind), kinds...)}, {Name: "state", Label: p.T("cert.state"), Type: "select", Options: Choose(string(ask.State), states...)},
		{Name: "issuer", Label: p.T("cert.issuer"), Type: "select", Options: Choose(ask.Issuer, issuers...)},
		{Name: "asked", Label: p.T("cert.revocation"), Type: "select", Options: Choose(asked, all, Option{Value: "true", Label: p.T("cert.waiting")})}}, err
}

// OffsetForm asks by how much a print on blanks is moved.
type OffsetForm struct {
	*Page
	Href string
}

// Offsets is the form for printing on blanks.
func (p *Page) Offsets(href string) OffsetForm { return OffsetForm{p, href} }

// CertificateList is lines of the register with the page that they stand on.
type CertificateList struct {
	*Page
	Rows []CertificateRow
}

// CertificateList gives lines of the register the page that they stand on.
func (v *ClassPage) CertificateList(rows []CertificateRow) CertificateList {
	return CertificateList{&v.Page, rows}
}
