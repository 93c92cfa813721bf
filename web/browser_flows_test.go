package web

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"datchuan/core"
)

// A district officer signs in, stands one click from her gap list, filters it, and takes it home as Excel, with few acts.
func TestBrowserGapList(t *testing.T) {
	w := newSite(t)
	h := w.browse(1280, 900)
	h.signIn(w, "le-thuy")
	h.picture("overview")
	h.open("/gaps?position=chu-tich-xa&standard=ke-hoach-2013")
	h.want("Lệ Thủy")
	h.axe("gaps")
	h.picture("gaps")
	before := eval[int](h, `document.querySelectorAll("table.gaps tbody tr").length`)
	h.fill("#f-search", "nguyen")
	h.press("form.filters .buttons button")
	after := eval[int](h, `document.querySelectorAll("table.gaps tbody tr").length`)
	if before == 0 || after >= before || !strings.Contains(h.path(), "nguyen") {
		t.Errorf("%d rows, filtered %d at %s", before, after, h.path())
	}
	if h.acts > 4 {
		t.Errorf("%d acts", h.acts)
	}
	size := eval[int](h, `fetch(document.querySelector("a[href*='format=xlsx']").href).then(r => r.ok && r.headers.get("Content-Type").includes("spreadsheet") ? r.arrayBuffer().then(b => b.byteLength) : 0)`)
	if size < 1000 {
		t.Errorf("the Excel file has %d bytes", size)
	}
}

// From any page a person is found with Ctrl+K, her name without accents, and Enter.
func TestBrowserFindPerson(t *testing.T) {
	w := newSite(t)
	h := w.browse(1280, 900)
	h.signIn(w, "ban-to-chuc")
	h.open("/help")
	h.keys("k", chromedp.KeyModifiers(chromedp.ModifierCtrl))
	if focus := eval[string](h, "document.activeElement.id"); focus != "find" {
		t.Fatalf("Ctrl+K puts the cursor into %q", focus)
	}
	h.fill("#find", "nguyen thi hoa")
	h.enter()
	h.want("Nguyễn Thị")
	if h.acts > 3 {
		t.Errorf("%d acts", h.acts)
	}
	h.axe("people")
}

// A file with mistakes: each is shown at its cell, nothing is written; skipping them imports the rest, and the report leads on.
func TestBrowserImport(t *testing.T) {
	w := newSite(t)
	h := w.browse(1280, 900)
	h.signIn(w, "le-thuy")
	h.open("/imports")
	file := filepath.Join(t.TempDir(), "danh-sach.xlsx")
	data := workbook(t, "", []any{"TT", "Họ và tên", "Năm sinh", "Chức vụ", "Đơn vị"}, []any{1, "Trần Thị Mới Toanh", "1980", "Ủy viên BCH", "xã Mỹ Thủy"},
		[]any{2, "Lê Thị Sai Ngày", "31/02/1975", "Ủy viên BCH", "xã Mỹ Thủy"})
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	h.acts++
	h.do(chromedp.SetUploadFiles(chromedp.CSS("#f-file"), []string{file}))
	h.press("main form button.primary")
	h.want("Họ và tên")
	h.press("main form button.primary")
	h.want("C3", "31/02/1975", "Trần Thị Mới Toanh")
	h.axe("import preview with errors")
	h.picture("preview")
	if lines, _, err := w.core.People(t.Context(), w.actor("le-thuy"), core.PeopleQuery{Search: "Mới Toanh"}); err != nil || len(lines) != 0 {
		t.Fatalf("the preview wrote %d people, %v", len(lines), err)
	}
	h.press("button[value=skip]")
	h.press("button[value=apply]")
	for range 100 { // progress refreshes by itself
		if strings.Contains(h.text(), "Hoàn tác") {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	h.picture("report")
	lines, _, err := w.core.People(t.Context(), w.actor("le-thuy"), core.PeopleQuery{Search: "Mới Toanh"})
	if err != nil || len(lines) != 1 {
		t.Fatalf("%d people, %v: %s", len(lines), err, h.text())
	}
	h.axe("import report")
	if h.acts > 6 {
		t.Errorf("%d acts from the upload to the report", h.acts)
	}
}

// A card is edited; a wrong date keeps what was typed, with the summary of findings in the focus.
func TestBrowserEditCadre(t *testing.T) {
	w := newSite(t)
	m := w.landmarks()
	h := w.browse(360, 740)
	h.signIn(w, "le-thuy")
	h.open(fmt.Sprintf("/cadres/%d", m.cadre))
	h.press("a[href$='/edit']")
	h.fill("#f-phone", "0912 345 678")
	h.fill("#f-birth", "31/02/1975")
	h.press("main form button.primary")
	if got := eval[string](h, `document.activeElement.id + "|" + document.querySelector("#f-phone").value`); got != "summary|0912 345 678" {
		t.Errorf("after the refusal: %q", got)
	}
	h.axe("refused form")
	h.fits("refused form")
	h.fill("#f-birth", "3/1959")
	h.press("main form button.primary")
	h.want("0912345678", "03/1959")
	h.fits("card")
}

// A cold page is light (issue: 150 KB): each is the first that a fresh browser opens.
func TestBrowserLight(t *testing.T) {
	w := newSite(t)
	session := w.as("ban-to-chuc").cookies[sessionCookie]
	for _, path := range []string{"/", "/gaps", "/people"} {
		h := w.browse(1280, 900)
		h.enterWith(session)
		h.open(path)
		bytes := eval[int](h, `performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource")).reduce((n, e) => n + e.transferSize, 0)`)
		if bytes == 0 || bytes > 150_000 {
			t.Errorf("%s: %d bytes cold", path, bytes)
		}
		t.Logf("%s: %d bytes cold", path, bytes)
	}
}
