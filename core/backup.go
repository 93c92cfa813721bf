package core

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"datchuan/models"
)

// A backup is one ZIP that either database can be restored from: manifest.json, one tables/NAME.jsonl per table (a row
// per line, an object by column, bytes in base64), and office.key. Whoever holds the file can read everything in it,
// identity numbers too: without the key they and the audit chain would be lost with the machine. It is written for its
// owner only (mode 0600) and belongs into a safe place. Sessions are left out: after a restore everybody signs in again.
const (
	backupFormat   = 1
	backupManifest = "manifest.json"
	backupKey      = "office.key"
)

// BackupInfo is the manifest of a backup.
type BackupInfo struct {
	Program   string           `json:"program"`
	Format    int              `json:"format"`
	Steps     []string         `json:"steps"`      // the schema it was written from
	Counts    map[string]int64 `json:"counts"`     // rows by table
	AuditHead string           `json:"audit_head"` // ID:HASH, for VerifyAudit
	Created   models.Instant   `json:"created"`
}

// keyPlace is where the office's key lies, and whether opening made it just now.
type keyPlace struct {
	path  string
	fresh bool
}

func missing(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, os.ErrNotExist)
}

// Backup writes everything, as of one moment, while others go on working. The file appears under its name only when it
// is whole.
func (c *Core) Backup(ctx context.Context, path string) (BackupInfo, error) {
	var info BackupInfo
	err := writeWhole(path, func(w io.Writer) error {
		return c.snapshot(ctx, func(db *gorm.DB) (err error) {
			info, err = c.writeBackup(db, w)
			return err
		})
	})
	return info, err
}

func (c *Core) writeBackup(db *gorm.DB, w io.Writer) (BackupInfo, error) {
	info := BackupInfo{Program: "datchuan", Format: backupFormat, Steps: migrationSteps, Counts: map[string]int64{}, Created: c.Now()}
	if pending, err := pendingSteps(db); err != nil {
		return info, err
	} else if len(pending) > 0 {
		return info, errors.New("database: not migrated")
	}
	var head auditHead
	if err := db.Where("id = 1").First(&head).Error; err != nil {
		return info, err
	}
	info.AuditHead = fmt.Sprintf("%d:%s", head.LastID, head.Hash)
	out := zip.NewWriter(w)
	for _, row := range backupRows() {
		t, err := tableOf(db, row)
		if err != nil {
			return info, err
		}
		part, err := out.Create("tables/" + t.name + ".jsonl")
		if err != nil {
			return info, err
		}
		if info.Counts[t.name], err = t.write(db, part); err != nil {
			return info, fmt.Errorf("backup of %s: %w", t.name, err)
		}
	}
	key, err := out.Create(backupKey)
	if err != nil {
		return info, err
	}
	if _, err := io.WriteString(key, c.keys.text()+"\n"); err != nil {
		return info, err
	}
	manifest, err := out.Create(backupManifest)
	if err != nil {
		return info, err
	}
	enc := json.NewEncoder(manifest)
	enc.SetIndent("", "  ")
	return info, errors.Join(enc.Encode(info), out.Close())
}

// backupRows are the tables that a backup holds: no logins, and no letters, which a restored system would send once more.
func backupRows() []any {
	var out []any
	for _, row := range allRows() {
		switch row.(type) {
		case *session, *Mail:
		default:
			out = append(out, row)
		}
	}
	return out
}

// backupTable is a table as a backup sees it: columns in the order of the row's fields, each of one of four classes.
type backupTable struct {
	row     any
	name    string
	key     string // column of the primary key
	columns []backupColumn
}

type backupColumn struct {
	name  string
	class reflect.Kind // Int64, String, Bool, Slice (bytes)
}

func tableOf(db *gorm.DB, row any) (backupTable, error) {
	stmt := &gorm.Statement{DB: db}
	if err := stmt.Parse(row); err != nil {
		return backupTable{}, err
	}
	t := backupTable{row: row, name: stmt.Table, key: stmt.Schema.PrimaryFieldDBNames[0]}
	for _, f := range stmt.Schema.Fields {
		if f.DBName != "" {
			t.columns = append(t.columns, backupColumn{name: f.DBName, class: classOf(f)})
		}
	}
	return t, nil
}

// classOf is how a field lies in the database; a serialised field is text there.
func classOf(f *schema.Field) reflect.Kind {
	if f.Serializer != nil {
		return reflect.String
	}
	switch kind := f.IndirectFieldType.Kind(); kind {
	case reflect.String, reflect.Bool, reflect.Slice:
		return kind
	default:
		return reflect.Int64
	}
}

func (t backupTable) names() []string {
	out := make([]string, len(t.columns))
	for i, col := range t.columns {
		out[i] = col.name
	}
	return out
}

// write streams the table, ordered by its key.
func (t backupTable) write(db *gorm.DB, w io.Writer) (int64, error) {
	rows, err := db.Model(t.row).Select(t.names()).Order(t.key).Rows()
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	cells := make([]any, len(t.columns))
	for i, col := range t.columns {
		switch col.class {
		case reflect.String:
			cells[i] = new(string)
		case reflect.Bool:
			cells[i] = new(bool)
		case reflect.Slice:
			cells[i] = new([]byte)
		default:
			cells[i] = new(int64)
		}
	}
	out := bufio.NewWriterSize(w, 1<<16)
	line, n := []byte(nil), int64(0)
	for ; rows.Next(); n++ {
		if err := rows.Scan(cells...); err != nil {
			return n, err
		}
		if line, err = t.line(line[:0], cells); err != nil {
			return n, err
		}
		if _, err := out.Write(line); err != nil {
			return n, err
		}
	}
	return n, errors.Join(rows.Err(), out.Flush())
}

// line is one row as JSON; only bytes can be null.
func (t backupTable) line(b []byte, cells []any) ([]byte, error) {
	for i, col := range t.columns {
		b = append(b, "{,"[min(i, 1)], '"')
		b = append(append(b, col.name...), '"', ':')
		switch v := cells[i].(type) {
		case *int64:
			b = strconv.AppendInt(b, *v, 10)
		case *bool:
			b = strconv.AppendBool(b, *v)
		case *[]byte:
			if *v == nil {
				b = append(b, "null"...)
				continue
			}
			b = append(base64.StdEncoding.AppendEncode(append(b, '"'), *v), '"')
		case *string:
			text, err := json.Marshal(*v)
			if err != nil {
				return nil, err
			}
			b = append(b, text...)
		}
	}
	return append(b, '}', '\n'), nil
}

// writeWhole writes a file so that it is either whole or not there: beside its place, synced, then renamed.
func writeWhole(path string, fill func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.part") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err = errors.Join(fill(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes a rename last; Windows has no such thing.
func syncDir(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
