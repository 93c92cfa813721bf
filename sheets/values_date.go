package sheets

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"datchuan/models"
)

var (
	numbersIn = regexp.MustCompile(`[0-9]+`)
	onlyYear  = regexp.MustCompile(`^[^0-9]*((?:19|20)[0-9]{2})[^0-9]*(?:\([^)]*\))?$`)
	isoDate   = regexp.MustCompile(`^((?:19|20)[0-9]{2})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?(?:[T ].*)?$`)
	wordDate  = regexp.MustCompile(`^(?:sinh )?(?:ngay )?(?:([0-9]{1,2}) )?thang ([0-9]{1,2}) nam ([0-9]{4}|[0-9]{2})$`)
	cutDate   = regexp.MustCompile(`^[~≈'"\s]*([0-9]{1,2}\s*[-/.,\\ ]\s*)?([0-9]{1,2})\s*[-/.,\\ ]\s*([0-9]{4}|[0-9]{2})\s*(?:[(;,].*)?$`)
	glued     = regexp.MustCompile(`^[0-9]{7,8}$`)
)

// Serials of Excel that can be dates of living people: 1 January 1910 to the end of 2060.
const (
	firstSerial = 3654
	lastSerial  = 58_800
	offset1904  = 1462 // days between the two date systems
)

// readDate reads a date in any form offices write: dd/mm/yyyy with any separator, mm/yyyy, yyyy, words, Excel serials of
// both systems, two-digit years. Never mm/dd. problem is "" or the tail of a finding code: unreadable, month_first,
// not_in_calendar, year_ambiguous. suggestion is a form that would be accepted, when one is likely meant.
func readDate(v value, mac1904 bool, asOf models.Date, birth bool) (d models.PartialDate, problem, suggestion string) {
	text := strings.TrimSpace(v.text)
	if v.cell.kind == numberCell {
		if d, ok := serialDate(text, mac1904); ok {
			return d, "", ""
		}
	}
	key := plain(text)
	switch {
	case isoDate.MatchString(text):
		p := isoDate.FindStringSubmatch(text)
		return civil(p[3], p[2], p[1], asOf, birth)
	case wordDate.MatchString(key):
		p := wordDate.FindStringSubmatch(key)
		return civil(p[1], p[2], p[3], asOf, birth)
	case onlyYear.MatchString(text):
		return civil("", "", onlyYear.FindStringSubmatch(text)[1], asOf, birth)
	case cutDate.MatchString(text):
		p := cutDate.FindStringSubmatch(text)
		return civil(numbersIn.FindString(p[1]), p[2], p[3], asOf, birth)
	case glued.MatchString(text):
		text = fmt.Sprintf("%08s", text)
		return civil(text[:2], text[2:4], text[4:], asOf, birth)
	case len(text) == 2 && numbersIn.FindString(text) == text:
		return civil("", "", text, asOf, birth)
	}
	return 0, "unreadable", ""
}

// serialDate reads a number of a date column: a year stays a year (text.md section 6), larger ones are serials.
func serialDate(text string, mac1904 bool) (models.PartialDate, bool) {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, false
	}
	n := int(math.Floor(f))
	if n >= 1900 && n <= 2100 && f == math.Floor(f) {
		return models.PartialDate(n * 10000), true
	}
	if mac1904 {
		n += offset1904
	}
	if n < firstSerial || n > lastSerial {
		return 0, false
	}
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
	return models.PartialDate(t.Year()*10000 + int(t.Month())*100 + t.Day()), true
}

// civil puts a date together; a day or month of 00 is "not known".
func civil(day, month, year string, asOf models.Date, birth bool) (models.PartialDate, string, string) {
	d, _ := strconv.Atoi(day)
	m, _ := strconv.Atoi(month)
	y, _ := strconv.Atoi(year)
	if len(year) == 2 {
		full, ok := century(y, asOf, birth)
		if !ok {
			return 0, "year_ambiguous", writeDate(d, m, 1900+y)
		}
		y = full
	}
	if m == 0 {
		d = 0
	}
	switch {
	case m > 12 && d >= 1 && d <= 12:
		return 0, "month_first", writeDate(m, d, y)
	case y < 1900 || y > 2100:
		return 0, "unreadable", ""
	}
	p := models.PartialDate(y*10000 + m*100 + d)
	if !p.Valid() {
		return 0, "not_in_calendar", strconv.Itoa(y)
	}
	return p, "", ""
}

func writeDate(d, m, y int) string { return models.PartialDate(y*10000 + m*100 + d).VN() }

// century completes a two-digit year: for a birth 20xx only where it gives an age of 18 to 70 on the roster's day, else
// 19xx; for other dates the latest year not after that day. Without a day, years under 30 can't be decided.
func century(yy int, asOf models.Date, birth bool) (int, bool) {
	switch {
	case yy >= 30:
		return 1900 + yy, true
	case asOf == 0:
		return 0, false
	case birth && asOf.Year()-(2000+yy) >= 18:
		return 2000 + yy, true
	case birth:
		return 1900 + yy, asOf.Year()-(1900+yy) <= 100
	case 2000+yy <= asOf.Year():
		return 2000 + yy, true
	}
	return 1900 + yy, true
}
