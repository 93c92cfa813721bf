package models

import (
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"
)

// codeForm is how codes of the catalogue are written: they stand in addresses, files and the codes of classes.
var codeForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// check collects what is wrong with a row of the catalogue.
type check struct{ bad Errors }

func (k *check) wrong(when bool, code, field string, params ...string) {
	if when {
		k.bad = append(k.bad, Fail(Invalid, code, field, params...))
	}
}

// code insists on a code; required is what is said when there is none.
func (k *check) code(code, required string, limit int) {
	k.wrong(code == "", required, "code")
	k.wrong(code != "" && !codeForm.MatchString(code), "catalogue.code_bad", "code")
	k.fits("code", code, limit)
}

func (k *check) fits(field, text string, limit int) {
	k.wrong(utf8.RuneCountInString(text) > limit, "catalogue.too_long", field, "max", strconv.Itoa(limit))
}

// away checks stretches of absence.
func (k *check) away(list []Absence) {
	for i, a := range list {
		bad := !a.From.Valid() || !a.To.Valid() || a.To <= a.From || utf8.RuneCountInString(a.Reason) > 200
		k.wrong(bad, "catalogue.absence_bad", "away", "n", strconv.Itoa(i+1))
	}
}

// Check lists what is wrong with a school before it is stored.
func (s School) Check() error {
	var k check
	k.code(s.Code, "school.code_required", 40)
	k.wrong(s.Name == "", "school.name_required", "name")
	k.fits("name", s.Name, 200)
	k.fits("parent", s.Parent, 200)
	k.fits("town", s.Town, 80)
	k.fits("signer_post", s.SignerPost, 80)
	k.fits("signer", s.Signer, 120)
	k.fits("phone", s.Phone, 40)
	k.fits("agreement", s.Agreement, 120)
	k.fits("note", s.Note, 1000)
	k.wrong(s.AgreementFrom != 0 && !s.AgreementFrom.Valid(), "school.agreement_from_bad", "agreement_from")
	k.wrong(s.AgreementTo <= s.AgreementFrom || !s.AgreementTo.Valid(), "school.agreement_range", "agreement_to")
	return k.bad.OrNil()
}

// Check lists what is wrong with an instructor before she is stored.
func (i Instructor) Check() error {
	var k check
	k.wrong(i.Name == "", "instructor.name_required", "name")
	k.fits("name", i.Name, 160)
	k.fits("phone", i.Phone, 40)
	k.wrong(len(i.Topics) > 50, "instructor.topics_many", "topics")
	for n, t := range i.Topics {
		same := func(other string) bool { return Fold(other) == Fold(t) }
		bad := t == "" || utf8.RuneCountInString(t) > 200 || slices.ContainsFunc(i.Topics[:n], same)
		k.wrong(bad, "instructor.topic_bad", "topics", "n", strconv.Itoa(n+1))
	}
	k.away(i.Away)
	return k.bad.OrNil()
}

// Check lists what is wrong with a venue before it is stored.
func (v Venue) Check() error {
	var k check
	k.wrong(v.Name == "", "venue.name_required", "name")
	k.fits("name", v.Name, 200)
	k.fits("address", v.Address, 300)
	k.wrong(v.Beds < 0 || v.Beds > 5000, "venue.beds_range", "beds")
	for n, r := range v.Rooms {
		same := func(other Room) bool { return Fold(other.Name) == Fold(r.Name) }
		bad := r.Name == "" || utf8.RuneCountInString(r.Name) > 80 || r.Seats < 1 || r.Seats > 5000 || slices.ContainsFunc(v.Rooms[:n], same)
		k.wrong(bad, "venue.room_bad", "rooms", "n", strconv.Itoa(n+1))
	}
	k.away(v.Away)
	return k.bad.OrNil()
}

// maxBudget keeps sums of budgets and of classes within an int64: a million billion đồng.
const maxBudget = 1_000_000_000_000_000

// Check lists what is wrong with a source of money before it is stored.
func (f Funding) Check() error {
	var k check
	k.code(f.Code, "funding.code_required", 40)
	k.wrong(f.Name == "", "funding.name_required", "name")
	k.fits("name", f.Name, 200)
	k.fits("note", f.Note, 1000)
	seen := map[int]bool{}
	for i, b := range f.Budgets {
		bad := b.Year < 2000 || b.Year > 2100 || b.Amount < 0 || b.Amount > maxBudget || seen[b.Year]
		k.wrong(bad, "funding.budget_bad", "budgets", "n", strconv.Itoa(i+1))
		seen[b.Year] = true
	}
	return k.bad.OrNil()
}
