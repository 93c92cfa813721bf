package core

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"datchuan/models"
)

// reform ends Phong Thủy on 1 January 2020: it becomes part of a new commune of the other district.
func (w *world) reform() {
	day := models.NewDate(2020, 1, 1)
	w.addUnit("MH", "NEW", models.Commune, "xã", "Phong Hóa", 9)
	w.do(func(tx *Tx) error {
		if err := tx.Model(&models.UnitSpan{}).Where("unit_id = ?", w.unit["PT"]).Update("valid_to", day).Error; err != nil {
			return err
		}
		if err := tx.Model(&models.UnitSpan{}).Where("unit_id = ?", w.unit["NEW"]).Update("valid_from", day).Error; err != nil {
			return err
		}
		if err := tx.Create(&models.UnitLink{FromID: w.unit["PT"], ToID: w.unit["NEW"], Date: day, Main: true}).Error; err != nil {
			return err
		}
		return tx.audit("unit.merge", "unit", w.unit["PT"], nil)
	})
}

func TestImportReadsUnitsOnTheMapOfTheRoster(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.reform()
		clock := c.now
		c.now = func() time.Time { return clock().AddDate(8, 0, 0) } // 2021
		then := ImportChoices{AsOf: models.NewDate(2013, 3, 1)}
		r := w.roster(w.officer, "QB", "old map", line("Lê Thị Mai", 19800000, "Phong Thủy"))
		if plan := r.preview(ImportChoices{}); codesOf(plan.Rows[0].Findings) != "import.commune_unknown" {
			t.Errorf("on today's map: %s", codesOf(plan.Rows[0].Findings))
		}
		r.apply(then)
		k := w.cadre("Lê Thị Mai")
		if held := current[models.Holding](w, k.ID); held[0].UnitID != w.unit["PT"] || k.UnitID != w.unit["NEW"] || k.Path != w.path["NEW"] {
			t.Errorf("post at %d, record at %d", held[0].UnitID, k.UnitID)
		}
		// the commune is now another district's: its old district may not write there any more
		lt := w.actor("LT", models.DistrictOfficer)
		if plan := w.roster(lt, "LT", "not hers", line("Lê Thị Na", 19800000, "Phong Thủy")).preview(then); plan.Errors != 1 || codesOf(plan.Rows[0].Findings) != "import.commune_unknown" {
			t.Errorf("a district wrote into another: %+v", plan.Rows[0])
		}
	})
}

func TestImportFindsSpecialBranches(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.addUnit("LT", "LT.cho", models.Special, "chi hội", "Tiểu thương chợ Tréo", 1)
		row := line("Lê Thị Chợ", 19800000, "")
		row.Position, row.Branch = "truong-chi-hoi-loai-hinh", "Chi hội tiểu thương chợ Tréo"
		r := w.roster(w.officer, "QB", "special", row)
		if plan := r.preview(ImportChoices{}); plan.Rows[0].UnitID != w.unit["LT.cho"] || plan.Errors != 0 {
			t.Fatalf("%+v", plan.Rows[0])
		}
		r.apply(ImportChoices{})
		if k := w.cadre("Lê Thị Chợ"); k.UnitID != w.unit["LT"] {
			t.Errorf("her record is kept by %d", k.UnitID)
		}
	})
}

func TestImportRefusesChoicesThatMakeNoSense(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		r := w.roster(w.officer, "QB", "choices", richRow())
		for code, choices := range map[string]ImportChoices{
			"import.as_of_bad":     {AsOf: models.NewDate(2099, 1, 1)},
			"import.study_end_bad": {StudyEnd: models.NewDate(2012, 1, 1)},
		} {
			_, err := c.PreviewImport(context.Background(), w.officer, r.id, r.rows, choices)
			mustFail(t, err, code)
		}
		for size, code := range map[int]string{0: "import.file_empty", maxImportBytes + 1: "import.file_too_big"} {
			_, err := c.ImportUpload(context.Background(), w.officer, "x.xlsx", make([]byte, size), w.unit["QB"])
			mustFail(t, err, code)
		}
	})
}

// TestImportCodesHaveWords reads the codes from the source, so that a new one without a sentence fails.
func TestImportCodesHaveWords(t *testing.T) {
	files, err := filepath.Glob("imports*.go")
	if err != nil || len(files) < 10 {
		t.Fatalf("%v, %v", files, err)
	}
	said := regexp.MustCompile(`(?:Code[:=,]? (?:= )?|code := |code = |Fail\(models\.\w+, |Word\([^"]*, |Problem = nil, )"(import\.[a-z_]+)"`)
	codes := map[string]bool{"import.district_unknown": true, "import.commune_unknown": true, "import.sex_f": true, "import.sex_m": true}
	for _, g := range models.Givers {
		codes["import.giver_"+string(g)] = true
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllStringSubmatch(string(text), -1) {
			if !strings.HasSuffix(m[1], "_") {
				codes[m[1]] = true
			}
		}
	}
	if len(codes) < 40 {
		t.Fatalf("only %d codes found: the pattern is out of date", len(codes))
	}
	holes := regexp.MustCompile(`\{[a-z_]+\}`)
	vi, en := models.Words(models.Vi), models.Words(models.En)
	for code := range codes {
		a, b := holes.FindAllString(vi[code], -1), holes.FindAllString(en[code], -1)
		slices.Sort(a)
		slices.Sort(b)
		if vi[code] == "" || en[code] == "" || !slices.Equal(a, b) {
			t.Errorf("%s: %q, %q", code, vi[code], en[code])
		}
	}
	for key := range vi {
		if strings.HasPrefix(key, "import.") && !codes[key] {
			t.Errorf("%s is said nowhere", key)
		}
	}
}
