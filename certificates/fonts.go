package certificates

import (
	"sync"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// family is Liberation Serif: the metrics of Times New Roman, which the rules on papers ask for, under a free licence.
const family = "serif"

type face int

const (
	regular face = iota
	bold
	italic
	boldItalic
	faceCount
)

// styleOf names the faces as the PDF library does.
var styleOf = [faceCount]string{"", "B", "I", "BI"}

// fontFiles are the faces as they go into papers.
var fontFiles = sync.OnceValue(func() (files [faceCount][]byte) {
	for f, ttf := range [faceCount][]byte{liberationserifregular.TTF, liberationserifbold.TTF,
		liberationserifitalic.TTF, liberationserifbolditalic.TTF} {
		files[f] = unhinted(ttf)
	}
	return files
})

func fontFile(f face) []byte { return fontFiles()[f] }

// metrics holds the advance of each rune of the Basic Multilingual Plane in 1/1000 of the font size. 0 means that the
// face cannot draw the rune on its own: no glyph, or a combining mark, which the PDF library would misplace.
type metrics [1 << 16]uint16

// faces measures all faces once; reading the fonts is slow and the result never changes.
var faces = sync.OnceValue(func() *[faceCount]metrics {
	var all [faceCount]metrics
	for f := range faceCount {
		all[f].measure(fontFile(f))
	}
	return &all
})

func (m *metrics) measure(ttf []byte) {
	parsed, err := sfnt.Parse(ttf)
	if err != nil {
		panic("embedded font: " + err.Error()) // the font is part of the program
	}
	var buf sfnt.Buffer
	for r := ' '; r < rune(len(m)); r++ {
		glyph, err := parsed.GlyphIndex(&buf, r)
		if err != nil || glyph == 0 {
			continue
		}
		if advance, err := parsed.GlyphAdvance(&buf, glyph, fixed.I(1000), font.HintingNone); err == nil {
			m[r] = uint16(advance.Round())
		}
	}
}

// draws tells whether every face has the rune.
func draws(r rune) bool {
	if r < 0 || r >= 1<<16 {
		return false
	}
	all := faces()
	for f := range faceCount {
		if all[f][r] == 0 {
			return false
		}
	}
	return true
}

// width is the length of a drawable text in 1/1000 of the font size.
func (m *metrics) width(s string) int {
	w := 0
	for _, r := range s {
		w += int(m[r])
	}
	return w
}
