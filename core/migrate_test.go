package core

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// The schema that the migrations make is the schema that the rows need: every table, every column, none to spare.
func TestSchemaEqualsRows(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		want := []string{"migrations"}
		for _, row := range allRows() {
			stmt := &gorm.Statement{DB: c.write}
			if err := stmt.Parse(row); err != nil {
				t.Fatal(err)
			}
			want = append(want, stmt.Table)
			types, err := c.write.Migrator().ColumnTypes(row)
			if err != nil {
				t.Fatalf("%s: %v", stmt.Table, err)
			}
			has := map[string]gorm.ColumnType{}
			for _, ct := range types {
				has[ct.Name()] = ct
			}
			for _, f := range stmt.Schema.Fields {
				ct, ok := has[f.DBName]
				if f.DBName == "" {
					continue
				}
				if !ok {
					t.Errorf("%s: the migrations lack column %s", stmt.Table, f.DBName)
					continue
				}
				if null, ok := ct.Nullable(); ok && f.NotNull && !f.PrimaryKey && null {
					t.Errorf("%s.%s: the row says NOT NULL, the migrations don't", stmt.Table, f.DBName)
				}
				if got, want := columnClass(ct.DatabaseTypeName()), fieldClass(f); got != want {
					t.Errorf("%s.%s: column %s (%s), row wants %s", stmt.Table, f.DBName, ct.DatabaseTypeName(), got, want)
				}
				delete(has, f.DBName)
			}
			for name := range has {
				t.Errorf("%s: column %s belongs to no field", stmt.Table, name)
			}
		}
		tables, err := c.write.Migrator().GetTables()
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			if !slices.Contains(want, table) && table != "sqlite_sequence" {
				t.Errorf("table %s belongs to no row", table)
			}
		}
	})
}

func columnClass(name string) string {
	switch name {
	case "integer", "INTEGER", "bigint", "BIGINT", "int8", "INT8":
		return "int"
	case "text", "TEXT":
		return "text"
	case "blob", "BLOB", "bytea", "BYTEA":
		return "bytes"
	case "boolean", "BOOLEAN", "bool", "BOOL":
		return "bool"
	}
	return name
}

func fieldClass(f *schema.Field) string {
	if f.Serializer != nil {
		return "text"
	}
	switch f.IndirectFieldType.Kind() {
	case reflect.Slice:
		return "bytes"
	case reflect.Bool:
		return "bool"
	case reflect.String:
		return "text"
	}
	return "int"
}

func TestMigrateTwiceDoesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		ran, backup, err := c.Migrate(context.Background())
		if err != nil || len(ran) != 0 || backup != "" {
			t.Fatalf("second run: %v %q %v", ran, backup, err)
		}
	})
}

func TestNewerSchemaIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		if err := c.write.Exec("INSERT INTO migrations (id) VALUES ('9999_future')").Error; err != nil {
			t.Fatal(err)
		}
		if _, _, err := c.Migrate(context.Background()); !errors.Is(err, ErrNewerSchema) {
			t.Fatalf("want ErrNewerSchema, got %v", err)
		}
	})
}

func TestSQLiteIsCopiedBeforeAStep(t *testing.T) {
	c := openTest(t, "sqlite")
	defer func(old []string) { migrationSteps = old }(migrationSteps)
	migrationSteps = append(slices.Clone(migrationSteps), "9999_missing")
	_, backup, err := c.Migrate(context.Background())
	if err == nil {
		t.Fatal("a step without a file must fail")
	}
	found, _ := filepath.Glob(c.sqlite + ".before-9999_missing-*.bak")
	if len(found) != 1 || found[0] != backup {
		t.Fatalf("copies: %v, told %q", found, backup)
	}
	copied, err := Open(Config{DSN: "sqlite:" + backup, KeyFile: filepath.Join(t.TempDir(), "key")})
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if err := copied.Ready(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestTwoProcessesOnOneFileAreRefused(t *testing.T) {
	c := openTest(t, "sqlite")
	if second, err := Open(Config{DSN: "sqlite:" + c.sqlite, KeyFile: filepath.Join(t.TempDir(), "key")}); err == nil {
		second.Close()
		t.Fatal("the second one must be refused")
	}
}

// SQLite is opened as quality.md D2 asks.
func TestSQLitePragmas(t *testing.T) {
	c := openTest(t, "sqlite")
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000"} {
		var got string
		if err := c.write.Raw("PRAGMA " + pragma).Scan(&got).Error; err != nil || got != want {
			t.Errorf("%s = %q, want %q (%v)", pragma, got, want, err)
		}
	}
}
