package web

import (
	"fmt"
	"strings"
	"testing"

	"datchuan/core"
	"datchuan/models"
)

// counted is how many chairs count for the target of 90 % (T12).
func (w *classSite) counted() int {
	w.t.Helper()
	all, err := w.core.Targets(w.ctx, w.province, 0, w.core.Today(w.ctx))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range all {
		if p.Target.Code == "T12" {
			return p.Counted
		}
	}
	w.t.Fatal("no target T12")
	return 0
}

// The whole chain in a browser, each step by whose work it is: gap list, nomination, approval, seat, roll, scores, results, closing,
// certificate, the public page of its QR code; then the gap is closed and the target has moved, without a thing typed twice.
func TestBrowserChain(t *testing.T) {
	w := newClassSite(t)
	course, err := w.core.Course(w.ctx, w.province, w.class.Course)
	if err != nil {
		t.Fatal(err)
	}
	course.Paper, course.Grants = string(models.GiayChungNhan), []models.CourseGrant{{Line: models.Professional, Level: models.Intermediate, Field: "Công tác phụ nữ"}}
	if _, err = w.core.SaveCourse(w.ctx, w.province, course); err != nil {
		t.Fatal(err)
	}
	found, err := w.core.Gaps(w.ctx, w.actor("le-thuy"), models.GapFilter{Position: "chu-tich-xa", Standard: "ke-hoach-2013"}, "", 1)
	if err != nil || len(found.Rows) != 1 {
		t.Fatalf("%d with a gap, %v", len(found.Rows), err)
	}
	chair, before := found.Rows[0], w.counted()
	list := "/gaps?position=chu-tich-xa&standard=ke-hoach-2013&search=" + strings.ReplaceAll(models.Fold(chair.Name), " ", "+")
	district := w.browse(1280, 900)
	district.signIn(w.site, "le-thuy")
	district.open(list)
	row := fmt.Sprintf(`.gaps input[name=cadre][value^="%d"]`, chair.CadreID)
	district.tap(row)
	district.press(".pick button")
	district.want(w.class.Name, chair.Name)
	if strings.Contains(district.text(), "Một lý do cho mọi cảnh báo") {
		district.fill("#f-reason", "quy hoạch")
	}
	district.press("form .buttons button.primary")
	district.want("chờ duyệt")
	province := w.browse(1280, 900)
	w.seatByHand(province, chair.Name)
	w.teachByHand()
	province.open(classHref(w.class.ID) + "/finish")
	province.press(`form[action$="/close"] button.primary`)
	issued, err := w.core.Certificates(w.ctx, w.province, core.CertificateQuery{ClassID: w.class.ID})
	if err != nil || len(issued.Lines) != 1 {
		t.Fatalf("%d certificates, %v", len(issued.Lines), err)
	}
	cert := issued.Lines[0]
	province.open(classTab(w.class.ID, "certificates"))
	province.want(cert.Label, chair.Name)
	anybody := w.browse(360, 740)
	anybody.open("/c/" + cert.Code)
	anybody.want(chair.Name, cert.Label, w.class.Name)
	anybody.axe("check")
	anybody.fits("check")
	anybody.picture("check")
	district.open(list)
	if eval[bool](district, fmt.Sprintf("!!document.querySelector(%s)", quote(row))) {
		t.Errorf("her gap is still open:\n%s", district.text())
	}
	if got := w.counted(); got != before+1 {
		t.Errorf("the target counts %d, want %d", got, before+1)
	}
}

// seatByHand approves the one request and lets the class begin.
func (w *classSite) seatByHand(province *hand, name string) {
	w.t.Helper()
	province.signIn(w.site, "ban-to-chuc")
	province.open(classTab(w.class.ID, "people"))
	province.want(name)
	province.tap(`form[action$="/decide"] input[name=n]`)
	if eval[bool](province, `!!document.querySelector('form[action$="/decide"] #f-reason')`) {
		province.fill(`form[action$="/decide"] #f-reason`, "đúng đối tượng")
	}
	province.press(`form[action$="/decide"] button[value=approve]`)
	for _, to := range []models.ClassState{models.ClassSeated, models.ClassRunning} {
		province.open(classHref(w.class.ID))
		province.press(fmt.Sprintf(`.steps-next form:has([name=to][value=%s]) button`, to))
		if got := w.read(w.class).State; got != to {
			w.t.Fatalf("the class is %s, want %s\n%s", got, to, province.text())
		}
	}
}

// teachByHand is the school's part: the rolls, the scores, "Hoàn thành lớp".
func (w *classSite) teachByHand() {
	w.t.Helper()
	school := w.browse(360, 740)
	school.signIn(w.site, "hoc-vien")
	for _, s := range w.sessions() {
		if s.Date > w.core.Today(w.ctx) {
			continue
		}
		school.open(rollHref(w.class.ID, s.ID))
		school.tap(".roll-foot button")
		school.until(`!!document.body?.innerText.includes("Đã lưu điểm danh")`)
	}
	school.open(classTab(w.class.ID, "results"))
	for i, score := range []string{"8", "7,5"} {
		school.fill(fmt.Sprintf("[data-grid] tbody tr td:nth-of-type(%d) input", i+1), score)
	}
	school.press("form .buttons button.primary")
	school.open(classHref(w.class.ID) + "/finish")
	school.press(`form[action$="/send"] button.primary`)
	if got := w.read(w.class).State; got != models.ClassCompleted {
		w.t.Fatalf("the class is %s\n%s", got, school.text())
	}
}
