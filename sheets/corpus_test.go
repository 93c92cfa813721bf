package sheets

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"datchuan/models"
)

// office builds a workbook as an office would leave it.
type office struct {
	t testing.TB
	f *excelize.File
}

func newOffice(t testing.TB) *office { return &office{t, excelize.NewFile()} }

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) bytes() []byte {
	o.t.Helper()
	var out bytes.Buffer
	o.must(o.f.Write(&out))
	o.must(o.f.Close())
	return out.Bytes()
}

// rows writes lines of values from a row on.
func (o *office) rows(from int, lines ...[]any) *office {
	o.t.Helper()
	for i, line := range lines {
		o.must(o.f.SetSheetRow("Sheet1", address(from+i, 0), &line))
	}
	return o
}

func (o *office) merge(areas ...string) *office {
	o.t.Helper()
	for _, a := range areas {
		from, to, _ := strings.Cut(a, ":")
		o.must(o.f.MergeCell("Sheet1", from, to))
	}
	return o
}

// font sets the font of an area.
func (o *office) font(area, name string) *office {
	o.t.Helper()
	style, err := o.f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: name, Size: 12}})
	o.must(err)
	from, to, _ := strings.Cut(area, ":")
	o.must(o.f.SetCellStyle("Sheet1", from, to, style))
	return o
}

func (o *office) format(area, code string) *office {
	o.t.Helper()
	style, err := o.f.NewStyle(&excelize.Style{CustomNumFmt: &code})
	o.must(err)
	from, to, _ := strings.Cut(area, ":")
	o.must(o.f.SetCellStyle("Sheet1", from, to, style))
	return o
}

// asTCVN3 and asVNI write Vietnamese as the old fonts stored it.
func asTCVN3(s string) string {
	back := map[rune]rune{}
	for k, v := range tcvn3 {
		back[v] = k
	}
	return strings.Map(func(r rune) rune {
		if k, ok := back[r]; ok {
			return k
		}
		return r
	}, s)
}

func asVNI(s string) string {
	back := map[rune]string{}
	for k, v := range vni {
		back[v] = k
	}
	var b strings.Builder
	for _, r := range s {
		if k, ok := back[r]; ok {
			b.WriteString(k)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func encoded(lines [][]any, how func(string) string) [][]any {
	out := make([][]any, len(lines))
	for i, line := range lines {
		out[i] = make([]any, len(line))
		for j, v := range line {
			if s, ok := v.(string); ok {
				v = how(s)
			}
			out[i][j] = v
		}
	}
	return out
}

func open(t testing.TB, data []byte) *Workbook {
	t.Helper()
	wb, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return wb
}

// readAll opens, proposes and reads the main sheet.
func readAll(t testing.TB, data []byte, change ...func(*Mapping)) ([]models.RosterRow, []models.Finding, Mapping) {
	t.Helper()
	wb := open(t, data)
	m := wb.Propose(wb.Main())
	if m.HeaderFrom == 0 {
		t.Fatal("no header found")
	}
	for _, c := range change {
		c(&m)
	}
	rows, findings := wb.Read(m)
	return rows, findings, m
}

func codes(findings []models.Finding) string {
	var out []string
	for _, f := range findings {
		code := strings.TrimPrefix(f.Code, "roster.") + "@" + f.Cell
		if f.Blocking {
			code = "!" + code
		}
		out = append(out, code)
	}
	return strings.Join(out, " ")
}

func fieldsOf(m Mapping) string {
	var out []string
	for _, c := range m.Columns {
		s := string(c.Field)
		if c.Mark {
			s += string(rune('0' + c.Level))
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n got %v\nwant %v", what, got, want)
	}
}

func comment(cell, text string) excelize.Comment {
	return excelize.Comment{Cell: cell, Author: "x", Paragraph: []excelize.RichTextRun{{Text: text}}}
}
