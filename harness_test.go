package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

// These tests run the built program as a user would: by its commands, its exit codes, its streams and its addresses.

var (
	program string // the built binary
	schemas atomic.Int64
)

func TestMain(m *testing.M) { os.Exit(withProgram(m.Run)) }

func withProgram(run func() int) int {
	dir, err := os.MkdirTemp("", "datchuan-test-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	program = filepath.Join(dir, "datchuan")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	build := exec.Command("go", "build", "-buildvcs=false", "-ldflags", "-s -w -X main.version=test", "-o", program, ".")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "the program does not build:", err)
		return 1
	}
	return run()
}

// place is a folder and a database of its own, on which commands are run.
type place struct {
	testing.TB
	kind, dir, dsn string
}

// onBoth runs a test on a fresh SQLite file and on a fresh PostgreSQL schema, side by side. A missing server is a
// failure, not a skip.
func onBoth(t *testing.T, test func(t *testing.T, p place)) {
	t.Helper()
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			test(t, newPlace(t, kind))
		})
	}
}

func newPlace(t testing.TB, kind string) place {
	t.Helper()
	p := place{TB: t, kind: kind, dir: t.TempDir()}
	if kind == "sqlite" {
		p.dsn = "sqlite:" + filepath.Join(p.dir, "datchuan.db")
		return p
	}
	server := os.Getenv("TEST_DATABASE_URL")
	if server == "" {
		t.Fatal("TEST_DATABASE_URL is not set: run the tests with `make test`, or under scripts/with-postgres")
	}
	schema := fmt.Sprintf("main%d_%d", os.Getpid(), schemas.Add(1))
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
	p.dsn = server + sep + "search_path=" + url.QueryEscape(schema)
	return p
}

// file is the path of a file in the place's folder.
func (p place) file(name string) string { return filepath.Join(p.dir, name) }

// answer is what a command left behind.
type answer struct {
	code     int
	out, err string
}

// run runs a command on the place's database.
func (p place) run(args ...string) answer { p.Helper(); return p.feed("", args...) }

// feed is run with something on standard input.
func (p place) feed(in string, args ...string) answer {
	p.Helper()
	return bare(p, in, nil, append(args, "--db", p.dsn, "--data", p.dir)...)
}

// done runs a command that must succeed, and returns its output.
func (p place) done(args ...string) string {
	p.Helper()
	a := p.run(args...)
	if a.code != 0 {
		p.Fatalf("%v: exit %d\n%s%s", args, a.code, a.out, a.err)
	}
	return a.out
}

// refused runs a command that must end with a code, say so on standard error, and print nothing as a result.
func (p place) refused(code int, says string, args ...string) answer {
	p.Helper()
	a := p.run(args...)
	if a.code != code || !strings.Contains(a.err, says) {
		p.Fatalf("%v: exit %d, want %d and %q on standard error\nout: %s\nerr: %s", args, a.code, code, says, a.out, a.err)
	}
	return a
}

// bare runs the program with exactly these arguments and further environment.
func bare(t testing.TB, in string, env []string, args ...string) answer {
	t.Helper()
	var out, stderr bytes.Buffer
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env, cmd.Dir = strings.NewReader(in), &out, &stderr, append(cleanEnv(), env...), t.TempDir()
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return answer{cmd.ProcessState.ExitCode(), out.String(), stderr.String()}
}

// cleanEnv is the environment without settings of ours.
func cleanEnv() []string {
	var out []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "DATCHUAN_") {
			out = append(out, v)
		}
	}
	return out
}

// tables opens the database behind the program's back.
func (p place) tables() *sql.DB {
	p.Helper()
	driver, dsn := "pgx", p.dsn
	if path, ok := strings.CutPrefix(p.dsn, "sqlite:"); ok {
		driver, dsn = "sqlite", "file:"+path+"?_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		p.Fatal(err)
	}
	return db
}

// rows answers one number, text one text.
func (p place) rows(query string) int64  { p.Helper(); return one[int64](p, query) }
func (p place) text(query string) string { p.Helper(); return one[string](p, query) }

func one[T any](p place, query string) T {
	p.Helper()
	db := p.tables()
	defer db.Close()
	var out T
	if err := db.QueryRow(query).Scan(&out); err != nil {
		p.Fatalf("%s: %v", query, err)
	}
	return out
}

// exec changes the tables as an intruder or a fault would.
func (p place) exec(statement string) {
	p.Helper()
	db := p.tables()
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		p.Fatalf("%s: %v", statement, err)
	}
}

func decode[T any](t testing.TB, text string) T {
	t.Helper()
	var out T
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
	return out
}
