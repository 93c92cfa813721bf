package certificates

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/jung-kurt/gofpdf"

	"datchuan/models"
)

// The margins in millimetres, of documents.md section 0.
const (
	leftMargin   = 30.0
	rightMargin  = 15.0
	topMargin    = 20.0
	bottomMargin = 20.0

	pointsPerMM = 72 / 25.4
	thinRule    = 0.2
)

// format is how the pages of a paper are laid: A4, upright or across.
type format struct {
	orientation         string // of the PDF library
	width, height       float64
	leftHalf, rightHalf float64 // the halves of the heading and of the signature block
	official            bool    // pages are numbered on top, from the second
}

var (
	across  = format{orientation: "L", width: 297, height: 210, leftHalf: 116, rightHalf: 116}
	upright = format{orientation: "P", width: 210, height: 297, leftHalf: 74, rightHalf: 90, official: true}
)

func (f format) bodyWidth() float64  { return f.width - leftMargin - rightMargin }
func (f format) bodyBottom() float64 { return f.height - bottomMargin }
func (f format) footerTop() float64  { return f.height - 14 }

// rightStart is where the right half begins.
func (f format) rightStart() float64 { return f.width - rightMargin - f.rightHalf }

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
	format
	pdf     *gofpdf.Fpdf
	y       float64 // mm from the top of the page
	current style
	scope   int // pages of a scope are counted together
	pages   []numbered
}

// numbered is a page with what its number depends on.
type numbered struct {
	format
	scope int
	cover bool
}

func newSheet(form format, title string, day models.Date) *sheet {
	pdf := gofpdf.New(form.orientation, "mm", "A4", "")
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
	s := &sheet{format: form, pdf: pdf}
	return s
}

func (s *sheet) newPage() {
	s.pdf.AddPageFormat(s.orientation, s.pdf.GetPageSizeStr("A4"))
	s.pages = append(s.pages, numbered{format: s.format, scope: s.scope})
	s.current = style{}
	s.y = topMargin
}

// room tells whether a height in mm still fits on the page.
func (s *sheet) room(height float64) bool { return s.y+height <= s.bodyBottom()+0.01 }

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
		s.put(st, a, leftMargin, s.y, s.bodyWidth(), line)
		s.y += st.line()
	}
}

// rule draws a horizontal line of the length, centred between x and x+width.
func (s *sheet) rule(x, y, width, length float64) {
	from := x + (width-length)/2
	s.pdf.Line(from, y, from+length, y)
}

// finish numbers the pages, which is possible only now that their count is known, and writes the file. Lists say how many
// pages there are; official papers have the number on top, from the second page (documents.md section 0).
func (s *sheet) finish(w io.Writer) error {
	number := style{regular, 11}
	count, at := map[int]int{}, map[int]int{}
	for _, p := range s.pages {
		if !p.cover {
			count[p.scope]++
		}
	}
	last := s.pages[len(s.pages)-1].height // the library measures from the foot of the page that was added last
	for i, p := range s.pages {
		if p.cover {
			continue
		}
		at[p.scope]++
		n := at[p.scope]
		s.pdf.SetPage(i + 1)
		s.current = style{} // each page has its own current font
		switch {
		case !p.official:
			s.put(number, centre, leftMargin, p.footerTop()+last-p.height, p.bodyWidth(), fmt.Sprintf("Trang %d/%d", n, count[p.scope]))
		case n > 1:
			s.put(style{regular, 13}, centre, leftMargin, topMargin-10+last-p.height, p.bodyWidth(), fmt.Sprint(n))
		}
	}
	return s.pdf.Output(w)
}
