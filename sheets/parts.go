package sheets

import (
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// style is what a cell format tells a reader: the font, and whether the number is shown as a date.
type style struct {
	font font
	date bool
}

type sheetRef struct {
	name, part string
	hidden     bool
}

func (wb *Workbook) load(p *parts) error {
	refs, err := wb.readBook(p)
	if err != nil {
		return err
	}
	if err := p.countCells(refs); err != nil {
		return err
	}
	styles, err := readStyles(p)
	if err != nil {
		return err
	}
	shared, err := wb.readShared(p)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		s := &sheet{name: ref.name, hidden: ref.hidden}
		reader := sheetReader{wb: wb, sheet: s, styles: styles, shared: shared}
		if err := reader.read(p, ref.part); err != nil {
			return err
		}
		wb.sheets = append(wb.sheets, s)
	}
	if len(wb.sheets) == 0 {
		return refuse("no_sheet")
	}
	return nil
}

// countCells refuses a file with too many cells before any of them takes memory. Values are counted, not cells, for
// empty formatted cells are harmless.
func (p *parts) countCells(refs []sheetRef) error {
	values := 0
	chunk := make([]byte, 64<<10)
	for _, ref := range refs {
		r, err := p.open(ref.part, MaxUnzip)
		if err != nil {
			return err
		}
		for err == nil {
			var n int
			n, err = io.ReadFull(r, chunk)
			values += bytes.Count(chunk[:n], []byte("<v>")) + bytes.Count(chunk[:n], []byte("<is>"))
		}
		if err := r.Close(); err != nil {
			return err
		}
		if err != io.EOF && err != io.ErrUnexpectedEOF {
			return err
		}
		if values > MaxCells {
			return refuse("too_many_cells", "limit", strconv.Itoa(MaxCells))
		}
	}
	p.left = MaxUnzip // the same bytes are read once more
	return nil
}

// readBook lists the worksheets; chart sheets and dialogs are passed over.
func (wb *Workbook) readBook(p *parts) ([]sheetRef, error) {
	target := map[string]string{}
	err := p.each("xl/_rels/workbook.xml.rels", MaxPart, func(tok xml.Token) error {
		t, ok := tok.(xml.StartElement)
		if ok && t.Name.Local == "Relationship" && strings.HasSuffix(attr(t, "Type"), "/worksheet") {
			to := attr(t, "Target")
			if !strings.HasPrefix(to, "/") {
				to = path.Join("/xl", to)
			}
			target[attr(t, "Id")] = path.Clean(to)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var refs []sheetRef
	err = p.each("xl/workbook.xml", MaxPart, func(tok xml.Token) error {
		t, ok := tok.(xml.StartElement)
		if !ok {
			return nil
		}
		switch t.Name.Local {
		case "workbookPr":
			wb.mac1904 = isTrue(attr(t, "date1904"))
		case "sheet":
			id := ""
			for _, a := range t.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					id = a.Value
				}
			}
			if to := target[id]; to != "" {
				refs = append(refs, sheetRef{attr(t, "name"), to, attr(t, "state") == "hidden" || attr(t, "state") == "veryHidden"})
			}
		}
		return nil
	})
	return refs, err
}

// quotedParts takes literals and colours out of a number format, so that what is left are its letters.
var quotedParts = regexp.MustCompile(`"[^"]*"|\[[^\]]*\]|\\.|_.|\*.`)

func isDateFormat(id int, code string) bool {
	if id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 36 || id >= 50 && id <= 58 {
		return true
	}
	code = strings.ToLower(quotedParts.ReplaceAllString(code, ""))
	return strings.ContainsAny(code, "yd") || strings.Contains(code, "mmm") || strings.Contains(code, "m/")
}

func readStyles(p *parts) ([]style, error) {
	if p.files["xl/styles.xml"] == nil {
		return nil, nil
	}
	var (
		fonts   []font
		formats = map[int]string{}
		styles  []style
		inside  string // fonts or cellXfs
	)
	err := p.each("xl/styles.xml", MaxPart, func(tok xml.Token) error {
		switch t := tok.(type) {
		case xml.StartElement:
			switch name := t.Name.Local; {
			case name == "fonts" || name == "cellXfs" || name == "dxfs" || name == "cellStyleXfs":
				inside = name
			case name == "numFmt":
				id, _ := strconv.Atoi(attr(t, "numFmtId"))
				formats[id] = attr(t, "formatCode")
			case name == "font" && inside == "fonts":
				fonts = append(fonts, plainFont)
			case name == "name" && inside == "fonts" && len(fonts) > 0:
				fonts[len(fonts)-1] = fontOf(attr(t, "val"))
			case name == "xf" && inside == "cellXfs":
				var st style
				if i, err := strconv.Atoi(attr(t, "fontId")); err == nil && i >= 0 && i < len(fonts) {
					st.font = fonts[i]
				}
				id, _ := strconv.Atoi(attr(t, "numFmtId"))
				st.date = isDateFormat(id, formats[id])
				styles = append(styles, st)
			}
		case xml.EndElement:
			if t.Name.Local == inside {
				inside = ""
			}
		}
		return nil
	})
	return styles, err
}

// sharedText is one entry of the shared strings.
type sharedText struct {
	text string
	rich int32
}

// readShared reads the shared strings.
func (wb *Workbook) readShared(p *parts) ([]sharedText, error) {
	if p.files["xl/sharedstrings.xml"] == nil {
		return nil, nil
	}
	var out []sharedText
	var t textReader
	err := p.each("xl/sharedStrings.xml", MaxStrings, func(tok xml.Token) error {
		if end, ok := tok.(xml.EndElement); ok && end.Name.Local == "si" {
			if len(out) == MaxCells {
				return refuse("bomb")
			}
			text, rich := t.take(wb)
			out = append(out, sharedText{text, rich})
			return nil
		}
		t.visit(tok)
		return nil
	})
	return out, err
}

// textReader gathers the text of a string item: plain, or runs with a font each; phonetic guides are left out.
type textReader struct {
	runs     []run
	font     font
	known    bool // the run names its font
	inText   bool
	phonetic int
}

// cellFont stands for "the font of the cell" in a run that names none.
const cellFont font = 255

func (t *textReader) visit(tok xml.Token) {
	switch x := tok.(type) {
	case xml.StartElement:
		switch x.Name.Local {
		case "r":
			t.known = false
		case "rFont":
			t.font, t.known = fontOf(attr(x, "val")), true
		case "rPh":
			t.phonetic++
		case "t":
			t.inText = t.phonetic == 0
		}
	case xml.EndElement:
		switch x.Name.Local {
		case "rPh":
			t.phonetic--
		case "t":
			t.inText = false
		case "r":
			t.known = false
		}
	case xml.CharData:
		if !t.inText {
			return
		}
		f := cellFont
		if t.known {
			f = t.font
		}
		if n := len(t.runs); n > 0 && t.runs[n-1].font == f {
			t.runs[n-1].text += string(x)
			return
		}
		t.runs = append(t.runs, run{string(x), f})
	}
}

func (t *textReader) take(wb *Workbook) (text string, rich int32) {
	for i := range t.runs {
		t.runs[i].text = unescape(t.runs[i].text)
		text += t.runs[i].text
	}
	mixed := len(t.runs) > 1 || len(t.runs) == 1 && t.runs[0].font != cellFont
	if mixed {
		wb.rich = append(wb.rich, t.runs)
		rich = int32(len(wb.rich))
	}
	*t = textReader{}
	return text, rich
}

var escapes = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape turns the _x000D_ of Excel into the character.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escapes.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[2:6], 16, 32)
		return string(rune(n))
	})
}
