package sheets

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// sheetReader reads one worksheet part as a stream: only cells with content are kept.
type sheetReader struct {
	wb     *Workbook
	sheet  *sheet
	styles []style
	shared []sharedText

	row     sheetRow
	nextCol int
	cell    cell
	kind    string // the t attribute
	value   strings.Builder
	inValue bool
	formula bool
	text    textReader
	inside  bool // inside <is>
	lastRow int
}

func (r *sheetReader) read(p *parts, name string) error {
	defer func() { r.wb.full += r.lastRow }()
	return p.each(name, MaxUnzip, func(tok xml.Token) error {
		switch t := tok.(type) {
		case xml.StartElement:
			return r.start(t)
		case xml.EndElement:
			return r.end(t.Name.Local)
		case xml.CharData:
			if r.inValue {
				r.value.Write(t)
			} else if r.inside {
				r.text.visit(tok)
			}
		}
		return nil
	})
}

func (r *sheetReader) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "row":
		n := r.row.n + 1
		if given, err := strconv.Atoi(attr(t, "r")); err == nil && given > 0 {
			n = given
		}
		r.row = sheetRow{n: n, hidden: isTrue(attr(t, "hidden"))}
		r.nextCol = 0
	case "c":
		r.startCell(t)
	case "v":
		r.inValue = true
	case "f":
		r.formula = true
	case "is":
		r.inside = true
	case "mergeCell":
		r.wb.merges++
		if m, ok := areaOf(attr(t, "ref")); ok && len(r.sheet.merges) < 100_000 {
			r.sheet.merges = append(r.sheet.merges, m)
		}
	case "col":
		r.wb.full++
		first, _ := strconv.Atoi(attr(t, "min"))
		last, _ := strconv.Atoi(attr(t, "max"))
		if isTrue(attr(t, "hidden")) && first > 0 {
			r.sheet.hidCols = append(r.sheet.hidCols, area{left: first - 1, right: min(last, MaxColumns) - 1})
		}
	default:
		r.wb.full++
		if r.inside {
			r.text.visit(t)
		}
	}
	return nil
}

func (r *sheetReader) startCell(t xml.StartElement) {
	col := r.nextCol
	if _, c, ok := place(attr(t, "r")); ok {
		col = c
	}
	r.nextCol = col + 1
	r.cell = cell{col: int16(min(col, 20_000))}
	r.kind, r.formula = attr(t, "t"), false
	r.value.Reset()
	if i, err := strconv.Atoi(attr(t, "s")); err == nil && i >= 0 && i < len(r.styles) {
		r.cell.font, r.cell.date = r.styles[i].font, r.styles[i].date
	}
}

func (r *sheetReader) end(name string) error {
	switch name {
	case "v":
		r.inValue = false
	case "is":
		r.inside = false
		r.cell.text, r.cell.rich = r.text.take(r.wb)
	case "c":
		return r.endCell()
	case "row":
		r.lastRow = max(r.lastRow, r.row.n)
		r.wb.full += r.nextCol
		if len(r.row.cells) == 0 {
			return nil
		}
		if len(r.sheet.rows) >= MaxRows {
			return refuse("too_many_rows", "limit", strconv.Itoa(MaxRows), "sheet", r.sheet.name)
		}
		r.sheet.rows = append(r.sheet.rows, r.row)
	default:
		if r.inside {
			r.text.visit(xml.EndElement{Name: xml.Name{Local: name}})
		}
	}
	return nil
}

func (r *sheetReader) endCell() error {
	c := &r.cell
	switch v := r.value.String(); r.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || i < 0 || i >= len(r.shared) {
			return nil
		}
		c.kind, c.text, c.rich = textCell, r.shared[i].text, r.shared[i].rich
	case "inlineStr":
		c.kind = textCell
	case "str":
		c.kind, c.text = textCell, unescape(v)
	case "d":
		c.kind, c.text = textCell, v
	case "b":
		c.kind, c.text = boolCell, v
	case "e":
		c.kind, c.text = errorCell, v
	default:
		c.kind, c.text = numberCell, plainNumber(v)
	}
	if c.text == "" && r.formula {
		c.kind, c.text = formulaCell, "="
	}
	if strings.TrimSpace(c.text) == "" {
		return nil
	}
	if c.col >= MaxColumns {
		return refuse("too_many_columns", "limit", strconv.Itoa(MaxColumns), "sheet", r.sheet.name)
	}
	if r.wb.cells++; r.wb.cells > MaxCells {
		return refuse("too_many_cells", "limit", strconv.Itoa(MaxCells))
	}
	r.row.cells = append(r.row.cells, *c)
	return nil
}

// plainNumber writes a stored number without exponent and without the noise of binary fractions.
func plainNumber(v string) string {
	v = strings.TrimSpace(v)
	if !strings.ContainsAny(v, ".eE") {
		return v
	}
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || f > 1e15 || f < -1e15 {
		return v
	}
	s := strconv.FormatFloat(f, 'f', 6, 64)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// areaOf reads "A1:C3", cut to the columns that can hold content.
func areaOf(ref string) (area, bool) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return area{}, false
	}
	top, left, ok1 := place(from)
	bottom, right, ok2 := place(to)
	if !ok1 || !ok2 || bottom < top || right < left || left >= MaxColumns {
		return area{}, false
	}
	return area{top, left, bottom, min(right, MaxColumns-1)}, true
}
