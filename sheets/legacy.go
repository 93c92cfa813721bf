package sheets

import (
	"embed"
	"encoding/csv"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed data/*.csv
var dataFiles embed.FS

// table reads an embedded CSV file without its heading line.
func table(name string) [][]string {
	f, err := dataFiles.Open("data/" + name)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		panic(name + ": " + err.Error())
	}
	return rows[1:]
}

// font is what the name of a font tells about the text set in it.
type font uint8

const (
	plainFont  font = iota // the text is Unicode, or nobody knows
	tcvn3Font              // .VnTime, .VnArial ...
	tcvn3HFont             // .VnTimeH ...: the same codes shown as capitals
	vniFont                // VNI-Times ...
)

// fontOf classifies a font by name (text.md section 5).
func fontOf(name string) font {
	name = strings.TrimSpace(name)
	lower := strings.ToLower(name)
	switch {
	case strings.HasPrefix(lower, ".vn") && (strings.HasSuffix(name, "H") || strings.HasSuffix(lower, "timeh") || strings.HasSuffix(lower, "arialh")):
		return tcvn3HFont
	case strings.HasPrefix(lower, ".vn"):
		return tcvn3Font
	case strings.HasPrefix(lower, "vni-") || strings.HasPrefix(lower, "vni "):
		return vniFont
	}
	return plainFont
}

var (
	tcvn3 = loadTCVN3("VN3-ABC")
	vn1   = loadTCVN3("VN3-ABC", "VN1-only")
	vni   = loadVNI()
)

func loadTCVN3(sets ...string) map[rune]rune {
	out := map[rune]rune{}
	for _, row := range table("tcvn3.csv") {
		for _, set := range sets {
			if row[8] == set {
				out[codePoint(row[2])] = codePoint(row[4])
			}
		}
	}
	return out
}

func loadVNI() map[string]rune {
	out := map[string]rune{}
	for _, row := range table("vni.csv") {
		key := ""
		for _, code := range strings.Fields(row[2]) {
			key += string(codePoint(code))
		}
		out[key] = codePoint(row[4])
	}
	return out
}

func codePoint(s string) rune {
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "U+"), 16, 32)
	if err != nil {
		panic("bad code point " + s)
	}
	return rune(n)
}

// DecodeTCVN3 turns the characters of a TCVN3 (ABC) font into Vietnamese; upper is for the capital fonts (.VnTimeH).
func DecodeTCVN3(s string, upper bool) string {
	s = strings.Map(func(r rune) rune {
		if v, ok := tcvn3[r]; ok {
			return v
		}
		return r
	}, s)
	if upper {
		return strings.ToUpper(s)
	}
	return s
}

// decodeVN1 is TCVN 5712-1 with its capitals, used only when a user says so.
func decodeVN1(s string) string {
	return strings.Map(func(r rune) rune {
		if v, ok := vn1[r]; ok {
			return v
		}
		return r
	}, s)
}

// DecodeVNI turns VNI text into Vietnamese: the longest match first, a mark also in the other case than its letter.
func DecodeVNI(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		next, nextSize := utf8.DecodeRuneInString(s[size:])
		if nextSize > 0 {
			if v, ok := vni[s[:size+nextSize]]; ok {
				b.WriteRune(v)
				s = s[size+nextSize:]
				continue
			}
			if v, ok := vni[string(r)+string(otherCase(next))]; ok {
				b.WriteRune(v)
				s = s[size+nextSize:]
				continue
			}
		}
		if v, ok := vni[s[:size]]; ok {
			r = v
		}
		b.WriteRune(r)
		s = s[size:]
	}
	return b.String()
}

func otherCase(r rune) rune {
	if unicode.IsUpper(r) {
		return unicode.ToLower(r)
	}
	return unicode.ToUpper(r)
}
