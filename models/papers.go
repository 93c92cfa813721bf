package models

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The papers of a class (documents.md sections 1 to 5 and 7). Each type is what one of them says; Paper words it and lays
// out its columns, so that paper, spreadsheet and screen show the same. They are in Vietnamese, as offices write them.

// PaperHead is what every official paper begins and ends with.
type PaperHead struct {
	Letterhead
	Number string `json:"number"` // "12/QĐ-BTV"
	Date   Date   `json:"date"`
}

func (h PaperHead) paper(title string, subtitles ...string) Paper {
	p := Paper{Letterhead: h.Letterhead, Date: h.Date, Title: title, Subtitles: subtitles}
	if h.Number != "" {
		p.Number = "Số: " + h.Number
	}
	return p
}

// ClassFacts is a class as papers name it. To is the last day.
type ClassFacts struct {
	Name      string `json:"name"`
	Term      string `json:"term,omitempty"` // khóa
	Course    string `json:"course"`
	School    string `json:"school,omitempty"`
	Venue     string `json:"venue,omitempty"`
	From      Date   `json:"from"`
	To        Date   `json:"to"`
	Days      int    `json:"days,omitempty"`
	Periods   int    `json:"periods,omitempty"`
	Decision  string `json:"decision,omitempty"` // number of the decision that opens it
	DecidedOn Date   `json:"decided_on,omitempty"`
	Funding   string `json:"funding,omitempty"`
}

// span is "từ ngày 03/06/2013 đến ngày 14/06/2013".
func (c ClassFacts) span() string {
	switch {
	case c.From.VN() == "":
		return ""
	case c.From == c.To || c.To.VN() == "":
		return "ngày " + c.From.VN()
	}
	return "từ ngày " + c.From.VN() + " đến ngày " + c.To.VN()
}

// full is the name with the term, for sentences.
func (c ClassFacts) full() string {
	if c.Term == "" {
		return c.Name
	}
	return c.Name + " khóa " + c.Term
}

// line is the subtitle of lists: "Lớp …, từ ngày … đến ngày …".
func (c ClassFacts) line() string { return join(", ", "Lớp "+c.full(), c.span()) }

// decided is the line in brackets below the titles, "" without a decision.
func (c ClassFacts) decided() string {
	if c.Decision == "" {
		return ""
	}
	return "(Kèm theo Quyết định số " + c.Decision + after(" ngày ", c.DecidedOn.VN()) + ")"
}

// Learner is somebody on the list of a class.
type Learner struct {
	Name       string      `json:"name"`
	Birth      PartialDate `json:"birth,omitempty"`
	BirthPlace string      `json:"birth_place,omitempty"`
	Ethnicity  string      `json:"ethnicity,omitempty"`
	Post       string      `json:"post,omitempty"`
	Unit       string      `json:"unit,omitempty"` // xã
	District   string      `json:"district,omitempty"`
	Profession string      `json:"profession,omitempty"`
	Political  string      `json:"political,omitempty"`
	Phone      string      `json:"phone,omitempty"`
	Note       string      `json:"note,omitempty"`
}

// join puts parts together and leaves empty ones out.
func join(between string, parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, between)
}

// after is a text with what goes before it, "" for none.
func after(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}

// Capitalized writes the first letter large.
func Capitalized(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(r)) + text[size:]
}

func lines(list ...string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// InWords spells a number below a billion: 33 is "ba mươi ba".
func InWords(n int) string {
	if n < 0 || n >= 1_000_000_000 {
		return itoa(n)
	}
	if n == 0 {
		return "không"
	}
	var out []string
	for _, part := range []struct {
		of   int
		name string
	}{{1_000_000, "triệu"}, {1000, "nghìn"}, {1, ""}} {
		if group := n / part.of % 1000; group > 0 {
			out = append(out, hundreds(group, len(out) > 0), part.name)
		}
	}
	return strings.TrimSpace(strings.Join(out, " "))
}

var digitWords = strings.Fields("không một hai ba bốn năm sáu bảy tám chín")

// hundreds spells 1 to 999; whole also names what is zero in front: "không trăm linh năm".
func hundreds(n int, whole bool) string {
	h, t, u := n/100, n/10%10, n%10
	var out []string
	if h > 0 || whole {
		out = append(out, digitWords[h], "trăm")
	}
	switch {
	case t == 1:
		out = append(out, "mười")
	case t > 1:
		out = append(out, digitWords[t], "mươi")
	case u > 0 && len(out) > 0:
		out = append(out, "linh")
	}
	switch {
	case u == 0:
	case u == 1 && t > 1:
		out = append(out, "mốt")
	case u == 5 && t > 0:
		out = append(out, "lăm")
	case u == 4 && t > 1:
		out = append(out, "tư")
	default:
		out = append(out, digitWords[u])
	}
	return strings.Join(out, " ")
}

// Roman numbers the groups of a list.
func Roman(n int) string {
	out := ""
	for _, r := range []struct {
		value int
		sign  string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= r.value; n -= r.value {
			out += r.sign
		}
	}
	return out
}
