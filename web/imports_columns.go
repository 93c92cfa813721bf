package web

import (
	"slices"
	"strconv"
	"strings"

	"datchuan/models"
	"datchuan/sheets"
)

// rosterFields are what a column can mean, in the order of a roster.
var rosterFields = []models.RosterField{models.FieldIgnore, models.FieldNumber, models.FieldName, models.FieldFamilyName, models.FieldGivenName, models.FieldBirth,
	models.FieldBirthMale, models.FieldBirthFemale, models.FieldSex, models.FieldEthnicity, models.FieldReligion, models.FieldHometown, models.FieldResidence,
	models.FieldPosition, models.FieldDistrict, models.FieldUnit, models.FieldBranch, models.FieldGroup, models.FieldParty, models.FieldPartyDate,
	models.FieldGeneral, models.FieldProfession, models.FieldProfField, models.FieldPolitical, models.FieldState, models.FieldComputing, models.FieldForeign,
	models.FieldEthnicLang, models.FieldTraining, models.FieldJoined, models.FieldHeldSince, models.FieldStudying, models.FieldSuccession, models.FieldPhone,
	models.FieldIdentity, models.FieldNote}

var knownFields = func() map[models.RosterField]bool {
	out := map[models.RosterField]bool{}
	for _, f := range rosterFields {
		out[f] = true
	}
	return out
}()

// columns shows what each column of the file is taken for, and how its old letters come out.
func (v *ImportMappingPage) columns(wb *sheets.Workbook, m sheets.Mapping, source string) {
	for _, c := range m.Columns {
		raw := wb.Samples(m, c.Col, sheets.Unicode)
		g := ColumnGuess{Letter: c.Letter, Header: c.Header, Samples: c.Samples, Sure: v.sure(c, source),
			Choice: v.Field(Field{Name: "col_" + c.Letter, Type: "select", Options: v.meanings(c)})}
		for i, text := range raw {
			if i < len(c.Samples) && text != c.Samples[i] {
				g.Converted = [2]string{text, c.Samples[i]}
				break
			}
		}
		if g.Converted[1] != "" || slices.ContainsFunc(raw, strange) {
			g.Encoding = v.Field(Field{Name: "enc_" + c.Letter, Label: v.T("import.encoding_of", "column", c.Letter), Type: "select", Options: v.encodings(c.Encoding)})
		}
		if v.EncodingNote == "" && g.Converted[1] != "" {
			v.EncodingNote = v.T("import.encoding_note", "column", c.Letter, "encoding", v.Word("encoding."+string(c.Encoding)), "basis", v.Word("encoding_basis."+string(c.Basis)))
			v.EncodingBefore, v.EncodingAfter = g.Converted[0], g.Converted[1]
		}
		v.Columns = append(v.Columns, g)
	}
}

// strange tells whether a text has letters that only the old fonts and foreign words use.
func strange(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return r >= 0xA1 && r <= 0xFF && !strings.ContainsRune("ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý", r)
	})
}

// sure says how far the meaning of a column can be trusted.
func (v *ImportMappingPage) sure(c sheets.ColumnMap, source string) string {
	switch {
	case source == "remembered":
		return v.T("import.sure_remembered")
	case c.Field == models.FieldIgnore || source == "saved":
		return ""
	case c.Confidence >= 0.9:
		return v.T("import.sure_certain")
	}
	return v.T("import.sure_guessed")
}

func (v *ImportMappingPage) encodings(chosen sheets.Encoding) []Option {
	var out []Option
	for _, e := range sheets.Encodings {
		out = append(out, Option{Value: string(e), Label: v.Word("encoding." + string(e)), Selected: e == chosen})
	}
	return out
}

// meanings are what a column can mean. A column of ticks also offers the levels that a tick can stand for.
func (v *ImportMappingPage) meanings(c sheets.ColumnMap) []Option {
	var out []Option
	for _, f := range rosterFields {
		out = append(out, Option{Value: string(f), Label: v.Word("roster_field." + string(f)), Selected: f == c.Field && !c.Mark})
	}
	if !c.Mark && !ticks(c.Samples) {
		return out
	}
	for _, k := range models.QualKinds {
		for level := 0; level <= models.MaxLevel(k); level++ {
			out = append(out, v.tick(c, models.RosterField(k), level, v.Word(models.LevelKey(k, level))))
		}
	}
	for i, key := range []string{"import.sex_f", "import.sex_m"} {
		out = append(out, v.tick(c, models.FieldSex, i+1, v.Word(key)))
	}
	if c.Mark && !selected(out) { // a tick with a meaning of its own, kept as it is
		out = append(out, v.tick(c, c.Field, c.Level, ""))
	}
	return out
}

func (v *ImportMappingPage) tick(c sheets.ColumnMap, f models.RosterField, level int, word string) Option {
	return Option{Value: string(f) + ":" + strconv.Itoa(level), Label: v.T("import.tick", "field", v.Word("roster_field."+string(f)), "level", word),
		Selected: c.Mark && c.Field == f && c.Level == level}
}

func selected(all []Option) bool {
	for _, o := range all {
		if o.Selected {
			return true
		}
	}
	return false
}

// ticks tells whether the values are marks rather than words.
func ticks(values []string) bool {
	for _, text := range values {
		if len([]rune(text)) > 2 {
			return false
		}
	}
	return len(values) > 0 && len(values) <= 3
}
