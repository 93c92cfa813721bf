package core

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"datchuan/models"
)

func (w *world) input(name, unit string) CadreInput {
	return CadreInput{Name: name, Birth: 19750805, Sex: models.Female, UnitID: w.unit[unit]}
}

func (w *world) create(in CadreInput) models.Cadre {
	w.t.Helper()
	cadre, err := w.c.CreateCadre(context.Background(), w.officer, in, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return cadre
}

func TestCreateCadreChecksFields(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		for code, spoil := range map[string]func(*CadreInput){
			"cadre.name_required":     func(in *CadreInput) { in.Name = " \u200b" },
			"cadre.name_bad":          func(in *CadreInput) { in.Name = "Lan 2" },
			"cadre.birth_bad":         func(in *CadreInput) { in.Birth = 19751305 },
			"cadre.birth_implausible": func(in *CadreInput) { in.Birth = 20050000 },
			"cadre.sex_bad":           func(in *CadreInput) { in.Sex = "W" },
			"cadre.ethnicity_bad":     func(in *CadreInput) { in.Ethnicity = "77" },
			"cadre.religion_bad":      func(in *CadreInput) { in.Religion = "77" },
			"cadre.party_date_bad":    func(in *CadreInput) { in.PartyDate = 20140101 },
			"cadre.phone_bad":         func(in *CadreInput) { in.Phone = "12345" },
			"cadre.identity_bad":      func(in *CadreInput) { in.Identity = "12345678" },
			"cadre.unit_unknown":      func(in *CadreInput) { in.UnitID = 999 },
			"fact.too_long":           func(in *CadreInput) { in.Note = strings.Repeat("a", 1001) },
		} {
			in := w.input("Nguyễn Thị Lan", "MT")
			spoil(&in)
			_, err := c.CreateCadre(ctx, w.officer, in, nil)
			failsWith(t, err, code)
		}
		in := w.input("  Nguyễn  Thị   Lan ", "MT")
		in.Phone, in.Identity = "912.345.678", "044 175 001 234"
		first := &models.Holding{Position: "chu-tich-xa", UnitID: w.unit["MT"], From: 20110501, Term: "2011-2016"}
		cadre, err := c.CreateCadre(ctx, w.officer, in, first)
		if err != nil || cadre.Name != "Nguyễn Thị Lan" || cadre.Phone != "0912345678" || cadre.PhoneRaw != "912.345.678" || cadre.IdentityEnd != "044•••34" {
			t.Fatalf("%+v %v", cadre, err)
		}
		var standings int64
		if c.read.Model(&models.Standing{}).Where("cadre_id = ?", cadre.ID).Count(&standings); standings == 0 {
			t.Error("no standings were derived")
		}
		if _, err := c.CreateCadre(ctx, w.officer, w.input("X", "MT"), &models.Holding{Position: "chu-tich-xa", UnitID: w.unit["MT"]}); err == nil {
			t.Fatal("a second chair was accepted")
		} else {
			failsWith(t, err, "holding.seat_taken")
		}
		if n, _ := c.CountPeople(ctx, w.officer, PeopleQuery{}); n != 1 {
			t.Errorf("a refused record was half written: %d", n)
		}
	})
}

func TestIdentityIsSealedAndUnique(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		in := w.input("Nguyễn Thị Lan", "MT")
		in.Identity = "044175001234"
		cadre := w.create(in)
		_, err := c.CreateCadre(ctx, w.officer, in, nil)
		failsWith(t, err, "cadre.identity_taken")
		var stored models.Cadre
		if err := c.read.Take(&stored, cadre.ID).Error; err != nil || strings.Contains(string(stored.IdentityEnc), in.Identity) {
			t.Fatal("the number is stored in the clear")
		}
		got, err := c.RevealIdentity(ctx, w.officer, cadre.ID)
		if err != nil || got != in.Identity {
			t.Fatalf("%q %v", got, err)
		}
		var reads int64
		if c.read.Model(&Audit{}).Where("action = 'cadre.identity_read' AND object_id = ?", cadre.ID).Count(&reads); reads != 1 {
			t.Errorf("%d readings noted", reads)
		}
		if _, err := c.RevealIdentity(ctx, w.actor("LT", models.CommuneOfficer), cadre.ID); models.KindOf(err) != models.Forbidden {
			t.Errorf("a commune officer: %v", err)
		}
		var leaks int64
		if c.read.Model(&Audit{}).Where("detail LIKE '%044175001234%'").Count(&leaks); leaks != 0 {
			t.Error("the audit holds the number")
		}
		in.Identity = "" // keeps
		if _, err := c.UpdateCadre(ctx, w.officer, cadre.ID, 1, in); err != nil {
			t.Fatal(err)
		}
		if got, _ = c.RevealIdentity(ctx, w.officer, cadre.ID); got != "044175001234" {
			t.Errorf("after an update without number: %q", got)
		}
		in.Identity = "-"
		if after, err := c.UpdateCadre(ctx, w.officer, cadre.ID, 2, in); err != nil || after.IdentityEnd != "" {
			t.Errorf("removed: %+v %v", after, err)
		}
	})
}

// Two editors: the second is told, and nothing of hers is written.
func TestUpdateCadreIsOptimistic(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		cadre := w.create(w.input("Nguyễn Thị Lan", "MT"))
		if _, err := c.UpdateCadre(ctx, w.officer, cadre.ID, 1, w.input("Nguyễn Thị Liên", "MT")); err != nil {
			t.Fatal(err)
		}
		_, err := c.UpdateCadre(ctx, w.officer, cadre.ID, 1, w.input("Nguyễn Thị Loan", "MT"))
		if models.KindOf(err) != models.Stale {
			t.Fatalf("second editor: %v", err)
		}
		card, err := c.Cadre(ctx, w.officer, cadre.ID, 0)
		if err != nil || card.Cadre.Name != "Nguyễn Thị Liên" || card.Cadre.Version != 2 {
			t.Fatalf("%+v %v", card.Cadre, err)
		}
	})
}

// A commune officer neither reads nor overwrites the restricted fields.
func TestRestrictedFields(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		in := w.input("Hồ Thị Lan", "MT")
		in.Ethnicity, in.Religion, in.Party, in.PartyDate = "01", "02", models.Yes, 20000000
		cadre := w.create(in)
		commune := w.actor("MT", models.CommuneOfficer)
		card, err := c.Cadre(ctx, commune, cadre.ID, 0)
		if err != nil || !card.Restricted || card.Cadre.Ethnicity != "" || card.Cadre.Religion != "" || card.Cadre.Party != models.NotKnown || card.Cadre.PartyDate != 0 {
			t.Fatalf("%+v %v", card.Cadre, err)
		}
		if after, err := c.UpdateCadre(ctx, commune, cadre.ID, 1, w.input("Hồ Thị Lan", "MT")); err != nil || after.Ethnicity != "" {
			t.Fatalf("%+v %v", after, err)
		}
		card, err = c.Cadre(ctx, w.officer, cadre.ID, 0)
		if err != nil || card.Cadre.Ethnicity != "01" || card.Cadre.Party != models.Yes || card.Restricted {
			t.Fatalf("lost: %+v %v", card.Cadre, err)
		}
		if _, err := c.UpdateCadre(ctx, w.actor("LT", models.ProvinceViewer), cadre.ID, 2, in); models.KindOf(err) != models.Forbidden {
			t.Errorf("a viewer wrote: %v", err)
		}
	})
}

func TestPeopleSearch(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		for _, name := range []string{"Nguyễn Thị Hòa", "Nguyễn Thị Hoa", "Nguyễn Thị Hoá", "Trần Thị Hoài", "Lý Thị Mỹ", "Lê 100%_x"} {
			w.person(name, "uy-vien-bch-xa", "MT")
		}
		names := func(q PeopleQuery) []string {
			t.Helper()
			lines, next, err := c.People(ctx, w.officer, q)
			if err != nil || next != "" {
				t.Fatal(err, next)
			}
			out := []string{}
			for _, l := range lines {
				out = append(out, l.Name)
			}
			return out
		}
		for search, want := range map[string][]string{
			"nguyen thi hoa": {"Nguyễn Thị Hoa", "Nguyễn Thị Hòa", "Nguyễn Thị Hoá"},
			"hoa":            {"Nguyễn Thị Hoa", "Nguyễn Thị Hòa", "Nguyễn Thị Hoá", "Trần Thị Hoài"},
			"Hòa Nguyễn":     {"Nguyễn Thị Hòa", "Nguyễn Thị Hoa", "Nguyễn Thị Hoá"},
			"Hoà":            {"Nguyễn Thị Hòa", "Nguyễn Thị Hoa", "Nguyễn Thị Hoá", "Trần Thị Hoài"},
			"li mi":          {"Lý Thị Mỹ"},
			"100%_":          {"Lê 100%_x"},
			"10%x":           {},
			"oa":             {},
		} {
			got := names(PeopleQuery{Search: search})
			if !slices.Equal(got, want) {
				t.Errorf("%q: %q, want %q", search, got, want)
			}
		}
		if got := names(PeopleQuery{Position: "chu-tich-xa"}); len(got) != 0 {
			t.Errorf("position: %q", got)
		}
		if got := names(PeopleQuery{UnitID: w.unit["PT"]}); len(got) != 0 {
			t.Errorf("unit: %q", got)
		}
		lines, _, _ := c.People(ctx, w.officer, PeopleQuery{Search: "my"})
		if len(lines) != 1 || lines[0].District != "huyện Lệ Thủy" || lines[0].Commune != "xã Mỹ Thủy" || !slices.Equal(lines[0].Positions, []string{"Ủy viên BCH"}) {
			t.Errorf("%+v", lines)
		}
	})
}

// Pages join without a gap or a repeat, in both orders.
func TestPeoplePages(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		for i := range 23 {
			w.person(fmt.Sprintf("Nguyễn Thị %s", []string{"An", "Ân", "Bình", "Đào"}[i%4]), "uy-vien-bch-xa", "MT")
		}
		for _, ranked := range []bool{true, false} {
			seen := map[int64]bool{}
			after, last := "", []byte(nil)
			for range 10 {
				q := PeopleQuery{Search: "nguyen", After: after, Limit: 5}
				db, err := c.peopleQuery(ctx, w.officer, &q)
				if err != nil {
					t.Fatal(err)
				}
				var from personKey
				if after != "" {
					if from, err = openCursor(after); err != nil {
						t.Fatal(err)
					}
				}
				keys, err := peopleKeys(db, q, from, ranked)
				if err != nil {
					t.Fatal(err)
				}
				for _, k := range keys[:min(5, len(keys))] {
					if seen[k.ID] || slices.Compare(last, k.SortKey) > 0 {
						t.Fatalf("ranked %v: repeated or out of order", ranked)
					}
					seen[k.ID], last = true, k.SortKey
				}
				if len(keys) <= 5 {
					break
				}
				after = keys[4].cursor()
			}
			if len(seen) != 23 {
				t.Errorf("ranked %v: %d of 23", ranked, len(seen))
			}
		}
		_, _, err := c.People(ctx, w.officer, PeopleQuery{After: "nonsense"})
		failsWith(t, err, "people.cursor_bad")
	})
}

func TestNormalPhone(t *testing.T) {
	const then, now models.Date = 20130301, 20260101
	for _, c := range []struct {
		in, want string
		on       models.Date
		ok       bool
	}{
		{"0912 345 678", "0912345678", then, true},
		{"912345678", "0912345678", then, true},
		{"+84 912-345-678", "0912345678", then, true},
		{"84912345678", "0912345678", then, true},
		{"01682345678", "01682345678", then, true},
		{"1682345678", "01682345678", then, true},
		{"01682345678", "0382345678", now, true},
		{"0912.345.678 / 0987654321", "0912345678", now, true},
		{"052 3822 345", "0523822345", then, true},
		{"02323822345", "02323822345", now, true},
		{"", "", now, true},
		{"0112345678", "0112345678", now, false},
		{"01002345678", "01002345678", now, false},
		{"abc", "", now, false},
		{"12", "12", now, false},
	} {
		if got, ok := NormalPhone(c.in, c.on); got != c.want || ok != c.ok {
			t.Errorf("%q on %s: %q %v, want %q %v", c.in, c.on, got, ok, c.want, c.ok)
		}
	}
}

func TestIdentityWarnings(t *testing.T) {
	for _, c := range []struct {
		number string
		sex    models.Sex
		birth  models.PartialDate
		want   []string
	}{
		{"044175001234", models.Female, 19750805, nil},
		{"044075001234", models.Female, 19750000, []string{"identity.sex_differs"}},
		{"044176001234", models.Female, 19750000, []string{"identity.year_differs"}},
		{"044301001234", models.Female, 20010000, nil},
		{"194123456", models.Female, 19750000, nil},
	} {
		var got []string
		for _, r := range IdentityWarnings(c.number, c.sex, c.birth) {
			got = append(got, r.Code)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.number, got, c.want)
		}
	}
}
