package models

import (
	"slices"
	"strconv"
	"unicode/utf8"
)

// CourseKind is what sort of training a course is, as the plan counts them (section III.2, III.5).
type CourseKind string

// The kinds of course.
const (
	IntermediateWomen     CourseKind = "intermediate-women"     // trung cấp ngành công tác phụ nữ
	IntermediatePolitical CourseKind = "intermediate-political" // trung cấp lý luận chính trị
	ThreeMonth            CourseKind = "three-month"            // nghiệp vụ công tác Hội 3 tháng
	TenDay                CourseKind = "ten-day"
	SevenDay              CourseKind = "seven-day" // vùng dân tộc, vùng tôn giáo
	SkillsTopic           CourseKind = "skills"
	DistrictCourse        CourseKind = "district"
	CommuneCourse         CourseKind = "commune"
)

// CourseKinds in the order of a menu.
var CourseKinds = []CourseKind{IntermediateWomen, IntermediatePolitical, ThreeMonth, TenDay, SevenDay, SkillsTopic, DistrictCourse, CommuneCourse}

// Course is what can be taught: for whom, what it needs and grants, and when somebody has passed. It is data: a new kind
// of class is a new row.
type Course struct {
	ID          int64         `json:"id" gorm:"primaryKey"`
	Code        string        `json:"code" gorm:"size:60;not null;uniqueIndex"`
	Name        string        `json:"name" gorm:"size:200;not null"`
	Kind        CourseKind    `json:"kind" gorm:"size:30;not null"`
	Host        UnitKind      `json:"host" gorm:"size:16;not null"` // who opens it: province, district, commune
	Days        int           `json:"days" gorm:"not null"`         // of training, as certificates and standards count them
	Periods     int           `json:"periods" gorm:"not null"`      // tiết
	Blocks      int           `json:"blocks" gorm:"not null"`       // stretches in which a long programme meets; 1 = in one go
	MinLearners int           `json:"min_learners" gorm:"not null"`
	MaxLearners int           `json:"max_learners" gorm:"not null"`
	Positions   []string      `json:"positions" gorm:"serializer:json;not null"` // for whom; empty = everybody
	Areas       []AreaFlag    `json:"areas" gorm:"serializer:json;not null"`     // only from communes with one of these
	Succession  bool          `json:"succession" gorm:"not null"`                // also for those in quy hoạch for one of Positions
	Needs       []CourseNeed  `json:"needs" gorm:"serializer:json;not null"`
	Grants      []CourseGrant `json:"grants" gorm:"serializer:json;not null"`
	Extends     []string      `json:"extends" gorm:"serializer:json;not null"` // courses whose training this one renews
	PassRules   []PassRule    `json:"pass_rules" gorm:"serializer:json;not null"`
	Paper       string        `json:"paper" gorm:"size:30;not null"`    // what a graduate gets, "" = none
	Template    string        `json:"template" gorm:"size:60;not null"` // code of its template, "" = the one of the kind
	Giver       Giver         `json:"giver" gorm:"size:10;not null"`
	Basis       string        `json:"basis" gorm:"size:400;not null"`
	Certainty   Certainty     `json:"certainty" gorm:"size:16;not null"`
	Note        string        `json:"note,omitempty" gorm:"size:2000;not null"`
	Retired     bool          `json:"retired" gorm:"not null"`
	Version     int64         `json:"version" gorm:"not null;default:1"`
}

// CourseNeed is a prerequisite: a minimum level on a line of the personnel file.
type CourseNeed struct {
	Line     QualKind `json:"line"`
	MinLevel int      `json:"min_level"`
}

// CourseGrant is what a graduate has afterwards. Days count only on the line of training.
type CourseGrant struct {
	Line  QualKind `json:"line"`
	Level int      `json:"level"`
	Days  int      `json:"days,omitempty"`
	Field string   `json:"field,omitempty"`
}

// PassRule says when a learner has passed, for classes that end from From on (until the next rule). AttendanceBP is the least
// share of attended periods in basis points, MinScore the least score of each test in tenths (TT 01/2018: 5 of 10).
type PassRule struct {
	From         Date   `json:"from"`
	AttendanceBP int    `json:"attendance_bp"`
	Tests        []Test `json:"tests"`
	MinScore     int    `json:"min_score"` // tenths
	Retests      int    `json:"retests"`   // further tries that a failed test allows
	Basis        string `json:"basis"`
}

// Test is a test of a course with its weight in the average.
type Test struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Weight int    `json:"weight"`
}

// Rule is the pass rule for a class that ends on a date: the last one that is in force. Before the first one, that one
// counts: no class is without a rule.
func (c Course) Rule(end Date) PassRule {
	var out PassRule
	for i, r := range c.PassRules {
		sooner, later := r.From < out.From && out.From > end, r.From <= end && (r.From >= out.From || out.From > end)
		if i == 0 || sooner || later {
			out = r
		}
	}
	return out
}

// Long tells whether the course takes people away for long, so that a commune must not send both of its chairs.
func (c Course) Long() bool { return c.Days > 15 }

// ForPosition tells whether the course is meant for holders of a post.
func (c Course) ForPosition(code string) bool {
	return len(c.Positions) == 0 || slices.Contains(c.Positions, code)
}

// CoursePapers are the papers that a graduate can get from the product, in the order of a menu. A diploma (bằng) is the
// school's own.
var CoursePapers = []string{"", "giay-chung-nhan", "chung-chi"}

// Check lists what is wrong with a course before it is stored.
func (c Course) Check() error {
	var k check
	k.code(c.Code, "course.code_required", 60)
	k.wrong(c.Name == "", "course.name_required", "name")
	k.fits("name", c.Name, 200)
	k.fits("basis", c.Basis, 400)
	k.fits("note", c.Note, 2000)
	k.wrong(!slices.Contains(CourseKinds, c.Kind), "course.kind_unknown", "kind")
	k.wrong(c.Host != Province && c.Host != District && c.Host != Commune, "course.host_unknown", "host")
	k.wrong(c.Days < 1 || c.Days > 1500, "course.days_range", "days")
	k.wrong(c.Periods < 0, "course.periods_range", "periods")
	k.wrong(c.Blocks < 1 || c.Blocks > c.Days, "course.blocks_range", "blocks")
	k.wrong(c.MinLearners < 1 || c.MaxLearners < c.MinLearners, "course.learners_range", "max_learners")
	k.wrong(c.MaxLearners > 1000, "course.learners_many", "max_learners")
	k.wrong(!areFlags(c.Areas), "course.area_unknown", "areas")
	k.wrong(!slices.Contains(CoursePapers, c.Paper), "course.paper_unknown", "paper")
	k.wrong(c.Template != "" && (c.Paper == "" || !codeForm.MatchString(c.Template) || len(c.Template) > 60), "course.template_bad", "template")
	k.wrong(!slices.Contains([]Certainty{Sourced, Derived, Known, Uncertain}, c.Certainty), "course.certainty_unknown", "certainty")
	c.checkLearning(&k)
	c.checkRules(&k)
	return k.bad.OrNil()
}

// checkLearning looks at what the course needs and grants: one line of the personnel file is named once.
func (c Course) checkLearning(k *check) {
	trains, granted, needed := false, map[QualKind]bool{}, map[QualKind]bool{}
	for i, g := range c.Grants {
		n := strconv.Itoa(i + 1)
		k.wrong(!slices.Contains(QualKinds, g.Line) || g.Level < 1 || g.Level > MaxLevel(g.Line) || granted[g.Line], "course.grant_bad", "grants", "n", n)
		k.wrong(g.Line == HoiTraining && (g.Days < 1 || g.Days > 1500), "course.grant_days", "grants", "n", n)
		k.fits("grants", g.Field, 160)
		trains, granted[g.Line] = trains || g.Line == HoiTraining, true
	}
	for i, n := range c.Needs {
		bad := !slices.Contains(QualKinds, n.Line) || n.MinLevel < 1 || n.MinLevel > MaxLevel(n.Line) || needed[n.Line]
		k.wrong(bad, "course.need_bad", "needs", "n", strconv.Itoa(i+1))
		needed[n.Line] = true
	}
	k.wrong((trains || c.Giver != "") && !slices.Contains(Givers, c.Giver), "course.giver_unknown", "giver")
}

func (c Course) checkRules(k *check) {
	k.wrong(len(c.PassRules) == 0, "course.rule_required", "pass_rules")
	since := map[Date]bool{}
	for i, r := range c.PassRules {
		n := strconv.Itoa(i + 1)
		k.wrong(!r.sound(), "course.rule_bad", "pass_rules", "n", n)
		k.wrong(since[r.From] || r.From != 0 && !r.From.Valid(), "course.rule_from", "pass_rules", "n", n)
		k.fits("pass_rules", r.Basis, 400)
		since[r.From] = true
	}
}

func (r PassRule) sound() bool {
	if r.AttendanceBP < 0 || r.AttendanceBP > 10000 || r.MinScore < 0 || r.MinScore > 100 || r.Retests < 0 || r.Retests > 5 || len(r.Tests) > 30 {
		return false
	}
	seen := map[string]bool{}
	for _, t := range r.Tests {
		if !codeForm.MatchString(t.Code) || len(t.Code) > 40 || t.Name == "" || utf8.RuneCountInString(t.Name) > 120 || t.Weight < 1 || t.Weight > 100 || seen[t.Code] {
			return false
		}
		seen[t.Code] = true
	}
	return true
}
