package certificates

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"datchuan/models"
)

const officeName = "Hội Liên hiệp Phụ nữ tỉnh Quảng Bình"

var signedAt = models.InstantOf(time.Date(2013, 6, 14, 8, 30, 0, 0, time.UTC))

func officeKey(t testing.TB) *Key {
	t.Helper()
	text, err := NewKey(officeName, models.NewDate(2013, 1, 1), 10)
	if err != nil {
		t.Fatal(err)
	}
	k, err := ParseKey(text)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// authorityKey is an RSA key whose certificate an authority has signed; the authority's certificate comes with it.
func authorityKey(t testing.TB) (k *Key, authority []byte) {
	t.Helper()
	certify := func(name string, serial int64, public any, parent *x509.Certificate, by any) []byte {
		c := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name}, NotBefore: models.NewDate(2013, 1, 1).Time(),
			NotAfter: models.NewDate(2016, 1, 1).Time(), IsCA: parent == nil, BasicConstraintsValid: true}
		if parent == nil {
			parent = c
		}
		der, err := x509.CreateCertificate(rand.Reader, c, parent, public, by)
		if err != nil {
			t.Fatal(err)
		}
		return der
	}
	root, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	own, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	rootDER := certify("Cơ quan chứng thực", 1, &root.PublicKey, nil, root)
	parent, err := x509.ParseCertificate(rootDER)
	if err != nil {
		t.Fatal(err)
	}
	authority = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: rootDER})
	text := append(bytes.Clone(authority), pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(own)})...)
	text = append(text, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certify(officeName, 77, &own.PublicKey, parent, root)})...)
	if k, err = ParseKey(text); err != nil {
		t.Fatal(err)
	}
	return k, authority
}

func signed(t testing.TB, k *Key, f models.CertificateFacts) []byte {
	t.Helper()
	pdf, err := k.Sign(printed(t, press(t, shipped(f.Kind)), f), StampOf(f, signedAt))
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

func TestSignedCertificate(t *testing.T) {
	f := sampleFacts(models.GiayChungNhan, 4)
	office := officeKey(t)
	rsaKey, authority := authorityKey(t)
	for name, c := range map[string]struct {
		key     *Key
		trusted []byte
	}{"self-signed": {office, office.Certificate()}, "authority": {rsaKey, authority}} {
		t.Run(name, func(t *testing.T) {
			plain, pdf := printed(t, press(t, shipped(f.Kind)), f), signed(t, c.key, f)
			if !bytes.HasPrefix(pdf, plain) {
				t.Error("the signature is no update at the end")
			}
			if !bytes.Equal(pdf, signed(t, c.key, f)) {
				t.Error("signed again, other bytes")
			}
			checkFile(t, pdf)
			out, err := exec.Command("pdfsig", "-nocert", saved(t, pdf)).CombinedOutput()
			if err != nil || !strings.Contains(string(out), "Signature is Valid") || !strings.Contains(string(out), "Total document signed") ||
				!strings.Contains(string(out), "ETSI.CAdES.detached") {
				t.Errorf("pdfsig: %v\n%s", err, out)
			}
			if got := scanned(t, pdf); got != f.URL {
				t.Errorf("the QR says %q", got)
			}
			want := Stamp{Paper: "giay-chung-nhan", Issuer: f.Issuer, Number: "05/GCN-BTV", Code: f.Code, At: signedAt}
			v := Verify(pdf, c.trusted)
			if v.Standing != Intact || !v.Known || !v.InTime || v.Stamp != want || v.Signer.Name != officeName {
				t.Errorf("%+v", v)
			}
			if v := Verify(pdf, officeKey(t).Certificate()); v.Standing != Intact || v.Known {
				t.Errorf("another office of the same name counts as known: %+v", v)
			}
			if v := Verify(plain, c.trusted); v.Standing != Unsigned {
				t.Errorf("unsigned: %+v", v)
			}
			if _, err := c.key.Sign(pdf, StampOf(f, signedAt)); err == nil {
				t.Error("signed twice")
			}
		})
	}
}

// openssl, which knows nothing of this package, accepts the container.
func TestOpensslAcceptsSignature(t *testing.T) {
	k := officeKey(t)
	pdf := signed(t, k, sampleFacts(models.ChungChi, 0))
	at := bytes.LastIndex(pdf, []byte(rangeMark))
	from, after, ok := signedRange(pdf, at)
	if !ok {
		t.Fatal("no range")
	}
	sealed, err := k.seal(digestOf(pdf, from, after))
	if err != nil {
		t.Fatal(err)
	}
	content := append(bytes.Clone(pdf[:from]), pdf[after:]...)
	out, err := exec.Command("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", saved(t, sealed), "-content", saved(t, content),
		"-CAfile", saved(t, k.Certificate()), "-purpose", "any", "-attime", "1371198600", "-out", os.DevNull).CombinedOutput()
	if err != nil {
		t.Errorf("openssl: %v\n%s", err, out)
	}
}

// Every change of a byte is found: all bytes of the update with the signature, and a sample of the others.
func TestEveryChangeIsFound(t *testing.T) {
	k := officeKey(t)
	f := sampleFacts(models.GiayChungNhan, 0)
	pdf := signed(t, k, f)
	plain := len(printed(t, press(t, shipped(f.Kind)), f))
	for i := 0; i < len(pdf); i++ {
		if i < plain && i%97 != 0 {
			continue
		}
		for _, flip := range []byte{1, 0x20, 0x80} {
			pdf[i] ^= flip
			if v := Verify(pdf, k.Certificate()); v.Standing == Intact {
				t.Fatalf("byte %d of %d changed by %#x goes unseen", i, len(pdf), flip)
			}
			pdf[i] ^= flip
		}
	}
	if Verify(pdf, nil).Standing != Intact {
		t.Fatal("the test spoiled the file")
	}
	for name, other := range map[string][]byte{
		"appended":   append(bytes.Clone(pdf), '\n'),
		"cut":        pdf[:len(pdf)-1],
		"unsigned":   pdf[:plain+10],
		"doubled":    append(bytes.Clone(pdf), pdf[plain:]...),
		"inserted":   append(append(bytes.Clone(pdf[:2000]), ' '), pdf[2000:]...),
		"byte taken": append(bytes.Clone(pdf[:2000]), pdf[2001:]...),
	} {
		if v := Verify(other, k.Certificate()); v.Standing == Intact {
			t.Errorf("%s goes unseen", name)
		}
	}
}

func TestSignedOutsideItsTime(t *testing.T) {
	k := officeKey(t)
	f := sampleFacts(models.GiayChungNhan, 0)
	stamp := StampOf(f, models.InstantOf(time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)))
	pdf, err := k.Sign(printed(t, press(t, shipped(f.Kind)), f), stamp)
	if err != nil {
		t.Fatal(err)
	}
	if v := Verify(pdf, k.Certificate()); v.Standing != Intact || v.InTime {
		t.Errorf("%+v", v)
	}
}

// Other papers of the package can be signed too.
func TestSignedPaper(t *testing.T) {
	k := officeKey(t)
	pdf, err := k.Sign(render(t, samplePaper(60)), Stamp{Paper: "gap-list", Issuer: officeName, Number: "1", At: signedAt})
	if err != nil {
		t.Fatal(err)
	}
	checkFile(t, pdf)
	if v := Verify(pdf, k.Certificate()); v.Standing != Intact || !v.Known {
		t.Errorf("%+v", v)
	}
}

func TestParseKey(t *testing.T) {
	good, err := NewKey(strings.Repeat("Hội ", 40), models.NewDate(2013, 1, 1), 1)
	if err != nil {
		t.Fatal(err)
	}
	other, err := NewKey("x", models.NewDate(2013, 1, 1), 1)
	if err != nil {
		t.Fatal(err)
	}
	certificate, key, _ := bytes.Cut(good, []byte("-----BEGIN PRIVATE"))
	key = append([]byte("-----BEGIN PRIVATE"), key...)
	foreign, _, _ := bytes.Cut(other, []byte("-----BEGIN PRIVATE"))
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	block := func(name string, data []byte) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: name, Bytes: data})
	}
	for want, text := range map[string][]byte{
		"signing.key_missing":         certificate,
		"signing.certificate_missing": append(bytes.Clone(key), foreign...),
		"signing.two_keys":            append(bytes.Clone(good), key...),
		"signing.key_bad":             block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(weak)),
		"signing.key_locked":          block("ENCRYPTED PRIVATE KEY", []byte{1}),
		"signing.certificate_bad":     append(bytes.Clone(key), block("CERTIFICATE", []byte{1, 2})...),
	} {
		_, err := ParseKey(text)
		e, ok := err.(*models.Error)
		if !ok || e.Code != want || e.Message(models.Vi) == want || e.Message(models.En) == want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if k, err := ParseKey(good); err != nil || len([]rune(k.Holder().Name)) > 64 {
		t.Errorf("%v", err)
	}
	for _, s := range []Standing{Intact, Altered, Unsigned, "known", "unknown", "late"} {
		if models.Word(models.Vi, "verdict."+string(s)) == "verdict."+string(s) {
			t.Errorf("no words for %s", s)
		}
	}
}

func FuzzVerify(f *testing.F) {
	k := officeKey(f)
	pdf := signed(f, k, sampleFacts(models.GiayChungNhan, 0))
	tail := pdf[len(pdf)-6000:]
	f.Add(tail)
	f.Add([]byte("/ByteRange [0 0000000000 0000000000 0000000000] /Contents <>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if v := Verify(data, k.Certificate()); v.Standing == Intact {
			t.Fatal("intact, though nobody signed it")
		}
		if _, err := k.Sign(data, Stamp{}); err == nil && !bytes.Contains(data, []byte("/Root")) {
			t.Fatal("signed what is no file")
		}
	})
}
