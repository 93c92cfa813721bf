package demo

import (
	"slices"

	"datchuan/core/reference"
	"datchuan/models"
)

// MaxProvinces is how many provinces Elsewhere can make: their identity numbers begin with 200 and more.
const MaxProvinces = 799

// elsewhereMap is the map of a made-up province with the communes of Quảng Bình under other codes, as if nothing were
// ever reorganised; it contains the nation, so that it can be planted alone.
func elsewhereMap(number int) (m reference.Map, districts map[string]string, prefix string) {
	province := "P" + ("00" + itoa(number))[len(itoa(number))-1:]
	prefix = province + "-"
	add := func(code, parent string, kind models.UnitKind, style, name string, ordinal int, flags []reference.FlagSeed) {
		m.Units = append(m.Units, reference.UnitSeed{Code: code, Flags: flags, Spans: []reference.SpanSeed{{ParentCode: parent,
			Kind: kind, Style: style, Name: name, Ordinal: ordinal, From: models.Beginning, To: models.Forever}}})
	}
	add(reference.Vietnam, "", models.Nation, "", "Việt Nam", 0, nil)
	add(province, reference.Vietnam, models.Province, "tỉnh", "Mẫu "+itoa(number), number, nil)
	districts = map[string]string{}
	for i, d := range reference.Districts() {
		districts[d.Name] = prefix + d.Code
		add(prefix+d.Code, province, models.District, d.Style, d.Name, i+1, nil)
	}
	for _, u := range reference.QuangBinhUnits().Units {
		i := slices.IndexFunc(u.Spans, func(s reference.SpanSeed) bool { return s.Kind == models.Commune && s.From <= On && On < s.To })
		if i >= 0 {
			add(prefix+u.Code, prefix+u.Spans[i].ParentCode, models.Commune, u.Spans[i].Style, u.Spans[i].Name, 0, openFlags(u.Flags))
		}
	}
	return m, districts, prefix
}

func openFlags(flags []reference.FlagSeed) []reference.FlagSeed {
	var out []reference.FlagSeed
	for _, f := range flags {
		if f.From <= On && On < f.To {
			f.To = models.Forever
			out = append(out, f)
		}
	}
	return out
}
