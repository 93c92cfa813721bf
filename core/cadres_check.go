package core

import (
	"errors"
	"strings"

	"datchuan/core/reference"
	"datchuan/models"
)

// CadreInput is what an officer types about a person. Identity "" keeps the stored number on an update, "-" removes it.
// Ethnicity, religion and Party are ignored (kept) from roles that may not read them.
type CadreInput struct {
	Name      string             `json:"name"`
	OtherName string             `json:"other_name"`
	Birth     models.PartialDate `json:"birth"`
	Sex       models.Sex         `json:"sex"`
	Ethnicity string             `json:"ethnicity"`
	Religion  string             `json:"religion"`
	Party     models.Tristate    `json:"party"`
	PartyDate models.PartialDate `json:"party_date"`
	Hometown  string             `json:"hometown"`
	Residence string             `json:"residence"`
	Joined    models.PartialDate `json:"joined"`
	Phone     string             `json:"phone"`
	Identity  string             `json:"identity"`
	Note      string             `json:"note"`
	UnitID    int64              `json:"unit_id"`
}

// Plausible ages of a cadre, in years.
const (
	youngestCadre = 15
	oldestCadre   = 100
)

// clean brings the texts into the one stored form.
func (in *CadreInput) clean() {
	for _, s := range []*string{&in.Name, &in.OtherName, &in.Ethnicity, &in.Religion, &in.Hometown, &in.Residence, &in.Phone, &in.Note} {
		*s = models.Clean(*s)
	}
	if in.Identity != "-" {
		in.Identity = strings.NewReplacer(" ", "", ".", "", "-", "").Replace(models.Clean(in.Identity))
	}
}

// check collects what is wrong with the fields by themselves.
func (in *CadreInput) check(today models.Date) models.Errors {
	var errs models.Errors
	bad := func(code, field string) { errs = append(errs, models.Fail(models.Invalid, code, field)) }
	if in.Name == "" {
		bad("cadre.name_required", "name")
	} else if strings.ContainsAny(in.Name, "0123456789") {
		bad("cadre.name_bad", "name")
	}
	switch {
	case in.Birth == 0:
	case !in.Birth.Valid():
		bad("cadre.birth_bad", "birth")
	case in.Birth.AgeOn(today) < youngestCadre || in.Birth.AgeOn(today) > oldestCadre:
		bad("cadre.birth_implausible", "birth")
	}
	if in.Sex != "" && in.Sex != models.Female && in.Sex != models.Male {
		bad("cadre.sex_bad", "sex")
	}
	if in.Ethnicity != "" && reference.Name(reference.EthnicGroups(), in.Ethnicity) == "" {
		bad("cadre.ethnicity_bad", "ethnicity")
	}
	if in.Religion != "" && reference.Name(reference.Religions(), in.Religion) == "" {
		bad("cadre.religion_bad", "religion")
	}
	if in.Party < models.NotKnown || in.Party > models.No || (in.Party == models.No && in.PartyDate != 0) {
		bad("cadre.party_bad", "party")
	}
	for _, d := range []struct {
		field string
		date  models.PartialDate
	}{{"party_date", in.PartyDate}, {"joined", in.Joined}} {
		if d.date != 0 && (!d.date.Valid() || d.date.Earliest() > today || (in.Birth != 0 && d.date.Year() < in.Birth.Year()+10)) {
			bad("cadre."+d.field+"_bad", d.field)
		}
	}
	if _, ok := NormalPhone(in.Phone, today); !ok {
		bad("cadre.phone_bad", "phone")
	}
	if n := len(in.Identity); in.Identity != "" && in.Identity != "-" && (onlyDigits(in.Identity) != in.Identity || (n != 9 && n != 12)) {
		bad("cadre.identity_bad", "identity")
	}
	for _, f := range []struct {
		field, text string
		limit       int
	}{{"name", in.Name, 160}, {"other_name", in.OtherName, 160}, {"hometown", in.Hometown, 200}, {"residence", in.Residence, 200}, {"phone", in.Phone, 60}, {"note", in.Note, 1000}} {
		errs = append(errs, tooLong(f.field, f.text, f.limit)...)
	}
	return errs
}

// IdentityWarnings compares a 12-digit number with what else is known: digit 4 tells century and sex, digits 5 and 6
// the year of birth (text.md section 8). They are warnings, never errors: papers are wrong at times.
func IdentityWarnings(number string, sex models.Sex, birth models.PartialDate) []models.Reason {
	if len(number) != 12 || onlyDigits(number) != number {
		return nil
	}
	var out []models.Reason
	code := int(number[3] - '0')
	if (sex == models.Female && code%2 == 0) || (sex == models.Male && code%2 == 1) {
		out = append(out, models.Reason{Code: "identity.sex_differs"})
	}
	year := 1900 + code/2*100 + int(number[4]-'0')*10 + int(number[5]-'0')
	if birth != 0 && birth.Year() != year {
		out = append(out, models.Reason{Code: "identity.year_differs", Params: map[string]string{"year": models.PartialDate(year * 10000).VN()}})
	}
	return out
}

// mobileSwitch is the day after which the 11-digit mobile numbers no longer worked.
const mobileSwitch models.Date = 20181115

// landlineSwitch is when Quảng Bình's 052 became 0232.
const landlineSwitch models.Date = 20170211

// NormalPhone brings a number into digits only, as valid on the date: signs dropped, +84 and lost zeros mended, old
// prefixes replaced once they had ended (text.md section 7). Of two numbers the first counts. "" is fine and stays "".
func NormalPhone(text string, today models.Date) (string, bool) {
	first := text
	if i := strings.IndexAny(text, "/;,"); i >= 0 {
		first = text[:i]
	}
	if strings.Trim(first, "+0123456789 .-()") != "" {
		return "", false
	}
	d := onlyDigits(first)
	switch {
	case strings.TrimSpace(text) == "":
		return "", true
	case strings.HasPrefix(d, "84") && (len(d) == 11 || len(d) == 12):
		d = "0" + strings.TrimPrefix(d[2:], "0")
	case len(d) == 9 && strings.ContainsRune("35789", rune(d[0])), len(d) == 10 && d[0] == '1':
		d = "0" + d
	}
	switch {
	case len(d) == 11 && strings.HasPrefix(d, "01"):
		next := reference.MobilePrefix(d[:4])
		if today > mobileSwitch && next != "" {
			d = next + d[4:]
		}
		return d, next != ""
	case len(d) == 10 && strings.HasPrefix(d, "052") && today >= landlineSwitch && today <= mobileSwitch:
		d = "0232" + d[3:]
	}
	mobile := len(d) == 10 && d[0] == '0' && strings.ContainsRune("35789", rune(d[1]))
	landline := (len(d) == 11 && strings.HasPrefix(d, "02")) || (len(d) == 10 && d[0] == '0' && d[1] >= '2')
	return d, mobile || landline
}

// asErrors is a domain error as a list; anything else is kept out by the caller.
func asErrors(err error) models.Errors {
	var many models.Errors
	var one *models.Error
	if errors.As(err, &many) {
		return many
	}
	if errors.As(err, &one) {
		return models.Errors{one}
	}
	return nil
}
