package core

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"datchuan/models"
)

var march = d(2013, 3, 1)

// chairs fills the world with five chairs: met, studying, missing twice, unknown.
func (w *world) chairs() map[string]int64 {
	return map[string]int64{
		"met":      w.person("Nguyễn Thị Ánh", "chu-tich-xa", "MT", level(models.Professional, models.College), level(models.Political, models.Intermediate)),
		"studying": w.person("Trần Thị Bình", "chu-tich-xa", "PT", level(models.Professional, 0), studying(models.Professional, 2, d(2012, 9, 1), d(2014, 9, 1))),
		"missing":  w.person("Lê Thị Cúc", "chu-tich-xa", "DH", level(models.Professional, models.Elementary)),
		"missing2": w.person("Phạm Thị Đào", "chu-tich-xa", "PT", level(models.Professional, 0)),
		"unknown":  w.person("Hồ Thị An", "chu-tich-xa", "DH"),
	}
}

func (w *world) gaps(f models.GapFilter) GapPage {
	w.t.Helper()
	page, err := w.c.Gaps(context.Background(), w.officer, f, "", 0)
	if err != nil {
		w.t.Fatal(err)
	}
	return page
}

func names(page GapPage) string {
	var out []string
	for _, r := range page.Rows {
		_, _, given := models.SplitName(r.Name)
		out = append(out, given)
	}
	return strings.Join(out, " ")
}

func chairFilter() models.GapFilter {
	return models.GapFilter{Standard: "ke-hoach-2013", AsOf: march}
}

func TestGapsByStatus(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.chairs()
		for name, test := range map[string]struct {
			change func(*models.GapFilter)
			want   string
		}{
			"the rule counts those studying": {func(*models.GapFilter) {}, "An Cúc Đào"},
			"degree in hand":                 {func(f *models.GapFilter) { f.CountStudy = models.No }, "An Bình Cúc Đào"},
			"another rule set":               {func(f *models.GapFilter) { f.Standard = "ke-hoach-2013-bang" }, "An Bình Cúc Đào"},
			"that rule, studying counted":    {func(f *models.GapFilter) { f.Standard, f.CountStudy = "ke-hoach-2013-bang", models.Yes }, "An Cúc Đào"},
			"everyone":                       {func(f *models.GapFilter) { f.Everyone = true }, "An Ánh Bình Cúc Đào"},
			"one status":                     {func(f *models.GapFilter) { f.Statuses = []models.Status{models.Unknown} }, "An"},
			"a requirement":                  {func(f *models.GapFilter) { f.Standard, f.Requirement = "ke-hoach-2013-ca-hai", "political" }, "An Bình Cúc Đào"},
			"the preferred rule set":         {func(f *models.GapFilter) { f.Standard, f.Position = "", "chu-tich-xa" }, "An Cúc Đào"},
			"all positions":                  {func(f *models.GapFilter) { f.Standard = "" }, "An Cúc Đào"},
			"search without accents":         {func(f *models.GapFilter) { f.Search, f.Everyone = "tran BINH", true }, "Bình"},
			"search by beginnings of words":  {func(f *models.GapFilter) { f.Search, f.Everyone = "an", true }, "An Ánh"},
			"a percent sign is no wildcard":  {func(f *models.GapFilter) { f.Search = "%" }, ""},
			"one district":                   {func(f *models.GapFilter) { f.UnitID = w.unit["MH"] }, "An Cúc"},
			"one commune":                    {func(f *models.GapFilter) { f.UnitID = w.unit["PT"] }, "Đào"},
			"studying now":                   {func(f *models.GapFilter) { f.Everyone, f.Studying = true, models.Yes }, "Bình"},
			"not studying":                   {func(f *models.GapFilter) { f.Studying = models.No }, "An Cúc Đào"},
			"too young":                      {func(f *models.GapFilter) { f.AgeFrom = 39 }, ""},
			"age by the year":                {func(f *models.GapFilter) { f.AgeFrom, f.AgeTo = 38, 38 }, "An Cúc Đào"},
			"before anybody held the post":   {func(f *models.GapFilter) { f.AsOf, f.Everyone = d(2011, 4, 30), true }, ""},
			"after the study ended":          {func(f *models.GapFilter) { f.AsOf = d(2014, 9, 1) }, "An Bình Cúc Đào"},
		} {
			f := chairFilter()
			test.change(&f)
			page := w.gaps(f)
			if got := names(page); got != test.want {
				t.Errorf("%s: got %q, want %q", name, got, test.want)
			}
			if page.Total != len(page.Rows) {
				t.Errorf("%s: total %d, %d rows", name, page.Total, len(page.Rows))
			}
		}
	})
}

func TestGapsByAreaAndSuccession(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.chairs()
		w.person("Võ Thị Giang", "chu-tich-xa", "MT", &models.Succession{Position: "chu-tich-xa", UnitID: w.unit["MT"], Term: "2011-2016", From: d(2012, 1, 1), To: models.Forever})
		w.do(func(tx *Tx) error {
			if err := tx.Create(&models.UnitFlag{UnitID: w.unit["MH"], Flag: models.Mountainous, From: models.Beginning, To: models.Forever}).Error; err != nil {
				return err
			}
			return tx.audit("unit.flag", "unit", w.unit["MH"], nil)
		})
		f := chairFilter()
		f.Area = models.Mountainous
		if got := names(w.gaps(f)); got != "An Cúc" {
			t.Errorf("mountainous: %q", got)
		}
		f = chairFilter()
		f.Succession = "2011-2016"
		page := w.gaps(f)
		if names(page) != "Giang" {
			t.Errorf("succession: %q", names(page))
		}
		f.Succession = "2016-2021"
		if got := names(w.gaps(f)); got != "" {
			t.Errorf("another term: %q", got)
		}
	})
}

// Pages by cursor give each row once, in the order of the whole list, by name and nearest first.
func TestGapPagesJoinToTheWhole(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		for i := range 23 {
			w.person(fmt.Sprintf("Nguyễn Thị %c", 'A'+i%7), "chu-tich-xa", []string{"MT", "PT", "DH"}[i%3], level(models.Professional, i%3))
		}
		w.person("Lê Thị Hoa", "to-truong", "DH")
		for _, nearest := range []bool{false, true} {
			f := models.GapFilter{AsOf: march, Everyone: true, Nearest: nearest}
			whole := w.gaps(f)
			var got []int64
			for after := ""; ; {
				page, err := c.Gaps(context.Background(), w.officer, f, after, 5)
				if err != nil {
					t.Fatal(err)
				}
				if page.Total != 24 || len(page.Rows) > 5 {
					t.Fatalf("total %d, %d rows", page.Total, len(page.Rows))
				}
				for _, r := range page.Rows {
					got = append(got, r.HoldingID)
				}
				if after = page.Next; after == "" {
					break
				}
			}
			var want []int64
			for _, r := range whole.Rows {
				want = append(want, r.HoldingID)
			}
			if !slices.Equal(got, want) || len(got) != 24 {
				t.Errorf("nearest %v: pages %v, whole %v", nearest, got, want)
			}
		}
		if _, err := c.Gaps(context.Background(), w.officer, chairFilter(), "nonsense", 5); models.KindOf(err) != models.Invalid {
			t.Errorf("a broken cursor: %v", err)
		}
	})
}

// The scope cuts every answer; what lies outside reads as not found.
func TestGapScope(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.chairs()
		ctx := context.Background()
		lt := w.actor("LT", models.DistrictOfficer)
		page, err := c.Gaps(ctx, lt, chairFilter(), "", 0)
		if err != nil || names(page) != "Đào" || page.Counts.Total != 3 {
			t.Errorf("district officer: %q %+v %v", names(page), page.Counts, err)
		}
		for _, outside := range []string{"MH", "QB", "DH"} {
			f := chairFilter()
			f.UnitID = w.unit[outside]
			_, err := c.Gaps(ctx, lt, f, "", 0)
			_, err2 := c.GapTotals(ctx, lt, f, models.Commune)
			_, err3 := c.Targets(ctx, lt, f.UnitID, march)
			f.UnitID = 999999
			_, none := c.Gaps(ctx, lt, f, "", 0)
			for _, e := range []error{err, err2, err3} {
				if models.KindOf(e) != models.NotFound || e.Error() != none.Error() {
					t.Errorf("%s: %v, an unknown unit: %v", outside, e, none)
				}
			}
		}
		for _, stranger := range []models.Actor{{}, {AccountID: 5, Role: models.SchoolOfficer, School: "tct"}, {AccountID: 5, Role: models.Administrator, UnitID: w.unit["QB"], Path: w.path["QB"]}} {
			if _, err := c.Gaps(ctx, stranger, chairFilter(), "", 0); models.KindOf(err) != models.Forbidden && models.KindOf(err) != models.Unauthorized {
				t.Errorf("%s reads the list: %v", stranger.Role, err)
			}
		}
		scopeless := models.Actor{AccountID: 5, Role: models.DistrictOfficer}
		if page, err := c.Gaps(ctx, scopeless, chairFilter(), "", 0); err != nil || page.Counts.Total != 0 || len(page.Rows) != 0 {
			t.Errorf("no scope sees %d: %v", page.Counts.Total, err)
		}
	})
}

func TestGapTotals(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.chairs()
		got, err := c.GapTotals(context.Background(), w.officer, chairFilter(), models.District)
		want := []models.UnitTotal{{UnitID: w.unit["LT"], Unit: "huyện Lệ Thủy", Total: 3, Met: 1, Studying: 1, Missing: 1}, {UnitID: w.unit["MH"], Unit: "huyện Minh Hóa", Total: 2, Missing: 1, Unknown: 1}}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("by district: %+v %v", got, err)
		}
		communes, err := c.GapTotals(context.Background(), w.officer, chairFilter(), models.Commune)
		if err != nil || len(communes) != 3 || communes[1].Unit != "xã Phong Thủy" || communes[1].Total != 2 {
			t.Errorf("by commune: %+v %v", communes, err)
		}
	})
}

// Standings and the evaluation of facts give the same rows, whatever the filter.
func TestBothPathsGiveTheSameRows(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.chairs()
		w.person("Lê Thị Hoa", "uy-vien-bch-xa", "DH", level(models.GeneralEducation, models.Primary), training(12, models.ByProvince, d(2012, 1, 5)))
		w.person("Lý Thị Hoa", "to-pho", "MT", &models.Succession{Position: "to-truong", UnitID: w.unit["MT"], Term: "2011-2016", From: d(2012, 1, 1), To: models.Forever})
		both := func(f models.GapFilter) {
			t.Helper()
			fast, err := c.ask(context.Background(), w.officer, f)
			if err != nil {
				t.Fatal(err)
			}
			slow, _ := c.ask(context.Background(), w.officer, f)
			slow.known, slow.slow = c.Now(), true
			for _, limit := range []int{0, 2} {
				lines, counts, err := fast.page(nil, limit)
				lines2, counts2, err2 := slow.page(nil, limit)
				if err != nil || err2 != nil {
					t.Fatal(err, err2)
				}
				rows, _ := fast.rows(lines)
				rows2, _ := slow.rows(lines2)
				if !reflect.DeepEqual(rows, rows2) || !reflect.DeepEqual(counts, counts2) {
					t.Errorf("%+v:\nstandings %+v %v\nfacts     %+v %v", f, rows, counts, rows2, counts2)
				}
			}
		}
		for _, f := range []models.GapFilter{chairFilter(), {AsOf: march}, {AsOf: march, Everyone: true, Nearest: true}, {AsOf: march, Search: "hoa ly"},
			{AsOf: march, AgeFrom: 30, AgeTo: 38}, {AsOf: march, Studying: models.Yes, Everyone: true}, {AsOf: march, Succession: "any"},
			{AsOf: march, Requirement: "training"}, {AsOf: march, UnitID: w.unit["DH"], CountStudy: models.No}, {AsOf: d(2030, 1, 1), Everyone: true}} {
			both(f)
		}
	})
}

// nextDay moves the clock of the test by a day.
func (w *world) nextDay() {
	before := w.c.now
	w.c.now = func() time.Time { return before().AddDate(0, 0, 1) }
}

// Last month's report comes out as it was, though the facts have been mended since.
func TestGapsAsKnownOn(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		ids := w.chairs()
		before := w.gaps(chairFilter())
		w.nextDay() // somebody finds a diploma, a second record was a mistake
		w.do(func(tx *Tx) error {
			if err := w.addFact(tx, ids["missing"], levelFrom(models.Professional, models.Intermediate, d(2010, 1, 1))); err != nil {
				return err
			}
			if err := tx.Model(&models.Holding{}).Where("cadre_id = ?", ids["missing2"]).Update("superseded_at", tx.at).Error; err != nil {
				return err
			}
			if err := tx.Model(&models.Cadre{}).Where("id = ?", ids["missing2"]).Updates(map[string]any{"state": models.Removed, "updated_at": tx.at}).Error; err != nil {
				return err
			}
			return tx.restand(ids["missing"], ids["missing2"])
		})
		if got := names(w.gaps(chairFilter())); got != "An" {
			t.Fatalf("as known now: %q", got)
		}
		f := chairFilter()
		f.KnownOn = march
		old := w.gaps(f)
		if !reflect.DeepEqual(old.Rows, before.Rows) || old.Counts != before.Counts {
			t.Errorf("as known then: %q %+v, it was %q %+v", names(old), old.Counts, names(before), before.Counts)
		}
	})
}

// On the map of a later date people of a commune that was merged into another district count there.
func TestGapsOnAnotherMap(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.chairs()
		merged := w.addUnit("MH", "NEW", models.Commune, "xã", "Dân Phong", 9)
		day := d(2020, 1, 1)
		w.do(func(tx *Tx) error {
			for _, old := range []string{"PT", "DH"} {
				if err := tx.Model(&models.UnitSpan{}).Where("unit_id = ?", w.unit[old]).Update("valid_to", day).Error; err != nil {
					return err
				}
				if err := tx.Create(&models.UnitLink{FromID: w.unit[old], ToID: merged, Date: day, Main: true}).Error; err != nil {
					return err
				}
			}
			if err := tx.Model(&models.UnitSpan{}).Where("unit_id = ?", merged).Update("valid_from", day).Error; err != nil {
				return err
			}
			return tx.audit("unit.merge", "unit", merged, nil)
		})
		f := chairFilter()
		f.Map = day
		totals, err := c.GapTotals(context.Background(), w.officer, f, models.District)
		if err != nil || len(totals) != 2 || totals[0].Total != 1 || totals[1].Total != 4 {
			t.Errorf("by district of 2020: %+v %v", totals, err)
		}
		f.UnitID = merged
		page := w.gaps(f)
		if names(page) != "An Cúc Đào" || page.Rows[2].Unit != "xã Phong Thủy" || page.Rows[2].Commune != "xã Dân Phong" || page.Rows[2].District != "huyện Minh Hóa" {
			t.Errorf("the merged commune: %q %+v", names(page), page.Rows)
		}
		f.UnitID = w.unit["PT"]
		if _, err := c.Gaps(context.Background(), w.officer, f, "", 0); models.KindOf(err) != models.NotFound {
			t.Errorf("a unit that is not on the map: %v", err)
		}
		// her officer of today sees the people of the communes that became hers, and no others
		w.c.now = func() time.Time { return time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC) }
		own, err := c.Gaps(context.Background(), w.actor("NEW", models.CommuneOfficer), chairFilter(), "", 0)
		if err != nil || names(own) != "An Cúc Đào" {
			t.Errorf("officer of the merged commune: %q %v", names(own), err)
		}
		// backwards: a post at the merged commune lies, on the old map, where both old communes have in common
		w.person("Bùi Thị Xuân", "uy-vien-bch-xa", "NEW")
		back := models.GapFilter{Position: "uy-vien-bch-xa", AsOf: d(2021, 6, 1), Map: march}
		if got := names(w.gaps(back)); got != "Xuân" {
			t.Errorf("on the old map: %q", got)
		}
		back.UnitID = w.unit["LT"]
		if got := names(w.gaps(back)); got != "" {
			t.Errorf("a district that shares her commune claims her: %q", got)
		}
	})
}

// The smallest set that reaches the target, nearest first: those with fewest requirements missing.
func TestNearestSetReachesTheTarget(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		for i := range 7 {
			w.person(fmt.Sprintf("Nguyễn Thị %c", 'A'+i), "chu-tich-xa", "MT", level(models.Professional, models.University))
		}
		w.person("Trần Thị Yến", "chu-tich-xa", "PT")
		w.person("Trần Thị Bình", "chu-tich-xa", "PT", level(models.Professional, 0))
		w.person("Trần Thị Vân", "chu-tich-xa", "PT", level(models.Professional, 0))
		f := chairFilter()
		f.Nearest = true
		page := w.gaps(f)
		var set []string
		for _, r := range page.Rows {
			if r.InSet {
				set = append(set, r.Name)
			}
		}
		// 90% of 10 is 9, 7 are up to standard: two more, and who is unknown stands before who surely lacks a degree
		if len(set) != 2 || len(page.Rows) != 3 {
			t.Errorf("set %q of %q", set, names(page))
		}
		f.Nearest, f.Search = false, set[0]
		if one := w.gaps(f); len(one.Rows) != 1 || !one.Rows[0].InSet {
			t.Errorf("a search changes who is in the set: %+v", one.Rows)
		}
	})
}

func TestGapRowsExplain(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.person("Trần Thị Bình", "pho-chu-tich-xa", "PT", level(models.GeneralEducation, models.UpperSecond), level(models.Professional, 0),
			studying(models.Professional, models.Intermediate, d(2012, 9, 1), d(2014, 9, 1)), training(5, models.ByDistrict, d(2012, 3, 1)))
		row := w.gaps(models.GapFilter{Standard: "pho-chu-tich-2013", AsOf: march}).Rows[0]
		if row.General != "THPT" || row.Profession != "chưa qua đào tạo" || row.Political != "" || row.Days != 5 || row.Study != "Trung cấp công tác xã hội, dự kiến xong 01/09/2014" {
			t.Errorf("levels: %+v", row)
		}
		if !slices.Equal(row.Lacks, []string{"Bồi dưỡng nghiệp vụ công tác Hội từ 10 ngày"}) || !slices.Equal(row.Unknown, []string{"Lý luận chính trị từ sơ cấp trở lên"}) {
			t.Errorf("lacks %q, unknown %q", row.Lacks, row.Unknown)
		}
		if row.Unit != "xã Phong Thủy" || row.District != "huyện Lệ Thủy" || row.Post != "Phó Chủ tịch" || row.Since != d(2011, 5, 1) || row.Overall != models.Missing {
			t.Errorf("post: %+v", row)
		}
	})
}

func TestGapTableAndPaper(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.chairs()
		page := w.gaps(chairFilter())
		table := GapTable(page, models.Vi)
		if len(table.Rows) != 3 || table.Columns[1].Title != "Họ và tên" || table.Rows[2][0] != 3 || table.Rows[2][1] != "Phạm Thị Đào" || table.Rows[2][2] != models.PartialDate(19750000) {
			t.Errorf("table: %+v", table)
		}
		for _, row := range table.Rows {
			for i := range table.Columns {
				models.CellText(row[i]) // panics on a kind of cell that no face can show
			}
		}
		paper, err := c.GapPaper(context.Background(), w.officer, page)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(paper.Subtitles, "\n")
		for _, want := range []string{"Chủ tịch - tỉnh Quảng Bình, tính đến ngày 01/03/2013", "phiên bản 1", "Quyết định 81/QĐ-ĐCT", "đang học được tính là đạt"} {
			if !strings.Contains(text, want) {
				t.Errorf("subtitles lack %q: %s", want, text)
			}
		}
		if paper.Title != "DANH SÁCH CÁN BỘ HỘI CHƯA ĐẠT CHUẨN" || paper.Closing != "Danh sách này có 3 lượt người." {
			t.Errorf("%q %q", paper.Title, paper.Closing)
		}
		sum := fmt.Sprint(paper.Summary)
		if !strings.Contains(sum, "1/5 = 20,0%") || !strings.Contains(sum, "2/5 = 40,0%") {
			t.Errorf("summary: %s", sum)
		}
	})
}

func TestMatrixHasAColumnPerRequirement(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		w.chairs()
		m := w.gaps(models.GapFilter{Standard: "ke-hoach-2013-ca-hai", AsOf: march, Everyone: true}).Matrix()
		if len(m.Requirements) != 2 || len(m.Rows) != 5 || m.Columns[0] != (models.UnitTotal{Total: 5, Met: 1, Studying: 1, Missing: 2, Unknown: 1}) || m.Columns[1].Unknown != 4 {
			t.Errorf("%+v", m.Columns)
		}
	})
}

func TestExportIsLogged(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Core) {
		w := newWorld(t, c)
		if err := c.LogExport(context.Background(), w.officer, "gaps", 3, chairFilter()); err != nil {
			t.Fatal(err)
		}
		var a Audit
		if err := c.read.Order("id DESC").Take(&a).Error; err != nil || a.Action != "gaps.export" || !strings.Contains(a.Detail, `"rows":3`) {
			t.Errorf("%+v %v", a, err)
		}
	})
}
