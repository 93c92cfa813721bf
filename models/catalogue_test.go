package models

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// fieldsOf lists "field code" of the findings, in order.
func fieldsOf(err error) []string {
	var bad Errors
	errors.As(err, &bad)
	out := make([]string, len(bad))
	for i, e := range bad {
		out[i] = e.Field + " " + e.Code
	}
	return out
}

func soundCourse() Course {
	return Course{Code: "C04", Name: "Mười ngày", Kind: TenDay, Host: Province, Days: 10, Periods: 80, Blocks: 1, MinLearners: 25, MaxLearners: 60,
		Grants: []CourseGrant{{Line: HoiTraining, Level: 1, Days: 10}}, Needs: []CourseNeed{{Line: GeneralEducation, MinLevel: 3}}, Giver: ByProvince, Certainty: Known,
		PassRules: []PassRule{{AttendanceBP: 8000, MinScore: 50, Retests: 1, Tests: []Test{{Code: "cuoi-khoa", Name: "Cuối khóa", Weight: 1}}}}}
}

func TestCourseCheck(t *testing.T) {
	for want, change := range map[string]func(*Course){
		"":                             func(*Course) {},
		"code course.code_required":    func(c *Course) { c.Code = "" },
		"code catalogue.code_bad":      func(c *Course) { c.Code = "mã 1" },
		"code catalogue.too_long":      func(c *Course) { c.Code = strings.Repeat("a", 61) },
		"name course.name_required":    func(c *Course) { c.Name = "" },
		"name catalogue.too_long":      func(c *Course) { c.Name = strings.Repeat("ẫ", 201) },
		"kind course.kind_unknown":     func(c *Course) { c.Kind = "two-day" },
		"host course.host_unknown":     func(c *Course) { c.Host = Branch },
		"days course.days_range":       func(c *Course) { c.Days = 1501 },
		"periods course.periods_range": func(c *Course) { c.Periods = -1 },
		"blocks course.blocks_range":   func(c *Course) { c.Blocks = 11 },
		"max_learners course.learners_range": func(c *Course) {
			c.MinLearners = 61
		},
		"max_learners course.learners_many":  func(c *Course) { c.MaxLearners = 1001 },
		"areas course.area_unknown":          func(c *Course) { c.Areas = []AreaFlag{"moon"} },
		"paper course.paper_unknown":         func(c *Course) { c.Paper = "bang" },
		"template course.template_bad":       func(c *Course) { c.Template = "mau-1" },
		"certainty course.certainty_unknown": func(c *Course) { c.Certainty = "sure" },
		"giver course.giver_unknown":         func(c *Course) { c.Giver = "" },
		"grants course.grant_bad":            func(c *Course) { c.Grants = append(c.Grants, c.Grants[0]) },
		"grants course.grant_days":           func(c *Course) { c.Grants[0].Days = 0 },
		"needs course.need_bad":              func(c *Course) { c.Needs[0].MinLevel = 5 },
		"pass_rules course.rule_required":    func(c *Course) { c.PassRules = nil },
		"pass_rules course.rule_bad":         func(c *Course) { c.PassRules[0].Tests[0].Weight = 0 },
		"pass_rules course.rule_from":        func(c *Course) { c.PassRules = append(c.PassRules, c.PassRules[0]) },
	} {
		c := soundCourse()
		change(&c)
		got := fieldsOf(c.Check())
		if strings.Join(got, ", ") != want {
			t.Errorf("%v, want %q", got, want)
		}
	}
}

func TestSchoolCheckAndOpen(t *testing.T) {
	s := School{Code: "tct", Name: "Trường", AgreementFrom: 20130101, AgreementTo: 20180101}
	for day, want := range map[Date]bool{20121231: false, 20130101: true, 20171231: true, 20180101: false} {
		if s.Open(day) != want {
			t.Errorf("open on %s: %v", day, !want)
		}
	}
	for want, x := range map[string]School{
		"":                                    s,
		"agreement_to school.agreement_range": {Code: "tct", Name: "T", AgreementFrom: 20130101},
		"agreement_from school.agreement_from_bad":                                       {Code: "tct", Name: "T", AgreementFrom: 20130230, AgreementTo: Forever},
		"code school.code_required, name school.name_required, phone catalogue.too_long": {AgreementTo: Forever, Phone: strings.Repeat("1", 41)},
	} {
		if got := strings.Join(fieldsOf(x.Check()), ", "); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestCatalogueRowsCheck(t *testing.T) {
	away := []Absence{{From: 20130301, To: 20130308, Reason: "nghỉ"}}
	for want, err := range map[string]error{
		"name instructor.name_required":                          Instructor{Away: away}.Check(),
		"topics instructor.topic_bad":                            Instructor{Name: "A", Topics: []string{"Kỹ năng", "ky nang"}}.Check(),
		"away catalogue.absence_bad":                             Instructor{Name: "A", Away: []Absence{{From: 20130308, To: 20130308}}}.Check(),
		"name venue.name_required, beds venue.beds_range":        Venue{Beds: -1, Away: away}.Check(),
		"rooms venue.room_bad":                                   Venue{Name: "A", Rooms: []Room{{"Hội trường", 60}, {"hội trường", 20}}}.Check(),
		"rooms venue.room_bad, away catalogue.absence_bad":       Venue{Name: "A", Rooms: []Room{{"P1", 0}}, Away: []Absence{{To: 20130308}}}.Check(),
		"code funding.code_required, name funding.name_required": Funding{}.Check(),
		"budgets funding.budget_bad":                             Funding{Code: "a", Name: "A", Budgets: []Budget{{2013, 5}, {2013, 6}}}.Check(),
		"budgets funding.budget_bad, budgets funding.budget_bad": Funding{Code: "a", Name: "A", Budgets: []Budget{{1999, 5}, {2014, maxBudget + 1}}}.Check(),
		"": Funding{Code: "a", Name: "A", Budgets: []Budget{{2013, 0}, {2014, maxBudget}}}.Check(),
	} {
		if got := strings.Join(fieldsOf(err), ", "); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A class that ends before the first rule is judged by that rule: nobody passes for want of one.
func TestPassRuleBeforeTheFirst(t *testing.T) {
	rules := []PassRule{{From: 20180101, MinScore: 50}, {From: 20140101, MinScore: 40}, {From: 20230601, MinScore: 55}}
	for range 3 {
		c := Course{PassRules: rules}
		for day, want := range map[Date]int{20130301: 40, 20140101: 40, 20171231: 40, 20180101: 50, 20250101: 55} {
			if got := c.Rule(day).MinScore; got != want {
				t.Errorf("%v on %s: %d, want %d", rules, day, got, want)
			}
		}
		rules = slices.Concat(rules[1:], rules[:1])
	}
}
