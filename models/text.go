package models

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

var lookAlikes = strings.NewReplacer("ð", "đ", "Ð", "Đ", "\u0189", "Đ", "\u00a0", " ", "\u200b", "", "\ufeff", "",
	"\t", " ", "\r", " ", "\n", " ")

// Clean is the one form in which text is stored: NFC, look-alikes of đ mended, inner spaces collapsed, trimmed, no
// control characters. Legacy 8-bit text must be decoded before (TCVN3 uses the soft hyphen as the letter ư).
func Clean(s string) string {
	s = strings.Map(func(r rune) rune { // before composing: what stands between a letter and its mark must not part them
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, lookAlikes.Replace(strings.ToValidUTF8(s, "")))
	return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
}

// Fold is the search key of a text: no accents, lower case, đ as d, i for a closing y (Lý = Lí), single spaces.
// Text.md sections 3 and 4.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(Clean(s))) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'đ':
			b.WriteByte('d')
		default:
			b.WriteRune(r)
		}
	}
	words := strings.Fields(b.String())
	for i, w := range words {
		words[i] = foldY(w)
	}
	return strings.Join(words, " ")
}

// foldY writes the closing vowel y after a consonant as i: Ly/Li, My/Mi, Ky/Ki, Quy/Qui, Vy/Vi, Hy, Sy, Ty.
func foldY(w string) string {
	if len(w) < 2 || w[len(w)-1] != 'y' {
		return w
	}
	if before := w[:len(w)-1]; before == "qu" || !strings.ContainsAny(before[len(before)-1:], "aeiou") {
		return before + "i"
	}
	return w
}

// oldTone moves the tone of an open oa, oe, uy from its second vowel to the first: hoà -> hòa, thuỷ -> thủy.
var oldTone = strings.NewReplacer(
	"oà", "òa", "oá", "óa", "oả", "ỏa", "oã", "õa", "oạ", "ọa",
	"oè", "òe", "oé", "óe", "oẻ", "ỏe", "oẽ", "õe", "oẹ", "ọe",
	"uỳ", "ùy", "uý", "úy", "uỷ", "ủy", "uỹ", "ũy", "uỵ", "ụy",
	"OÀ", "ÒA", "OÁ", "ÓA", "OẢ", "ỎA", "OÃ", "ÕA", "OẠ", "ỌA",
	"OÈ", "ÒE", "OÉ", "ÓE", "OẺ", "ỎE", "OẼ", "ÕE", "OẸ", "ỌE",
	"UỲ", "ÙY", "UÝ", "ÚY", "UỶ", "ỦY", "UỸ", "ŨY", "UỴ", "ỤY",
	"Oà", "Òa", "Oá", "Óa", "Oả", "Ỏa", "Oã", "Õa", "Oạ", "Ọa",
	"Oè", "Òe", "Oé", "Óe", "Oẻ", "Ỏe", "Oẽ", "Õe", "Oẹ", "Ọe",
	"Uỳ", "Ùy", "Uý", "Úy", "Uỷ", "Ủy", "Uỹ", "Ũy", "Uỵ", "Ụy")

// PlaceTones writes every syllable with one canonical tone placement, so that Hoá and Hóa compare equal. For keys and
// matching only, never for display (text.md section 4).
func PlaceTones(s string) string {
	words := strings.Fields(Clean(s))
	for i, w := range words {
		runes := []rune(w)
		if len(runes) < 2 {
			continue
		}
		head, tail := string(runes[:len(runes)-2]), string(runes[len(runes)-2:])
		if strings.EqualFold(head, "q") || strings.HasSuffix(strings.ToLower(head), "q") {
			continue
		}
		words[i] = head + oldTone.Replace(tail)
	}
	return strings.Join(words, " ")
}

// MatchKey compares names exactly but for case, spacing and tone placement; accents count.
func MatchKey(s string) string { return strings.ToLower(PlaceTones(s)) }

// collator is one with room for a key: the room is some kilobytes, too dear to make for each name.
type collator struct {
	*collate.Collator
	room collate.Buffer
}

// collators are kept in a pool: building one is slow and one must not be used by two goroutines.
var collators = sync.Pool{New: func() any {
	return &collator{Collator: collate.New(language.Vietnamese, collate.IgnoreCase, collate.Numeric)}
}}

// SortKey orders Vietnamese text bytewise: alphabet a ă â b..., tones ngang huyền hỏi ngã sắc nặng as a second level,
// numbers by value (Thôn 2 before Thôn 10).
func SortKey(s string) []byte {
	c := collators.Get().(*collator)
	defer collators.Put(c)
	c.room.Reset()
	return append([]byte(nil), c.KeyFromString(&c.room, PlaceTones(s))...)
}

// NameSortKey orders people by given name, then family name, then middle names (text.md section 2).
func NameSortKey(name string) []byte {
	family, middle, given := SplitName(name)
	key := append(SortKey(given), 0, 0)
	key = append(append(key, SortKey(family)...), 0, 0)
	return append(key, SortKey(middle)...)
}

// SplitName takes a full name apart: family name first, given name last. A one-word name is a given name.
func SplitName(name string) (family, middle, given string) {
	w := strings.Fields(Clean(name))
	switch len(w) {
	case 0:
		return "", "", ""
	case 1:
		return "", "", w[0]
	}
	return w[0], strings.Join(w[1:len(w)-1], " "), w[len(w)-1]
}
