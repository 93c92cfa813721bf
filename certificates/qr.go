package certificates

import "rsc.io/qr"

// maxQR bytes keeps the signs of a code coarse enough for a photograph of a print.
const maxQR = 300

// qrCode draws text as a square of modules, side mm wide with the quiet zone, as rectangles. Nothing is drawn for a text
// that is empty or too long.
func qrCode(p *pen, at point, side float64, text string) {
	if text == "" || len(text) > maxQR {
		return
	}
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return
	}
	const quiet = 4
	module := side / float64(code.Size+2*quiet)
	p.fill(colour{1, 1, 1})
	p.rect(at.x, at.y, side, side)
	p.op("f")
	p.fill(colour{})
	// Inside, one unit is one module: short numbers, and edges that meet exactly.
	p.out = append(p.out, "q "...)
	p.number4(module * pointsPerMM)
	p.out = append(p.out, "0 0 "...)
	p.number4(module * pointsPerMM)
	p.at(point{at.x + quiet*module, at.y + float64(code.Size+quiet)*module})
	p.op("cm")
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				p.int(from)
				p.int(code.Size - 1 - y)
				p.int(x - from)
				p.op("1 re")
			}
		}
	}
	p.op("f Q")
}
