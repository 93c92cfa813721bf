package certificates

import (
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"datchuan/models"
)

// letter is one drawable rune on a certificate; value tells whether it came from the facts.
type letter struct {
	r     rune
	value bool
}

// spell makes a text with fields drawable. The template's own words keep their runs of spaces, a value doesn't.
func spell(pieces []models.Piece, capitals bool) []letter {
	var out []letter
	gone := false // an empty value was left out: the spaces around it are one
	for _, piece := range pieces {
		text := piece.Text
		if piece.Value {
			text = strings.ReplaceAll(drawable(text), "\n", " ")
			gone = gone || text == ""
		} else {
			text = strings.Map(replacement, norm.NFC.String(strings.Map(visible, strings.ToValidUTF8(text, ""))))
			if gone && (len(out) == 0 || out[len(out)-1].r == ' ') {
				text = strings.TrimLeft(text, " ")
			}
			gone = false
		}
		for _, r := range text {
			if capitals {
				r = capital(r)
			}
			out = append(out, letter{r, piece.Value})
		}
	}
	return trimmed(out)
}

// capital keeps a rune whose capital the font lacks.
func capital(r rune) rune {
	if up := unicode.ToUpper(r); draws(up) {
		return up
	}
	return r
}

func trimmed(line []letter) []letter {
	for len(line) > 0 && line[0].r == ' ' {
		line = line[1:]
	}
	for len(line) > 0 && line[len(line)-1].r == ' ' {
		line = line[:len(line)-1]
	}
	return line
}

// box is where a text goes: the faces of words and values, and the room in mm.
type box struct {
	words, values face
	width, height float64
}

func (b box) face(l letter) face {
	if l.value {
		return b.values
	}
	return b.words
}

// length in 1/1000 of the font size.
func (b box) length(line []letter) int {
	all, w := faces(), 0
	for _, l := range line {
		w += int(all[b.face(l)][l.r])
	}
	return w
}

const (
	leading  = 1.2  // height of a line in font sizes
	shrink   = 0.97 // each step smaller
	leastFit = 1.0  // points; below this a text is cut short
)

// fit finds the size at which a text fits in the box, as near to the wanted one as can be: a line that is too long gets
// smaller until it fits, or until two lines do. Whatever the text, what comes back fits.
func (b box) fit(text []letter, wanted float64) (size float64, lines [][]letter) {
	total := b.length(text)
	if total == 0 {
		return wanted, nil
	}
	for size = wanted; ; size = math.Max(size*shrink, leastFit) {
		limit := int(b.width * pointsPerMM * 1000 / size)
		most := int(b.height/(size*leading/pointsPerMM) + 0.05)
		if total <= limit && most >= 1 {
			return size, [][]letter{text}
		}
		if total <= limit*most {
			if lines = b.wrap(text, limit); len(lines) <= most {
				return size, b.balance(text, limit, lines)
			}
		}
		if size <= leastFit {
			lines = b.wrap(text, limit)
			return size, lines[:min(len(lines), max(most, 1))]
		}
	}
}

// balance makes lines about equally long without making more of them, or breaking a word.
func (b box) balance(text []letter, limit int, lines [][]letter) [][]letter {
	low := max(b.length(text)/len(lines), b.longestWord(text))
	for low < limit {
		middle := (low + limit) / 2
		if tried := b.wrap(text, middle); len(tried) > len(lines) {
			low = middle + 1
		} else {
			limit, lines = middle, tried
		}
	}
	return lines
}

func (b box) longestWord(text []letter) int {
	longest, from := 0, 0
	for i, l := range text {
		if l.r == ' ' {
			longest, from = max(longest, b.length(text[from:i])), i+1
		}
	}
	return max(longest, b.length(text[from:]))
}

// wrap cuts at spaces, or inside a word that is longer than a line. The lines are parts of the text.
func (b box) wrap(text []letter, limit int) [][]letter {
	all := faces()
	var lines [][]letter
	start, width, space, spaceWidth := 0, 0, -1, 0
	for i, l := range text {
		w := int(all[b.face(l)][l.r])
		if l.r == ' ' {
			space, spaceWidth, width = i, width+w, width+w
			continue
		}
		for width+w > limit && i > start {
			if space > start {
				lines = append(lines, trimmed(text[start:space]))
				start, width = space+1, width-spaceWidth
			} else {
				lines = append(lines, text[start:i])
				start, width = i, 0
			}
			space, spaceWidth = -1, 0
		}
		width += w
	}
	return append(lines, trimmed(text[start:]))
}
