package reference

import (
	"testing"

	"datchuan/models"
)

func spanOn(u UnitSeed, on models.Date) (SpanSeed, bool) {
	for _, s := range u.Spans {
		if s.From <= on && on < s.To {
			return s, true
		}
	}
	return SpanSeed{}, false
}

var reformDays = []struct {
	on       models.Date
	communes int
	parents  int
}{{20130301, 159, 7}, {BaDonFounded, 159, 8}, {Merged2020, 151, 8}, {Merged2024, 145, 8}, {Merged2025, 41, 1}}

// The number of commune-level units and of their parents after each reform, and a tree without gaps.
func TestQuangBinhUnitsOnEachMap(t *testing.T) {
	m := QuangBinhUnits()
	for _, day := range reformDays {
		by := map[string]SpanSeed{}
		communes, parents := 0, map[string]bool{}
		for _, u := range m.Units {
			s, ok := spanOn(u, day.on)
			if !ok {
				continue
			}
			if s.ParentCode != "" {
				p, ok := by[s.ParentCode]
				if !ok {
					t.Errorf("%s on %s: parent %s does not stand before it", u.Code, day.on, s.ParentCode)
				}
				if s.Kind == models.Commune && p.Kind != models.District && day.on < Merged2025 {
					t.Errorf("%s on %s hangs below a %s", u.Code, day.on, p.Kind)
				}
			}
			by[u.Code] = s
			if s.Kind == models.Commune {
				communes++
				parents[s.ParentCode] = true
			}
		}
		if communes != day.communes || len(parents) != day.parents {
			t.Errorf("%s: %d communes below %d units, want %d below %d", day.on, communes, len(parents), day.communes, day.parents)
		}
	}
}

// Spans of a unit follow one another without overlap; flags lie inside the unit's life; codes are unique.
func TestQuangBinhSpansAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, u := range QuangBinhUnits().Units {
		if seen[u.Code] {
			t.Errorf("code %s twice", u.Code)
		}
		seen[u.Code] = true
		for i, s := range u.Spans {
			if s.From >= s.To || (i > 0 && u.Spans[i-1].To != s.From) {
				t.Errorf("%s: span %d is %s to %s", u.Code, i, s.From, s.To)
			}
		}
		for _, f := range u.Flags {
			if f.From >= f.To || f.From < u.Spans[0].From || f.To > u.Spans[len(u.Spans)-1].To || f.Basis == "" || f.Certainty == "" {
				t.Errorf("%s: flag %+v", u.Code, f)
			}
		}
	}
}

// Every commune of 2013 leads to exactly one unit on each later map, and to the one that the table of successors names.
func TestEveryCommuneHasOneSuccessor(t *testing.T) {
	m := QuangBinhUnits()
	units, next := map[string]UnitSeed{}, map[string][]LinkSeed{}
	for _, u := range m.Units {
		units[u.Code] = u
	}
	for _, l := range m.Links {
		next[l.From] = append(next[l.From], l)
	}
	for _, s := range Successors() {
		want := map[models.Date]string{Merged2020: s.Unit2020, Merged2024: s.Unit2024, Merged2025: s.Unit25}
		for on, name := range want {
			code := s.Code
			for {
				span, ok := spanOn(units[code], on)
				if ok {
					if got := span.Style + " " + span.Name; got != name {
						t.Errorf("%s on %s: %s, want %s", s.Code, on, got, name)
					}
					break
				}
				if len(next[code]) != 1 || next[code][0].Date > on {
					t.Errorf("%s on %s: %d ways on from %s", s.Code, on, len(next[code]), code)
					break
				}
				code = next[code][0].To
			}
		}
	}
}

func TestBaDonTookSixteenUnits(t *testing.T) {
	moved := 0
	for _, u := range QuangBinhUnits().Units {
		before, _ := spanOn(u, 20131219)
		after, _ := spanOn(u, BaDonFounded)
		if before.ParentCode == "454" && after.ParentCode == BaDon {
			moved++
		}
	}
	if moved != 16 {
		t.Errorf("%d units moved to thị xã Ba Đồn, want 16", moved)
	}
}

// communes.md: 65 mountainous of which 49 sourced, 15 ethnic, 24 religious; unknown stays unknown.
func TestTraitsKeepTheirBasis(t *testing.T) {
	count := map[models.AreaFlag]int{}
	sourced, unknown := 0, 0
	for _, u := range QuangBinhUnits().Units {
		for _, f := range u.Flags {
			if f.From == models.Beginning {
				count[f.Flag]++
				if f.Flag == models.Mountainous && f.Certainty == models.Sourced {
					sourced++
				}
			}
		}
	}
	for _, c := range Communes() {
		if c.Religious.Has == models.No {
			t.Errorf("%s: religious area read as no", c.Name)
		}
		if c.Religious.Has == models.NotKnown {
			unknown++
		}
	}
	if count[models.Mountainous] != 65 || sourced != 49 || count[models.EthnicArea] != 15 || count[models.ReligiousArea] != 24 || unknown != 135 {
		t.Errorf("flags %v, sourced %d, unknown %d", count, sourced, unknown)
	}
}

func TestStatisticalLists(t *testing.T) {
	if got := EthnicGroups(); len(got) != 54 || Name(got, "01") != "Kinh" || Name(got, "77") != "" {
		t.Errorf("%d ethnic groups", len(got))
	}
	if got := Religions(); len(got) != 18 || Name(got, "02") != "Công giáo" || got[0].Synonyms[2] != "Lương" {
		t.Errorf("%d religions", len(got))
	}
	if kinh := EthnicGroups()[0]; len(kinh.Synonyms) != 2 || kinh.Synonyms[1] != "Nguồn" {
		t.Errorf("synonyms of Kinh: %q", kinh.Synonyms)
	}
}
