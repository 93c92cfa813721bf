package core

import (
	"bytes"
	"context"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"datchuan/models"
)

func richRow() models.RosterRow {
	r := line("Nguyễn Thị Hoa", 19750805, "xã Mỹ Thuỷ") // the other tone placement
	r.Position, r.HeldSince, r.Joined = "chu-tich-xa", 20110000, 20050000
	r.Ethnicity, r.Religion, r.Party, r.PartyDate = "01", "00", models.Yes, 20000203
	r.Hometown, r.Phone, r.Identity = "Lệ Thủy, Quảng Bình", "0912345678", "194123456"
	r.Levels = map[models.QualKind]models.LevelRead{models.GeneralEducation: {Level: models.UpperSecond}, models.Professional: {Level: models.Intermediate, Field: "Kế toán"}, models.Political: {Level: models.NoLevel}}
	r.Training = &models.TrainingRead{Attended: true, Days: 12, Giver: models.ByDistrict, Text: "12 ngày tại huyện"}
	r.Studying = &models.StudyRead{Kind: models.Political, Level: models.Intermediate, Text: "Trung cấp LLCT"}
	r.Terms, r.PlanFor = []string{"2011-2016", "2016-2021"}, "chu-tich-xa"
	return r
}

func TestImportWritesAllThatARowTells(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		r := w.roster(w.officer, "QB", "one", richRow())
		plan := r.preview(ImportChoices{})
		if plan.New != 1 || plan.Errors != 0 || plan.Rows[0].UnitID != w.unit["MT"] {
			t.Fatalf("preview: %+v", plan)
		}
		if w.count(&models.Cadre{}, "1 = 1")+w.count(&models.Holding{}, "1 = 1")+w.count(&models.Qualification{}, "1 = 1") != 0 {
			t.Fatal("the preview wrote domain rows")
		}
		report := r.apply(ImportChoices{})
		if report.New != 1 || report.Cadres != 1 || report.Holdings != 1 || report.Qualifications != 4 || report.Studies != 1 || report.Successions != 2 {
			t.Fatalf("report: %+v", report)
		}
		k := w.cadre("Nguyễn Thị Hoa")
		if k.UnitID != w.unit["MT"] || k.Path != w.path["MT"] || k.Birth != 19750805 || k.Party != models.Yes || k.PartyDate != 20000203 || k.Ethnicity != "01" || k.Phone != "0912345678" {
			t.Fatalf("record: %+v", k)
		}
		if number, err := c.keys.openIdentity(k.IdentityEnc); err != nil || number != "194123456" {
			t.Fatalf("identity: %q, %v", number, err)
		}
		if got := current[models.Holding](w, k.ID); len(got) != 1 || got[0].From != models.NewDate(2011, 1, 1) || got[0].To != models.Forever || got[0].UnitID != w.unit["MT"] {
			t.Fatalf("holding: %+v", got)
		}
		if got := current[models.Study](w, k.ID); got[0].From != models.NewDate(2013, 3, 1) || got[0].To != models.NewDate(2015, 7, 1) {
			t.Fatalf("study: %+v", got)
		}
		if got := current[models.Succession](w, k.ID); len(got) != 2 || got[1].To != models.NewDate(2022, 1, 1) {
			t.Fatalf("succession: %+v", got)
		}
		for _, q := range current[models.Qualification](w, k.ID) {
			if q.Review != models.Declared || q.From != models.Beginning || q.Kind == models.HoiTraining && (q.Days != 12 || q.Giver != models.ByDistrict) {
				t.Errorf("qualification: %+v", q)
			}
		}
		if w.count(&models.Qualification{}, "import_id = ?", r.id) != 4 || w.count(&models.Standing{}, "cadre_id = ?", k.ID) == 0 {
			t.Error("facts without their import, or no standings")
		}
		if w.count(&Audit{}, "object = 'cadre' AND object_id = ?", k.ID) != 1 || w.count(&Audit{}, "action = 'import.apply' AND object_id = ?", r.id) != 1 {
			t.Error("audit rows missing")
		}
		var history Audit
		if err := c.read.Where("object = 'cadre'").Take(&history).Error; err != nil || strings.Contains(history.Detail, "194123456") || strings.Contains(history.Detail, "03/02/2000") {
			t.Errorf("history shows what it must not: %s %v", history.Detail, err)
		}
	})
}

func TestImportOfTheSameFileAgainChangesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		rows := func() []models.RosterRow {
			twin := line("Trần Thị Lan", 19800000, "Phong Thủy")
			bare := line("Hồ Thị Con", 0, "Phong Thủy")
			branch := line("Lê Thị Mai", 19820000, "Phong Thủy")
			branch.Position, branch.Branch = "chi-hoi-truong", "Thôn 1"
			return []models.RosterRow{richRow(), line("Trần Thị Lan", 19800000, "Phong Thủy"), twin, bare, branch}
		}
		choices := ImportChoices{CreateUnits: true, Rows: map[int]RowChoice{9: {Action: RowCreate}}}
		w.roster(w.officer, "QB", "same", rows()...).apply(choices)
		facts := func() int64 {
			return w.count(&models.Holding{}, "1 = 1") + w.count(&models.Qualification{}, "1 = 1") + w.count(&models.Study{}, "1 = 1") + w.count(&models.Succession{}, "1 = 1")
		}
		before, people := facts(), w.count(&models.Cadre{}, "1 = 1")
		if people != 5 {
			t.Fatalf("people: %d", people)
		}
		for _, ch := range []ImportChoices{choices, {}} {
			again := w.roster(w.officer, "QB", "same", rows()...).apply(ch)
			if again.Unchanged != 5 || again.Cadres != 0 || facts() != before || w.count(&models.Cadre{}, "1 = 1") != people {
				t.Fatalf("a second import wrote something: %+v, %d facts instead of %d", again, facts(), before)
			}
		}
		// another file with the same content, a year later: matched by identity, name and birth
		other := []models.RosterRow{richRow(), rows()[4]}
		report := w.roster(w.officer, "QB", "same, saved again", other...).apply(ImportChoices{AsOf: models.NewDate(2014, 1, 1)})
		if report.Unchanged != 2 || facts() != before {
			t.Fatalf("saved again: %+v", report)
		}
	})
}

func TestImportAppliedManyTimesHasOneEffect(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		r := w.roster(w.officer, "QB", "many", richRow(), line("Trần Thị Lan", 19800000, "Phong Thủy"))
		reports := make([]ImportReport, 100)
		var all sync.WaitGroup
		for i := range reports {
			all.Go(func() {
				var err error
				if reports[i], err = c.ApplyImport(context.Background(), w.officer, r.id, r.rows, ImportChoices{}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, got := range reports {
			if !reflect.DeepEqual(got, reports[0]) || got.New != 2 {
				t.Fatalf("reports differ: %+v and %+v", got, reports[0])
			}
		}
		if n := w.count(&models.Cadre{}, "1 = 1"); n != 2 {
			t.Errorf("%d records", n)
		}
		if n := w.count(&Audit{}, "action = 'import.apply'"); n != 1 {
			t.Errorf("%d applications in the audit", n)
		}
	})
}

func TestImportIsAllOrNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		r := w.roster(w.officer, "QB", "bad", line("Trần Thị Lan", 19800000, "Phong Thủy"), line("Lê Thị Mai", 19800000, "Xã Lạ"))
		report, err := c.ApplyImport(context.Background(), w.officer, r.id, r.rows, ImportChoices{})
		mustFail(t, err, "import.blocked")
		if report.Errors != 1 || w.count(&models.Cadre{}, "1 = 1") != 0 || w.count(&models.Standing{}, "1 = 1") != 0 {
			t.Fatalf("half an import: %+v", report)
		}
		_, im, kept, err := c.ImportProgress(context.Background(), w.officer, r.id)
		if err != nil || im.State != ImportPreviewed || kept.Problem != "import.blocked" || codesOf(kept.Findings) != "import.commune_unknown" || kept.Findings[0].Cell != "E08" {
			t.Fatalf("state %s, report %+v, %v", im.State, kept, err)
		}
		if done := r.apply(ImportChoices{Rows: map[int]RowChoice{8: {Action: RowSkip}}}); done.New != 1 || done.Skipped != 1 {
			t.Fatalf("after skipping: %+v", done)
		}
	})
}

func TestImportIsSeenOnlyInItsScope(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		w := newWorld(t, c)
		lt, mh := w.actor("LT", models.DistrictOfficer), w.actor("MH", models.DistrictOfficer)
		r := w.roster(lt, "LT", "secret", line("Trần Thị Lan", 19800000, "Phong Thủy"), line("Lê Thị Mai", 19800000, "Mỹ Thủy"))
		for name, act := range map[string]func() error{
			"bytes":    func() error { _, _, err := c.ImportBytes(ctx, mh, r.id); return err },
			"mapping":  func() error { _, err := c.ImportMapping(ctx, mh, r.id); return err },
			"set":      func() error { return c.SetImportMapping(ctx, mh, r.id, "h", "m") },
			"preview":  func() error { _, err := c.PreviewImport(ctx, mh, r.id, r.rows, ImportChoices{}); return err },
			"apply":    func() error { _, err := c.ApplyImport(ctx, mh, r.id, r.rows, ImportChoices{}); return err },
			"start":    func() error { return c.StartImport(ctx, mh, r.id, r.rows, ImportChoices{}) },
			"progress": func() error { _, _, _, err := c.ImportProgress(ctx, mh, r.id); return err },
			"undo":     func() error { _, err := c.UndoImport(ctx, mh, r.id); return err },
			"discard":  func() error { return c.DiscardImport(ctx, mh, r.id) },
			"absent":   func() error { _, _, err := c.ImportBytes(ctx, lt, r.id+999); return err },
			"upload":   func() error { _, err := c.ImportUpload(ctx, mh, "x", []byte("x"), w.unit["MT"]); return err },
		} {
			if err := act(); models.KindOf(err) != models.NotFound {
				t.Errorf("%s from outside: %v", name, err)
			}
		}
		if _, err := c.Imports(ctx, w.actor("MT", models.CommuneOfficer)); models.KindOf(err) != models.Forbidden {
			t.Errorf("commune officer: %v", err)
		}
		for who, want := range map[*models.Actor]int{&lt: 1, &mh: 0, &w.officer: 1} {
			if list, err := c.Imports(ctx, *who); err != nil || len(list) != want {
				t.Errorf("%s sees %d imports, %v", who.Path, len(list), err)
			}
		}
		outside := models.RosterRow{Name: "Hồ Thị Xa", District: "Minh Hóa", Commune: "Dân Hóa", Position: "uy-vien-bch-xa"}
		stray := w.roster(lt, "LT", "stray", outside)
		if plan := stray.preview(ImportChoices{}); plan.Errors != 1 || codesOf(plan.Rows[0].Findings) != "import.district_unknown" {
			t.Errorf("row outside the scope: %+v", plan.Rows[0])
		}
		if plan := stray.preview(ImportChoices{Units: map[string]int64{"minh hoa||": w.unit["MH"]}}); plan.Errors != 1 {
			t.Errorf("an answer led outside the scope: %+v", plan.Rows[0])
		}
	})
}

func TestImportKeepsTheFileSealedUntilDiscarded(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		w := newWorld(t, c)
		r := w.roster(w.officer, "QB", "044175001234", richRow())
		var im Import
		if err := c.read.Take(&im, r.id).Error; err != nil || bytes.Contains(im.Bytes, []byte("044175001234")) {
			t.Fatalf("the stored file is readable: %v", err)
		}
		if data, _, err := c.ImportBytes(ctx, w.officer, r.id); err != nil || string(data) != "044175001234" {
			t.Fatalf("bytes: %q, %v", data, err)
		}
		for _, m := range []string{"first", "second"} {
			if err := c.SetImportMapping(ctx, w.officer, r.id, "TT|Họ và tên", m); err != nil {
				t.Fatal(err)
			}
		}
		if m, err := c.RememberedMapping(ctx, w.officer, "TT|Họ và tên"); err != nil || m != "second" {
			t.Errorf("remembered %q, %v", m, err)
		}
		other := w.officer
		other.AccountID = 8
		if m, err := c.RememberedMapping(ctx, other, "TT|Họ và tên"); err != nil || m != "" {
			t.Errorf("another account remembers %q, %v", m, err)
		}
		if err := c.DiscardImport(ctx, w.officer, r.id); err != nil {
			t.Fatal(err)
		}
		_, _, err := c.ImportBytes(ctx, w.officer, r.id)
		mustFail(t, err, "not_found")
		_, err = c.ApplyImport(ctx, w.officer, r.id, r.rows, ImportChoices{})
		mustFail(t, err, "import.too_late")
	})
}

func TestImportInterruptedCanRunAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		w := newWorld(t, c)
		r := w.roster(w.officer, "QB", "killed", richRow())
		if mine, err := c.tryClaim(ctx, w.officer, r.id); err != nil || !mine {
			t.Fatal(mine, err)
		}
		if err := c.RecoverImports(ctx); err != nil {
			t.Fatal(err)
		}
		_, im, _, err := c.ImportProgress(ctx, w.officer, r.id)
		if err != nil || im.State != ImportFailed {
			t.Fatalf("state %s, %v", im.State, err)
		}
		if w.count(&Audit{}, "action = 'import.interrupted' AND object_id = ?", r.id) != 1 {
			t.Error("the interruption is not in the audit")
		}
		if report := r.apply(ImportChoices{}); report.New != 1 {
			t.Errorf("second run: %+v", report)
		}
		if err := c.RecoverImports(ctx); err != nil {
			t.Fatal(err)
		}
		if _, im, _, _ = c.ImportProgress(ctx, w.officer, r.id); im.State != ImportApplied {
			t.Errorf("recovery touched a finished import: %s", im.State)
		}
	})
}

func TestImportInTheBackground(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		r := w.roster(w.officer, "QB", "background", richRow())
		ctx, gone := context.WithCancel(context.Background())
		if err := c.StartImport(ctx, w.officer, r.id, r.rows, ImportChoices{}); err != nil {
			t.Fatal(err)
		}
		gone() // the request ends, the import does not
		for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
			_, im, report, err := c.ImportProgress(context.Background(), w.officer, r.id)
			if err != nil {
				t.Fatal(err)
			}
			if im.State == ImportApplied {
				if report.New != 1 {
					t.Fatalf("report: %+v", report)
				}
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("still %s", im.State)
			}
		}
	})
}
