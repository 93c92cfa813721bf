package models

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"image"
	_ "image/jpeg" // a logo may be one
	_ "image/png"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Ornament is the drawing around a certificate.
type Ornament string

// The ornaments.
const (
	LotusOrnament Ornament = "lotus" // woven border with lotuses in the corners
	FrameOrnament Ornament = "frame" // double line
	NoOrnament    Ornament = "none"
)

// Ornaments in the order of a menu.
var Ornaments = []Ornament{LotusOrnament, FrameOrnament, NoOrnament}

// ElementKind is what stands in a box of a certificate.
type ElementKind string

// The kinds of element.
const (
	TextElement  ElementKind = "text"
	QRElement    ElementKind = "qr"    // the URL, as large as the box is wide
	PhotoElement ElementKind = "photo" // an empty frame
	LogoElement  ElementKind = "logo"
)

var elementKinds = []ElementKind{TextElement, QRElement, PhotoElement, LogoElement}

// Alignment of a text in its box.
type Alignment string

// The alignments.
const (
	AlignLeft   Alignment = "left"
	AlignCentre Alignment = "centre"
	AlignRight  Alignment = "right"
)

var alignments = []Alignment{AlignLeft, AlignCentre, AlignRight}

// CertificateElement is one box: x, y (of its top left corner), width and height in mm. A text that is too long for its
// box is set smaller, then wrapped. Rule draws a line below, as a share of the length of the text.
type CertificateElement struct {
	Kind       ElementKind `json:"kind"`
	Text       string      `json:"text,omitempty"`
	X          float64     `json:"x"`
	Y          float64     `json:"y"`
	Width      float64     `json:"width"`
	Height     float64     `json:"height"`
	Size       float64     `json:"size,omitempty"` // points
	Bold       bool        `json:"bold,omitempty"`
	Italic     bool        `json:"italic,omitempty"`
	BoldValues bool        `json:"bold_values,omitempty"` // what comes from the fields is bold
	Upper      bool        `json:"upper,omitempty"`
	Align      Alignment   `json:"align,omitempty"`
	Colour     string      `json:"colour,omitempty"` // #rrggbb, "" = black
	Rule       float64     `json:"rule,omitempty"`
}

// CertificateTemplate is how a certificate looks, as data. A paper keeps the version that it was issued with.
type CertificateTemplate struct {
	Code       string               `json:"code"`
	Version    int                  `json:"version"`
	Kind       CertificateKind      `json:"kind"`
	Name       string               `json:"name"`
	Width      float64              `json:"width"` // of the page, mm
	Height     float64              `json:"height"`
	Ornament   Ornament             `json:"ornament"`
	Background bool                 `json:"background"` // tint and rosette behind the text
	Primary    string               `json:"primary"`    // colours of the ornament
	Accent     string               `json:"accent"`
	Logo       []byte               `json:"logo,omitempty"` // PNG or JPEG
	Elements   []CertificateElement `json:"elements"`
	Preprinted bool                 `json:"preprinted"` // on a blank: only what comes from the fields is printed
	OffsetX    float64              `json:"offset_x"`   // mm, moves everything: a printer that draws in the paper askew
	OffsetY    float64              `json:"offset_y"`
	Note       string               `json:"note,omitempty"`
}

// OnBlank is the template for printing on pre-printed paper.
func (t CertificateTemplate) OnBlank(x, y float64) CertificateTemplate {
	t.Preprinted, t.OffsetX, t.OffsetY = true, x, y
	return t
}

// The bounds of a template.
const (
	MaxLogoBytes    = 512 << 10
	maxLogoSide     = 3000
	maxElements     = 80
	MaxTemplateText = 600
	maxOffset       = 50 // mm
)

var colourForm = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// Check lists what is wrong with a template before it is stored or printed with.
func (t CertificateTemplate) Check() error {
	var k check
	k.code(t.Code, "template.code_required", 60)
	k.wrong(!slices.Contains(CertificateKinds, t.Kind), "certificate.kind_unknown", "kind")
	k.wrong(t.Name == "", "template.name_required", "name")
	k.fits("name", t.Name, 200)
	k.fits("note", t.Note, 1000)
	k.wrong(!within(t.Width, 100, 450), "template.page_range", "width")
	k.wrong(!within(t.Height, 100, 450), "template.page_range", "height")
	k.wrong(!slices.Contains(Ornaments, t.Ornament), "template.ornament_unknown", "ornament")
	k.wrong(!colourForm.MatchString(t.Primary), "template.colour_bad", "primary")
	k.wrong(!colourForm.MatchString(t.Accent), "template.colour_bad", "accent")
	k.wrong(!within(t.OffsetX, -maxOffset, maxOffset), "template.offset_range", "offset_x")
	k.wrong(!within(t.OffsetY, -maxOffset, maxOffset), "template.offset_range", "offset_y")
	k.wrong(len(t.Elements) == 0, "template.elements_required", "elements")
	k.wrong(len(t.Elements) > maxElements, "template.elements_many", "elements", "max", strconv.Itoa(maxElements))
	t.checkLogo(&k)
	for i, e := range t.Elements[:min(len(t.Elements), maxElements)] {
		t.checkElement(&k, e, i+1)
	}
	return k.bad.OrNil()
}

func (t CertificateTemplate) checkLogo(k *check) {
	if len(t.Logo) == 0 {
		return
	}
	if len(t.Logo) > MaxLogoBytes {
		k.wrong(true, "template.logo_large", "logo", "max", strconv.Itoa(MaxLogoBytes>>10))
		return
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(t.Logo))
	k.wrong(err != nil, "template.logo_bad", "logo")
	k.wrong(err == nil && (c.Width > maxLogoSide || c.Height > maxLogoSide || c.Width < 1 || c.Height < 1), "template.logo_side", "logo", "max", strconv.Itoa(maxLogoSide))
}

// checkElement names the input at fault as elements.<n>.<part>, n from 1.
func (t CertificateTemplate) checkElement(k *check, e CertificateElement, n int) {
	number := strconv.Itoa(n)
	wrong := func(when bool, code, part string, params ...string) {
		k.wrong(when, code, fmt.Sprintf("elements.%d.%s", n, part), append(params, "n", number)...)
	}
	wrong(!slices.Contains(elementKinds, e.Kind), "template.element_kind", "kind")
	inside := within(e.X, 0, t.Width) && within(e.Y, 0, t.Height) && e.Width > 0 && e.Height > 0 && e.X+e.Width <= t.Width && e.Y+e.Height <= t.Height
	wrong(!inside, "template.element_outside", "x")
	wrong(!within(e.Rule, 0, 1), "template.rule_range", "rule")
	if e.Kind != TextElement {
		return
	}
	wrong(e.Text == "", "template.text_required", "text")
	wrong(utf8.RuneCountInString(e.Text) > MaxTemplateText, "template.text_long", "text", "max", strconv.Itoa(MaxTemplateText))
	wrong(!within(e.Size, 4, 120), "template.size_range", "size")
	wrong(e.Align != "" && !slices.Contains(alignments, e.Align), "template.align_unknown", "align")
	wrong(e.Colour != "" && !colourForm.MatchString(e.Colour), "template.colour_bad", "colour")
	unknown, sound := unknownField(e.Text)
	wrong(!sound, "template.brackets", "text")
	wrong(unknown != "", "template.field_unknown", "text", "field", unknown)
}

// within is false for what is no number.
func within(v, low, high float64) bool { return v >= low && v <= high }

//go:embed certificates/*.json
var templateFiles embed.FS

// CertificateTemplates are those that ship with the product, one for each kind, each version 1.
func CertificateTemplates() []CertificateTemplate {
	var out []CertificateTemplate
	for _, kind := range CertificateKinds {
		data, err := templateFiles.ReadFile("certificates/" + string(kind) + ".json")
		if err != nil {
			panic(err) // the file is part of the program
		}
		var t CertificateTemplate
		if err := json.Unmarshal(data, &t); err != nil {
			panic(fmt.Sprintf("certificates/%s.json: %v", kind, err))
		}
		out = append(out, t)
	}
	return out
}

// ShippedTemplate is the template that the product brings for a kind.
func ShippedTemplate(kind CertificateKind) (CertificateTemplate, bool) {
	i := slices.Index(CertificateKinds, kind)
	if i < 0 {
		return CertificateTemplate{}, false
	}
	return CertificateTemplates()[i], true
}

// SampleCertificate is what a template is tried with: nobody's certificate, with a long name and unit.
func SampleCertificate(kind CertificateKind) CertificateFacts {
	f := CertificateFacts{Kind: kind, Parent: "HỘI LIÊN HIỆP PHỤ NỮ TỈNH QUẢNG BÌNH", Issuer: "BAN THƯỜNG VỤ", IssuerName: "Ban Thường vụ Hội Liên hiệp Phụ nữ tỉnh Quảng Bình",
		Honorific: "Bà", Name: "Nguyễn Thị Mẫu", Birth: 19750805, BirthPlace: "Quảng Bình", Post: "Chủ tịch Hội LHPN xã", Unit: "Hội LHPN xã Mỹ Thủy, huyện Lệ Thủy",
		Programme: "Bồi dưỡng nghiệp vụ công tác Hội", Course: "bồi dưỡng nghiệp vụ công tác Hội 10 ngày", Class: "Lớp mẫu", From: 20140603, To: 20140614, Days: 10, Periods: 80,
		Venue: "Trường Chính trị tỉnh", Grade: "Khá", IssuePlace: "Đồng Hới", IssuedOn: 20140614, Authority: "TM. BAN THƯỜNG VỤ", SignerPost: "CHỦ TỊCH", Signer: "Trần Thị Mẫu",
		Number: "00/GCN-BTV", Serial: "A 000000", Register: "00/2014", Code: NewCode([16]byte{})}
	f.URL = CertificateURL("https://mau.example", f.Code)
	if kind == ThayThe {
		f.Replaces = &ReplacedPaper{Number: "00/2013", IssuedOn: 20130614, Reason: "bị mất"}
	}
	return f
}
