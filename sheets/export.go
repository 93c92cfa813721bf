package sheets

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"datchuan/models"
)

const listSheet = "Danh sách"

// looks of an export, made once per file.
type sheetStyles struct{ title, head, text, number, date int }

func newStyles(f *excelize.File) (s sheetStyles, err error) {
	border := []excelize.Border{{Type: "left", Color: "BFBFBF", Style: 1}, {Type: "right", Color: "BFBFBF", Style: 1},
		{Type: "top", Color: "BFBFBF", Style: 1}, {Type: "bottom", Color: "BFBFBF", Style: 1}}
	top := func(h string) *excelize.Alignment {
		return &excelize.Alignment{Horizontal: h, Vertical: "top", WrapText: true}
	}
	dateFormat, textFormat := "dd/mm/yyyy", "@"
	font := func(bold bool, size float64) *excelize.Font {
		return &excelize.Font{Family: "Times New Roman", Size: size, Bold: bold}
	}
	add := func(out *int, style excelize.Style) {
		if err == nil {
			*out, err = f.NewStyle(&style)
		}
	}
	add(&s.title, excelize.Style{Font: font(true, 14)})
	add(&s.head, excelize.Style{Font: font(true, 12), Border: border, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F3E3EC"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}, CustomNumFmt: &textFormat})
	add(&s.text, excelize.Style{Font: font(false, 12), Border: border, Alignment: top("left"), CustomNumFmt: &textFormat})
	add(&s.number, excelize.Style{Font: font(false, 12), Border: border, Alignment: top("right")})
	add(&s.date, excelize.Style{Font: font(false, 12), Border: border, Alignment: top("center"), CustomNumFmt: &dateFormat})
	return s, err
}

// WriteXLSX writes a table as a spreadsheet: the title lines, then a frozen header with a filter, then typed cells:
// whole numbers as numbers, full dates as dates, partial dates and texts as text, never a formula. Rows are streamed.
func WriteXLSX(w io.Writer, title []string, t models.Table) error {
	f := excelize.NewFile(safeOptions)
	defer f.Close()
	if err := f.SetSheetName("Sheet1", listSheet); err != nil {
		return err
	}
	styles, err := newStyles(f)
	if err != nil {
		return err
	}
	head := len(title) + 1
	if len(title) > 0 {
		head++ // one empty row between title and header
	}
	last := columnName(max(len(t.Columns), 1) - 1)
	// The filter belongs to the sheet, not to its rows: it must stand before the stream opens.
	if len(t.Columns) > 0 {
		if err := f.AutoFilter(listSheet, fmt.Sprintf("A%d:%s%d", head, last, head+len(t.Rows)), nil); err != nil {
			return err
		}
	}
	sw, err := f.NewStreamWriter(listSheet)
	if err != nil {
		return err
	}
	if err := writeHead(sw, styles, title, t.Columns, head); err != nil {
		return err
	}
	if err := writeRows(sw, styles, t, head); err != nil {
		return err
	}
	if err := sw.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

func writeHead(sw *excelize.StreamWriter, styles sheetStyles, title []string, columns []models.Column, head int) error {
	if err := sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: head, TopLeftCell: address(head+1, 0), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	total := 0.0
	for _, c := range columns {
		total += c.Width
	}
	for i, c := range columns {
		width := 16.0
		if total > 0 {
			width = c.Width / total * 160
		}
		if err := sw.SetColWidth(i+1, i+1, min(max(width, 6), 60)); err != nil {
			return err
		}
	}
	for i, line := range title {
		if err := sw.SetRow(address(i+1, 0), []any{excelize.Cell{StyleID: styles.title, Value: safeText(line)}}); err != nil {
			return err
		}
	}
	cells := make([]any, len(columns))
	for i, c := range columns {
		cells[i] = excelize.Cell{StyleID: styles.head, Value: safeText(c.Title)}
	}
	return sw.SetRow(address(head, 0), cells)
}

func writeRows(sw *excelize.StreamWriter, styles sheetStyles, t models.Table, head int) error {
	cells := make([]any, len(t.Columns))
	for n, row := range t.Rows {
		for i := range cells {
			var v any
			if i < len(row) {
				v = row[i]
			}
			cells[i] = typedCell(styles, v)
		}
		if err := sw.SetRow(address(head+1+n, 0), cells); err != nil {
			return err
		}
	}
	return nil
}

func typedCell(styles sheetStyles, v any) excelize.Cell {
	switch x := v.(type) {
	case int:
		return excelize.Cell{StyleID: styles.number, Value: x}
	case models.Date:
		if x.Valid() && x > models.Beginning && x < models.Forever && x.Year() >= 1901 {
			return excelize.Cell{StyleID: styles.date, Value: x.Time()}
		}
	case models.PartialDate:
		if x.Exact() && x.Valid() && x.Year() >= 1901 {
			return excelize.Cell{StyleID: styles.date, Value: x.Earliest().Time()}
		}
	}
	text := safeText(models.CellText(v))
	if text == "" {
		return excelize.Cell{StyleID: styles.text}
	}
	return excelize.Cell{StyleID: styles.text, Value: text}
}

// safeText drops what XML can't hold; the type of the cell, not a sign before the text, keeps it from being a formula.
func safeText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
