package sheets

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"datchuan/models"
)

// swap puts another text in the place of a part of a workbook.
func swap(t testing.TB, data []byte, part, text string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		from, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		to, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		content := io.Reader(from)
		if f.Name == part {
			content = strings.NewReader(text)
		}
		if _, err := io.Copy(to, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestDearFilesAreNotRewritten: files of a few kilobytes whose gaps would be filled with gigabytes of cells come back
// as the list of findings alone.
func TestDearFilesAreNotRewritten(t *testing.T) {
	const head = `<row r="1"><c r="A1" t="inlineStr"><is><t>Họ và tên</t></is></c><c r="B1" t="inlineStr"><is><t>Chức vụ</t></is></c></row>`
	var wide, merged strings.Builder
	for i := 2; i < 2000; i++ {
		fmt.Fprintf(&wide, `<row r="%d"><c r="XFD%d" s="0"/></row>`, i, i)
	}
	for i := 2; i < 20_000; i++ {
		fmt.Fprintf(&merged, `<mergeCell ref="A%d:B%d"/>`, i, i)
	}
	book := newOffice(t).rows(1, []any{"x"}).bytes()
	for name, sheet := range map[string]string{
		"column XFD": "<sheetData>" + head + wide.String() + "</sheetData>",
		"last rows":  "<sheetData>" + head + strings.Repeat("<row/>", 1_600_000) + "</sheetData>",
		"merges":     "<sheetData>" + head + "</sheetData><mergeCells>" + merged.String() + "</mergeCells>",
		"columns":    "<cols>" + strings.Repeat("<col/>", 1_600_000) + "</cols><sheetData>" + head + "</sheetData>",
	} {
		data := swap(t, book, "xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`+sheet+`</worksheet>`)
		began := time.Now()
		out, err := Annotate(data, []models.Finding{{Sheet: "Sheet1", Cell: "A1", Code: "roster.name_single", Value: "Họ"}})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: %v", name, took)
		}
		if got := open(t, out).Sheets(); len(got) != 2 || got[0].Rows != 0 || got[1].Rows != 2 {
			t.Errorf("%s: sheets %+v", name, got)
		}
	}
}

// TestFileThatOnlyWeCanReadIsListed: no findings are lost when the library can't open the file.
func TestFileThatOnlyWeCanReadIsListed(t *testing.T) {
	out, err := Annotate(pack(t, nil), []models.Finding{{Sheet: "S", Cell: "A1", Code: "roster.name_single", Value: "Họ"}})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "rows of the list", open(t, out).Sheets()[1].Rows, 2)
}

// TestManySheetsOfMerges: a merged area in each of many sheets costs no more than one.
func TestManySheetsOfMerges(t *testing.T) {
	wb := &Workbook{}
	for i := range 200 {
		s := &sheet{name: fmt.Sprint(i), merges: []area{{1, 0, 2000, 150}}}
		wb.order(s)
		if want := i == 0; want != (len(s.covered) > 0) { // 302.000 cells each: there is room for one
			t.Fatalf("sheet %d: %d cells", i, len(s.covered))
		}
	}
}

func TestCSVWithGaps(t *testing.T) {
	if _, err := OpenCSV([]byte("TT,Họ và tên\n" + strings.Repeat("\n", lastExcelRow) + "1,Lê Thị A\n")); models.KindOf(err) != models.Invalid {
		t.Errorf("a row that no spreadsheet has: %v", err)
	}
	out, err := Annotate([]byte("TT,Họ và tên\n"+strings.Repeat("\n", lastExcelRow-100)+"1,Lê Thị A\n"), []models.Finding{{Sheet: "CSV", Cell: "B2", Code: "roster.name_single"}})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "list alone", open(t, out).Sheets()[0].Rows, 0)
}

func TestFilesThatOnlyCallThemselvesText(t *testing.T) {
	for _, data := range []string{"<html><table><tr><td>Họ và tên</td></tr></table></html>", "\ufeff <?xml version=\"1.0\"?><Workbook/>", "%PDF-1.4 a,b", `{\rtf1 a,b}`} {
		_, err := OpenCSV([]byte(data))
		if e, ok := err.(*models.Error); !ok || e.Code != "sheets.not_xlsx" {
			t.Errorf("%.10q: %v", data, err)
		}
	}
}
