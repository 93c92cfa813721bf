package core

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"gorm.io/gorm"

	"datchuan/models"
)

const (
	restoreBatch = 200     // rows per INSERT: 200 x 30 columns stay below the parameters that both databases allow
	restoreLine  = 1 << 26 // longest line: a file of 10 MB in base64 and some
	manifestSize = 1 << 20
)

// Restore fills an empty, migrated database of either kind from a backup, wholly or not at all. What the program seeds
// itself (positions, standards, targets, settings) counts as empty and is replaced. The backup's key takes the place of
// a key file that opening has just made; another key is refused. It runs alone: no server may have the database open.
func (c *Core) Restore(ctx context.Context, path string) (BackupInfo, error) {
	in, err := zip.OpenReader(path)
	if err != nil {
		if errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrChecksum) {
			err = models.Fail(models.Invalid, "backup.not_ours", "")
		}
		return BackupInfo{}, err
	}
	defer in.Close()
	info, keys, err := readManifest(&in.Reader)
	if err != nil {
		return info, err
	}
	err = c.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		if c.isPostgres() { // two restores at once would both find it empty
			if err := db.Exec("SELECT pg_advisory_xact_lock(?)", migrationLock).Error; err != nil {
				return err
			}
		}
		if err := emptyForRestore(db); err != nil {
			return err
		}
		for _, row := range backupRows() {
			if err := c.restoreTable(db, &in.Reader, row, info); err != nil {
				return err
			}
		}
		return c.adoptKey(keys) // last: a key without its rows does no harm, rows without their key do
	})
	c.trees.drop()
	return info, err
}

func readManifest(in *zip.Reader) (BackupInfo, keys, error) {
	var info BackupInfo
	text, err := readSmall(in, backupManifest)
	if err != nil {
		return info, keys{}, err
	}
	if err := json.Unmarshal(text, &info); err != nil || info.Program != "datchuan" {
		return info, keys{}, models.Fail(models.Invalid, "backup.not_ours", "")
	}
	if info.Format > backupFormat {
		return info, keys{}, models.Fail(models.Invalid, "backup.newer", "")
	}
	for _, step := range info.Steps {
		if !slices.Contains(migrationSteps, step) {
			return info, keys{}, models.Fail(models.Invalid, "backup.newer", "")
		}
	}
	if len(info.Steps) != len(migrationSteps) {
		return info, keys{}, models.Fail(models.Invalid, "backup.older", "")
	}
	text, err = readSmall(in, backupKey)
	if err != nil {
		return info, keys{}, err
	}
	k, err := parseKey(string(text))
	if err != nil {
		return info, k, models.Fail(models.Invalid, "backup.not_ours", "")
	}
	return info, k, nil
}

func readSmall(in *zip.Reader, name string) ([]byte, error) {
	f, err := in.Open(name)
	if err != nil {
		return nil, models.Fail(models.Invalid, "backup.not_ours", "")
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, manifestSize))
}

// emptyForRestore refuses a database in which anybody has worked, and clears what the program put there itself.
func emptyForRestore(db *gorm.DB) error {
	for _, row := range allRows() {
		switch row.(type) {
		case *setting, *counter, *auditHead, *models.Position, *models.Standard, *models.Target:
			continue
		}
		query := db.Model(row)
		if _, log := row.(*Audit); log {
			query = query.Where("action NOT LIKE ?", "%.seed") // what the program writes about its own reference data
		}
		var n int64
		if err := query.Count(&n).Error; err != nil {
			return err
		}
		if n > 0 {
			return models.Fail(models.Conflict, "backup.not_empty", "")
		}
	}
	for _, row := range slices.Backward(allRows()) {
		if err := db.Where("1 = 1").Delete(row).Error; err != nil {
			return err
		}
	}
	return nil
}

func (c *Core) restoreTable(db *gorm.DB, in *zip.Reader, row any, info BackupInfo) error {
	t, err := tableOf(db, row)
	if err != nil {
		return err
	}
	damaged := models.Fail(models.Invalid, "backup.damaged", "", "table", t.name)
	f, err := in.Open("tables/" + t.name + ".jsonl")
	if err != nil {
		return damaged
	}
	defer f.Close()
	n, err := t.read(db, f)
	var bad *backupDamage
	if errors.As(err, &bad) {
		c.log.Error("restore", "table", t.name, "row", n, "error", bad.err)
		return damaged
	}
	if err != nil {
		return fmt.Errorf("restore of %s: %w", t.name, err)
	}
	if n != info.Counts[t.name] {
		return damaged
	}
	if !c.isPostgres() || t.key != "id" || n == 0 {
		return nil
	}
	// SQLite's own counter follows the rows; PostgreSQL's must be told. setval of no sequence does nothing.
	var last int64
	if err := db.Model(row).Select("MAX(id)").Scan(&last).Error; err != nil {
		return err
	}
	return db.Exec("SELECT setval(pg_get_serial_sequence(?, 'id'), ?)", t.name, max(last, 1)).Error
}

// backupDamage is a fault of the file, not of the database.
type backupDamage struct{ err error }

func (d *backupDamage) Error() string { return d.err.Error() }

// read streams rows into the table.
func (t backupTable) read(db *gorm.DB, r io.Reader) (int64, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), restoreLine)
	batch, n := make([]map[string]any, 0, restoreBatch), int64(0)
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		err := db.Table(t.name).Create(batch).Error // by name, not by row: gorm would ask for the ids back
		batch = batch[:0]
		return err
	}
	for lines.Scan() {
		row, err := t.parse(lines.Bytes())
		if err != nil {
			return n, &backupDamage{err}
		}
		n++
		if batch = append(batch, row); len(batch) == restoreBatch {
			if err := flush(); err != nil {
				return n, err
			}
		}
	}
	if err := lines.Err(); err != nil {
		return n, &backupDamage{err}
	}
	return n, flush()
}

// parse reads one line: exactly the columns of the table.
func (t backupTable) parse(line []byte) (map[string]any, error) {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.UseNumber()
	var raw map[string]any
	if err := dec.Decode(&raw); err != nil {
		return nil, err
	}
	if len(raw) != len(t.columns) {
		return nil, fmt.Errorf("%d columns, want %d", len(raw), len(t.columns))
	}
	for _, col := range t.columns {
		v, ok := raw[col.name]
		if !ok {
			return nil, fmt.Errorf("no column %s", col.name)
		}
		value, err := col.value(v)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", col.name, err)
		}
		raw[col.name] = value
	}
	return raw, nil
}

func (col backupColumn) value(v any) (any, error) {
	switch v := v.(type) {
	case json.Number:
		if col.class == reflect.Int64 {
			return v.Int64()
		}
	case bool:
		if col.class == reflect.Bool {
			return v, nil
		}
	case string:
		if col.class == reflect.String {
			return v, nil
		}
		if col.class == reflect.Slice {
			return base64.StdEncoding.DecodeString(v)
		}
	case nil:
		if col.class == reflect.Slice {
			return []byte(nil), nil
		}
	}
	return nil, errors.New("wrong type")
}

// adoptKey puts the backup's key where this installation keeps its own.
func (c *Core) adoptKey(k keys) error {
	if bytes.Equal(k.master, c.keys.master) {
		return nil
	}
	if !c.keyAt.fresh {
		return models.Fail(models.Conflict, "backup.other_key", "", "file", c.keyAt.path)
	}
	err := writeWhole(c.keyAt.path, func(w io.Writer) error {
		_, err := io.Copy(w, strings.NewReader(k.text()+"\n"))
		return err
	})
	if err == nil {
		c.keys, c.keyAt.fresh = k, false
	}
	return err
}
