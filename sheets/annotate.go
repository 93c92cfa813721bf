package sheets

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"datchuan/models"
)

// safeOptions bound what excelize unpacks. Open has refused anything larger before; both limits are equal so that no
// part of a roster is ever put into a temporary file.
var safeOptions = excelize.Options{UnzipSizeLimit: MaxUnzip, UnzipXMLSizeLimit: MaxUnzip}

const (
	maxMarks    = 20_000 // coloured cells
	maxMerges   = 10_000 // merged areas of a file that is marked
	maxComments = 1000   // Excel grows slow with more; the list of findings always holds all
	errorColour = "F8CBAD"
	warnColour  = "FFF2CC"
)

// Annotate gives back the user's own file with the findings in it: bad cells coloured (errors red, warnings yellow) with
// the reason and the suggestion as a comment, and a sheet "Lỗi" that lists every finding. A CSV file comes back as
// .xlsx, and one that is dear to write, because of its gaps, comes back as the list alone. Errors as for Open and OpenCSV.
func Annotate(data []byte, findings []models.Finding) ([]byte, error) {
	f, err := reopen(data)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	a := annotator{f: f, styles: map[[2]int]int{}, comments: map[string]map[string]string{}}
	var order []string
	byCell := map[string][]models.Finding{}
	for _, x := range findings {
		if x.Cell == "" {
			continue
		}
		key := x.Sheet + "\x00" + x.Cell
		if byCell[key] == nil {
			order = append(order, key)
		}
		byCell[key] = append(byCell[key], x)
	}
	for i, key := range order[:min(len(order), maxMarks)] {
		group := byCell[key]
		if err := a.mark(group[0].Sheet, group[0].Cell, group, i < maxComments); err != nil {
			return nil, err
		}
	}
	if err := a.list(findings); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// reopen opens the file for writing, after the checks of Open. The library behind it fills every gap of a sheet with
// cells, so that a few bytes in column XFD can cost gigabytes: such a file is not opened with it.
func reopen(data []byte) (*excelize.File, error) {
	csv := !bytes.HasPrefix(data, []byte("PK")) && !bytes.HasPrefix(data, oleMagic)
	read := Open
	if csv {
		read = OpenCSV
	}
	wb, err := read(data)
	switch {
	case err != nil:
		return nil, err
	case wb.full > MaxCells || wb.merges > maxMerges || wb.besides > MaxPart:
		return excelize.NewFile(safeOptions), nil
	case csv:
		return wb.rewrite()
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), safeOptions)
	if err != nil { // readable for us, not for the library
		return excelize.NewFile(safeOptions), nil
	}
	return f, nil
}

// rewrite makes a workbook of a CSV file.
func (wb *Workbook) rewrite() (*excelize.File, error) {
	f := excelize.NewFile(safeOptions)
	s := wb.sheets[0]
	if err := f.SetSheetName("Sheet1", s.name); err != nil {
		return nil, err
	}
	for _, row := range s.rows {
		for _, c := range row.cells {
			if err := f.SetCellStr(s.name, address(row.n, int(c.col)), safeText(c.text)); err != nil {
				return nil, err
			}
		}
	}
	return f, nil
}

type annotator struct {
	f        *excelize.File
	comments map[string]map[string]string // sheet, cell -> text of the user's own comment
	styles   map[[2]int]int               // style of the cell, 1 when an error -> the style with a colour
}

func (a *annotator) mark(sheet, cell string, group []models.Finding, comment bool) error {
	if !slices.Contains(a.f.GetSheetList(), sheet) {
		return nil
	}
	bad := 0
	text := ""
	for _, x := range group {
		if x.Blocking {
			bad = 1
		}
		text += sentence(x) + "\n"
	}
	old, err := a.f.GetCellStyle(sheet, cell)
	if err != nil {
		return err
	}
	id, ok := a.styles[[2]int{old, bad}]
	if !ok {
		style, err := a.f.GetStyle(old)
		if err != nil {
			return err
		}
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{map[int]string{0: warnColour, 1: errorColour}[bad]}}
		if id, err = a.f.NewStyle(style); err != nil {
			return err
		}
		a.styles[[2]int{old, bad}] = id
	}
	if err := a.f.SetCellStyle(sheet, cell, cell, id); err != nil {
		return err
	}
	if !comment {
		return nil
	}
	if own, ok := a.existing(sheet)[cell]; ok {
		text = own + "\n" + text
		if err := a.f.DeleteComment(sheet, cell); err != nil {
			return err
		}
	}
	return a.f.AddComment(sheet, excelize.Comment{Cell: cell, Author: "Đạt Chuẩn", Paragraph: []excelize.RichTextRun{{Text: text}}, Width: 320, Height: 120})
}

// existing are the comments that the user's file already has on a sheet: a cell can hold only one.
func (a *annotator) existing(sheet string) map[string]string {
	if known, ok := a.comments[sheet]; ok {
		return known
	}
	a.comments[sheet] = map[string]string{}
	list, err := a.f.GetComments(sheet)
	if err != nil {
		return a.comments[sheet] // unreadable comments are left as they are
	}
	for _, c := range list {
		text := c.Text
		for _, p := range c.Paragraph {
			text += p.Text
		}
		a.comments[sheet][c.Cell] = text
	}
	return a.comments[sheet]
}

// sentence is what a finding says in Vietnamese, with the way out.
func sentence(x models.Finding) string {
	var params []string
	for k, v := range x.Params {
		params = append(params, k, v)
	}
	text := models.Word(models.Vi, x.Code, append(params, "value", x.Value)...)
	if x.Suggestion != "" {
		text += " " + models.Word(models.Vi, "sheets.suggestion", "value", x.Suggestion)
	}
	return text
}

// list adds a sheet with all findings, each with a link to its cell.
func (a *annotator) list(findings []models.Finding) error {
	name := models.Word(models.Vi, "sheets.findings_sheet")
	for n := 2; slices.Contains(a.f.GetSheetList(), name); n++ {
		name = models.Word(models.Vi, "sheets.findings_sheet") + " " + strconv.Itoa(n)
	}
	if _, err := a.f.NewSheet(name); err != nil {
		return err
	}
	styles, err := newStyles(a.f)
	if err != nil {
		return err
	}
	for i, key := range []string{"sheet", "cell", "severity", "value", "reason", "suggestion"} {
		at := address(1, i)
		if err := a.f.SetCellStr(name, at, models.Word(models.Vi, "sheets.column_"+key)); err != nil {
			return err
		}
		if err := a.f.SetCellStyle(name, at, at, styles.head); err != nil {
			return err
		}
	}
	for col, width := range map[string]float64{"A": 16, "B": 8, "C": 12, "D": 28, "E": 70, "F": 28} {
		if err := a.f.SetColWidth(name, col, col, width); err != nil {
			return err
		}
	}
	for i, x := range findings {
		if err := a.listRow(name, i+2, x, styles); err != nil {
			return err
		}
	}
	return a.f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func (a *annotator) listRow(name string, row int, x models.Finding, styles sheetStyles) error {
	severity := "sheets.warning"
	if x.Blocking {
		severity = "sheets.error"
	}
	bare := x
	bare.Suggestion = ""
	for i, text := range []string{x.Sheet, x.Cell, models.Word(models.Vi, severity), x.Value, sentence(bare), x.Suggestion} {
		if err := a.f.SetCellStr(name, address(row, i), safeText(text)); err != nil {
			return err
		}
	}
	if err := a.f.SetCellStyle(name, address(row, 0), address(row, 5), styles.text); err != nil {
		return err
	}
	if x.Cell == "" || row > maxComments || !slices.Contains(a.f.GetSheetList(), x.Sheet) {
		return nil
	}
	return a.f.SetCellHyperLink(name, address(row, 1), fmt.Sprintf("'%s'!%s", strings.ReplaceAll(x.Sheet, "'", "''"), x.Cell), "Location")
}
