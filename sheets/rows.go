package sheets

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"datchuan/models"
)

var (
	footerCount = regexp.MustCompile(`(?:danh sach (?:nay )?(?:co|gom)|an dinh danh sach(?: nay)?(?: co| gom)?|tong cong danh sach(?: co)?)[^0-9]*([0-9]+)`)
	footer      = regexp.MustCompile(`^(?:danh sach (?:nay )?(?:co|gom)|an dinh danh sach|nguoi lap|noi nhan|xac nhan|t ?m (?:ban|btv|hoi|dang)|t ?l (?:ban|btv)|kt chu tich|ki ten|thu ki|can bo lap|lap bieu)`)
	dateLine    = regexp.MustCompile(`(?:^| )ngay [0-9 ]*thang [0-9 ]*nam [0-9 ]*$`) // alone in its row
	totals      = regexp.MustCompile(`^(?:tổng|cộng|tong cong|tong so)(?:[ :.]|$)`)  // with accents: Tống is a family name
	enumerator  = regexp.MustCompile(`^\s*(?:[IVXLivxl]+|[A-Za-z]|[0-9]{1,3})\s*[.)/:\-–]+\s*`)
	letter      = regexp.MustCompile(`^[A-Z]\s*[.)]?$`)
	onlyPost    = whole(`(?:cac |danh sach )?(?:chi hoi truong|chi hoi pho|to truong|to pho)(?: (?:chi hoi|to|phu nu|va|cac))*`)
	roman       = regexp.MustCompile(`^[IVXL]+\s*[.)]?$`)
	afterName   = regexp.MustCompile(`\s*(?:[:(].*|[-–]?\s*[0-9]+ (?:người|đ/c|đồng chí|cán bộ|xã).*)$`)

	hoiPrefix = regexp.MustCompile(`(?i)^hội (?:lhpn|liên hiệp phụ nữ|phụ nữ)\s+(?:việt nam\s+)?`)
)

// kindPatterns tell the kind of a unit from its first words. Accents count, for Tô, Bàn, Xa and Phương are family names;
// the second pattern is for texts written wholly without accents.
var kindPatterns = []struct {
	kind            models.UnitKind
	accented, plain *regexp.Regexp
}{
	{models.District, unitPattern(`huyện|thị xã|thành phố|tp|tx`), unitPattern(`huyen|thi xa|thanh pho|tp|tx`)},
	{models.Commune, unitPattern(`xã|phường|thị trấn|tt`), unitPattern(`xa|phuong|thi tran|tt`)},
	{models.Branch, unitPattern(`chi hội|thôn|bản|tổ dân phố|tdp|khu phố|xóm`), unitPattern(`chi hoi|thon|ban|to dan pho|tdp|khu pho|xom`)},
	{models.Group, unitPattern(`tổ phụ nữ|tổ pn|tổ`), unitPattern(`to phu nu|to pn|to`)},
}

func unitPattern(words string) *regexp.Regexp {
	return regexp.MustCompile(`^(?:hội (?:lhpn|liên hiệp phụ nữ|phụ nữ) |hoi (?:lhpn|lien hiep phu nu|phu nu) )?(?:` + words + `)\.? ?[\pL0-9]`)
}

// kindOf is the kind of unit that a text names, "" when it doesn't say.
func kindOf(text string) models.UnitKind {
	lower := strings.ToLower(models.Clean(text))
	bare := strings.IndexFunc(lower, func(r rune) bool { return r > unicode.MaxASCII }) < 0
	for _, k := range kindPatterns {
		if p := k.accented.FindString(lower); p != "" && wordEnds(p) {
			return k.kind
		}
		if bare && !strings.Contains(lower, " thi ") {
			if p := k.plain.FindString(lower); p != "" && wordEnds(p) {
				return k.kind
			}
		}
	}
	return ""
}

// wordEnds tells whether a match of unitPattern ends one letter into a new word: "xã M", "TP.Đ", not "xạ".
func wordEnds(match string) bool {
	r := []rune(match)
	return len(r) > 1 && (r[len(r)-2] == ' ' || r[len(r)-2] == '.')
}

// aside handles rows that are not people: footers, totals, headings. It tells whether the row was one.
func (r *reader) aside(row sheetRow, texts []value, number, name value) bool {
	numbered := ordinal.MatchString(number.text) && name.text != ""
	for _, t := range texts {
		if numbered {
			break // a person, or a heading with a number
		}
		key := r.plain(t.text)
		if m := footerCount.FindStringSubmatch(key); m != nil {
			r.count(row, t, m[1])
			r.ended = true
			return true
		}
		if footer.MatchString(key) || len(texts) == 1 && dateLine.MatchString(key) {
			r.ended = true
			return true
		}
		if totals.MatchString(strings.ToLower(t.text)) {
			return true
		}
	}
	if r.ended && r.since > 0 && len(texts) == 1 && kindOf(texts[0].text) != models.District {
		return false
	}
	// The heading is the longest text; besides it only a number and perhaps a count may stand in the row.
	head := texts[0]
	for _, t := range texts {
		if len(t.text) > len(head.text) {
			head = t
		}
	}
	if len(texts) > 3 || len(texts) == 3 && texts[2].cell.kind != numberCell {
		return false
	}
	text := models.Clean(afterName.ReplaceAllString(enumerator.ReplaceAllString(head.text, ""), ""))
	return r.heading(row, text, head, number, len(texts), name)
}

// counts handles totals and headings that carry a figure in many columns: "Tổng cộng", "I | Huyện Lệ Thủy | 28 | 10 | ...".
func (r *reader) counts(row sheetRow, vals []value, number, name value) bool {
	numbered := ordinal.MatchString(number.text) && name.text != ""
	if !numbered && (totals.MatchString(strings.ToLower(name.text)) || totals.MatchString(strings.ToLower(number.text))) {
		return true
	}
	head := name
	for _, field := range []models.RosterField{models.FieldUnit, models.FieldDistrict, models.FieldBranch, models.FieldNumber} {
		if head.text == "" && !ordinal.MatchString(number.text) { // with a number it is a person without a name
			head = r.first(vals, field)
		}
	}
	if head.text == "" {
		head = number
	}
	if name.text == "" && totals.MatchString(strings.ToLower(head.text)) {
		return true
	}
	text := models.Clean(afterName.ReplaceAllString(enumerator.ReplaceAllString(head.text, ""), ""))
	if kind := kindOf(text); kind != models.District && kind != models.Commune {
		return false
	}
	for _, v := range vals {
		if v.addr != head.addr && v.addr != number.addr && v.field != models.FieldIgnore && strings.Trim(v.text, "0123456789") != "" {
			return false
		}
	}
	return r.heading(row, text, head, number, len(row.cells), name)
}

// heading remembers what a heading row says of the people below it.
func (r *reader) heading(row sheetRow, text string, head, number value, cells int, name value) bool {
	kind := kindOf(text)
	bare := hoiPrefix.ReplaceAllString(text, "")
	isRoman := roman.MatchString(number.text) || roman.MatchString(strings.TrimSpace(enumerator.FindString(head.text)))
	numbered := ordinal.MatchString(number.text) && name.text == head.text
	switch {
	case !numbered && cells <= 3 && onlyPost.MatchString(r.plain(text)): // not a branch called "Trưởng"
		r.position, _ = r.positionOf(text)
	case kind == models.District:
		r.district, r.commune, r.branch, r.group, r.position = bare, "", "", "", ""
	case kind == models.Commune:
		r.commune, r.branch, r.group, r.position = bare, "", "", ""
	case kind == models.Branch && !numbered:
		r.branch, r.group = text, ""
	case kind == models.Group && !numbered:
		r.group = text
	case !numbered && cells <= 2 && r.isPositionHeading(text):
		r.position, _ = r.positionOf(text)
	case isRoman && cells <= 3 && text != "":
		r.guessHeading(row, bare, head)
	case letter.MatchString(number.text) && cells <= 2 && text != "":
		r.position = "" // a section of the list, whatever it is: what the one above said is over
		r.skipped(row, []value{head})
	default:
		return false
	}
	r.ended = false
	return true
}

// guessHeading reads a heading with a Roman number and a bare name: a district where a column names the commune.
func (r *reader) guessHeading(row sheetRow, text string, head value) {
	as := "commune"
	if len(r.named[models.FieldUnit]) > 0 && len(r.named[models.FieldDistrict]) == 0 {
		as, r.district = "district", text
	} else {
		r.commune = text
	}
	r.branch, r.group, r.position = "", "", ""
	r.file(models.Finding{Row: row.n, Cell: head.addr, Value: head.text, Code: "roster.heading_guessed_" + as})
}

// isPositionHeading tells whether a text is nothing but the name of a position.
func (r *reader) isPositionHeading(text string) bool {
	code, _ := r.positionOf(text)
	return code != "" && len(strings.Fields(text)) <= 9
}

// count compares "Danh sách này có 33 người" with the people read since the last footer.
func (r *reader) count(row sheetRow, t value, said string) {
	if said != strconv.Itoa(r.since) {
		r.file(models.Finding{Row: row.n, Cell: t.addr, Value: t.text, Code: "roster.count_differs",
			Params: map[string]string{"said": said, "read": strconv.Itoa(r.since)}})
	}
	r.since = 0
}

// duplicates names, for each row that seems to repeat another, the row it repeats.
func (r *reader) duplicates() {
	byIdentity, byPerson := map[string]int{}, map[string]int{}
	for i := range r.rows {
		row := &r.rows[i]
		r.row = row
		if row.Identity != "" {
			if j, ok := byIdentity[row.Identity]; ok {
				other := r.rows[j]
				v := value{text: row.Identity, addr: row.Cells[models.FieldIdentity], field: models.FieldIdentity}
				same := models.MatchKey(other.Name) == models.MatchKey(row.Name)
				if same {
					r.say(v, "identity_twice", false, "", "row", strconv.Itoa(other.Row))
				} else {
					r.say(v, "identity_of_other", true, "", "row", strconv.Itoa(other.Row), "name", other.Name)
				}
				continue
			}
			byIdentity[row.Identity] = i
		}
		if row.Name == "" {
			continue
		}
		key := models.MatchKey(row.Name) + "|" + row.Birth.String() + "|" + models.MatchKey(row.Commune) + "|" + models.MatchKey(row.District)
		if j, ok := byPerson[key]; ok {
			other := r.rows[j]
			if row.Identity == "" || other.Identity == "" || row.Identity == other.Identity {
				v := value{text: row.Name, addr: row.Cells[models.FieldName], field: models.FieldName}
				r.say(v, "person_twice", false, "", "row", strconv.Itoa(other.Row))
			}
			continue
		}
		byPerson[key] = i
	}
	r.row = nil
}

// fillers warns when many births are 1 January: then most are a year with a filler (text.md section 6).
func (r *reader) fillers() {
	exact, filler := 0, 0
	for i := range r.rows {
		if b := r.rows[i].Birth; b.Exact() {
			exact++
			if b.Month() == 1 && b.Day() == 1 {
				filler++
			}
		}
	}
	if filler >= 5 && filler*5 >= exact {
		r.file(models.Finding{Code: "roster.birth_fillers", Field: models.FieldBirth,
			Params: map[string]string{"count": strconv.Itoa(filler), "of": strconv.Itoa(exact)}})
	}
}
