package models

import (
	"encoding/base32"
	"regexp"
	"slices"
	"strings"
)

// CertificateKind is which paper a graduate gets; it heads the paper and parts the series of numbers.
type CertificateKind string

// The kinds of certificate (documents.md section 6).
const (
	GiayChungNhan CertificateKind = "giay-chung-nhan" // of the Hội, for its own short classes
	ChungChi      CertificateKind = "chung-chi"       // of a school
	ThayThe       CertificateKind = "thay-the"        // completion of a course, in place of a lost or damaged certificate
)

// CertificateKinds in the order of a menu.
var CertificateKinds = []CertificateKind{GiayChungNhan, ChungChi, ThayThe}

// CertificateFacts is everything that a certificate says, frozen when it is issued: words as printed, not references. An
// empty text is a fact that the paper leaves out.
type CertificateFacts struct {
	Kind       CertificateKind `json:"kind"`
	Parent     string          `json:"parent,omitempty"`      // first line of the head: TỈNH ỦY QUẢNG BÌNH
	Issuer     string          `json:"issuer"`                // second line: TRƯỜNG CHÍNH TRỊ TỈNH QUẢNG BÌNH
	IssuerName string          `json:"issuer_name,omitempty"` // who certifies, inside a sentence; "" = Issuer
	Honorific  string          `json:"honorific,omitempty"`   // Bà, Ông
	Name       string          `json:"name"`
	Birth      PartialDate     `json:"birth,omitempty"`
	BirthPlace string          `json:"birth_place,omitempty"`
	Post       string          `json:"post,omitempty"`
	Unit       string          `json:"unit,omitempty"`
	Programme  string          `json:"programme,omitempty"` // below the title: BỒI DƯỠNG NGHIỆP VỤ CÔNG TÁC HỘI
	Course     string          `json:"course"`              // inside the sentence
	Class      string          `json:"class,omitempty"`
	Decision   string          `json:"decision,omitempty"` // that opened the class
	From       Date            `json:"from,omitempty"`
	To         Date            `json:"to,omitempty"` // the last day, not the day after it
	Days       int             `json:"days,omitempty"`
	Periods    int             `json:"periods,omitempty"`
	Venue      string          `json:"venue,omitempty"`
	Grade      string          `json:"grade,omitempty"` // as printed: Khá
	IssuePlace string          `json:"issue_place,omitempty"`
	IssuedOn   Date            `json:"issued_on"`
	Authority  string          `json:"authority,omitempty"` // TM. BAN THƯỜNG VỤ
	SignerPost string          `json:"signer_post,omitempty"`
	Signer     string          `json:"signer,omitempty"`
	Number     string          `json:"number,omitempty"`   // Số: 12/GCN-BTV
	Serial     string          `json:"serial,omitempty"`   // Số hiệu, of the blank
	Register   string          `json:"register,omitempty"` // Vào sổ số
	URL        string          `json:"url,omitempty"`      // what the QR holds; ends with Code
	Code       string          `json:"code,omitempty"`     // NewCode
	Replaces   *ReplacedPaper  `json:"replaces,omitempty"`
}

// ReplacedPaper is the certificate in whose place another one stands.
type ReplacedPaper struct {
	Number   string `json:"number,omitempty"`
	Serial   string `json:"serial,omitempty"`
	Register string `json:"register,omitempty"`
	IssuedOn Date   `json:"issued_on,omitempty"`
	Reason   string `json:"reason,omitempty"` // bị mất, bị hỏng
}

// codeAlphabet writes codes: letters and digits that can be read aloud (2-7, no 0, 1, 8, 9).
var codeAlphabet = base32.StdEncoding.WithPadding(base32.NoPadding)

var verifyCode = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// NewCode writes 128 random bits as the 26 signs by which a paper is looked up.
func NewCode(random [16]byte) string { return codeAlphabet.EncodeToString(random[:]) }

// ParseCode reads a code as people type it: any case, with spaces and hyphens. False when it can't be one.
func ParseCode(typed string) (string, bool) {
	if len(typed) > 80 {
		return "", false
	}
	code := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(typed))
	return code, verifyCode.MatchString(code)
}

// Label is the number by which people call the paper: its own number, else the register's, else the blank's.
func (f CertificateFacts) Label() string {
	for _, s := range []string{f.Number, f.Register, f.Serial} {
		if s != "" {
			return s
		}
	}
	return ""
}

// Check lists what is wrong with the facts before they are frozen.
func (f CertificateFacts) Check() error {
	var k check
	k.wrong(!slices.Contains(CertificateKinds, f.Kind), "certificate.kind_unknown", "kind")
	k.wrong(f.Issuer == "", "certificate.issuer_required", "issuer")
	k.wrong(f.Name == "", "certificate.name_required", "name")
	k.wrong(f.Course == "", "certificate.course_required", "course")
	k.wrong(!f.IssuedOn.Valid(), "certificate.issued_required", "issued_on")
	k.wrong(f.Birth != 0 && !f.Birth.Valid(), "certificate.birth_bad", "birth")
	k.wrong(f.From != 0 && !f.From.Valid() || f.To != 0 && (!f.To.Valid() || f.To < f.From), "certificate.days_bad", "to")
	k.wrong(f.Days < 0 || f.Periods < 0, "certificate.days_bad", "days")
	k.wrong(f.Label() == "", "certificate.number_required", "number")
	k.wrong(f.Kind == ThayThe && f.Replaces == nil, "certificate.replaces_required", "replaces")
	bad := f.Code != "" && (!verifyCode.MatchString(f.Code) || f.URL != "" && !strings.HasSuffix(f.URL, f.Code))
	k.wrong(bad || len(f.URL) > 300, "certificate.code_bad", "code")
	for field, text := range f.texts() {
		k.fits(field, text, 400)
	}
	return k.bad.OrNil()
}
