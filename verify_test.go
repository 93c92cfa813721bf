package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"datchuan/certificates"
	"datchuan/models"
)

func TestVerify(t *testing.T) {
	dir := t.TempDir()
	put := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	office, stranger := signingKey(t, "Hội thử"), signingKey(t, "Người lạ")
	template, _ := models.ShippedTemplate(models.GiayChungNhan)
	press, err := certificates.NewPress(template)
	if err != nil {
		t.Fatal(err)
	}
	facts := models.SampleCertificate(models.GiayChungNhan)
	plain, err := press.One(facts)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := office.Sign(plain, certificates.StampOf(facts, 1_400_000_000_000_000))
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Clone(signed)
	changed[len(changed)/3] ^= 1
	own, other := put("own.pem", office.Certificate()), put("other.pem", stranger.Certificate())
	whole := put("whole.pdf", signed)
	for name, test := range map[string]struct {
		args []string
		code int
		says string
	}{
		"a stranger checks":     {[]string{whole}, 0, "Chưa biết khóa ký"},
		"with the office's key": {[]string{whole, "--trust", own}, 0, "đã biết của cơ quan"},
		"with somebody else's":  {[]string{whole, "--trust", other}, 1, "Chưa biết khóa ký"},
		"number":                {[]string{whole}, 0, facts.Number},
		"as JSON":               {[]string{"--json", whole}, 0, `"standing":"intact"`},
		"a byte changed":        {[]string{put("changed.pdf", changed)}, 1, "đã bị sửa"},
		"cut short":             {[]string{put("short.pdf", signed[:len(signed)-9])}, 1, "đã bị sửa"},
		"not signed":            {[]string{put("plain.pdf", plain)}, 1, "không có chữ ký"},
		"no PDF":                {[]string{put("text.pdf", []byte("xin chào"))}, 1, "không có chữ ký"},
		"no such file":          {[]string{filepath.Join(dir, "none.pdf")}, 1, "none.pdf"},
	} {
		a := bare(t, "", nil, append([]string{"verify", "--data", filepath.Join(dir, "data")}, test.args...)...)
		if a.code != test.code || !strings.Contains(a.out+a.err, test.says) {
			t.Errorf("%s: exit %d, out %q, err %q", name, a.code, a.out, a.err)
		}
	}
}

func signingKey(t *testing.T, office string) *certificates.Key {
	t.Helper()
	pem, err := certificates.NewKey(office, 20130101, 20)
	if err != nil {
		t.Fatal(err)
	}
	key, err := certificates.ParseKey(pem)
	if err != nil {
		t.Fatal(err)
	}
	return key
}
