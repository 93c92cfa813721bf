package web

import (
	"net/http"
	"testing"
)

// BenchmarkGapPage is the gap list as a page, from the request to the last byte, on the demonstration: of a district and of the
// province, one request after the other and side by side.
func BenchmarkGapPage(b *testing.B) {
	w := newSite(b)
	for login, path := range map[string]string{"le-thuy": "/gaps?position=chu-tich-xa", "ban-to-chuc": "/gaps"} {
		v := w.as(login)
		open := func(b *testing.B) {
			if got := v.get(path); got.status != http.StatusOK {
				b.Fatal(got.status)
			}
		}
		b.Run(login+"/single", func(b *testing.B) {
			for b.Loop() {
				open(b)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
		})
		b.Run(login+"/parallel", func(b *testing.B) {
			b.RunParallel(func(pb *testing.PB) {
				mine := &visitor{site: w, cookies: map[string]string{sessionCookie: v.cookies[sessionCookie]}, header: v.header}
				for pb.Next() {
					if got := mine.get(path); got.status != http.StatusOK {
						b.Error(got.status)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}
