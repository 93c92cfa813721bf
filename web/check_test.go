package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"datchuan/models"
)

// Anybody learns what a certificate is worth: without a session, without a script, within 30 KB, and nothing beyond what the paper says.
func TestPublicCheck(t *testing.T) {
	w := newSite(t)
	district := w.actor("le-thuy")
	_, given := w.certifiedClass(district, w.members(district, 2)...)
	cert, f := given[0], given[0].Facts
	v := w.anybody()
	w.want(v.get("/c"), http.StatusOK, "Mã tra cứu in trên giấy", "Check a certificate")
	got := v.get("/c/" + cert.Code)
	w.want(got, http.StatusOK, "Giấy còn hiệu lực", "Valid certificate", f.Name, f.Course, f.Class, "18/02/2013 – 20/02/2013", cert.Label, "20/02/2013", "Ban Thường vụ")
	for _, secret := range []string{f.Birth.VN(), f.Unit, f.Post, f.Grade, "<script", "Đăng nhập"} {
		if secret != "" && strings.Contains(got.html, secret) {
			t.Errorf("the page shows %q", secret)
		}
	}
	weight := len(got.html)
	for _, m := range regexp.MustCompile(`(?:href|src)="(/[^"]+)"`).FindAllStringSubmatch(got.html, -1) {
		weight += len(v.get(m[1]).html)
	}
	if weight > 30<<10 {
		t.Errorf("%d bytes in all", weight)
	}
	if got.header.Get("Cache-Control") != "no-store" || !strings.Contains(got.header.Get("X-Robots-Tag"), "noindex") || !strings.Contains(got.html, `name="robots" content="noindex`) || len(v.cookies) != 0 {
		t.Errorf("headers %v, cookies %v", got.header, v.cookies)
	}
	typed := strings.ToLower(cert.Code[:13]) + "+" + cert.Code[13:]
	w.want(v.get("/c?code="+typed), http.StatusOK, "Giấy còn hiệu lực")
	unknown, malformed := v.get("/c/"+models.NewCode([16]byte{1})), v.get("/c/"+strings.Repeat("x", 300))
	w.want(unknown, http.StatusNotFound, "Không tìm thấy giấy này", "Unknown code")
	input := regexp.MustCompile(`name="code" value="[^"]*"`)
	if input.ReplaceAllString(unknown.html, "") != input.ReplaceAllString(malformed.html, "") || malformed.status != unknown.status {
		t.Error("an unknown code and a malformed one read differently")
	}
}

// The page follows what happens to a certificate.
func TestPublicCheckOfEveryState(t *testing.T) {
	w := newSite(t)
	ctx, district, v := context.Background(), w.actor("le-thuy"), w.anybody()
	class, given := w.certifiedClass(district, w.members(district, 3)...)
	next, err := w.core.ReissueCertificate(ctx, district, given[0].ID, given[0].Version, models.CauseLost, "mất trong lũ")
	if err != nil {
		t.Fatal(err)
	}
	w.want(v.get("/c/"+given[0].Code), http.StatusOK, "Giấy đã được thay thế", "Replaced", next.Label)
	asked, err := w.core.AskRevocation(ctx, district, given[1].ID, given[1].Version, "thi hộ")
	if err == nil {
		_, err = w.core.DecideRevocation(ctx, w.actor("ban-to-chuc"), asked.ID, asked.Version, true, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	revoked := v.get("/c/" + given[1].Code)
	w.want(revoked, http.StatusOK, "Giấy đã bị thu hồi", "Revoked")
	if strings.Contains(revoked.html, "thi hộ") {
		t.Error("the reason is nobody's business")
	}
	now, err := w.core.Class(ctx, district, class.ID)
	if err == nil {
		_, err = w.core.ReopenClass(ctx, district, class.ID, now.Class.Version, "xem lại")
	}
	if err != nil {
		t.Fatal(err)
	}
	w.want(v.get("/c/"+given[2].Code), http.StatusOK, "Giấy đang được xem lại", "Under review")
}

// checkFrom asks from an address.
func (w *site) checkFrom(addr, code string) *httptest.ResponseRecorder {
	req := httptest.NewRequest(http.MethodGet, "http://localhost/c/"+code, nil)
	req.RemoteAddr = addr + ":1"
	rec := httptest.NewRecorder()
	w.engine.ServeHTTP(rec, req)
	return rec
}

// Nobody reads the register by trying codes; another address is not held up.
func TestPublicCheckIsSlowedDown(t *testing.T) {
	w := newSite(t)
	last := 0
	for range 200 {
		got := w.checkFrom("192.0.2.7", "x")
		if last = got.Code; last == http.StatusTooManyRequests {
			if got.Header().Get("Retry-After") == "" || !strings.Contains(got.Body.String(), "Xin chờ một phút") {
				t.Errorf("refused without a word: %s", got.Body)
			}
			break
		}
	}
	if last != http.StatusTooManyRequests {
		t.Error("200 checks in a row pass")
	}
	if got := w.checkFrom("192.0.2.8", "x"); got.Code != http.StatusNotFound {
		t.Errorf("another address: %d", got.Code)
	}
}

// BenchmarkPublicCheck is the public page of a valid certificate, from the request to the last byte.
func BenchmarkPublicCheck(b *testing.B) {
	w := newSite(b)
	district := w.actor("le-thuy")
	_, given := w.certifiedClass(district, w.members(district, 1)...)
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		if got := w.checkFrom(fmt.Sprintf("10.%d.%d.%d", n>>12&255, n>>6&63, n&63), given[0].Code); got.Code != http.StatusOK {
			b.Fatal(got.Code)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
}
