package web

import (
	"strings"

	"datchuan/core"
	"datchuan/models"
)

// certificateCard is the certificate of the address.
func (q *request) certificateCard() (core.CertificateCard, error) {
	id, err := q.id("id")
	if err != nil {
		return core.CertificateCard{}, err
	}
	return q.s.core.Certificate(q.Request.Context(), q.actor, id)
}

func (s *server) certificate(q *request) error {
	card, err := q.certificateCard()
	if err != nil {
		return err
	}
	f, href := card.Facts, certificateHref(card.ID)
	v := &CertificatePage{Page: q.base("cert.register", Crumb{word(q.lang, "cert.register"), "/certificates"}, Crumb{card.Label, ""}), Name: f.Name, State: stateOf(q.lang, card.State)}
	v.Title = card.Label
	v.Lead = joined(" ", v.Word("certificate.kind."+string(card.Kind)), card.Label)
	v.Facts = v.paperFacts(card)
	for i := len(card.Events) - 1; i >= 0; i-- {
		e := card.Events[i]
		v.Events = append(v.Events, Event{Date: moment(e.At), Title: v.Word("certificate_event." + e.Event), Detail: e.Reason, Kind: "change"})
	}
	if card.AskedBy != 0 && card.State != models.CertificateRevoked {
		v.Waits = card.AskedReason
	}
	v.Files = []Tab{{Label: v.T("cert.public"), Href: "/c/" + card.Code}}
	if card.State == models.CertificateValid {
		v.Blank = "/api/v1" + href + "/pdf"
		v.Files = append([]Tab{{Label: v.T("cert.pdf"), Href: v.Blank}, {Label: v.T("cert.badge"), Href: "/api/v1" + href + "/badge"}}, v.Files...)
	}
	v.link(&v.Reissue, card.MayReissue, href+"/reissue")
	v.link(&v.Ask, card.MayAsk, href+"/revoke")
	v.link(&v.Decide, card.MayConfirm, href+"/decide")
	return q.show("certificate", v)
}

func (v *CertificatePage) link(to *string, may bool, href string) {
	if may {
		*to = href
	}
}

func stateOf(lang models.Lang, s models.CertificateState) ClassTag {
	return (&Page{Lang: lang}).CertificateState(s)
}

// paperFacts are what the certificate says, frozen, with the neighbours in the register.
func (p *Page) paperFacts(card core.CertificateCard) []Fact {
	f := card.Facts
	period := joined(" – ", f.From.VN(), f.To.VN())
	var out []Fact
	for _, x := range []Fact{{"cert.name", f.Name}, {"cert.birth", f.Birth.VN()}, {"cert.work", joined(", ", f.Post, f.Unit)}, {"cert.course", f.Course}, {"cert.class", f.Class}, {"cert.period", period},
		{"cert.grade", f.Grade}, {"cert.number", card.Label}, {"cert.serial", card.Serial}, {"cert.issued", f.IssuedOn.VN()}, {"cert.issuer", joined(", ", f.Parent, f.Issuer)},
		{"cert.signer", joined(" ", f.SignerPost, f.Signer)}, {"cert.template", card.Template + ", " + p.T("template.version", "n", card.TemplateVersion)}, {"cert.code", card.Code}, {"cert.reason", card.Reason}} {
		if x.Value != "" {
			out = append(out, Fact{p.T(x.Label), x.Value})
		}
	}
	return out
}

// certificateStep is a page that asks for what a change of a certificate needs; without the right to it the certificate itself is shown.
func (q *request) certificateStep(titleKey, path string, may func(core.CertificateCard) bool, fields func(p *Page) []Field) (*ClassStepPage, core.CertificateCard, error) {
	card, err := q.certificateCard()
	if err != nil {
		return nil, card, err
	}
	href := certificateHref(card.ID)
	v := &ClassStepPage{Page: q.base(titleKey, Crumb{word(q.lang, "cert.register"), "/certificates"}, Crumb{card.Label, href}, Crumb{word(q.lang, titleKey), ""}), Action: href + "/" + path, Back: href, ETag: etagOf(card.Version)}
	v.Lead = joined(" · ", card.Label, card.Facts.Name, card.Facts.Class)
	if asked := card.AskedReason; asked != "" {
		v.Lead = joined(". ", v.Lead, v.T("cert.asked_because", "reason", asked))
	}
	all := fields(&v.Page)
	v.Sections = []Section{{Fields: v.filled(q.typed(all), all)}}
	v.Buttons = Foot{Yes: v.Title, No: v.T("form.cancel"), Back: href}
	if !may(card) {
		return nil, card, q.goTo(href, "")
	}
	return v, card, nil
}

func (q *request) reissueStep() (*ClassStepPage, core.CertificateCard, error) {
	return q.certificateStep("cert.reissue", "reissue", func(c core.CertificateCard) bool { return c.MayReissue }, func(p *Page) []Field {
		var causes []Option
		for _, c := range models.ReissueCauses {
			causes = append(causes, Option{Value: string(c), Label: p.Word("reissue_cause." + string(c))})
		}
		return []Field{{Name: "cause", Label: p.T("cert.cause"), Type: "radio", Options: causes, Hint: p.T("cert.cause_hint")}, {Name: "reason", Label: p.T("class.reason"), Type: "textarea", Required: true, MaxLength: 400}}
	})
}

func (q *request) revokeStep() (*ClassStepPage, core.CertificateCard, error) {
	return q.certificateStep("cert.ask", "revoke", func(c core.CertificateCard) bool { return c.MayAsk }, func(p *Page) []Field {
		return []Field{{Name: "reason", Label: p.T("class.reason"), Type: "textarea", Required: true, MaxLength: 400, Hint: p.T("cert.ask_hint")}}
	})
}

func (q *request) decideStep() (*ClassStepPage, core.CertificateCard, error) {
	return q.certificateStep("cert.decide", "decide", func(c core.CertificateCard) bool { return c.MayConfirm }, func(p *Page) []Field {
		return []Field{{Name: "verdict", Label: p.T("cert.verdict"), Type: "radio", Options: []Option{{Value: "revoke", Label: p.T("cert.confirm")}, {Value: "keep", Label: p.T("cert.refuse")}}},
			{Name: "note", Label: p.T("class.note"), Type: "textarea", MaxLength: 400}}
	})
}

// stepper makes a page of a step.
type stepper func() (*ClassStepPage, core.CertificateCard, error)

func (q *request) showStep(make stepper) error {
	v, _, err := make()
	if err != nil || v == nil {
		return err
	}
	return q.show("class-step", v)
}

// changeCertificate does a step as the officer saw the certificate; refused, the form comes again with what was typed.
func (q *request) changeCertificate(make stepper, done string, do func(card core.CertificateCard, saw int64) (models.Certificate, error)) error {
	v, card, err := make()
	if err != nil || v == nil {
		return err
	}
	saw, err := q.sawVersion()
	var next models.Certificate
	if err == nil {
		next, err = do(card, saw)
	}
	if err != nil {
		return q.againOrStale(err, "class-step", v)
	}
	return q.goTo(certificateHref(next.ID), done)
}

func (s *server) reissueForm(q *request) error { return q.showStep(q.reissueStep) }
func (s *server) revokeForm(q *request) error  { return q.showStep(q.revokeStep) }
func (s *server) decideForm(q *request) error  { return q.showStep(q.decideStep) }

func (s *server) reissue(q *request) error {
	return q.changeCertificate(q.reissueStep, "cert.reissued", func(c core.CertificateCard, saw int64) (models.Certificate, error) {
		return s.core.ReissueCertificate(q.Request.Context(), q.actor, c.ID, saw, models.ReissueCause(q.text("cause")), q.text("reason"))
	})
}

func (s *server) revoke(q *request) error {
	return q.changeCertificate(q.revokeStep, "cert.asked", func(c core.CertificateCard, saw int64) (models.Certificate, error) {
		return s.core.AskRevocation(q.Request.Context(), q.actor, c.ID, saw, q.text("reason"))
	})
}

func (s *server) decideRevocation(q *request) error {
	return q.changeCertificate(q.decideStep, "cert.decided", func(c core.CertificateCard, saw int64) (models.Certificate, error) {
		if verdict := q.text("verdict"); verdict != "revoke" && verdict != "keep" {
			q.finding("form.choice_bad", "verdict", verdict)
			return models.Certificate{}, q.findings()
		}
		return s.core.DecideRevocation(q.Request.Context(), q.actor, c.ID, saw, q.text("verdict") == "revoke", q.text("note"))
	})
}

// CertificatesView are the certificates of a class.
type CertificatesView struct {
	Rows             []CertificateRow
	Print, Zip, Give string // "" when there is nothing to do
}

// PaperLine is a paper of a class with its files; Districts are those whose people can be summoned with one letter.
type PaperLine struct {
	Name      string
	Files     []Tab
	Districts []Option
	Href      string
}

func (q *request) fillCertificates(v *ClassPage, d core.ClassDetail) error {
	found, err := q.s.core.Certificates(q.Request.Context(), q.actor, core.CertificateQuery{ClassID: d.Class.ID, Size: 5000})
	if err != nil {
		return err
	}
	view := &CertificatesView{}
	for _, c := range found.Lines {
		view.Rows = append(view.Rows, v.certificateRow(c))
		if c.State == models.CertificateValid {
			view.Print = "/api/v1" + classHref(d.Class.ID) + "/certificates"
			view.Zip = view.Print + "?format=zip"
			if c.Serial == "" && d.MayWrite && q.actor.May(models.CertificatesIssue) {
				view.Give = classHref(d.Class.ID) + "/blanks"
			}
		}
	}
	v.Certificates = view
	return nil
}

func (s *server) giveBlanks(q *request) error {
	d, err := q.classDetail()
	if err != nil {
		return err
	}
	n, err := s.core.UseBlanks(q.Request.Context(), q.actor, d.Class.ID)
	if err != nil {
		return err
	}
	return q.goTo(classTab(d.Class.ID, "certificates"), "blank.given", "n", n)
}

// fillPapers lists the papers of a class: decisions and summons are made by who holds it.
func (q *request) fillPapers(v *ClassPage, d core.ClassDetail) error {
	at := "/api/v1" + classHref(d.Class.ID) + "/papers/"
	list := func(code string, params ...string) PaperLine {
		line := PaperLine{Name: v.Word("paper." + code)}
		for _, format := range []string{"pdf", "xlsx"} {
			line.Files = append(line.Files, Tab{Label: strings.ToUpper(format), Href: at + code + "?format=" + format + strings.Join(params, "")})
		}
		return line
	}
	only := func(line PaperLine) PaperLine { line.Files = line.Files[:1]; return line }
	if d.MayWrite {
		summons := only(list("summons"))
		summons.Files[0].Label, summons.Href = v.T("paper.each"), at+"summons"
		people, err := q.s.core.ClassPeople(q.Request.Context(), q.actor, d.Class.ID)
		if err != nil {
			return err
		}
		if summons.Districts, err = q.districtsOf(people.Seated); err != nil {
			return err
		}
		v.Papers = append(v.Papers, only(list("opening-decision")), summons)
	}
	blank, filled := list("roll"), list("roll", "&filled=true")
	blank.Name, filled.Name = blank.Name+" ("+v.T("paper.blank")+")", filled.Name+" ("+v.T("paper.filled")+")"
	v.Papers = append(v.Papers, list("learner-list"), blank, filled, list("scores"))
	if q.actor.May(models.CertificatesRead) {
		v.Papers = append(v.Papers, list("register"))
	}
	return nil
}

// districtsOf are the districts of some learners, as choices.
func (q *request) districtsOf(seated []core.Learner) ([]Option, error) {
	ctx := q.Request.Context()
	tree, err := q.s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for _, l := range seated {
		names[l.District] = true
	}
	var out []Option
	today := q.s.core.Today(ctx)
	var list func(above int64)
	list = func(above int64) {
		for _, u := range tree.Children(above, today) {
			if names[u.FullName()] {
				out = append(out, Option{Value: figure(u.UnitID), Label: u.FullName()})
			} else if u.Kind == models.Nation || u.Kind == models.Province {
				list(u.UnitID)
			}
		}
	}
	list(0)
	return out, nil
}
