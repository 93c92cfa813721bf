package core

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm"

	"datchuan/models"
)

// backupFill puts at least one row with awkward values into every table: by type, so that no new table is forgotten.
func backupFill(t testing.TB, c *Core) {
	t.Helper()
	accessUnits(t, c)
	accessLogin(t, c, "officer", models.Administrator, 0)
	seed := map[string]string{"position": "chu-tich-xa", "state": "active", "review": "declared", "kind": "commune",
		"host": "district", "course": "chu-tich-xa", "part": "S", "verdict": "approve", "seat": "seated", "outcome": "passed", "mark": "x"}
	for _, row := range allRows() {
		tab, err := tableOf(c.write, row)
		if err != nil {
			t.Fatal(err)
		}
		var n int64
		if err := c.write.Model(row).Count(&n).Error; err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			continue
		}
		values := map[string]any{}
		for i, col := range tab.columns {
			switch col.class {
			case reflect.String:
				values[col.name] = fmt.Sprintf("Ệ\"\\ %s \u2028<&>", tab.name)
			case reflect.Bool:
				values[col.name] = true
			case reflect.Slice:
				values[col.name] = []byte{0, 255, '\n', '"', byte(i)}
			default:
				values[col.name] = int64(1)
			}
		}
		for name, value := range seed {
			if _, has := values[name]; has {
				values[name] = value
			}
		}
		for name, value := range map[string]any{"valid_to": int64(models.Forever), "superseded_at": int64(models.Never), "cadre_b": int64(2), "code": "chu-tich-xa", "agreement_to": int64(2)} {
			if _, has := values[name]; has {
				values[name] = value
			}
		}
		switch row.(type) {
		case *Import:
			values["state"] = "applied"
		case *importChange:
			values["kind"] = "created"
		case *models.Class:
			values["state"] = "draft"
		case *Mail:
			values["state"] = "waiting"
		case *models.Study: // names its course in words
			values["course"] = "Ệ"
		case *models.Nomination:
			values["state"] = "submitted"
		case *models.Certificate:
			values["state"] = "valid"
		case *models.Blank:
			values["state"] = "used"
		case *models.Cadre:
			second := map[string]any{}
			for k, v := range values {
				second[k] = v
			}
			second["id"], second["identity_enc"], second["identity_key"] = int64(2), nil, ""
			if err := c.write.Model(row).Create(second).Error; err != nil {
				t.Fatalf("%s: %v", tab.name, err)
			}
		}
		if err := c.write.Model(row).Create(values).Error; err != nil {
			t.Fatalf("%s: %v", tab.name, err)
		}
	}
}

// backupDump is every table of a backup as text, in the order in which it is written.
func backupDump(t testing.TB, c *Core) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := c.snapshot(context.Background(), func(db *gorm.DB) error {
		for _, row := range backupRows() {
			tab, err := tableOf(db, row)
			if err != nil {
				return err
			}
			var b bytes.Buffer
			if _, err := tab.write(db, &b); err != nil {
				return err
			}
			out[tab.name] = b.String()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestBackupRoundTrip(t *testing.T) {
	ctx := context.Background()
	from := openTest(t, "sqlite")
	backupFill(t, from)
	number := "044175001234"
	enc, _, _, err := from.keys.sealIdentity(number)
	if err != nil {
		t.Fatal(err)
	}
	if err := from.write.Model(&models.Cadre{}).Where("id = 1").Update("identity_enc", enc).Error; err != nil {
		t.Fatal(err)
	}
	want := backupDump(t, from)
	for name, text := range want {
		if text == "" {
			t.Fatalf("nothing in %s: the test would prove nothing", name)
		}
	}
	for round, kind := range []string{"postgres", "sqlite", "sqlite", "postgres"} {
		path := filepath.Join(t.TempDir(), "b.zip")
		made, err := from.Backup(ctx, path)
		if err != nil {
			t.Fatal(err)
		}
		if st, err := os.Stat(path); err != nil || st.Mode().Perm() != 0o600 {
			t.Fatalf("mode %v %v", st.Mode(), err)
		}
		if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
			t.Fatalf("%d files beside the backup", len(left))
		}
		to := openTest(t, kind)
		info, err := to.Restore(ctx, path)
		if err != nil || !reflect.DeepEqual(info, made) {
			t.Fatalf("%s: %+v %v", kind, info, err)
		}
		got := backupDump(t, to)
		for name := range want {
			if got[name] != want[name] {
				t.Errorf("%s, table %s:\n%s\nwant\n%s", kind, name, got[name], want[name])
			}
		}
		if check, err := to.VerifyAudit(ctx, info.AuditHead); err != nil || check.Problem != "" {
			t.Errorf("%s: %+v %v", kind, check, err)
		}
		var c models.Cadre
		if err := to.read.First(&c, 1).Error; err != nil {
			t.Fatal(err)
		}
		if plain, err := to.keys.openIdentity(c.IdentityEnc); err != nil || plain != number {
			t.Errorf("%s: identity number %v", kind, err)
		}
		key, err := os.ReadFile(to.keyAt.path)
		if err != nil || strings.TrimSpace(string(key)) != from.keys.text() {
			t.Errorf("%s: the key file %v", kind, err)
		}
		if _, _, err := to.Login(ctx, "officer", accessPassword, ""); err != nil {
			t.Errorf("%s: login after the restore: %v", kind, err)
		}
		again := accessAdd(t, to, fmt.Sprint("after-", round), models.Administrator, 0)
		if again.ID <= 1 {
			t.Errorf("%s: new ids must go on after the restored ones: %d", kind, again.ID)
		}
		// What the proof itself wrote is taken off the next comparison.
		want = backupDump(t, to)
		from = to
	}
}

// backupEdit copies a backup with changes: a nil content leaves an entry out.
func backupEdit(t testing.TB, path string, edit func(name string, text []byte) []byte) string {
	t.Helper()
	in, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(filepath.Join(t.TempDir(), "edited.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w := zip.NewWriter(out)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if text = edit(f.Name, text); text == nil {
			continue
		}
		part, err := w.Create(f.Name)
		if err == nil {
			_, err = part.Write(text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Name()
}

func TestRestoreRefuses(t *testing.T) {
	from := openTest(t, "sqlite")
	backupFill(t, from)
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "b.zip")
	if _, err := from.Backup(ctx, path); err != nil {
		t.Fatal(err)
	}
	replace := func(entry, old, new string) func(string, []byte) []byte {
		return func(name string, text []byte) []byte {
			if name != entry {
				return text
			}
			changed := bytes.Replace(text, []byte(old), []byte(new), 1)
			if bytes.Equal(changed, text) {
				t.Fatalf("%s holds no %s", entry, old)
			}
			return changed
		}
	}
	drop := func(entry string) func(string, []byte) []byte {
		return func(name string, text []byte) []byte {
			if name == entry {
				return nil
			}
			return text
		}
	}
	onBoth(t, func(t *testing.T, c *Core) {
		empty := backupDump(t, c)
		for what, tc := range map[string]struct {
			edit func(string, []byte) []byte
			code string
		}{
			"newer format":     {replace("manifest.json", `"format": 1`, `"format": 2`), "backup.newer"},
			"newer schema":     {replace("manifest.json", `0001_foundation`, `0999_future`), "backup.newer"},
			"older schema":     {replace("manifest.json", "\"0001_foundation\",\n    \"0002_classes\",\n    \"0003_certificates\"", `"0001_foundation"`), "backup.older"},
			"not ours":         {replace("manifest.json", `"datchuan"`, `"other"`), "backup.not_ours"},
			"no manifest":      {drop("manifest.json"), "backup.not_ours"},
			"no key":           {drop("office.key"), "backup.not_ours"},
			"a table missing":  {drop("tables/replies.jsonl"), "backup.damaged"},
			"a row missing":    {replace("manifest.json", `"replies": 1`, `"replies": 2`), "backup.damaged"},
			"a column less":    {replace("tables/merges.jsonl", `"kept_id":1,`, ``), "backup.damaged"},
			"a wrong type":     {replace("tables/merges.jsonl", `"kept_id":1,`, `"kept_id":"1",`), "backup.damaged"},
			"half a line":      {replace("tables/replies.jsonl", "}\n", ""), "backup.damaged"},
			"a strange column": {replace("tables/merges.jsonl", `"kept_id":1,`, `"kept_id); DROP TABLE units; --":1,`), "backup.damaged"},
		} {
			_, err := c.Restore(ctx, backupEdit(t, path, tc.edit))
			var e *models.Error
			if !errors.As(err, &e) || e.Code != tc.code {
				t.Errorf("%s: %v, want %s", what, err, tc.code)
			}
			if got := backupDump(t, c); !reflect.DeepEqual(got, empty) {
				t.Fatalf("%s: something was written", what)
			}
		}
		// A row that the database itself refuses, in the last table.
		twice := func(name string, text []byte) []byte {
			if name == "tables/scores.jsonl" {
				return append(text, text...)
			}
			return text
		}
		if _, err := c.Restore(ctx, backupEdit(t, path, twice)); err == nil || !reflect.DeepEqual(backupDump(t, c), empty) {
			t.Errorf("a broken constraint: %v", err)
		}
		noise := filepath.Join(t.TempDir(), "noise.zip")
		if err := os.WriteFile(noise, []byte("not a zip"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := c.Restore(ctx, noise)
		wantCode(t, "noise", err, models.Invalid, "backup.not_ours")

		c.keyAt.fresh = false
		_, err = c.Restore(ctx, path)
		wantCode(t, "another key", err, models.Conflict, "backup.other_key")
		if got := backupDump(t, c); !reflect.DeepEqual(got, empty) {
			t.Fatal("another key: something was written")
		}
		c.keyAt.fresh = true
		accessAdd(t, c, "somebody", models.Administrator, 0)
		_, err = c.Restore(ctx, path)
		wantCode(t, "not empty", err, models.Conflict, "backup.not_empty")
	})
}

// The program's own reference data does not make a database non-empty, and the backup's takes its place.
func TestRestoreReplacesSeeds(t *testing.T) {
	from := openTest(t, "sqlite")
	backupFill(t, from)
	path := filepath.Join(t.TempDir(), "b.zip")
	if _, err := from.Backup(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	onBoth(t, func(t *testing.T, c *Core) {
		p := models.Position{ID: 1, Code: "seed", Name: "seed", Short: "seed", UnitKind: models.Commune, Version: 1}
		if err := c.write.Create(&p).Error; err != nil {
			t.Fatal(err)
		}
		err := c.transact(context.Background(), models.Actor{}, func(tx *Tx) error { return tx.audit("position.seed", "position", 1, change{After: p}) })
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.SetupToken(context.Background()); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Restore(context.Background(), path); err != nil {
			t.Fatal(err)
		}
		if got, want := backupDump(t, c), backupDump(t, from); !reflect.DeepEqual(got, want) {
			t.Errorf("%v\nwant\n%v", got["positions"]+got["settings"], want["positions"]+want["settings"])
		}
	})
}

// A backup beside writers is of one moment: its log is whole and ends where the manifest says.
func TestBackupBesideWriters(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		stop := make(chan struct{})
		var wg sync.WaitGroup
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					auditWrite(t, c, 1)
				}
			}
		})
		path := filepath.Join(t.TempDir(), "b.zip")
		var info BackupInfo
		for range 3 {
			var err error
			if info, err = c.Backup(ctx, path); err != nil {
				t.Fatal(err)
			}
		}
		close(stop)
		wg.Wait()
		to := openTest(t, "sqlite")
		if _, err := to.Restore(ctx, path); err != nil {
			t.Fatal(err)
		}
		check, err := to.VerifyAudit(ctx)
		if err != nil || check.Problem != "" || check.Head != info.AuditHead || check.Rows != info.Counts["audits"] {
			t.Errorf("%+v, backup %+v: %v", check, info, err)
		}
	})
}

func TestBackupThatFailsLeavesNothing(t *testing.T) {
	c := openTest(t, "sqlite")
	dir := t.TempDir()
	path := filepath.Join(dir, "b.zip")
	if err := os.WriteFile(path, []byte("the one before"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.Backup(ctx, path); err == nil {
		t.Fatal("a cancelled backup must fail")
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("%d files left (%v)", len(left), err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "the one before" {
		t.Errorf("the earlier backup: %q %v", text, err)
	}
	if _, err := c.Backup(context.Background(), filepath.Join(dir, "no", "such", "b.zip")); err == nil {
		t.Error("a directory that is not there must be an error")
	}
}
