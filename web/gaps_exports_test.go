package web

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"html"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The gap page in all its pages, JSON, CSV, XLSX and PDF show exactly the same people and cells, in the same order.
func TestGapListIsTheSameEverywhere(t *testing.T) {
	w := newSite(t)
	for login, address := range map[string]string{
		"le-thuy":     "/gaps?position=uy-vien-bch-xa&as_of=01/03/2013",
		"ban-to-chuc": "/gaps?position=chu-tich-xa&standard=ke-hoach-2013&nearest=true&statuses=S,X,U",
	} {
		v := w.as(login)
		first := v.get(address)
		screen := screenRows(t, v, first)
		if len(screen) < 51 {
			t.Fatalf("%s: %d rows on the pages", address, len(screen))
		}
		columns, fromJSON := jsonRows(t, v.get(exportLink(t, first, "csv", "json")))
		sameRows(t, "JSON", cellsOf(screen, columns), fromJSON)

		lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(v.get(exportLink(t, first, "csv", "csv")).html, "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		sameRows(t, "CSV", cellsOf(screen, columns), lines[1:])
		sameRows(t, "XLSX", cellsOf(screen, columns), xlsxRows(t, []byte(v.get(exportLink(t, first, "xlsx", "xlsx")).html), len(columns), lines[0][1]))
		samePaper(t, cellsOf(screen, columns), []byte(v.get(exportLink(t, first, "pdf", "pdf")).html))
	}
}

var (
	rowPart  = regexp.MustCompile(`(?s)data-cell="no".*?</tr>`)
	cellPart = regexp.MustCompile(`data-cell="([a-z]+)">([^<]*)<`)
	nextPart = regexp.MustCompile(`rel="next" href="([^"]+)"`)
)

// screenRows walks through the pages of the list and reads the cells of each row by column.
func screenRows(t *testing.T, v *visitor, p page) []map[string]string {
	t.Helper()
	var out []map[string]string
	for range 100 {
		v.site.want(p, http.StatusOK)
		for _, row := range rowPart.FindAllString(p.html, -1) {
			cells := map[string]string{}
			for _, m := range cellPart.FindAllStringSubmatch(row, -1) {
				cells[m[1]] = html.UnescapeString(m[2])
			}
			out = append(out, cells)
		}
		next := nextPart.FindStringSubmatch(p.html)
		if next == nil {
			return out
		}
		p = v.get(html.UnescapeString(next[1]))
	}
	t.Fatal("the pages have no end")
	return nil
}

func cellsOf(rows []map[string]string, columns []string) [][]string {
	out := make([][]string, len(rows))
	for i, row := range rows {
		for _, c := range columns {
			out[i] = append(out[i], row[c])
		}
	}
	return out
}

// exportLink is the link to a format on the page; json has no button and differs from its neighbour in the format only.
func exportLink(t *testing.T, p page, button, format string) string {
	t.Helper()
	m := regexp.MustCompile(`href="(/api/v1/gaps\?[^"]*format=` + button + `[^"]*)"`).FindStringSubmatch(p.html)
	if m == nil {
		t.Fatalf("no link to %s", button)
	}
	return strings.Replace(html.UnescapeString(m[1]), "format="+button, "format="+format, 1)
}

func jsonRows(t *testing.T, p page) (columns []string, rows [][]string) {
	t.Helper()
	var list struct {
		Columns []struct{ Key, Kind string }
		Rows    []struct{ Cells map[string]any }
	}
	if err := json.Unmarshal([]byte(p.html), &list); err != nil {
		t.Fatalf("%d %v: %.300s", p.status, err, p.html)
	}
	for _, c := range list.Columns {
		columns = append(columns, c.Key)
	}
	for _, r := range list.Rows {
		var row []string
		for _, c := range list.Columns {
			row = append(row, jsonCell(c.Kind, r.Cells[c.Key]))
		}
		rows = append(rows, row)
	}
	return columns, rows
}

// jsonCell writes a cell as papers do: dates day first.
func jsonCell(kind string, cell any) string {
	switch v := cell.(type) {
	case float64:
		return strconv.Itoa(int(v))
	case string:
		if kind == "date" {
			parts := strings.Split(v, "-")
			for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
				parts[i], parts[j] = parts[j], parts[i]
			}
			return strings.Join(parts, "/")
		}
		return v
	}
	return ""
}

func sameRows(t *testing.T, what string, screen, file [][]string) {
	t.Helper()
	if len(screen) != len(file) {
		t.Fatalf("%s has %d rows, the page %d", what, len(file), len(screen))
	}
	for i := range screen {
		if a, b := strings.Join(screen[i], " | "), strings.Join(file[i], " | "); a != b {
			t.Fatalf("row %d\npage %s\n%s %s", i+1, a, what, b)
		}
	}
}

// samePaper looks for the rows one after the other in the text of the PDF, each cell whole.
func samePaper(t *testing.T, screen [][]string, pdf []byte) {
	t.Helper()
	cmd := exec.Command("pdftotext", "-raw", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	paper := strings.Join(strings.Fields(string(out)), "")
	for i, row := range screen {
		text := strings.Join(strings.Fields(strings.Join(row, "")), "")
		at := strings.Index(paper, text)
		if at < 0 {
			t.Fatalf("row %d is not next on the paper: %s\n%.300s", i+1, text, paper)
		}
		paper = paper[at+len(text):]
	}
	if left := regexp.MustCompile(`Danhsáchnàycó([\d.]+)`).FindStringSubmatch(paper); left == nil || strings.ReplaceAll(left[1], ".", "") != strconv.Itoa(len(screen)) {
		t.Errorf("the paper does not close with %d people: %.200s", len(screen), paper)
	}
}

// xlsxRows reads the cells as they lie in the first sheet, below the row that has the title in its second cell.
func xlsxRows(t *testing.T, data []byte, width int, title string) [][]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var shared struct {
		Items []struct {
			Text string `xml:"t"`
			Runs []struct {
				Text string `xml:"t"`
			} `xml:"r"`
		} `xml:"si"`
	}
	var sheet struct {
		Rows []struct {
			Cells []struct {
				At     string `xml:"r,attr"`
				Type   string `xml:"t,attr"`
				Value  string `xml:"v"`
				Inline string `xml:"is>t"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	readPart(t, archive, "xl/sharedStrings.xml", &shared)
	readPart(t, archive, "xl/worksheets/sheet1.xml", &sheet)
	var out [][]string
	below := false
	for _, r := range sheet.Rows {
		row := make([]string, width)
		for _, c := range r.Cells {
			text := c.Value + c.Inline
			if n, err := strconv.Atoi(c.Value); c.Type == "s" && err == nil && n < len(shared.Items) {
				text = shared.Items[n].Text
				for _, run := range shared.Items[n].Runs {
					text += run.Text
				}
			}
			if n, err := strconv.Atoi(text); err == nil && c.Type != "s" && n > 9999 { // a whole date, typed as spreadsheets do
				text = time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC).Format("02/01/2006")
			}
			if at := int(c.At[0] - 'A'); at < width {
				row[at] = text
			}
		}
		if below {
			out = append(out, row)
		}
		below = below || row[1] == title
	}
	return out
}

func readPart(t *testing.T, archive *zip.Reader, name string, into any) {
	t.Helper()
	f, err := archive.Open(name)
	if err != nil {
		return // a book without shared texts
	}
	data, err := io.ReadAll(f)
	if err == nil {
		err = xml.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
