package sheets

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"datchuan/models"
)

// pack makes a workbook package from parts; parts given as "" are left out.
func pack(t testing.TB, change map[string]string) []byte {
	t.Helper()
	base := map[string]string{
		"[Content_Types].xml":        `<Types/>`,
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>TT</t></is></c></row></sheetData></worksheet>`,
	}
	for k, v := range change {
		base[k] = v
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range base {
		if text == "" {
			continue
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func sheetOf(rows string) map[string]string {
	return map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`}
}

func encryptedBook(t testing.TB) []byte {
	f := excelize.NewFile()
	defer f.Close()
	var out bytes.Buffer
	if err := f.Write(&out, excelize.Options{Password: "x"}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRefusals(t *testing.T) {
	var many strings.Builder
	for i := 1; i <= MaxRows+1; i++ {
		fmt.Fprintf(&many, `<row r="%d"><c><v>1</v></c></row>`, i)
	}
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"nothing":         {nil, "sheets.empty"},
		"large":           {make([]byte, MaxFile+1), "sheets.too_large"},
		"xls":             {append(append([]byte{}, oleMagic...), make([]byte, 600)...), "sheets.xls"},
		"encrypted":       {encryptedBook(t), "sheets.encrypted"},
		"text":            {[]byte("TT;Họ và tên"), "sheets.not_xlsx"},
		"web page as xls": {[]byte("<html><table>"), "sheets.not_xlsx"},
		"cut off":         {pack(t, nil)[:200], "sheets.damaged"},
		"another zip":     {pack(t, map[string]string{"xl/workbook.xml": ""}), "sheets.not_xlsx"},
		"macro":           {pack(t, map[string]string{"xl/vbaProject.bin": "x"}), "sheets.macro"},
		"macro type":      {pack(t, map[string]string{"[Content_Types].xml": `<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>`}), "sheets.macro"},
		"external links":  {pack(t, map[string]string{"xl/externalLinks/externalLink1.xml": "<x/>"}), "sheets.external_links"},
		"embedded object": {pack(t, map[string]string{"xl/embeddings/oleObject1.bin": "x"}), "sheets.embedded"},
		"DTD":             {pack(t, map[string]string{"xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>`}), "sheets.forbidden_xml"},
		"entity":          {pack(t, sheetOf(`<row><c t="str"><v>&a;</v></c></row>`)), "sheets.damaged"},
		"endless text":    {pack(t, sheetOf(`<row><c t="str"><v>`+strings.Repeat("a", 1<<20)+`</v></c></row>`)), "sheets.bomb"},
		"rows":            {pack(t, sheetOf(many.String())), "sheets.too_many_rows"},
		"columns":         {pack(t, sheetOf(`<row r="1"><c r="GS1"><v>1</v></c></row>`)), "sheets.too_many_columns"},
		"no sheet":        {pack(t, map[string]string{"xl/workbook.xml": "<workbook/>"}), "sheets.no_sheet"},
		"missing part":    {pack(t, map[string]string{"xl/worksheets/sheet1.xml": ""}), "sheets.damaged"},
		"broken XML":      {pack(t, sheetOf(`<row><c`)), "sheets.damaged"},
	} {
		_, err := Open(c.data)
		var e *models.Error
		if !errors.As(err, &e) || e.Code != c.code || e.Kind != models.Invalid {
			t.Errorf("%s: got %v, want %s", name, err, c.code)
			continue
		}
		if text := e.Message(models.Vi); text == e.Code || strings.Contains(text, "{") {
			t.Errorf("%s: no Vietnamese reason: %q", name, text)
		}
	}
}

func TestEmptyFormattedRowsAreNoRows(t *testing.T) {
	var rows strings.Builder
	for i := 1; i <= MaxRows+100; i++ {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d" s="1"/></row>`, i, i)
	}
	wb, err := Open(pack(t, sheetOf(rows.String()+`<row r="900000"><c t="str"><v>a_x0041_</v></c></row>`)))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "rows", wb.Sheets()[0].Rows, 1)
	equal(t, "text", wb.sheets[0].at(900000, 0).text, "aA")
}

func TestPrefixedNamespacesAndInlineRuns(t *testing.T) {
	data := pack(t, map[string]string{
		"xl/styles.xml": `<x:styleSheet><x:fonts><x:font><x:name val="Arial"/></x:font><x:font><x:name val=".VnTimeH"/></x:font></x:fonts>` +
			`<x:cellStyleXfs><x:xf fontId="1"/></x:cellStyleXfs><x:cellXfs><x:xf fontId="0"/><x:xf fontId="1" numFmtId="14"/></x:cellXfs></x:styleSheet>`,
		"xl/sharedStrings.xml": `<x:sst><x:si><x:t>` + asTCVN3("lê") + `</x:t></x:si><x:si><x:r><x:t>a</x:t></x:r><x:r><x:rPr><x:rFont val="VNI-Times"/></x:rPr><x:t>` + asVNI("ệ") +
			`</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:si></x:sst>`,
		"xl/worksheets/sheet1.xml": `<x:worksheet><x:sheetData><x:row r="2"><x:c r="B2" s="1" t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c s="1"><x:v>2.7611E4</x:v></x:c>` +
			`<x:c t="e"><x:v>#REF!</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c><x:c t="s"><x:v>99</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
	})
	wb := open(t, data)
	s := wb.sheets[0]
	equal(t, "capital font", wb.decode(s.at(2, 1), ByFont), "LÊ")
	equal(t, "runs", wb.decode(s.at(2, 2), ByFont), "aệ")
	equal(t, "date", s.at(2, 3), cell{text: "27611", col: 3, kind: numberCell, font: tcvn3HFont, date: true})
	equal(t, "error", s.at(2, 4).kind, errorCell)
	equal(t, "truth", s.at(2, 5).kind, boolCell)
	equal(t, "a missing text is no cell", s.at(2, 6).kind, blankCell)
}
