package core

import (
	"context"
	"testing"
	"time"

	"datchuan/core/demo"
	"datchuan/models"
)

// onePass leaves a test to the run without the race detector: one goroutine fills a whole province, so there is nothing to detect, and it would
// take minutes.
func onePass(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("fills a whole province; the run without the race detector does it")
	}
}

// built is a database with the demonstration.
func built(t *testing.T, c *Core) []DemoLogin {
	t.Helper()
	onePass(t)
	start := time.Now()
	logins, err := c.BuildDemo(context.Background(), demo.Today)
	if err != nil {
		t.Fatal(err)
	}
	t.Log("built in", time.Since(start))
	return logins
}

// count is how many posts have each status: of the whole standard, or of one requirement.
type count map[models.Status]int

func (n count) total() int {
	sum := 0
	for _, x := range n {
		sum += x
	}
	return sum
}

// byStandings counts from the stored standings, byEvaluation from the facts alone.
func byStandings(t *testing.T, c *Core, code, requirement string) count {
	t.Helper()
	s := shipped(t, code)
	_, at := s.Requirement(requirement)
	var rows []models.Standing
	err := c.read.Where("standard_id = (SELECT id FROM standards WHERE code = ?) AND valid_from <= ? AND valid_to > ?", code, demo.On, demo.On).Find(&rows).Error
	if err != nil {
		t.Fatal(err)
	}
	n := count{}
	for _, r := range rows {
		if at < 0 {
			n[r.Overall]++
		} else {
			n[models.Status(r.Marks[at:at+1])]++
		}
	}
	return n
}

func byEvaluation(t *testing.T, c *Core, s models.Standard, requirement string) count {
	t.Helper()
	tree, err := c.Tree(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	dossiers, err := loadDossiers(c.read, byRange(0, 1<<40))
	if err != nil {
		t.Fatal(err)
	}
	_, at := s.Requirement(requirement)
	n := count{}
	for _, d := range dossiers {
		for _, h := range d.holdings {
			if h.Position != s.Position || !(models.Span{From: h.From, To: h.To}).Contains(demo.On) {
				continue
			}
			unit, ok := tree.At(h.UnitID, demo.On)
			if !ok {
				t.Fatalf("a post at unit %d that does not stand", h.UnitID)
			}
			r := models.Record{Birth: d.birth, Party: d.party, PartyDate: d.partyDate, Holding: h,
				Qualifications: d.qualifications, Studies: d.studies, Areas: tree.AreasOf(unit.Path)}
			for _, other := range d.holdings {
				if other.Position == h.Position {
					r.SamePost = append(r.SamePost, other)
				}
			}
			e := models.Evaluate(&s, &r, demo.On)
			if at < 0 {
				n[e.Overall]++
			} else {
				n[e.Results[at].Status]++
			}
		}
	}
	return n
}

func shipped(t *testing.T, code string) models.Standard {
	t.Helper()
	for _, s := range models.ShippedStandards() {
		if s.Code == code {
			return s
		}
	}
	t.Fatalf("no standard %s", code)
	return models.Standard{}
}

// levelOnly is a standard with the one requirement that somebody has a level in hand.
func levelOnly(position string, line models.QualKind, level int) models.Standard {
	return models.Standard{Position: position, Requirements: []models.Requirement{{Code: "level",
		AnyOf: []models.Alternative{{AllOf: []models.Atom{{Kind: models.AtomLevel, Line: line, MinLevel: level, NoStudying: true}}}}}}}
}

func TestDemo(t *testing.T) {
	story := ""
	onBoth(t, func(t *testing.T, c *Core) {
		logins := built(t, c)
		t.Run("baseline", func(t *testing.T) { baselineHolds(t, c) })
		t.Run("lists", func(t *testing.T) { listsHold(t, c) })
		t.Run("units", func(t *testing.T) { unitsLiveOn(t, c) })
		t.Run("logins", func(t *testing.T) { loginsWork(t, c, logins) })
		t.Run("standings", func(t *testing.T) { standingsAreThoseOfRestand(t, c) })
		t.Run("story", func(t *testing.T) { storyHolds(t, c) })
		print := storyPrint(t, c)
		if story == "" {
			story = print
		}
		if print != story {
			t.Error("the story differs between the databases")
		}
	})
}

// The figures of the plan, section I, each from the stored standings and again from the facts.
func baselineHolds(t *testing.T, c *Core) {
	t.Helper()
	same := func(name, code, requirement string, want count) {
		t.Helper()
		stored, derived := byStandings(t, c, code, requirement), byEvaluation(t, c, shipped(t, code), requirement)
		for _, s := range models.Statuses {
			if stored[s] != want[s] || derived[s] != want[s] {
				t.Errorf("%s, %s: stored %d, derived %d, want %d", name, s, stored[s], derived[s], want[s])
			}
		}
	}
	same("chairs as the plan counts", "ke-hoach-2013", "", count{models.Met: 101, models.Studying: 25, models.Missing: 33})
	same("chairs, degree in hand", "ke-hoach-2013-bang", "profession", count{models.Met: 101, models.Studying: 25, models.Missing: 33})
	for _, x := range []struct {
		name, position string
		line           models.QualKind
		met, total     int
	}{
		{"chairs, profession", "chu-tich-xa", models.Professional, 101, 159},
		{"chairs, LLCT", "chu-tich-xa", models.Political, 115, 159},
		{"vice-chairs, profession", "pho-chu-tich-xa", models.Professional, 50, 159},
		{"vice-chairs, LLCT", "pho-chu-tich-xa", models.Political, 23, 159},
	} {
		n := byEvaluation(t, c, levelOnly(x.position, x.line, models.Intermediate), "")
		if n[models.Met] != x.met || n[models.Missing] != x.total-x.met || n.total() != x.total {
			t.Errorf("%s: %v, want %d of %d", x.name, n, x.met, x.total)
		}
	}
	if n := byStandings(t, c, "ke-hoach-2013-ca-hai", "political"); n[models.Met] != 115 {
		t.Errorf("chairs with LLCT by standings: %v", n)
	}
	if n := byStandings(t, c, "pho-chu-tich-2013", "profession"); n[models.Met] != 50 || n.total() != 159 {
		t.Errorf("vice-chairs by standings: %v", n)
	}
	trained, untrained := 0, 0
	for code, total := range map[string]int{"uy-vien-bch-2013": 1579, "chi-hoi-truong-2013": 1323} {
		stored, derived := byStandings(t, c, code, "training"), byEvaluation(t, c, shipped(t, code), "training")
		if stored.total() != total || stored[models.Met] != derived[models.Met] || stored[models.Missing] != derived[models.Missing] {
			t.Errorf("%s: stored %v, derived %v, want %d", code, stored, derived, total)
		}
		trained, untrained = trained+stored[models.Met], untrained+stored[models.Missing]
	}
	if trained != 1016 || untrained != 1886 {
		t.Errorf("trained 10 days or more: %d, not: %d, want 1016 and 1886", trained, untrained)
	}
}

// The map of the demonstration goes on to 2025: branches follow their communes into the successors.
func unitsLiveOn(t *testing.T, c *Core) {
	t.Helper()
	tree, err := c.Tree(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, day := range []struct {
		on                           models.Date
		districts, communes, special int
	}{{demo.On, 7, 159, 12}, {20140101, 8, 159, 12}, {20210101, 8, 151, 12}, {20250101, 8, 145, 12}, {20260101, 0, 41, 12}} {
		n := map[models.UnitKind]int{}
		for id := range tree.spans {
			s, ok := tree.At(id, day.on)
			if !ok {
				continue
			}
			n[s.Kind]++
			if s.ParentID == 0 {
				continue
			}
			above, ok := tree.At(s.ParentID, day.on)
			if !ok || s.Path != above.Path+models.PathStep(id) {
				t.Fatalf("on %s unit %s has path %s below %s", day.on, tree.Code(id), s.Path, above.Path)
			}
		}
		if n[models.District] != day.districts || n[models.Commune] != day.communes || n[models.Branch] != 1323 || n[models.Group] != 3303 || n[models.Special] != day.special {
			t.Errorf("on %s: %v", day.on, n)
		}
	}
}

// What BuildDemo stores as standings is what restand would derive.
func standingsAreThoseOfRestand(t *testing.T, c *Core) {
	t.Helper()
	read := func() []models.Standing {
		var rows []models.Standing
		if err := c.write.Order("cadre_id, holding_id, standard_id, valid_from").Find(&rows).Error; err != nil {
			t.Fatal(err)
		}
		return rows
	}
	before := read()
	err := c.transact(context.Background(), operator(), func(tx *Tx) error {
		var ids []int64
		if err := tx.Model(&models.Cadre{}).Where("id % 7 = 0").Pluck("id", &ids).Error; err != nil {
			return err
		}
		return tx.restand(ids...)
	})
	if err != nil {
		t.Fatal(err)
	}
	after := read()
	if len(before) != len(after) {
		t.Fatalf("%d standings, restand makes %d", len(before), len(after))
	}
	for i := range before {
		a, b := before[i], after[i]
		a.ID, b.ID = 0, 0
		if string(a.SortKey) != string(b.SortKey) {
			t.Fatal("sort keys differ")
		}
		a.SortKey, b.SortKey = nil, nil
		if a.CadreID != b.CadreID || a.HoldingID != b.HoldingID || a.Path != b.Path || a.From != b.From || a.To != b.To || a.Overall != b.Overall || a.Marks != b.Marks || a.StandardID != b.StandardID {
			t.Fatalf("stored %+v, derived %+v", a, b)
		}
	}
}

func loginsWork(t *testing.T, c *Core, logins []DemoLogin) {
	t.Helper()
	ctx := context.Background()
	roles := map[models.Role]int{}
	for _, l := range logins {
		roles[l.Role]++
	}
	for _, r := range models.Roles {
		want := 1
		switch r {
		case models.DistrictOfficer:
			want = 7 + 1 // thị xã Ba Đồn is founded on the way
		case models.SchoolOfficer:
			want = 11
		}
		if roles[r] != want {
			t.Errorf("%d logins for %s, want %d", roles[r], r, want)
		}
	}
	for _, l := range logins {
		_, actor, err := c.Login(ctx, l.Login, l.Password, "127.0.0.1")
		if err != nil || actor.Role != l.Role {
			t.Errorf("%s: %v, %v", l.Login, actor.Role, err)
		}
	}
	if c.Today(ctx) != demo.Today {
		t.Errorf("today is %s", c.Today(ctx))
	}
	again, err := c.BuildDemo(ctx, demo.Today)
	if err != nil || len(again) != len(logins) || again[0] != logins[0] {
		t.Errorf("a second start: %v", err)
	}
	if err := c.Synth(ctx, 10, nil); models.KindOf(err) != models.Conflict {
		t.Errorf("synth into a full database: %v", err)
	}
}

func TestSynthFillsProvinces(t *testing.T) {
	onePass(t)
	onBoth(t, func(t *testing.T, c *Core) {
		ctx := context.Background()
		var heard []int
		if err := c.Synth(ctx, 11_500, func(done int) { heard = append(heard, done) }); err != nil {
			t.Fatal(err)
		}
		if len(heard) != 2 || heard[1] != 11_500 {
			t.Errorf("progress: %v", heard)
		}
		var cadres, stray int64
		if err := c.read.Model(&models.Cadre{}).Count(&cadres).Error; err != nil || cadres != 11_500 {
			t.Errorf("%d cadres, %v", cadres, err)
		}
		if err := c.read.Raw("SELECT COUNT(*) FROM cadres c WHERE NOT EXISTS (SELECT 1 FROM standings s WHERE s.cadre_id = c.id) AND EXISTS (SELECT 1 FROM holdings h WHERE h.cadre_id = c.id AND h.position <> 'truong-chi-hoi-loai-hinh')").Scan(&stray).Error; err != nil || stray != 0 {
			t.Errorf("%d cadres without a standing, %v", stray, err)
		}
		tree, err := c.Tree(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if roots := tree.Roots(demo.On); len(roots) != 1 || len(tree.Children(roots[0].UnitID, demo.On)) != 2 {
			t.Errorf("roots: %v", roots)
		}
		if report, err := c.Doctor(ctx); err != nil || !report.Healthy() {
			t.Errorf("doctor: %v, %v", report, err)
		}
		if _, err := c.BuildDemo(ctx, demo.Today); models.KindOf(err) != models.Conflict {
			t.Errorf("demo into a full database: %v", err)
		}
	})
}
