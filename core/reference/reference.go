// Package reference holds the data that the product ships about the outside world: the communes of Quảng Bình and what
// became of them, the ethnic groups and the religions of the statistics. Every doubtful value carries what it rests on;
// an office can change all of it after it has been planted.
//
// Here live: the embedded files and pure functions over them. What must not come here: a database, a clock, rules.
package reference

import (
	"embed"
	"encoding/csv"
	"slices"
	"strings"
	"sync"

	"datchuan/models"
)

//go:embed *.csv
var files embed.FS

// Commune is a commune-level unit of Quảng Bình as it stood early in 2013. Unknown is never "no".
type Commune struct {
	Code        string // of the General Statistics Office
	Name        string
	Style       string // xã, phường, thị trấn
	District    string // name without style
	Mountainous Trait
	Ethnic      Trait
	Religious   Trait
}

// Trait is one area property of a commune and what it rests on.
type Trait struct {
	Has       models.Tristate
	Certainty models.Certainty // empty when Has is NotKnown
}

// Successor tells what became of a commune of 2013: its unit from each reform on, as style and name.
type Successor struct {
	Code                       string // of the commune of 2013
	District2013, Style2013    string // of 20/12/2013; the district with its style when it is not a huyện
	Unit2020, Unit2024, Unit25 string
}

// Term is a value of a statistical list: a code, its name, other spellings.
type Term struct {
	Code     string   `json:"code"`
	Name     string   `json:"name"`
	Synonyms []string `json:"synonyms,omitempty"`
	Local    bool     `json:"local"` // met in Quảng Bình: shown first in menus
}

var communes = sync.OnceValue(func() []Commune {
	var out []Commune
	for _, r := range rows("communes.csv") {
		out = append(out, Commune{r["code"], r["name"], r["kind"], r["district"], trait(r["mountainous"], r["mountainous_basis"]),
			trait(r["ethnic_minority_area"], r["ethnic_basis"]), trait(r["religious_area"], r["religious_basis"])})
	}
	return out
})

// Communes are the 159 units of early 2013 in the order of their codes.
func Communes() []Commune { return slices.Clone(communes()) }

var successors = sync.OnceValue(func() []Successor {
	var out []Successor
	for _, r := range rows("communes-successors.csv") {
		out = append(out, Successor{r["code_2013"], r["district_from_2013_12_20"], r["kind_from_2013_12_20"],
			r["unit_from_2020_02_01"], r["unit_from_2024_12_01"], r["unit_from_2025_07_01_quang_tri"]})
	}
	return out
})

// Successors has one row for each of the 159 communes.
func Successors() []Successor { return slices.Clone(successors()) }

var ethnicGroups = sync.OnceValue(func() []Term {
	return terms("ethnic-groups.csv", "code", "alternative_spellings_and_groups", "in_quang_binh")
})

// EthnicGroups are the 54 groups with their statistical codes.
func EthnicGroups() []Term { return slices.Clone(ethnicGroups()) }

var religions = sync.OnceValue(func() []Term {
	return terms("religions.csv", "code_internal", "synonyms_for_import", "present_in_quang_binh")
})

// Religions are the recognised ones with "none" and "other"; the codes are the product's own.
func Religions() []Term { return slices.Clone(religions()) }

var mobilePrefixes = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, r := range rows("phone-prefixes-2018.csv") {
		out[r["old_prefix_11_digits"]] = r["new_prefix_10_digits"]
	}
	return out
})

// MobilePrefix is the prefix of three digits that replaced one of four in 2018, "" when there was no such prefix.
func MobilePrefix(old string) string { return mobilePrefixes()[old] }

// Name is the name of a code in a list, "" when the list does not know it.
func Name(list []Term, code string) string {
	for _, t := range list {
		if t.Code == code {
			return t.Name
		}
	}
	return ""
}

func trait(value, basis string) Trait {
	has := map[string]models.Tristate{"yes": models.Yes, "no": models.No}[value]
	if has == models.NotKnown {
		return Trait{}
	}
	switch basis {
	case "source":
		return Trait{has, models.Sourced}
	case "district":
		return Trait{has, models.Derived}
	case "knowledge":
		return Trait{has, models.Known}
	}
	return Trait{has, models.Uncertain}
}

func terms(file, code, synonyms, local string) []Term {
	var out []Term
	for _, r := range rows(file) {
		t := Term{Code: r[code], Name: r["name"], Local: r[local] != ""}
		for _, s := range strings.Split(r[synonyms], ";") {
			s, _, _ = strings.Cut(s, "(")
			if s = strings.TrimSpace(s); s != "" {
				t.Synonyms = append(t.Synonyms, s)
			}
		}
		out = append(out, t)
	}
	return out
}

// rows reads an embedded table by its header. The files are part of the program: a broken one is a broken build, which
// the tests find.
func rows(name string) []map[string]string {
	f, err := files.Open(name)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic(name + ": " + err.Error())
	}
	out := make([]map[string]string, 0, len(all))
	for _, line := range all[1:] {
		row := make(map[string]string, len(line))
		for i, cell := range line {
			row[all[0][i]] = strings.TrimSpace(cell)
		}
		out = append(out, row)
	}
	return out
}
