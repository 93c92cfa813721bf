package certificates

import (
	"slices"

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
	groups  []group
	top     float64 // where the table starts on this page
	least   float64 // height of a row
}

// group is a name above neighbouring columns.
type group struct {
	from, to int // columns, to is the one after
	lines    []string
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
	if t.Tall {
		g.least = 8.5
	}
	texts := g.texts(t.Rows)
	g.measure(texts)
	first := 0.0
	if len(texts) > 0 {
		first = g.height(g.lines(g.body, texts[0]))
	}
	s.need(g.headHeight() + min(first, g.bodyBottom()-topMargin-g.headHeight()))
	g.begin()
	for i, row := range texts {
		st := g.body
		if slices.Contains(t.Headings, i) {
			st.face = bold
		}
		cells := g.lines(st, row)
		after := 0.0
		if i == len(texts)-1 {
			after = end.height
		}
		if st.face == bold && i+1 < len(texts) { // a heading is not the last row of a page
			after = g.height(g.lines(g.body, texts[i+1]))
		}
		g.row(st, cells, after)
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
	g.widths = share(g.bodyWidth(), wanted, least)
	for c, title := range titles {
		g.header = append(g.header, g.balance(g.head, title, g.widths[c]-2*cellPadX))
	}
	for c := 0; c < len(g.columns); c++ {
		if name := g.columns[c].Group; name != "" {
			one, width := group{from: c, to: c}, 0.0
			for ; one.to < len(g.columns) && g.columns[one.to].Group == name; one.to++ {
				width += g.widths[one.to]
			}
			one.lines = g.balance(g.head, drawable(name), width-2*cellPadX)
			g.groups, c = append(g.groups, one), one.to-1
		}
	}
}

// tier is the height of the names of the groups.
func (g *grid) tier() float64 {
	most := 0
	for _, one := range g.groups {
		most = max(most, len(one.lines))
	}
	if most == 0 {
		return 0
	}
	return float64(most)*g.head.line() + 2*cellPadY
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
	return max(float64(most)*g.body.line()+2*cellPadY, g.least)
}

func (g *grid) headHeight() float64 { return g.height(g.header) + 2 + g.tier() }

// begin draws the header at the current place.
func (g *grid) begin() {
	g.top = g.y
	high := g.headHeight()
	g.rule(leftMargin, g.y, g.bodyWidth(), g.bodyWidth())
	x := leftMargin
	for c, lines := range g.header {
		y, room := g.y, high
		if in := g.groupOf(c); in >= 0 {
			y, room = y+g.tier(), room-g.tier()
			if one := g.groups[in]; one.from == c {
				width := 0.0
				for _, w := range g.widths[one.from:one.to] {
					width += w
				}
				g.block(g.head, centre, x, g.y+(g.tier()-float64(len(one.lines))*g.head.line())/2, width, one.lines)
				g.rule(x, y, width, width)
			}
		}
		spare := room - float64(len(lines))*g.head.line()
		g.block(g.head, centre, x, y+spare/2, g.widths[c], lines)
		x += g.widths[c]
	}
	g.y += high
	g.rule(leftMargin, g.y, g.bodyWidth(), g.bodyWidth())
}

// groupOf is the group of a column, -1 without one.
func (g *grid) groupOf(column int) int {
	return slices.IndexFunc(g.groups, func(one group) bool { return one.from <= column && column < one.to })
}

// close draws the upright lines of this page; inside a group they begin below its name.
func (g *grid) close() {
	x := leftMargin
	for c, w := range g.widths {
		top := g.top
		if in := g.groupOf(c); in >= 0 && g.groups[in].from < c {
			top += g.tier()
		}
		g.pdf.Line(x, top, x, g.y)
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
func (g *grid) row(st style, cells [][]string, after float64) {
	started := g.y == g.top+g.headHeight()
	if !g.room(g.height(cells)+after) && !started {
		g.nextPage()
	}
	for !g.room(g.height(cells)) { // higher than a page: the only row that is divided
		fit := max(1, int((g.bodyBottom()-g.y-2*cellPadY)/g.body.line()))
		var now [][]string
		more := false
		for c, lines := range cells {
			n := min(fit, len(lines))
			now, cells[c] = append(now, lines[:n]), lines[n:]
			more = more || len(cells[c]) > 0
		}
		g.draw(st, now)
		if !more {
			return
		}
		g.nextPage()
	}
	g.draw(st, cells)
}

func (g *grid) draw(st style, cells [][]string) {
	x := leftMargin
	for c, lines := range cells {
		a := left
		if g.columns[c].Kind != models.TextColumn {
			a = centre
		}
		g.block(st, a, x+cellPadX, g.y+cellPadY, g.widths[c]-2*cellPadX, lines)
		x += g.widths[c]
	}
	g.y += g.height(cells)
	g.rule(leftMargin, g.y, g.bodyWidth(), g.bodyWidth())
}
