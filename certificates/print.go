package certificates

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"datchuan/models"
)

// One prints a certificate as a file of its own. The same template and facts give the same bytes.
func (p *Press) One(f models.CertificateFacts) ([]byte, error) {
	var b bytes.Buffer
	err := p.Book(&b, []models.CertificateFacts{f})
	return b.Bytes(), err
}

// Book prints certificates as the pages of one file. It fails only when w fails, or the library.
func (p *Press) Book(w io.Writer, all []models.CertificateFacts) error {
	pages := p.drawAll(all)
	var more []rune
	for _, page := range pages {
		more = append(more, page.more...)
	}
	base := p.base
	if len(more) > 0 {
		var err error
		if base, err = p.prepare(more); err != nil {
			return err
		}
	}
	return p.write(w, base, pages, all)
}

// page is a drawn certificate: its compressed content, and the runes beyond the repertoire.
type page struct {
	content []byte
	more    []rune
}

// drawAll draws on all cores.
func (p *Press) drawAll(all []models.CertificateFacts) []page {
	pages := make([]page, len(all))
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(all)) {
		group.Go(func() {
			for i := int(next.Add(1) - 1); i < len(all); i = int(next.Add(1) - 1) {
				pages[i] = p.draw(all[i])
			}
		})
	}
	group.Wait()
	return pages
}

func (p *Press) draw(f models.CertificateFacts) page {
	var out page
	drawing := pen{height: p.template.Height, dx: p.template.OffsetX, dy: p.template.OffsetY, out: make([]byte, 0, 16<<10)}
	drawing.op("/O Do")
	for _, b := range p.boxes {
		if b.Kind == models.QRElement {
			qrCode(&drawing, point{b.X, b.Y}, min(b.Width, b.Height), f.URL)
			continue
		}
		text := b.spelt(f)
		out.more = append(out.more, beyond(text)...)
		p.set(&drawing, b, text)
	}
	out.content = stream("", drawing.out)
	return out
}

// spelt is the text of an element for some facts, drawable.
func (b placed) spelt(f models.CertificateFacts) []letter { return spell(f.Fill(b.Text), b.Upper) }

// beyond are the runes that the embedded fonts don't have by themselves.
func beyond(text []letter) []rune {
	var out []rune
	for _, l := range text {
		if !inRepertoire[l.r] {
			out = append(out, l.r)
		}
	}
	return out
}

// set draws a text in its box, in the middle of its height.
func (p *Press) set(drawing *pen, b placed, text []letter) {
	size, lines := b.fit(text, b.Size)
	if len(lines) == 0 {
		return
	}
	drawing.fill(b.colour)
	high := size * leading / pointsPerMM
	y := b.Y + (b.Height-high*float64(len(lines)))/2
	longest := 0.0
	for _, line := range lines {
		long := float64(b.length(line)) * size / 1000 / pointsPerMM
		longest = max(longest, long)
		p.setLine(drawing, b.box, size, point{b.start(long), y + high*0.78}, line)
		y += high
	}
	if b.Rule > 0 && !p.template.Preprinted {
		drawing.stroke(b.colour)
		drawing.thickness(0.7)
		from := b.start(longest) + longest*(1-b.Rule)/2
		drawing.move(point{from, y + 1})
		drawing.line(point{from + longest*b.Rule, y + 1})
		drawing.op("S")
	}
}

// start is where a line of a length begins.
func (b placed) start(long float64) float64 {
	switch b.Align {
	case models.AlignCentre:
		return b.X + (b.Width-long)/2
	case models.AlignRight:
		return b.X + b.Width - long
	}
	return b.X
}

// setLine draws a line as runs of words and values. On a blank the words are there already.
func (p *Press) setLine(drawing *pen, b box, size float64, at point, line []letter) {
	for len(line) > 0 {
		n := slices.IndexFunc(line, func(l letter) bool { return l.value != line[0].value })
		if n < 0 {
			n = len(line)
		}
		run := make([]rune, n)
		for i, l := range line[:n] {
			run[i] = l.r
		}
		if line[0].value || !p.template.Preprinted {
			drawing.text(b.face(line[0]), size, at, string(run))
		}
		at.x += float64(b.length(line[:n])) * size / 1000 / pointsPerMM
		line = line[n:]
	}
}

// write puts the file together: the stock, then the pages, then what tells where everything is.
func (p *Press) write(w io.Writer, base stock, pages []page, all []models.CertificateFacts) error {
	own := stock{bytes: make([]byte, 0, len(base.bytes)+len(pages)*4096), offsets: slices.Clone(base.offsets)}
	own.bytes = append(own.bytes, base.bytes...)
	resources := len(base.offsets)
	tree := resources + 2*len(pages) + 1
	var kids []byte
	sum := sha256.New()
	sum.Write(base.digest[:])
	for _, page := range pages {
		content := own.add(page.content)
		kid := own.add(fmt.Appendf(nil, "<</Type /Page /Parent %d 0 R /Contents %d 0 R>>", tree, content))
		kids = fmt.Appendf(kids, "%d 0 R ", kid)
		sum.Write(page.content)
	}
	own.add(fmt.Appendf(nil, "<</Type /Pages /Count %d /Kids [%s] /MediaBox [0 0 %.2f %.2f] /Resources %d 0 R>>", len(pages), kids,
		p.template.Width*pointsPerMM, p.template.Height*pointsPerMM, resources))
	root := own.add(fmt.Appendf(nil, "<</Type /Catalog /Pages %d 0 R /Lang (vi) /ViewerPreferences <</DisplayDocTitle true>>>>", tree))
	info := own.add(p.info(all))
	sum.Write(own.bytes[own.offsets[info-1]:])
	own.close(fmt.Sprintf("/Root %d 0 R /Info %d 0 R /ID [<%[3]x> <%[3]x>]", root, info, sum.Sum(nil)[:16]))
	_, err := w.Write(own.bytes)
	return err
}

// info is the data of the document: what it is, and the day it was issued.
func (p *Press) info(all []models.CertificateFacts) []byte {
	title, day := models.Word(models.Vi, "certificate.kind."+string(p.template.Kind)), models.Date(0)
	if len(all) > 0 {
		day = all[0].IssuedOn
	}
	if len(all) == 1 {
		title = drawableLine(title + " " + all[0].Label() + " - " + all[0].Name)
	}
	date := "D:19700101000000Z"
	if day.Valid() {
		date = fmt.Sprintf("D:%08d000000Z", day)
	}
	return fmt.Appendf(nil, "<</Title %s /Producer %s /CreationDate (%s) /ModDate (%[3]s)>>", textString(title), textString("Đạt Chuẩn"), date)
}

// close writes the table of references and the trailer.
func (s *stock) close(trailer string) {
	start := len(s.bytes)
	s.bytes = fmt.Appendf(s.bytes, "xref\n0 %d\n0000000000 65535 f \n", len(s.offsets)+1)
	for _, o := range s.offsets {
		s.bytes = fmt.Appendf(s.bytes, "%010d 00000 n \n", o)
	}
	s.bytes = fmt.Appendf(s.bytes, "trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n", len(s.offsets)+1, trailer, start)
}
