package sheets

import (
	"regexp"
	"strconv"
	"strings"

	"datchuan/models"
)

// levelWord is how a level is written, over folded words.
type levelWord struct {
	level int
	words *regexp.Regexp
}

var levelWords = map[models.QualKind][]levelWord{
	models.Professional: {
		{models.College, words(`cu nhan cao dang|cu nhan cd`)},
		{models.Doctor, words(`tien si|ts`)},
		{models.Master, words(`thac si|ths|th s|cao hoc|sau dai hoc|tren dai hoc|tren dh|sau dh`)},
		{models.University, words(`dai hoc|dh|d h|dhsp|cu nhan|ki su|bac si|duoc si|ks|bs`)},
		{models.College, words(`cao dang|cd|c d|cdsp|cdn`)},
		{models.Intermediate, words(`trung cap|tc|t c|thcn|tccn|thsp|tcsp|trung hoc chuyen nghiep|trung hoc|tcn|ki thuat vien|y si`)},
		{models.Elementary, words(`so cap|sc|s c|scn|cong nhan ki thuat|cnkt|y ta`)},
	},
	models.Political: {
		{models.BachelorPolitical, words(`cu nhan|cn|c n`)},
		{models.AdvancedPolitical, words(`cao cap|cc|c c|cccc`)},
		{models.Intermediate, words(`trung cap|tc|t c|tcct|tcllct`)},
		{models.Elementary, words(`so cap|sc|s c|scct|scllct`)},
	},
	models.StateManagement: {
		{5, words(`chuyen vien cao cap|cvcc`)},
		{4, words(`chuyen vien chinh|cvc`)},
		{3, words(`chuyen vien|cv|ngach cv`)},
		{2, words(`can su|cs`)},
		{1, words(`boi duong|bd|xa|cap xa|da qua`)},
	},
	models.Computing: {
		{3, words(`c|nang cao|dai hoc|cao dang|trung cap`)},
		{2, words(`b`)},
		{1, words(`a|co ban|cb|van phong|thvp|biet|ud cntt|ung dung|cc`)},
	},
	models.ForeignLanguage: {
		{6, words(`c2|bac 6`)}, {5, words(`c1|bac 5`)}, {4, words(`b2|bac 4|d|dai hoc|dh|cu nhan`)},
		{3, words(`b1|bac 3|c`)}, {2, words(`a2|bac 2|b`)}, {1, words(`a1|bac 1|a`)},
	},
	models.EthnicLanguage: {{1, words(`biet|giao tiep|thanh thao|chung chi|co|bru|van kieu|chut`)}},
}

var (
	gradeOf   = regexp.MustCompile(`(?:^|[^0-9])([0-9]{1,2})\s*/\s*(10|12)(?:[^0-9]|$)`)
	gradeOnly = regexp.MustCompile(`^(?:lop )?([0-9]{1,2})$`)
	studies   = words(`dang hoc|dang theo hoc|hoc vien|sinh vien|dang hoc lop|dang dao tao|chua tot nghiep|chua ra truong`)
	pieces    = regexp.MustCompile(`\s*[,;+\n]\s*|\s+[-–]\s+`)
	generalBy = []levelWord{
		{models.UpperSecond, words(`thpt|ptth|cap 3|cap iii|c3|trung hoc pho thong|btthpt|tn thpt|btth|pttrung hoc`)},
		{models.LowerSecond, words(`thcs|ptcs|cap 2|cap ii|c2|trung hoc co so|btthcs`)},
		{models.Primary, words(`tieu hoc|cap 1|cap i|c1|th`)},
		{models.CanRead, words(`biet chu|biet doc|biet viet|xoa mu|xmc`)},
		{models.NoLevel, words(`mu chu|chua biet chu|khong biet chu`)},
	}
)

// gradeLevel is the level finished by who left after a grade of the ten-year or the twelve-year school (standards.md
// section 4): 4/10, 7/10, 10/10 and 5/12, 9/12, 12/12 finish a level.
func gradeLevel(grade, of int) int {
	ends := [3]int{5, 9, 12}
	if of == 10 {
		ends = [3]int{4, 7, 10}
	}
	switch {
	case grade >= ends[2]:
		return models.UpperSecond
	case grade >= ends[1]:
		return models.LowerSecond
	case grade >= ends[0]:
		return models.Primary
	case grade >= 1:
		return models.CanRead
	}
	return models.NoLevel
}

// readLevels reads every line of education: columns of marks first, then written levels.
func (r *reader) readLevels(vals []value) {
	for _, field := range []models.RosterField{models.FieldGeneral, models.FieldProfession, models.FieldPolitical, models.FieldState,
		models.FieldComputing, models.FieldForeign, models.FieldEthnicLang} {
		kind := fieldKind[field]
		for _, i := range r.named[field] {
			if v := vals[i]; v.text != "" {
				r.readLevel(kind, v, r.m.Columns[i])
			}
		}
	}
	r.readProfField(r.joined(vals, models.FieldProfField, "; "))
}

func (r *reader) readProfField(v value) {
	if v.text == "" || saysNo(r.plain(v.text)) {
		return
	}
	read, ok := r.row.Levels[models.Professional]
	if !ok {
		// "Ngành: ĐH Luật" with an empty level column tells both.
		if level, field, found := wordedLevel(models.Professional, v.text); found {
			r.setLevel(models.Professional, level, field)
			return
		}
		r.say(v, "field_without_level", false, "")
		return
	}
	read.Field = cut(v.text, 160)
	r.row.Levels[models.Professional] = read
}

// setLevel keeps the highest level told of a kind.
func (r *reader) setLevel(kind models.QualKind, level int, field string) {
	if r.row.Levels == nil {
		r.row.Levels = map[models.QualKind]models.LevelRead{}
	}
	if old, ok := r.row.Levels[kind]; ok && old.Level >= level {
		return
	}
	r.row.Levels[kind] = models.LevelRead{Level: level, Field: cut(field, 160)}
}

func (r *reader) readLevel(kind models.QualKind, v value, m ColumnMap) {
	key := r.plain(v.text)
	m.Level = min(max(m.Level, models.NoLevel), models.MaxLevel(kind)) // a mapping comes from outside
	switch {
	case m.Mark && isMark(key):
		r.setLevel(kind, m.Level, "")
	case m.Mark && saysNo(key):
	case m.Mark && studies.MatchString(key):
		r.study(models.StudyRead{Kind: kind, Level: m.Level, Text: v.text}, v)
	case m.Mark:
		// A year, a place or a subject under "ĐH" is as good as a mark.
		field := v.text
		if v.cell.kind == numberCell || kind != models.Professional {
			field = ""
		}
		r.setLevel(kind, m.Level, field)
	case saysNo(key):
		r.setLevel(kind, models.NoLevel, "")
	case kind == models.GeneralEducation:
		r.readGeneral(v, key)
	default:
		r.readWorded(kind, v)
	}
}

func (r *reader) readGeneral(v value, key string) {
	if v.cell.kind == numberCell && v.cell.date {
		// Excel took "9/12" for a date: the twelve or the ten is the school, the other number the grade.
		if d, ok := serialDate(v.text, r.wb.mac1904); ok && d.Exact() {
			grade, of := d.Day(), d.Month()
			if of != 12 && (grade == 12 || of != 10) {
				grade, of = of, grade
			}
			if of == 12 || of == 10 {
				text := strconv.Itoa(grade) + "/" + strconv.Itoa(of)
				r.setLevel(models.GeneralEducation, gradeLevel(grade, of), text)
				r.say(v, "grade_was_date", false, text, "grade", text)
				return
			}
		}
	}
	if p := gradeOf.FindStringSubmatch(v.text); p != nil {
		grade, _ := strconv.Atoi(p[1])
		of, _ := strconv.Atoi(p[2])
		if grade > of {
			r.say(v, "grade_too_high", false, "12/12")
			return
		}
		r.setLevel(models.GeneralEducation, gradeLevel(grade, of), v.text)
		return
	}
	for _, w := range generalBy {
		if w.words.MatchString(key) {
			r.setLevel(models.GeneralEducation, w.level, v.text)
			return
		}
	}
	if p := gradeOnly.FindStringSubmatch(key); p != nil {
		grade, _ := strconv.Atoi(p[1])
		if ten, twelve := gradeLevel(min(grade, 10), 10), gradeLevel(grade, 12); grade <= 12 && (ten == twelve || grade > 10) {
			r.setLevel(models.GeneralEducation, twelve, v.text)
			return
		}
		if grade <= 12 {
			r.say(v, "grade_ambiguous", false, p[1]+"/12", "ten", p[1]+"/10", "twelve", p[1]+"/12")
			return
		}
	}
	r.say(v, "level_unclear", false, "12/12")
}

// readWorded reads "ĐH Luật", "TC kế toán, đang học ĐH": the highest level held, and what is being studied.
func (r *reader) readWorded(kind models.QualKind, v value) {
	found := false
	for _, piece := range pieces.Split(v.text, -1) {
		if piece == "" {
			continue
		}
		key := r.plain(piece)
		level, field, ok := wordedLevel(kind, piece)
		switch {
		case studies.MatchString(key) && !ok:
			r.say(v, "study_unclear", false, "Đang học "+levelExample[kind])
			found = true
		case studies.MatchString(key):
			r.study(models.StudyRead{Kind: kind, Level: level, Text: piece}, v)
			found = true
		case ok:
			r.setLevel(kind, level, field)
			found = true
		case saysNo(key):
			r.setLevel(kind, models.NoLevel, "")
			found = true
		}
	}
	key := r.plain(v.text)
	switch {
	case found:
	case isMark(key) && models.MaxLevel(kind) == 1:
		r.setLevel(kind, 1, "")
	case isMark(key) && (kind == models.Computing || kind == models.ForeignLanguage):
		r.setLevel(kind, 1, "")
		r.say(v, "level_lowest_taken", false, "A")
	default:
		r.say(v, "level_unclear", false, levelExample[kind])
	}
}

var levelExample = map[models.QualKind]string{models.Professional: "Trung cấp", models.Political: "Trung cấp",
	models.StateManagement: "Chuyên viên", models.Computing: "A", models.ForeignLanguage: "Anh A", models.EthnicLanguage: "Biết"}

// wordedLevel finds the level in a text; field is the rest of the text as written, without the words of the level.
func wordedLevel(kind models.QualKind, text string) (level int, field string, ok bool) {
	written := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" .:()/", c) })
	key := plain(text)
	if folded := strings.Fields(key); len(folded) == 0 {
		return 0, "", false
	}
	if kind == models.Professional && (strings.HasPrefix(key, "cn ") && key != "cn kt") {
		return models.University, strings.Join(written[1:], " "), true
	}
	for _, w := range levelWords[kind] {
		at := w.words.FindString(key)
		if at == "" {
			continue
		}
		// Positions of folded and written words agree unless punctuation sits inside a word; then no field is cut out.
		folded, n := strings.Fields(key), len(strings.Fields(at))
		if len(folded) == len(written) {
			start := strings.Count(key[:strings.Index(key, strings.TrimSpace(at))], " ")
			written = append(append([]string(nil), written[:start]...), written[start+n:]...)
		}
		return w.level, trimField(strings.Join(written, " ")), true
	}
	return 0, "", false
}

var fieldLead = regexp.MustCompile(`(?i)^(?:ngành|chuyên ngành|về|nghề|llct|lý luận chính trị|chính trị)\s+`)

func trimField(s string) string {
	s = fieldLead.ReplaceAllString(s, "")
	if strings.EqualFold(s, "llct") || strings.EqualFold(s, "lý luận chính trị") || strings.EqualFold(s, "chính trị") {
		return ""
	}
	return s
}
