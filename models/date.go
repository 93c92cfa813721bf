package models

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a civil date without a time zone, packed as yyyymmdd so that it compares, sorts and stores as an integer.
// Zero means "not given". Intervals are half-open: From <= d < To, with To = Forever when open.
type Date int32

// Forever ends an open interval; Beginning starts one whose start nobody wrote down.
const (
	Forever   Date = 99991231
	Beginning Date = 10101
)

var errDate = errors.New("date: want yyyy-mm-dd")

// NewDate packs a date; it does not check the calendar (see Valid).
func NewDate(year, month, day int) Date { return Date(year*10000 + month*100 + day) }

// DateOf is the civil date of t in t's own location.
func DateOf(t time.Time) Date { return NewDate(t.Year(), int(t.Month()), t.Day()) }

// ParseDate reads yyyy-mm-dd strictly: the form of the API and of commands.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return 0, errDate
	}
	return DateOf(t), nil
}

// Year, Month and Day take the date apart.
func (d Date) Year() int  { return int(d) / 10000 }
func (d Date) Month() int { return int(d) / 100 % 100 }
func (d Date) Day() int   { return int(d) % 100 }

// Time is midnight UTC of the date, for arithmetic.
func (d Date) Time() time.Time {
	return time.Date(d.Year(), time.Month(d.Month()), d.Day(), 0, 0, 0, 0, time.UTC)
}

// Valid tells whether the calendar has this date.
func (d Date) Valid() bool { return d > 0 && DateOf(d.Time()) == d }

// AddDays moves by n days; Forever and Beginning stay where they are.
func (d Date) AddDays(n int) Date {
	if d >= Forever || d <= Beginning {
		return d
	}
	return DateOf(d.Time().AddDate(0, 0, n))
}

// AddYears moves by n years; 29 February becomes 1 March in a common year, as offices count.
func (d Date) AddYears(n int) Date {
	if d >= Forever || d <= Beginning {
		return d
	}
	return DateOf(d.Time().AddDate(n, 0, 0))
}

// AddMonths moves by n months, counting an overflowing day into the next month.
func (d Date) AddMonths(n int) Date {
	if d >= Forever || d <= Beginning {
		return d
	}
	return DateOf(d.Time().AddDate(0, n, 0))
}

// String is yyyy-mm-dd, or empty for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year(), d.Month(), d.Day())
}

// VN is dd/mm/yyyy as offices write it, empty for none, Beginning and Forever.
func (d Date) VN() string {
	if d <= Beginning || d >= Forever {
		return ""
	}
	return fmt.Sprintf("%02d/%02d/%04d", d.Day(), d.Month(), d.Year())
}

// MarshalText writes yyyy-mm-dd; Beginning and Forever, being no real dates, are written as empty.
func (d Date) MarshalText() ([]byte, error) {
	if d <= Beginning || d >= Forever {
		return nil, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	*d, err = ParseDate(string(b))
	return err
}

// Span is a half-open interval of civil dates.
type Span struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// Contains tells whether d lies in the interval. A zero To is read as open.
func (s Span) Contains(d Date) bool { return s.From <= d && (s.To == 0 || d < s.To) }

// Overlaps tells whether two intervals share a day.
func (s Span) Overlaps(o Span) bool {
	return (o.To == 0 || s.From < o.To) && (s.To == 0 || o.From < s.To)
}

// PartialDate is a date known to the day, the month or only the year (text.md section 6), packed as yyyymmdd with 00
// for what is not known. Zero means unknown altogether.
type PartialDate int32

// Year, Month (0 when unknown) and Day (0 when unknown) take it apart.
func (p PartialDate) Year() int  { return int(p) / 10000 }
func (p PartialDate) Month() int { return int(p) / 100 % 100 }
func (p PartialDate) Day() int   { return int(p) % 100 }

// Exact tells whether the day is known.
func (p PartialDate) Exact() bool { return p.Day() != 0 }

// Earliest is the first day the date can mean.
func (p PartialDate) Earliest() Date {
	return NewDate(p.Year(), max(p.Month(), 1), max(p.Day(), 1))
}

// Valid tells whether the known parts are a date of the calendar.
func (p PartialDate) Valid() bool {
	if p.Year() < 1 || (p.Month() == 0 && p.Day() != 0) {
		return false
	}
	return p.Earliest().Valid()
}

// VN prints what is known: 1975, 08/1975 or 05/08/1975.
func (p PartialDate) VN() string {
	switch {
	case p == 0:
		return ""
	case p.Month() == 0:
		return strconv.Itoa(p.Year())
	case p.Day() == 0:
		return fmt.Sprintf("%02d/%04d", p.Month(), p.Year())
	}
	return fmt.Sprintf("%02d/%02d/%04d", p.Day(), p.Month(), p.Year())
}

// String is yyyy, yyyy-mm or yyyy-mm-dd.
func (p PartialDate) String() string {
	switch {
	case p == 0:
		return ""
	case p.Month() == 0:
		return fmt.Sprintf("%04d", p.Year())
	case p.Day() == 0:
		return fmt.Sprintf("%04d-%02d", p.Year(), p.Month())
	}
	return fmt.Sprintf("%04d-%02d-%02d", p.Year(), p.Month(), p.Day())
}

// ParsePartialDate reads yyyy, yyyy-mm or yyyy-mm-dd.
func ParsePartialDate(s string) (PartialDate, error) {
	if s == "" {
		return 0, nil
	}
	parts := strings.Split(s, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return 0, errDate
	}
	n := [3]int{}
	for i, part := range parts {
		v, err := strconv.Atoi(part)
		if err != nil || v <= 0 || (i > 0 && len(part) != 2) {
			return 0, errDate
		}
		n[i] = v
	}
	p := PartialDate(n[0]*10000 + n[1]*100 + n[2])
	if !p.Valid() {
		return 0, errDate
	}
	return p, nil
}

// MarshalText and UnmarshalText use the String form.
func (p PartialDate) MarshalText() ([]byte, error) { return []byte(p.String()), nil }
func (p *PartialDate) UnmarshalText(b []byte) (err error) {
	*p, err = ParsePartialDate(string(b))
	return err
}

// AgeOn counts whole years on a date; with only the year known it is the difference of years (text.md section 6).
func (p PartialDate) AgeOn(d Date) int {
	age := d.Year() - p.Year()
	if p.Exact() && d.Month()*100+d.Day() < p.Month()*100+p.Day() {
		age--
	}
	return age
}

// Instant is a moment in microseconds since 1970 UTC: the second time axis ("when did we know"). Never ends an open one.
type Instant int64

// Never is the superseded_at of a row that still stands.
const Never Instant = 1<<63 - 1

// InstantOf packs t.
func InstantOf(t time.Time) Instant { return Instant(t.UnixMicro()) }

// Time is the moment in UTC.
func (i Instant) Time() time.Time { return time.UnixMicro(int64(i)).UTC() }

// MarshalText writes RFC 3339 in UTC, empty for zero and Never.
func (i Instant) MarshalText() ([]byte, error) {
	if i == 0 || i == Never {
		return nil, nil
	}
	return []byte(i.Time().Format(time.RFC3339Nano)), nil
}

// UnmarshalText reads RFC 3339.
func (i *Instant) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*i = 0
		return nil
	}
	t, err := time.Parse(time.RFC3339Nano, string(b))
	if err != nil {
		return err
	}
	*i = InstantOf(t)
	return nil
}

// Hanoi is the civil clock of Vietnam: UTC+7, no summer time. A fixed zone needs no tzdata on the machine.
var Hanoi = time.FixedZone("+07", 7*3600)
