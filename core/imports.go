package core

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datchuan/models"
)

// importUndoDays is how long a whole import can be taken back.
const importUndoDays = 30

// maxImportBytes bounds a stored file; the reader of workbooks has tighter limits of its own.
const maxImportBytes = 32 << 20

// ImportUpload keeps a file for an import below a unit (0 = the actor's own). The bytes are kept sealed: a roster holds
// identity numbers.
func (c *Core) ImportUpload(ctx context.Context, actor models.Actor, fileName string, data []byte, unitID int64) (Import, error) {
	name := []rune(models.Clean(fileName))
	if len(name) > 200 {
		name = name[len(name)-200:]
	}
	sum := sha256.Sum256(data)
	im := Import{AccountID: actor.AccountID, UnitID: unitID, FileName: string(name), FileSHA256: hex.EncodeToString(sum[:]), State: ImportUploaded, Version: 1}
	today := c.Today(ctx)
	err := c.change(ctx, actor, models.ImportsRun, func(tx *Tx) error {
		switch {
		case len(data) == 0:
			return models.Fail(models.Invalid, "import.file_empty", "file")
		case len(data) > maxImportBytes:
			return models.Fail(models.Invalid, "import.file_too_big", "file", "mb", "32")
		}
		if im.UnitID == 0 {
			im.UnitID = actor.UnitID
		}
		tree, err := tx.tree()
		if err != nil {
			return err
		}
		if path := tree.pathOn(im.UnitID, today); im.UnitID != 0 && !inScope(actor, path) {
			return models.Fail(models.NotFound, "not_found", "unit", "object", "unit")
		}
		if im.Bytes, err = c.keys.sealBytes(data); err != nil {
			return err
		}
		im.CreatedAt = tx.at
		if err := tx.Create(&im).Error; err != nil {
			return err
		}
		return tx.audit("import.upload", "import", im.ID, change{After: map[string]any{"file": im.FileName, "sha256": im.FileSHA256, "unit_id": im.UnitID}})
	})
	im.Bytes = nil
	return im, err
}

// ImportBytes gives an uploaded file back.
func (c *Core) ImportBytes(ctx context.Context, actor models.Actor, id int64) ([]byte, Import, error) {
	im, err := c.importOf(ctx, actor, id, false)
	if err != nil {
		return nil, Import{}, err
	}
	if len(im.Bytes) == 0 {
		return nil, Import{}, models.Fail(models.NotFound, "not_found", "", "object", "import")
	}
	data, err := c.keys.openBytes(im.Bytes)
	im.Bytes = nil
	return data, im, err
}

// Imports lists the imports of the actor's scope, newest first, without their bytes.
func (c *Core) Imports(ctx context.Context, actor models.Actor) ([]Import, error) {
	if err := allow(actor, models.ImportsRun); err != nil {
		return nil, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return nil, err
	}
	var all, out []Import
	if err := c.read.WithContext(ctx).Omit("bytes", "report", "mapping").Order("id DESC").Limit(2000).Find(&all).Error; err != nil {
		return nil, err
	}
	today := c.Today(ctx)
	for _, im := range all {
		if importVisible(actor, tree, im, today) {
			out = append(out, im)
		}
	}
	return out, nil
}

// ImportMapping is how the columns of the file are read: text that the reader of sheets understands, "" when not set.
func (c *Core) ImportMapping(ctx context.Context, actor models.Actor, id int64) (string, error) {
	im, err := c.importOf(ctx, actor, id, true)
	return im.Mapping, err
}

// SetImportMapping keeps the mapping of an import and remembers it for files of the account with the same header.
func (c *Core) SetImportMapping(ctx context.Context, actor models.Actor, id int64, headerKey, mapping string) error {
	if _, err := c.importOf(ctx, actor, id, true); err != nil {
		return err
	}
	return c.change(ctx, actor, models.ImportsRun, func(tx *Tx) error {
		done := tx.Model(&Import{}).Where("id = ? AND state IN ?", id, []ImportState{ImportUploaded, ImportPreviewed, ImportFailed}).
			Updates(map[string]any{"mapping": mapping, "version": gorm.Expr("version + 1")})
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return models.Fail(models.Conflict, "import.too_late", "")
		}
		if headerKey != "" {
			m := importMapping{AccountID: actor.AccountID, HeaderKey: headerKey, Mapping: mapping, UsedAt: tx.at}
			err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "account_id"}, {Name: "header_key"}},
				DoUpdates: clause.AssignmentColumns([]string{"mapping", "used_at"})}).Create(&m).Error
			if err != nil {
				return err
			}
		}
		return tx.audit("import.map", "import", id, change{After: map[string]string{"header": headerKey}})
	})
}

// RememberedMapping is what the account chose last for a file with this header, "" when never.
func (c *Core) RememberedMapping(ctx context.Context, actor models.Actor, headerKey string) (string, error) {
	if err := allow(actor, models.ImportsRun); err != nil {
		return "", err
	}
	var m importMapping
	err := c.read.WithContext(ctx).Where("account_id = ? AND header_key = ?", actor.AccountID, headerKey).Limit(1).Find(&m).Error
	return m.Mapping, err
}

// DiscardImport gives up an import that was not applied and forgets the file.
func (c *Core) DiscardImport(ctx context.Context, actor models.Actor, id int64) error {
	if _, err := c.importOf(ctx, actor, id, true); err != nil {
		return err
	}
	return c.change(ctx, actor, models.ImportsRun, func(tx *Tx) error {
		done := tx.Model(&Import{}).Where("id = ? AND state IN ?", id, []ImportState{ImportUploaded, ImportPreviewed, ImportFailed}).
			Updates(map[string]any{"state": ImportDiscarded, "bytes": []byte{}, "version": gorm.Expr("version + 1")})
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return models.Fail(models.Conflict, "import.too_late", "")
		}
		return tx.audit("import.discard", "import", id, change{})
	})
}

// RecoverImports marks the imports that a killed process left behind: applying is one transaction, so nothing of them
// was written and they can be run again. Called once at start, before requests are served; beside a server on the same
// SQLite file it does nothing, since what is being applied there is alive.
func (c *Core) RecoverImports(ctx context.Context) error {
	if !c.isPostgres() && c.lock == nil {
		return nil
	}
	return c.transact(ctx, models.Actor{AccountID: -1, Login: "operator"}, func(tx *Tx) error {
		var left []int64
		if err := tx.Model(&Import{}).Where("state = ?", ImportApplying).Order("id").Pluck("id", &left).Error; err != nil {
			return err
		}
		for _, id := range left {
			done := tx.Model(&Import{}).Where("id = ? AND state = ?", id, ImportApplying).
				Updates(map[string]any{"state": ImportFailed, "version": gorm.Expr("version + 1")})
			if done.Error != nil {
				return done.Error
			}
			if done.RowsAffected == 0 { // another process finished it meanwhile
				continue
			}
			if err := tx.audit("import.interrupted", "import", id, change{}); err != nil {
				return err
			}
		}
		return nil
	})
}

// importOf reads an import that the actor may see; light leaves the bytes out.
func (c *Core) importOf(ctx context.Context, actor models.Actor, id int64, light bool) (Import, error) {
	if err := allow(actor, models.ImportsRun); err != nil {
		return Import{}, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return Import{}, err
	}
	q := c.read.WithContext(ctx)
	if light {
		q = q.Omit("bytes")
	}
	var im Import
	if err := q.Where("id = ?", id).Take(&im).Error; err != nil {
		return Import{}, lookup(err, "import")
	}
	if !importVisible(actor, tree, im, c.Today(ctx)) {
		return Import{}, models.Fail(models.NotFound, "not_found", "", "object", "import")
	}
	return im, nil
}

// importVisible: an import belongs to the scope of its unit; one without a unit only to the account that made it.
func importVisible(actor models.Actor, tree *Tree, im Import, today models.Date) bool {
	if im.UnitID == 0 {
		return im.AccountID == actor.AccountID
	}
	return inScope(actor, tree.pathOn(im.UnitID, today))
}

func inScope(actor models.Actor, path string) bool {
	return actor.Path != "" && path != "" && models.UnderPath(path, actor.Path)
}

// pathOn is the path of a unit, or of the one in its place, on a date; "" when there is none.
func (t *Tree) pathOn(id int64, on models.Date) string {
	if next, ok := t.SuccessorOn(id, on); ok {
		id = next
	}
	s, _ := t.Nearest(id, on)
	return s.Path
}

// undoable tells whether the time to take an import back has not run out.
func (im Import) undoable(now models.Instant) bool {
	return now.Time().Before(im.AppliedAt.Time().Add(importUndoDays * 24 * time.Hour))
}

func (k keys) sealBytes(data []byte) ([]byte, error) {
	gcm, err := k.gcm()
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, gcm.NonceSize())
	rand.Read(nonce)
	return gcm.Seal(nonce, nonce, data, nil), nil
}

func (k keys) openBytes(sealed []byte) ([]byte, error) {
	gcm, err := k.gcm()
	if err != nil {
		return nil, err
	}
	if len(sealed) < gcm.NonceSize() {
		return nil, errors.New("sealed file: too short")
	}
	return gcm.Open(nil, sealed[:gcm.NonceSize()], sealed[gcm.NonceSize():], nil)
}
