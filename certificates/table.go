package certificates

import (
	"datchuan/models"
)

const (
	cellPadX = 1.0 // mm on each side of the text of a cell
	cellPadY = 0.7
)

// ending is what follows a table and must stay on the page of its last row.
type ending struct {
	height float64 // mm
	draw   func()
}

// grid is a table on its way to paper.
type grid struct {
	*sheet
	columns []models.Column
	widths  []float64 // mm, their sum is the body width
	body    style
	head    style
	header  [][]string // lines of each title
	top     float64    // where the table starts on this page
}

// table draws the rows under a header that is repeated on each page, then the ending. A row is as high as its tallest
// cell and stays in one piece, unless it alone is higher than a page; the last row stays with the ending.
func (s *sheet) table(t models.Table, end ending) {
	if len(t.Columns) == 0 {
		s.need(end.height)
		end.draw()
		return
	}
	g := &grid{sheet: s, columns: t.Columns, body: style{regular, 10}, head: style{bold, 10}}
	if len(t.Columns) > 10 {
		g.body.size, g.head.size = 9, 9
	}
	texts := g.texts(t.Rows)
	g.measure(texts)
	first := 0.0
	if len(texts) > 0 {
		first = g.height(g.lines(g.body, texts[0]))
	}
	s.need(g.headHeight() + min(first, bodyBottom-topMargin-g.headHeight()))
	g.begin()
	for i, row := range texts {
		cells := g.lines(g.body, row)
		after := 0.0
		if i == len(texts)-1 {
			after = end.height
		}
		g.row(cells, after)
	}
	g.close()
	if len(texts) == 0 {
		s.need(end.height)
	}
	end.draw()
}

// texts makes all cells drawable once; a missing cell is empty.
func (g *grid) texts(rows [][]any) [][]string {
	out := make([][]string, len(rows))
	for i, row := range rows {
		out[i] = make([]string, len(g.columns))
		for c := range min(len(row), len(g.columns)) {
			out[i][c] = drawable(models.CellText(row[c]))
		}
	}
	return out
}

// measure fixes the width of the columns and wraps their titles.
func (g *grid) measure(rows [][]string) {
	wanted, least := make([]float64, len(g.columns)), make([]float64, len(g.columns))
	titles := make([]string, len(g.columns))
	for c, column := range g.columns {
		titles[c] = drawable(column.Title)
		wanted[c] = max(column.Width, 0)
		// Broken words are hard to read: a column is at least as wide as its longest word, within reason.
		word := float64(faces()[g.head.face].widestWord(titles[c]))
		for _, row := range rows {
			word = max(word, float64(faces()[g.body.face].widestWord(row[c])))
		}
		least[c] = min(word*g.body.size/1000/pointsPerMM+0.1, widestLeast) + 2*cellPadX
	}
	g.widths = share(bodyWidth, wanted, least)
	for c, title := range titles {
		g.header = append(g.header, g.balance(g.head, title, g.widths[c]-2*cellPadX))
	}
}

// widestLeast (mm) bounds what one long word may take from the other columns.
const widestLeast = 22.0

// share divides total in the proportions wanted, but gives no column less than its least; when even the least are too
// much, they are scaled down together.
func share(total float64, wanted, least []float64) []float64 {
	widths, fixed := make([]float64, len(wanted)), make([]bool, len(wanted))
	sum := 0.0
	for _, w := range least {
		sum += w
	}
	if sum >= total {
		for c := range widths {
			widths[c] = least[c] * total / sum
		}
		return widths
	}
	for again := true; again; {
		again = false
		free, parts := total, 0.0
		for c := range widths {
			if fixed[c] {
				free -= least[c]
			} else {
				parts += max(wanted[c], 1e-6)
			}
		}
		for c := range widths {
			switch {
			case fixed[c]:
				widths[c] = least[c]
			case max(wanted[c], 1e-6)*free/parts < least[c]:
				fixed[c], again = true, true
			default:
				widths[c] = max(wanted[c], 1e-6) * free / parts
			}
		}
	}
	return widths
}

// lines wraps a row of drawable texts.
func (g *grid) lines(st style, texts []string) [][]string {
	cells := make([][]string, len(texts))
	for c, text := range texts {
		if text != "" {
			cells[c] = g.wrap(st, text, g.widths[c]-2*cellPadX)
		}
	}
	return cells
}

// height of a row in mm.
func (g *grid) height(cells [][]string) float64 {
	most := 1
	for _, lines := range cells {
		most = max(most, len(lines))
	}
	return float64(most)*g.body.line() + 2*cellPadY
}

func (g *grid) headHeight() float64 { return g.height(g.header) + 2 }

// begin draws the header at the current place; close draws the upright lines down to it.
func (g *grid) begin() {
	g.top = g.y
	high := g.headHeight()
	g.rule(leftMargin, g.y, bodyWidth, bodyWidth)
	x := leftMargin
	for c, lines := range g.header {
		spare := high - float64(len(lines))*g.head.line()
		g.block(g.head, centre, x, g.y+spare/2, g.widths[c], lines)
		x += g.widths[c]
	}
	g.y += high
	g.rule(leftMargin, g.y, bodyWidth, bodyWidth)
}

func (g *grid) close() {
	x := leftMargin
	for _, w := range g.widths {
		g.pdf.Line(x, g.top, x, g.y)
		x += w
	}
	g.pdf.Line(x, g.top, x, g.y)
}

func (g *grid) nextPage() {
	g.close()
	g.newPage()
	g.begin()
}

// row draws a row with the space after it kept free for what must follow on the same page.
func (g *grid) row(cells [][]string, after float64) {
	started := g.y == g.top+g.headHeight()
	if !g.room(g.height(cells)+after) && !started {
		g.nextPage()
	}
	for !g.room(g.height(cells)) { // higher than a page: the only row that is divided
		fit := max(1, int((bodyBottom-g.y-2*cellPadY)/g.body.line()))
		var now [][]string
		more := false
		for c, lines := range cells {
			n := min(fit, len(lines))
			now, cells[c] = append(now, lines[:n]), lines[n:]
			more = more || len(cells[c]) > 0
		}
		g.draw(now)
		if !more {
			return
		}
		g.nextPage()
	}
	g.draw(cells)
}

func (g *grid) draw(cells [][]string) {
	x := leftMargin
	for c, lines := range cells {
		a := left
		if g.columns[c].Kind != models.TextColumn {
			a = centre
		}
		g.block(g.body, a, x+cellPadX, g.y+cellPadY, g.widths[c]-2*cellPadX, lines)
		x += g.widths[c]
	}
	g.y += g.height(cells)
	g.rule(leftMargin, g.y, bodyWidth, bodyWidth)
}
