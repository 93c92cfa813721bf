package api

import (
	"archive/zip"
	"bytes"
	"context"
	"strings"
	"sync"

	"datchuan/certificates"
	"datchuan/core"
	"datchuan/models"
)

// presses keeps those that are ready: making one costs as much as printing ten certificates. Presses for blanks are made as asked,
// for their offsets are anybody's.
type presses struct {
	mu    sync.Mutex
	ready map[pressKey]*certificates.Press
}

// pressKey names a version of a template.
type pressKey struct {
	code    string
	version int
}

// BlankQuery asks for a print on pre-printed blanks.
type BlankQuery struct {
	Blank bool    `query:"blank" doc:"In lên phôi: chỉ in phần thay đổi / on a pre-printed blank: only what varies"`
	X     float64 `query:"x" minimum:"-50" maximum:"50" doc:"Dịch ngang, mm / shift to the right, mm"`
	Y     float64 `query:"y" minimum:"-50" maximum:"50" doc:"Dịch dọc, mm / shift down, mm"`
}

func (p *presses) of(t models.CertificateTemplate, q BlankQuery) (*certificates.Press, error) {
	if q.Blank {
		return certificates.NewPress(t.OnBlank(q.X, q.Y))
	}
	key := pressKey{t.Code, t.Version}
	p.mu.Lock()
	defer p.mu.Unlock()
	if press := p.ready[key]; press != nil {
		return press, nil
	}
	press, err := certificates.NewPress(t)
	if err != nil {
		return nil, err
	}
	if p.ready == nil {
		p.ready = map[pressKey]*certificates.Press{}
	}
	p.ready[key] = press
	return press, nil
}

// signer is the office's key; an office without one gets one here, once.
func (s *server) signer(ctx context.Context) (*certificates.Key, error) {
	stored, err := s.core.SigningKey(ctx)
	if err != nil {
		return nil, err
	}
	if stored == nil {
		fresh, err := certificates.NewKey(s.core.OfficeName(ctx), models.DateOf(s.core.Now().Time().In(models.Hanoi)).AddDays(-2), signingYears)
		if err != nil {
			return nil, err
		}
		key, err := certificates.ParseKey(fresh)
		if err != nil {
			return nil, err
		}
		if stored, err = s.core.FirstSigningKey(ctx, fresh, key.Certificate()); err != nil {
			return nil, err
		}
	}
	return certificates.ParseKey(stored)
}

// signingYears is how long a key made here may be used.
const signingYears = 20

// signed is a certificate as a file of its own. On a blank it is ink for a paper that is signed by hand, so it carries no signature.
func (s *server) signed(key *certificates.Key, c core.CertificatePrint, q BlankQuery, base string) ([]byte, error) {
	press, err := s.presses.of(c.Design, q)
	if err != nil {
		return nil, err
	}
	facts := c.Printed(base)
	pdf, err := press.One(facts)
	if err != nil || q.Blank {
		return pdf, err
	}
	return key.Sign(pdf, certificates.StampOf(facts, signedAt(key, c.IssuedAt)))
}

// signedAt is the moment that a paper says it was signed: when it was issued, so that each printing gives the same file; no sooner than
// the key may be used.
func signedAt(key *certificates.Key, issued models.Instant) models.Instant {
	return max(issued, models.InstantOf(key.Holder().From.AddDays(1).Time()))
}

// zipped are the certificates as single files in one archive.
func (s *server) zipped(ctx context.Context, list []core.CertificatePrint, q BlankQuery, base string) ([]byte, error) {
	key, err := s.signer(ctx)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, c := range list {
		pdf, err := s.signed(key, c, q, base)
		if err != nil {
			return nil, err
		}
		w, err := archive.CreateHeader(&zip.FileHeader{Name: certificateName(c.Certificate), Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(pdf); err != nil {
			return nil, err
		}
	}
	err = archive.Close() // writes the directory
	return out.Bytes(), err
}

// booked are certificates of one template as the pages of one file, for the printer.
func (s *server) booked(list []core.CertificatePrint, q BlankQuery, base string) ([]byte, error) {
	press, err := s.presses.of(list[0].Design, q)
	if err != nil {
		return nil, err
	}
	facts := make([]models.CertificateFacts, len(list))
	for i, c := range list {
		facts[i] = c.Printed(base)
	}
	var out bytes.Buffer
	err = press.Book(&out, facts)
	return out.Bytes(), err
}

// certificateName is the name of a file: "01-GCN-BTV nguyen thi lan.pdf".
func certificateName(c models.Certificate) string {
	plain := strings.NewReplacer("/", "-", `\`, "-", ":", "-").Replace(c.Label)
	return plain + " " + models.Fold(c.Facts.Name) + ".pdf"
}

// PaperVerdict is what a signed file proves by itself.
type PaperVerdict = certificates.Verdict

// PaperIntact is the standing of a file in which no byte has changed.
const PaperIntact = certificates.Intact

// VerifyPaper checks a signed file for the command line; trusted are certificates in PEM.
func VerifyPaper(pdf, trusted []byte) PaperVerdict { return certificates.Verify(pdf, trusted) }
