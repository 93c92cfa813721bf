package core

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"datchuan/models"
)

func TestImportKeepsWhatItMust(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.roster(w.officer, "QB", "first", richRow()).apply(ImportChoices{})
		before := w.state()
		poor := line("Nguyễn Thị Hoa", 19750000, "Mỹ Thủy") // only the year, and nothing else
		poor.Position = ""
		if report := w.roster(w.officer, "QB", "poor", poor).apply(ImportChoices{}); report.Unchanged != 1 {
			t.Fatalf("an empty row changed something: %+v", report)
		}
		lower := richRow()
		lower.Levels = map[models.QualKind]models.LevelRead{models.Professional: {Level: models.Elementary}, models.GeneralEducation: {Level: models.NoLevel}}
		lower.Party, lower.PartyDate, lower.Birth, lower.HeldSince = models.No, 0, 19750806, 20090000
		lower.Training = &models.TrainingRead{Attended: true, Days: 5}
		r := w.roster(w.officer, "QB", "lower", lower)
		plan := r.preview(ImportChoices{})
		if plan.Unchanged != 1 || strings.Count(codesOf(plan.Rows[0].Findings), "import.conflict") != 6 {
			t.Errorf("lower values: %s, %+v", codesOf(plan.Rows[0].Findings), plan.Rows[0].Changes)
		}
		r.apply(ImportChoices{})
		if !reflect.DeepEqual(w.state(), before) {
			t.Error("conflicts were written although nobody chose them")
		}
		take := ImportChoices{Rows: map[int]RowChoice{7: {Take: []models.RosterField{models.FieldProfession, models.FieldBirth, models.FieldParty}}}}
		lower.Levels[models.Professional] = models.LevelRead{Level: models.Elementary, Field: "May"}
		if report := w.roster(w.officer, "QB", "lower, taken", lower).apply(take); report.Changed != 1 {
			t.Errorf("taken: %+v", report)
		}
		k := w.cadre("Nguyễn Thị Hoa")
		if k.Birth != 19750806 || k.Party != models.No || k.PartyDate != 0 {
			t.Errorf("chosen fields: %+v", k)
		}
		for _, q := range current[models.Qualification](w, k.ID) {
			if q.Kind == models.Professional && (q.Level != models.Elementary || q.Field != "May") {
				t.Errorf("profession: %+v", q)
			}
		}
	})
}

func TestImportRecordsARiseFromTheRosterDateOn(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		row := line("Lê Thị Mai", 19800000, "Mỹ Thủy")
		row.Levels = map[models.QualKind]models.LevelRead{models.Political: {Level: models.NoLevel}, models.Professional: {Level: models.Elementary}}
		row.Training = &models.TrainingRead{Attended: true, Days: 5}
		w.roster(w.officer, "QB", "2013", row).apply(ImportChoices{})
		row.Levels = map[models.QualKind]models.LevelRead{models.Political: {Level: models.Intermediate}, models.Professional: {Level: models.Intermediate}}
		row.Training = &models.TrainingRead{Attended: true, Days: 15}
		asOf := models.NewDate(2013, 9, 1)
		w.roster(w.officer, "QB", "2013b", row).apply(ImportChoices{AsOf: asOf})
		days := map[models.Date]int{}
		for _, q := range current[models.Qualification](w, w.cadre("Lê Thị Mai").ID) {
			switch {
			case q.Kind == models.HoiTraining:
				days[q.From] += q.Days
			case q.Kind == models.Political && q.Level == models.NoLevel && q.To != asOf:
				t.Errorf("“has none” did not end: %+v", q)
			case q.Level == models.Intermediate && q.From != asOf:
				t.Errorf("the rise is dated back: %+v", q)
			}
		}
		if days[models.Beginning] != 5 || days[asOf] != 10 {
			t.Errorf("days: %v", days)
		}
	})
}

func TestImportUndoRestoresEverything(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		w := newWorld(t, c)
		w.person("Nguyễn Thị Hoa", "uy-vien-bch-xa", "MT", &models.Qualification{Kind: models.Political, Level: models.NoLevel, From: models.Beginning, To: models.Forever, Earned: models.Beginning, Review: models.Declared})
		w.person("Lê Thị Chủ", "chu-tich-xa", "MT")
		empty := w.state()
		first := richRow()
		first.Levels[models.Political] = models.LevelRead{Level: models.Intermediate}
		first.Studying = nil
		one := w.roster(w.officer, "QB", "one", first, line("Trần Thị Lan", 19800000, "Phong Thủy"))
		report := one.apply(ImportChoices{Rows: map[int]RowChoice{7: {Replace: true}}})
		if report.New != 1 || report.Changed != 1 || report.Cadres != 3 {
			t.Fatalf("report: %+v", report)
		}
		afterOne := w.state()
		if reflect.DeepEqual(afterOne.Standings, empty.Standings) {
			t.Fatal("the import changed no standing: the test shows nothing")
		}
		second := richRow()
		second.Levels = map[models.QualKind]models.LevelRead{models.Professional: {Level: models.University}}
		second.Training, second.Phone = &models.TrainingRead{Attended: true, Days: 40}, "0987654321"
		two := w.roster(w.officer, "QB", "two", second)
		two.apply(ImportChoices{})
		_, err := c.UndoImport(ctx, w.officer, one.id)
		mustFail(t, err, "import.undo_changed")
		if !strings.Contains(err.(*models.Error).Params["names"], "Nguyễn Thị Hoa") {
			t.Errorf("names: %v", err.(*models.Error).Params)
		}
		for _, step := range []struct {
			id   int64
			want any
		}{{two.id, afterOne}, {one.id, empty}} {
			if report, err := c.UndoImport(ctx, w.officer, step.id); err != nil || report.State != ImportUndone {
				t.Fatalf("undo: %v, %+v", err, report)
			}
			if got := w.state(); !reflect.DeepEqual(got, step.want) {
				t.Errorf("after undo:\n%+v\nwant\n%+v", got, step.want)
			}
		}
		rows := w.count(&Audit{}, "1 = 1")
		if _, err := c.UndoImport(ctx, w.officer, one.id); err != nil || w.count(&Audit{}, "1 = 1") != rows {
			t.Errorf("undoing twice: %v", err)
		}
		if again := w.roster(w.officer, "QB", "one", first).apply(ImportChoices{}); again.Changed != 1 {
			t.Errorf("importing again after undo: %+v", again)
		}
	})
}

func TestImportUndoIsRefusedAfterAnEdit(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		w := newWorld(t, c)
		edits := map[string]func(tx *Tx, id int64) error{
			"record": func(tx *Tx, id int64) error {
				return tx.Model(&models.Cadre{}).Where("id = ?", id).Updates(map[string]any{"note": "x", "version": 2}).Error
			},
			"fact": func(tx *Tx, id int64) error {
				return w.addFact(tx, id, &models.Study{Kind: models.Political, Level: 2, From: 20130101, To: 20140101})
			},
			"award": func(tx *Tx, id int64) error {
				return tx.Create(&models.Award{CadreID: id, Title: "Giỏi", Recorded: models.Recorded{FactID: 999, SupersededAt: models.Never}}).Error
			},
			"closed fact": func(tx *Tx, id int64) error {
				return tx.Model(&models.Holding{}).Where("cadre_id = ?", id).Update("superseded_at", tx.at).Error
			},
		}
		year := models.PartialDate(19700000)
		for name, edit := range edits {
			year += 10000
			r := w.roster(w.officer, "QB", name, line("Lê Thị Mai", year, "Mỹ Thủy"))
			r.apply(ImportChoices{})
			w.do(func(tx *Tx) error {
				var k models.Cadre
				if err := tx.Where("birth = ?", year).Take(&k).Error; err != nil {
					return err
				}
				return edit(tx, k.ID)
			})
			before := w.state()
			_, err := c.UndoImport(ctx, w.officer, r.id)
			mustFail(t, err, "import.undo_changed")
			if !reflect.DeepEqual(w.state(), before) {
				t.Errorf("%s: a refused undo wrote something", name)
			}
		}
		late := w.roster(w.officer, "QB", "late", line("Lê Thị Na", 19800000, "Mỹ Thủy"))
		late.apply(ImportChoices{})
		clock := c.now
		c.now = func() time.Time { return clock().AddDate(0, 0, 31) }
		_, err := c.UndoImport(ctx, w.officer, late.id)
		c.now = clock
		mustFail(t, err, "import.undo_late")
	})
}

func TestImportTellsOfTakenSeats(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		old := w.person("Lê Thị Chủ", "chu-tich-xa", "MT")
		row := line("Nguyễn Thị Hoa", 19750000, "Mỹ Thủy")
		row.Position, row.HeldSince = "chu-tich-xa", 20130000
		r := w.roster(w.officer, "QB", "seat", row)
		if plan := r.preview(ImportChoices{}); codesOf(plan.Rows[0].Findings) != "import.seat_taken" || plan.Rows[0].Outcome != RowNew {
			t.Fatalf("seat: %+v", plan.Rows[0])
		}
		r.apply(ImportChoices{Rows: map[int]RowChoice{7: {Replace: true}}})
		if held := current[models.Holding](w, old); held[0].To != models.NewDate(2013, 1, 1) {
			t.Errorf("the former chair: %+v", held)
		}
		moved := line("Nguyễn Thị Hoa", 19750000, "Phong Thủy")
		moved.Position = "chu-tich-xa"
		id := w.cadre("Nguyễn Thị Hoa").ID
		m := w.roster(w.officer, "QB", "moved", moved)
		choice := RowChoice{Action: RowUpdate, CadreID: id}
		if plan := m.preview(ImportChoices{Rows: map[int]RowChoice{7: choice}}); codesOf(plan.Rows[0].Findings) != "import.holds_elsewhere" {
			t.Errorf("moved: %+v", plan.Rows[0])
		}
		choice.Replace = true
		m.apply(ImportChoices{Rows: map[int]RowChoice{7: choice}})
		if k := w.cadre("Nguyễn Thị Hoa"); k.UnitID != w.unit["PT"] || k.Path != w.path["PT"] {
			t.Errorf("her record did not move: %+v", k)
		}
		if held := current[models.Holding](w, id); len(held) != 2 || held[0].To != models.NewDate(2013, 3, 1) || held[1].UnitID != w.unit["PT"] {
			t.Errorf("her posts: %+v", held)
		}
	})
}

func TestImportLeavesRestrictedFieldsToThoseWhoMay(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		narrow := w.officer
		narrow.Limit = []models.Permission{models.ImportsRun, models.CadresRead, models.CadresWrite}
		report := w.roster(narrow, "QB", "narrow", richRow()).apply(ImportChoices{})
		k := w.cadre("Nguyễn Thị Hoa")
		if k.Ethnicity != "" || k.Religion != "" || k.Party != models.NotKnown || codesOf(report.Findings) != "import.restricted_ignored" || report.Findings[0].Params["count"] != "1" {
			t.Errorf("record %+v, findings %+v", k, report.Findings)
		}
		readOnly := w.officer
		readOnly.Limit = []models.Permission{models.ImportsRun}
		r := w.roster(readOnly, "QB", "read only", richRow())
		if _, err := c.ApplyImport(context.Background(), readOnly, r.id, r.rows, ImportChoices{}); models.KindOf(err) != models.Forbidden {
			t.Errorf("a token without cadres.write applied: %v", err)
		}
	})
}
