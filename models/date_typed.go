package models

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	typedVietnamese = regexp.MustCompile(`^(?:(?:(\d{1,2})[/.\- ])?(\d{1,2})[/.\- ])?(\d{4})$`)
	typedISO        = regexp.MustCompile(`^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$`)
	typedDigits     = regexp.MustCompile(`^(\d{2})(\d{2})(\d{4})$`)
)

// ReadPartialDate reads a date as people type it in a form: day first (1/3/2013, 01.03.2013, 01032013), a month
// (3/2013), a year, or yyyy-mm-dd. Empty text is the zero date. A day that the calendar lacks is an error.
func ReadPartialDate(s string) (PartialDate, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, nil
	}
	var day, month, year string
	if m := typedVietnamese.FindStringSubmatch(s); m != nil {
		day, month, year = m[1], m[2], m[3]
	} else if m := typedISO.FindStringSubmatch(s); m != nil {
		day, month, year = m[3], m[2], m[1]
	} else if m := typedDigits.FindStringSubmatch(s); m != nil {
		day, month, year = m[1], m[2], m[3]
	} else {
		return 0, errDate
	}
	p := PartialDate(number(year)*10000 + number(month)*100 + number(day))
	if !p.Valid() || (day != "" && number(day) == 0) || (month != "" && number(month) == 0) {
		return 0, errDate
	}
	return p, nil
}

// ReadDate is ReadPartialDate for a whole date.
func ReadDate(s string) (Date, error) {
	p, err := ReadPartialDate(s)
	if err != nil || (p != 0 && !p.Exact()) {
		return 0, errDate
	}
	return Date(p), nil
}

// number reads digits that a pattern has checked; none are 0.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
