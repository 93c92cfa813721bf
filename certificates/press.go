package certificates

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"

	"datchuan/models"
)

// Press prints certificates of one template. Making one takes milliseconds, printing takes less than one; it may be used by
// several goroutines at once and never changes.
type Press struct {
	template models.CertificateTemplate
	boxes    []placed // what depends on the facts
	fixed    []placed // what doesn't: drawn once, behind the others
	rare     []rune   // of fixed, beyond the repertoire
	base     stock
}

// placed is an element with its faces and colour.
type placed struct {
	models.CertificateElement
	box
	colour colour
}

// stock is what all certificates of a press share, as bytes at the start of a file, with the places of its objects.
// The last object is the dictionary of resources.
type stock struct {
	bytes   []byte
	offsets []int // of object n+1
	digest  [sha256.Size]byte
}

// NewPress prepares a template for printing. It fails when the template is not sound.
func NewPress(t models.CertificateTemplate) (*Press, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	p := &Press{template: t}
	for _, e := range t.Elements {
		b := box{words: faceOf(e.Bold, e.Italic), values: faceOf(e.Bold || e.BoldValues, e.Italic), width: e.Width, height: e.Height}
		one := placed{e, b, colourOf(e.Colour)}
		if e.Kind == models.QRElement || e.Kind == models.TextElement && strings.Contains(e.Text, "{") {
			p.boxes = append(p.boxes, one)
		} else if !t.Preprinted {
			p.fixed = append(p.fixed, one)
			p.rare = append(p.rare, beyond(one.spelt(models.CertificateFacts{}))...)
		}
	}
	var err error
	p.base, err = p.prepare(nil)
	return p, err
}

func faceOf(strong, slanted bool) face {
	switch {
	case strong && slanted:
		return boldItalic
	case strong:
		return bold
	case slanted:
		return italic
	}
	return regular
}

// prepare lays the shared objects out: fonts, background, resources.
func (p *Press) prepare(more []rune) (stock, error) {
	s := stock{bytes: []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")}
	more = slices.Concat(more, p.rare)
	slices.Sort(more)
	more = slices.Compact(more)
	var fonts []byte
	for f := range faceCount {
		uses := func(b placed) bool { return b.Kind == models.TextElement && (b.words == f || b.values == f) }
		if !slices.ContainsFunc(p.boxes, uses) && !slices.ContainsFunc(p.fixed, uses) {
			continue
		}
		font, err := embedded[f]()
		if len(more) > 0 {
			font, err = embed(f, more)
		}
		if err != nil {
			return s, err
		}
		fonts = fmt.Appendf(fonts, "/%s %d 0 R ", faceName[f], s.addAll(font))
	}
	own, err := p.background(&s, string(fonts))
	if err != nil {
		return s, err
	}
	s.add(fmt.Appendf(nil, "<</Font <<%s>> /XObject <</O %d 0 R>>>>", fonts, own))
	s.digest = sha256.Sum256(s.bytes)
	return s, nil
}

// background is what doesn't depend on the facts as one object: ornament, logo, fixed words. On a blank it is empty.
func (p *Press) background(s *stock, fonts string) (int, error) {
	t := p.template
	drawing := &pen{height: t.Height, dx: t.OffsetX, dy: t.OffsetY}
	var pictures []byte
	if !t.Preprinted {
		ornament(drawing, t)
		for i, form := range drawing.forms {
			pictures = fmt.Appendf(pictures, "/%s %d 0 R ", formName(i), s.addForm(form, ""))
		}
	}
	ratio := 0.0
	if len(t.Logo) > 0 && !t.Preprinted {
		picture, r, err := logo(t.Logo)
		if err != nil {
			return 0, err
		}
		ratio = r
		pictures = fmt.Appendf(pictures, "/L %d 0 R ", s.addAll(picture))
	}
	for _, b := range p.fixed {
		switch {
		case b.Kind == models.TextElement:
			p.set(drawing, b, b.spelt(models.CertificateFacts{}))
		case b.Kind == models.PhotoElement:
			drawing.stroke(colour{0.6, 0.6, 0.6})
			drawing.thickness(0.5)
			drawing.rect(b.X, b.Y, b.Width, b.Height)
			drawing.op("S")
		case ratio > 0:
			placeLogo(drawing, b.CertificateElement, ratio)
		}
	}
	return s.addForm(drawing.out, fmt.Sprintf("/Font <<%s>> /XObject <<%s>>", fonts, pictures)), nil
}

// placeLogo draws the picture as large as its box allows, in the middle of it.
func placeLogo(p *pen, e models.CertificateElement, ratio float64) {
	width, height := e.Width, e.Width/ratio
	if height > e.Height {
		width, height = e.Height*ratio, e.Height
	}
	p.out = append(p.out, "q "...)
	p.number4(width * pointsPerMM)
	p.out = append(p.out, "0 0 "...)
	p.number4(height * pointsPerMM)
	p.at(point{e.X + (e.Width-width)/2, e.Y + (e.Height+height)/2})
	p.op("cm /L Do Q")
}

// addForm appends a drawing that others place, with the resources that it names itself. Its bounds are beyond any page.
func (s *stock) addForm(drawing []byte, resources string) int {
	return s.add(stream("/Type /XObject /Subtype /Form /BBox [-1500 -1500 1500 1500] /Resources <<"+resources+">>", drawing))
}

// add appends an object and gives its number.
func (s *stock) add(object []byte) int {
	s.offsets = append(s.offsets, len(s.bytes))
	n := len(s.offsets)
	s.bytes = fmt.Appendf(s.bytes, "%d 0 obj\n", n)
	s.bytes = append(append(s.bytes, object...), "\nendobj\n"...)
	return n
}

// addAll appends objects that refer to each other and gives the number of the first.
func (s *stock) addAll(all objects) int {
	base := len(s.offsets)
	for _, o := range all {
		s.add(renumber(bytes.Clone(o), func(n int) int { return base + n }))
	}
	return base + 1
}

// packers are kept: making one allocates more than all else of a certificate. Level 4 takes half the time of the usual 6
// for 7 % more bytes.
var packers = sync.Pool{New: func() any {
	packer, err := zlib.NewWriterLevel(io.Discard, 4)
	if err != nil {
		panic(err) // 4 is a level
	}
	return packer
}}

// stream is a compressed stream object with the given entries.
func stream(entries string, data []byte) []byte {
	var b bytes.Buffer
	packer := packers.Get().(*zlib.Writer)
	packer.Reset(&b)
	packer.Write(data) // a buffer takes everything
	packer.Close()
	packers.Put(packer)
	out := fmt.Appendf(make([]byte, 0, b.Len()+len(entries)+80), "<<%s/Filter /FlateDecode /Length %d>>\nstream\n", entries, b.Len())
	return append(append(out, b.Bytes()...), "\nendstream"...)
}

// textString writes a string of the document's data, which may hold any letter.
func textString(s string) string {
	out := []byte("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		out = fmt.Appendf(out, "%04X", u)
	}
	return string(out) + ">"
}
