package certificates

import (
	"bytes"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"strings"
)

// Standing of a file after verification. Words: verdict.<standing>.
type Standing string

// The standings.
const (
	Intact   Standing = "intact"   // signed, and not one byte has changed since
	Altered  Standing = "altered"  // signed once, and changed; or not signed by this product
	Unsigned Standing = "unsigned" // no signature in it
)

// Verdict is what a file proves by itself, without asking anybody. Stamp and Signer are filled only when it is intact. Who
// can make a key can sign with any name: only Known says that the key is the office's.
type Verdict struct {
	Standing Standing `json:"standing"`
	Known    bool     `json:"known"`   // by a key that was given as trusted
	InTime   bool     `json:"in_time"` // signed while the certificate was valid, by the signer's word
	Stamp    Stamp    `json:"stamp"`   //
	Signer   Holder   `json:"signer"`  //
}

// Sound tells whether the paper may be relied on; where certificates were given, the key must be one of theirs.
func (v Verdict) Sound(asked bool) bool {
	return v.Standing == Intact && v.InTime && (v.Known || !asked)
}

// Verify checks a signed file. Trusted are certificates in PEM: of the office, or of an authority above it.
func Verify(pdf, trusted []byte) Verdict {
	at := bytes.LastIndex(pdf, []byte(rangeMark))
	if at < 0 {
		if bytes.Contains(pdf, []byte("/ByteRange")) || bytes.Contains(pdf, []byte("/Adobe.PPKLite")) || bytes.Contains(pdf, []byte(stampMark)) {
			return Verdict{Standing: Altered}
		}
		return Verdict{Standing: Unsigned}
	}
	altered := Verdict{Standing: Altered}
	from, after, ok := signedRange(pdf, at)
	if !ok {
		return altered
	}
	sealed, err := hex.DecodeString(string(pdf[from+1 : after-1]))
	if err != nil || hex.EncodeToString(sealed) != string(pdf[from+1:after-1]) { // one way to write it, no other
		return altered
	}
	o, ok := open(sealed)
	if !ok || !o.signs(digestOf(pdf, from, after), sealed) {
		return altered
	}
	stamp, ok := readStamp(pdf[:at])
	if !ok {
		return altered
	}
	signed := stamp.At.Time()
	return Verdict{Standing: Intact, Known: o.known(trusted), Stamp: stamp, Signer: holder(o.own),
		InTime: !signed.Before(o.own.NotBefore) && !signed.After(o.own.NotAfter)}
}

// signedRange reads the range that begins at a place. It must be all of the file but the place of the signature.
func signedRange(pdf []byte, at int) (from, after int, ok bool) {
	var rest int
	end := at + len(fmt.Sprintf(rangeForm, 0, 0, 0))
	if end > len(pdf) {
		return 0, 0, false
	}
	if _, err := fmt.Sscanf(string(pdf[at:end]), "/ByteRange [0 %d %d %d]", &from, &after, &rest); err != nil {
		return 0, 0, false
	}
	begins := end + len(" "+contentsMark)
	ok = string(pdf[at:end]) == fmt.Sprintf(rangeForm, from, after, rest) && from == begins && after > from+2 && after <= len(pdf) &&
		after+rest == len(pdf) && pdf[from] == '<' && pdf[after-1] == '>'
	return from, after, ok
}

// readStamp finds the stamp before the range.
func readStamp(pdf []byte) (s Stamp, ok bool) {
	at := bytes.LastIndex(pdf, []byte(stampMark))
	if at < 0 {
		return s, false
	}
	text, _, ok := strings.Cut(string(pdf[at+len(stampMark):]), ">")
	data, err := hex.DecodeString(text)
	return s, ok && err == nil && json.Unmarshal(data, &s) == nil
}

// known tells whether the signer's certificate is a trusted one, or was issued under one.
func (o opened) known(trusted []byte) bool {
	roots, between := x509.NewCertPool(), x509.NewCertPool()
	for block, rest := pem.Decode(trusted); block != nil; block, rest = pem.Decode(rest) {
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			continue
		}
		if c.Equal(o.own) {
			return true
		}
		roots.AddCert(c)
	}
	for _, other := range o.others {
		if c, err := x509.ParseCertificate(other); err == nil {
			between.AddCert(c)
		}
	}
	_, err := o.own.Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: o.own.NotBefore,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	return err == nil
}
