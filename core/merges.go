package core

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"datchuan/models"
)

// MergeFields are the fields of a person that can be taken from either record, in the order of the form.
func MergeFields() []string {
	return []string{"name", "other_name", "birth", "sex", "ethnicity", "religion", "party", "party_date", "hometown", "residence", "joined", "phone", "identity", "note", "unit_id"}
}

// takeField copies one field of a record to another.
func takeField(field string, from, to *models.Cadre) {
	switch field {
	case "name":
		to.Name, to.Search, to.SortKey = from.Name, from.Search, from.SortKey
	case "other_name":
		to.OtherName = from.OtherName
	case "birth":
		to.Birth = from.Birth
	case "sex":
		to.Sex = from.Sex
	case "ethnicity":
		to.Ethnicity = from.Ethnicity
	case "religion":
		to.Religion = from.Religion
	case "party":
		to.Party = from.Party
	case "party_date":
		to.PartyDate = from.PartyDate
	case "hometown":
		to.Hometown = from.Hometown
	case "residence":
		to.Residence = from.Residence
	case "joined":
		to.Joined = from.Joined
	case "phone":
		to.Phone, to.PhoneRaw = from.Phone, from.PhoneRaw
	case "identity":
		to.IdentityEnc, to.IdentityKey, to.IdentityEnd = from.IdentityEnc, from.IdentityKey, from.IdentityEnd
	case "note":
		to.Note = from.Note
	case "unit_id":
		to.UnitID, to.Path = from.UnitID, from.Path
	}
}

// sameField tells whether two records agree in a field.
func sameField(field string, a, b models.Cadre) bool {
	if field == "identity" {
		return bytes.Equal(a.IdentityEnc, b.IdentityEnc)
	}
	var x, y models.Cadre
	takeField(field, &a, &x)
	takeField(field, &b, &y)
	x.SortKey, y.SortKey, x.Path, y.Path = nil, nil, "", "" // derived
	return fields(x) == fields(y)
}

func fields(c models.Cadre) string {
	text, _ := json.Marshal(c) // plain values always marshal
	return string(text)
}

// mergeState is what undoing needs: the taken fields before and after, and every fact and file that went over.
type mergeState struct {
	Fields  []string      `json:"fields"`
	Before  cadreSecret   `json:"before"` // of the kept record
	After   cadreSecret   `json:"after"`
	Facts   []movedFact   `json:"facts"`
	Files   []int64       `json:"files"`
	Classes movedLearning `json:"classes,omitempty"`
}

// cadreSecret is a record with the columns that JSON otherwise leaves out; the identity number stays encrypted.
type cadreSecret struct {
	models.Cadre
	Enc []byte `json:"enc"`
	Key string `json:"key"`
	End string `json:"end"`
}

func seal(c models.Cadre) cadreSecret {
	return cadreSecret{c, c.IdentityEnc, c.IdentityKey, c.IdentityEnd}
}

func (s cadreSecret) open() models.Cadre {
	c := s.Cadre
	c.IdentityEnc, c.IdentityKey, c.IdentityEnd = s.Enc, s.Key, s.End
	c.Search, c.SortKey = models.Fold(c.Name), models.NameSortKey(c.Name)
	return c
}

// movedFact is a fact of the gone record: the row it was and the row it became at the kept record, 0 when the kept
// record already had the same fact.
type movedFact struct {
	Kind   string `json:"kind"`
	FactID int64  `json:"fact_id"`
	OldRow int64  `json:"old_row"`
	NewRow int64  `json:"new_row"`
}

// MergeCadres joins the record gone into keep: the fields named in take are copied over, all facts and files move, gone
// stays as a merged record. Both must be in scope and active.
func (c *Core) MergeCadres(ctx context.Context, actor models.Actor, keep, gone int64, take map[string]bool) (Merge, error) {
	var m Merge
	err := c.changeFacts(ctx, actor, models.CadresMerge, func(tx *Tx) error {
		if keep == gone {
			return models.Fail(models.Invalid, "merge.same_record", "")
		}
		kept, lost, err := tx.lockPair(keep, gone)
		if err != nil {
			return err
		}
		after, state, err := mergedFields(kept, lost, take)
		if err != nil {
			return err
		}
		lost.State, lost.MergedInto = models.Merged, keep
		if err := tx.storeCadre(&lost, lost.Version); err != nil { // first: it frees the identity number
			return err
		}
		if err := tx.storeCadre(&after, kept.Version); err != nil {
			return err
		}
		if state.Facts, err = tx.moveFacts(gone, keep); err != nil {
			return err
		}
		if err := tx.Model(&models.File{}).Where("cadre_id = ?", gone).Pluck("id", &state.Files).Error; err != nil {
			return err
		}
		if err := tx.Model(&models.File{}).Where("cadre_id = ?", gone).UpdateColumn("cadre_id", keep).Error; err != nil {
			return err
		}
		if state.Classes, err = tx.moveLearning(gone, keep); err != nil {
			return err
		}
		if m, err = tx.noteMerge(keep, gone, state); err != nil {
			return err
		}
		detail := change{Before: auditFields(after, kept), After: auditFields(kept, after)}
		if err := tx.audit("cadre.merge", "cadre", keep, map[string]any{"gone": gone, "merge": m.ID, "before": detail.Before, "after": detail.After}); err != nil {
			return err
		}
		if err := tx.audit("cadre.merged_into", "cadre", gone, map[string]any{"kept": keep, "merge": m.ID}); err != nil {
			return err
		}
		return tx.restand(keep, gone)
	})
	return m, err
}

// lockPair reads two active records, the lower id first, so that two merges of one pair can't wait for each other for ever.
func (tx *Tx) lockPair(keep, gone int64) (kept, lost models.Cadre, err error) {
	if keep < gone {
		if kept, err = tx.activeCadre(keep); err == nil {
			lost, err = tx.activeCadre(gone)
		}
		return kept, lost, err
	}
	if lost, err = tx.activeCadre(gone); err == nil {
		kept, err = tx.activeCadre(keep)
	}
	return kept, lost, err
}

func mergedFields(kept, lost models.Cadre, take map[string]bool) (models.Cadre, mergeState, error) {
	after := kept
	state := mergeState{Before: seal(kept)}
	for field, yes := range take {
		if !slices.Contains(MergeFields(), field) {
			return after, state, models.Fail(models.Invalid, "merge.field_unknown", field)
		}
		if yes {
			state.Fields = append(state.Fields, field)
			takeField(field, &lost, &after)
		}
	}
	slices.Sort(state.Fields)
	state.After = seal(after)
	return after, state, nil
}

func (tx *Tx) noteMerge(keep, gone int64, state mergeState) (Merge, error) {
	text, err := json.Marshal(state)
	if err != nil {
		return Merge{}, err
	}
	m := Merge{KeptID: keep, GoneID: gone, At: tx.at, AccountID: tx.actor.AccountID, Before: string(text)}
	return m, tx.Create(&m).Error
}

// UndoMerge takes a merge back: the facts and files that went over return, the taken fields are as before, the gone
// record is active again. It is refused when one of these has been changed since.
func (c *Core) UndoMerge(ctx context.Context, actor models.Actor, mergeID int64) error {
	return c.changeFacts(ctx, actor, models.CadresMerge, func(tx *Tx) error {
		var m Merge
		if err := lookup(tx.Where("id = ?", mergeID).Take(&m).Error, "merge"); err != nil {
			return err
		}
		kept, err := tx.scopedCadre(m.KeptID)
		if err != nil {
			return models.Fail(models.NotFound, "not_found", "", "object", "merge")
		}
		lost, err := tx.scopedCadre(m.GoneID)
		if err != nil {
			return models.Fail(models.NotFound, "not_found", "", "object", "merge")
		}
		switch {
		case m.UndoneAt != 0:
			return models.Fail(models.Conflict, "merge.undone_already", "")
		case kept.State != models.Active || lost.State != models.Merged || lost.MergedInto != kept.ID:
			return models.Fail(models.Conflict, "merge.kept_not_active", "")
		}
		var state mergeState
		if err := json.Unmarshal([]byte(m.Before), &state); err != nil {
			return err
		}
		return tx.undoMerge(m, kept, lost, state)
	})
}

func (tx *Tx) undoMerge(m Merge, kept, lost models.Cadre, state mergeState) error {
	before, after, now := state.Before.open(), state.After.open(), kept
	for _, field := range state.Fields {
		if !sameField(field, kept, after) {
			return models.Fail(models.Conflict, "merge.changed_since", field, "field", field)
		}
		takeField(field, &before, &now)
	}
	tree, err := tx.tree()
	if err != nil {
		return err
	}
	for _, c := range []*models.Cadre{&now, &lost} { // the map may have moved on
		if home, ok := tree.Standing(c.UnitID, tx.today()); ok {
			c.Path = home.Path
		}
	}
	if err := tx.storeCadre(&now, kept.Version); err != nil { // first: it gives the identity number back
		return err
	}
	lost.State, lost.MergedInto = models.Active, 0
	if err := tx.storeCadre(&lost, lost.Version); err != nil {
		return err
	}
	for _, f := range state.Facts {
		if err := tx.returnFact(f, lost.ID); err != nil {
			return err
		}
	}
	if err := tx.Model(&models.File{}).Where("id IN ? AND cadre_id = ?", state.Files, kept.ID).UpdateColumn("cadre_id", lost.ID).Error; err != nil {
		return err
	}
	if err := tx.returnLearning(state.Classes, kept.ID, lost.ID); err != nil {
		return err
	}
	if err := tx.Model(&Merge{}).Where("id = ?", m.ID).UpdateColumn("undone_at", tx.at).Error; err != nil {
		return err
	}
	for _, id := range []int64{kept.ID, lost.ID} {
		if err := tx.audit("cadre.merge_undo", "cadre", id, map[string]any{"merge": m.ID, "kept": kept.ID, "gone": lost.ID}); err != nil {
			return err
		}
	}
	return tx.restand(kept.ID, lost.ID)
}
