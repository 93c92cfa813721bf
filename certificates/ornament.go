package certificates

import (
	"math"

	"datchuan/models"
)

// The border of the lotus ornament, in mm from the edge of the page.
const (
	borderOuter = 8.0
	borderInner = 18.0
	corner      = 15.0 // side of the squares in the corners
)

// ornament draws what lies behind the text: everything in lines and curves, sharp at any size.
func ornament(p *pen, t models.CertificateTemplate) {
	primary, accent := colourOf(t.Primary), colourOf(t.Accent)
	if t.Background {
		rosette(p, t, accent)
	}
	switch t.Ornament {
	case models.LotusOrnament:
		border(p, t, primary, accent)
	case models.FrameOrnament:
		frame(p, t, borderOuter+2, 1.4, primary)
		frame(p, t, borderOuter+3.6, 0.5, accent)
	}
}

func frame(p *pen, t models.CertificateTemplate, inset, thickness float64, c colour) {
	p.stroke(c)
	p.thickness(thickness)
	p.rect(inset, inset, t.Width-2*inset, t.Height-2*inset)
	p.op("S")
}

// rosette is the tint of the paper and a guilloche in its middle, faint enough to read over.
func rosette(p *pen, t models.CertificateTemplate, accent colour) {
	p.fill(accent.mix(0.07))
	p.rect(borderOuter, borderOuter, t.Width-2*borderOuter, t.Height-2*borderOuter)
	p.op("f")
	middle := point{t.Width / 2, t.Height / 2}
	rings := []struct {
		radius, swing float64
		waves, shifts int
	}{{52, 11, 18, 4}, {33, 10, 12, 4}, {15, 9, 8, 3}}
	for _, r := range rings {
		radius, swing, waves := r.radius*t.Height/210, r.swing*t.Height/210, float64(r.waves)
		strand := p.form(func(f *pen) {
			f.stroke(accent.mix(0.24))
			f.thickness(0.3)
			f.smooth(func(a float64) point {
				d := radius + swing*math.Sin(waves*a)
				return point{d * math.Cos(a), d * math.Sin(a)}
			}, func(a float64) point {
				d, slope := radius+swing*math.Sin(waves*a), swing*waves*math.Cos(waves*a)
				return point{slope*math.Cos(a) - d*math.Sin(a), slope*math.Sin(a) + d*math.Cos(a)}
			}, 2*math.Pi, 4*r.waves)
			f.op("S")
		})
		for i := range r.shifts {
			p.place(strand, middle, 2*math.Pi*float64(i)/float64(r.shifts)/waves, 1)
		}
	}
}

// border is a woven band between two pairs of lines, with a lotus seen from above in each corner and one from the side in
// the middle of each long edge.
func border(p *pen, t models.CertificateTemplate, primary, accent colour) {
	centre := (borderOuter + borderInner) / 2
	wave := p.form(func(f *pen) { weave(f, primary, accent) })
	for _, y := range []float64{centre, t.Height - centre} {
		band(p, wave, point{centre, y}, 0, t.Width-2*centre)
	}
	for _, x := range []float64{centre, t.Width - centre} {
		band(p, wave, point{x, centre}, math.Pi/2, t.Height-2*centre)
	}
	frame(p, t, borderOuter, 1.3, primary)
	frame(p, t, borderOuter+1.1, 0.4, accent)
	frame(p, t, borderInner-1.1, 0.4, accent)
	frame(p, t, borderInner, 0.9, primary)
	lotus := p.form(func(f *pen) { cornerLotus(f, primary, accent) })
	plate := p.form(func(f *pen) { medallion(f, primary, accent) })
	for _, y := range []float64{centre, t.Height - centre} {
		p.place(lotus, point{centre, y}, 0, 1)
		p.place(lotus, point{t.Width - centre, y}, 0, 1)
		p.place(plate, point{t.Width / 2, y}, 0, 1)
	}
}

// waveLength is how long one wave of the woven band is before it is fitted to its edge, in mm.
const waveLength = 13.0

// band lays waves along an edge from a place, in the direction of angle (0 = to the right, clockwise).
func band(p *pen, wave int, from point, angle, length float64) {
	waves := math.Max(math.Round(length/waveLength), 1)
	step := length / waves
	sin, cos := math.Sincos(angle)
	for i := range int(waves) {
		p.place(wave, point{from.x + cos*step*float64(i), from.y + sin*step*float64(i)}, angle, step/waveLength)
	}
}

// weave draws one wave of strands that cross each other.
func weave(p *pen, primary, accent colour) {
	p.op("2 J") // the ends reach into the next wave: no seams
	for _, s := range []struct {
		swing, waves, shift, thickness float64
		c                              colour
	}{
		{3.3, 1, 0, 0.55, primary}, {3.3, 1, math.Pi, 0.55, primary},
		{2.5, 1, 0, 0.35, primary.mix(0.55)}, {2.5, 1, math.Pi, 0.35, primary.mix(0.55)},
		{3.3, 1, math.Pi / 2, 0.5, accent}, {3.3, 1, 3 * math.Pi / 2, 0.5, accent},
		{1.2, 2, 0, 0.35, accent}, {1.2, 2, math.Pi, 0.35, accent},
	} {
		p.stroke(s.c)
		p.thickness(s.thickness)
		turn := 2 * math.Pi * s.waves / waveLength
		p.smooth(func(d float64) point { return point{d, s.swing * math.Sin(turn*d+s.shift)} },
			func(d float64) point { return point{1, s.swing * turn * math.Cos(turn*d+s.shift)} }, waveLength, int(s.waves)*4)
		p.op("S")
	}
}

// petal draws one petal from its root, in the direction of angle (0 = up, clockwise).
func petal(p *pen, root point, angle, length, width float64) {
	sin, cos := math.Sincos(angle)
	place := func(x, y float64) point { return point{root.x + x*cos + y*sin, root.y + x*sin - y*cos} }
	p.move(place(0, 0))
	p.curve(place(-width, length*0.3), place(-width*0.75, length*0.72), place(0, length))
	p.curve(place(width*0.75, length*0.72), place(width, length*0.3), place(0, 0))
	p.op("B")
}

func cornerLotus(p *pen, primary, accent colour) {
	at := point{}
	p.fill(colour{1, 1, 1})
	p.stroke(primary)
	p.thickness(1.1)
	p.rect(at.x-corner/2, at.y-corner/2, corner, corner)
	p.op("B")
	p.stroke(accent)
	p.thickness(0.4)
	p.rect(at.x-corner/2+1, at.y-corner/2+1, corner-2, corner-2)
	p.op("S")
	for ring, r := range []struct {
		petals        int
		length, width float64
		c             colour
	}{{12, 6.1, 1.5, accent.mix(0.3)}, {8, 4.9, 1.6, primary.mix(0.35)}, {8, 3.3, 1.1, accent.mix(0.65)}, {6, 1.7, 0.7, primary}} {
		p.fill(r.c)
		p.stroke(primary.mix(0.85))
		p.thickness(0.3)
		for i := range r.petals {
			petal(p, at, 2*math.Pi*(float64(i)+0.5*float64(ring%2))/float64(r.petals), r.length, r.width)
		}
	}
}

// medallion is a lotus seen from the side on a plate.
func medallion(p *pen, primary, accent colour) {
	at := point{}
	const half, high = 17.0, 5.6
	p.fill(colour{1, 1, 1})
	p.stroke(primary)
	p.thickness(0.9)
	p.move(point{at.x - half, at.y})
	p.curve(point{at.x - half*0.7, at.y - high*0.5}, point{at.x - half*0.62, at.y - high}, point{at.x, at.y - high})
	p.curve(point{at.x + half*0.62, at.y - high}, point{at.x + half*0.7, at.y - high*0.5}, point{at.x + half, at.y})
	p.curve(point{at.x + half*0.7, at.y + high*0.5}, point{at.x + half*0.62, at.y + high}, point{at.x, at.y + high})
	p.curve(point{at.x - half*0.62, at.y + high}, point{at.x - half*0.7, at.y + high*0.5}, point{at.x - half, at.y})
	p.op("B")
	root := point{at.x, at.y + 3.3}
	p.stroke(primary.mix(0.9))
	p.thickness(0.35)
	for _, r := range []struct {
		angle, length, width float64
		c                    colour
	}{
		{1.32, 8.6, 1.5, accent.mix(0.35)}, {1.05, 7.8, 1.7, primary.mix(0.25)}, {0.72, 7.4, 1.8, primary.mix(0.4)},
		{0.36, 7.3, 1.8, primary.mix(0.6)},
	} {
		p.fill(r.c)
		petal(p, root, r.angle, r.length, r.width)
		petal(p, root, -r.angle, r.length, r.width)
	}
	p.fill(primary.mix(0.8))
	petal(p, root, 0, 7.6, 1.8)
}
