package core

import (
	"context"
	"fmt"
	"testing"

	"datchuan/models"
)

// BenchmarkImport12000 applies a roster of 12.000 people with eight facts each and their standings, in a province of
// 159 communes, then reads the same file again.
func BenchmarkImport12000(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind+"/first", func(b *testing.B) { benchImport(b, kind, false) })
		b.Run(kind+"/again", func(b *testing.B) { benchImport(b, kind, true) })
	}
}

func benchImport(b *testing.B, kind string, again bool) {
	ctx := context.Background()
	c := openTest(b, kind)
	officer, rows := benchRoster(b, c, 12000)
	apply := func(content string) ImportReport {
		im, err := c.ImportUpload(ctx, officer, "12000.xlsx", []byte(content), officer.UnitID)
		if err != nil {
			b.Fatal(err)
		}
		report, err := c.ApplyImport(ctx, officer, im.ID, rows, ImportChoices{})
		if err != nil {
			b.Fatalf("%v: %s", err, codesOf(report.Findings)[:200])
		}
		return report
	}
	if again {
		if report := apply("first"); report.New != len(rows) {
			b.Fatalf("report: %+v", report)
		}
	}
	n := 0
	for b.Loop() {
		n++
		report := apply(fmt.Sprint("file ", n))
		if again && report.Unchanged != len(rows) || !again && report.New != len(rows) {
			b.Fatalf("%d new, %d unchanged", report.New, report.Unchanged)
		}
		if !again {
			b.StopTimer()
			if _, err := c.UndoImport(ctx, officer, report.ImportID); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
	}
	b.ReportMetric(float64(len(rows))*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// benchRoster plants a province and makes rows of people whose names repeat as names do.
func benchRoster(b *testing.B, c *Core, n int) (models.Actor, []models.RosterRow) {
	b.Helper()
	if err := c.SeedReference(context.Background()); err != nil {
		b.Fatal(err)
	}
	officer := models.Actor{AccountID: 7, Login: "officer", Role: models.ProvinceOfficer, Language: models.Vi}
	var communes, districts []string
	err := c.transact(context.Background(), officer, func(tx *Tx) error {
		add := func(parent int64, path string, kind models.UnitKind, name string) (int64, string, error) {
			u := models.Unit{Code: name, Version: 1}
			if err := tx.Create(&u).Error; err != nil {
				return 0, "", err
			}
			path += models.PathStep(u.ID)
			return u.ID, path, tx.Create(&models.UnitSpan{UnitID: u.ID, ParentID: parent, Kind: kind, Name: name, Search: models.Fold(name), Path: path, From: models.Beginning, To: models.Forever}).Error
		}
		top, root, err := add(0, "", models.Province, "Quảng Bình")
		if err != nil {
			return err
		}
		officer.UnitID, officer.Path = top, root
		for d := range 8 {
			id, path, err := add(top, root, models.District, fmt.Sprint("Huyện số ", d))
			if err != nil {
				return err
			}
			for k := range 20 {
				if _, _, err := add(id, path, models.Commune, fmt.Sprint("Thủy Trung ", d*20+k)); err != nil {
					return err
				}
				communes, districts = append(communes, fmt.Sprint("xã Thủy Trung ", d*20+k)), append(districts, fmt.Sprint("Huyện số ", d))
			}
		}
		return tx.audit("unit.plant", "unit", 0, nil)
	})
	if err != nil {
		b.Fatal(err)
	}
	family, middle, given := []string{"Nguyễn", "Trần", "Lê", "Hoàng", "Hồ", "Phạm", "Võ"}, []string{"Thị", "Thị Thu", "Thị Ngọc", "Thanh"}, []string{"Hoa", "Hương", "Lan", "Mai", "Thủy", "Hằng", "Nhung", "Lý", "Phượng", "Tuyết", "Vân"}
	posts := []string{"uy-vien-bch-xa", "chi-hoi-truong", "to-truong", "to-pho"}
	rows := make([]models.RosterRow, n)
	for i := range rows {
		at := i % len(communes)
		rows[i] = models.RosterRow{Sheet: "DS", Row: i + 7, Name: family[i%7] + " " + middle[i/7%4] + " " + given[i/28%11], Sex: models.Female,
			Birth: models.PartialDate(models.NewDate(1955+i%40, 1+i/40%12, 1+i/480%28)), Ethnicity: "01", Religion: "00", Party: models.Yes, PartyDate: 20000000,
			District: districts[at], Commune: communes[at], Position: posts[i%4], HeldSince: models.PartialDate((2000 + i%13) * 10000), Joined: 19990000,
			Identity: fmt.Sprintf("194%06d", i), Phone: fmt.Sprintf("0912%06d", i), Hometown: communes[at], Terms: []string{"2016-2021"}, PlanFor: "chu-tich-xa",
			Levels:   map[models.QualKind]models.LevelRead{models.GeneralEducation: {Level: i%4 + 1}, models.Professional: {Level: i % 5}, models.Political: {Level: i % 3}},
			Training: &models.TrainingRead{Attended: i%3 > 0, Days: 5 + i%10, Giver: models.ByDistrict}, Studying: &models.StudyRead{Kind: models.Political, Level: models.AdvancedPolitical}}
	}
	return officer, rows
}
