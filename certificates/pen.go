package certificates

import (
	"math"
	"strconv"
)

// pen writes the operators of a page. Coordinates come in mm from the top left corner, as papers are measured; the page
// has points from the bottom left.
type pen struct {
	out    []byte
	height float64  // of the page, mm
	dx, dy float64  // mm, moves all that is drawn
	forms  [][]byte // drawings that are placed several times
}

// point is a place, or a direction, in mm.
type point struct{ x, y float64 }

// number writes with two decimals, which is finer than any printer, and without what can be left out.
func (p *pen) number(v float64) {
	p.out = strconv.AppendFloat(p.out, math.Round(v*100)/100, 'f', -1, 64)
	p.out = append(p.out, ' ')
}

func (p *pen) at(q point) {
	p.number((q.x + p.dx) * pointsPerMM)
	p.number((p.height - q.y - p.dy) * pointsPerMM)
}

func (p *pen) op(name string) { p.out = append(append(p.out, name...), '\n') }

func (p *pen) move(q point)        { p.at(q); p.op("m") }
func (p *pen) line(q point)        { p.at(q); p.op("l") }
func (p *pen) curve(a, b, q point) { p.at(a); p.at(b); p.at(q); p.op("c") }

func (p *pen) rect(x, y, width, height float64) {
	p.at(point{x, y + height})
	p.number(width * pointsPerMM)
	p.number(height * pointsPerMM)
	p.op("re")
}

// thickness of lines in points.
func (p *pen) thickness(pt float64) { p.number(pt); p.op("w") }

// colour is red, green and blue from 0 to 1.
type colour [3]float64

// colourOf reads #rrggbb; anything else is black.
func colourOf(s string) colour {
	var c colour
	v, err := strconv.ParseUint(s[min(1, len(s)):], 16, 24)
	if err == nil && len(s) == 7 {
		c = colour{float64(v >> 16), float64(v >> 8 & 255), float64(v & 255)}
	}
	return colour{c[0] / 255, c[1] / 255, c[2] / 255}
}

// mix is the colour thinned with white: 1 leaves it, 0 is white.
func (c colour) mix(strength float64) colour {
	for i := range c {
		c[i] = 1 - (1-c[i])*strength
	}
	return c
}

func (p *pen) stroke(c colour) { p.rgb(c, "RG") }
func (p *pen) fill(c colour)   { p.rgb(c, "rg") }

func (p *pen) rgb(c colour, op string) {
	for _, v := range c {
		p.out = strconv.AppendFloat(p.out, math.Round(v*1000)/1000, 'f', -1, 64)
		p.out = append(p.out, ' ')
	}
	p.op(op)
}

// text sets drawable text with its baseline from a place.
func (p *pen) text(f face, size float64, q point, text string) {
	const digits = "0123456789ABCDEF"
	p.out = append(p.out, "BT /"+faceName[f]+" "...)
	p.number(size)
	p.out = append(p.out, "Tf "...)
	p.at(q)
	p.out = append(p.out, "Td <"...)
	for _, r := range text {
		p.out = append(p.out, digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15])
	}
	p.op("> Tj ET")
}

// faceName is what a face is called inside the file.
var faceName = [faceCount]string{"R", "B", "I", "Z"}

// smooth draws a closed or open curve through f(t) for t from 0 to end in so many steps; df is its derivative.
func (p *pen) smooth(f, df func(t float64) point, end float64, steps int) {
	dt := end / float64(steps)
	from, slope := f(0), df(0)
	p.move(from)
	for i := 1; i <= steps; i++ {
		t := dt * float64(i)
		to, next := f(t), df(t)
		p.curve(point{from.x + slope.x*dt/3, from.y + slope.y*dt/3}, point{to.x - next.x*dt/3, to.y - next.y*dt/3}, to)
		from, slope = to, next
	}
}

// number4 writes with four decimals, for factors.
func (p *pen) number4(v float64) {
	p.out = strconv.AppendFloat(p.out, math.Round(v*10000)/10000, 'f', -1, 64)
	p.out = append(p.out, ' ')
}

func (p *pen) int(v int) { p.out = append(strconv.AppendInt(p.out, int64(v), 10), ' ') }

// form keeps a drawing around the point 0, 0 that can be placed again and again.
func (p *pen) form(draw func(*pen)) int {
	var f pen
	draw(&f)
	p.forms = append(p.forms, f.out)
	return len(p.forms) - 1
}

// place draws a form at a point, turned clockwise by angle and stretched along its x axis.
func (p *pen) place(form int, at point, angle, stretch float64) {
	sin, cos := math.Sincos(angle)
	p.out = append(p.out, "q "...)
	for _, v := range []float64{stretch * cos, -stretch * sin, sin, cos} {
		p.number4(v)
	}
	p.at(at)
	p.op("cm /" + formName(form) + " Do Q")
}

func formName(n int) string { return "T" + strconv.Itoa(n) }
