package models

import (
	"encoding/json"
	"testing"
	"time"
)

func TestDateArithmetic(t *testing.T) {
	for _, c := range []struct{ got, want Date }{
		{Date(20130228).AddDays(1), 20130301},
		{Date(20120229).AddYears(1), 20130301},
		{Date(20130131).AddMonths(1), 20130303},
		{Date(20130301).AddDays(-1), 20130228},
		{Forever.AddDays(5), Forever},
		{Beginning.AddYears(5), Beginning},
		{DateOf(time.Date(2013, 3, 1, 20, 0, 0, 0, time.UTC).In(Hanoi)), 20130302},
		{NewDate(2013, 3, 1), 20130301},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
}

func TestDateWords(t *testing.T) {
	for d, want := range map[Date][2]string{
		20130301:  {"2013-03-01", "01/03/2013"},
		0:         {"", ""},
		Forever:   {"9999-12-31", ""},
		Beginning: {"0001-01-01", ""},
	} {
		if got := [2]string{d.String(), d.VN()}; got != want {
			t.Errorf("%d: %q, want %q", d, got, want)
		}
	}
	for d, want := range map[Date]bool{20120229: true, 20130229: false, 20131301: false, 20130100: false, 0: false, Beginning: true, Forever: true} {
		if d.Valid() != want {
			t.Errorf("%d valid: %v", d, !want)
		}
	}
	for _, bad := range []string{"2013-2-1", "2013-02-30", "01/02/2013", "", "2013-03-01T00:00"} {
		if d, err := ParseDate(bad); err == nil {
			t.Errorf("%q read as %s", bad, d)
		}
	}
}

func TestDatesInJSON(t *testing.T) {
	type both struct {
		D Date        `json:"d"`
		P PartialDate `json:"p"`
	}
	for text, want := range map[string]both{
		`{"d":"2013-03-01","p":"1975-08-05"}`: {20130301, 19750805},
		`{"d":"","p":"1975-08"}`:              {0, 19750800},
		`{"d":"2013-12-31","p":"1975"}`:       {20131231, 19750000},
		`{"d":"2013-12-31","p":""}`:           {20131231, 0},
	} {
		var got both
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
		if back, err := json.Marshal(got); err != nil || string(back) != text {
			t.Errorf("%s came back as %s, %v", text, back, err)
		}
	}
	if text, _ := json.Marshal(both{D: Forever}); string(text) != `{"d":"","p":""}` {
		t.Errorf("an open end is written as %s", text)
	}
}

func TestPartialDate(t *testing.T) {
	for _, c := range []struct {
		p        PartialDate
		vn       string
		valid    bool
		exact    bool
		earliest Date
	}{
		{19750000, "1975", true, false, 19750101},
		{19750800, "08/1975", true, false, 19750801},
		{19750805, "05/08/1975", true, true, 19750805},
		{19751300, "13/1975", false, false, 19751301},
		{19750230, "30/02/1975", false, true, 19750230},
	} {
		if c.p.VN() != c.vn || c.p.Valid() != c.valid || c.p.Exact() != c.exact || c.p.Earliest() != c.earliest {
			t.Errorf("%d: %q valid %v exact %v earliest %s", c.p, c.p.VN(), c.p.Valid(), c.p.Exact(), c.p.Earliest())
		}
	}
	if PartialDate(19750005).Valid() {
		t.Error("a day without its month")
	}
	for _, bad := range []string{"75", "1975-8", "1975-13", "1975-02-30", "1975-00", "1975-01-01-01", "nineteen"} {
		if p, err := ParsePartialDate(bad); err == nil {
			t.Errorf("%q read as %s", bad, p)
		}
	}
}

// With only the year known the age is the difference of years (text.md section 6).
func TestAgeOn(t *testing.T) {
	for _, c := range []struct {
		birth PartialDate
		on    Date
		want  int
	}{{19750805, 20130804, 37}, {19750805, 20130805, 38}, {19750000, 20130101, 38}, {19750800, 20130101, 38}, {20000229, 20130228, 12}, {20000229, 20130301, 13}} {
		if got := c.birth.AgeOn(c.on); got != c.want {
			t.Errorf("%s on %s: %d, want %d", c.birth, c.on, got, c.want)
		}
	}
}

func TestSpans(t *testing.T) {
	s := Span{20130101, 20140101}
	for d, want := range map[Date]bool{20121231: false, 20130101: true, 20131231: true, 20140101: false} {
		if s.Contains(d) != want {
			t.Errorf("contains %s: %v", d, !want)
		}
	}
	for o, want := range map[Span]bool{{20140101, 20150101}: false, {20131231, 20150101}: true, {20120101, 20130101}: false, {20120101, 0}: true, {20140101, 0}: false} {
		if s.Overlaps(o) != want || o.Overlaps(s) != want {
			t.Errorf("overlaps %v: %v", o, !want)
		}
	}
}

func TestInstant(t *testing.T) {
	at := InstantOf(time.Date(2013, 3, 1, 1, 2, 3, 4000, time.UTC))
	text, err := json.Marshal(at)
	if err != nil || string(text) != `"2013-03-01T01:02:03.000004Z"` {
		t.Fatalf("%s %v", text, err)
	}
	var back Instant
	if err := json.Unmarshal(text, &back); err != nil || back != at {
		t.Errorf("%d, want %d, %v", back, at, err)
	}
	for _, i := range []Instant{0, Never} {
		if text, err := json.Marshal(i); err != nil || string(text) != `""` {
			t.Errorf("%d: %s %v", i, text, err)
		}
	}
	if !(Recorded{RecordedAt: 5, SupersededAt: 9}).KnownOn(5) || (Recorded{RecordedAt: 5, SupersededAt: 9}).KnownOn(9) {
		t.Error("known from its recording until it was superseded")
	}
}
