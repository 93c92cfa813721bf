package core

import (
	"context"
	"strings"
	"testing"

	"datchuan/models"
)

// collisions adds the communes whose names differ in accents only.
func (w *world) collisions() {
	w.addUnit("QB", "QT", models.District, "huyện", "Quảng Trạch", 3)
	w.addUnit("QB", "DHoi", models.District, "thành phố", "Đồng Hới", 4)
	w.addUnit("QT", "19069", models.Commune, "xã", "Quảng Tiên", 1)
	w.addUnit("QT", "19039", models.Commune, "xã", "Quảng Tiến", 2)
	w.addUnit("QT", "QPhu", models.Commune, "xã", "Quảng Phú", 3)
	w.addUnit("DHoi", "QgPhu", models.Commune, "xã", "Quang Phú", 1)
}

func TestImportFindsUnitsAndNeverGuesses(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.collisions()
		for _, tt := range []struct {
			name, district, commune string
			want                    string // code of the unit
			codes                   string
			options                 int
		}{
			{"exact", "Quảng Trạch", "Quảng Tiến", "19039", "", 0},
			{"its neighbour", "huyện Quảng Trạch", "xã Quảng Tiên", "19069", "", 0},
			{"capitals, other tone placement", "LỆ THUỶ", "XÃ MỸ THUỶ", "MT", "", 0},
			{"no accents, two can be meant", "Quang Trach", "Quang Tien", "", "import.unit_accents import.unit_ambiguous", 2},
			{"no accents, one in the district", "TP Đồng Hới", "Quang Phu", "QgPhu", "import.unit_accents", 0},
			{"no accents, no district", "", "Quang Phu", "", "import.unit_ambiguous", 2},
			{"exact without district", "", "Quảng Phú", "QPhu", "", 0},
			{"one letter off", "Minh Hóa", "Tân Hóa", "", "import.commune_unknown", 1},
			{"commune of another district", "Minh Hóa", "Mỹ Thủy", "", "import.commune_unknown", 0},
			{"no unit at all", "", "", "", "import.commune_missing", 0},
		} {
			row := line("Lê Thị Mai", 19800000, tt.commune)
			row.District = tt.district
			plan := w.roster(w.officer, "QB", "units", row).preview(ImportChoices{})
			got := plan.Rows[0]
			if got.UnitID != w.unit[tt.want] || codesOf(got.Findings) != tt.codes || (tt.want == "") != (got.Outcome == RowError) {
				t.Errorf("%s: unit %d, %s, %s", tt.name, got.UnitID, got.Outcome, codesOf(got.Findings))
			}
			if tt.options > 0 && (len(got.Questions) != 1 || len(got.Questions[0].Options) != tt.options) {
				t.Errorf("%s: questions %+v", tt.name, got.Questions)
			}
		}
		// the answer to the question is taken for the unaccented row and leaves the exact one alone
		asked, exact := line("Lê Thị Mai", 19800000, "Quang Tien"), line("Lê Thị Na", 19800000, "Quảng Tiên")
		asked.District, exact.District = "Quang Trach", "Quang Trach"
		plan := w.roster(w.officer, "QB", "answer", asked, exact).preview(ImportChoices{Units: map[string]int64{UnitKey(asked, models.Commune): w.unit["19039"]}})
		if plan.Rows[0].UnitID != w.unit["19039"] || plan.Rows[1].UnitID != w.unit["19069"] {
			t.Errorf("answered: %d and %d", plan.Rows[0].UnitID, plan.Rows[1].UnitID)
		}
	})
}

func TestImportMakesBranchesAndGroupsWhenAllowed(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.addUnit("MT", "MT.1", models.Branch, "chi hội", "Mỹ Trung", 1)
		head, group, new := line("Lê Thị Mai", 19800000, "Mỹ Thủy"), line("Lê Thị Na", 19800000, "Mỹ Thủy"), line("Lê Thị Sa", 19800000, "Mỹ Thủy")
		head.Position, head.Branch = "chi-hoi-truong", "Chi hội Mỹ Trung"
		group.Position, group.Branch, group.Group = "to-truong", "Thôn 5", "Tổ 2"
		new.Position, new.Branch = "chi-hoi-truong", "chi hội thôn 5"
		r := w.roster(w.officer, "QB", "branches", head, group, new)
		plan := r.preview(ImportChoices{})
		if plan.Errors != 2 || plan.Rows[0].UnitID != w.unit["MT.1"] || codesOf(plan.Rows[1].Findings) != "import.branch_unknown" || len(plan.Rows[1].Questions[0].Options) != 1 {
			t.Fatalf("not allowed: %+v", plan)
		}
		report := r.apply(ImportChoices{CreateUnits: true})
		if report.Units != 2 || report.New != 3 {
			t.Fatalf("report: %+v", report)
		}
		tree, err := c.Tree(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		seat := current[models.Holding](w, w.cadre("Lê Thị Na").ID)[0]
		s, _ := tree.At(seat.UnitID, models.NewDate(2013, 3, 1))
		branch, _ := tree.Above(s.Path, models.Branch, models.NewDate(2013, 3, 1))
		if s.Kind != models.Group || s.Name != "2" || branch.Name != "Thôn 5" || !strings.HasPrefix(s.Path, w.path["MT"]) {
			t.Errorf("group: %+v below %+v", s, branch)
		}
		if other := current[models.Holding](w, w.cadre("Lê Thị Sa").ID)[0]; other.UnitID != branch.UnitID {
			t.Errorf("thôn 5 was made twice: %d and %d", other.UnitID, branch.UnitID)
		}
		if w.cadre("Lê Thị Na").UnitID != w.unit["MT"] {
			t.Error("the record is not kept by the commune")
		}
	})
}

func TestImportMatchesPeople(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		known := w.person("Nguyễn Thị Hoa", "uy-vien-bch-xa", "MT") // born 1975
		far := w.person("Hồ Thị Xa", "uy-vien-bch-xa", "DH")
		w.person("Lê Thị Đôi", "uy-vien-bch-xa", "MT")
		w.person("Lê Thị Đôi", "uy-vien-bch-xa", "MT")
		numbered := w.person("Trần Thị Số", "uy-vien-bch-xa", "PT")
		plain := w.person("Y Mai", "uy-vien-bch-xa", "PT")
		gone := w.person("Cao Thị Cũ", "uy-vien-bch-xa", "PT")
		removed := w.person("Cao Thị Xóa", "uy-vien-bch-xa", "PT")
		w.do(func(tx *Tx) error {
			enc, key, end, err := c.keys.sealIdentity("194000111")
			if err != nil {
				return err
			}
			for id, set := range map[int64]map[string]any{
				numbered: {"identity_enc": enc, "identity_key": key, "identity_end": end},
				gone:     {"state": models.Merged, "merged_into": known},
				removed:  {"state": models.Removed},
			} {
				if err := tx.Model(&models.Cadre{}).Where("id = ?", id).Updates(set).Error; err != nil {
					return err
				}
			}
			return nil
		})
		withNumber := func(name, number string) models.RosterRow {
			r := line(name, 19750000, "Phong Thủy")
			r.Identity = number
			return r
		}
		lt := w.actor("LT", models.DistrictOfficer)
		for _, tt := range []struct {
			name    string
			who     models.Actor
			row     models.RosterRow
			choice  RowChoice
			want    int64
			outcome string
			codes   string
		}{
			{"name, year and commune", lt, line("NGUYỄN THỊ HOA", 19750101, "Mỹ Thủy"), RowChoice{}, known, RowChanged, ""},
			{"a name without accents", lt, line("Y Mai", 19750000, "Phong Thủy"), RowChoice{}, plain, RowUnchanged, ""},
			{"another year", lt, line("Nguyễn Thị Hoa", 19760000, "Mỹ Thủy"), RowChoice{}, 0, RowNew, ""},
			{"another commune", lt, line("Nguyễn Thị Hoa", 19750000, "Phong Thủy"), RowChoice{}, 0, RowNew, ""},
			{"no accents", lt, line("Nguyen Thi Hoa", 19750000, "Mỹ Thủy"), RowChoice{}, 0, RowNew, "import.possible_same"},
			{"no accents, chosen", lt, line("Nguyen Thi Hoa", 19750000, "Mỹ Thủy"), RowChoice{Action: RowUpdate, CadreID: known}, known, RowUnchanged, "import.conflict"},
			{"two of them", lt, line("Lê Thị Đôi", 19750000, "Mỹ Thủy"), RowChoice{}, 0, RowError, "import.cadre_ambiguous"},
			{"two of them, a third", lt, line("Lê Thị Đôi", 19750000, "Mỹ Thủy"), RowChoice{Action: RowCreate}, 0, RowNew, ""},
			{"number", lt, withNumber("Trần Thị Số", "194000111"), RowChoice{}, numbered, RowUnchanged, ""},
			{"number, another name", lt, withNumber("Lê Thị Khác", "194000111"), RowChoice{}, 0, RowError, "import.identity_of_other"},
			{"another number", lt, withNumber("Trần Thị Số", "194000222"), RowChoice{}, 0, RowNew, ""},
			{"the new kind of number", lt, withNumber("Trần Thị Số", "044175000222"), RowChoice{}, numbered, RowChanged, ""},
			{"number twice", lt, withNumber("Trần Thị Số", "194000111"), RowChoice{Action: RowCreate}, 0, RowError, "import.identity_taken"},
			{"merged record", lt, line("Cao Thị Cũ", 19750000, "Phong Thủy"), RowChoice{}, 0, RowNew, ""},
			{"merged record, its new place", lt, line("Cao Thị Cũ", 19750000, "Mỹ Thủy"), RowChoice{}, known, RowUnchanged, "import.conflict"},
			{"removed record", lt, line("Cao Thị Xóa", 19750000, "Phong Thủy"), RowChoice{}, 0, RowNew, ""},
			{"removed record, chosen", lt, line("Cao Thị Xóa", 19750000, "Phong Thủy"), RowChoice{Action: RowUpdate, CadreID: removed}, 0, RowError, "import.cadre_unknown"},
			{"outside the scope, chosen", lt, line("Hồ Thị Xa", 19750000, "Phong Thủy"), RowChoice{Action: RowUpdate, CadreID: far}, 0, RowError, "import.cadre_unknown"},
			{"outside the scope, by number", w.actor("MH", models.DistrictOfficer), func() models.RosterRow {
				r := withNumber("Trần Thị Số", "194000111")
				r.District, r.Commune = "Minh Hóa", "Dân Hóa"
				return r
			}(), RowChoice{}, 0, RowError, "import.identity_elsewhere"},
		} {
			unit := map[bool]string{true: "LT", false: "MH"}[tt.who.Path == lt.Path]
			plan := w.roster(tt.who, unit, tt.name, tt.row).preview(ImportChoices{Rows: map[int]RowChoice{7: tt.choice}})
			got := plan.Rows[0]
			if got.CadreID != tt.want || got.Outcome != tt.outcome || codesOf(got.Findings) != tt.codes {
				t.Errorf("%s: cadre %d (want %d), %s, %q, %+v", tt.name, got.CadreID, tt.want, got.Outcome, codesOf(got.Findings), got.Changes)
			}
			if tt.outcome == RowError && strings.Contains(codesOf(got.Findings), "elsewhere") && len(got.Questions) > 0 {
				t.Errorf("%s: shows a record outside the scope", tt.name)
			}
		}
	})
}

func TestImportOfOnePersonInSeveralRows(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		first, second := line("Lê Thị Mai", 19800512, "Mỹ Thủy"), line("Lê Thị Mai", 19800512, "Mỹ Thủy")
		second.Position = "pho-chu-tich-xa"
		if report := w.roster(w.officer, "QB", "day", first, second).apply(ImportChoices{}); report.Cadres != 1 || report.Holdings != 2 {
			t.Errorf("told to the day: %+v", report)
		}
		first.Name, second.Name, first.Birth, second.Birth = "Lê Thị Na", "Lê Thị Na", 19800000, 19800000
		r := w.roster(w.officer, "QB", "year", first, second)
		if plan := r.preview(ImportChoices{}); codesOf(plan.Rows[1].Findings) != "import.twin" || plan.Errors != 1 {
			t.Errorf("told to the year: %+v", plan.Rows[1])
		}
		if plan := r.preview(ImportChoices{Rows: map[int]RowChoice{8: {Action: RowCreate}}}); plan.New != 2 {
			t.Errorf("two people: %+v", plan)
		}
		for twins, want := range map[RowAction]int{RowCreate: 2, RowSame: 1} {
			if plan := r.preview(ImportChoices{Twins: twins}); plan.New != want || plan.Errors != 0 {
				t.Errorf("all twins %s: %+v", twins, plan)
			}
		}
		if report := r.apply(ImportChoices{Rows: map[int]RowChoice{8: {Action: RowSame}}}); report.Cadres != 1 || report.Holdings != 2 {
			t.Errorf("one person: %+v", report)
		}
		// known with both posts, the two rows are no question any more, whatever file they come in
		if again := w.roster(w.officer, "QB", "year, saved again", first, second).apply(ImportChoices{}); again.Unchanged != 2 {
			t.Errorf("again: %+v", again)
		}
	})
}
