package charts

import (
	"fmt"
	"html/template"
	"strings"
)

// Point is one value of a line; Label stands under the axis, Text is the value as written.
type Point struct {
	Label, Text string
	Value       float64
}

// Line is one series over time in per cent, with a target as a dashed line.
type Line struct {
	Points []Point
	Target float64
	Label  string // said by a screen reader; the page also offers the values as a table
	Goal   string // written at the target line
}

const (
	lineWidth, lineHeight  = 640.0, 240.0
	padLeft, padRight      = 44.0, 20.0
	padTop, padBottom      = 18.0, 30.0
	plotWidth, plotHeight  = lineWidth - padLeft - padRight, lineHeight - padTop - padBottom
	maxAxisLabels, maxDots = 8, 24
)

// SVG draws the axis 0..100, the target, the area under the line, the line, its points and the last value.
func (l Line) SVG() template.HTML {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="line" viewBox="0 0 %s %s" role="img" aria-label="%s">`, num(lineWidth), num(lineHeight), esc(l.Label))
	for v := 0; v <= 100; v += 25 {
		y := lineY(float64(v))
		fmt.Fprintf(&b, `<path class="l-grid" d="M%s %sH%s"/><text class="l-axis" x="%s" y="%s" text-anchor="end">%d%%</text>`,
			num(padLeft), num(y), num(lineWidth-padRight), num(padLeft-8), num(y+4), v)
	}
	l.drawPoints(&b)
	if l.Target > 0 {
		y := lineY(l.Target)
		fmt.Fprintf(&b, `<path class="l-target" d="M%s %sH%s"/><text class="l-goal" x="%s" y="%s">%s</text>`,
			num(padLeft), num(y), num(lineWidth-padRight), num(padLeft+6), num(y-5), esc(l.Goal))
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // every value is escaped above
}

func (l Line) drawPoints(b *strings.Builder) {
	if len(l.Points) == 0 {
		return
	}
	var path strings.Builder
	for i, p := range l.Points {
		fmt.Fprintf(&path, "%c%s %s", "ML"[min(i, 1)], num(l.x(i)), num(lineY(p.Value)))
	}
	last := len(l.Points) - 1
	fmt.Fprintf(b, `<path class="l-area" d="%sL%s %sL%s %sZ"/><path class="l-line" d="%s"/>`, path.String(),
		num(l.x(last)), num(lineY(0)), num(l.x(0)), num(lineY(0)), path.String())
	every := (len(l.Points) + maxAxisLabels - 1) / maxAxisLabels
	for i, p := range l.Points {
		if len(l.Points) <= maxDots || i == last {
			fmt.Fprintf(b, `<circle class="l-dot" cx="%s" cy="%s" r="3.5"><title>%s: %s</title></circle>`,
				num(l.x(i)), num(lineY(p.Value)), esc(p.Label), esc(p.Text))
		}
		if (last-i)%every == 0 {
			fmt.Fprintf(b, `<text class="l-axis" x="%s" y="%s" text-anchor="middle">%s</text>`,
				num(l.x(i)), num(lineHeight-8), esc(p.Label))
		}
	}
	y := lineY(l.Points[last].Value)
	if above := y - lineY(l.Target); y-padTop < 24 || (l.Target > 0 && above > 0 && above < 30) {
		y += 34 // keep the text off the upper edge and off the target line
	}
	fmt.Fprintf(b, `<text class="l-last" x="%s" y="%s" text-anchor="end">%s</text>`,
		num(l.x(last)), num(y-12), esc(l.Points[last].Text))
}

func (l Line) x(i int) float64 {
	if len(l.Points) == 1 {
		return padLeft + plotWidth/2
	}
	return padLeft + 12 + (plotWidth-24)*float64(i)/float64(len(l.Points)-1)
}

func lineY(v float64) float64 { return padTop + plotHeight*(1-clamp(v, 0, 100)/100) }
