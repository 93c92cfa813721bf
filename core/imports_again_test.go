package core

import (
	"testing"

	"datchuan/models"
)

// TestImportOfSheetsOfOneFile: each sheet of a file is an import of the same bytes; reading any of them again changes
// nothing, without the answers given the first time.
func TestImportOfSheetsOfOneFile(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		sheet := func(name, commune string) *roster {
			r := w.roster(w.officer, "QB", "file of two sheets", line("Trần Thị Lan", 19800000, commune), line("Trần Thị Lan", 19800000, commune))
			for i := range r.rows {
				r.rows[i].Sheet = name
			}
			return r
		}
		twins := ImportChoices{AsOf: models.NewDate(2012, 1, 1), Twins: RowCreate}
		for _, s := range [][2]string{{"Một", "Phong Thủy"}, {"Hai", "Mỹ Thủy"}} {
			if report := sheet(s[0], s[1]).apply(twins); report.New != 2 {
				t.Fatalf("%s: %+v", s[0], report)
			}
		}
		for _, s := range [][2]string{{"Một", "Phong Thủy"}, {"Hai", "Mỹ Thủy"}} {
			if report := sheet(s[0], s[1]).apply(ImportChoices{}); report.Unchanged != 2 || report.Cadres != 0 {
				t.Fatalf("%s again: %+v", s[0], report)
			}
		}
	})
}

// TestImportAgainSpeaksOfTheSameDay: nobody has to name the day of the roster a second time.
func TestImportAgainSpeaksOfTheSameDay(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		row := line("Trần Thị Lan", 19800000, "Phong Thủy")
		row.Studying = &models.StudyRead{Kind: models.Political, Level: models.Intermediate, Text: "TC LLCT"}
		then := models.NewDate(2009, 3, 1) // the studies told of ended long before the working date
		w.roster(w.officer, "QB", "of 2009", row).apply(ImportChoices{AsOf: then})
		again := w.roster(w.officer, "QB", "of 2009", row).apply(ImportChoices{})
		if again.AsOf != then || again.Unchanged != 1 {
			t.Fatalf("again: %+v", again)
		}
		if other := w.roster(w.officer, "QB", "another file", row).apply(ImportChoices{}); other.AsOf == then {
			t.Fatal("the day belongs to the file")
		}
	})
}

func TestImportKeepsTheNewFormOfANumber(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		with := func(content, phone string) models.Cadre {
			row := line("Trần Thị Lan", 19800512, "Phong Thủy")
			row.Phone = phone
			w.roster(w.officer, "QB", content, row).apply(ImportChoices{})
			return w.cadre("Trần Thị Lan")
		}
		for i, step := range [][2]string{{"01682345678", "01682345678"}, {"0382345678", "0382345678"}, {"01682345678", "0382345678"}, {"0912345678", "0912345678"}} {
			if got := with(string(rune('a'+i)), step[0]); got.Phone != step[1] {
				t.Errorf("after %s: %s, want %s", step[0], got.Phone, step[1])
			}
		}
	})
}

// TestImportFindingsHaveACell: a commune that a heading row told has no cell in the row of the person.
func TestImportFindingsHaveACell(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		r := w.roster(w.officer, "QB", "headings", line("Trần Thị Lan", 19800512, "Không Có"))
		delete(r.rows[0].Cells, models.FieldUnit)
		found := r.preview(ImportChoices{}).Rows[0].Findings
		if len(found) != 1 || found[0].Code != "import.commune_unknown" || found[0].Cell != "B07" || found[0].Row != 7 {
			t.Fatalf("findings: %+v", found)
		}
	})
}
