package sheets

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"datchuan/models"
)

// ColumnMap says what one column of a roster means.
type ColumnMap struct {
	Col        int                `json:"col"`    // 0-based
	Letter     string             `json:"letter"` // "C"
	Header     string             `json:"header"` // as read: "Lý luận chính trị / TC"
	Field      models.RosterField `json:"field"`  // FieldIgnore when left out
	Mark       bool               `json:"mark"`   // an "x" in this column stands for Level
	Level      int                `json:"level"`  // for Sex: 1 nữ, 2 nam
	Encoding   Encoding           `json:"encoding"`
	Basis      EncodingBasis      `json:"basis"`
	Confidence float64            `json:"confidence"` // 0..1
	Samples    []string           `json:"samples,omitempty"`
}

// Mapping is how a sheet is to be read: proposed by Propose, changed and confirmed by a user, remembered under Key.
type Mapping struct {
	Sheet      string      `json:"sheet"`
	HeaderFrom int         `json:"header_from"` // rows as Excel numbers them, 0 when no header was found
	HeaderTo   int         `json:"header_to"`
	Columns    []ColumnMap `json:"columns"`
	// What the file doesn't say of all its people. District and commune headings in the file go before these.
	DefaultPosition string     `json:"default_position,omitempty"` // position code
	DefaultDistrict string     `json:"default_district,omitempty"`
	DefaultCommune  string     `json:"default_commune,omitempty"`
	DefaultSex      models.Sex `json:"default_sex,omitempty"`
	// AsOf is the day the roster speaks of; it decides two-digit years and old telephone codes. Zero: not known.
	AsOf models.Date `json:"as_of"`
	// Positions are further wordings of positions: name as in the file -> position code.
	Positions map[string]string `json:"positions,omitempty"`
}

// Key names the header: the same for every file with the same headings in the same order, so that a mapping can be
// remembered and proposed again. It depends neither on accents nor on where in the sheet the header stands.
func (m Mapping) Key() string {
	h := sha256.New()
	for _, i := range m.headed() {
		h.Write([]byte(models.Fold(m.Columns[i].Header) + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))[:32]
}

// headed are the places of the columns that have a heading; stray figures beside a list don't count.
func (m *Mapping) headed() []int {
	var out []int
	for i, c := range m.Columns {
		if c.Header != "" {
			out = append(out, i)
		}
	}
	return out
}

// Column is the map of a field, or nil.
func (m *Mapping) Column(field models.RosterField) *ColumnMap {
	for i := range m.Columns {
		if m.Columns[i].Field == field {
			return &m.Columns[i]
		}
	}
	return nil
}

const samples = 5

// Propose reads the header of a sheet and proposes what each column means, how sure that is, how its text is encoded,
// and shows a few values. HeaderFrom is 0 when no header was found: then the user names the rows (ProposeAt).
func (wb *Workbook) Propose(sheetName string) Mapping {
	s := wb.sheet(sheetName)
	if s == nil || s.header.score == 0 {
		return Mapping{Sheet: sheetName}
	}
	return wb.propose(s, s.header)
}

// ProposeAt is Propose with header rows named by the user.
func (wb *Workbook) ProposeAt(sheetName string, from, to int) Mapping {
	s := wb.sheet(sheetName)
	if s == nil || from < 1 || to < from || to-from > 4 {
		return Mapping{Sheet: sheetName}
	}
	return wb.propose(s, wb.readHeader(s, from, to))
}

func (wb *Workbook) propose(s *sheet, h header) Mapping {
	m := Mapping{Sheet: s.name, HeaderFrom: h.from, HeaderTo: h.to}
	for col, g := range h.columns {
		c := ColumnMap{Col: col, Letter: columnName(col), Header: strings.Join(h.paths[col], " / "), Field: g.field,
			Mark: g.mark, Level: g.level, Encoding: s.enc[col].enc, Basis: s.enc[col].basis, Confidence: g.conf}
		if c.Field == "" {
			c.Field = models.FieldIgnore
		}
		c.Samples = wb.Samples(m, col, c.Encoding)
		if c.Header == "" && len(c.Samples) == 0 {
			continue
		}
		m.Columns = append(m.Columns, c)
	}
	m.oneList()
	m.keepBest()
	wb.titles(s, &m)
	for i := range m.Columns {
		m.Columns[i].Confidence *= plausible(m.Columns[i])
	}
	return m
}

// many are fields that may be spread over several columns.
var many = map[models.RosterField]bool{models.FieldBirth: true, models.FieldHometown: true, models.FieldResidence: true,
	models.FieldStudying: true, models.FieldSuccession: true, models.FieldPhone: true, models.FieldNote: true,
	models.FieldTraining: true, models.FieldIgnore: true, models.FieldProfField: true}

// spread are fields that may have several columns below one heading: "Dân tộc": "Kinh", "Khác".
var spread = map[models.RosterField]bool{models.FieldEthnicity: true, models.FieldReligion: true, models.FieldPosition: true,
	models.FieldParty: true, models.FieldPartyDate: true}

// underOne tells whether two columns stand below the same heading.
func underOne(a, b string) bool {
	top, _, deep := strings.Cut(a, " / ")
	other, _, also := strings.Cut(b, " / ")
	return deep && also && top == other
}

// oneList leaves out the columns of a second list beside the first: "Chi hội phó" with names of its own.
func (m *Mapping) oneList() {
	first := m.Column(models.FieldName)
	for _, c := range m.Columns {
		if first == nil || c.Field != models.FieldName || c.Col == first.Col || underOne(c.Header, first.Header) {
			continue
		}
		for i := range m.Columns {
			if underOne(m.Columns[i].Header, c.Header) {
				m.Columns[i].Field, m.Columns[i].Mark, m.Columns[i].Confidence = models.FieldIgnore, false, 0
			}
		}
	}
}

// keepBest leaves a field that can have one column only to its surest column.
func (m *Mapping) keepBest() {
	best := map[models.RosterField]int{}
	for i, c := range m.Columns {
		if many[c.Field] || c.Mark {
			continue
		}
		j, ok := best[c.Field]
		switch {
		case !ok:
			best[c.Field] = i
		case spread[c.Field] && c.Confidence == m.Columns[j].Confidence && underOne(c.Header, m.Columns[j].Header):
		case c.Confidence > m.Columns[j].Confidence:
			best[c.Field] = i
			m.Columns[j].Field, m.Columns[j].Confidence = models.FieldIgnore, 0
		default:
			m.Columns[i].Field, m.Columns[i].Confidence = models.FieldIgnore, 0
		}
	}
}

// Samples shows values of a column as they would be read under an encoding, so that a user can choose.
func (wb *Workbook) Samples(m Mapping, col int, enc Encoding) []string {
	s := wb.sheet(m.Sheet)
	if s == nil || col < 0 || col >= s.width {
		return nil
	}
	var out []string
	seen := map[string]bool{}
	for _, row := range s.rows {
		if row.n > m.HeaderTo+400 {
			break // a column with few different values
		}
		if row.n <= m.HeaderTo || wb.isNumbering(row) {
			continue
		}
		c := s.at(row.n, col)
		text := models.Clean(wb.decode(c, enc))
		if c.kind == blankCell || seen[text] {
			continue
		}
		seen[text] = true
		if out = append(out, text); len(out) == samples {
			break
		}
	}
	return out
}

// Fit applies a remembered mapping to this file: it finds the sheet whose header has the same key, the main one first.
// ok is false when no sheet has that header.
func (wb *Workbook) Fit(saved Mapping) (m Mapping, ok bool) {
	if m, ok = wb.FitSheet(saved, wb.Main()); ok {
		return m, true
	}
	for _, s := range wb.sheets {
		if m, ok = wb.FitSheet(saved, s.name); ok {
			return m, true
		}
	}
	return Mapping{}, false
}

// FitSheet is Fit for one sheet. It takes over the meaning of the columns and the defaults. Encodings and the day are
// proposed anew, for they belong to the file, and what the file says in its title goes before what was true of the last.
func (wb *Workbook) FitSheet(saved Mapping, sheet string) (m Mapping, ok bool) {
	key, from := saved.Key(), saved.headed()
	m = wb.Propose(sheet)
	if m.Key() != key {
		m = wb.ProposeAt(sheet, saved.HeaderFrom, saved.HeaderTo) // rows named by hand
	}
	to := m.headed()
	if m.Key() != key || len(to) != len(from) || len(to) == 0 {
		return Mapping{}, false
	}
	for i, place := range to {
		c, known := &m.Columns[place], saved.Columns[from[i]]
		c.Field, c.Mark, c.Level, c.Confidence = known.Field, known.Mark, known.Level, 1
	}
	m.DefaultPosition = cmp.Or(m.DefaultPosition, saved.DefaultPosition)
	if m.DefaultDistrict == "" && m.DefaultCommune == "" {
		m.DefaultDistrict, m.DefaultCommune = saved.DefaultDistrict, saved.DefaultCommune
	}
	m.DefaultSex, m.Positions = saved.DefaultSex, saved.Positions
	return m, true
}

// plausible lowers the confidence in a column whose values don't read like its field.
func plausible(c ColumnMap) float64 {
	if len(c.Samples) == 0 || c.Mark {
		return 1
	}
	good := 0
	for _, text := range c.Samples {
		ok := true
		switch c.Field {
		case models.FieldPhone:
			_, left := readPhones(text, 0)
			ok = left == ""
		case models.FieldIdentity:
			n := len(digitsOf(text))
			ok = n >= 8 && n <= 12
		case models.FieldEthnicity:
			_, ok = ethnicities.find(text)
		case models.FieldReligion:
			_, ok = religions.find(text)
		case models.FieldName, models.FieldGivenName, models.FieldFamilyName:
			ok = !strings.ContainsAny(text, "0123456789")
		case models.FieldBirth, models.FieldBirthMale, models.FieldBirthFemale:
			ok = strings.ContainsAny(text, "0123456789\"'") || isDitto(text)
		}
		if ok {
			good++
		}
	}
	return 0.5 + 0.5*float64(good)/float64(len(c.Samples))
}
