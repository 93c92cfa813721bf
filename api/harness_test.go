package api

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	_ "github.com/jackc/pgx/v5/stdlib"

	"datchuan/core"
)

var schemas atomic.Int64

// onBoth runs a test on a fresh SQLite file and on a fresh PostgreSQL schema. A missing server is a failure, not a skip.
func onBoth(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) { test(t, newWorld(t, kind)) })
	}
}

// openTest opens a migrated database with the reference data, whose clock stands at 2013-03-01 08:00 in Vietnam.
func openTest(t testing.TB, kind string) *core.Core {
	t.Helper()
	var ticks atomic.Int64
	start := time.Date(2013, 3, 1, 1, 0, 0, 0, time.UTC)
	c, err := core.Open(core.Config{DSN: testDSN(t, kind), KeyFile: filepath.Join(t.TempDir(), "key"),
		Now: func() time.Time { return start.Add(time.Duration(ticks.Add(1)) * time.Microsecond) }})
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
	if err := c.SeedReference(context.Background()); err != nil {
		t.Fatal(err)
	}
	return c
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
	schema := fmt.Sprintf("api%d_%d", os.Getpid(), schemas.Add(1))
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

// worked is what has been answered without a refusal, by method and route.
type worked struct{ sync.Map }

func (k *worked) note(g *gin.Context) {
	if g.Next(); g.Writer.Status() < http.StatusBadRequest {
		k.Store(g.Request.Method+" "+g.FullPath(), true)
	}
}

// engine is the API on a bare engine, with its log kept for looking into.
func engine(c *core.Core, use ...gin.HandlerFunc) (*gin.Engine, *bytes.Buffer) {
	gin.SetMode(gin.ReleaseMode)
	r, log := gin.New(), &bytes.Buffer{}
	r.Use(use...)
	_ = r.SetTrustedProxies(nil)
	Mount(r, c, Options{SessionCookies: []string{"datchuan"}, Version: "test", Log: slog.New(slog.NewTextHandler(log, nil))})
	r.NoRoute(NotFound)
	return r, log
}

// request is one request of a table: who sends what.
type request struct {
	as, method, path, body string
	header                 map[string]string
	raw                    io.Reader // instead of body
}

type answered struct {
	status int
	header http.Header
	body   string
}

// send sends a request as a principal of the world; "" is nobody.
func (w *world) send(q request) answered {
	w.t.Helper()
	var body io.Reader = strings.NewReader(q.body)
	if q.raw != nil {
		body = q.raw
	}
	r := httptest.NewRequest(q.method, q.path, body)
	if q.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if q.as != "" {
		token, ok := w.tokens[q.as]
		if !ok {
			w.t.Fatalf("no principal %q", q.as)
		}
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for k, v := range q.header {
		r.Header.Set(k, v)
	}
	rec := httptest.NewRecorder()
	w.engine.ServeHTTP(rec, r)
	return answered{rec.Code, rec.Header(), rec.Body.String()}
}

// want sends and insists on a status; it returns the answer.
func (w *world) want(status int, q request) answered {
	w.t.Helper()
	got := w.send(q)
	if got.status != status {
		w.t.Fatalf("%s %s as %q: status %d, want %d: %s\n%s", q.method, q.path, q.as, got.status, status, got.body, w.log)
	}
	return got
}

// decode reads JSON into a fresh value.
func decode[T any](t testing.TB, a answered) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
	return v
}
