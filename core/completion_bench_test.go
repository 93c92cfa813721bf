package core

import "testing"

// BenchmarkCloseClass closes a class of 60: outcomes, qualifications, certificates and standings in one transaction, and with it the
// way back.
func BenchmarkCloseClass(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) {
			c := openTest(b, kind)
			w := newSchoolWorld(b, c)
			closing, _ := w.graduates(60)
			class := closing.Class
			for b.Loop() {
				b.StopTimer()
				open, err := c.ReopenClass(w.ctx, w.province, class.ID, class.Version, "đo")
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				closing, err := c.CloseClass(w.ctx, w.province, open.ID, open.Version)
				if err != nil || closing.Passed != 60 {
					b.Fatal(closing, err)
				}
				class = closing.Class
			}
		})
	}
}
