package certificates

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"datchuan/models"
)

// drawable is the one gate before the PDF library, which panics on runes beyond U+FFFF and on invalid UTF-8 and draws
// decomposed letters wrongly. It returns NFC text, only of runes that every face draws; line breaks stay.
func drawable(s string) string {
	if !strings.Contains(s, "\n") {
		return drawableLine(s)
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = drawableLine(line)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

func drawableLine(s string) string {
	s = models.Clean(s)
	if strings.IndexFunc(s, func(r rune) bool { return !draws(r) }) < 0 {
		return s
	}
	// An invisible character may stand between a letter and its mark: take it out, compose again, then replace.
	return strings.Map(replacement, norm.NFC.String(strings.Map(visible, s)))
}

func visible(r rune) rune {
	if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) {
		return -1
	}
	return r
}

// replacement is what is drawn for a rune: a near sign where one says the same, nothing for a mark that belongs to no
// composed letter, an empty square for what the font does not have.
func replacement(r rune) rune {
	switch {
	case draws(r):
		return r
	case r == '\u2010' || r == '\u2011':
		return '-'
	case r == '✓' || r == '✔' || r == '☑' || r == '☒' || r == '✗' || r == '✘':
		return 'x'
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsMark(r) || unicode.Is(unicode.Sk, r):
		return -1
	}
	return '□'
}

// wrap cuts text into lines not wider than limit (1/1000 of the font size) and appends them to dst. It breaks at
// spaces, else after a hyphen or slash, else between two letters: no text is lost. At least one rune is on each line.
func (m *metrics) wrap(dst []string, text string, limit int) []string {
	for line := range strings.SplitSeq(text, "\n") {
		dst = m.wrapLine(dst, line, limit)
	}
	return dst
}

// balance wraps like wrap, but into the narrowest lines that need no more of them: for titles, where a last line of
// one letter looks wrong.
func (m *metrics) balance(text string, limit int) []string {
	lines := m.wrap(nil, text, limit)
	for low := limit / len(lines) * 9 / 10; low < limit; {
		if middle := (low + limit) / 2; len(m.wrap(nil, text, middle)) > len(lines) || middle < m.widestWord(text) {
			low = middle + 1
		} else {
			limit = middle
		}
	}
	return m.wrap(nil, text, limit)
}

// opening is a place where a line may end: the line ends at end, the next one starts at next; width reaches next.
type opening struct{ end, next, width int }

func (m *metrics) wrapLine(dst []string, s string, limit int) []string {
	start, width := 0, 0
	var space, soft opening
	for i, r := range s {
		w := int(m[r])
		if r == ' ' {
			width += w
			space = opening{i, i + 1, width}
			continue
		}
		for width+w > limit && i > start {
			cut := opening{i, i, width}
			switch {
			case space.next > start:
				cut = space
			case soft.next > start:
				cut = soft
			}
			dst = append(dst, s[start:cut.end])
			start, width = cut.next, width-cut.width
			space.width, soft.width = space.width-cut.width, soft.width-cut.width
		}
		width += w
		if r == '-' || r == '/' {
			soft = opening{i + 1, i + 1, width}
		}
	}
	return append(dst, s[start:])
}

// widestWord is the length of the longest word, in 1/1000 of the font size.
func (m *metrics) widestWord(text string) int {
	widest := 0
	for word := range strings.FieldsSeq(text) {
		widest = max(widest, m.width(word))
	}
	return widest
}
