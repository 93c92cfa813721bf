package certificates

import (
	"io"
	"strings"

	"datchuan/models"
)

// counting says whether the papers of one file number their pages apart or as one book.
type counting bool

const (
	apart    counting = false
	together counting = true
)

// printPapers writes papers, each from a new page, as one file.
func printPapers(form format, count counting, w io.Writer, papers ...models.Paper) error {
	if len(papers) == 0 {
		papers = []models.Paper{{}}
	}
	s := newSheet(form, papers[0].Title, papers[0].Date)
	for i, p := range papers {
		s.format = form
		if i == 0 || count == apart {
			s.scope++
		}
		s.paper(p)
		if p.Attached != nil {
			s.format = across
			s.scope++
			s.paper(*p.Attached)
		}
	}
	return s.finish(w)
}

// paper draws one paper from a new page.
func (s *sheet) paper(p models.Paper) {
	if p.Cover != nil {
		s.cover(p.Letterhead, *p.Cover)
	}
	s.newPage()
	if head := p.Letterhead; p.Cover == nil && head.ParentLine+head.IssuerLine+p.Number != "" {
		s.heading(p)
	}
	s.titles(p.Title, p.Subtitles)
	s.words(p.Words)
	s.summary(p.Summary)
	if len(p.Feet) > 0 {
		s.table(p.Table, s.feet(p.Closing, p.Feet))
		return
	}
	s.table(p.Table, s.closing(p.Closing, p.Letterhead))
}

// cover draws the first page of a book: the office on top, the title in a frame.
func (s *sheet) cover(head models.Letterhead, c models.Cover) {
	s.newPage()
	s.pages[len(s.pages)-1].cover = true
	x, width := leftMargin, s.bodyWidth()
	s.pdf.Rect(x-8, topMargin-6, width+11, s.height-topMargin-bottomMargin+12, "D")
	s.pdf.Rect(x-6.8, topMargin-4.8, width+8.6, s.height-topMargin-bottomMargin+9.6, "D")
	office, strong, title, line := style{regular, 15}, style{bold, 16}, style{bold, 30}, style{regular, 17}
	y := s.block(office, centre, x, topMargin+8, width, s.balance(office, upper(head.ParentLine), width))
	lines := s.balance(strong, upper(head.IssuerLine), width)
	y = s.block(strong, centre, x, y+1, width, lines)
	s.rule(x, y+2, width, widest(strong, lines)*0.4)
	y = s.block(title, centre, x, max(y+20, s.height*0.4), width, s.balance(title, drawable(c.Title), width))
	s.rule(x, y+2, width, width/4)
	for _, text := range c.Lines {
		y = s.block(line, centre, x, y+6, width, s.balance(line, drawable(text), width))
	}
}

// word is a word of a paragraph with its face.
type word struct {
	st   style
	text string
}

// words draws paragraphs.
func (s *sheet) words(list []models.Paragraph) {
	for _, p := range list {
		if p.Style == models.CentreText {
			st := style{bold, 13}
			s.y += 1.5
			s.flow(st, centre, s.balance(st, drawable(p.Text), s.bodyWidth()))
			s.y += 1.5
			continue
		}
		st := style{regular, 13}
		if p.Style == models.GroundText {
			st.face = italic
		}
		var all []word
		for text := range strings.FieldsSeq(drawable(p.Lead)) {
			all = append(all, s.pieces(style{bold, 13}, text)...)
		}
		for text := range strings.FieldsSeq(drawable(p.Text)) {
			all = append(all, s.pieces(st, text)...)
		}
		s.justify(all)
		s.y += 1.6
	}
	if len(list) > 0 {
		s.y += 2
	}
}

// pieces is a word, cut where it alone is wider than the page.
func (s *sheet) pieces(st style, text string) []word {
	var out []word
	for _, line := range s.wrap(st, text, s.bodyWidth()-indent) {
		out = append(out, word{st, line})
	}
	return out
}

// indent of the first line of a paragraph in mm.
const indent = 10.0

// justify draws words over the whole width, the last line as long as it is.
func (s *sheet) justify(all []word) {
	space := style{regular, 13}.mm(" ")
	from := indent
	for len(all) > 0 {
		free, n, long := s.bodyWidth()-from, 0, 0.0
		for n < len(all) {
			next := long + all[n].st.mm(all[n].text)
			if n > 0 {
				next += space
			}
			if next > free && n > 0 {
				break
			}
			long, n = next, n+1
		}
		gap := space
		if n < len(all) && n > 1 {
			gap += (free - long) / float64(n-1)
		}
		high := all[0].st.line() * 1.08
		s.need(high)
		x := leftMargin + from
		for _, one := range all[:n] {
			s.put(one.st, left, x, s.y, 0, one.text)
			x += one.st.mm(one.text) + gap
		}
		s.y, all, from = s.y+high, all[n:], 0
	}
}
