package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// law says which of our rooms a room may import; a sub-package follows the law of its room.
var law = map[string][]string{
	"main":         {"api", "web", "core", "certificates", "sheets", "models"},
	"api":          {"core", "certificates", "sheets", "models"},
	"web":          {"core", "certificates", "sheets", "models"},
	"core":         {"scheduler", "models"},
	"scheduler":    {"models"},
	"certificates": {"models"},
	"sheets":       {"models"},
	"models":       {},
}

// owners says which rooms alone may use a library.
var owners = map[string][]string{
	"gorm.io/":                    {"core"},
	"github.com/go-gormigrate/":   {"core"},
	"modernc.org/sqlite":          {"core"},
	"github.com/jackc/pgx":        {"core"},
	"github.com/gin-gonic/gin":    {"api", "web", "main"},
	"github.com/danielgtaylor/":   {"api"},
	"github.com/jung-kurt/gofpdf": {"certificates"},
	"github.com/xuri/excelize":    {"sheets"},
	"net/http":                    {"api", "web", "main"},
	"database/sql":                {"core"},
}

func TestImportLaw(t *testing.T) {
	files := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files++
		room := strings.Split(filepath.ToSlash(path), "/")[0]
		if strings.HasSuffix(room, ".go") {
			room = "main"
		}
		allowed, known := law[room]
		if !known {
			t.Errorf("%s: room %q is not in the house", path, room)
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, imp := range f.Imports {
			name, _ := strconv.Unquote(imp.Path.Value)
			checkImport(t, path, room, allowed, name)
		}
		return nil
	})
	if err != nil || files < 20 {
		t.Fatalf("read %d files: %v", files, err)
	}
}

func checkImport(t *testing.T, path, room string, allowed []string, name string) {
	t.Helper()
	if ours, ok := strings.CutPrefix(name, "datchuan/"); ok {
		if to := strings.Split(ours, "/")[0]; to != room && !slices.Contains(allowed, to) {
			t.Errorf("%s: %s may not import %s", path, room, to)
		}
		return
	}
	if room == "models" && strings.Contains(name, ".") && !strings.HasPrefix(name, "golang.org/x/text/") {
		t.Errorf("%s: models may import the standard library and x/text only, not %s", path, name)
	}
	for lib, rooms := range owners {
		if strings.HasPrefix(name, lib) && !slices.Contains(rooms, room) {
			t.Errorf("%s: %s belongs to %v", path, name, rooms)
		}
	}
}
