package certificates

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"slices"
)

// A signature in a PDF is a CMS container (RFC 5652) of the baseline of PAdES (ETSI EN 319 142-1): digest of the file,
// reference to the certificate, nothing else that is signed. It is written here by hand, in one form only, so that a
// verifier can write it again and compare: a changed byte has nowhere to hide.

// der is one element of the encoding.
func der(tag byte, parts ...[]byte) []byte {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	out := make([]byte, 0, n+5)
	switch {
	case n < 1<<7:
		out = append(out, tag, byte(n))
	case n < 1<<8:
		out = append(out, tag, 0x81, byte(n))
	case n < 1<<16:
		out = append(out, tag, 0x82, byte(n>>8), byte(n))
	default:
		out = append(out, tag, 0x83, byte(n>>16), byte(n>>8), byte(n))
	}
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

const (
	sequence, set, octets, object, integer, explicit0 = 0x30, 0x31, 0x04, 0x06, 0x02, 0xa0
)

// oid writes an identifier.
func oid(arcs ...int) []byte {
	out, err := asn1.Marshal(asn1.ObjectIdentifier(arcs))
	if err != nil {
		panic(err) // the arcs are constants of this file
	}
	return out
}

var (
	null          = []byte{5, 0}
	version1      = []byte{integer, 1, 1}
	oidData       = oid(1, 2, 840, 113549, 1, 7, 1)
	oidSignedData = oid(1, 2, 840, 113549, 1, 7, 2)
	oidType       = oid(1, 2, 840, 113549, 1, 9, 3)
	oidDigest     = oid(1, 2, 840, 113549, 1, 9, 4)
	oidSigner     = oid(1, 2, 840, 113549, 1, 9, 16, 2, 47)
	sha256Method  = der(sequence, oid(2, 16, 840, 1, 101, 3, 4, 2, 1))
	ecdsaMethod   = der(sequence, oid(1, 2, 840, 10045, 4, 3, 2))
	rsaMethod     = der(sequence, oid(1, 2, 840, 113549, 1, 1, 11), null)
)

// attributes are what is signed: what it is, the digest of the file, the digest of the certificate.
func attributes(digest []byte, own *x509.Certificate) []byte {
	hash := sha256.Sum256(own.Raw)
	all := [][]byte{
		der(sequence, oidType, der(set, oidData)),
		der(sequence, oidDigest, der(set, der(octets, digest))),
		der(sequence, oidSigner, der(set, der(sequence, der(sequence, der(sequence, der(octets, hash[:])))))),
	}
	slices.SortFunc(all, bytes.Compare)
	return bytes.Join(all, nil)
}

// container holds a signature with what is needed to check it.
func container(digest, signature []byte, own *x509.Certificate, others [][]byte) []byte {
	method := ecdsaMethod
	if _, ok := own.PublicKey.(*rsa.PublicKey); ok {
		method = rsaMethod
	}
	serial, err := asn1.Marshal(own.SerialNumber)
	if err != nil {
		panic(err) // a parsed certificate has a number
	}
	certificates := append([][]byte{own.Raw}, others...)
	slices.SortFunc(certificates, bytes.Compare)
	signer := der(sequence, version1, der(sequence, own.RawIssuer, serial), sha256Method,
		der(explicit0, attributes(digest, own)), method, der(octets, signature))
	return der(sequence, oidSignedData, der(explicit0, der(sequence, version1, der(set, sha256Method),
		der(sequence, oidData), der(explicit0, certificates...), der(set, signer))))
}

// seal signs a digest. The same key and digest give the same signature: ECDSA takes its secret number from both (RFC 6979).
func (k *Key) seal(digest []byte) ([]byte, error) {
	hash := sha256.Sum256(der(set, attributes(digest, k.own)))
	signature, err := k.signer.Sign(nil, hash[:], crypto.SHA256)
	if err != nil {
		return nil, err
	}
	return container(digest, signature, k.own, k.others), nil
}

// sealSize is how long a container can get: an ECDSA signature has a few bytes less at times.
func (k *Key) sealSize() int {
	longest := 72
	if public, ok := k.signer.Public().(*rsa.PublicKey); ok {
		longest = public.Size()
	}
	return len(container(make([]byte, sha256.Size), make([]byte, longest), k.own, k.others))
}

// opened is what a container says before it is believed.
type opened struct {
	signature []byte
	own       *x509.Certificate
	others    [][]byte
}

// open reads a container; false when it isn't one that container writes.
func open(data []byte) (o opened, ok bool) {
	var outer struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue
	}
	if _, err := asn1.Unmarshal(data, &outer); err != nil {
		return o, false
	}
	var inner struct {
		Version      int
		Digests      asn1.RawValue
		Content      asn1.RawValue
		Certificates asn1.RawValue
		Signers      asn1.RawValue
	}
	if _, err := asn1.Unmarshal(outer.Content.Bytes, &inner); err != nil {
		return o, false
	}
	var signer struct {
		Version    int
		ID         asn1.RawValue
		Digest     asn1.RawValue
		Attributes asn1.RawValue
		Method     asn1.RawValue
		Signature  []byte
	}
	if _, err := asn1.Unmarshal(inner.Signers.Bytes, &signer); err != nil {
		return o, false
	}
	o.signature = signer.Signature
	all, err := x509.ParseCertificates(inner.Certificates.Bytes)
	if err != nil {
		return o, false
	}
	for _, c := range all {
		serial, err := asn1.Marshal(c.SerialNumber)
		if err == nil && o.own == nil && bytes.Equal(signer.ID.Bytes, append(slices.Clone(c.RawIssuer), serial...)) {
			o.own = c
		} else {
			o.others = append(o.others, c.Raw)
		}
	}
	return o, o.own != nil && accepted(o.own.PublicKey)
}

// signs tells whether data, filled up with zeros, is the container of a right signature over the digest, byte for byte.
func (o opened) signs(digest, data []byte) bool {
	again := container(digest, o.signature, o.own, o.others)
	if len(again) > len(data) || !bytes.Equal(again, data[:len(again)]) || len(bytes.Trim(data[len(again):], "\x00")) > 0 {
		return false
	}
	hash := sha256.Sum256(der(set, attributes(digest, o.own)))
	switch public := o.own.PublicKey.(type) {
	case *ecdsa.PublicKey:
		return ecdsa.VerifyASN1(public, hash[:], o.signature)
	case *rsa.PublicKey:
		return rsa.VerifyPKCS1v15(public, crypto.SHA256, hash[:], o.signature) == nil
	}
	return false
}
