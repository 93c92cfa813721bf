package core

import (
	"regexp"
	"slices"

	"datchuan/models"
)

var unitStyles = map[models.UnitKind]*regexp.Regexp{
	models.District: regexp.MustCompile(`(?i)^(?:hội (?:lhpn|liên hiệp phụ nữ|phụ nữ) )?(?:huyện|thị xã|thành phố|tp\.?|tx\.?|h\.)\s*`),
	models.Commune:  regexp.MustCompile(`(?i)^(?:hội (?:lhpn|liên hiệp phụ nữ|phụ nữ) )?(?:xã|phường|thị trấn|tt\.?|p\.|x\.)\s+`),
	models.Branch:   regexp.MustCompile(`(?i)^(?:chi hội|ch\.?)(?: phụ nữ| pn)?\s+`),
	models.Special:  regexp.MustCompile(`(?i)^(?:chi hội|ch\.?)(?: phụ nữ| pn)?\s+`),
	models.Group:    regexp.MustCompile(`(?i)^(?:tổ)(?: phụ nữ| pn)?\s+`),
}

// bareName takes the word for the kind of unit off a name: "huyện Lệ Thủy" is Lệ Thủy. A name that is nothing else stays.
func bareName(kind models.UnitKind, name string) string {
	if bare := unitStyles[kind].ReplaceAllString(name, ""); bare != "" {
		return bare
	}
	return name
}

// byName matches a name exactly (accents count), else without accents; exact tells which.
func byName(kind models.UnitKind, name string, among []models.UnitSpan) (hits []models.UnitSpan, exact bool) {
	whole, bare := models.MatchKey(name), models.MatchKey(bareName(kind, name))
	folded := models.Fold(bareName(kind, name))
	var loose []models.UnitSpan
	for _, s := range among {
		own := models.MatchKey(bareName(kind, s.Name))
		switch {
		case own == bare || models.MatchKey(s.Name) == whole || models.MatchKey(s.FullName()) == whole:
			hits = append(hits, s)
		case models.Fold(bareName(kind, s.Name)) == folded:
			loose = append(loose, s)
		}
	}
	if len(hits) > 0 {
		return hits, true
	}
	return loose, false
}

// nearNames are the names one letter away, offered and never taken: one-letter neighbours stand in the same district.
func nearNames(kind models.UnitKind, name string, among []models.UnitSpan) []models.UnitSpan {
	want := []rune(models.Fold(bareName(kind, name)))
	var out []models.UnitSpan
	for _, s := range among {
		if oneApart(want, []rune(models.Fold(bareName(kind, s.Name)))) {
			out = append(out, s)
		}
	}
	return out
}

// oneApart tells whether one letter put in, taken out or changed makes a into b.
func oneApart(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i < len(a) && slices.Equal(a[i+1:], b[i+1:])
	}
	return slices.Equal(a[i:], b[i+1:])
}
