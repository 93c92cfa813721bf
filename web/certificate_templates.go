package web

import (
	"net/http"
	"strconv"
	"strings"

	"datchuan/certificates"
	"datchuan/models"
)

// TemplatePage edits a template of certificates as data: what holds for the page, then box by box. Saving makes a new version.
type TemplatePage struct {
	Page
	Code, ETag, Back string
	Sections         []Section // of the page as a whole
	Boxes            []Section // one of each element; the last is empty
	Versions         []Tab
	Names            []string // of the fields that texts may hold
}

func (s *server) templateRoutes() {
	s.get("/templates", models.CertificatesRead, s.templates)
	s.get("/templates/:code", models.CoursesWrite, s.template)
	s.upload("/templates/:code", models.CoursesWrite, formLimit, s.saveTemplate)
	s.upload("/templates/:code/preview", models.CoursesWrite, formLimit, s.previewTemplate)
}

func (s *server) templates(q *request) error {
	list, err := s.core.Templates(q.Request.Context(), q.actor)
	if err != nil {
		return err
	}
	v := q.stationery("cert.templates", "", "cert.kind", "template.newest")
	for _, t := range list {
		row := CatalogueRow{Name: t.Name, Cells: []string{v.Word("certificate.kind." + string(t.Kind)), v.T("template.version", "n", t.Version)}}
		if q.actor.May(models.CoursesWrite) {
			row.Href = "/templates/" + t.Code
		}
		v.Rows = append(v.Rows, row)
	}
	return q.showCatalogue(v)
}

func (q *request) design(version int) (models.CertificateTemplate, error) {
	return q.s.core.Template(q.Request.Context(), q.actor, q.Param("code"), version)
}

// template shows the newest version in the editor, or an older one that may be saved again as a new one.
func (s *server) template(q *request) error {
	newest, err := q.design(0)
	if err != nil {
		return err
	}
	shown := newest
	if n := q.number("version"); n > 0 {
		if shown, err = q.design(int(n)); err != nil {
			return err
		}
	}
	if err := q.findings(); err != nil {
		return err
	}
	return q.show("template", q.templatePage(newest, shown))
}

func (q *request) templatePage(newest, t models.CertificateTemplate) *TemplatePage {
	v := &TemplatePage{Page: q.base("cert.templates", Crumb{word(q.lang, "cert.templates"), "/templates"}, Crumb{newest.Name, ""}), Code: newest.Code, ETag: etagOf(int64(newest.Version)), Back: "/templates"}
	v.Title = newest.Name
	v.Names = models.CertificateFields()
	for n := newest.Version; n >= 1; n-- {
		v.Versions = append(v.Versions, Tab{Label: v.T("template.version", "n", n), Href: "/templates/" + newest.Code + "?version=" + strconv.Itoa(n), Current: n == t.Version})
	}
	var ornaments []Option
	for _, o := range models.Ornaments {
		ornaments = append(ornaments, Option{Value: string(o), Label: v.T(ornamentWords[o])})
	}
	all := []Field{{Name: "name", Label: v.T("template.name"), Required: true, MaxLength: 200}, {Name: "ornament", Label: v.T("template.ornament"), Type: "select", Options: ornaments},
		{Name: "primary", Label: v.T("template.primary"), MaxLength: 7}, {Name: "accent", Label: v.T("template.accent"), MaxLength: 7}, {Name: "background", Label: v.T("template.background"), Type: "checkbox"},
		{Name: "preprinted", Label: v.T("template.preprinted"), Type: "checkbox"}, {Name: "offset_x", Label: v.T("cert.offset_x"), MaxLength: 8}, {Name: "offset_y", Label: v.T("cert.offset_y"), MaxLength: 8},
		{Name: "logo", Label: v.T("template.logo"), Type: "file", Accept: "image/png,image/jpeg", Hint: v.T("template.logo_hint")}}
	if len(t.Logo) > 0 {
		all = append(all, Field{Name: "no_logo", Label: v.T("template.no_logo"), Type: "checkbox"})
	}
	set := values{"name": t.Name, "ornament": string(t.Ornament), "primary": t.Primary, "accent": t.Accent, "background": ticked(t.Background), "preprinted": ticked(t.Preprinted), "offset_x": short(t.OffsetX), "offset_y": short(t.OffsetY)}
	v.Sections = []Section{{Fields: v.filled(set, all)}}
	for i, e := range append(t.Elements[:len(t.Elements):len(t.Elements)], models.CertificateElement{}) {
		v.Boxes = append(v.Boxes, v.box(i+1, e))
	}
	return v
}

var ornamentWords = map[models.Ornament]string{models.LotusOrnament: "template.lotus", models.FrameOrnament: "template.frame", models.NoOrnament: "template.plain"}

func ticked(on bool) string {
	if on {
		return "1"
	}
	return ""
}

// short writes a length without needless digits, "" for none.
func short(n float64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// box is the inputs of an element; one without a kind is left out, so an empty choice removes it.
func (v *TemplatePage) box(n int, e models.CertificateElement) Section {
	at := "elements." + strconv.Itoa(n) + "."
	option := func(value, key string) Option { return Option{Value: value, Label: v.T(key)} }
	kinds := []Option{option("", "template.no_box"), option("text", "template.text"), option("qr", "template.qr"), option("photo", "template.photo"), option("logo", "template.logo_box")}
	aligns := []Option{option("left", "template.left"), option("centre", "template.centre"), option("right", "template.right")}
	align := e.Align
	if align == "" {
		align = models.AlignLeft
	}
	set := values{at + "kind": string(e.Kind), at + "text": e.Text, at + "x": short(e.X), at + "y": short(e.Y), at + "width": short(e.Width), at + "height": short(e.Height), at + "size": short(e.Size),
		at + "align": string(align), at + "colour": e.Colour, at + "rule": short(e.Rule), at + "bold": ticked(e.Bold), at + "italic": ticked(e.Italic), at + "bold_values": ticked(e.BoldValues), at + "upper": ticked(e.Upper)}
	fields := []Field{{Name: at + "kind", Label: v.T("template.kind"), Type: "select", Options: kinds}, {Name: at + "text", Label: v.T("template.says"), MaxLength: models.MaxTemplateText}}
	for _, part := range []struct{ name, key string }{{"x", "template.x"}, {"y", "template.y"}, {"width", "template.width"}, {"height", "template.height"}, {"size", "template.size"}, {"rule", "template.rule"}} {
		fields = append(fields, Field{Name: at + part.name, Label: v.T(part.key), MaxLength: 8})
	}
	fields = append(fields, Field{Name: at + "colour", Label: v.T("template.colour"), MaxLength: 7}, Field{Name: at + "align", Label: v.T("template.align"), Type: "select", Options: aligns})
	for _, part := range []struct{ name, key string }{{"bold", "template.bold"}, {"italic", "template.italic"}, {"bold_values", "template.bold_values"}, {"upper", "template.upper"}} {
		fields = append(fields, Field{Name: at + part.name, Label: v.T(part.key), Type: "checkbox"})
	}
	out := v.filled(set, fields)
	for i := range out {
		out[i].Optional = ""
	}
	return Section{Title: v.T("template.box", "n", n), Fields: out}
}

// typedTemplate is the template as typed over the stored one; what the form doesn't ask for stays.
func (q *request) typedTemplate(t models.CertificateTemplate) models.CertificateTemplate {
	t.Name, t.Ornament, t.Primary, t.Accent = q.text("name"), models.Ornament(q.text("ornament")), q.text("primary"), q.text("accent")
	t.Background, t.Preprinted, t.OffsetX, t.OffsetY = q.checked("background"), q.checked("preprinted"), q.decimal("offset_x"), q.decimal("offset_y")
	if q.checked("no_logo") {
		t.Logo = nil
	}
	if _, data, err := q.file("logo", formLimit); err == nil && len(data) > 0 {
		t.Logo = data
	}
	t.Elements = nil
	for n := 1; n <= 100; n++ {
		at := "elements." + strconv.Itoa(n) + "."
		kind := q.text(at + "kind")
		if kind == "" {
			continue
		}
		t.Elements = append(t.Elements, models.CertificateElement{Kind: models.ElementKind(kind), Text: q.text(at + "text"), X: q.decimal(at + "x"), Y: q.decimal(at + "y"), Width: q.decimal(at + "width"),
			Height: q.decimal(at + "height"), Size: q.decimal(at + "size"), Rule: q.decimal(at + "rule"), Colour: q.text(at + "colour"), Align: models.Alignment(q.text(at + "align")),
			Bold: q.checked(at + "bold"), Italic: q.checked(at + "italic"), BoldValues: q.checked(at + "bold_values"), Upper: q.checked(at + "upper")})
	}
	return t
}

// decimal is a typed number with a comma or a point, 0 when empty.
func (q *request) decimal(name string) float64 {
	text := strings.Replace(q.text(name), ",", ".", 1)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		q.finding("form.number_bad", name, q.text(name))
	}
	return n
}

func (s *server) saveTemplate(q *request) error {
	newest, err := q.design(0)
	if err != nil {
		return err
	}
	typed := q.typedTemplate(newest)
	saw, err := q.sawVersion()
	if err == nil {
		err = q.findings()
	}
	if err == nil {
		typed.Version = int(saw)
		typed, err = s.core.SaveTemplate(q.Request.Context(), q.actor, typed)
	}
	if err != nil {
		v := q.templatePage(newest, typed)
		v.Fail(err)
		v.markErrors(v.Sections)
		v.markErrors(v.Boxes)
		return q.againOrStale(err, "template", v)
	}
	return q.goTo("/templates/"+newest.Code, "template.saved", "n", typed.Version)
}

// previewTemplate draws what was typed as a paper of nobody.
func (s *server) previewTemplate(q *request) error {
	newest, err := q.design(0)
	if err != nil {
		return err
	}
	typed := q.typedTemplate(newest)
	if err := q.findings(); err != nil {
		return err
	}
	press, err := certificates.NewPress(typed)
	if err != nil {
		return err
	}
	pdf, err := press.One(models.SampleCertificate(typed.Kind))
	if err != nil {
		return err
	}
	q.Data(http.StatusOK, "application/pdf", pdf)
	return nil
}
