package sheets

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"datchuan/models"
)

var bom = []byte{0xEF, 0xBB, 0xBF}

// OpenCSV reads a CSV file as a workbook of one sheet: UTF-8 with or without BOM, UTF-16 with BOM (Excel's "Unicode
// text"), else 8-bit text as old fonts left it; comma, semicolon or tab. A guard quote that WriteCSV put before a text
// is taken off again. Refusals as for Open.
func OpenCSV(data []byte) (*Workbook, error) {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return nil, refuse("empty")
	case len(data) > MaxFile:
		return nil, refuse("too_large", "limit", strconv.Itoa(MaxFile>>20))
	case bytes.HasPrefix(data, []byte("PK")) || bytes.HasPrefix(data, oleMagic):
		return nil, refuse("not_csv")
	case !isText(data):
		return nil, refuse("not_xlsx")
	}
	text := decodeBytes(data)
	if strings.ContainsRune(text, 0) {
		return nil, refuse("not_csv")
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes, r.Comma, r.ReuseRecord = -1, true, separator(text), true
	s := &sheet{name: "CSV"}
	wb := &Workbook{csv: true, sheets: []*sheet{s}}
	for {
		record, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, refuse("damaged")
		}
		line, _ := r.FieldPos(0)
		if err := wb.addRecord(s, line, record); err != nil {
			return nil, err
		}
	}
	wb.finish(s)
	wb.full = s.lastRow() * s.width
	return wb, nil
}

func (wb *Workbook) addRecord(s *sheet, line int, record []string) error {
	row := sheetRow{n: line}
	for col, text := range record {
		text = unguard(text)
		if strings.TrimSpace(text) == "" {
			continue
		}
		if col >= MaxColumns {
			return refuse("too_many_columns", "limit", strconv.Itoa(MaxColumns), "sheet", s.name)
		}
		row.cells = append(row.cells, cell{text: text, col: int16(col), kind: textCell})
	}
	if len(row.cells) == 0 {
		return nil
	}
	if len(s.rows) >= MaxRows || row.n > lastExcelRow {
		return refuse("too_many_rows", "limit", strconv.Itoa(MaxRows), "sheet", s.name)
	}
	if wb.cells += len(row.cells); wb.cells > MaxCells {
		return refuse("too_many_cells", "limit", strconv.Itoa(MaxCells))
	}
	s.rows = append(s.rows, row)
	return nil
}

// notText are the first signs of files that only call themselves text, like the HTML that other programs save as .xls.
var notText = []string{"<", "%PDF", `{\rtf`, "\x89PNG", "\xff\xd8\xff", "GIF8"}

func isText(data []byte) bool {
	start := bytes.TrimLeft(bytes.TrimPrefix(data, bom), " \t\r\n")
	return !slices.ContainsFunc(notText, func(sign string) bool { return bytes.HasPrefix(start, []byte(sign)) })
}

func decodeBytes(data []byte) string {
	switch {
	case bytes.HasPrefix(data, bom):
		return strings.ToValidUTF8(string(data[3:]), "\uFFFD")
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		little := data[0] == 0xFF
		units := make([]uint16, 0, len(data)/2)
		for i := 2; i+1 < len(data); i += 2 {
			hi, lo := data[i], data[i+1]
			if little {
				hi, lo = lo, hi
			}
			units = append(units, uint16(hi)<<8|uint16(lo))
		}
		return string(utf16.Decode(units))
	case utf8.Valid(data):
		return string(data)
	}
	// Every byte becomes the character of the same number: where old fonts put their letters.
	runes := make([]rune, len(data))
	for i, b := range data {
		runes[i] = rune(b)
	}
	return string(runes)
}

// separator is the sign that stands most often in the first lines outside quotes.
func separator(text string) rune {
	count := map[rune]int{}
	quoted, lines := false, 0
	for _, c := range text {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			if lines++; lines > 20 {
				return mostOf(count)
			}
		case c == ',' || c == ';' || c == '\t':
			count[c]++
		}
	}
	return mostOf(count)
}

func mostOf(count map[rune]int) rune {
	best := ','
	for _, c := range []rune{';', '\t'} {
		if count[c] > count[best] {
			best = c
		}
	}
	return best
}

const hot = "=+-@\t\r\x00"

// guarded tells whether a spreadsheet could take a text for a formula, or for a guarded text.
func guarded(s string) bool {
	rest := strings.TrimLeft(s, "'")
	return rest != "" && strings.ContainsRune(hot, rune(rest[0]))
}

// guardText puts a quote before what a spreadsheet could take for a formula; unguard takes it off.
func guardText(s string) string {
	if guarded(s) {
		return "'" + s
	}
	return s
}

func unguard(s string) string {
	if strings.HasPrefix(s, "'") && guarded(s) {
		return s[1:]
	}
	return s
}

// WriteCSV writes a table for Excel: UTF-8 with BOM, RFC 4180, CRLF, and a quote before texts that Excel would take for
// a formula (first sign = + - @ tab, carriage return or NUL). OpenCSV takes that quote off again.
func WriteCSV(w io.Writer, t models.Table) error {
	if _, err := w.Write(bom); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	record := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		record[i] = guardText(c.Title)
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for _, row := range t.Rows {
		for i := range record {
			record[i] = ""
			if i < len(row) {
				record[i] = cellText(row[i])
			}
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// cellText is the guarded text of a cell; numbers and dates are our own writing and need no guard.
func cellText(v any) string {
	if s, ok := v.(string); ok {
		return guardText(s)
	}
	return models.CellText(v)
}
