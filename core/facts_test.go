package core

import (
	"bytes"
	"context"
	"testing"

	"datchuan/models"
)

// Two time axes: a paper entered late counts for the past, and what was believed before it came in can still be read.
func TestFactsOnTwoAxes(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		id := w.person("Trần Thị Lan", "chu-tich-xa", "MT")
		before := c.Now()
		q, err := c.SaveQualification(ctx, w.officer, models.Qualification{CadreID: id, Kind: models.Professional, Level: models.Elementary, Earned: 20000601})
		if err != nil {
			t.Fatal(err)
		}
		between := c.Now()
		q.Level = models.University
		newer, err := c.SaveQualification(ctx, w.officer, q)
		if err != nil || newer.FactID != q.FactID || newer.ID == q.ID {
			t.Fatalf("%+v %v", newer, err)
		}
		_, err = c.SaveQualification(ctx, w.officer, q) // the row that is superseded now
		if models.KindOf(err) != models.Stale {
			t.Fatalf("stale: %v", err)
		}
		after := c.Now()
		if err := c.RemoveFact(ctx, w.officer, FactQualification, id, q.FactID); err != nil {
			t.Fatal(err)
		}
		for known, want := range map[models.Instant][]int{before: nil, between: {models.Elementary}, after: {models.University}, models.Never: nil} {
			card, err := c.CadreAsKnown(ctx, w.officer, id, 20130301, known)
			if err != nil || len(card.Qualifications) != len(want) {
				t.Fatalf("known %d: %+v %v", known, card.Qualifications, err)
			}
			status := models.Unknown
			if len(want) > 0 {
				status = map[int]models.Status{models.Elementary: models.Missing, models.University: models.Met}[want[0]]
				if card.Qualifications[0].Level != want[0] {
					t.Errorf("known %d: level %d, want %d", known, card.Qualifications[0].Level, want[0])
				}
			}
			for _, s := range card.Standings {
				if s.Standard.Code == "ke-hoach-2013" && s.Evaluation.Overall != status {
					t.Errorf("known %d: %s, want %s", known, s.Evaluation.Overall, status)
				}
			}
			if len(card.Standings) == 0 {
				t.Error("no standings on the card")
			}
		}
		var rows int64
		if c.read.Model(&models.Qualification{}).Where("fact_id = ?", q.FactID).Count(&rows); rows != 2 {
			t.Errorf("%d rows are left of the fact, want 2", rows)
		}
		if err := c.RemoveFact(ctx, w.officer, FactQualification, id, q.FactID); models.KindOf(err) != models.NotFound {
			t.Errorf("removed twice: %v", err)
		}
	})
}

func TestHoldingChecks(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		w.person("Trần Thị Lan", "chu-tich-xa", "MT")
		id := w.person("Lê Thị Mai", "uy-vien-bch-xa", "MT")
		for code, h := range map[string]models.Holding{
			"fact.position_unknown": {Position: "vua", UnitID: w.unit["MT"], From: 20130101},
			"fact.unit_kind":        {Position: "chu-tich-xa", UnitID: w.unit["LT"], From: 20130101},
			"fact.unit_not_then":    {Position: "chu-tich-xa", UnitID: w.unit["PT"], From: 19800101},
			"fact.unit_unknown":     {Position: "chu-tich-xa", UnitID: 9999, From: 20130101},
			"fact.dates_order":      {Position: "chu-tich-xa", UnitID: w.unit["PT"], From: 20130101, To: 20120101},
			"fact.date_bad":         {Position: "chu-tich-xa", UnitID: w.unit["PT"], From: 20130231},
			"fact.term_bad":         {Position: "chu-tich-xa", UnitID: w.unit["PT"], From: 20130101, Term: "nhiệm kỳ 3"},
			"holding.seat_taken":    {Position: "chu-tich-xa", UnitID: w.unit["MT"], From: 20130101},
			"holding.twice":         {Position: "uy-vien-bch-xa", UnitID: w.unit["MT"], From: 20130101},
		} {
			h.CadreID = id
			_, err := c.SaveHolding(ctx, w.officer, h)
			failsWith(t, err, code)
		}
		shared := models.Holding{CadreID: id, Position: "chu-tich-xa", UnitID: w.unit["MT"], From: 20130101}
		if _, err := c.SaveHolding(ctx, w.officer, shared, SeatShared); err != nil {
			t.Fatal(err)
		}
		card, err := c.Cadre(ctx, w.officer, id, 0)
		if err != nil || len(card.Holdings) != 2 {
			t.Fatalf("two posts: %+v %v", card.Holdings, err)
		}
		d, err := c.Unit(ctx, w.officer, w.unit["MT"], 0)
		if err != nil || len(d.Holders) != 3 || d.Holders[0].Position != "chu-tich-xa" || d.Holders[0].To != models.Forever {
			t.Errorf("holders %+v %v", d.Holders, err)
		}
		if d, err := c.Unit(ctx, w.actor("QB", models.Administrator), w.unit["MT"], 0); err != nil || len(d.Holders) != 0 {
			t.Errorf("the administrator reads people: %+v %v", d.Holders, err)
		}
		s, err := c.SaveSuccession(ctx, w.officer, models.Succession{CadreID: id, Position: "chu-tich-xa", UnitID: w.unit["MT"], Term: "2016-2021"})
		if err != nil || s.From != 20160101 || s.To != 20220101 {
			t.Fatalf("%+v %v", s, err)
		}
		s.ID, s.FactID = 0, 0
		_, err = c.SaveSuccession(ctx, w.officer, s)
		failsWith(t, err, "succession.twice")
	})
}

func TestQualificationReview(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		id := w.person("Trần Thị Lan", "chu-tich-xa", "MT")
		for code, q := range map[string]models.Qualification{
			"qualification.kind_bad":       {Kind: "magic"},
			"qualification.level_bad":      {Kind: models.Political, Level: 5},
			"qualification.days_bad":       {Kind: models.HoiTraining, Level: 1, Days: -1},
			"qualification.hours_bad":      {Kind: models.HoiTraining, Level: 1, Hours: -1},
			"qualification.giver_bad":      {Kind: models.HoiTraining, Level: 1, Giver: "x"},
			"qualification.earned_future":  {Kind: models.Political, Level: 1, Earned: 20140101},
			"qualification.none_with_days": {Kind: models.HoiTraining, Level: 0, Days: 3},
			"file.unknown":                 {Kind: models.Political, Level: 1, FileID: 77},
		} {
			q.CadreID = id
			_, err := c.SaveQualification(ctx, w.officer, q)
			failsWith(t, err, code)
		}
		q, err := c.SaveQualification(ctx, w.officer, models.Qualification{CadreID: id, Kind: models.Professional, Level: 2, Review: models.Verified})
		if err != nil || q.Review != models.Declared {
			t.Fatalf("typed papers are declared: %+v %v", q, err)
		}
		failsWith(t, c.ReviewQualification(ctx, w.officer, q.FactID, models.Rejected, " "), "qualification.note_required")
		if err := c.ReviewQualification(ctx, w.actor("MH", models.DistrictOfficer), q.FactID, models.Verified, ""); models.KindOf(err) != models.NotFound {
			t.Fatalf("another district: %v", err)
		}
		reviewer := w.actor("LT", models.DistrictOfficer)
		reviewer.AccountID = accessAdd(t, c, "le-thuy", models.DistrictOfficer, w.unit["LT"]).ID
		if err := c.ReviewQualification(ctx, reviewer, q.FactID, models.Verified, ""); err != nil {
			t.Fatal(err)
		}
		card, _ := c.Cadre(ctx, w.officer, id, 0)
		if got := card.Qualifications[0]; got.Review != models.Verified || card.Reviewers[got.ReviewBy] != "Chị le-thuy" || got.ReviewAt == 0 || card.Standings[0].Evaluation.Overall != models.Met {
			t.Errorf("%+v %+v", got, card.Standings[0].Evaluation)
		}
		failsWith(t, c.ReviewQualification(ctx, w.officer, q.FactID, models.Verified, ""), "qualification.review_step")
		if err := c.ReviewQualification(ctx, w.officer, q.FactID, models.Rejected, "bằng không có dấu"); err != nil {
			t.Fatal(err)
		}
		if card, _ = c.Cadre(ctx, w.officer, id, 0); card.Standings[0].Evaluation.Overall != models.Unknown {
			t.Errorf("a rejected paper counts: %+v", card.Standings[0].Evaluation)
		}
	})
}

func TestFiles(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		id := w.person("Trần Thị Lan", "chu-tich-xa", "MT")
		pdf := append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte("x"), 100)...)
		f, err := c.AttachFile(ctx, w.officer, id, `..\..\bằng "TC".exe`, pdf)
		if err != nil || f.Name != "bằng TC.pdf" || f.Type != "application/pdf" {
			t.Fatalf("%+v %v", f, err)
		}
		_, err = c.AttachFile(ctx, w.officer, id, "a.pdf", []byte("<html>"))
		failsWith(t, err, "file.type_bad")
		_, err = c.AttachFile(ctx, w.officer, id, "a.pdf", append(pdf, make([]byte, MaxFileSize)...))
		failsWith(t, err, "file.too_large")
		got, err := c.FileBytes(ctx, w.actor("LT", models.DistrictOfficer), f.ID)
		if err != nil || !bytes.Equal(got.Bytes, pdf) {
			t.Fatalf("%v", err)
		}
		_, foreign := c.FileBytes(ctx, w.actor("MH", models.DistrictOfficer), f.ID)
		_, absent := c.FileBytes(ctx, w.officer, 999)
		if foreign == nil || absent == nil || foreign.Error() != absent.Error() {
			t.Errorf("foreign %v, absent %v", foreign, absent)
		}
		q, err := c.SaveQualification(ctx, w.officer, models.Qualification{CadreID: id, Kind: models.Professional, Level: 2, FileID: f.ID})
		if err != nil || q.FileID != f.ID {
			t.Errorf("%+v %v", q, err)
		}
	})
}

func TestAwardsAndRatings(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w, ctx := newWorld(t, c), context.Background()
		id := w.person("Trần Thị Lan", "chu-tich-xa", "MT")
		if _, err := c.SaveAward(ctx, w.officer, models.Award{CadreID: id, Title: "Cán bộ Hội cơ sở giỏi", Year: 2012}); err != nil {
			t.Fatal(err)
		}
		_, err := c.SaveAward(ctx, w.officer, models.Award{CadreID: id, Year: 2030})
		failsWith(t, err, "award.title_required")
		failsWith(t, err, "fact.year_bad")
		if _, err := c.SaveRating(ctx, w.officer, models.Rating{CadreID: id, Year: 2012, Grade: "kha"}); err != nil {
			t.Fatal(err)
		}
		_, err = c.SaveRating(ctx, w.officer, models.Rating{CadreID: id, Year: 2012, Grade: "yeu"})
		failsWith(t, err, "rating.year_taken")
		_, err = c.SaveStudy(ctx, w.officer, models.Study{CadreID: id, Kind: models.Professional})
		failsWith(t, err, "study.level_required")
		if _, err = c.SaveStudy(ctx, w.officer, models.Study{CadreID: id, Kind: models.Professional, Level: 2, From: 20120901, To: 20140901, School: "Học viện Phụ nữ"}); err != nil {
			t.Fatal(err)
		}
		card, err := c.Cadre(ctx, w.officer, id, 0)
		if err != nil || len(card.Timeline) != 4 || card.Timeline[0].Kind != FactRating || card.Standings[0].Evaluation.Overall != models.Studying {
			t.Fatalf("%+v %v", card.Timeline, err)
		}
		for _, e := range card.Timeline {
			if bytes.ContainsAny([]byte(e.Text), "{}") || bytes.Contains([]byte(e.Text), []byte("timeline.")) {
				t.Errorf("text %q", e.Text)
			}
		}
	})
}
