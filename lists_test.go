package main

import (
	"encoding/csv"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

const (
	chairs = "--position=chu-tich-xa"
	onDay  = "--as-of=2013-03-01"
)

// TestLists: the figures of the plan, in every form with the same people.
func TestLists(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		s := p.start("demo")
		s.stop(os.Interrupt)
		for args, want := range map[string]int{"--standard=ke-hoach-2013": 33, "--standard=ke-hoach-2013-bang": 58, "--standard=ke-hoach-2013 --count-studying=false": 58,
			"--standard=ke-hoach-2013-bang --count-studying=true": 33, "--standard=ke-hoach-2013 --everyone": 159} {
			text := p.done(append([]string{"gaps", chairs, onDay, "--format", "json"}, strings.Fields(args)...)...)
			if got := decode[struct{ Total int }](t, text).Total; got != want {
				t.Errorf("%s: %d, want %d", args, got, want)
			}
		}
		both := decode[struct{ Total int }](t, p.done("gaps", chairs, onDay, "--standard=ke-hoach-2013-ca-hai", "--format=json")).Total
		if both <= 33 || both > 159 {
			t.Errorf("both conditions: %d", both)
		}
		sameRows(t, p)
		for _, c := range []struct{ says, args string }{{"nowhere", "--unit=nowhere"}, {"nothing", "--position=nothing"}, {"datchuan: ", "--standard=nothing"}} {
			if a := p.refused(1, c.says, "gaps", onDay, c.args); a.out != "" {
				t.Errorf("%s printed %q", c.args, a.out)
			}
		}
		targets := decode[[]struct {
			Target         struct{ Code string }
			Total, Counted int
			Met, Needed    int
		}](t, p.done("targets", onDay, "--format", "json"))
		if len(targets) == 0 || targets[0].Target.Code != "T12" || targets[0].Total != 159 || targets[0].Met != 101 || targets[0].Counted != 126 || targets[0].Needed != 144 {
			t.Errorf("targets: %+v", targets)
		}
		if n := p.rows("SELECT COUNT(*) FROM audits WHERE action = 'gaps.export' AND login = 'operator'"); n < 6 {
			t.Errorf("%d exports are noted", n)
		}
	})
}

func sameRows(t *testing.T, p place) {
	t.Helper()
	list := []string{"gaps", chairs, onDay, "--standard=ke-hoach-2013"}
	text := p.done(list...) // CSV, on standard output
	if !strings.HasPrefix(text, "\ufeff") {
		t.Error("no byte order mark, which Excel needs")
	}
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil || len(lines) != 34 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	var names []string
	for _, line := range lines[1:] {
		names = append(names, line[1])
	}
	var inJSON []string
	for _, row := range decode[struct{ Rows []struct{ Name string } }](t, p.done(append(list, "--format", "json")...)).Rows {
		inJSON = append(inJSON, row.Name)
	}
	if !slices.Equal(names, inJSON) {
		t.Errorf("CSV %q\nJSON %q", names, inJSON)
	}
	for _, format := range []string{"xlsx", "pdf"} {
		if out := p.done(append(list, "--format", format, "--out", p.file("gaps."+format))...); out != "" {
			t.Errorf("%s: printed beside the file: %q", format, out)
		}
	}
	book, err := excelize.OpenFile(p.file("gaps.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	table, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	var inBook []string
	for _, row := range table {
		if len(row) > 2 && regexp.MustCompile(`^[0-9]+$`).MatchString(row[0]) {
			inBook = append(inBook, row[1])
		}
	}
	if !slices.Equal(names, inBook) {
		t.Errorf("XLSX %q", inBook)
	}
	paper, err := exec.Command("pdftotext", "-layout", p.file("gaps.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !strings.Contains(string(paper), strings.Fields(name)[len(strings.Fields(name))-1]) {
			t.Errorf("the paper lacks %s", name)
		}
	}
}
