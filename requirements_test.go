package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestDirectRequirements: go.mod calls direct what we import, tests included, and indirect what we don't, as
// `go mod tidy` writes it. It needs no network, which tidy does.
func TestDirectRequirements(t *testing.T) {
	text, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	direct, indirect := map[string]bool{}, map[string]bool{} // true = imported
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		switch {
		case len(f) < 2 || !strings.HasPrefix(f[1], "v"):
		case strings.HasSuffix(strings.TrimSpace(line), "// indirect"):
			indirect[f[0]] = false
		default:
			direct[f[0]] = false
		}
	}
	for _, path := range imported(t) {
		of := ""
		for _, modules := range []map[string]bool{direct, indirect} {
			for m := range modules {
				if (path == m || strings.HasPrefix(path, m+"/")) && len(m) > len(of) {
					of = m
				}
			}
		}
		if _, ok := direct[of]; ok {
			direct[of] = true
		} else {
			t.Errorf("%s is imported, so %q must be a direct requirement", path, of)
		}
	}
	if len(direct) < 10 {
		t.Fatalf("%d direct requirements", len(direct))
	}
	for m, used := range direct {
		if !used {
			t.Errorf("nothing imports %s, so it is no direct requirement", m)
		}
	}
}

// imported lists what all files of the module import from outside.
func imported(t *testing.T) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, imp := range f.Imports {
			name, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				return err
			}
			if first, _, _ := strings.Cut(name, "/"); strings.Contains(first, ".") && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
