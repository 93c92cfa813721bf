package core

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"datchuan/models"
)

// contents are the facts of a record without the marks of the second time axis, to compare before and after.
func (w *world) contents(id int64) string {
	w.t.Helper()
	facts, err := loadCardFacts(w.c.read, id, models.Never)
	if err != nil {
		w.t.Fatal(err)
	}
	var lines []string
	put := func(v any, rec models.Recorded) {
		text, err := json.Marshal([]any{v, rec.FactID})
		if err != nil {
			w.t.Fatal(err)
		}
		lines = append(lines, string(text))
	}
	for _, h := range facts.holdings {
		rec := h.Recorded
		h.ID, h.Recorded = 0, models.Recorded{}
		put(h, rec)
	}
	for _, q := range facts.qualifications {
		rec := q.Recorded
		q.ID, q.Recorded = 0, models.Recorded{}
		put(q, rec)
	}
	for _, s := range facts.studies {
		rec := s.Recorded
		s.ID, s.Recorded = 0, models.Recorded{}
		put(s, rec)
	}
	slices.Sort(lines)
	var cadre models.Cadre
	if err := w.c.read.Take(&cadre, id).Error; err != nil {
		w.t.Fatal(err)
	}
	cadre.Version, cadre.UpdatedAt = 0, 0
	text, err := json.Marshal([]any{cadre, cadre.IdentityEnc, cadre.IdentityKey, cadre.SortKey, cadre.Path, lines})
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

// twins are two records of one person: a chair with papers, and an importer's leftover with a number and a study.
func (w *world) twins() (keep, gone int64) {
	in := w.input("Trần Thị Lan", "MT")
	keep = w.create(in).ID
	in.Identity, in.Phone, in.Birth = "044175001234", "0912345678", 19750000
	gone = w.create(in).ID
	w.do(func(tx *Tx) error {
		for _, f := range []struct {
			id   int64
			fact any
		}{
			{keep, &models.Holding{Position: "chu-tich-xa", UnitID: w.unit["MT"], From: 20110501, To: models.Forever}},
			{gone, &models.Holding{Position: "chu-tich-xa", UnitID: w.unit["MT"], From: 20110601, To: models.Forever}},
			{keep, level(models.Professional, models.Elementary)},
			{gone, level(models.Professional, models.University)},
			{gone, studying(models.Political, 2, 20120901, 20140901)},
		} {
			if err := w.addFact(tx, f.id, f.fact); err != nil {
				return err
			}
		}
		return tx.restand(keep, gone)
	})
	return keep, gone
}

func TestMergeAndUndo(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		keep, gone := w.twins()
		f, err := c.AttachFile(ctx, w.officer, gone, "a.pdf", []byte("%PDF-1.4"))
		if err != nil {
			t.Fatal(err)
		}
		keepBefore, goneBefore := w.contents(keep), w.contents(gone)
		m, err := c.MergeCadres(ctx, w.officer, keep, gone, map[string]bool{"identity": true, "phone": true, "birth": false})
		if err != nil {
			t.Fatal(err)
		}
		card, err := c.Cadre(ctx, w.officer, keep, 0)
		if err != nil || card.Identity != "044•••34" || card.Cadre.Phone != "0912345678" || card.Cadre.Birth != 19750805 {
			t.Fatalf("fields: %+v %v", card.Cadre, err)
		}
		if len(card.Holdings) != 1 || len(card.Qualifications) != 2 || len(card.Studies) != 1 || len(card.Files) != 1 || len(card.MergedFrom) != 1 {
			t.Fatalf("facts: %+v", card)
		}
		if card.Standings[0].Evaluation.Overall != models.Met {
			t.Errorf("standing %+v", card.Standings[0])
		}
		lost, err := c.Cadre(ctx, w.officer, gone, 0)
		if err != nil || lost.Cadre.State != models.Merged || lost.Cadre.MergedInto != keep || len(lost.Standings) != 0 {
			t.Fatalf("gone: %+v %v", lost.Cadre, err)
		}
		if n, _ := c.CountPeople(ctx, w.officer, PeopleQuery{}); n != 1 {
			t.Errorf("%d people listed", n)
		}
		if err := c.UndoMerge(ctx, w.officer, m.ID); err != nil {
			t.Fatal(err)
		}
		if got := w.contents(keep); got != keepBefore {
			t.Errorf("kept record\n%s\nwant\n%s", got, keepBefore)
		}
		if got := w.contents(gone); got != goneBefore {
			t.Errorf("gone record\n%s\nwant\n%s", got, goneBefore)
		}
		if got, err := c.FileBytes(ctx, w.officer, f.ID); err != nil || got.CadreID != gone {
			t.Errorf("file: %+v %v", got, err)
		}
		failsWith(t, c.UndoMerge(ctx, w.officer, m.ID), "merge.undone_already")
	})
}

func TestUndoMergeRefusesLaterChanges(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		keep, gone := w.twins()
		m, err := c.MergeCadres(ctx, w.officer, keep, gone, map[string]bool{"phone": true})
		if err != nil {
			t.Fatal(err)
		}
		in := w.input("Trần Thị Lan", "MT")
		in.Phone, in.Note = "0912345678", "ghi chú" // another field: no conflict
		if _, err := c.UpdateCadre(ctx, w.officer, keep, 2, in); err != nil {
			t.Fatal(err)
		}
		in.Phone = "0987654321"
		if _, err := c.UpdateCadre(ctx, w.officer, keep, 3, in); err != nil {
			t.Fatal(err)
		}
		failsWith(t, c.UndoMerge(ctx, w.officer, m.ID), "merge.changed_since")
		in.Phone = "0912345678"
		if _, err := c.UpdateCadre(ctx, w.officer, keep, 4, in); err != nil {
			t.Fatal(err)
		}
		card, _ := c.Cadre(ctx, w.officer, keep, 0)
		if err := c.RemoveFact(ctx, w.officer, FactStudy, keep, card.Studies[0].FactID); err != nil {
			t.Fatal(err)
		}
		failsWith(t, c.UndoMerge(ctx, w.officer, m.ID), "merge.fact_changed_since")
		if card, _ = c.Cadre(ctx, w.officer, keep, 0); card.Cadre.Note != "ghi chú" || len(card.Qualifications) != 2 {
			t.Errorf("a refused undo left traces: %+v", card.Cadre)
		}
	})
}

func TestDuplicates(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		add := func(name, unit string, birth models.PartialDate) int64 {
			in := w.input(name, unit)
			in.Birth = birth
			return w.create(in).ID
		}
		a := add("Nguyễn Thị Hòa", "MT", 19750805)
		b := add("Nguyễn Thị Hoà", "PT", 19750000)
		add("Nguyễn Thị Hoa", "MT", 19750806) // contradicts a, and agrees with b
		add("Nguyễn Thị Hòa", "DH", 19750805) // another district
		pairs, err := c.Duplicates(ctx, w.officer, 0)
		if err != nil || len(pairs) != 2 {
			t.Fatalf("%+v %v", pairs, err)
		}
		if p := pairs[0]; p.A.ID != a || p.B.ID != b || !slices.Equal(p.Why, []string{"duplicate.same_name", "duplicate.same_year", "duplicate.same_district"}) {
			t.Errorf("%+v", p)
		}
		if pairs[1].Why[0] != "duplicate.similar_name" {
			t.Errorf("%+v", pairs[1])
		}
		if err := c.MarkNotSame(ctx, w.officer, b, a); err != nil {
			t.Fatal(err)
		}
		if pairs, _ = c.Duplicates(ctx, w.officer, 0); len(pairs) != 1 {
			t.Errorf("a marked pair came back: %+v", pairs)
		}
		similar, err := c.Similar(ctx, w.officer, w.input("nguyen thi hoa", "MT"))
		if err != nil || len(similar) != 2 {
			t.Errorf("similar %+v %v", similar, err)
		}
		if pairs, err := c.Duplicates(ctx, w.actor("MH", models.DistrictOfficer), 0); err != nil || len(pairs) != 0 {
			t.Errorf("another district: %+v %v", pairs, err)
		}
	})
}
