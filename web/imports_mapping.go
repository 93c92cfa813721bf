package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"datchuan/core"
	"datchuan/models"
	"datchuan/sheets"
)

// maxHeaderRows is how many rows a header may have.
const maxHeaderRows = 5

func (s *server) mapping(q *request) error {
	f, err := s.openFile(q)
	if err != nil || q.to != "" {
		return err
	}
	return s.showMapping(q, http.StatusOK, f, nil, nil)
}

// openFile is the file of an import that can still be worked on; any other leads to where that import is.
func (s *server) openFile(q *request) (*importFile, error) {
	im, err := s.importState(q)
	if err != nil {
		return nil, err
	}
	switch im.State {
	case core.ImportUploaded, core.ImportPreviewed, core.ImportFailed:
		return s.importFile(q)
	}
	return nil, q.goTo(importPath(im.ID, ""), "")
}

// saveMapping takes the reading as set. When another sheet or other header rows were named, their columns are shown
// first; so they are when she asks to look again.
func (s *server) saveMapping(q *request) error {
	f, err := s.openFile(q)
	if err != nil || q.to != "" {
		return err
	}
	named, err := s.namedSheet(q, f)
	if err != nil {
		return err
	}
	if !named {
		s.readColumns(q, f.book, &f.reading.Mapping)
	}
	if err := q.findings(); err != nil {
		return s.showMapping(q, http.StatusUnprocessableEntity, f, nil, err)
	}
	rows, found, _ := s.readPeople(q, f)
	if named || q.text("do") == "look" {
		return s.showMapping(q, http.StatusOK, f, found, nil)
	}
	if blocking(found) || len(rows) == 0 {
		return s.showMapping(q, http.StatusUnprocessableEntity, f, found, models.Fail(models.Invalid, "import.unreadable", ""))
	}
	if err := s.keep(q, f, q.checked("remember")); err != nil {
		return err
	}
	return q.goTo(importPath(f.ID, "/preview"), "")
}

// namedSheet reads sheet, header rows, day and defaults; true when the sheet or the rows are not those whose columns
// she saw.
func (s *server) namedSheet(q *request, f *importFile) (bool, error) {
	sheet, from, to := q.Request.PostForm.Get("sheet"), int(q.number("header_from")), int(q.number("header_to"))
	if to == 0 {
		to = from
	}
	named := shown(sheet, from, to) != q.Request.PostForm.Get("shown")
	if to < from || to-from >= maxHeaderRows {
		q.finding("import.header_rows", "header_to", q.text("header_to"))
		named = false
	} else {
		m := f.book.Propose(sheet)
		if from > 0 && (m.HeaderFrom != from || m.HeaderTo != to) && sheetOf(q) == sheet {
			m = f.book.ProposeAt(sheet, from, to)
		}
		var err error
		if f.reading.Mapping, f.source, err = s.recall(q, f.book, m); err != nil {
			return false, err
		}
	}
	m := &f.reading.Mapping
	if !named {
		m.AsOf, f.reading.Answers.StudyEnd = q.day("as_of"), q.day("study_end")
		m.DefaultPosition, m.DefaultDistrict, m.DefaultCommune = q.text("position"), q.text("district"), q.text("commune")
		m.DefaultSex = map[string]models.Sex{string(models.Female): models.Female, string(models.Male): models.Male}[q.text("sex")]
	}
	return named, nil
}

// shown names a sheet and its header rows; sheetOf is the sheet of the columns that she saw.
func shown(sheet string, from, to int) string { return fmt.Sprintf("%d-%d %s", from, to, sheet) }

func sheetOf(q *request) string {
	_, sheet, _ := strings.Cut(q.Request.PostForm.Get("shown"), " ")
	return sheet
}

// readColumns takes over what was chosen for each column. A choice is "field", or "field:level" for a column of ticks.
func (s *server) readColumns(q *request, wb *sheets.Workbook, m *sheets.Mapping) {
	all := sheets.Encoding(q.text("encoding"))
	for i := range m.Columns {
		c := &m.Columns[i]
		if choice := q.text("col_" + c.Letter); choice != "" {
			field, level, ticks := strings.Cut(choice, ":")
			if field != string(c.Field) || ticks != c.Mark {
				c.Field, c.Mark, c.Level, c.Confidence = models.RosterField(field), ticks, 0, 1
			}
			if ticks {
				c.Level, _ = strconv.Atoi(level) // what is no number is level 0: none
			}
		}
		if enc := sheets.Encoding(q.text("enc_" + c.Letter)); knownEncoding(enc) {
			c.Encoding = enc
		}
		if knownEncoding(all) {
			c.Encoding = all
		}
		if _, known := knownFields[c.Field]; !known {
			q.finding("import.column_bad", "col_"+c.Letter, string(c.Field))
		}
		c.Samples = wb.Samples(*m, c.Col, c.Encoding)
	}
}

func knownEncoding(e sheets.Encoding) bool {
	for _, known := range sheets.Encodings {
		if e == known {
			return true
		}
	}
	return false
}

// showMapping shows how the file is read. found are the findings of reading it so; nil reads it.
func (s *server) showMapping(q *request, status int, f *importFile, found []models.Finding, wrong error) error {
	if found == nil {
		_, found, _ = s.readPeople(q, f)
	}
	v := &ImportMappingPage{Page: q.base("import.mapping", importCrumbs(q, f.Import)...), ID: f.ID, File: f.FileName}
	v.Fail(wrong)
	if wrong != nil {
		v.Flash = nil
	}
	m := f.reading.Mapping
	v.Shown = shown(m.Sheet, m.HeaderFrom, m.HeaderTo)
	v.Steps = q.importSteps(&v.Page, 1)
	v.Source = v.T(map[string]string{"saved": "import.source_saved", "remembered": "import.source_remembered", "proposed": "import.source_proposed"}[f.source])
	v.Findings = q.findingLines(found)
	v.Remember = Field{Name: "remember", Label: v.T("import.remember"), Type: "checkbox", Checked: q.Request.Method == http.MethodGet || q.checked("remember"), Hint: v.T("import.remember_hint")}
	if err := s.mappingFields(q, v, f); err != nil {
		return err
	}
	v.columns(f.book, m, f.source)
	s.render.HTML(q.Context, status, "import-mapping", v)
	return nil
}

// mappingFields are the inputs above the columns.
func (s *server) mappingFields(q *request, v *ImportMappingPage, f *importFile) error {
	m := f.reading.Mapping
	var list []Option
	for _, sh := range f.book.Sheets() {
		label := v.T("import.sheet_rows", "name", sh.Name, "rows", sh.Rows)
		if sh.Hidden {
			label += " " + v.T("import.sheet_hidden")
		}
		list = append(list, Option{Value: sh.Name, Label: label, Selected: sh.Name == m.Sheet})
	}
	encodings := []Option{{Value: "", Label: v.T("import.encoding_each")}}
	for _, e := range sheets.Encodings {
		encodings = append(encodings, Option{Value: string(e), Label: v.Word("encoding." + string(e))})
	}
	from, to := count(m.HeaderFrom), count(m.HeaderTo)
	if len(v.Errors) > 0 {
		from, to = q.typedOr("header_from", from), q.typedOr("header_to", to)
	}
	today := s.core.Today(q.Request.Context())
	v.Reading = []Field{
		v.Field(Field{Name: "sheet", Label: v.T("import.sheet"), Type: "select", Required: true, Options: list}),
		v.Field(Field{Name: "header_from", Label: v.T("import.header_from"), Type: "number", Value: from, Hint: v.T("import.header_hint")}),
		v.Field(Field{Name: "header_to", Label: v.T("import.header_to"), Type: "number", Value: to}),
		v.Field(Field{Name: "as_of", Label: v.T("import.as_of"), Type: "date", Value: q.typedOr("as_of", m.AsOf.VN()), Hint: v.T("import.as_of_hint", "today", today)}),
		v.Field(Field{Name: "encoding", Label: v.T("import.encoding"), Type: "select", Required: true, Options: encodings, Hint: v.T("import.encoding_hint")}),
	}
	positions, err := s.core.Positions(q.Request.Context())
	if err != nil {
		return err
	}
	posts := []Option{{Value: "", Label: v.T("import.position_each")}}
	for _, p := range positions {
		posts = append(posts, Option{Value: p.Code, Label: p.Name, Selected: p.Code == m.DefaultPosition})
	}
	v.Defaults = []Field{
		v.Field(Field{Name: "position", Label: v.T("import.position"), Type: "select", Options: posts}),
		v.Field(Field{Name: "district", Label: v.T("import.district"), Value: m.DefaultDistrict, MaxLength: 120, Autocomplete: "off"}),
		v.Field(Field{Name: "commune", Label: v.T("import.commune"), Value: m.DefaultCommune, MaxLength: 120, Autocomplete: "off"}),
		v.Field(Field{Name: "sex", Label: v.T("import.sex"), Type: "select", Options: Choose(string(m.DefaultSex), Option{Value: "", Label: v.T("import.sex_each")},
			Option{Value: string(models.Female), Label: v.Word("import.sex_f")}, Option{Value: string(models.Male), Label: v.Word("import.sex_m")})}),
		v.Field(Field{Name: "study_end", Label: v.T("import.study_end"), Type: "date", Value: q.typedOr("study_end", f.reading.Answers.StudyEnd.VN()), Hint: v.T("import.study_end_hint")}),
	}
	return nil
}

// typedOr is what was typed in this form, or what stands.
func (q *request) typedOr(name, stands string) string {
	if q.Request.PostForm.Has(name) {
		return q.text(name)
	}
	return stands
}

// count writes a number of rows, "" for none.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
