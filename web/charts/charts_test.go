package charts

import (
	"encoding/xml"
	"io"
	"math"
	"strings"
	"testing"
)

func wellFormed(t *testing.T, s string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(s))
	for {
		_, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, s)
		}
	}
}

func TestGauge(t *testing.T) {
	for _, c := range []struct {
		name     string
		gauge    Gauge
		has, not []string
	}{
		{"half way", Gauge{Share: 50, Target: 90, Value: "50,0%", Label: "a & b"},
			[]string{`1 100 20"`, "g-mark", "short", "a &amp; b", "50,0%"}, []string{"reached"}},
		{"nothing", Gauge{Share: 0, Target: 90}, []string{"g-track"}, []string{"g-fill"}},
		{"reached", Gauge{Share: 90, Target: 90}, []string{"gauge reached", "g-fill"}, nil},
		{"over the scale", Gauge{Share: 140, Target: 200}, []string{`1 180 100"`}, []string{"g-mark"}},
		{"no base", Gauge{Share: math.NaN()}, []string{"g-track"}, []string{"NaN", "g-fill"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := string(c.gauge.SVG())
			wellFormed(t, s)
			for _, want := range c.has {
				if !strings.Contains(s, want) {
					t.Errorf("lacks %q: %s", want, s)
				}
			}
			for _, bad := range c.not {
				if strings.Contains(s, bad) {
					t.Errorf("holds %q: %s", bad, s)
				}
			}
		})
	}
}

func TestLine(t *testing.T) {
	many := make([]Point, 60)
	for i := range many {
		many[i] = Point{Label: "m", Text: "v", Value: float64(i)}
	}
	for name, c := range map[string]struct {
		line         Line
		dots, labels int
	}{
		"empty": {Line{Target: 90, Goal: "x"}, 0, 5},
		"one":   {Line{Points: many[:1]}, 1, 6},
		"few":   {Line{Points: many[:5], Target: 90}, 5, 10},
		"many":  {Line{Points: many}, 1, 5 + 8},
	} {
		t.Run(name, func(t *testing.T) {
			s := string(c.line.SVG())
			wellFormed(t, s)
			if n := strings.Count(s, "l-dot"); n != c.dots {
				t.Errorf("%d dots, want %d", n, c.dots)
			}
			if n := strings.Count(s, "l-axis"); n != c.labels {
				t.Errorf("%d axis labels, want %d", n, c.labels)
			}
			if strings.Contains(s, "NaN") || strings.Contains(s, "style=") {
				t.Error("NaN or inline style")
			}
		})
	}
}

func TestBar(t *testing.T) {
	s := string(Bar{Share: 63.5, Target: 90, Label: `"><script>`}.SVG())
	wellFormed(t, s)
	if !strings.Contains(s, `width="63.5"`) || !strings.Contains(s, `x="90"`) || strings.Contains(s, "<script>") {
		t.Errorf("bar: %s", s)
	}
	if s := string(Bar{Share: 10}.SVG()); !strings.Contains(s, "aria-hidden") || strings.Contains(s, "b-mark") {
		t.Errorf("plain bar: %s", s)
	}
}
