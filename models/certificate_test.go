package models

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
)

func fields(err error) []string {
	var out []string
	var all Errors
	if errors.As(err, &all) {
		for _, e := range all {
			out = append(out, e.Code+"@"+e.Field)
			if e.Message(Vi) == e.Code || e.Message(En) == e.Code {
				out = append(out, "no words for "+e.Code)
			}
		}
	}
	return out
}

func TestShippedTemplatesAreSound(t *testing.T) {
	all := CertificateTemplates()
	if len(all) != len(CertificateKinds) {
		t.Fatalf("%d templates", len(all))
	}
	for i, template := range all {
		if err := template.Check(); err != nil || template.Kind != CertificateKinds[i] || template.Version != 1 {
			t.Errorf("%s: %v", template.Code, err)
		}
		if Word(Vi, "certificate.kind."+string(template.Kind)) == "certificate.kind."+string(template.Kind) {
			t.Errorf("no words for %s", template.Kind)
		}
	}
	if _, ok := ShippedTemplate("bang"); ok {
		t.Error("a diploma is the school's own")
	}
}

func TestTemplateCheck(t *testing.T) {
	text := CertificateElement{Kind: TextElement, Text: "{name}", X: 10, Y: 10, Width: 100, Height: 10, Size: 12}
	for want, change := range map[string]func(*CertificateTemplate){
		"template.code_required@code":             func(c *CertificateTemplate) { c.Code = "" },
		"template.name_required@name":             func(c *CertificateTemplate) { c.Name = "" },
		"certificate.kind_unknown@kind":           func(c *CertificateTemplate) { c.Kind = "bang" },
		"template.page_range@width":               func(c *CertificateTemplate) { c.Width, c.Elements[0].Width = 99, 50 },
		"template.page_range@height":              func(c *CertificateTemplate) { c.Height = 4000 },
		"template.ornament_unknown@ornament":      func(c *CertificateTemplate) { c.Ornament = "gothic" },
		"template.colour_bad@accent":              func(c *CertificateTemplate) { c.Accent = "red" },
		"template.offset_range@offset_y":          func(c *CertificateTemplate) { c.OffsetY = 51 },
		"template.elements_required@elements":     func(c *CertificateTemplate) { c.Elements = nil },
		"template.elements_many@elements":         func(c *CertificateTemplate) { c.Elements = slices.Repeat(c.Elements, 81) },
		"template.logo_bad@logo":                  func(c *CertificateTemplate) { c.Logo = []byte("no picture") },
		"template.logo_large@logo":                func(c *CertificateTemplate) { c.Logo = make([]byte, MaxLogoBytes+1) },
		"template.element_kind@elements.1.kind":   func(c *CertificateTemplate) { c.Elements[0].Kind = "video" },
		"template.element_outside@elements.1.x":   func(c *CertificateTemplate) { c.Elements[0].X = 250 },
		"template.size_range@elements.1.size":     func(c *CertificateTemplate) { c.Elements[0].Size = math.Inf(1) },
		"template.text_required@elements.1.text":  func(c *CertificateTemplate) { c.Elements[0].Text = "" },
		"template.text_long@elements.1.text":      func(c *CertificateTemplate) { c.Elements[0].Text = strings.Repeat("ề", MaxTemplateText+1) },
		"template.align_unknown@elements.1.align": func(c *CertificateTemplate) { c.Elements[0].Align = "justify" },
		"template.colour_bad@elements.1.colour":   func(c *CertificateTemplate) { c.Elements[0].Colour = "#12345" },
		"template.rule_range@elements.1.rule":     func(c *CertificateTemplate) { c.Elements[0].Rule = 2 },
		"template.field_unknown@elements.1.text":  func(c *CertificateTemplate) { c.Elements[0].Text = "{name} {salary}" },
		"template.brackets@elements.1.text":       func(c *CertificateTemplate) { c.Elements[0].Text = "[{name}" },
	} {
		c := CertificateTemplate{Code: "x", Kind: ChungChi, Name: "x", Width: 297, Height: 210, Ornament: NoOrnament,
			Primary: "#a3161f", Accent: "#000000", Elements: []CertificateElement{text}}
		if err := c.Check(); err != nil {
			t.Fatal(err)
		}
		change(&c)
		if got := fields(c.Check()); !slices.Equal(got, []string{want}) {
			t.Errorf("got %v, want %s", got, want)
		}
	}
}

func TestFactsCheck(t *testing.T) {
	good := CertificateFacts{Kind: ChungChi, Issuer: "a", Name: "b", Course: "c", IssuedOn: NewDate(2013, 6, 14), Serial: "1"}
	for want, change := range map[string]func(*CertificateFacts){
		"certificate.kind_unknown@kind":          func(f *CertificateFacts) { f.Kind = "x" },
		"certificate.issuer_required@issuer":     func(f *CertificateFacts) { f.Issuer = "" },
		"certificate.name_required@name":         func(f *CertificateFacts) { f.Name = "" },
		"certificate.course_required@course":     func(f *CertificateFacts) { f.Course = "" },
		"certificate.issued_required@issued_on":  func(f *CertificateFacts) { f.IssuedOn = NewDate(2013, 2, 30) },
		"certificate.birth_bad@birth":            func(f *CertificateFacts) { f.Birth = 19751300 },
		"certificate.days_bad@to":                func(f *CertificateFacts) { f.From, f.To = NewDate(2013, 6, 3), NewDate(2013, 6, 2) },
		"certificate.days_bad@days":              func(f *CertificateFacts) { f.Days = -1 },
		"certificate.number_required@number":     func(f *CertificateFacts) { f.Serial = "" },
		"certificate.replaces_required@replaces": func(f *CertificateFacts) { f.Kind = ThayThe },
		"certificate.code_bad@code":              func(f *CertificateFacts) { f.Code, f.URL = NewCode([16]byte{1}), "https://x/v/other" },
		"catalogue.too_long@name":                func(f *CertificateFacts) { f.Name = strings.Repeat("ễ", 401) },
	} {
		f := good
		if err := f.Check(); err != nil {
			t.Fatal(err)
		}
		change(&f)
		if got := fields(f.Check()); !slices.Equal(got, []string{want}) {
			t.Errorf("got %v, want %s", got, want)
		}
	}
}

func TestFill(t *testing.T) {
	f := CertificateFacts{Name: "Hồ Thị Pả", Birth: 19660000, Days: 10, IssuedOn: NewDate(2013, 2, 5)}
	for text, want := range map[string]string{
		"Bà {name}":                     "Bà Hồ Thị Pả",
		"Bà {NAME}":                     "Bà HỒ THỊ PẢ",
		"[Sinh: {birth}][ tại {venue}]": "Sinh: 1966",
		"[{post}, {days} ngày]":         ", 10 ngày",
		"[chỉ chữ]":                     "",
		"{issue_date}":                  "ngày 05 tháng 02 năm 2013",
		"{grade}":                       "",
		"{":                             "",
	} {
		got := ""
		for _, p := range f.Fill(text) {
			got += p.Text
		}
		if got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
	if parts := f.Fill("Bà {name}."); len(parts) != 3 || parts[0].Value || !parts[1].Value || parts[2].Value {
		t.Errorf("%v", parts)
	}
	for _, name := range CertificateFields() {
		if unknown, sound := unknownField("{" + name + "}[{" + strings.ToUpper(name) + "}]"); unknown != "" || !sound {
			t.Errorf("%s is not known", name)
		}
	}
	for _, text := range []string{"[[{name}]]", "}{", "{name}}", "[{name]}", "{na[me}", "{}"} {
		if unknown, sound := unknownField(text); sound && unknown == "" {
			t.Errorf("%q is accepted", text)
		}
	}
}

func TestCodes(t *testing.T) {
	code := NewCode([16]byte{0xff, 1, 2, 3, 0xfe})
	if len(code) != 26 {
		t.Fatal(code)
	}
	if got, ok := ParseCode(strings.ToLower(code[:5]) + "-" + code[5:9] + " " + code[9:]); !ok || got != code {
		t.Errorf("%q %v", got, ok)
	}
	for _, bad := range []string{"", code[1:], code + "A", strings.Replace(code, code[:1], "0", 1), strings.Repeat("-", 100) + code} {
		if _, ok := ParseCode(bad); ok {
			t.Errorf("%q is read", bad)
		}
	}
}

func FuzzFill(f *testing.F) {
	f.Add("[Sinh: {birth}] {NAME}", "x")
	f.Fuzz(func(t *testing.T, text, name string) {
		facts := CertificateFacts{Name: name}
		unknown, sound := unknownField(text)
		out := ""
		for _, p := range facts.Fill(text) {
			out += p.Text
		}
		if sound && unknown == "" && !strings.ContainsAny(name, "{}[]") && strings.ContainsAny(out, "{}[]") {
			t.Fatalf("%q leaves brackets in %q", text, out)
		}
	})
}

func TestIssuerNumbers(t *testing.T) {
	for key, want := range map[string]string{UnitIssuer(1): "07/GCN-BTV", SchoolIssuer("truong"): "07/2014"} {
		i := CertificateIssuer{Key: key}
		if got := i.Numbered(i.Gives(), 2014, 7); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	for pattern, good := range map[string]bool{"{n}/{year}": true, "": true, "{year}": false, "{n}-{n}": false, "{n}{x}": false} {
		err := CertificateIssuer{Issuer: "X", Numbers: map[CertificateKind]string{ChungChi: pattern}}.Check()
		if (err == nil) != good {
			t.Errorf("%q: %v", pattern, err)
		}
	}
}

func TestBlankSerials(t *testing.T) {
	for first, want := range map[string]string{"A 0098": "A 0100", "7": "9", "8": "", "A": "", "A 9999": ""} {
		got, ok := BlankSerials(first, 3)
		if last := append([]string{""}, got...)[len(got)]; ok != (want != "") || last != want {
			t.Errorf("%q: %q %v, want %q", first, last, ok, want)
		}
	}
}
