package certificates

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"datchuan/models"
)

// Stamp is what a signed file says of itself to a program: it is signed with the rest.
type Stamp struct {
	Paper  string         `json:"paper"` // kind of certificate, or code of another paper
	Issuer string         `json:"issuer"`
	Number string         `json:"number"`
	Code   string         `json:"code,omitempty"` // to look it up
	At     models.Instant `json:"at"`             // when it was signed, by the signer's word
}

// StampOf is the stamp of a certificate.
func StampOf(f models.CertificateFacts, at models.Instant) Stamp {
	return Stamp{Paper: string(f.Kind), Issuer: drawableLine(f.Issuer), Number: drawableLine(f.Label()), Code: f.Code, At: at}
}

// The fixed forms in a signature dictionary; the verifier reads nothing else.
const (
	rangeForm    = "/ByteRange [0 %010d %010d %010d]"
	rangeMark    = "/ByteRange [0 "
	stampMark    = "/DATC_Stamp <"
	contentsMark = "/Contents "
)

var (
	rootEntry   = regexp.MustCompile(`/Root (\d+) 0 R`)
	pagesEntry  = regexp.MustCompile(`/Pages (\d+) 0 R`)
	kidsEntry   = regexp.MustCompile(`/Kids \[\s*(\d+) 0 R`)
	keptEntries = regexp.MustCompile(`/Info \d+ 0 R|/ID \[[^\]]*\]`)
)

// Sign adds a PAdES baseline signature to a file of this package, as an update at its end: what was there stays, byte for
// byte. The same file, key and stamp give the same bytes.
func (k *Key) Sign(pdf []byte, stamp Stamp) ([]byte, error) {
	u, err := newRevision(pdf)
	if err != nil {
		return nil, err
	}
	said, err := json.Marshal(stamp)
	if err != nil {
		return nil, err
	}
	field, value := len(u.offsets), len(u.offsets)+1
	u.put(u.page, bytes.Replace(u.body(u.page), []byte("<<"), fmt.Appendf(nil, "<</Annots [%d 0 R] ", field), 1))
	u.put(u.root, bytes.Replace(u.body(u.root), []byte("<<"), fmt.Appendf(nil, "<</AcroForm <</Fields [%d 0 R] /SigFlags 3>> ", field), 1))
	u.put(field, fmt.Appendf(nil, "<</Type /Annot /Subtype /Widget /FT /Sig /T (ChuKy) /V %d 0 R /P %d 0 R /Rect [0 0 0 0] /F 132>>", value, u.page))
	room := 2 * k.sealSize()
	u.put(value, fmt.Appendf(nil, "<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:%sZ) /Name %s /Reason %s %s%X> "+
		rangeForm+" "+contentsMark+"<%0*d>>>", stamp.At.Time().Format("20060102150405"), textString(k.Holder().Name),
		textString(stamp.Number), stampMark, said, 0, 0, 0, room, 0))
	out := u.finish()
	from := bytes.LastIndex(out, []byte(contentsMark+"<")) + len(contentsMark)
	after := from + room + 2
	at := bytes.LastIndex(out[:from], []byte(rangeMark))
	copy(out[at:], fmt.Sprintf(rangeForm, from, after, len(out)-after))
	sealed, err := k.seal(digestOf(out, from, after))
	if err != nil {
		return nil, err
	}
	hex.Encode(out[from+1:], sealed)
	return out, nil
}

// digestOf is the digest of a file without the place of its signature.
func digestOf(pdf []byte, from, after int) []byte {
	sum := sha256.New()
	sum.Write(pdf[:from])
	sum.Write(pdf[after:])
	return sum.Sum(nil)
}

// revision is a file with changes to come at its end.
type revision struct {
	pdf        []byte
	offsets    []int // of the objects of the file
	root, page int   // numbers of the catalogue and of the first page
	trailer    []byte
	previous   int // where the table of the file is
	out        []byte
	changed    map[int]int // number: where in out
}

func newRevision(pdf []byte) (*revision, error) {
	offsets, err := crossReference(pdf)
	if err != nil {
		return nil, err
	}
	u := &revision{pdf: pdf, offsets: offsets, changed: map[int]int{}}
	u.trailer = pdf[bytes.LastIndex(pdf, []byte("trailer\n")):]
	number, _, _ := bytes.Cut(pdf[bytes.LastIndex(pdf, []byte("startxref\n"))+len("startxref\n"):], []byte("\n"))
	u.previous, _ = strconv.Atoi(string(number)) // read before by crossReference
	if u.root = number1(rootEntry, u.trailer); u.body(u.root) == nil {
		return nil, errForm
	}
	u.page = number1(kidsEntry, u.body(number1(pagesEntry, u.body(u.root))))
	if page := u.body(u.page); page == nil || bytes.Contains(page, []byte("/Annots")) {
		return nil, errForm
	}
	room := len(pdf) + 12<<10
	u.out = append(make([]byte, 0, room), pdf...)
	return u, nil
}

// number1 is the number that an entry holds, 0 when it isn't there.
func number1(entry *regexp.Regexp, in []byte) int {
	m := entry.FindSubmatch(in)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(string(m[1])) // too large gives what body refuses
	return n
}

// body is an object of the file, nil when there is none.
func (u *revision) body(n int) []byte { return objectBody(u.pdf, u.offsets, n) }

func (u *revision) put(n int, object []byte) {
	u.changed[n] = len(u.out)
	u.out = fmt.Appendf(u.out, "%d 0 obj\n", n)
	u.out = append(append(u.out, object...), "\nendobj\n"...)
}

// finish writes the table of what changed, after that of the file.
func (u *revision) finish() []byte {
	numbers := make([]int, 0, len(u.changed))
	for n := range u.changed {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	start := len(u.out)
	u.out = append(u.out, "xref\n"...)
	for _, n := range numbers {
		u.out = fmt.Appendf(u.out, "%d 1\n%010d 00000 n \n", n, u.changed[n])
	}
	u.out = fmt.Appendf(u.out, "trailer\n<</Size %d /Root %d 0 R /Prev %d %s>>\nstartxref\n%d\n%%%%EOF\n", len(u.offsets)+2, u.root,
		u.previous, bytes.Join(keptEntries.FindAll(u.trailer, -1), []byte(" ")), start)
	return u.out
}
