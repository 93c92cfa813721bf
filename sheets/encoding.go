package sheets

import "strings"

// Encoding is how the text of a column is to be read.
type Encoding string

// The encodings a user may confirm or choose.
const (
	Unicode Encoding = "unicode"
	ByFont  Encoding = "font" // each cell and each run by its own font
	TCVN3   Encoding = "tcvn3"
	VNI     Encoding = "vni"
	VN1     Encoding = "vn1" // TCVN 5712-1, only when the file is known to be so
)

// Encodings in the order of a menu.
var Encodings = []Encoding{Unicode, ByFont, TCVN3, VNI, VN1}

// EncodingBasis says what a proposed encoding rests on.
type EncodingBasis string

// The bases of a proposal.
const (
	FromFont     EncodingBasis = "font"     // the fonts of the cells say so
	FromMajority EncodingBasis = "majority" // most cells of the column look so
	FromSheet    EncodingBasis = "sheet"    // too few signs in the column: most cells of the sheet look so
	FromNothing  EncodingBasis = "none"     // plain text
)

type columnEncoding struct {
	enc   Encoding
	basis EncodingBasis
}

const (
	unicodeSigns = "ăđĩũơưĂĐĨŨƠƯ\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
	tcvn3Signs   = "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÐ×Þßþ÷"
	vniSigns     = "åäëïûøöüæñîÅÄËÏÛØÖÜÆÑÎ"
)

// looks decides on one text, without any certainty: "" when nothing speaks (text.md section 5).
func looks(s string) Encoding {
	legacy := false
	for _, r := range s {
		if r >= 0x1EA0 && r <= 0x1EF9 || strings.ContainsRune(unicodeSigns, r) {
			return Unicode
		}
		legacy = legacy || r >= 0xA1 && r <= 0xFF
	}
	switch {
	case !legacy:
		return ""
	case strings.ContainsAny(s, tcvn3Signs):
		return TCVN3
	case strings.ContainsAny(s, vniSigns) && strings.ContainsAny(DecodeVNI(s), "ăâđêôơưắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵĐ"):
		return VNI
	}
	return ""
}

type tally struct {
	votes      map[Encoding]int
	fonts      int // text cells set in a font of the old encodings
	fontsWrong int // of these, cells that hold Unicode all the same
}

func (t *tally) add(wb *Workbook, c cell) {
	if vote := looks(c.text); vote != "" {
		t.votes[vote]++
	}
	if text, ok := wb.inLegacyFont(c); ok {
		t.fonts++
		if looks(text) == Unicode {
			t.fontsWrong++
		}
	}
}

// winner is the encoding that two thirds of at least least cells speak for.
func (t *tally) winner(least int) Encoding {
	total := t.votes[Unicode] + t.votes[TCVN3] + t.votes[VNI]
	for _, e := range []Encoding{Unicode, TCVN3, VNI} {
		if total >= least && t.votes[e]*3 >= total*2 {
			return e
		}
	}
	return ""
}

// inLegacyFont is the part of a cell that is set in a font of the old encodings.
func (wb *Workbook) inLegacyFont(c cell) (text string, ok bool) {
	for _, r := range wb.runs(c) {
		if r.font != plainFont {
			text, ok = text+r.text, true
		}
	}
	return text, ok
}

// runs are the parts of a cell with the font of each.
func (wb *Workbook) runs(c cell) []run {
	if c.rich == 0 {
		return []run{{c.text, c.font}}
	}
	out := make([]run, len(wb.rich[c.rich-1]))
	for i, r := range wb.rich[c.rich-1] {
		if r.font == cellFont {
			r.font = c.font
		}
		out[i] = r
	}
	return out
}

// proposeEncodings decides per column: by fonts, else by the majority of its cells, else by the majority of the sheet.
func (wb *Workbook) proposeEncodings(s *sheet) {
	columns := make([]tally, s.width)
	for i := range columns {
		columns[i].votes = map[Encoding]int{}
	}
	whole := tally{votes: map[Encoding]int{}}
	for _, row := range s.rows {
		for _, c := range row.cells {
			if c.kind == textCell {
				columns[c.col].add(wb, c)
				whole.add(wb, c)
			}
		}
	}
	sheetWide := whole.winner(3)
	s.enc = make([]columnEncoding, s.width)
	for i := range columns {
		t := &columns[i]
		own := t.winner(4)
		switch {
		case t.fonts > 0 && t.fontsWrong*2 <= t.fonts:
			s.enc[i] = columnEncoding{ByFont, FromFont}
			// Some typists lose the font of a few cells: then the majority speaks for the cells without one.
			if own == TCVN3 && t.fonts*2 < t.votes[TCVN3] {
				s.enc[i] = columnEncoding{own, FromMajority}
			}
		case own != "":
			s.enc[i] = columnEncoding{own, FromMajority}
		case t.votes[Unicode] > 0 && t.votes[TCVN3]+t.votes[VNI] == 0:
			s.enc[i] = columnEncoding{Unicode, FromMajority}
		case sheetWide == TCVN3 || sheetWide == VNI:
			s.enc[i] = columnEncoding{sheetWide, FromSheet}
		default:
			s.enc[i] = columnEncoding{Unicode, FromNothing}
		}
	}
}

// decode reads the text of a cell under the encoding of its column. A text that holds letters which only Unicode has is
// left alone, whatever the column: mixed columns are usual.
func (wb *Workbook) decode(c cell, enc Encoding) string {
	if c.kind != textCell || enc == Unicode || enc == "" {
		return c.text
	}
	if c.rich == 0 {
		return decodeRun(c.text, c.font, enc)
	}
	text := ""
	for _, r := range wb.runs(c) {
		text += decodeRun(r.text, r.font, enc)
	}
	return text
}

func decodeRun(text string, f font, enc Encoding) string {
	if enc == ByFont {
		enc = map[font]Encoding{plainFont: Unicode, tcvn3Font: TCVN3, tcvn3HFont: TCVN3, vniFont: VNI}[f]
	}
	switch {
	case enc == Unicode || looks(text) == Unicode:
		return text
	case enc == TCVN3:
		return DecodeTCVN3(text, f == tcvn3HFont)
	case enc == VNI:
		return DecodeVNI(text)
	case enc == VN1:
		return decodeVN1(text)
	}
	return text
}
