package certificates

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"

	"datchuan/models"
)

// Key is what an office signs papers with: a private key, its certificate, and those that lead to a known one.
type Key struct {
	signer crypto.Signer
	own    *x509.Certificate
	others [][]byte // DER
}

// NewKey makes a key of an office with a certificate that it signs itself, as PEM. The office's name is public: it is in
// every file that is signed.
func NewKey(office string, from models.Date, years int) ([]byte, error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial := make([]byte, 16)
	if _, err := rand.Read(serial); err != nil {
		return nil, err
	}
	serial[0] = serial[0]&0x7f | 0x40 // positive, and never short
	name := drawableLine(office)
	template := &x509.Certificate{
		SerialNumber: new(big.Int).SetBytes(serial),
		Subject:      pkix.Name{CommonName: shortened(name), Organization: []string{shortened(name)}, Country: []string{"VN"}},
		NotBefore:    from.Time(),
		NotAfter:     from.AddYears(years).Time(),
		KeyUsage:     x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		return nil, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return nil, err
	}
	out := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return append(out, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})...), nil
}

// shortened fits a name into a certificate, which allows 64 signs.
func shortened(name string) string {
	if runes := []rune(name); len(runes) > 64 {
		return string(runes[:64])
	}
	return name
}

// ParseKey reads a private key (ECDSA P-256 or RSA of 2048 bits or more) and certificates, all in PEM, in any order.
func ParseKey(text []byte) (*Key, error) {
	bad := func(code string) (*Key, error) { return nil, models.Fail(models.Invalid, code, "key") }
	k := &Key{}
	var all [][]byte
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		switch block.Type {
		case "CERTIFICATE":
			all = append(all, block.Bytes)
		case "PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY":
			if k.signer != nil {
				return bad("signing.two_keys")
			}
			if k.signer = privateKey(block.Bytes); k.signer == nil {
				return bad("signing.key_bad")
			}
		case "ENCRYPTED PRIVATE KEY":
			return bad("signing.key_locked")
		}
	}
	if k.signer == nil {
		return bad("signing.key_missing")
	}
	for _, der := range all {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			return bad("signing.certificate_bad")
		}
		if public, ok := c.PublicKey.(interface{ Equal(crypto.PublicKey) bool }); ok && k.own == nil && public.Equal(k.signer.Public()) {
			k.own = c
		} else {
			k.others = append(k.others, der)
		}
	}
	if k.own == nil {
		return bad("signing.certificate_missing")
	}
	return k, nil
}

// privateKey is nil for what this package doesn't sign with.
func privateKey(der []byte) crypto.Signer {
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		if ec, err := x509.ParseECPrivateKey(der); err == nil {
			key = ec
		} else if old, err := x509.ParsePKCS1PrivateKey(der); err == nil {
			key = old
		}
	}
	if signer, ok := key.(crypto.Signer); ok && accepted(signer.Public()) {
		return signer
	}
	return nil
}

func accepted(public crypto.PublicKey) bool {
	switch k := public.(type) {
	case *ecdsa.PublicKey:
		return k.Curve == elliptic.P256()
	case *rsa.PublicKey:
		return k.N.BitLen() >= 2048 && k.N.BitLen() <= 8192
	}
	return false
}

// Certificate is the public half as PEM, to hand to those who verify.
func (k *Key) Certificate() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: k.own.Raw})
}

// Holder tells whose key it is and until when it may be used.
func (k *Key) Holder() Holder { return holder(k.own) }

// Holder is the owner of a certificate.
type Holder struct {
	Name        string      `json:"name"`
	From        models.Date `json:"from"`
	To          models.Date `json:"to"`
	Fingerprint string      `json:"fingerprint"` // SHA-256, in groups of four, to be compared by eye
}

func holder(c *x509.Certificate) Holder {
	name := c.Subject.CommonName
	if name == "" {
		name = c.Subject.String()
	}
	var print bytes.Buffer
	for i, b := range sha256.Sum256(c.Raw) {
		if i > 0 && i%2 == 0 {
			print.WriteByte(' ')
		}
		fmt.Fprintf(&print, "%02X", b)
	}
	return Holder{Name: name, From: models.DateOf(c.NotBefore.UTC()), To: models.DateOf(c.NotAfter.UTC()), Fingerprint: print.String()}
}
