package api

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"datchuan/core/reference"
	"datchuan/models"
	"datchuan/sheets"
)

// testImport walks from an upload to a report and back.
func testImport(t *testing.T, w *world) {
	roster := "TT,Họ và tên,Năm sinh,Chức vụ,Đơn vị,Chuyên môn\n1,Phạm Thị Nhập Một,1979,Chi hội trưởng,%s,Trung cấp\n2,Phạm Thị Nhập Hai,1981,Chi hội trưởng,%s,\n"
	unit := w.want(http.StatusOK, request{as: "district-a", method: "GET", path: fmt.Sprintf("/api/v1/units/%d", w.own.commune)})
	name := decode[struct{ Span struct{ Name string } }](t, unit).Span.Name
	raw, kind := form("file", "Danh sách.csv", []byte(fmt.Sprintf(roster, name, name)))
	up := w.want(http.StatusCreated, request{as: "district-a", method: "POST", path: "/api/v1/imports", raw: raw, header: map[string]string{"Content-Type": kind}})
	base := strings.TrimSuffix(up.header.Get("Location"), "/")
	send := func(status int, method, path, body string) answered {
		t.Helper()
		return w.want(status, request{as: "district-a", method: method, path: base + path, body: body})
	}
	mapping := decode[mappingAnswer](t, send(200, "GET", "/mapping", ""))
	if mapping.Source != "proposed" || len(mapping.Mapping.Columns) != 6 {
		t.Fatalf("mapping %+v", mapping)
	}
	text := send(200, "GET", "/mapping", "").body
	text = text[strings.Index(text, `{"sheet"`):strings.LastIndex(text, `,"source"`)]
	send(204, "PUT", "/mapping", text)
	if source := decode[mappingAnswer](t, send(200, "GET", "/mapping", "")).Source; source != "saved" {
		t.Errorf("source %s", source)
	}
	key := mapping.Mapping.Key()
	if got := w.want(200, request{as: "district-a", method: "GET", path: "/api/v1/imports/mappings/" + key}); !strings.Contains(got.body, `"columns"`) {
		t.Errorf("remembered: %s", got.body)
	}
	if got := w.want(200, request{as: "district-a", method: "GET", path: "/api/v1/imports"}); !strings.Contains(got.body, "Danh sách.csv") {
		t.Errorf("list: %s", got.body)
	}
	if got := send(200, "POST", "/errors", ""); !strings.HasPrefix(got.body, "PK") {
		t.Errorf("a marked CSV is a workbook, not %d bytes of something", len(got.body))
	}
	plan := send(200, "POST", "/preview", "")
	if !strings.Contains(plan.body, "Nhập Một") {
		t.Fatalf("preview %s", plan.body)
	}
	if got := w.want(200, request{as: "district-a", method: "GET", path: "/api/v1/cadres?q=nhap+mot"}); strings.Contains(got.body, "Nhập Một") {
		t.Error("the preview wrote somebody")
	}
	report := send(200, "POST", "/apply", `{"create_units":true}`)
	if !strings.Contains(report.body, `"new":2`) {
		t.Errorf("report %s", report.body)
	}
	if again := send(200, "POST", "/apply", `{"create_units":true}`); again.body != report.body {
		t.Errorf("applied again: %s", again.body)
	}
	if got := send(200, "GET", "", ""); !strings.Contains(got.body, `"state":"applied"`) {
		t.Errorf("state %s", got.body)
	}
	send(200, "POST", "/undo", "")
	if got := w.want(200, request{as: "district-a", method: "GET", path: "/api/v1/cadres?q=nhap+mot"}); strings.Contains(got.body, "Nhập Một") {
		t.Error("the undo left somebody")
	}
	if got := w.want(200, request{as: "district-a", method: "GET", path: "/api/v1/imports/template"}); !strings.HasPrefix(got.body, "PK") {
		t.Errorf("template: %d bytes", len(got.body))
	}
	all := zipText(t, []byte(w.want(200, request{as: "province", method: "GET", path: "/api/v1/imports/template"}).body))
	for _, c := range reference.Communes() {
		if !strings.Contains(all, c.Name) {
			t.Errorf("the template does not offer %s", c.Name)
		}
	}
}

// TestErrorsFile: the user's own workbook comes back with its bad cells marked.
func TestErrorsFile(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		var book bytes.Buffer
		table := models.Table{Columns: []models.Column{{Key: "a", Title: "Họ và tên"}, {Key: "b", Title: "Năm sinh"}, {Key: "c", Title: "Chức vụ"}},
			Rows: [][]any{{"Phạm Thị Sai", "không rõ năm", "Chi hội trưởng"}}}
		if err := sheets.WriteXLSX(&book, nil, table); err != nil {
			t.Fatal(err)
		}
		raw, kind := form("file", "sai.xlsx", book.Bytes())
		up := w.want(http.StatusCreated, request{as: "district-a", method: "POST", path: "/api/v1/imports", raw: raw, header: map[string]string{"Content-Type": kind}})
		got := w.want(http.StatusOK, request{as: "district-a", method: "POST", path: up.header.Get("Location") + "/errors"})
		if text := zipText(t, []byte(got.body)); got.header.Get("Content-Type") != xlsxType || !strings.Contains(text, "Phạm Thị Sai") || !strings.Contains(text, "B2") {
			t.Errorf("%s", got.header.Get("Content-Type"))
		}
		if w.log.Len() > 0 {
			t.Errorf("internal errors:\n%s", w.log)
		}
	})
}

// TestImportSpeaksOfOneDay: the day of the mapping is that of the reading and of what is written; other sheets of the
// file can be chosen; a finding stands once in the errors file.
func TestImportSpeaksOfOneDay(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		unit := w.want(http.StatusOK, request{as: "district-a", method: "GET", path: fmt.Sprintf("/api/v1/units/%d", w.own.commune)})
		commune := decode[struct{ Span struct{ Name string } }](t, unit).Span.Name
		book := excelize.NewFile()
		for _, sheet := range []string{"Sheet1", "Xã bên"} {
			if _, err := book.NewSheet(sheet); err != nil {
				t.Fatal(err)
			}
			for i, line := range [][]any{{"Tính đến ngày 01/3/2011"}, {"TT", "Họ và tên", "Năm sinh", "Chức vụ", "Đơn vị", "Điện thoại"},
				{1, "Phạm Thị " + sheet, "1979", "UV BCH", commune, "1682345678"}, {2, "Phạm Thị Sai", "31/02/1979", "UV BCH", commune, ""}} {
				if err := book.SetSheetRow(sheet, fmt.Sprint("A", i+1), &line); err != nil {
					t.Fatal(err)
				}
			}
		}
		data, err := book.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		raw, kind := form("file", "hai trang.xlsx", data.Bytes())
		up := w.want(http.StatusCreated, request{as: "district-a", method: "POST", path: "/api/v1/imports", raw: raw, header: map[string]string{"Content-Type": kind}})
		send := func(method, path, body string) string {
			t.Helper()
			status := map[string]int{"PUT": http.StatusNoContent}[method]
			return w.want(max(status, http.StatusOK), request{as: "district-a", method: method, path: up.header.Get("Location") + path, body: body}).body
		}
		if got := send("POST", "/preview", ""); !strings.Contains(got, "roster.other_sheet") || !strings.Contains(got, "Phạm Thị Sheet1") {
			t.Errorf("preview %s", got)
		}
		if got := zipText(t, []byte(send("POST", "/errors", ""))); strings.Count(got, "Ngày sinh “31/02/1979” không có trong lịch") != 2 { // the comment and the line of the list
			t.Errorf("the finding stands %d times", strings.Count(got, "Ngày sinh “31/02/1979” không có trong lịch"))
		}
		text := send("GET", "/mapping?sheet="+url.QueryEscape("Xã bên"), "")
		text = text[strings.Index(text, `{"sheet"`):strings.LastIndex(text, `,"source"`)]
		if !strings.Contains(text, `"as_of":"2011-03-01"`) {
			t.Errorf("mapping %s", text)
		}
		send("PUT", "/mapping", text)
		report := send("POST", "/apply", `{"rows":{"4":{"action":"skip"}}}`)
		if !strings.Contains(report, `"as_of":"2011-03-01"`) || !strings.Contains(report, `"new":1`) {
			t.Errorf("report %s", report)
		}
		if got := w.want(200, request{as: "district-a", method: "GET", path: "/api/v1/cadres?q=pham+thi+xa+ben"}).body; !strings.Contains(got, "Phạm Thị Xã bên") {
			t.Errorf("cadre %s", got)
		}
	})
}
