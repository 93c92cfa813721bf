package web

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"datchuan/models"
)

var storybook = flag.String("storybook", "", "also write every sample page and the static files under this directory")

// TestPagesRender draws every page with sample data in both languages and looks for what must never be in one.
func TestPagesRender(t *testing.T) {
	r := NewRenderer()
	drawn := map[string]bool{}
	inline := regexp.MustCompile(`(?i)\s(style|on[a-z]+)\s*=|<style|<script>|javascript:|https?://[^w]`)
	ids := regexp.MustCompile(`\sid="([^"]+)"`)
	key := regexp.MustCompile(`>\s*[a-z]+\.[a-z_]+\s*<`)
	for _, lang := range []models.Lang{models.Vi, models.En} {
		for name, v := range samples(lang) {
			page, _, _ := strings.Cut(name, " ")
			drawn[page] = true
			var b bytes.Buffer
			if err := r.Execute(&b, page, v); err != nil {
				t.Errorf("%s %s: %v", lang, name, err)
				continue
			}
			html := b.String()
			for what, bad := range map[string]string{"inline code or foreign address": inline.FindString(html), "key without words": key.FindString(html)} {
				if bad != "" {
					t.Errorf("%s %s: %s: %s", lang, name, what, bad)
				}
			}
			if !strings.Contains(html, "</html>") || strings.Count(html, "<h1") != 1 || strings.Contains(html, "ZgotmplZ") {
				t.Errorf("%s %s: not a whole page with one h1", lang, name)
			}
			seen := map[string]bool{}
			for _, m := range ids.FindAllStringSubmatch(html, -1) {
				if seen[m[1]] {
					t.Errorf("%s %s: id %q twice", lang, name, m[1])
				}
				seen[m[1]] = true
			}
			writeStory(t, string(lang)+"-"+strings.ReplaceAll(name, " ", "-")+".html", b.Bytes())
		}
	}
	for name := range r.pages {
		if !drawn[name] {
			t.Errorf("page %s has no sample", name)
		}
	}
	for url, a := range r.assets.byURL {
		writeStory(t, url, a.body)
	}
}

func writeStory(t *testing.T, name string, data []byte) {
	t.Helper()
	if *storybook == "" {
		return
	}
	file := filepath.Join(*storybook, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
