package sheets

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"datchuan/models"
)

// Days of training in the longer units of time: a working month and a working week, as courses are held.
const (
	daysOfMonth = 22
	daysOfWeek  = 5
	hoursOfDay  = 8
)

var (
	spanIn  = regexp.MustCompile(`([0-9]{1,3}) ?(ngay|thang|tuan|buoi|tiet|gio|n|th|t)(?: |$)`)
	unitIn  = regexp.MustCompile(`thang|tuan|buoi|tiet|gio`) // in a heading: "Số buổi tập huấn"
	fewer   = words(`duoi|chua du|it hon|chua den|chua toi|chua duoc [0-9]+|nho hon`)
	giverBy = []struct {
		giver models.Giver
		words *regexp.Regexp
	}{
		{models.ByCentre, words(`trung uong|tw|hoc vien|t u`)}, {models.ByProvince, words(`tinh|cap tinh`)},
		{models.ByDistrict, words(`huyen|cap huyen|thi xa|thanh pho|tp`)}, {models.ByCommune, words(`xa|co so|cap xa`)},
	}
)

// readTraining reads training in Hội work: days where told, "chưa" as a declared none.
func (r *reader) readTraining(vals []value) {
	for _, i := range r.named[models.FieldTraining] {
		if told := r.told(vals[i]); r.tellsDays(told) {
			vals[i].text, vals[i].cell = told, cell{kind: textCell} // a mark under "Từ 10 ngày trở lên", "Chưa"
		}
	}
	v := r.joined(vals, models.FieldTraining, "; ")
	if v.text == "" {
		return
	}
	key := r.plain(v.text)
	less := fewer.MatchString(key) || strings.ContainsAny(v.text, "<≤")
	read := models.TrainingRead{Attended: true, Text: cut(v.text, 200)}
	for _, g := range giverBy {
		if g.words.MatchString(key) {
			read.Giver = g.giver
			break
		}
	}
	n, err := strconv.Atoi(key)
	switch {
	case less:
		r.say(v, "training_fewer", false, "")
	case saysNo(key) || strings.HasPrefix(key, "chua "):
		read = models.TrainingRead{Text: read.Text}
	case isMark(key) && v.cell.kind != numberCell:
	case err == nil && n > 0 && n <= 365:
		read.Days = daysIn(key, unitIn.FindString(r.plain(r.m.Columns[v.col].Header)))
	case err == nil && n >= 1990 && n <= 2100: // only the year of the course
	default:
		for _, p := range spanIn.FindAllStringSubmatch(key, -1) {
			read.Days += daysIn(p[1], p[2])
		}
		if read.Days == 0 {
			r.say(v, "training_days_unknown", false, "10 ngày")
		}
	}
	r.row.Training = &read
}

// tellsDays tells whether a text says how long somebody was trained, or that she was not.
func (r *reader) tellsDays(text string) bool {
	key := r.plain(text)
	return saysNo(key) || fewer.MatchString(key) || spanIn.MatchString(key)
}

func daysIn(number, unit string) int {
	n, _ := strconv.Atoi(number)
	switch unit {
	case "thang", "th", "t":
		return n * daysOfMonth
	case "tuan":
		return n * daysOfWeek
	case "buoi":
		return (n + 1) / 2
	case "tiet", "gio":
		return n / hoursOfDay
	}
	return n
}

// study keeps the highest course being attended and tells of a second one.
func (r *reader) study(s models.StudyRead, v value) {
	s.Text = cut(s.Text, 200)
	if old := r.row.Studying; old != nil {
		r.say(v, "study_second", false, "", "kept", old.Text)
		if old.Kind != s.Kind || old.Level >= s.Level {
			return
		}
	}
	r.row.Studying = &s
}

var (
	politicalWords = words(`llct|li luan|chinh tri|tcct|tcllct|cc chinh tri`)
	stateWords     = words(`qlnn|quan li nha nuoc`)
	generalWords   = words(`thpt|bo tuc|btvh|gdtx|lop 1[0-2]|lop [6-9]|thcs|van hoa`)
	hoiWords       = words(`nghiep vu( cong tac)? (hoi|phu nu)|cong tac hoi|boi duong nghiep vu|boi duong`)
	computingWords = words(`tin hoc|vi tinh`)
	languageWords  = words(`anh van|tieng anh|ngoai ngu`)
	studyLead      = regexp.MustCompile(`(?i)^(?:hiện\s+)?(?:đang\s+)?(?:theo\s+)?học(?:\s+lớp)?[:\s]+`)
)

// readStudying reads "đang học TC LLCT", "ĐH tại chức", or a mark under a heading that names the course.
func (r *reader) readStudying(vals []value) {
	for _, i := range r.named[models.FieldStudying] {
		v := vals[i]
		key := r.plain(v.text)
		if v.text == "" || saysNo(key) {
			continue
		}
		for _, piece := range pieces.Split(r.told(v), -1) {
			if piece == "" {
				continue
			}
			kind, level, ok := courseOf(r.plain(piece), piece, r.lineAbove(i))
			if !ok {
				r.say(v, "study_unclear", false, "Đang học Trung cấp LLCT")
				continue
			}
			r.study(models.StudyRead{Kind: kind, Level: level, Text: models.Clean(studyLead.ReplaceAllString(piece, ""))}, v)
		}
	}
}

// lineAbove is the line of education that the headings of a column name: "LLCT" over or below "Đang học".
func (r *reader) lineAbove(column int) models.QualKind {
	headings := strings.Split(r.m.Columns[column].Header, " / ")
	for _, h := range slices.Backward(headings) {
		field, _ := fieldOf(plain(h))
		if kind, ok := fieldKind[field]; ok {
			return kind
		}
	}
	return models.Professional
}

// courseOf tells which line of education a course leads to, and to which level; kind when the text names no line.
func courseOf(key, text string, kind models.QualKind) (models.QualKind, int, bool) {
	switch {
	case politicalWords.MatchString(key):
		kind = models.Political
	case stateWords.MatchString(key):
		kind = models.StateManagement
	case hoiWords.MatchString(key):
		return models.HoiTraining, models.Attended, true
	case generalWords.MatchString(key):
		if strings.Contains(key, "thcs") || words("lop [6-9]").MatchString(key) {
			return models.GeneralEducation, models.LowerSecond, true
		}
		return models.GeneralEducation, models.UpperSecond, true
	case computingWords.MatchString(key):
		kind = models.Computing
	case languageWords.MatchString(key):
		kind = models.ForeignLanguage
	}
	level, _, ok := wordedLevel(kind, text)
	return kind, level, ok
}

var (
	termIn   = regexp.MustCompile(`(20[0-9]{2})\s*[-–—/]\s*(20[0-9]{2}|[0-9]{2})`)
	termHead = regexp.MustCompile(`(?i)nhiệm kỳ|\bnk\b`)
)

// readSuccession reads quy hoạch: terms and the position it is for, from the cell or, for a mark, from the heading.
func (r *reader) readSuccession(vals []value) {
	for _, i := range r.named[models.FieldSuccession] {
		v := vals[i]
		key := r.plain(v.text)
		if v.text == "" || saysNo(key) {
			continue
		}
		text := v.text
		if isMark(key) || len(termIn.FindString(text)) == len(text) || termHead.MatchString(text) {
			text += " " + r.m.Columns[i].Header
		}
		terms := termsIn(text)
		if len(terms) == 0 {
			terms = termsIn(r.m.Columns[i].Header)
		}
		code, _ := r.positionOf(termIn.ReplaceAllString(stripSuccession(text), " "))
		if len(terms) == 0 && code == "" {
			r.say(v, "succession_unclear", false, "Chủ tịch 2016-2021")
			continue
		}
		if len(terms) == 0 {
			r.say(v, "succession_without_term", false, r.told(v)+" 2016-2021")
		}
		for _, term := range terms {
			if !slices.Contains(r.row.Terms, term) {
				r.row.Terms = append(r.row.Terms, term)
			}
		}
		if r.row.PlanFor == "" {
			r.row.PlanFor = code
		}
	}
}

var successionWords = regexp.MustCompile(`(?i)quy hoạch|\bqh\b|nguồn|nhiệm kỳ|\bnk\b|chức danh|/`)

func stripSuccession(s string) string { return models.Clean(successionWords.ReplaceAllString(s, " ")) }

func termsIn(text string) []string {
	var out []string
	for _, p := range termIn.FindAllStringSubmatch(text, -1) {
		to := p[2]
		if len(to) == 2 {
			to = p[1][:2] + to
		}
		out = append(out, p[1]+"-"+to)
	}
	return out
}
