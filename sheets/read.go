package sheets

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"datchuan/models"
)

// value is the text of one mapped column in one row, decoded, with ditto marks resolved.
type value struct {
	text  string
	cell  cell
	addr  string
	field models.RosterField
	col   int // place in Mapping.Columns
}

// reader reads the rows of one sheet under a mapping and remembers what headings and rows above said.
type reader struct {
	wb    *Workbook
	s     *sheet
	m     Mapping
	named map[models.RosterField][]int // field -> places in m.Columns
	prev  []string                     // last text of each column, for ditto marks
	prevC []cell

	district, commune, branch, group, position string // from heading rows

	ended    bool // a footer was passed: what follows is signatures, until a new list begins
	reheader bool // the row above repeated the header
	since    int  // people since the last footer
	rows     []models.RosterRow
	findings []models.Finding
	row      *models.RosterRow

	cleaned   map[string]string       // texts already cleaned; a roster repeats itself
	folded    map[string]string       // texts already folded
	extra     map[string]string       // Mapping.Positions, folded
	positions map[string]positionRead // texts of positions already read
}

// Read reads the people of a sheet under a mapping. Findings about a person are in her row; the second result holds
// those about the file or about rows that are not people. A blocking finding keeps its row from being applied; a row
// is never dropped without a finding. All collects both kinds.
func (wb *Workbook) Read(m Mapping) ([]models.RosterRow, []models.Finding) {
	s := wb.sheet(m.Sheet)
	if s == nil {
		return nil, []models.Finding{{Sheet: m.Sheet, Code: "roster.no_sheet", Blocking: true}}
	}
	r := &reader{wb: wb, s: s, m: m, named: map[models.RosterField][]int{}, prev: make([]string, len(m.Columns)),
		prevC: make([]cell, len(m.Columns)), cleaned: map[string]string{},
		folded: map[string]string{}, extra: map[string]string{}, positions: map[string]positionRead{}}
	for name, code := range m.Positions {
		r.extra[models.Fold(name)] = code
	}
	for i, c := range m.Columns {
		r.named[c.Field] = append(r.named[c.Field], i)
	}
	if len(r.named[models.FieldName])+len(r.named[models.FieldGivenName]) == 0 {
		return nil, []models.Finding{{Sheet: s.name, Code: "roster.no_name_column", Blocking: true}}
	}
	r.hidden()
	r.otherLists()
	for _, row := range s.rows {
		if row.n > m.HeaderTo {
			r.read(row)
		}
	}
	r.duplicates()
	r.fillers()
	if len(r.rows) == 0 {
		r.file(models.Finding{Code: "roster.no_people", Blocking: true})
	}
	return r.rows, r.findings
}

// All is every finding of a reading in one list: those of the file, then those of the rows.
func All(rows []models.RosterRow, file []models.Finding) []models.Finding {
	out := append([]models.Finding(nil), file...)
	for i := range rows {
		out = append(out, rows[i].Findings...)
	}
	return out
}

func (r *reader) file(f models.Finding) {
	f.Sheet = r.s.name
	r.findings = append(r.findings, f)
}

// say adds a finding to the row being read; what has no cell of its own stands at the name.
func (r *reader) say(v value, code string, blocking bool, suggestion string, params ...string) {
	f := models.Finding{Sheet: r.s.name, Row: r.row.Row, Cell: cmp.Or(v.addr, r.row.Cells[models.FieldName]), Field: v.field, Value: models.Clean(v.text),
		Code: "roster." + code, Blocking: blocking, Suggestion: suggestion}
	for i := 0; i+1 < len(params); i += 2 {
		if f.Params == nil {
			f.Params = map[string]string{}
		}
		f.Params[params[i]] = params[i+1]
	}
	r.row.Findings = append(r.row.Findings, f)
}

// hidden tells of hidden rows and columns: they are read like the others, for a filter hides people that count.
func (r *reader) hidden() {
	n, first := 0, 0
	for _, row := range r.s.rows {
		if row.hidden && row.n > r.m.HeaderTo {
			if n++; first == 0 {
				first = row.n
			}
		}
	}
	if n > 0 {
		r.file(models.Finding{Row: first, Code: "roster.hidden_rows", Params: map[string]string{"count": strconv.Itoa(n)}})
	}
	for _, c := range r.m.Columns {
		for _, a := range r.s.hidCols {
			if c.Col >= a.left && c.Col <= a.right && c.Field != models.FieldIgnore {
				r.file(models.Finding{Code: "roster.hidden_column", Field: c.Field, Params: map[string]string{"column": c.Letter}})
			}
		}
	}
}

// otherLists tells of further lists in the file: one sheet, and one person per row, is read at a time.
func (r *reader) otherLists() {
	for _, c := range r.m.Columns {
		headings := strings.Split(c.Header, " / ")
		field, _ := fieldOf(plain(headings[len(headings)-1]))
		if c.Field == models.FieldIgnore && field == models.FieldName && len(c.Samples) > 0 {
			r.file(models.Finding{Code: "roster.other_names", Params: map[string]string{"column": c.Letter, "name": c.Header}})
		}
	}
	for _, s := range r.wb.sheets {
		if s != r.s && !s.hidden && s.header.score > 0 && s.lastRow() > s.header.to {
			r.file(models.Finding{Code: "roster.other_sheet", Params: map[string]string{"name": s.name}})
		}
	}
}

// values decodes the mapped columns of a row; empty texts stay in place.
func (r *reader) values(row sheetRow) []value {
	out := make([]value, len(r.m.Columns))
	for i, m := range r.m.Columns {
		c := r.s.at(row.n, m.Col)
		if place, ok := r.s.covered[[2]int{row.n, m.Col}]; ok && c.kind == blankCell {
			if a := r.s.merges[place]; a.left == m.Col && a.right == m.Col && a.top > r.m.HeaderTo {
				c = r.s.at(a.top, a.left)
			}
		}
		text := remember(r.cleaned, r.wb.decode(c, m.Encoding), models.Clean)
		if text == "-" || text == "–" || text == "." {
			text, c = "", cell{}
		}
		out[i] = value{text: text, cell: c, addr: address(row.n, m.Col), field: m.Field, col: i}
	}
	return out
}

// first is the first column of a field that has a text in this row.
func (r *reader) first(vals []value, field models.RosterField) value {
	for _, i := range r.named[field] {
		if vals[i].text != "" {
			return vals[i]
		}
	}
	if places := r.named[field]; len(places) > 0 {
		return vals[places[0]]
	}
	return value{field: field}
}

// joined is the text of all columns of a field, in order.
func (r *reader) joined(vals []value, field models.RosterField, by string) value {
	v := r.first(vals, field)
	if v.text == "" || len(r.named[field]) == 1 {
		return v
	}
	var texts []string
	for _, i := range r.named[field] {
		if vals[i].text != "" {
			texts = append(texts, vals[i].text)
		}
	}
	if len(texts) > 1 {
		v.text, v.cell = strings.Join(texts, by), cell{kind: textCell}
	}
	return v
}

func (r *reader) name(vals []value) value {
	if v := r.first(vals, models.FieldName); v.text != "" || len(r.named[models.FieldGivenName]) == 0 {
		return v
	}
	family, given := r.first(vals, models.FieldFamilyName), r.first(vals, models.FieldGivenName)
	if family.text == "" {
		return given
	}
	family.text = models.Clean(family.text + " " + given.text)
	return family
}

// read decides what a row is: nothing, a repeated header, a heading, a total, a footer or a person.
func (r *reader) read(row sheetRow) {
	vals := r.values(row)
	name := r.name(vals)
	number := r.first(vals, models.FieldNumber)
	if r.wb.isNumbering(row) {
		return
	}
	if r.repeatsHeader(vals) {
		r.reheader, r.ended = true, false
		return
	}
	if r.reheader && name.text == "" && number.text == "" {
		return
	}
	r.reheader = false
	if r.plain(number.text) == "vi du" {
		r.file(models.Finding{Row: row.n, Cell: number.addr, Code: "roster.example_skipped"})
		return
	}
	said := 0 // fields that only a person has
	for _, v := range vals {
		switch v.field {
		case models.FieldNumber, models.FieldName, models.FieldFamilyName, models.FieldGivenName, models.FieldIgnore, models.FieldNote, models.FieldUnit:
		default:
			if v.text != "" {
				said++
			}
		}
	}
	numbered := ordinal.MatchString(number.text)
	if said > 2 && r.counts(row, vals, number, name) {
		return
	}
	if said <= 2 {
		texts := r.rowTexts(row)
		if len(texts) == 0 || r.aside(row, texts, number, name) {
			return
		}
		stray := name.text == "" && said == 0 || name.text != "" && !numbered && said == 0 && len(texts) == 1
		if stray && !r.ended {
			r.skipped(row, texts)
		}
		if stray {
			return
		}
	}
	// Below a footer stand signatures, until somebody with a number or with much said of her comes.
	if r.ended && said <= 2 && !(numbered && said > 0) {
		return
	}
	r.ended = false
	r.since++
	r.person(row, vals, name)
}

// repeatsHeader tells whether a name column holds its own heading again, as on every printed page.
func (r *reader) repeatsHeader(vals []value) bool {
	for _, field := range []models.RosterField{models.FieldName, models.FieldFamilyName, models.FieldGivenName} {
		for _, i := range r.named[field] {
			for _, heading := range strings.Split(r.m.Columns[i].Header, " / ") {
				if heading != "" && strings.EqualFold(vals[i].text, heading) {
					return true
				}
			}
		}
	}
	return false
}

var ordinal = regexp.MustCompile(`^\d{1,5}\.?$`)

func (r *reader) skipped(row sheetRow, texts []value) {
	r.file(models.Finding{Row: row.n, Cell: texts[0].addr, Value: texts[0].text, Code: "roster.row_skipped"})
}

// rowTexts are the non-empty cells of a row, decoded, mapped or not.
func (r *reader) rowTexts(row sheetRow) []value {
	var out []value
	for _, c := range row.cells {
		enc := Unicode
		if int(c.col) < len(r.s.enc) {
			enc = r.s.enc[c.col].enc
		}
		if text := models.Clean(r.wb.decode(c, enc)); text != "" {
			out = append(out, value{text: text, cell: c, addr: address(row.n, int(c.col))})
		}
	}
	return out
}
