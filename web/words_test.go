package web

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"datchuan/models"
)

// TestWords: both languages have the same keys, with the same {names}; every key used exists; no key is unused.
func TestWords(t *testing.T) {
	vi, en := pageWords[models.Vi], pageWords[models.En]
	hole := regexp.MustCompile(`\{[a-z_]+\}`)
	for k, v := range vi {
		e, ok := en[k]
		if !ok {
			t.Errorf("%s: no English", k)
			continue
		}
		for _, h := range append(hole.FindAllString(v, -1), hole.FindAllString(e, -1)...) {
			if !strings.Contains(v, h) || !strings.Contains(e, h) {
				t.Errorf("%s: %s only in one language", k, h)
			}
		}
		if strings.TrimSpace(v) == "" || strings.TrimSpace(e) == "" {
			t.Errorf("%s: empty", k)
		}
	}
	for k := range en {
		if _, ok := vi[k]; !ok {
			t.Errorf("%s: no Vietnamese", k)
		}
	}
	used := usedKeys(t)
	for k, where := range used {
		if _, ok := vi[k]; !ok {
			t.Errorf("%s: used in %s without words", k, where)
		}
	}
	for k := range vi {
		if _, ok := used[k]; !ok {
			t.Errorf("%s: never used", k)
		}
	}
}

// usedKeys finds the keys of T, and every literal in the Go files that looks like a key of a family of ours.
func usedKeys(t *testing.T) map[string]string {
	t.Helper()
	families := map[string]bool{}
	for k := range pageWords[models.Vi] {
		family, _, _ := strings.Cut(k, ".")
		families[family] = true
	}
	call := regexp.MustCompile(`(?:\.T |\.Foot |\bT\()"([a-z_]+\.[a-z_0-9]+)"`)
	literal := regexp.MustCompile(`"([a-z_]+)\.([a-z_0-9]+)"`)
	used := map[string]string{}
	for _, pattern := range []string{"layout/*.html", "pages/*.html", "*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range call.FindAllStringSubmatch(string(data), -1) {
				used[m[1]] = file
			}
			for _, m := range literal.FindAllStringSubmatch(string(data), -1) {
				if key := m[1] + "." + m[2]; families[m[1]] && strings.HasSuffix(file, ".go") && pageWords[models.Vi][key] != "" {
					used[key] = file
				}
			}
		}
	}
	return used
}

func TestChooseLang(t *testing.T) {
	for _, c := range []struct {
		cookie, accept string
		want           models.Lang
	}{
		{"", "", models.Vi}, {"", "en-GB,en;q=0.8", models.En}, {"", "fr,de;q=0.7", models.Vi}, {"vi", "en", models.Vi},
		{"en", "vi", models.En}, {"xx", "vi-VN,en;q=0.5", models.Vi}, {"", ";;;", models.Vi}, {"", "fr,en;q=0.5,vi;q=0.4", models.En},
	} {
		if got := chooseLang(c.cookie, c.accept); got != c.want {
			t.Errorf("cookie %q accept %q: %s, want %s", c.cookie, c.accept, got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	p := &Page{Lang: models.Vi}
	e := &Page{Lang: models.En}
	for _, c := range [][2]string{{p.Num(1323), "1.323"}, {e.Num(191323), "191,323"}, {p.Num(-1000000), "−1.000.000"}, {p.Num(7), "7"},
		{p.Pct(101, 159), "63,5%"}, {p.Pct(23, 159), "14,5%"}, {e.Pct(161360, 191323), "84.3%"}, {p.Pct(1, 0), "–"}, {p.Pct(159, 159), "100,0%"},
		{p.T("pager.range", "from", 1, "to", 50, "total", 1323), "1–50 trong 1.323"}, {p.Span(20110515, models.Forever), "từ 15/05/2011"},
		{p.Span(models.Beginning, 20120101), "đến 01/01/2012"}} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
}
