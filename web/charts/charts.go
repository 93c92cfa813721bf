// Package charts draws the few pictures of the pages as SVG on the server: a gauge against a target, a line over
// time, a bar. Pure: values in, template.HTML out; colours come from classes of the style sheet, so that a strict
// content policy holds. What must not come here: words, data access, HTTP.
package charts

import (
	"fmt"
	"html/template"
	"math"
	"strings"
)

// Gauge is a share of a whole against a target, all in per cent of the scale 0..100. Label is the sentence a screen
// reader says; Value is the text in the middle.
type Gauge struct {
	Share, Target float64
	Value, Label  string
}

// SVG draws a half ring, filled up to the share, with a mark at the target.
func (g Gauge) SVG() template.HTML {
	share := clamp(g.Share, 0, 100)
	x, y := onRing(share, 80)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="gauge %s" viewBox="0 0 200 118" role="img" aria-label="%s">`,
		reached(g.Share, g.Target), esc(g.Label))
	b.WriteString(`<path class="g-track" d="M20 100A80 80 0 0 1 180 100"/>`)
	if share > 0 {
		fmt.Fprintf(&b, `<path class="g-fill" d="M20 100A80 80 0 0 1 %s %s"/>`, num(x), num(y))
	}
	if g.Target > 0 && g.Target <= 100 {
		x1, y1 := onRing(g.Target, 68)
		x2, y2 := onRing(g.Target, 93)
		fmt.Fprintf(&b, `<path class="g-mark" d="M%s %sL%s %s"/>`, num(x1), num(y1), num(x2), num(y2))
	}
	fmt.Fprintf(&b, `<text class="g-value" x="100" y="96" text-anchor="middle">%s</text></svg>`, esc(g.Value))
	return template.HTML(b.String()) //nolint:gosec // every value is escaped above
}

// Bar is a share as a horizontal bar, with an optional mark at a target.
type Bar struct {
	Share, Target float64
	Label         string
}

// SVG draws the bar; it stretches to the width that the style sheet gives it.
func (p Bar) SVG() template.HTML {
	mark := ""
	if p.Target > 0 && p.Target <= 100 {
		mark = fmt.Sprintf(`<rect class="b-mark" x="%s" y="0" width="0.8" height="8"/>`, num(clamp(p.Target, 0, 99.2)))
	}
	role := `aria-hidden="true"`
	if p.Label != "" {
		role = `role="img" aria-label="` + esc(p.Label) + `"`
	}
	return template.HTML(fmt.Sprintf(`<svg class="bar %s" viewBox="0 0 100 8" preserveAspectRatio="none" %s>`+ //nolint:gosec // escaped
		`<rect class="b-track" width="100" height="8"/><rect class="b-fill" width="%s" height="8"/>%s</svg>`,
		reached(p.Share, p.Target), role, num(clamp(p.Share, 0, 100)), mark))
}

func reached(share, target float64) string {
	if target > 0 && share >= target {
		return "reached"
	}
	return "short"
}

func onRing(percent, radius float64) (x, y float64) {
	a := math.Pi * (1 - percent/100)
	return 100 + radius*math.Cos(a), 100 - radius*math.Sin(a)
}

func clamp(v, lo, hi float64) float64 {
	if math.IsNaN(v) {
		return lo
	}
	return math.Min(math.Max(v, lo), hi)
}

func num(v float64) string {
	s := fmt.Sprintf("%.2f", v)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

func esc(s string) string { return template.HTMLEscapeString(s) }
