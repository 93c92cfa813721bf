package certificates

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"datchuan/models"
)

// render makes the PDF and hands it to qpdf, which must find nothing wrong with the file.
func render(t *testing.T, p models.Paper) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := GapList(&b, p); err != nil {
		t.Fatal(err)
	}
	checkFile(t, b.Bytes())
	return b.Bytes()
}

func checkFile(t *testing.T, pdf []byte) {
	t.Helper()
	if out, err := exec.Command("qpdf", "--check", saved(t, pdf)).CombinedOutput(); err != nil {
		t.Fatalf("qpdf --check: %v\n%s", err, out)
	}
}

func saved(t *testing.T, pdf []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// pagesOf is the text of each page as a reader program finds it.
func pagesOf(t *testing.T, pdf []byte) []string {
	t.Helper()
	out, err := exec.Command("pdftotext", "-layout", "-enc", "UTF-8", saved(t, pdf), "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (package poppler-utils): %v", err)
	}
	pages := strings.Split(string(out), "\f")
	return pages[:len(pages)-1]
}

var runs = regexp.MustCompile(` {2,}`)

// squeezed drops what depends on the version of the reader program: how many spaces stand for a gap, empty lines.
func squeezed(pages []string) string {
	var b strings.Builder
	for i, page := range pages {
		fmt.Fprintf(&b, "--- page %d\n", i+1)
		for line := range strings.SplitSeq(page, "\n") {
			if line = strings.TrimSpace(runs.ReplaceAllString(line, "  ")); line != "" {
				b.WriteString(line + "\n")
			}
		}
	}
	return b.String()
}

// letters are the 134 letters of Vietnamese that ASCII lacks.
func letters() []string {
	marks := strings.Fields("à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ è é ẻ ẽ ẹ ê ề ế ể ễ ệ ì í ỉ ĩ ị " +
		"ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ ù ú ủ ũ ụ ư ừ ứ ử ữ ự ỳ ý ỷ ỹ ỵ đ")
	for _, l := range marks[:len(marks):len(marks)] {
		marks = append(marks, strings.ToUpper(l))
	}
	return marks
}
