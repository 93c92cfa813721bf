package models

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// certificateFields are the {fields} that the text of a template may name, each with what it reads.
var certificateFields = map[string]func(CertificateFacts) string{
	"parent":            func(f CertificateFacts) string { return f.Parent },
	"issuer":            func(f CertificateFacts) string { return f.Issuer },
	"issuer_name":       func(f CertificateFacts) string { return firstOf(f.IssuerName, f.Issuer) },
	"honorific":         func(f CertificateFacts) string { return f.Honorific },
	"name":              func(f CertificateFacts) string { return f.Name },
	"birth":             func(f CertificateFacts) string { return f.Birth.VN() },
	"birth_year":        func(f CertificateFacts) string { return positive(f.Birth.Year()) },
	"birth_place":       func(f CertificateFacts) string { return f.BirthPlace },
	"post":              func(f CertificateFacts) string { return f.Post },
	"unit":              func(f CertificateFacts) string { return f.Unit },
	"programme":         func(f CertificateFacts) string { return firstOf(f.Programme, f.Course) },
	"course":            func(f CertificateFacts) string { return f.Course },
	"class":             func(f CertificateFacts) string { return f.Class },
	"decision":          func(f CertificateFacts) string { return f.Decision },
	"from":              func(f CertificateFacts) string { return f.From.VN() },
	"to":                func(f CertificateFacts) string { return f.To.VN() },
	"days":              func(f CertificateFacts) string { return positive(f.Days) },
	"periods":           func(f CertificateFacts) string { return positive(f.Periods) },
	"venue":             func(f CertificateFacts) string { return f.Venue },
	"grade":             func(f CertificateFacts) string { return f.Grade },
	"issue_place":       func(f CertificateFacts) string { return f.IssuePlace },
	"issue_date":        func(f CertificateFacts) string { return f.IssuedOn.Formal() },
	"authority":         func(f CertificateFacts) string { return f.Authority },
	"signer_post":       func(f CertificateFacts) string { return f.SignerPost },
	"signer":            func(f CertificateFacts) string { return f.Signer },
	"number":            func(f CertificateFacts) string { return f.Number },
	"serial":            func(f CertificateFacts) string { return f.Serial },
	"register":          func(f CertificateFacts) string { return f.Register },
	"url":               func(f CertificateFacts) string { return f.URL },
	"code":              func(f CertificateFacts) string { return f.Code },
	"replaces_number":   func(f CertificateFacts) string { return f.replaced().Number },
	"replaces_serial":   func(f CertificateFacts) string { return f.replaced().Serial },
	"replaces_register": func(f CertificateFacts) string { return f.replaced().Register },
	"replaces_date":     func(f CertificateFacts) string { return f.replaced().IssuedOn.VN() },
	"replaces_reason":   func(f CertificateFacts) string { return f.replaced().Reason },
}

// CertificateFields lists the fields that a template may use, for its editor.
func CertificateFields() []string {
	out := make([]string, 0, len(certificateFields))
	for name := range certificateFields {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func (f CertificateFacts) replaced() ReplacedPaper {
	if f.Replaces == nil {
		return ReplacedPaper{}
	}
	return *f.Replaces
}

// texts are the free texts among the fields, by the name of their input.
func (f CertificateFacts) texts() map[string]string {
	r := f.replaced()
	return map[string]string{"parent": f.Parent, "issuer": f.Issuer, "issuer_name": f.IssuerName, "honorific": f.Honorific,
		"name": f.Name, "birth_place": f.BirthPlace, "post": f.Post, "unit": f.Unit, "programme": f.Programme, "course": f.Course,
		"class": f.Class, "decision": f.Decision, "venue": f.Venue, "grade": f.Grade, "issue_place": f.IssuePlace,
		"authority": f.Authority, "signer_post": f.SignerPost, "signer": f.Signer, "number": f.Number, "serial": f.Serial,
		"register": f.Register, "replaces": r.Number + r.Serial + r.Register + r.Reason}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// Formal writes a date as papers end: "ngày 05 tháng 02 năm 2013". Days under 10 and the months 1 and 2 get a leading
// zero, so March is "3"; without a date there are dots to fill in by hand.
func (d Date) Formal() string {
	if !d.Valid() {
		return "ngày ...... tháng ...... năm .........."
	}
	month := strconv.Itoa(d.Month())
	if d.Month() < 3 {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", d.Day(), month, d.Year())
}

// Piece is a stretch of a text with fields: as the template words it, or put in from the facts.
type Piece struct {
	Text  string
	Value bool
}

// Fill puts the facts into a text with fields. {name} is the value, {NAME} the value in capitals. What stands in [square
// brackets] is left out when none of the fields in it has a value.
func (f CertificateFacts) Fill(text string) []Piece {
	var out []Piece
	for text != "" {
		open := strings.IndexByte(text, '[')
		if open < 0 {
			return append(out, f.pieces(text)...)
		}
		out = append(out, f.pieces(text[:open])...)
		inner, rest, _ := strings.Cut(text[open+1:], "]")
		if part := f.pieces(inner); slices.ContainsFunc(part, func(p Piece) bool { return p.Value && p.Text != "" }) {
			out = append(out, part...)
		}
		text = rest
	}
	return out
}

func (f CertificateFacts) pieces(text string) []Piece {
	var out []Piece
	for text != "" {
		before, rest, found := strings.Cut(text, "{")
		if before != "" {
			out = append(out, Piece{Text: before})
		}
		if !found {
			return out
		}
		name, after, _ := strings.Cut(rest, "}")
		out, text = append(out, Piece{Text: f.field(name), Value: true}), after
	}
	return out
}

func (f CertificateFacts) field(name string) string {
	read, ok := certificateFields[strings.ToLower(name)]
	switch {
	case !ok:
		return ""
	case name == strings.ToLower(name):
		return read(f)
	}
	return strings.ToUpper(read(f))
}

// unknownField is the first field of a text that doesn't exist; sound is false when brackets don't pair.
func unknownField(text string) (name string, sound bool) {
	inBrace, inBracket, start := false, false, 0
	for i, r := range text {
		switch {
		case r == '{' && !inBrace:
			inBrace, start = true, i+1
		case r == '}' && inBrace:
			inBrace = false
			part := text[start:i]
			if part == "" {
				return "", false
			}
			if _, ok := certificateFields[strings.ToLower(part)]; !ok || part != strings.ToLower(part) && part != strings.ToUpper(part) {
				return part, true
			}
		case r == '[' && !inBrace && !inBracket:
			inBracket = true
		case r == ']' && !inBrace && inBracket:
			inBracket = false
		case strings.ContainsRune("{}[]", r):
			return "", false
		}
	}
	return "", !inBrace && !inBracket
}
