package models

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

func on(year, month, day int) Date { return NewDate(year, month, day) }

func held(kind QualKind, level int) Qualification {
	return Qualification{Kind: kind, Level: level, Earned: Beginning, From: Beginning, To: Forever, Review: Declared}
}

func earned(kind QualKind, level int, from Date) Qualification {
	return Qualification{Kind: kind, Level: level, Earned: from, From: from, To: Forever, Review: Declared}
}

func trained(days int, giver Giver, from Date) Qualification {
	q := earned(HoiTraining, Attended, from)
	q.Days, q.Giver = days, giver
	return q
}

func chair(qs ...Qualification) Record {
	h := Holding{Position: "chu-tich-xa", From: on(2011, 5, 1), To: Forever}
	return Record{Birth: 19750815, Holding: h, SamePost: []Holding{h}, Qualifications: qs}
}

// cases are the people against whom every shipped rule set is measured for its golden table.
func cases() (names []string, records []Record) {
	add := func(name string, r Record) { names, records = append(names, name), append(records, r) }
	add("nothing known", Record{Holding: Holding{From: Beginning, To: Forever}})
	add("declared to have nothing", chair(held(GeneralEducation, 0), held(Professional, 0), held(Political, 0), held(HoiTraining, 0)))
	add("lowest rung of each line", chair(held(GeneralEducation, CanRead), held(Professional, Elementary), held(Political, Elementary), trained(3, ByCommune, on(2012, 1, 1))))
	add("intermediate", chair(held(GeneralEducation, UpperSecond), held(Professional, Intermediate), held(Political, Intermediate), trained(10, ByDistrict, on(2012, 1, 1))))
	add("intermediate, political theory lacking", chair(held(GeneralEducation, UpperSecond), held(Professional, Intermediate), held(Political, 0), trained(12, ByProvince, on(2009, 1, 1))))
	add("university", chair(held(GeneralEducation, UpperSecond), held(Professional, University), held(Political, AdvancedPolitical), trained(90, ByCentre, on(2012, 6, 1))))
	study := chair(held(GeneralEducation, LowerSecond), held(Professional, Elementary), held(Political, 0), held(HoiTraining, 0))
	study.Studies = []Study{{Kind: Professional, Level: University, From: on(2012, 9, 1), To: on(2016, 9, 1), School: "Học viện Phụ nữ Việt Nam"},
		{Kind: Political, Level: Intermediate, From: on(2013, 1, 1), To: on(2014, 1, 1)}, {Kind: HoiTraining, Level: Attended, Days: 10, Giver: ByProvince, From: on(2013, 2, 20), To: on(2013, 3, 5)}}
	add("studying for everything", study)
	mountain := chair(held(GeneralEducation, Primary), held(Professional, Intermediate), held(Political, Intermediate), trained(10, ByDistrict, on(2012, 1, 1)))
	mountain.Areas = []UnitFlag{{Flag: Mountainous, From: Beginning, To: Forever}}
	add("primary school, in the mountains", mountain)
	old := chair(held(GeneralEducation, UpperSecond), held(Professional, University), held(Political, Intermediate), trained(10, ByDistrict, on(2012, 1, 1)))
	old.Birth = 19590000
	add("51 or 52 at first election", old)
	fifty := old
	fifty.Birth = 19610401
	add("just 50 at first election", fifty)
	earlier := old
	earlier.SamePost = []Holding{old.Holding, {Position: "chu-tich-xa", From: on(2001, 5, 1), To: on(2006, 5, 1)}}
	add("first elected ten years before", earlier)
	rejected := chair(earned(Professional, University, on(2013, 2, 1)))
	add("degree one month before", rejected)
	add("degree one day after", chair(earned(Professional, University, on(2013, 3, 2)), held(Professional, 0)))
	return names, records
}

// Every shipped rule set has its table of people, statuses and reasons; a change of a rule shows as a change of a file.
func TestShippedStandardsGolden(t *testing.T) {
	names, records := cases()
	for _, s := range ShippedStandards() {
		if err := s.Check(); err != nil {
			t.Errorf("%s: %v", s.Code, err)
		}
		if s.Certainty == "" || s.LegalBasis == "" {
			t.Errorf("%s says not how sure it is", s.Code)
		}
		var b strings.Builder
		fmt.Fprintf(&b, "# %s version %d, %s, on 2013-03-01\n", s.Code, s.Version, s.Position)
		for i := range records {
			e := Evaluate(&s, &records[i], on(2013, 3, 1))
			fmt.Fprintf(&b, "\n%s: %s %s\n", names[i], e.Overall, e.Marks())
			for _, r := range e.Results {
				fmt.Fprintf(&b, "  %s %s: %s\n", r.Status, r.Requirement, r.Reason.Text(Vi))
			}
		}
		path := filepath.Join("testdata", s.Code+".golden")
		if *update {
			if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil || string(want) != b.String() {
			t.Errorf("%s differs from %s (make golden writes it anew): %v\n%s", s.Code, path, err, b.String())
		}
		if strings.Contains(b.String(), "{") || strings.Contains(b.String(), "reason.") || strings.Contains(b.String(), "level.") {
			t.Errorf("%s: a reason has no words or a parameter is not filled", s.Code)
		}
	}
}

func TestExemptAreaAndAlternatives(t *testing.T) {
	r := chair(held(GeneralEducation, Primary))
	req := Requirement{Code: "general", Name: "x", AnyOf: []Alternative{{AllOf: []Atom{{Kind: AtomLevel, Line: GeneralEducation, MinLevel: LowerSecond}}},
		{AllOf: []Atom{{Kind: AtomLevel, Line: GeneralEducation, MinLevel: Primary}, {Kind: AtomParty}}, OnlyIn: []AreaFlag{BorderArea}}}}
	s := Standard{Requirements: []Requirement{req}}
	for name, test := range map[string]struct {
		flag   AreaFlag
		exempt []AreaFlag
		party  Tristate
		want   Status
	}{
		"lowland":                            {"", nil, Yes, Missing},
		"border, all of the alternative":     {BorderArea, nil, Yes, Met},
		"border, half of the alternative":    {BorderArea, nil, No, Missing},
		"border, the rest unknown":           {BorderArea, nil, NotKnown, Unknown},
		"exempt":                             {BorderArea, []AreaFlag{BorderArea}, No, Exempt},
		"exempt elsewhere":                   {BorderArea, []AreaFlag{DifficultArea}, Yes, Met},
		"the flag of another area is no use": {ReligiousArea, nil, Yes, Missing},
	} {
		s.Requirements[0].ExemptIn = test.exempt
		r.Areas, r.Party = []UnitFlag{{Flag: test.flag, From: on(2012, 1, 1), To: Forever}}, test.party
		e := Evaluate(&s, &r, on(2013, 3, 1))
		if e.Results[0].Status != test.want {
			t.Errorf("%s: %s, want %s", name, e.Results[0].Status, test.want)
		}
		if got := Evaluate(&s, &r, on(2011, 12, 31)); got.Results[0].Status != Missing {
			t.Errorf("%s: before the flag: %s", name, got.Results[0].Status)
		}
	}
}

// One sure gap outweighs what is not known, which outweighs studying; an exemption weighs nothing.
func TestOverallIsTheWorst(t *testing.T) {
	for marks, want := range map[string]Status{"M": Met, "E": Met, "EM": Met, "MS": Studying, "SU": Unknown, "UX": Missing, "XE": Missing, "": Met} {
		got := Met
		for _, m := range marks {
			got = worse(got, Status(m))
		}
		if got != want {
			t.Errorf("%q: %s, want %s", marks, got, want)
		}
	}
	if !Studying.UpTo(true) || Studying.UpTo(false) || !Exempt.UpTo(false) || Unknown.UpTo(true) || Missing.UpTo(true) {
		t.Error("what counts as up to standard")
	}
}

func TestTimelineCutsAtChangesOnly(t *testing.T) {
	s := Standard{Requirements: []Requirement{{Code: "p", AnyOf: []Alternative{{AllOf: []Atom{{Kind: AtomLevel, Line: Professional, MinLevel: Intermediate}}}}}}}
	r := chair(held(Professional, Elementary), earned(Professional, Intermediate, on(2014, 1, 1)), earned(Professional, College, on(2016, 1, 1)))
	r.Holding.To = on(2017, 1, 1)
	got := fmt.Sprint(Timeline(&s, &r))
	if want := "[{{2011-05-01 2014-01-01} X X} {{2014-01-01 2017-01-01} M M}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := fmt.Sprint(TimelineWithin(&s, &r, Span{on(2013, 1, 1), on(2013, 6, 1)})); got != "[{{2013-01-01 2013-06-01} X X}]" {
		t.Errorf("window: %s", got)
	}
	if got := TimelineWithin(&s, &r, Span{on(2013, 1, 1), on(2013, 1, 1)}); got != nil {
		t.Errorf("empty window: %v", got)
	}
}

func TestCheckFindsMistakes(t *testing.T) {
	good := func() Standard {
		return Standard{Code: "x-2013", Name: "X", LegalBasis: "QĐ 1", ValidFrom: on(2013, 1, 1), ValidTo: Forever,
			Requirements: []Requirement{{Code: "p", Name: "P", AnyOf: []Alternative{{AllOf: []Atom{{Kind: AtomLevel, Line: Professional, MinLevel: 2}}}}}}}
	}
	ok := good()
	if err := ok.Check(); err != nil {
		t.Fatal(err)
	}
	atom := func(a Atom) func(*Standard) {
		return func(s *Standard) { s.Requirements[0].AnyOf[0].AllOf[0] = a }
	}
	for want, bend := range map[string]func(*Standard){
		"standard.code_bad":          func(s *Standard) { s.Code = "X 2013" },
		"standard.name_required":     func(s *Standard) { s.Name = " " },
		"standard.basis_required":    func(s *Standard) { s.LegalBasis = "" },
		"standard.validity_bad":      func(s *Standard) { s.ValidTo = s.ValidFrom },
		"standard.empty":             func(s *Standard) { s.Requirements = nil },
		"standard.too_many":          func(s *Standard) { s.Requirements = make([]Requirement, MaxRequirements+1) },
		"standard.requirement_code":  func(s *Standard) { s.Requirements = append(s.Requirements, s.Requirements[0]) },
		"standard.requirement_name":  func(s *Standard) { s.Requirements[0].Name = "" },
		"standard.requirement_empty": func(s *Standard) { s.Requirements[0].AnyOf = nil },
		"standard.alternative_empty": func(s *Standard) { s.Requirements[0].AnyOf[0].AllOf = nil },
		"standard.area_bad":          func(s *Standard) { s.Requirements[0].ExemptIn = []AreaFlag{"moon"} },
		"standard.atom_unknown":      atom(Atom{Kind: "height"}),
		"standard.level_bad":         atom(Atom{Kind: AtomLevel, Line: Political, MinLevel: 5}),
		"standard.days_bad":          atom(Atom{Kind: AtomTrainingDays}),
		"standard.giver_bad":         atom(Atom{Kind: AtomTrainingOnce, Givers: []Giver{"moon"}}),
		"standard.age_bad":           atom(Atom{Kind: AtomFirstElectionAge, MaxAge: 5}),
		"standard.months_bad":        atom(Atom{Kind: AtomServiceLeft}),
	} {
		s := good()
		bend(&s)
		if err := s.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
		if Word(Vi, want) == want || Word(En, want) == want {
			t.Errorf("%s has no words", want)
		}
	}
}

// FuzzEvaluate: whatever the facts, the timeline says on every day what the evaluation says, the overall status is the
// worst mark, and one more degree never makes anybody worse.
func FuzzEvaluate(f *testing.F) {
	f.Add([]byte("1234567890abcdef"), uint16(500))
	f.Add([]byte{0, 1, 2, 3, 255, 254, 7, 9, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43}, uint16(3000))
	f.Add([]byte{}, uint16(0))
	standards := ShippedStandards()
	f.Fuzz(func(t *testing.T, data []byte, days uint16) {
		next := func(n int) int {
			if len(data) == 0 {
				return 0
			}
			v := int(data[0])
			data = data[1:]
			return v % n
		}
		date := func() Date { return on(2005, 1, 1).AddDays(next(256) * 40) }
		s := standards[next(len(standards))]
		r := chair()
		r.Birth = PartialDate((1950+next(40))*10000 + next(2)*801)
		r.Holding.From, r.Holding.To = date(), Forever
		for range next(6) {
			q := earned(QualKinds[next(len(QualKinds))], 0, date())
			q.Level, q.Days, q.Giver = next(MaxLevel(q.Kind)+1), next(20), Givers[next(len(Givers))]
			if next(3) == 0 {
				q.To = q.From.AddDays(1 + next(200)*10)
			}
			r.Qualifications = append(r.Qualifications, q)
		}
		for range next(3) {
			st := Study{Kind: QualKinds[next(len(QualKinds))], Level: next(5), Days: next(20), From: date()}
			st.To = st.From.AddDays(1 + next(200)*10)
			r.Studies = append(r.Studies, st)
		}
		if next(2) == 1 {
			r.Areas = []UnitFlag{{Flag: AreaFlags[next(len(AreaFlags))], From: date(), To: Forever}}
		}
		day := r.Holding.From.AddDays(int(days))
		e := Evaluate(&s, &r, day)
		worst := Met
		for _, res := range e.Results {
			worst = worse(worst, res.Status)
		}
		if worst != e.Overall {
			t.Fatalf("overall %s, marks %s", e.Overall, e.Marks())
		}
		line := Timeline(&s, &r)
		for i, span := range line {
			if i > 0 && line[i-1].To != span.From {
				t.Fatalf("the timeline has a hole before %s", span.From)
			}
			if span.Contains(day) && (span.Overall != e.Overall || span.Marks != e.Marks()) {
				t.Fatalf("on %s: timeline %s, evaluation %s", day, span.Marks, e.Marks())
			}
		}
		better := r
		better.Qualifications = append(append([]Qualification{}, r.Qualifications...), held(Professional, Doctor), held(Political, BachelorPolitical), held(GeneralEducation, UpperSecond))
		for i, res := range Evaluate(&s, &better, day).Results {
			if rank(res.Status) > rank(e.Results[i].Status) {
				t.Fatalf("%s: %s became %s by a degree", res.Requirement, e.Results[i].Status, res.Status)
			}
		}
	})
}
