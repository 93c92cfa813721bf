package core

import (
	"sync"
	"testing"

	"datchuan/models"
)

// graduates runs a class of n chairs to its closing and returns it; the course gives a giấy chứng nhận.
func (w *schoolWorld) graduates(n int) (Closing, []models.Enrolment) {
	w.t.Helper()
	w.do(func(tx *Tx) error {
		return tx.Model(&models.Course{}).Where("code = ?", w.course.Code).Update("paper", string(models.GiayChungNhan)).Error
	})
	if err := w.c.SeedReference(w.ctx); err != nil {
		w.t.Fatal(err)
	}
	who := w.chairs(n)
	class := w.open("Lớp có giấy", 20130304, 20130309, n)
	seats := w.enrol(class, who...)
	w.on(20130304)
	class = w.move(w.move(w.read(class), ClassStep{To: models.ClassSeated}), ClassStep{To: models.ClassRunning})
	w.on(20130308)
	scores := map[int64]map[string]int{}
	for _, e := range seats {
		scores[e.ID] = map[string]int{"a": 70, "b": 80}
	}
	w.teach(class, scores)
	class, err := w.c.SendResults(w.ctx, w.teacher, class.ID, w.read(class).Version)
	if err != nil {
		w.t.Fatal(err)
	}
	closing, err := w.c.CloseClass(w.ctx, w.province, class.ID, class.Version)
	if err != nil {
		w.t.Fatal(err)
	}
	return closing, seats
}

func (w *schoolWorld) registerOf(actor models.Actor, classID int64) []models.Certificate {
	w.t.Helper()
	page, err := w.c.Certificates(w.ctx, actor, CertificateQuery{ClassID: classID})
	if err != nil {
		w.t.Fatal(err)
	}
	return page.Lines
}

func TestClosingIssuesCertificates(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newSchoolWorld(t, c)
		closing, _ := w.graduates(3)
		list := w.registerOf(w.province, closing.Class.ID)
		if len(list) != 3 {
			t.Fatalf("%d certificates of 3 graduates", len(list))
		}
		first := list[0]
		f := first.Facts
		if first.Label != "01/GCN-BTV" || f.Number != "01/GCN-BTV" || list[2].Number != 3 || first.Year != 2013 || first.IssuedOn != 20130308 {
			t.Errorf("numbers: %+v", first)
		}
		if f.Parent != "HỘI LIÊN HIỆP PHỤ NỮ TỈNH QUẢNG BÌNH" || f.Issuer != "BAN THƯỜNG VỤ" || f.Unit != "Hội LHPN xã Thử C000, huyện Lệ Thủy" || f.Grade == "" || f.Decision != "12/QĐ-BTV" {
			t.Errorf("facts: %+v", f)
		}
		if got := w.registerOf(w.district, closing.Class.ID); len(got) != 3 {
			t.Errorf("their district sees %d", len(got))
		}
		if got := w.registerOf(w.other, closing.Class.ID); len(got) != 0 {
			t.Errorf("another district sees %d", len(got))
		}
		if _, err := c.Certificate(w.ctx, w.other, first.ID); models.KindOf(err) != models.NotFound {
			t.Errorf("another district opens one: %v", err)
		}
		public, err := c.CheckCertificate(w.ctx, "192.0.2.1", first.Code[:13]+" "+first.Code[13:])
		if err != nil || public.State != models.CertificateValid || public.Name != f.Name || public.Number != first.Label {
			t.Errorf("public: %+v %v", public, err)
		}
		for _, typed := range []string{"", "x", models.NewCode([16]byte{1})} {
			_, err := c.CheckCertificate(w.ctx, "192.0.2.1", typed)
			wantCode(t, "unknown "+typed, err, models.NotFound, "certificate.unknown_code")
		}
		for range publicBurst {
			_, err = c.CheckCertificate(w.ctx, "192.0.2.2", "x")
		}
		wantCode(t, "within the pace", err, models.NotFound, "certificate.unknown_code")
		_, err = c.CheckCertificate(w.ctx, "192.0.2.2", first.Code)
		wantCode(t, "too often", err, models.TooMany, "auth.wait")
		w.reopenCertificates(closing, list)
	})
}

// reopenCertificates opens the class again, changes one result, and closes it.
func (w *schoolWorld) reopenCertificates(closing Closing, before []models.Certificate) {
	t, c := w.t, w.c
	t.Helper()
	class, err := c.ReopenClass(w.ctx, w.province, closing.Class.ID, closing.Class.Version, "nhập nhầm điểm")
	if err != nil {
		t.Fatal(err)
	}
	if public, err := c.CheckCertificate(w.ctx, "192.0.2.1", before[0].Code); err != nil || public.State != models.CertificateSuspended {
		t.Errorf("while it is looked at: %+v %v", public, err)
	}
	if class, err = c.ReturnResults(w.ctx, w.province, class.ID, class.Version, "sửa điểm"); err != nil {
		t.Fatal(err)
	}
	low, better := 10, 100
	in := []ScoreInput{{before[1].EnrolmentID, "a", 1, &better}, {before[1].EnrolmentID, "b", 1, &better}, {before[2].EnrolmentID, "b", 1, &low}, {before[2].EnrolmentID, "b", 2, &low}}
	if _, err := c.SaveScores(w.ctx, w.teacher, class.ID, in); err != nil {
		t.Fatal(err)
	}
	if class, err = c.SendResults(w.ctx, w.teacher, class.ID, w.read(class).Version); err != nil {
		t.Fatal(err)
	}
	if _, err = c.CloseClass(w.ctx, w.province, class.ID, class.Version); err != nil {
		t.Fatal(err)
	}
	byID := map[int64]models.Certificate{}
	for _, cert := range w.registerOf(w.province, class.ID) {
		byID[cert.ID] = cert
	}
	same, changed, failed := byID[before[0].ID], byID[before[1].ID], byID[before[2].ID]
	if same.State != models.CertificateValid || same.Label != before[0].Label || same.Code != before[0].Code {
		t.Errorf("an unchanged result keeps its certificate: %+v", same)
	}
	if next := byID[changed.ReplacedBy]; changed.State != models.CertificateReplaced || next.State != models.CertificateValid || next.Number != 4 || next.Replaces != changed.ID {
		t.Errorf("a changed result gets another: %+v %+v", changed, next)
	}
	if failed.State != models.CertificateRevoked || len(byID) != 4 {
		t.Errorf("a failed one loses hers: %+v, %d lines", failed, len(byID))
	}
	w.wantHealthy()
}

func (w *schoolWorld) wantHealthy() {
	w.t.Helper()
	if report, err := w.c.Doctor(w.ctx); err != nil || !report.Healthy() {
		w.t.Errorf("doctor: %+v %v", report, err)
	}
}

func TestSeriesHasNoGap(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newSchoolWorld(t, c)
		closing, _ := w.graduates(25)
		var at sync.WaitGroup
		var mu sync.Mutex
		reissued := 0
		for _, cert := range w.registerOf(w.province, closing.Class.ID) {
			for range 4 { // each four times at once: one wins
				at.Go(func() {
					if _, err := c.ReissueCertificate(w.ctx, w.province, cert.ID, cert.Version, models.CauseWrong, "sai tên đơn vị"); err == nil {
						mu.Lock()
						reissued++
						mu.Unlock()
					} else if models.KindOf(err) != models.Stale {
						t.Errorf("reissue: %v", err)
					}
				})
			}
		}
		at.Wait()
		seen := map[int64]bool{}
		for _, cert := range w.registerOf(w.province, closing.Class.ID) {
			seen[cert.Number] = true
		}
		for n := int64(1); n <= 50; n++ {
			if !seen[n] {
				t.Errorf("number %d is missing", n)
			}
		}
		if reissued != 25 || len(seen) != 50 {
			t.Errorf("%d reissued, %d numbers", reissued, len(seen))
		}
		w.wantHealthy()
		w.do(func(tx *Tx) error { return tx.Exec("UPDATE certificates SET number = 51 WHERE number = 50").Error })
		if report, err := c.Doctor(w.ctx); err != nil || report.Healthy() {
			t.Errorf("a gap in the register goes unseen: %v", err)
		}
	})
}

func TestReissueAndRevoke(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newSchoolWorld(t, c)
		closing, _ := w.graduates(2)
		list := w.registerOf(w.province, closing.Class.ID)
		first := list[0]
		_, err := c.ReissueCertificate(w.ctx, w.province, first.ID, first.Version, models.CauseLost, " ")
		wantCode(t, "no reason", err, models.Invalid, "certificate.reason_required")
		_, err = c.ReissueCertificate(w.ctx, w.district, first.ID, first.Version, models.CauseLost, "mất")
		wantCode(t, "a district reissues a paper of the province", err, models.Forbidden, "class.not_yours")
		next, err := c.ReissueCertificate(w.ctx, w.province, first.ID, first.Version, models.CauseLost, "mất trong lũ")
		if err != nil || next.Kind != models.ThayThe || next.Label != "01/2013/TT" || next.Facts.Replaces == nil || next.Facts.Replaces.Number != first.Label || next.Facts.Name != first.Facts.Name {
			t.Fatalf("%+v %v", next, err)
		}
		if public, err := c.CheckCertificate(w.ctx, "192.0.2.1", first.Code); err != nil || public.State != models.CertificateReplaced || public.Newer != next.Label {
			t.Errorf("the old code: %+v %v", public, err)
		}
		w.revokeByTwo(list[1])
		w.wantHealthy()
		class, err := c.ReopenClass(w.ctx, w.province, closing.Class.ID, closing.Class.Version, "xem lại")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.CloseClass(w.ctx, w.province, class.ID, class.Version); err != nil {
			t.Fatal(err)
		}
		for _, cert := range w.registerOf(w.province, class.ID) {
			if cert.EnrolmentID == list[1].EnrolmentID && cert.State != models.CertificateRevoked {
				t.Errorf("closing again gives back what two people have revoked: %+v", cert)
			}
		}
	})
}

func (w *schoolWorld) revokeByTwo(cert models.Certificate) {
	t, c := w.t, w.c
	t.Helper()
	second := w.province
	second.AccountID += 1000
	asked, err := c.AskRevocation(w.ctx, w.province, cert.ID, cert.Version, "thi hộ")
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.DecideRevocation(w.ctx, w.province, cert.ID, asked.Version, true, "")
	wantCode(t, "who asked confirms", err, models.Conflict, "certificate.second_person")
	_, err = c.DecideRevocation(w.ctx, second, cert.ID, cert.Version, true, "")
	wantCode(t, "an old version", err, models.Stale, "edit.stale")
	if public, err := c.CheckCertificate(w.ctx, "192.0.2.1", cert.Code); err != nil || public.State != models.CertificateValid {
		t.Errorf("asked for is not revoked: %+v %v", public, err)
	}
	if _, err = c.DecideRevocation(w.ctx, second, cert.ID, asked.Version, true, ""); err != nil {
		t.Fatal(err)
	}
	if public, err := c.CheckCertificate(w.ctx, "192.0.2.1", cert.Code); err != nil || public.State != models.CertificateRevoked {
		t.Errorf("revoked: %+v %v", public, err)
	}
	card, err := c.Cadre(w.ctx, w.province, cert.CadreID, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range card.Qualifications {
		if q.EnrolmentID != 0 {
			t.Errorf("what the class gave still counts: %+v", q)
		}
	}
}

func TestBlanks(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newSchoolWorld(t, c)
		closing, _ := w.graduates(3)
		issuer := models.UnitIssuer(w.unit["QB"])
		_, err := c.UseBlanks(w.ctx, w.province, closing.Class.ID)
		wantCode(t, "no blanks", err, models.Conflict, "blank.none_left")
		if _, err = c.ReceiveBlanks(w.ctx, w.province, issuer, "A 0098", 4); err != nil {
			t.Fatal(err)
		}
		_, err = c.ReceiveBlanks(w.ctx, w.province, issuer, "A 0101", 5)
		wantCode(t, "a serial twice", err, models.Conflict, "blank.known")
		_, err = c.ReceiveBlanks(w.ctx, w.district, issuer, "B 1", 1)
		wantCode(t, "blanks of somebody else", err, models.NotFound, "not_found")
		for _, want := range []int{3, 0} {
			if n, err := c.UseBlanks(w.ctx, w.province, closing.Class.ID); err != nil || n != want {
				t.Fatalf("%d blanks used, want %d, %v", n, want, err)
			}
		}
		list := w.registerOf(w.province, closing.Class.ID)
		if list[0].Serial != "A 0098" || list[2].Serial != "A 0100" {
			t.Errorf("serials %q, %q", list[0].Serial, list[2].Serial)
		}
		stock, err := c.SpoilBlank(w.ctx, w.province, issuer, "A 0099", "kẹt giấy")
		if err != nil || stock.Spoiled != 1 || stock.Used != 2 || stock.Received != 1 {
			t.Fatalf("%+v %v", stock, err)
		}
		if n, err := c.UseBlanks(w.ctx, w.province, closing.Class.ID); err != nil || n != 1 {
			t.Fatalf("%d %v", n, err)
		}
		if list = w.registerOf(w.province, closing.Class.ID); list[1].Serial != "A 0101" {
			t.Errorf("after the spoilt one: %q", list[1].Serial)
		}
	})
}

func TestTemplatesHaveVersions(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newSchoolWorld(t, c)
		closing, _ := w.graduates(1)
		design, err := c.Template(w.ctx, w.province, string(models.GiayChungNhan), 0)
		if err != nil {
			t.Fatal(err)
		}
		design.Name = "Mẫu mới"
		saved, err := c.SaveTemplate(w.ctx, w.province, design)
		if err != nil || saved.Version != 2 {
			t.Fatalf("%d %v", saved.Version, err)
		}
		_, err = c.SaveTemplate(w.ctx, w.province, design)
		wantCode(t, "an old version", err, models.Stale, "edit.stale")
		print, err := c.CertificatesToPrint(w.ctx, w.province, closing.Class.ID, 0)
		if err != nil || print[0].Design.Name == "Mẫu mới" || print[0].Design.Version != 1 {
			t.Errorf("what was issued changed: %v %v", print, err)
		}
	})
}

func TestMergeTakesClassesAlong(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newSchoolWorld(t, c)
		closing, seats := w.graduates(2)
		twin := w.create(w.input("Nguyễn Thị Hai Hồ Sơ", "MT")).ID
		learner := seats[0].CadreID
		_, err := c.MergeCadres(w.ctx, w.province, seats[1].CadreID, learner, nil)
		wantCode(t, "two of one class", err, models.Conflict, "merge.same_class")
		m, err := c.MergeCadres(w.ctx, w.province, twin, learner, nil)
		if err != nil {
			t.Fatal(err)
		}
		mine := func(cadre int64) int64 {
			got, err := c.Certificates(w.ctx, w.province, CertificateQuery{CadreID: cadre})
			if err != nil {
				t.Fatal(err)
			}
			return got.Total
		}
		if mine(twin) != 1 || mine(learner) != 0 {
			t.Errorf("certificates after the merge: %d, %d", mine(twin), mine(learner))
		}
		if err := c.UndoMerge(w.ctx, w.province, m.ID); err != nil || mine(twin) != 0 || mine(learner) != 1 {
			t.Errorf("certificates after the way back: %d, %d, %v", mine(twin), mine(learner), err)
		}
		if m, err = c.MergeCadres(w.ctx, w.province, twin, learner, nil); err != nil {
			t.Fatal(err)
		}
		class, err := c.ReopenClass(w.ctx, w.province, closing.Class.ID, closing.Class.Version, "xem lại")
		if err != nil {
			t.Fatal(err)
		}
		if _, err = c.CloseClass(w.ctx, w.province, class.ID, class.Version); err != nil {
			t.Fatal(err)
		}
		card, err := c.Cadre(w.ctx, w.province, twin, 0)
		if err != nil || len(card.Qualifications) == 0 {
			t.Errorf("what the class gives goes to the merged record: %v %v", card.Qualifications, err)
		}
		w.wantHealthy()
		if err := c.UndoMerge(w.ctx, w.province, m.ID); models.KindOf(err) != models.Conflict {
			t.Errorf("undone though the class gave more since: %v", err)
		}
	})
}

func TestWorkplace(t *testing.T) {
	c := openTest(t, "sqlite")
	w := newSchoolWorld(t, c)
	branch := w.addUnit("MT", "THON6", models.Branch, "chi hội", "Thôn 6", 99)
	tree, err := c.Tree(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	for unit, want := range map[int64]string{
		branch:       "Chi hội Thôn 6, Hội LHPN xã Mỹ Thủy, huyện Lệ Thủy",
		w.unit["MT"]: "Hội LHPN xã Mỹ Thủy, huyện Lệ Thủy",
		w.unit["LT"]: "Hội LHPN huyện Lệ Thủy",
		w.unit["QB"]: "Hội LHPN tỉnh Quảng Bình",
	} {
		if got := workplace(tree, unit, 20130301); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Who takes a paper with names leaves a trace, whatever her role.
func TestPapersAreLogged(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newSchoolWorld(t, c)
		closing, _ := w.graduates(1)
		class := closing.Class.ID
		traces := func(action string) (n int64) {
			if err := c.read.Model(&Audit{}).Where("action = ?", action).Count(&n).Error; err != nil {
				t.Fatal(err)
			}
			return n
		}
		if _, err := c.ClassPapers(w.ctx, w.teacher, class, ClassPaper{Code: "learner-list"}); err != nil {
			t.Fatal(err)
		}
		if _, err := c.CertificatesToPrint(w.ctx, w.district, class, 0); err != nil {
			t.Fatal(err)
		}
		if _, err := c.ClassPapers(w.ctx, w.district, class, ClassPaper{Code: "opening-decision"}); models.KindOf(err) != models.Forbidden {
			t.Errorf("a district makes the decision of the province: %v", err)
		}
		if traces("class.paper") != 1 || traces("certificate.print") != 1 {
			t.Errorf("%d papers, %d prints logged", traces("class.paper"), traces("certificate.print"))
		}
	})
}
