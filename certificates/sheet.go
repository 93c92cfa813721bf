package certificates

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/jung-kurt/gofpdf"

	"datchuan/models"
)

// The page, in millimetres: A4 landscape with the margins of documents.md section 0.
const (
	pageWidth    = 297.0
	pageHeight   = 210.0
	leftMargin   = 30.0
	rightMargin  = 15.0
	topMargin    = 20.0
	bottomMargin = 20.0

	bodyWidth  = pageWidth - leftMargin - rightMargin
	bodyBottom = pageHeight - bottomMargin
	footerTop  = pageHeight - 14.0

	pointsPerMM = 72 / 25.4
	thinRule    = 0.2
)

// style is a face at a size in points.
type style struct {
	face face
	size float64
}

// line is the height of a line of the style in mm: 1,2 times its size.
func (st style) line() float64 { return st.size * 1.2 / pointsPerMM }

type align int

const (
	left align = iota
	centre
)

// sheet is a paper being drawn: the PDF document, and where on the current page the free space begins. One sheet is
// used by one goroutine, once.
type sheet struct {
	pdf     *gofpdf.Fpdf
	y       float64 // mm from the top of the page
	current style
}

func newSheet(title string, day models.Date) *sheet {
	pdf := gofpdf.New("L", "mm", "A4", "")
	for f := range faceCount {
		// The library changes the bytes of a font while it cuts the subset, so each document gets its own copy.
		pdf.AddUTF8FontFromBytes(family, styleOf[f], slices.Clone(fontFile(f)))
	}
	created := time.Unix(0, 0).UTC()
	if day.Valid() {
		created = day.Time()
	}
	pdf.SetCreationDate(created)
	pdf.SetModificationDate(created)
	pdf.SetCatalogSort(true)
	pdf.SetTitle(drawable(title), true)
	pdf.SetMargins(leftMargin, topMargin, rightMargin)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetLineWidth(thinRule)
	s := &sheet{pdf: pdf}
	s.newPage()
	return s
}

func (s *sheet) newPage() {
	s.pdf.AddPage()
	s.current = style{}
	s.y = topMargin
}

// room tells whether a height in mm still fits on the page.
func (s *sheet) room(height float64) bool { return s.y+height <= bodyBottom+0.01 }

// need starts a new page when the height does not fit on this one.
func (s *sheet) need(height float64) {
	if !s.room(height) && s.y > topMargin {
		s.newPage()
	}
}

// wrap cuts drawable text into lines of at most width mm.
func (s *sheet) wrap(st style, text string, width float64) []string {
	return faces()[st.face].wrap(nil, text, st.units(width))
}

// balance is wrap with lines of about the same length.
func (s *sheet) balance(st style, text string, width float64) []string {
	return faces()[st.face].balance(text, st.units(width))
}

// units converts mm to 1/1000 of the font size.
func (st style) units(mm float64) int { return int(mm * pointsPerMM * 1000 / st.size) }

// mm is the length of a drawable text.
func (st style) mm(text string) float64 {
	return float64(faces()[st.face].width(text)) * st.size / 1000 / pointsPerMM
}

// put draws one line of drawable text in the box that starts at x, y (its top left corner).
func (s *sheet) put(st style, a align, x, y, width float64, line string) {
	if line == "" {
		return
	}
	if st != s.current {
		s.pdf.SetFont(family, styleOf[st.face], st.size)
		s.current = st
	}
	if a == centre {
		x += (width - st.mm(line)) / 2
	}
	s.pdf.Text(x, y+st.line()*0.78, line)
}

// block draws lines one below the other from y and returns where the next would go.
func (s *sheet) block(st style, a align, x, y, width float64, lines []string) float64 {
	for _, line := range lines {
		s.put(st, a, x, y, width, line)
		y += st.line()
	}
	return y
}

// flow draws lines over the whole width of the body at the current place, going on to new pages when needed.
func (s *sheet) flow(st style, a align, lines []string) {
	for _, line := range lines {
		s.need(st.line())
		s.put(st, a, leftMargin, s.y, bodyWidth, line)
		s.y += st.line()
	}
}

// rule draws a horizontal line of the length, centred between x and x+width.
func (s *sheet) rule(x, y, width, length float64) {
	from := x + (width-length)/2
	s.pdf.Line(from, y, from+length, y)
}

// finish numbers the pages, which is possible only now that their count is known, and writes the file.
func (s *sheet) finish(w io.Writer) error {
	footer := style{regular, 11}
	pages := s.pdf.PageCount()
	for n := 1; n <= pages; n++ {
		s.pdf.SetPage(n)
		s.current = style{} // each page has its own current font
		s.put(footer, centre, leftMargin, footerTop, bodyWidth, fmt.Sprintf("Trang %d/%d", n, pages))
	}
	return s.pdf.Output(w)
}
