package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"datchuan/models"
	"datchuan/sheets"
)

// testGapFormats: the page, JSON, CSV, XLSX and PDF hold exactly the same rows.
func testGapFormats(t *testing.T, w *world) {
	list := func(format string) answered {
		return w.want(http.StatusOK, request{as: "province", method: "GET", path: "/api/v1/gaps?everyone=true&as_of=2013-03-01" + format})
	}
	screen, whole := decode[gapList](t, list("&limit=200")), decode[gapList](t, list("&format=json"))
	if len(screen.Rows) < 4 || len(screen.Rows) != len(whole.Rows) || screen.Total != len(screen.Rows) {
		t.Fatalf("%d rows on screen, %d in JSON, total %d", len(screen.Rows), len(whole.Rows), screen.Total)
	}
	want := make([][]string, len(whole.Rows))
	for i, row := range whole.Rows {
		if fmt.Sprint(row.Cells) != fmt.Sprint(screen.Rows[i].Cells) || row.Cells["name"] != row.Name {
			t.Errorf("row %d: %v on screen, %v in JSON", i, screen.Rows[i].Cells, row.Cells)
		}
		for _, c := range whole.Columns {
			want[i] = append(want[i], cellText(t, c, row.Cells[c.Key]))
		}
	}
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(list("&format=csv").body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	sameRows(t, "csv", lines[1:], want)

	book := list("&format=xlsx")
	sameRows(t, "xlsx", xlsxRows(t, []byte(book.body), whole.Columns), want)

	paper := squash(pdfText(t, []byte(list("&format=pdf").body)))
	for i, row := range want {
		for j, cell := range row {
			for _, word := range strings.Fields(cell) {
				if !strings.Contains(paper, squash(word)) {
					t.Errorf("pdf: row %d column %d: no %q", i, j, word)
				}
			}
		}
	}
	exports := w.want(http.StatusOK, request{as: "admin", method: "GET", path: "/api/v1/audit?action=gaps.export"})
	if n := strings.Count(exports.body, `"action":"gaps.export"`); n < 4 {
		t.Errorf("%d exports in the audit log", n)
	}
	matrix := w.want(http.StatusOK, request{as: "province", method: "GET", path: "/api/v1/gaps/matrix?position=chu-tich-xa&everyone=true"})
	totals := w.want(http.StatusOK, request{as: "province", method: "GET", path: "/api/v1/gaps/totals?by=district&position=chu-tich-xa"})
	if !strings.Contains(matrix.body, `"requirements"`) || strings.Count(totals.body, `"unit_id"`) != 7 {
		t.Errorf("matrix %s\ntotals %s", matrix.body, totals.body)
	}
}

// cellText is how a JSON cell is written on paper.
func cellText(t *testing.T, c models.Column, cell any) string {
	t.Helper()
	text := ""
	switch v := cell.(type) {
	case nil:
	case string:
		text = v
	case float64:
		text = fmt.Sprint(int(v))
	default:
		t.Fatalf("cell %v", cell)
	}
	if c.Kind == models.DateColumn {
		p, err := models.ParsePartialDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return p.VN()
	}
	return text
}

func sameRows(t *testing.T, what string, got, want [][]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d rows, want %d", what, len(got), len(want))
	}
	for i := range want {
		a, _ := json.Marshal(got[i])
		b, _ := json.Marshal(want[i])
		if string(a) != string(b) {
			t.Errorf("%s row %d:\n%s\n%s", what, i, a, b)
		}
	}
}

var (
	xmlRow  = regexp.MustCompile(`(?s)<row [^>]*>(.*?)</row>`)
	xmlCell = regexp.MustCompile(`(?s)<c r="([A-Z]+)\d+"[^>]*?(?:/>|>(.*?)</c>)`)
	xmlText = regexp.MustCompile(`(?s)<(?:t|v)[^>]*>(.*?)</(?:t|v)>`)
)

// xlsxRows reads the cells below the header as they lie in the file.
func xlsxRows(t *testing.T, data []byte, columns []models.Column) [][]string {
	t.Helper()
	if _, err := sheets.Open(data); err != nil {
		t.Fatal(err)
	}
	var out [][]string
	past := false
	for _, row := range xmlRow.FindAllStringSubmatch(zipText(t, data), -1) {
		cells := make([]string, len(columns))
		for _, c := range xmlCell.FindAllStringSubmatch(row[1], -1) {
			at := int(c[1][0] - 'A')
			if m := xmlText.FindStringSubmatch(c[2]); m != nil && len(c[1]) == 1 && at < len(cells) {
				cells[at] = unescape(m[1])
			}
		}
		if past {
			out = append(out, cells)
		}
		past = past || cells[1] == columns[1].Title
	}
	return out
}

func unescape(s string) string {
	return strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&#34;", `"`, "&quot;", `"`, "&#39;", "'", "&#xA;", "\n").Replace(s)
}

// squash drops what line breaks and hyphens of a paper change.
func squash(s string) string { return strings.Join(strings.Fields(s), "") }

// TestWriteGapsForTheCommandLine: the operator's command writes what the address gives.
func TestWriteGapsForTheCommandLine(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		operator, err := w.core.Operator(ctx)
		if err != nil {
			t.Fatal(err)
		}
		filter := models.GapFilter{Everyone: true, AsOf: 20130301}
		for _, format := range GapFormats {
			var out bytes.Buffer
			if err := WriteGaps(ctx, w.core, operator, &out, filter, format, models.Vi); err != nil {
				t.Fatalf("%s: %v", format, err)
			}
			if format == "pdf" || format == "xlsx" {
				continue // stamped with the moment of writing, or with the office of the asker
			}
			if got := w.want(http.StatusOK, request{as: "province", method: "GET", path: "/api/v1/gaps?everyone=true&as_of=2013-03-01&format=" + format}); got.body != out.String() {
				t.Errorf("%s: the command writes\n%s\nthe address\n%s", format, out.String(), got.body)
			}
		}
		if err := WriteGaps(ctx, w.core, operator, &bytes.Buffer{}, filter, "doc", models.Vi); err == nil {
			t.Error("an unknown format was written")
		}
	})
}
