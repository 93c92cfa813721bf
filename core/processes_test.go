package core

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"datchuan/models"
)

// beside opens the database of a test a second time, as another process would.
func beside(t *testing.T, c *Core, dsn string) *Core {
	t.Helper()
	other, err := Open(Config{DSN: dsn, KeyFile: c.keyAt.path, Now: testClock(), NoLock: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Close() })
	return other
}

// onBothBeside runs a test with two cores on one database.
func onBothBeside(t *testing.T, test func(t *testing.T, c, other *Core)) {
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			dsn := testDSN(t, kind)
			c, err := Open(Config{DSN: dsn, KeyFile: filepath.Join(t.TempDir(), "key"), Now: testClock()})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { c.Close() })
			other := beside(t, c, dsn)
			if err := other.CheckSchema(context.Background()); !errors.Is(err, ErrOlderSchema) {
				t.Fatalf("before migrating: %v", err)
			}
			if _, _, err := c.Migrate(context.Background()); err != nil {
				t.Fatal(err)
			}
			if err := other.CheckSchema(context.Background()); err != nil {
				t.Fatal(err)
			}
			test(t, c, other)
		})
	}
}

// What another process does to the map is noticed within moments.
func TestTreeOfTwoProcesses(t *testing.T) {
	onBothBeside(t, func(t *testing.T, c, other *Core) {
		ctx := context.Background()
		if tree, err := c.Tree(ctx); err != nil || len(tree.codes) != 0 {
			t.Fatalf("%d units, %v", len(tree.codes), err)
		}
		err := other.transact(ctx, operator(), func(tx *Tx) error {
			u := models.Unit{Code: "44", Version: 1}
			if err := tx.Create(&u).Error; err != nil {
				return err
			}
			return tx.audit("unit.create", "unit", u.ID, change{})
		})
		if err != nil {
			t.Fatal(err)
		}
		for start := time.Now(); ; time.Sleep(50 * time.Millisecond) {
			tree, err := c.Tree(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := tree.ByCode("44"); ok {
				return
			}
			if time.Since(start) > 5*treeAge {
				t.Fatal("the unit of the other process is not seen")
			}
		}
	})
}

// An import that another process is applying on the same SQLite file is not taken for a left one.
func TestRecoverImportsLeavesTheLivingAlone(t *testing.T) {
	onBothBeside(t, func(t *testing.T, c, other *Core) {
		im := Import{FileName: "a.xlsx", State: ImportApplying, Version: 1, Bytes: []byte{1}}
		if err := c.write.Create(&im).Error; err != nil {
			t.Fatal(err)
		}
		state := func() ImportState {
			var now Import
			if err := c.read.Take(&now, im.ID).Error; err != nil {
				t.Fatal(err)
			}
			return now.State
		}
		if !c.isPostgres() {
			if err := other.RecoverImports(context.Background()); err != nil || state() != ImportApplying {
				t.Fatalf("%s, %v", state(), err)
			}
		}
		if err := c.RecoverImports(context.Background()); err != nil || state() != ImportFailed {
			t.Fatalf("%s, %v", state(), err)
		}
	})
}

func TestForeignKeyFileIsRefused(t *testing.T) {
	onBothBeside(t, func(t *testing.T, c, other *Core) {
		if err := c.SeedReference(context.Background()); err != nil {
			t.Fatal(err)
		}
		if err := other.SeedReference(context.Background()); err != nil {
			t.Fatalf("the same key: %v", err)
		}
		other.keys = keys{index: []byte("another")}
		mustFail(t, other.SeedReference(context.Background()), "key.other")
	})
}

// Processes that start together on an empty folder must end up with one key, and a killed one must not leave half of it.
func TestKeyFileOfManyProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "datchuan.key")
	found := make([]keys, 20)
	var wait sync.WaitGroup
	for i := range found {
		wait.Go(func() {
			var err error
			if found[i], err = loadKeys(path); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	for _, k := range found {
		if k.text() != found[0].text() {
			t.Fatal("two keys")
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
}
