package core

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datchuan/models"
)

// undo is the taking back of one import.
type undo struct {
	*bulk
	im      Import
	changes []importChange
	ids     []int64
	cadres  map[int64]models.Cadre
	since   map[int64]bool // records that somebody changed after the import
	redo    []func() error // writes, once nothing stands in the way
}

// UndoImport takes a whole import back within 30 days: its facts are closed, the facts it closed stand again as new
// versions, its new records are removed, changed fields are put back. It is refused, with the names, when somebody
// changed one of the records since. Units that the import made stay. Undoing again changes nothing.
func (c *Core) UndoImport(ctx context.Context, actor models.Actor, id int64) (ImportReport, error) {
	if err := allow(actor, models.CadresWrite); err != nil {
		return ImportReport{}, err
	}
	// importOf asks for the permission to import
	if _, err := c.importOf(ctx, actor, id, true); err != nil {
		return ImportReport{}, err
	}
	var report ImportReport
	err := c.transactBulk(ctx, actor, func(b *bulk) error {
		u := &undo{bulk: b, cadres: map[int64]models.Cadre{}, since: map[int64]bool{}}
		err := b.Clauses(clause.Locking{Strength: "UPDATE"}).Omit("bytes").Where("id = ?", id).Take(&u.im).Error
		if err != nil {
			return lookup(err, "import")
		}
		if report, err = reportOf(u.im); err != nil || u.im.State == ImportUndone {
			return err
		}
		if u.im.State != ImportApplied {
			return models.Fail(models.Conflict, "import.not_applied", "")
		}
		if !u.im.undoable(b.at) {
			return models.Fail(models.Conflict, "import.undo_late", "", "days", strconv.Itoa(importUndoDays))
		}
		if err := u.run(); err != nil {
			return err
		}
		report.State = ImportUndone
		return nil
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		err = models.Fail(models.Conflict, "import.raced", "")
	}
	return report, err
}

func (u *undo) run() error {
	if err := u.load(); err != nil {
		return err
	}
	for _, facts := range []func(*undo) error{undoFacts[models.Holding], undoFacts[models.Succession], undoFacts[models.Qualification], undoFacts[models.Study]} {
		if err := facts(u); err != nil {
			return err
		}
	}
	if err := u.attached(); err != nil {
		return err
	}
	if err := u.refuse(); err != nil {
		return err
	}
	for _, write := range append(u.redo, u.putBack) {
		if err := write(); err != nil {
			return err
		}
	}
	if err := u.restand(u.ids...); err != nil {
		return err
	}
	err := u.Model(&Import{}).Where("id = ?", u.im.ID).Updates(map[string]any{"state": ImportUndone, "undone_at": u.at, "version": gorm.Expr("version + 1")}).Error
	if err != nil {
		return err
	}
	return u.audit("import.undo", "import", u.im.ID, change{After: map[string]int{"cadres": len(u.ids)}})
}

// load reads the records of the import; those with another version than it left were changed since.
func (u *undo) load() error {
	if err := u.Where("import_id = ?", u.im.ID).Order("cadre_id").Find(&u.changes).Error; err != nil {
		return err
	}
	for _, ch := range u.changes {
		u.ids = append(u.ids, ch.CadreID)
	}
	for chunk := range slices.Chunk(u.ids, importChunk) {
		var cadres []models.Cadre
		if err := u.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id IN ?", chunk).Order("id").Find(&cadres).Error; err != nil {
			return err
		}
		for _, k := range cadres {
			u.cadres[k.ID] = k
		}
	}
	for _, ch := range u.changes {
		k := u.cadres[ch.CadreID]
		before, err := ch.image()
		if err != nil {
			return err
		}
		rewritten := ch.Kind == "created" || before.Version != ch.VersionAfter
		if k.State != models.Active || rewritten && k.Version != ch.VersionAfter {
			u.since[k.ID] = true
		}
	}
	return nil
}

func (ch importChange) image() (models.Cadre, error) {
	if ch.Before == "" {
		return models.Cadre{}, nil
	}
	var k cadreImage
	err := json.Unmarshal([]byte(ch.Before), &k)
	return models.Cadre(k), err
}

// undoFacts compares the facts of one kind as the import left them with those of now, and plans to put back those before.
func undoFacts[T comparable](u *undo) error {
	type life struct{ before, after, now *T }
	lives := map[int64]*life{}
	for chunk := range slices.Chunk(u.ids, importChunk) {
		var rows []T
		if err := u.Where("cadre_id IN ? AND superseded_at >= ?", chunk, u.im.AppliedAt).Order("id").Find(&rows).Error; err != nil {
			return err
		}
		for i := range rows {
			_, _, rec := factParts(&rows[i])
			l := lives[rec.FactID]
			if l == nil {
				l = &life{}
				lives[rec.FactID] = l
			}
			if rec.SupersededAt == u.im.AppliedAt {
				l.before = &rows[i]
			} else if rec.RecordedAt <= u.im.AppliedAt {
				l.after = &rows[i]
			}
			if rec.SupersededAt == models.Never {
				l.now = &rows[i]
			}
		}
	}
	var closed []int64
	var again []T
	for _, factID := range sortedKeys(lives) {
		l := lives[factID]
		if !sameFact(l.after, l.now) {
			for _, x := range []*T{l.after, l.now} {
				if x != nil {
					_, cadre, _ := factParts(x)
					u.since[*cadre] = true
				}
			}
			continue
		}
		if l.now != nil {
			if id, _, rec := factParts(l.after); rec.RecordedAt == u.im.AppliedAt && rec.ImportID == u.im.ID {
				id, _, _ = factParts(l.now)
				closed = append(closed, *id)
			}
		}
		if l.before != nil {
			x := *l.before
			id, _, rec := factParts(&x)
			*id, rec.RecordedAt, rec.RecordedBy, rec.SupersededAt = 0, u.at, u.actor.AccountID, models.Never
			again = append(again, x)
		}
	}
	u.redo = append(u.redo, func() error {
		if err := closeFacts[T](u.Tx, closed); err != nil {
			return err
		}
		return insertAll(u.bulk, again)
	})
	return nil
}

// sameFact compares what two versions say, not who wrote them when.
func sameFact[T comparable](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	x, y := *a, *b
	for _, f := range []*T{&x, &y} {
		id, _, rec := factParts(f)
		*id, *rec = 0, models.Recorded{}
	}
	return x == y
}

// attached finds what others added to the new records: awards, ratings, files.
func (u *undo) attached() error {
	var created []int64
	for _, ch := range u.changes {
		if ch.Kind == "created" {
			created = append(created, ch.CadreID)
		}
	}
	for chunk := range slices.Chunk(created, importChunk) {
		for _, q := range []*gorm.DB{u.Model(&models.Award{}).Where("superseded_at = ?", models.Never), u.Model(&models.Rating{}).Where("superseded_at = ?", models.Never), u.Model(&models.File{})} {
			var ids []int64
			if err := q.Where("cadre_id IN ?", chunk).Distinct().Pluck("cadre_id", &ids).Error; err != nil {
				return err
			}
			for _, id := range ids {
				u.since[id] = true
			}
		}
	}
	return nil
}

// refuse names the records that stand in the way.
func (u *undo) refuse() error {
	if len(u.since) == 0 {
		return nil
	}
	var names []string
	for _, id := range sortedKeys(u.since) {
		if len(names) == 10 {
			names = append(names, "…")
			break
		}
		names = append(names, u.cadres[id].Name)
	}
	return models.Fail(models.Conflict, "import.undo_changed", "", "count", strconv.Itoa(len(u.since)), "names", strings.Join(names, ", "))
}

// putBack removes the new records and restores the fields of the others.
func (u *undo) putBack() error {
	var rows []models.Cadre
	for _, ch := range u.changes {
		now := u.cadres[ch.CadreID]
		k := now
		if ch.Kind == "created" {
			k.State = models.Removed
		} else {
			before, err := ch.image()
			if err != nil {
				return err
			}
			if before.Version != ch.VersionAfter {
				k = before
				err := u.Model(&importChange{}).Where("cadre_id = ? AND version_after = ? AND import_id <> ?", k.ID, before.Version, u.im.ID).
					Update("version_after", now.Version+1).Error // an earlier import can now be undone in its turn
				if err != nil {
					return err
				}
			}
		}
		if err := u.audit("cadre.import_undo", "cadre", k.ID, change{After: map[string]string{"import": strconv.FormatInt(u.im.ID, 10), "state": string(k.State)}}); err != nil {
			return err
		}
		if ch.Kind == "created" || k.Version != now.Version {
			k.Version, k.UpdatedAt = now.Version+1, u.at
			rows = append(rows, k)
		}
	}
	for chunk := range slices.Chunk(rows, importBatch) {
		if err := u.rewriteCadres(chunk); err != nil {
			return err
		}
	}
	return nil
}
