package core

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"

	"datchuan/models"
)

// roster is one file on its way through an import in a test.
type roster struct {
	*world
	who models.Actor
	id  int64
	// rows of the file, numbered from 7 like below a real header
	rows []models.RosterRow
}

func (w *world) roster(who models.Actor, unit, content string, rows ...models.RosterRow) *roster {
	w.t.Helper()
	im, err := w.c.ImportUpload(context.Background(), who, "danh sách.xlsx", []byte(content), w.unit[unit])
	if err != nil {
		w.t.Fatal(err)
	}
	for i := range rows {
		rows[i].Sheet, rows[i].Row = "DS", 7+i
		rows[i].Cells = map[models.RosterField]string{models.FieldName: "B" + itoaTest(7+i), models.FieldUnit: "E" + itoaTest(7+i)}
	}
	return &roster{w, who, im.ID, rows}
}

func itoaTest(n int) string { return string(rune('0'+n/10)) + string(rune('0'+n%10)) }

func (r *roster) preview(choices ImportChoices) ImportPlan {
	r.t.Helper()
	plan, err := r.c.PreviewImport(context.Background(), r.who, r.id, r.rows, choices)
	if err != nil {
		r.t.Fatal(err)
	}
	return plan
}

func (r *roster) apply(choices ImportChoices) ImportReport {
	r.t.Helper()
	report, err := r.c.ApplyImport(context.Background(), r.who, r.id, r.rows, choices)
	if err != nil {
		r.t.Fatalf("apply: %v, findings %s", err, codesOf(report.Findings))
	}
	return report
}

func codesOf(findings []models.Finding) string {
	var codes []string
	for _, f := range findings {
		codes = append(codes, f.Code)
	}
	return strings.Join(codes, " ")
}

func (w *world) count(model any, where string, args ...any) int64 {
	w.t.Helper()
	var n int64
	if err := w.c.read.Model(model).Where(where, args...).Count(&n).Error; err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *world) cadre(name string) models.Cadre {
	w.t.Helper()
	var found []models.Cadre
	if err := w.c.read.Where("name = ? AND state = ?", name, models.Active).Find(&found).Error; err != nil || len(found) != 1 {
		w.t.Fatalf("%s: %d records, %v", name, len(found), err)
	}
	return found[0]
}

// current reads the standing facts of a cadre, without the columns that any rewriting changes.
func current[T comparable](w *world, cadre int64) []T {
	w.t.Helper()
	var rows []T
	if err := w.c.read.Where("cadre_id = ? AND superseded_at = ?", cadre, models.Never).Order("fact_id").Find(&rows).Error; err != nil {
		w.t.Fatal(err)
	}
	for i := range rows {
		id, _, rec := factParts(&rows[i])
		*id, *rec = 0, models.Recorded{}
	}
	return rows
}

// state is all that lists can show: standings, current facts and active records, without ids of rows.
func (w *world) state() (out struct {
	Standings      []models.Standing
	Cadres         []models.Cadre
	Holdings       []models.Holding
	Qualifications []models.Qualification
	Studies        []models.Study
	Successions    []models.Succession
}) {
	w.t.Helper()
	db := w.c.read
	for _, err := range []error{db.Find(&out.Standings).Error, db.Where("state = ?", models.Active).Order("id").Find(&out.Cadres).Error,
		db.Where("superseded_at = ?", models.Never).Order("fact_id").Find(&out.Holdings).Error,
		db.Where("superseded_at = ?", models.Never).Order("fact_id").Find(&out.Qualifications).Error,
		db.Where("superseded_at = ?", models.Never).Order("fact_id").Find(&out.Studies).Error,
		db.Where("superseded_at = ?", models.Never).Order("fact_id").Find(&out.Successions).Error} {
		if err != nil {
			w.t.Fatal(err)
		}
	}
	for i := range out.Standings {
		out.Standings[i].ID, out.Standings[i].HoldingID = 0, 0
	}
	slices.SortFunc(out.Standings, func(a, b models.Standing) int {
		return cmp.Or(cmp.Compare(a.CadreID, b.CadreID), cmp.Compare(a.StandardID, b.StandardID), cmp.Compare(a.From, b.From), cmp.Compare(a.UnitID, b.UnitID))
	})
	for i := range out.Cadres {
		out.Cadres[i].Version, out.Cadres[i].UpdatedAt = 0, 0
	}
	forget(out.Holdings)
	forget(out.Qualifications)
	forget(out.Studies)
	forget(out.Successions)
	return out
}

func forget[T any](rows []T) {
	for i := range rows {
		id, _, rec := factParts(&rows[i])
		*id, rec.RecordedAt, rec.RecordedBy = 0, 0, 0
	}
}

// line is a row of a roster for a chair in Lệ Thủy unless changed.
func line(name string, birth models.PartialDate, commune string) models.RosterRow {
	return models.RosterRow{Name: name, Birth: birth, Sex: models.Female, District: "Huyện Lệ Thủy", Commune: commune, Position: "uy-vien-bch-xa"}
}

func mustFail(t *testing.T, err error, code string) {
	t.Helper()
	e, ok := err.(*models.Error)
	if !ok {
		if err == nil || !strings.Contains(err.Error(), code) {
			t.Fatalf("want %s, got %v", code, err)
		}
		return
	}
	if e.Code != code {
		t.Fatalf("want %s, got %s", code, e.Code)
	}
}
