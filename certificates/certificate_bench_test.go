package certificates

import (
	"bytes"
	"io"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"datchuan/models"
)

// many are the facts of n certificates.
func many(n int) []models.CertificateFacts {
	out := make([]models.CertificateFacts, n)
	for i := range out {
		out[i] = sampleFacts(models.ChungChi, i)
	}
	return out
}

func BenchmarkCertificateOne(b *testing.B) {
	p, f := press(b, shipped(models.ChungChi)), sampleFacts(models.ChungChi, 1)
	b.ReportAllocs()
	size := 0
	for b.Loop() {
		size = len(printed(b, p, f))
	}
	report(b, 1, size)
}

// A press is made for each template, not for each certificate.
func BenchmarkPress(b *testing.B) {
	t := shipped(models.ChungChi)
	for b.Loop() {
		press(b, t)
	}
}

func BenchmarkCertificate1000InOneFile(b *testing.B) {
	p, all := press(b, shipped(models.ChungChi)), many(1000)
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if err := p.Book(&out, all); err != nil {
			b.Fatal(err)
		}
	}
	report(b, len(all), out.Len())
}

func BenchmarkCertificate1000Files(b *testing.B) {
	p, all := press(b, shipped(models.ChungChi)), many(1000)
	size := 0
	for b.Loop() {
		size = onAllCores(all, func(f models.CertificateFacts) ([]byte, error) { return p.One(f) })
	}
	report(b, len(all), size)
}

// onAllCores makes the files with one goroutine for each core and gives their bytes together.
func onAllCores(all []models.CertificateFacts, make func(models.CertificateFacts) ([]byte, error)) int {
	var next, size atomic.Int64
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(all)); i = next.Add(1) - 1 {
				pdf, err := make(all[i])
				if err != nil {
					panic(err)
				}
				io.Discard.Write(pdf)
				size.Add(int64(len(pdf)))
			}
		})
	}
	group.Wait()
	return int(size.Load())
}

func report(b *testing.B, count, size int) {
	b.ReportMetric(float64(b.N*count)/b.Elapsed().Seconds(), "certificates/s")
	b.ReportMetric(float64(size)/float64(count), "bytes/certificate")
}

func BenchmarkCertificate1000FilesSigned(b *testing.B) {
	p, all, k := press(b, shipped(models.ChungChi)), many(1000), officeKey(b)
	size := 0
	for b.Loop() {
		size = onAllCores(all, func(f models.CertificateFacts) ([]byte, error) {
			pdf, err := p.One(f)
			if err != nil {
				return nil, err
			}
			return k.Sign(pdf, StampOf(f, signedAt))
		})
	}
	report(b, len(all), size)
}

func BenchmarkVerify(b *testing.B) {
	k := officeKey(b)
	pdf, trusted := signed(b, k, sampleFacts(models.ChungChi, 1)), k.Certificate()
	for b.Loop() {
		if v := Verify(pdf, trusted); v.Standing != Intact {
			b.Fatal(v.Standing)
		}
	}
	report(b, 1, len(pdf))
}
