package demo

import (
	"crypto/sha256"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"datchuan/models"
)

func hash(t *testing.T, w World) [32]byte {
	t.Helper()
	data, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(data)
}

func TestSameSeedSameWorld(t *testing.T) {
	first := Province(Seed)
	if hash(t, first) != hash(t, Province(Seed)) {
		t.Error("the same seed gave two different worlds")
	}
	if hash(t, first) == hash(t, Province(Seed+1)) {
		t.Error("another seed gave the same world")
	}
}

// What the plan counts must not depend on luck: it holds for every seed.
func TestCountsOfThePlan(t *testing.T) {
	for seed := range uint64(5) {
		w := Province(Seed + seed)
		units := map[models.UnitKind]int{}
		for _, u := range w.Units {
			units[u.Kind]++
		}
		if want := map[models.UnitKind]int{models.Branch: 1323, models.Group: 3303, models.Special: 12}; !reflect.DeepEqual(units, want) {
			t.Errorf("units: %v, want %v", units, want)
		}
		posts := map[string]int{}
		for _, c := range w.Cadres {
			for _, h := range c.Holdings {
				if (models.Span{From: h.From, To: h.To}).Contains(On) {
					posts[h.Position]++
				}
			}
		}
		want := map[string]int{"chu-tich-xa": 159, "pho-chu-tich-xa": 159, "uy-vien-bch-xa": 1579, "chi-hoi-truong": 1323,
			"chi-hoi-pho": 1323, "to-truong": 3303, "to-pho": 3303, "truong-chi-hoi-loai-hinh": 12}
		if !reflect.DeepEqual(posts, want) {
			t.Errorf("posts: %v, want %v", posts, want)
		}
		sums := map[string]int64{}
		by := map[string]map[string]int64{}
		for _, f := range w.Figures {
			sums[f.Key] += f.Value
			if by[f.Unit] == nil {
				by[f.Unit] = map[string]int64{}
			}
			by[f.Unit][f.Key] = f.Value
		}
		if sums["members"] != 161_360 || sums["women"] != 191_323 || sums["fee_payers"] != 129_088 {
			t.Errorf("figures: %v", sums)
		}
		for unit, f := range by {
			if f["fee_payers"] > f["members"] || f["members"] > f["women"] || f["fund"] <= 0 {
				t.Errorf("%s: %v", unit, f)
			}
		}
	}
}

func TestSpecialBranchesStandInTheDistrictsNamed(t *testing.T) {
	got := map[string][2]int{}
	for _, u := range Province(Seed).Units {
		if u.Kind == models.Special {
			n := got[u.Parent]
			if strings.Contains(u.Name, "doanh nghiệp") {
				n[0]++
			} else {
				n[1]++
			}
			got[u.Parent] = n
		}
	}
	want := map[string][2]int{"457": {1, 2}, "450": {1, 2}, "455": {1, 2}, "454": {1, 2}} // Lệ Thủy, Đồng Hới, Bố Trạch, Quảng Trạch
	if !reflect.DeepEqual(got, want) {
		t.Errorf("entrepreneurs and market women by district: %v, want %v", got, want)
	}
}

func TestPeopleAreWellFormed(t *testing.T) {
	w := Province(Seed)
	identities := map[string]bool{}
	both, old := 0, 0
	for _, c := range w.Cadres {
		if c.Name != models.Clean(c.Name) || !norm.NFC.IsNormalString(c.Name) || len(strings.Fields(c.Name)) < 2 {
			t.Errorf("name %q", c.Name)
		}
		if c.Identity != "" {
			if len(c.Identity) != 9 || !strings.HasPrefix(c.Identity, "194") || identities[c.Identity] {
				t.Errorf("identity number %s", c.Identity)
			}
			identities[c.Identity] = true
		}
		if age := c.Birth.AgeOn(On); !c.Birth.Valid() || age < 20 || age > 61 {
			t.Errorf("birth %s", c.Birth)
		}
		for _, d := range []models.PartialDate{c.PartyDate, c.Joined} {
			if d != 0 && (!d.Valid() || d.Earliest() >= On || d.Year()-c.Birth.Year() < 17) {
				t.Errorf("date %s of somebody born %s", d, c.Birth)
			}
		}
		current := 0
		for _, h := range c.Holdings {
			if h.From >= h.To || (h.From != models.Beginning && !h.From.Valid()) {
				t.Errorf("holding %s from %s to %s", h.Position, h.From, h.To)
			}
			if h.To == models.Forever {
				current++
			}
		}
		if current == 2 {
			both++
		}
		for _, q := range c.Qualifications {
			if q.Level > models.MaxLevel(q.Kind) || q.From >= On || (q.Earned != models.Beginning && !q.Earned.Valid()) {
				t.Errorf("qualification %+v", q)
			}
		}
		for _, s := range c.Studies {
			if !s.From.Valid() || !s.To.Valid() || s.From >= On || s.To.Year() < 2013 || s.To.Year() > 2015 || s.To <= On {
				t.Errorf("study %+v", s)
			}
		}
		if strings.HasPrefix(c.PhoneRaw, "01") && len(c.PhoneRaw) == 11 {
			old++
		}
	}
	if both != bothPosts {
		t.Errorf("%d people hold two posts, want %d", both, bothPosts)
	}
	if old < 1000 {
		t.Errorf("only %d numbers of 11 digits: 2013 was full of them", old)
	}
}

func TestElsewhereSharesNothing(t *testing.T) {
	codes, identities := map[string]bool{}, map[string]bool{}
	for number := 1; number <= 2; number++ {
		m, w := Elsewhere(Seed, number)
		for _, u := range m.Units[1:] { // the nation is one
			if codes[u.Code] {
				t.Errorf("unit %s twice", u.Code)
			}
			codes[u.Code] = true
		}
		for _, u := range w.Units {
			if codes[u.Code] {
				t.Errorf("unit %s twice", u.Code)
			}
			codes[u.Code] = true
		}
		for _, c := range w.Cadres {
			if c.Identity != "" && identities[c.Identity] {
				t.Errorf("identity number %s twice", c.Identity)
			}
			identities[c.Identity] = true
		}
	}
}

func TestShareOutSumsExactly(t *testing.T) {
	for _, c := range []struct {
		total, low, high int
		weights          []float64
		want             []int
	}{
		{10, 0, 10, []float64{1, 1, 1}, []int{4, 3, 3}},
		{10, 2, 5, []float64{100, 1, 1}, []int{5, 3, 2}},
		{9, 3, 3, []float64{1, 2, 3}, []int{3, 3, 3}},
	} {
		if got := shareOut(c.total, c.weights, c.low, c.high); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%d over %v: %v, want %v", c.total, c.weights, got, c.want)
		}
	}
}
