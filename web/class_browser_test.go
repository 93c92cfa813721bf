package web

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"datchuan/core"
	"datchuan/models"
)

// offline cuts the connection of the window, or restores it. What the browser says about it is no fault of the page.
func (h *hand) offline(cut bool) {
	h.t.Helper()
	var rules []*network.Conditions
	if cut {
		rules = []*network.Conditions{{Offline: true, DownloadThroughput: -1, UploadThroughput: -1}}
	} else {
		rules = []*network.Conditions{{DownloadThroughput: -1, UploadThroughput: -1}}
	}
	_, err := chromedp.Run(h.ctx, func(ctx context.Context, t *chromedp.Target) (bool, error) {
		_, err := cdp.Call(ctx, t, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: rules})
		return err == nil, err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	if !cut {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.wrong = nil
	}
}

// until waits for an expression to hold.
func (h *hand) until(expression string) {
	h.t.Helper()
	for range 300 {
		if eval[bool](h, expression) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	h.picture("failed")
	h.t.Fatalf("never: %s\n%s", expression, h.text())
}

// A school takes the roll on a phone: open it, tap the absentees, save; a lost connection costs nothing.
func TestBrowserRoll(t *testing.T) {
	w := newClassSite(t)
	w.class = w.open("Lớp đông", 40)
	seats := w.run(w.everybody(20)...)
	h := w.browse(360, 740)
	h.signIn(w.site, "hoc-vien")
	h.want("Lớp hôm nay", "Lớp đông")
	h.fits("today")
	h.acts = 0
	h.press(".today .button.primary")
	h.want("Mọi người đều có mặt")
	h.axe("roll")
	h.fits("roll")
	row := func(id int64) string { return fmt.Sprintf(`.roll-row:has([name="mark.%d"])`, id) }
	h.tap(row(seats[0].ID))
	h.tap(row(seats[3].ID))
	h.picture("roll")
	h.offline(true)
	h.tap(".roll-foot button")
	h.until(`document.querySelector("[data-status]").textContent.includes("Mất kết nối")`)
	if h.acts != 4 {
		t.Errorf("%d acts for two absentees, at most 4", h.acts)
	}
	h.offline(false)
	h.until(`location.pathname === "/" && !!document.body?.innerText.includes("Đã lưu điểm danh")`)
	sheet, err := w.core.Roll(w.ctx, w.province, w.class.ID)
	if err != nil {
		t.Fatal(err)
	}
	counted := map[models.Mark]int{}
	for _, marks := range sheet.Marks {
		for _, mark := range marks {
			counted[mark]++
		}
	}
	if counted[models.Excused] != 2 || counted[models.Present] != 18 || len(counted) != 2 {
		t.Errorf("marks %v", counted)
	}
}

// everybody are chairs of the whole province who may go to the class.
func (w *classSite) everybody(n int) []int64 {
	w.t.Helper()
	found, err := w.core.Gaps(w.ctx, w.province, models.GapFilter{Position: "chu-tich-xa", Standard: "ke-hoach-2013-ca-hai", Statuses: []models.Status{models.Missing, models.Met}}, "", n)
	if err != nil || len(found.Rows) < n {
		w.t.Fatalf("%d chairs, %v", len(found.Rows), err)
	}
	var out []int64
	for _, r := range found.Rows {
		out = append(out, r.CadreID)
	}
	return out
}

// Scores: a column pasted from Excel fills downwards, Enter and the arrows lead on; pasting and saving are two acts.
func TestBrowserGrades(t *testing.T) {
	w := newClassSite(t)
	w.class = w.open("Lớp đông", 40)
	w.run(w.everybody(5)...)
	h := w.browse(1280, 900)
	h.signIn(w.site, "hoc-vien")
	h.open(classTab(w.class.ID, "results"))
	h.axe("results")
	paste := `(() => { const first = document.querySelector("[data-grid] input"); first.focus(); const d = new DataTransfer(); d.setData("text", "7,5\r\n8\r\n6.5\r\n9\r\n10\r\n");
		first.dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true}));
		return [...document.querySelectorAll("[data-grid] tbody tr")].map(r => r.querySelector("input").value).join(" ") })()`
	if got := eval[string](h, paste); got != "7,5 8 6.5 9 10" {
		t.Errorf("pasted: %q", got)
	}
	h.keys("\r")
	h.do(chromedp.KeyEvent("5"))
	if got := eval[string](h, `[...document.querySelectorAll("[data-grid] tbody tr")].map(r => r.querySelector("input").value).join(" ")`); got != "7,5 5 6.5 9 10" {
		t.Errorf("Enter leads elsewhere: %q", got)
	}
	h.press("form .buttons button.primary")
	h.want("5 điểm thay đổi")
	if got := eval[string](h, `[...document.querySelectorAll("[data-grid] tbody tr")].map(r => r.querySelector("input").value).join(" ")`); got != "7,5 5,0 6,5 9,0 10,0" {
		t.Errorf("stored: %q", got)
	}
	h.picture("grades")
}

// A district sends five people from her gap list to the one open class, in at most eight acts.
func TestBrowserNominate(t *testing.T) {
	w := newClassSite(t)
	h := w.browse(1280, 900)
	h.signIn(w.site, "le-thuy")
	h.open("/gaps?position=chu-tich-xa&standard=ke-hoach-2013-ca-hai")
	h.acts = 0
	for i := range 5 {
		h.tap(fmt.Sprintf(".gaps tbody tr:nth-child(%d) input[name=cadre]", i+1))
	}
	h.press(".pick button")
	h.want("Lớp LLCT khóa 1")
	h.axe("nominate")
	h.picture("nominate")
	if strings.Contains(h.text(), "Một lý do cho mọi cảnh báo") {
		h.fill("#f-reason", "quy hoạch")
	}
	h.press("form .buttons button.primary")
	h.want("chờ duyệt")
	if h.acts > 8 {
		t.Errorf("%d acts, at most 8", h.acts)
	}
	people, err := w.core.ClassPeople(w.ctx, w.province, w.class.ID)
	if err != nil || len(people.Requests) == 0 {
		t.Errorf("%d requests, %v", len(people.Requests), err)
	}
}

// Every view of a class passes axe and fits a phone.
func TestBrowserClassViews(t *testing.T) {
	w := newClassSite(t)
	seats := w.run(w.chairs[0], w.chairs[1])
	asked := w.open("Lớp đang cử", 20)
	if _, err := w.core.Nominate(w.ctx, w.actor("le-thuy"), asked.ID, []core.NominationInput{{CadreID: w.chairs[3], Override: "quy hoạch"}}); err != nil {
		t.Fatal(err)
	}
	for _, width := range []int64{1280, 360} {
		h := w.browse(width, 800)
		h.signIn(w.site, "ban-to-chuc")
		for _, path := range []string{classTab(w.class.ID, "info"), classTab(w.class.ID, "people"), classTab(asked.ID, "people"), classTab(w.class.ID, "sessions"), classTab(w.class.ID, "roll"), classTab(w.class.ID, "results"), classTab(w.class.ID, "log"),
			classHref(w.class.ID) + "/finish", classHref(asked.ID) + "/step?to=cancelled", "/classes?view=board", "/classes", nominateHref(figure(asked.ID), w.chairs[3:5]), fmt.Sprintf("%s/leave/%d", classHref(w.class.ID), seats[0].ID)} {
			h.open(path)
			name := fmt.Sprintf("%d%s", width, strings.NewReplacer("/", "_", "?", "_", "=", "_", "&", "_").Replace(path))
			h.axe(name)
			h.fits(name)
			h.picture(name)
		}
	}
}
