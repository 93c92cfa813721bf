package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"strings"

	"datchuan/core"
	"datchuan/models"
	"datchuan/sheets"
)

// reading is how an import is read and what was answered to its questions. Both are kept with the import as one text,
// so that an answer given on one page of the preview still holds on the next, and tomorrow.
type reading struct {
	sheets.Mapping
	Answers core.ImportChoices `json:"answers"`
}

// importFile is an uploaded file with its reading.
type importFile struct {
	core.Import
	data    []byte
	book    *sheets.Workbook
	reading reading
	source  string // saved, remembered, proposed
	kept    string // the reading as stored
}

// openBook takes what is no workbook for text with commas; sheets refuses what is neither. What it says concerns the file.
func openBook(data []byte) (*sheets.Workbook, error) {
	open := sheets.OpenCSV
	if len(data) == 0 || bytes.HasPrefix(data, []byte("PK")) || bytes.HasPrefix(data, []byte{0xD0, 0xCF, 0x11, 0xE0}) {
		open = sheets.Open
	}
	wb, err := open(data)
	var bad *models.Error
	if errors.As(err, &bad) {
		bad.Field = "file"
	}
	return wb, err
}

// importFile reads the file of the address and how it is to be read: as set, else as remembered, else as proposed.
func (s *server) importFile(q *request) (*importFile, error) {
	id, err := q.id("id")
	if err != nil {
		return nil, err
	}
	ctx := q.Request.Context()
	f := &importFile{source: "saved"}
	if f.data, f.Import, err = s.core.ImportBytes(ctx, q.actor, id); err != nil {
		return nil, err
	}
	if f.book, err = openBook(f.data); err != nil {
		return nil, err
	}
	text, err := s.core.ImportMapping(ctx, q.actor, id)
	if err != nil {
		return nil, err
	}
	if f.kept = text; text != "" {
		return f, json.Unmarshal([]byte(text), &f.reading)
	}
	f.reading.Mapping, f.source, err = s.recall(q, f.book, f.book.Propose(f.book.Main()))
	return f, err
}

// recall puts what the account remembers of a header in the place of a proposal.
func (s *server) recall(q *request, wb *sheets.Workbook, m sheets.Mapping) (sheets.Mapping, string, error) {
	text, err := s.core.RememberedMapping(q.Request.Context(), q.actor, m.Key())
	if err != nil || text == "" {
		return m, "proposed", err
	}
	var saved sheets.Mapping
	if err := json.Unmarshal([]byte(text), &saved); err != nil {
		return m, "proposed", err
	}
	if fitted, ok := wb.FitSheet(saved, m.Sheet); ok {
		return fitted, "remembered", nil
	}
	return m, "proposed", nil
}

// keep stores the reading; with remember, files of the account with the same header are read so from now on.
func (s *server) keep(q *request, f *importFile, remember bool) error {
	text, err := json.Marshal(f.reading)
	if err != nil {
		return err
	}
	if string(text) == f.kept && !remember {
		return nil
	}
	key := ""
	if remember {
		key = f.reading.Key()
	}
	return s.core.SetImportMapping(q.Request.Context(), q.actor, f.ID, key, string(text))
}

// readPeople reads the rows of the file. The reading and what is done with it speak of one day.
func (s *server) readPeople(q *request, f *importFile) ([]models.RosterRow, []models.Finding, core.ImportChoices) {
	choices, m := f.reading.Answers, f.reading.Mapping
	choices.AsOf = m.AsOf
	m.AsOf = cmp.Or(m.AsOf, s.core.Today(q.Request.Context()))
	rows, findings := f.book.Read(m)
	return rows, findings, choices
}

// findingLine is a finding in the language of the reader.
func (q *request) findingLine(f models.Finding) FindingLine {
	params := []string{"value", f.Value}
	for name, value := range f.Params {
		params = append(params, name, value)
	}
	line := FindingLine{Sheet: f.Sheet, Cell: f.Cell, Value: f.Value, Text: models.Word(q.lang, f.Code, params...), Suggestion: f.Suggestion, Blocking: f.Blocking}
	if strings.Contains(line.Text, line.Value) { // the sentence says it already
		line.Value = ""
	}
	return line
}

func (q *request) findingLines(all []models.Finding) []FindingLine {
	var out []FindingLine
	for _, f := range all {
		out = append(out, q.findingLine(f))
	}
	return out
}

func blocking(all []models.Finding) bool {
	for _, f := range all {
		if f.Blocking {
			return true
		}
	}
	return false
}

// importSteps are the stages of the wizard.
func (q *request) importSteps(p *Page, at int) []Step {
	return p.Steps(at, p.T("import.step_upload"), p.T("import.step_mapping"), p.T("import.step_preview"), p.T("import.step_report"))
}
