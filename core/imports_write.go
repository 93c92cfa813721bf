package core

import (
	"encoding/json"
	"slices"
	"strconv"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datchuan/models"
)

// importBatch is how many records one statement writes: their columns times this stay under the parameter limits.
const importBatch = 500

// importWriter puts a plan into the database within the transaction that it was read in.
type importWriter struct {
	*bulk
	*planner
	report *ImportReport
	total  int
}

func (w *importWriter) write(kept *storedReport) error {
	steps := []func() error{w.writeUnits, w.writeCadres, w.writeFacts, w.writeLog}
	for i, step := range steps {
		if err := step(); err != nil {
			return err
		}
		w.c.jobs.set(w.im.ID, Progress{Done: w.total/2 + w.total/2*(i+1)/(len(steps)+1), Total: w.total})
	}
	ids := make([]int64, len(w.touched))
	for i, per := range w.touched {
		ids[i] = per.cadre.ID
	}
	if err := w.restand(ids...); err != nil {
		return err
	}
	kept.People = make(map[string]int64, len(w.byRow))
	for key, per := range w.byRow {
		kept.People[key] = per.cadre.ID
	}
	w.report.Cadres = len(w.touched)
	text, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	err = w.Model(&Import{}).Where("id = ?", w.im.ID).Updates(map[string]any{"state": ImportApplied, "report": string(text),
		"applied_at": w.Tx.at, "version": gorm.Expr("version + 1")}).Error
	if err != nil {
		return err
	}
	summary := *w.report
	summary.Findings = nil
	return w.audit("import.apply", "import", w.im.ID, change{After: summary})
}

// writeUnits makes the branches and groups that the choices allow, parents first, as long-lived as the unit above.
func (w *importWriter) writeUnits() error {
	for _, u := range w.finder.order {
		parent := u.parent.span
		if u.parent.made != nil {
			parent = u.parent.made.span
		}
		unit := models.Unit{Code: w.planner.tree.freeCode(w.planner.tree.Code(parent.UnitID), u.name), Version: 1}
		if err := w.Create(&unit).Error; err != nil {
			return err
		}
		u.span = models.UnitSpan{UnitID: unit.ID, ParentID: parent.UnitID, Kind: u.kind, Style: u.style, Name: u.name, Search: models.Fold(u.name),
			Path: parent.Path + models.PathStep(unit.ID), From: parent.From, To: parent.To}
		if err := w.Create(&u.span).Error; err != nil {
			return err
		}
		u.id = unit.ID
		w.planner.tree.codes[unit.Code], w.planner.tree.ids[unit.ID] = unit.ID, unit.Code
		if err := w.audit("unit.create", "unit", unit.ID, change{After: u.span}); err != nil {
			return err
		}
		w.report.Units++
	}
	for _, per := range w.touched {
		for _, post := range per.posts {
			per.holdings.rows[post.holding].now.UnitID = post.unit.id
		}
	}
	return nil
}

// writeCadres inserts the new records and rewrites the changed ones. A record that another transaction changed since it
// was read refuses the import.
func (w *importWriter) writeCadres() error {
	var fresh, changed []*person
	seen := map[int64]int64{}
	for _, per := range w.touched {
		if per.identity != "" {
			var err error
			if per.cadre.IdentityEnc, per.cadre.IdentityKey, per.cadre.IdentityEnd, err = w.c.keys.sealIdentity(per.identity); err != nil {
				return err
			}
		}
		per.cadre.UpdatedAt = w.Tx.at
		if !per.fresh {
			seen[per.cadre.ID] = per.before.Version
		}
		switch {
		case per.fresh:
			per.cadre.CreatedAt = w.Tx.at
			fresh = append(fresh, per)
		case per.dirty:
			per.cadre.Version++
			changed = append(changed, per)
		}
	}
	if err := w.holdStill(seen); err != nil {
		return err
	}
	for chunk := range slices.Chunk(fresh, importBatch) {
		rows := cadresOf(chunk)
		if err := w.Create(&rows).Error; err != nil {
			return err
		}
		for i, per := range chunk {
			per.cadre.ID = rows[i].ID
		}
	}
	for chunk := range slices.Chunk(changed, importBatch) {
		rows := cadresOf(chunk)
		if err := w.rewriteCadres(rows); err != nil {
			return err
		}
	}
	return nil
}

// holdStill locks the records whose facts change, at the versions that were read.
func (w *importWriter) holdStill(seen map[int64]int64) error {
	for chunk := range slices.Chunk(sortedKeys(seen), importChunk) {
		var rows []models.Cadre
		err := w.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id", "version").Where("id IN ? AND state = ?", chunk, models.Active).Order("id").Find(&rows).Error
		if err != nil {
			return err
		}
		if len(rows) != len(chunk) {
			return models.Fail(models.Conflict, "import.raced", "")
		}
		for _, k := range rows {
			if k.Version != seen[k.ID] {
				return models.Fail(models.Conflict, "import.raced", "")
			}
		}
	}
	return nil
}

func cadresOf(persons []*person) []models.Cadre {
	rows := make([]models.Cadre, len(persons))
	for i, per := range persons {
		rows[i] = per.cadre
	}
	return rows
}

// rewriteCadres replaces many records in one statement; each must still have the version before.
func (tx *Tx) rewriteCadres(rows []models.Cadre) error {
	done := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true,
		Where: clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "cadres.version = excluded.version - 1"}}}}).Create(&rows)
	if done.Error == nil && done.RowsAffected != int64(len(rows)) {
		return models.Fail(models.Conflict, "import.raced", "")
	}
	return done.Error
}

// writeFacts closes what was replaced and adds what is new, table by table.
func (w *importWriter) writeFacts() (err error) {
	if w.report.Holdings, err = writeFacts(w, func(p *person) *factSet[models.Holding] { return &p.holdings }); err != nil {
		return err
	}
	if w.report.Successions, err = writeFacts(w, func(p *person) *factSet[models.Succession] { return &p.successions }); err != nil {
		return err
	}
	if w.report.Qualifications, err = writeFacts(w, func(p *person) *factSet[models.Qualification] { return &p.qualifications }); err != nil {
		return err
	}
	w.report.Studies, err = writeFacts(w, func(p *person) *factSet[models.Study] { return &p.studies })
	return err
}

func writeFacts[T any](w *importWriter, of func(*person) *factSet[T]) (int, error) {
	var closed []int64
	var rows []T
	written, unnumbered := 0, 0
	for _, per := range w.touched {
		for _, r := range of(per).rows {
			if !r.changed && !(r.stored && r.gone) {
				continue
			}
			id, _, rec := factParts(&r.was)
			factID := rec.FactID
			if r.stored {
				closed = append(closed, *id)
			}
			written++
			if r.gone {
				continue
			}
			if !r.stored {
				unnumbered++
			}
			x := r.now
			id, cadre, rec := factParts(&x)
			*id, *cadre = 0, per.cadre.ID
			*rec = models.Recorded{FactID: factID, RecordedAt: w.Tx.at, RecordedBy: w.Tx.actor.AccountID, SupersededAt: models.Never, ImportID: w.im.ID}
			rows = append(rows, x)
		}
	}
	if unnumbered > 0 {
		next, err := w.facts(unnumbered)
		if err != nil {
			return 0, err
		}
		for i := range rows {
			if _, _, rec := factParts(&rows[i]); rec.FactID == 0 {
				rec.FactID = next
				next++
			}
		}
	}
	if err := closeFacts[T](w.Tx, closed); err != nil {
		return 0, err
	}
	return written, insertAll(w.bulk, rows)
}

// closeFacts ends rows on the second time axis; each must still stand.
func closeFacts[T any](tx *Tx, ids []int64) error {
	for chunk := range slices.Chunk(ids, importChunk) {
		done := tx.Model(new(T)).Where("id IN ? AND superseded_at = ?", chunk, models.Never).Update("superseded_at", tx.at)
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected != int64(len(chunk)) {
			return models.Fail(models.Conflict, "import.raced", "")
		}
	}
	return nil
}

// factParts reaches into the four kinds of fact that imports write.
func factParts(x any) (id, cadre *int64, rec *models.Recorded) {
	switch f := x.(type) {
	case *models.Holding:
		return &f.ID, &f.CadreID, &f.Recorded
	case *models.Succession:
		return &f.ID, &f.CadreID, &f.Recorded
	case *models.Qualification:
		return &f.ID, &f.CadreID, &f.Recorded
	case *models.Study:
		return &f.ID, &f.CadreID, &f.Recorded
	}
	panic("not a fact of an import")
}

// writeLog keeps what is needed to undo the whole, and one row of history per record.
func (w *importWriter) writeLog() error {
	var log []importChange
	for _, per := range w.touched {
		entry := importChange{ImportID: w.im.ID, CadreID: per.cadre.ID, Kind: "created", VersionAfter: per.cadre.Version}
		action := "cadre.import_create"
		if !per.fresh {
			text, err := json.Marshal(cadreImage(per.before))
			if err != nil {
				return err
			}
			entry.Kind, entry.Before, action = "updated", string(text), "cadre.import_update"
		}
		log = append(log, entry)
		if err := w.audit(action, "cadre", per.cadre.ID, w.history(per)); err != nil {
			return err
		}
	}
	return insertAll(w.bulk, log)
}

// history is the detail of a record's audit row. It may be read by people who don't see restricted fields, so of those
// it only says that they changed.
func (w *importWriter) history(per *person) change {
	before, after := map[string]string{}, map[string]string{"import": strconv.FormatInt(w.im.ID, 10)}
	if per.row > 0 {
		after["row"] = strconv.Itoa(per.row)
	}
	if per.fresh {
		after[string(models.FieldName)] = per.cadre.Name
	}
	hide := []models.RosterField{models.FieldEthnicity, models.FieldReligion, models.FieldParty, models.FieldPartyDate}
	for _, ch := range per.changes {
		if slices.Contains(hide, ch.Field) {
			ch.Before, ch.After = "", "•••"
		}
		if ch.Before != "" {
			before[string(ch.Field)] = joinText(before[string(ch.Field)], ch.Before)
		}
		after[string(ch.Field)] = joinText(after[string(ch.Field)], ch.After)
	}
	return change{Before: before, After: after}
}

func joinText(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}
