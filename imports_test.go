package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// people writes a roster as offices do, of n members of the committees of communes; spoil are bad days of birth.
func people(t testing.TB, path, mark string, n int, communes []string, spoil ...string) {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	rows := [][]any{{"HỘI LIÊN HIỆP PHỤ NỮ"}, {"DANH SÁCH TRÍCH NGANG CÁN BỘ HỘI (tính đến ngày 01/3/2013)"}, {},
		{"TT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Trình độ văn hóa", "Chuyên môn", "LLCT", "Năm vào Hội"}}
	given := []string{"Hoa", "Hương", "Lan", "Mai", "Thủy", "Hằng", "Nhung", "Lý", "Phượng", "Tuyết", "Vân"}
	for i := range n {
		rows = append(rows, []any{i + 1, fmt.Sprintf("%s Thị %s %s", []string{"Nguyễn", "Trần", "Lê", "Hoàng"}[i%4], mark, given[i%11]),
			fmt.Sprintf("%02d/%02d/%d", 1+i/11%28, 1+i/308%12, 1955+i/5%40), "UV BCH", communes[i%len(communes)], "12/12", "Trung cấp", "Sơ cấp"})
	}
	for i, birth := range spoil {
		rows[4+i][2] = birth
	}
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

type dryRunAnswer struct {
	New, Changed, Unchanged, Errors, Skipped int
	Source                                   string
	Mapping                                  json.RawMessage
	Rows                                     []struct {
		Outcome  string
		Findings []struct {
			Cell, Code string
			Blocking   bool
		}
	}
}

// TestImportCommand walks the wizard on the command line: look, answer, apply, apply again.
func TestImportCommand(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		p.start("demo").stop(os.Interrupt)
		good, bad := p.file("tốt.xlsx"), p.file("lỗi.xlsx")
		communes := []string{"Xã Mỹ Thủy", "Xã Phong Thủy", "Xã An Thủy", "Xã Lộc Thủy", "Xã Trường Thủy"}
		people(t, good, "Nhập", 40, communes)
		people(t, bad, "Sai", 10, communes, "31/02/1979")
		before := p.rows("SELECT COUNT(*) FROM cadres")
		traces := func() int64 { return p.rows("SELECT (SELECT COUNT(*) FROM imports) + (SELECT COUNT(*) FROM audits)") }
		seen := traces()
		plan := decode[dryRunAnswer](t, p.done("import", good, "--unit", "457", "--dry-run", "--json"))
		if plan.New != 40 || plan.Errors != 0 || plan.Source != "proposed" || len(plan.Rows) != 40 {
			t.Errorf("plan: %+v", plan)
		}
		if text := p.done("import", good, "--unit", "457", "--dry-run"); !strings.Contains(text, "new 40") || !strings.Contains(text, "nothing was written") {
			t.Errorf("plan as text: %s", text)
		}
		a := p.refused(1, "1 row(s) have errors", "import", bad, "--unit", "457", "--dry-run", "--json")
		if plan := decode[dryRunAnswer](t, a.out); plan.Errors != 1 || plan.New != 9 || plan.Rows[0].Outcome != "error" || !slices.ContainsFunc(plan.Rows[0].Findings,
			func(f struct {
				Cell, Code string
				Blocking   bool
			}) bool {
				return f.Cell == "C5" && f.Blocking
			}) {
			t.Errorf("plan: %+v", plan)
		}
		if now := traces(); now != seen {
			t.Errorf("a dry run wrote %d rows", now-seen)
		}
		if a := p.refused(1, "31/02/1979", "import", bad, "--unit", "457"); a.out != "" {
			t.Errorf("printed %s", a.out)
		}
		if n := p.rows("SELECT COUNT(*) FROM cadres"); n != before {
			t.Fatalf("%d cadres of a refused import", n-before)
		}
		report := decode[struct {
			State                  string
			New, Unchanged, Cadres int
		}](t, p.done("import", good, "--unit", "457", "--json"))
		if report.State != "applied" || report.New != 40 || p.rows("SELECT COUNT(*) FROM cadres") != before+40 {
			t.Errorf("report: %+v", report)
		}
		if again := p.done("import", good, "--unit", "457"); !strings.Contains(again, "new 0, changed 0, unchanged 40") {
			t.Errorf("again: %s", again)
		}
		answers, mapping := p.file("answers.json"), p.file("mapping.json")
		write(t, answers, `{"rows":{"5":{"action":"skip"}}}`)
		write(t, mapping, string(plan.Mapping))
		if text := p.done("import", bad, "--unit", "457", "--choices", answers, "--mapping", mapping); !strings.Contains(text, "new 9") || !strings.Contains(text, "skipped 1") {
			t.Errorf("with answers: %s", text)
		}
		if plan := decode[dryRunAnswer](t, p.done("import", good, "--unit", "457", "--dry-run", "--json")); plan.Source != "remembered" || plan.Unchanged != 40 {
			t.Errorf("the mapping is not remembered: %+v", plan)
		}
		p.done("doctor")
		refusedImports(t, p, good)
	})
}

func refusedImports(t *testing.T, p place, good string) {
	t.Helper()
	text, wrong := p.file("text.xlsx"), p.file("wrong.json")
	write(t, text, "PK, but no workbook")
	write(t, wrong, `{"rowz":{}}`)
	before := p.rows("SELECT COUNT(*) FROM cadres")
	for _, c := range []struct {
		says string
		args []string
	}{{"no such file", []string{p.file("none.xlsx")}}, {"nowhere", []string{good, "--unit", "nowhere"}}, {"datchuan: ", []string{text}},
		{"rowz", []string{good, "--choices", wrong}}, {"no sheet", []string{good, "--sheet", "Trang khác"}}} {
		if a := p.refused(1, c.says, append([]string{"import"}, c.args...)...); a.out != "" {
			t.Errorf("%v printed %q", c.args, a.out)
		}
	}
	if n := p.rows("SELECT COUNT(*) FROM cadres"); n != before {
		t.Errorf("%d cadres of refused imports", n-before)
	}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, bytes.NewBufferString(text).Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
