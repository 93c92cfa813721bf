package models

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// CertificateState is what an issued certificate is worth. Nothing is ever deleted from the register.
type CertificateState string

// The states of a certificate.
const (
	CertificateValid     CertificateState = "valid"
	CertificateSuspended CertificateState = "suspended" // its class was opened again and is being looked at
	CertificateRevoked   CertificateState = "revoked"
	CertificateReplaced  CertificateState = "replaced" // another one stands in its place
)

// CertificateStates in the order of a menu.
var CertificateStates = []CertificateState{CertificateValid, CertificateSuspended, CertificateRevoked, CertificateReplaced}

// Certificate is one line of the register: what was issued to whom, with all that the paper says, and what became of it.
// Issuer, kind and year name its series; numbers of a series have no gap.
type Certificate struct {
	ID              int64            `json:"id" gorm:"primaryKey"`
	Code            string           `json:"code" gorm:"size:26;not null;uniqueIndex"` // by which the public looks it up
	Issuer          string           `json:"issuer" gorm:"size:60;not null"`           // key of a CertificateIssuer
	Kind            CertificateKind  `json:"kind" gorm:"size:20;not null"`
	Year            int              `json:"year" gorm:"not null"`
	Number          int64            `json:"number" gorm:"not null"`
	Label           string           `json:"label" gorm:"size:120;not null"` // the number as people write it
	EnrolmentID     int64            `json:"enrolment_id" gorm:"not null;index"`
	ClassID         int64            `json:"class_id" gorm:"not null;index"`
	CadreID         int64            `json:"cadre_id" gorm:"not null;index"`
	IssuedOn        Date             `json:"issued_on" gorm:"not null"`
	Facts           CertificateFacts `json:"facts" gorm:"serializer:json;not null"`
	Template        string           `json:"template" gorm:"size:60;not null"`
	TemplateVersion int              `json:"template_version" gorm:"not null"`
	Serial          string           `json:"serial,omitempty" gorm:"size:40;not null"` // of the blank it is printed on
	State           CertificateState `json:"state" gorm:"size:12;not null"`
	Reason          string           `json:"reason,omitempty" gorm:"size:400;not null"` // why it isn't valid
	Closing         int64            `json:"closing" gorm:"not null"`                   // closing of the class that gave it
	Replaces        int64            `json:"replaces,omitempty" gorm:"not null"`
	ReplacedBy      int64            `json:"replaced_by,omitempty" gorm:"not null"`
	AskedBy         int64            `json:"asked_by,omitempty" gorm:"not null"` // account that asked for the revocation, 0 = nobody
	AskedReason     string           `json:"asked_reason,omitempty" gorm:"size:400;not null"`
	IssuedAt        Instant          `json:"issued_at" gorm:"not null"`
	IssuedBy        int64            `json:"issued_by" gorm:"not null"`
	Version         int64            `json:"version" gorm:"not null;default:1"`
}

// Printed are the facts as the paper shows them: with the blank's serial and the address of the check.
func (c Certificate) Printed(base string) CertificateFacts {
	f := c.Facts
	f.Code, f.URL = c.Code, CertificateURL(base, c.Code)
	if c.Serial != "" {
		f.Serial = c.Serial
	}
	return f
}

// CertificateURL is where the public checks a certificate; base is the address of the office's server.
func CertificateURL(base, code string) string { return strings.TrimRight(base, "/") + "/c/" + code }

// CertificateEvent is one thing that happened to a certificate; rows are only added.
type CertificateEvent struct {
	ID            int64   `json:"id" gorm:"primaryKey"`
	CertificateID int64   `json:"certificate_id" gorm:"not null;index"`
	Event         string  `json:"event" gorm:"size:20;not null"` // words: certificate_event.*
	Reason        string  `json:"reason,omitempty" gorm:"size:400;not null"`
	At            Instant `json:"at" gorm:"not null"`
	By            int64   `json:"by" gorm:"column:account_id;not null"`
}

// BlankState is what became of a pre-printed blank.
type BlankState string

// The states of a blank.
const (
	BlankReceived BlankState = "received"
	BlankUsed     BlankState = "used"
	BlankSpoiled  BlankState = "spoiled"
)

// Blank is one numbered sheet of pre-printed paper (phôi). Its serial is never used twice (documents.md section 6.3).
type Blank struct {
	ID            int64      `json:"id" gorm:"primaryKey"`
	Issuer        string     `json:"issuer" gorm:"size:60;not null"`
	Serial        string     `json:"serial" gorm:"size:40;not null"`
	State         BlankState `json:"state" gorm:"size:12;not null"`
	CertificateID int64      `json:"certificate_id,omitempty" gorm:"not null"` // 0 while unused
	Reason        string     `json:"reason,omitempty" gorm:"size:400;not null"`
	At            Instant    `json:"at" gorm:"not null"`
	By            int64      `json:"by" gorm:"column:account_id;not null"`
}

// TableName keeps the name readable.
func (Blank) TableName() string { return "certificate_blanks" }

// MaxBlanks is how many blanks are received in one go.
const MaxBlanks = 5000

// BlankSerials counts serials up from the first: "A 000998" gives "A 000999", "A 001000". False when the first doesn't end with a
// number, or the number has no room.
func BlankSerials(first string, n int) ([]string, bool) {
	digits := len(first) - len(strings.TrimRight(first, "0123456789"))
	if digits == 0 || digits > 15 || n < 1 || n > MaxBlanks || utf8.RuneCountInString(first) > 40 {
		return nil, false
	}
	head := first[:len(first)-digits]
	start, err := strconv.Atoi(first[len(first)-digits:])
	if err != nil || len(strconv.Itoa(start+n-1)) > digits {
		return nil, false
	}
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("%s%0*d", head, digits, start+i)
	}
	return out, true
}

// CertificateIssuer is who gives certificates: a unit of the Hội or a school, how its papers are headed and signed, and how it
// writes its numbers. Key is "unit:ID" or "school:CODE".
type CertificateIssuer struct {
	Key        string                     `json:"key"`
	Parent     string                     `json:"parent"`
	Issuer     string                     `json:"issuer"`
	IssuerName string                     `json:"issuer_name"`
	Place      string                     `json:"place"`
	Authority  string                     `json:"authority"`
	SignerPost string                     `json:"signer_post"`
	Signer     string                     `json:"signer"`
	Numbers    map[CertificateKind]string `json:"numbers"` // pattern with {n} and {year}
	Version    int64                      `json:"version"` // 0 = as derived from the unit or school, never edited
}

// UnitIssuer and SchoolIssuer are the keys of issuers.
func UnitIssuer(unitID int64) string  { return "unit:" + strconv.FormatInt(unitID, 10) }
func SchoolIssuer(code string) string { return "school:" + code }

// numberPatterns are how numbers are written where the issuer has said nothing (documents.md section 6.2, 6.3).
var numberPatterns = map[CertificateKind]string{GiayChungNhan: "{n}/GCN-BTV", ChungChi: "{n}/{year}", ThayThe: "{n}/{year}/TT"}

// Numbered writes a number of the register.
func (i CertificateIssuer) Numbered(kind CertificateKind, year int, n int64) string {
	pattern := firstOf(i.Numbers[kind], numberPatterns[kind])
	return strings.NewReplacer("{n}", fmt.Sprintf("%02d", n), "{year}", strconv.Itoa(year)).Replace(pattern)
}

// Gives is the kind of certificate that the issuer gives its graduates (documents.md section 6): a school chứng chỉ, the Hội its own.
func (i CertificateIssuer) Gives() CertificateKind {
	if strings.HasPrefix(i.Key, SchoolIssuer("")) {
		return ChungChi
	}
	return GiayChungNhan
}

// Patterns are the patterns in force, for an editor.
func (i CertificateIssuer) Patterns() map[CertificateKind]string {
	out := map[CertificateKind]string{}
	for _, kind := range CertificateKinds {
		out[kind] = firstOf(i.Numbers[kind], numberPatterns[kind])
	}
	return out
}

// Check lists what is wrong with an issuer before it is stored.
func (i CertificateIssuer) Check() error {
	var k check
	k.wrong(i.Issuer == "", "certificate.issuer_required", "issuer")
	for field, text := range map[string]string{"parent": i.Parent, "issuer": i.Issuer, "issuer_name": i.IssuerName, "place": i.Place,
		"authority": i.Authority, "signer_post": i.SignerPost, "signer": i.Signer} {
		k.fits(field, text, 200)
	}
	for kind, pattern := range i.Numbers {
		field := "numbers." + string(kind)
		k.wrong(!slices.Contains(CertificateKinds, kind), "certificate.kind_unknown", field)
		rest := strings.ReplaceAll(strings.Replace(pattern, "{n}", "", 1), "{year}", "")
		k.wrong(pattern != "" && (!strings.Contains(pattern, "{n}") || strings.ContainsAny(rest, "{}") || utf8.RuneCountInString(pattern) > 60), "certificate.pattern_bad", field)
	}
	return k.bad.OrNil()
}

// SameAs tells whether two certificates say the same about the learner and her class, whatever their numbers and days of issue.
func (f CertificateFacts) SameAs(other CertificateFacts) bool {
	for _, x := range []*CertificateFacts{&f, &other} {
		x.Number, x.Serial, x.Register, x.URL, x.Code, x.IssuedOn, x.Replaces = "", "", "", "", "", 0, nil
	}
	return f == other
}

// ReissueCause is why a certificate is issued again.
type ReissueCause string

// The causes (TT 01/2018: wrong by the issuer's fault, or lost or damaged).
const (
	CauseWrong   ReissueCause = "wrong"
	CauseLost    ReissueCause = "lost"
	CauseDamaged ReissueCause = "damaged"
)

// ReissueCauses in the order of a menu.
var ReissueCauses = []ReissueCause{CauseWrong, CauseLost, CauseDamaged}
