package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWrongUsageEndsWithTwo(t *testing.T) {
	for _, args := range [][]string{
		{}, {"nonsense"}, {"user"}, {"user", "remove"}, {"audit"}, {"serve", "extra"}, {"demo", "--nonsense"}, {"demo", "--today", "2013-02-28"}, {"demo", "--today", "1/3/2013"}, {"serve", "--addr", "nowhere"},
		{"serve", "--addr", "0.0.0.0:0"}, {"serve", "--addr", ":0"}, {"demo", "--addr", "192.168.1.5:0"}, {"serve", "--tls-cert", "only.pem"},
		{"serve", "--base-url", "datchuan.example.vn"}, {"import"}, {"import", "a.xlsx", "b.xlsx"}, {"import", "a.xlsx", "--as-of", "1/3/2013"},
		{"import", "a.xlsx", "--sheet", "A", "--mapping", "m.json"}, {"gaps", "--as-of", "01/03/2013"}, {"gaps", "--format", "doc"}, {"gaps", "--count-studying", "maybe"},
		{"gaps", "extra"}, {"targets", "--as-of", "2013"}, {"targets", "--format", "csv"}, {"synth"}, {"synth", "--cadres", "many"}, {"synth", "--cadres", "-1"},
		{"user", "add", "--login", "a"}, {"backup"}, {"restore"}, {"doctor", "extra"}, {"audit", "verify", "extra"}, {"verify"}, {"verify", "a.pdf", "b.pdf"}, {"version", "extra"},
	} {
		a := bare(t, "", nil, args...)
		if a.code != 2 || a.out != "" || a.err == "" {
			t.Errorf("%q: exit %d, out %q, err %q", args, a.code, a.out, a.err)
		}
	}
}

func TestHelpIsNoError(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"--help"}, {"-h"}} {
		a := bare(t, "", nil, args...)
		for _, name := range []string{"demo", "serve", "migrate", "user add", "backup", "restore", "doctor", "audit verify", "import", "gaps", "targets", "synth", "verify"} {
			if !strings.Contains(a.out, "datchuan "+name+" ") {
				t.Errorf("%q does not name %s", args, name)
			}
		}
		if a.code != 0 || a.err != "" {
			t.Errorf("%q: exit %d, %s", args, a.code, a.err)
		}
	}
	if a := bare(t, "", nil, "gaps", "-h"); a.code != 0 || !strings.Contains(a.out, "-count-studying") || a.err != "" {
		t.Errorf("exit %d\n%s%s", a.code, a.out, a.err)
	}
	if a := bare(t, "", nil, "version"); a.code != 0 || a.out != "test\n" {
		t.Errorf("version: %d %q", a.code, a.out)
	}
}

// A list or a check of a database that is not there tells so and makes none.
func TestReadingMakesNoDatabase(t *testing.T) {
	onBoth(t, func(t *testing.T, p place) {
		for _, args := range [][]string{{"doctor"}, {"audit", "verify"}, {"gaps"}, {"targets"}, {"backup", p.file("b.zip")}} {
			if a := p.refused(1, "datchuan: ", args...); a.out != "" {
				t.Errorf("%q printed %q", args, a.out)
			}
		}
		if left, _ := filepath.Glob(p.file("*")); len(left) > 0 {
			t.Errorf("made: %v", left)
		}
	})
	a := bare(t, "", nil, "doctor", "--db", "mysql://somewhere", "--data", t.TempDir())
	if a.code != 1 || a.err == "" {
		t.Errorf("another kind of database: exit %d %s", a.code, a.err)
	}
}

func TestFlagsWinOverTheEnvironment(t *testing.T) {
	mine, theirs := t.TempDir(), t.TempDir()
	if a := bare(t, "", []string{"DATCHUAN_DATA=" + theirs}, "migrate"); a.code != 0 {
		t.Fatalf("%+v", a)
	}
	if a := bare(t, "", []string{"DATCHUAN_DATA=" + theirs}, "migrate", "--data", mine); a.code != 0 {
		t.Fatalf("%+v", a)
	}
	key := filepath.Join(t.TempDir(), "office.key")
	db := filepath.Join(t.TempDir(), "a.db")
	if a := bare(t, "", []string{"DATCHUAN_DB=sqlite:" + db, "DATCHUAN_KEY_FILE=" + key, "DATCHUAN_DATA=" + theirs}, "migrate"); a.code != 0 {
		t.Fatalf("%+v", a)
	}
	for _, path := range []string{filepath.Join(mine, "datchuan.db"), filepath.Join(theirs, "datchuan.db"), filepath.Join(mine, "datchuan.key"), db, key} {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
	for _, path := range []string{mine, theirs} {
		if info, err := os.Stat(filepath.Join(path, "datchuan.key")); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the key: %v %v", info, err)
		}
	}
}
