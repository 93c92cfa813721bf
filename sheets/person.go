package sheets

import (
	"regexp"
	"strconv"
	"strings"

	"datchuan/models"
)

// person reads one row into a typed RosterRow with its findings.
func (r *reader) person(row sheetRow, vals []value, name value) {
	r.rows = append(r.rows, models.RosterRow{Sheet: r.s.name, Row: row.n, Cells: map[models.RosterField]string{}})
	r.row = &r.rows[len(r.rows)-1]
	r.dittos(vals)
	name = r.name(vals)
	r.row.Cells[models.FieldName] = name.addr
	r.readName(name)
	r.readBirth(vals)
	r.readSex(vals)
	r.readPlaces(vals)
	r.readPosition(vals)
	r.readGroups(vals)
	r.readParty(vals)
	r.readLevels(vals)
	r.readTraining(vals)
	r.readStudying(vals)
	r.readSuccession(vals)
	r.readIdentity(r.first(vals, models.FieldIdentity))
	r.readPhone(r.joined(vals, models.FieldPhone, "; "))
	r.row.Joined = r.date(r.first(vals, models.FieldJoined), "joined_unreadable")
	r.row.HeldSince = r.date(r.first(vals, models.FieldHeldSince), "held_since_unreadable")
	r.row.Note = r.joined(vals, models.FieldNote, "; ").text
	for _, v := range vals {
		if v.text != "" && v.field != models.FieldIgnore && r.row.Cells[v.field] == "" {
			r.row.Cells[v.field] = v.addr
		}
	}
	r.row = nil
}

// remember computes f once per text.
func remember(known map[string]string, text string, f func(string) string) string {
	out, ok := known[text]
	if !ok {
		out = f(text)
		known[text] = out
	}
	return out
}

// told is the text of a cell, or for a mark what the heading of its column says: "Kinh", "Từ 10 ngày trở lên".
func (r *reader) told(v value) string {
	if !isMark(r.plain(v.text)) {
		return v.text
	}
	headings := strings.Split(r.m.Columns[v.col].Header, " / ")
	return headings[len(headings)-1]
}

func (r *reader) plain(text string) string { return remember(r.folded, text, plain) }

var dittos = map[string]bool{"nt": true, "-nt-": true, "- nt -": true, "nt.": true, "\"": true, "''": true, "“": true, "”": true,
	"„": true, "〃": true, "//": true, "-//-": true, "- // -": true, "như trên": true, "nhu tren": true, "như tr": true, "-\"-": true,
	"- \" -": true, "n/t": true, "\"\"": true, "´´": true, "ditto": true}

// isDitto tells whether a text stands for "the same as above".
func isDitto(text string) bool { return dittos[strings.ToLower(text)] }

// dittos puts the value of the row above in the place of a ditto mark, and reports cells that can't be read at all.
func (r *reader) dittos(vals []value) {
	for i := range vals {
		v := &vals[i]
		switch v.cell.kind {
		case errorCell:
			if v.field != models.FieldIgnore {
				r.say(*v, "cell_error", true, "")
			}
			v.text, v.cell = "", cell{}
		case formulaCell:
			if v.field != models.FieldIgnore && v.field != models.FieldNumber {
				r.say(*v, "formula_without_value", true, "")
			}
			v.text, v.cell = "", cell{}
		}
		if isDitto(v.text) && v.field != models.FieldIgnore {
			if r.prev[i] == "" {
				r.say(*v, "ditto_without_above", false, "")
			}
			v.text, v.cell = r.prev[i], r.prevC[i]
		}
		if v.text != "" {
			r.prev[i], r.prevC[i] = v.text, v.cell
		}
	}
}

var (
	comrade  = regexp.MustCompile(`(?i)^(?:đ/c|đc\.|đồng chí|bà|chị|cô)[.:]?\s+`)
	nameSign = regexp.MustCompile(`[0-9@#$%^&*_=+<>\[\]{}|\\/?!;:]`)
	noVowel  = regexp.MustCompile(`^[bcdghklmnpqrstvx]{2,}$`)
	lostHorn = regexp.MustCompile(`(?:^|[^ư])(?:ơng|ơc|ơu)$`)
)

func (r *reader) readName(v value) {
	text := strings.TrimLeft(v.text, "-–+*• ")
	if bare := comrade.ReplaceAllString(text, ""); strings.Contains(bare, " ") {
		text = bare
	}
	v.field = models.FieldName
	if text == "" {
		r.say(v, "name_missing", true, "")
		return
	}
	r.row.Name = text
	if nameSign.MatchString(text) {
		r.say(v, "name_signs", false, "")
	}
	if len(strings.Fields(text)) < 2 {
		r.say(v, "name_single", false, "")
	}
	if len([]rune(text)) > 160 {
		r.say(v, "name_too_long", true, "")
	}
	if enc := r.m.Columns[v.col].Encoding; enc == TCVN3 || enc == VN1 || enc == ByFont {
		r.lostLetters(v, text)
	} else if looks(v.text) == TCVN3 || looks(v.text) == VNI {
		r.say(v, "encoding_unsure", true, DecodeTCVN3(v.text, false))
	}
}

// lostLetters finds names whose letter ư (in TCVN3 the invisible soft hyphen) was lost on the way.
func (r *reader) lostLetters(v value, text string) {
	fixed := false
	words := strings.Fields(text)
	for i, w := range words {
		lower := strings.ToLower(w)
		if lostHorn.MatchString(lower) {
			words[i], fixed = strings.Replace(w, "ơ", "ươ", 1), true
		} else if noVowel.MatchString(lower) {
			words[i], fixed = w+"ư", true
		}
	}
	if fixed {
		r.say(v, "letter_lost", true, strings.Join(words, " "))
	}
}

func (r *reader) readBirth(vals []value) {
	male, female := r.first(vals, models.FieldBirthMale), r.first(vals, models.FieldBirthFemale)
	v := r.joined(vals, models.FieldBirth, "/")
	switch {
	case v.text != "":
	case male.text != "" && female.text != "":
		r.say(female, "birth_in_both", true, "")
		return
	case female.text != "":
		v, r.row.Sex = female, models.Female
	case male.text != "":
		v, r.row.Sex = male, models.Male
	}
	if v.text == "" {
		if len(r.named[models.FieldBirth])+len(r.named[models.FieldBirthMale])+len(r.named[models.FieldBirthFemale]) > 0 {
			if v.addr == "" {
				v = female
			}
			v.field = models.FieldBirth
			r.say(v, "birth_missing", false, "")
		}
		return
	}
	d, problem, suggestion := readDate(v, r.wb.mac1904, r.m.AsOf, true)
	if problem != "" {
		r.say(v, "birth_"+problem, true, suggestion)
		return
	}
	r.row.Birth = d
	if age := d.AgeOn(r.m.AsOf); r.m.AsOf > 0 && (age < 14 || age > 85) {
		r.say(v, "birth_implausible", false, "", "age", strconv.Itoa(age))
	}
}

// date reads an optional date; what can't be read is a warning and stays empty.
func (r *reader) date(v value, code string) models.PartialDate {
	if v.text == "" || saysNo(r.plain(v.text)) {
		return 0
	}
	d, problem, suggestion := readDate(v, r.wb.mac1904, r.m.AsOf, false)
	if problem != "" {
		r.say(v, code, false, suggestion)
	}
	return d
}

func (r *reader) readSex(vals []value) {
	for _, i := range r.named[models.FieldSex] {
		v := vals[i]
		key := r.plain(v.text)
		switch {
		case v.text == "":
		case r.m.Columns[i].Mark:
			if !saysNo(key) {
				r.row.Sex = map[int]models.Sex{sexFemale: models.Female, sexMale: models.Male}[r.m.Columns[i].Level]
			}
		case key == "nu" || key == "n" || key == "f" || key == "female" || isMark(key):
			r.row.Sex = models.Female
		case key == "nam" || key == "m" || key == "male":
			r.row.Sex = models.Male
		default:
			r.say(v, "sex_unknown", false, "Nữ")
		}
	}
	if r.row.Sex == "" {
		r.row.Sex = r.m.DefaultSex
	}
}

var pairSplit = regexp.MustCompile(`\s*[,;/]\s*`)

func (r *reader) readGroups(vals []value) {
	if v := r.first(vals, models.FieldEthnicity); v.text != "" {
		if parts := pairSplit.Split(v.text, -1); len(parts) == 2 && len(r.named[models.FieldReligion]) == 0 {
			if code, ok := religions.find(parts[1]); ok { // "Kinh, không" under "Dân tộc, tôn giáo"
				v.text, r.row.Religion = parts[0], code
			}
		}
		code, ok := ethnicities.find(v.text) // Co is a people, "có" a mark
		if !ok {
			code, ok = ethnicities.find(r.told(v))
		}
		if !ok {
			suggestion := "Kinh"
			if isMark(r.plain(v.text)) { // "x" under "Dân tộc thiểu số": which one?
				suggestion = "Bru-Vân Kiều"
			}
			r.say(v, "ethnicity_unknown", false, suggestion)
		}
		r.row.Ethnicity = code
	}
	if v := r.first(vals, models.FieldReligion); v.text != "" {
		code, ok := religions.find(r.told(v))
		if !ok {
			r.say(v, "religion_unknown", false, "Không")
		}
		r.row.Religion = code
	}
}

func (r *reader) readParty(vals []value) {
	mark := r.first(vals, models.FieldParty)
	date := r.first(vals, models.FieldPartyDate)
	for _, v := range []value{mark, date} {
		key := r.plain(v.text)
		switch {
		case v.text == "":
		case saysNo(key) || key == "quan chung" || key == "qc" || isMark(key) && saysNo(r.plain(r.told(v))):
			if r.row.Party == models.NotKnown {
				r.row.Party = models.No
			}
		case isMark(key) || key == "dang vien" || key == "dv" || key == "da ket nap":
			r.row.Party = models.Yes
		default:
			d, problem, suggestion := readDate(v, r.wb.mac1904, r.m.AsOf, false)
			if problem != "" {
				r.say(v, "party_date_unreadable", false, suggestion)
				continue
			}
			r.row.Party, r.row.PartyDate = models.Yes, d
		}
	}
}
