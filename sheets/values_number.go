package sheets

import (
	"regexp"
	"strconv"
	"strings"

	"datchuan/models"
)

// prefixes2018 are the mobile codes of eleven digits that became ten between 15/9 and 15/11/2018.
var prefixes2018 = loadPrefixes()

func loadPrefixes() map[string]string {
	out := map[string]string{}
	for _, row := range table("phone-prefixes-2018.csv") {
		out[row[1]] = row[2]
	}
	return out
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

var (
	phoneSplit  = regexp.MustCompile(`[/;,|\n]|\s(?:hoặc|và)\s`)
	phoneInside = regexp.MustCompile(`[0-9+][0-9 .\-]{7,}[0-9]`)
	phoneSigns  = regexp.MustCompile(`^[0-9+().\-–\s']+$`)
	mobile      = regexp.MustCompile(`^0[35789][0-9]{8}$`)
	landline    = regexp.MustCompile(`^02[0-9]{9}$`)
	oldMobile   = regexp.MustCompile(`^01[2689][0-9]{8}$`)
)

// phoneReform is the last day on which the old mobile codes still rang; landlineReform that of code 052.
const (
	phoneReform    models.Date = 20181115
	landlineReform models.Date = 20170211
)

// readPhones reads the numbers of a cell as they were dialled on the roster's day, today when it is not known; rest is what could not be read.
func readPhones(text string, asOf models.Date) (phones []string, rest string) {
	for _, piece := range phoneSplit.Split(text, -1) {
		piece = strings.TrimSpace(piece)
		if piece == "" {
			continue
		}
		if !phoneSigns.MatchString(piece) {
			inside := phoneInside.FindString(piece)
			rest += strings.Trim(strings.Replace(piece, inside, "", 1), " ().:-")
			piece = inside
		}
		if piece == "" {
			continue
		}
		digits := digitsOf(piece)
		if n, ok := onePhone(digits, asOf); ok {
			phones = append(phones, n)
			continue
		}
		// Two numbers with nothing but a blank or a dash between them.
		split := false
		for cut := 9; cut <= 11 && cut < len(digits); cut++ {
			a, ok1 := onePhone(digits[:cut], asOf)
			b, ok2 := onePhone(digits[cut:], asOf)
			if ok1 && ok2 && len(digits) >= 19 {
				phones, split = append(phones, a, b), true
				break
			}
		}
		if !split {
			rest += piece
		}
	}
	return phones, rest
}

func onePhone(d string, asOf models.Date) (string, bool) {
	if strings.HasPrefix(d, "84") && len(d) >= 11 {
		d = "0" + d[2:]
	}
	if len(d) == 9 && strings.ContainsAny(d[:1], "35789") || len(d) == 10 && d[0] == '1' {
		d = "0" + d // Excel took the zero
	}
	if oldMobile.MatchString(d) {
		if asOf > 0 && asOf <= phoneReform {
			return d, true // right for its time
		}
		if to := prefixes2018[d[:4]]; to != "" {
			return to + d[4:], true
		}
		return "", false
	}
	if strings.HasPrefix(d, "052") && len(d) == 10 && asOf > 0 && asOf < landlineReform {
		return "0232" + d[3:], true
	}
	return d, mobile.MatchString(d) || landline.MatchString(d)
}

func (r *reader) readPhone(v value) {
	if v.text == "" || saysNo(r.plain(v.text)) {
		return
	}
	phones, rest := readPhones(v.text, r.m.AsOf)
	r.row.PhoneRaw = cut(v.text, 60)
	if len(phones) == 0 {
		r.say(v, "phone_unreadable", false, "")
		return
	}
	if rest != "" {
		r.say(v, "phone_partly", false, "")
	}
	if len(phones) > 1 {
		r.say(v, "phone_second", false, phones[0])
	}
	if strings.HasPrefix(phones[0], "052") && r.m.AsOf == 0 {
		r.say(v, "phone_052", false, "0232"+phones[0][3:])
	}
	r.row.Phone = phones[0]
	if r.row.PhoneRaw == r.row.Phone {
		r.row.PhoneRaw = ""
	}
}

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

var (
	identitySigns  = regexp.MustCompile(`^[0-9.\-\s']+$`)
	identityLabel  = regexp.MustCompile(`(?i)^(?:số\s*)?(?:cmnd|cmt|cccd|căn cước)(?:\s*số)?\s*[:.]?\s*`)
	identityInside = regexp.MustCompile(`(?:^|[^0-9])(?:[0-9]{12}|[0-9]{9})(?:$|[^0-9])`)
)

// readIdentity reads a CMND (9 digits) or CCCD (12); zeros that Excel took are put back and reported.
func (r *reader) readIdentity(v value) {
	if v.text == "" || saysNo(r.plain(v.text)) {
		return
	}
	text := identityLabel.ReplaceAllString(v.text, "")
	d := digitsOf(text)
	if !identitySigns.MatchString(text) || d == "" {
		r.say(v, "identity_unreadable", true, digitsOf(identityInside.FindString(text)))
		return
	}
	full := d
	switch len(d) {
	case 9, 12:
	case 8:
		full = "0" + d
	case 10, 11:
		full = strings.Repeat("0", 12-len(d)) + d
	default:
		r.say(v, "identity_length", true, "", "length", strconv.Itoa(len(d)))
		return
	}
	if full != d {
		r.say(v, "identity_zero", false, full)
	}
	r.row.Identity = full
	if len(full) == 12 {
		r.checkCCCD(v, full)
	}
}

// checkCCCD compares digit 4 (century and sex) and digits 5-6 (year of birth) with the rest of the row. Warnings only:
// the twelve-digit CMND of 2012-2015 doesn't follow the rule (text.md section 8).
func (r *reader) checkCCCD(v value, id string) {
	sign := id[3] - '0'
	if r.row.Sex != "" && sign <= 3 {
		if female := sign%2 == 1; female != (r.row.Sex == models.Female) {
			r.say(v, "identity_sex", false, "")
		}
	}
	if r.row.Birth != 0 && sign <= 3 {
		year := 1900 + int(sign/2)*100 + int(id[4]-'0')*10 + int(id[5]-'0')
		if year != r.row.Birth.Year() {
			r.say(v, "identity_birth", false, "", "year", strconv.Itoa(year))
		}
	}
}
