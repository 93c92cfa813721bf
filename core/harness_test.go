package core

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
)

var schemas atomic.Int64

// onBoth runs a test on a fresh SQLite file and on a fresh PostgreSQL schema. TEST_DATABASE_URL must name a server:
// scripts/with-postgres starts one. A missing server is a failure, not a skip.
func onBoth(t *testing.T, test func(t *testing.T, c *Core)) {
	t.Helper()
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) { test(t, openTest(t, kind)) })
	}
}

// openTest opens a migrated, empty database whose clock stands still at 2013-03-01 08:00 in Vietnam and moves a
// microsecond with each look.
func openTest(t testing.TB, kind string) *Core {
	t.Helper()
	c, err := Open(Config{DSN: testDSN(t, kind), KeyFile: filepath.Join(t.TempDir(), "key"), Now: testClock()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, _, err := c.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return c
}

func testClock() func() time.Time {
	var ticks atomic.Int64
	start := time.Date(2013, 3, 1, 1, 0, 0, 0, time.UTC)
	return func() time.Time { return start.Add(time.Duration(ticks.Add(1)) * time.Microsecond) }
}

func testDSN(t testing.TB, kind string) string {
	t.Helper()
	if kind == "sqlite" {
		return "sqlite:" + filepath.Join(t.TempDir(), "test.db")
	}
	server := os.Getenv("TEST_DATABASE_URL")
	if server == "" {
		t.Fatal("TEST_DATABASE_URL is not set: run the tests with `make test`, or under scripts/with-postgres")
	}
	schema := fmt.Sprintf("t%d_%d", os.Getpid(), schemas.Add(1))
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Exec("CREATE SCHEMA " + schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec("DROP SCHEMA " + schema + " CASCADE"); err != nil {
			t.Error(err)
		}
		admin.Close()
	})
	sep := "?"
	if strings.Contains(server, "?") {
		sep = "&"
	}
	return server + sep + "search_path=" + url.QueryEscape(schema)
}
