package web

import (
	"fmt"
	"strings"

	"datchuan/models"
)

func (s *server) catalogueRoutes() {
	s.get("/courses", models.CoursesRead, s.courses)
	s.get("/courses/:code", models.CoursesRead, s.course)
	s.get("/schools", models.CoursesRead, s.schools)
	s.get("/instructors", models.CoursesRead, s.instructors)
	s.get("/venues", models.CoursesRead, s.venues)
	s.get("/fundings", models.CoursesRead, s.fundings)
	schoolForm.register(s, "code")
	instructorForm.register(s, "id")
	venueForm.register(s, "id")
	fundingForm.register(s, "code")
}

// CoursePage is a course with all that it says of its classes.
type CoursePage struct {
	Page
	Name, Note, Open string
	Classes          string
	Facts            []Fact
	Rules            []CourseRule
}

// CourseRule says when a learner has passed, from a day on.
type CourseRule struct {
	From, Text, Basis string
	Tests             []Fact
}

func (s *server) courses(q *request) error {
	list, err := s.core.Courses(q.Request.Context(), q.actor)
	if err != nil {
		return err
	}
	v := q.cataloguePage("course.title", "", "course.code", "course.kind", "course.length", "course.learners")
	for _, c := range list {
		v.Rows = append(v.Rows, CatalogueRow{c.Name, "/courses/" + c.Code, []string{c.Code, v.Word("course_kind." + string(c.Kind)), v.courseLength(c), v.learners(c)}, c.Retired})
	}
	return q.showCatalogue(v)
}

func (p *Page) courseLength(c models.Course) string {
	length := p.T("course.days_n", "n", c.Days)
	if c.Periods > 0 {
		length += ", " + p.T("course.periods_n", "n", c.Periods)
	}
	if c.Blocks > 1 {
		length += ", " + p.T("course.blocks_n", "n", c.Blocks)
	}
	return length
}

func (p *Page) learners(c models.Course) string {
	return fmt.Sprintf("%d–%d", c.MinLearners, c.MaxLearners)
}

func (s *server) course(q *request) error {
	c, err := s.core.Course(q.Request.Context(), q.actor, q.Param("code"))
	if err != nil {
		return err
	}
	v := &CoursePage{Page: q.base("course.title", Crumb{word(q.lang, "course.title"), "/courses"}, Crumb{c.Name, ""}), Name: c.Name, Note: c.Note}
	v.Title = c.Name
	if q.actor.May(models.ClassesWrite) && !c.Retired {
		v.Open = "/classes/new?course=" + c.Code
	}
	if q.actor.May(models.ClassesRead) {
		v.Classes = "/classes?course=" + c.Code
	}
	if v.Facts, err = q.courseFacts(&v.Page, c); err != nil {
		return err
	}
	for _, r := range c.PassRules {
		rule := CourseRule{Text: v.passRuleText(r), Basis: r.Basis}
		if r.From > models.Beginning {
			rule.From = v.T("course.rule_from", "date", r.From)
		}
		for _, t := range r.Tests {
			rule.Tests = append(rule.Tests, Fact{t.Name, v.T("course.weight", "n", t.Weight)})
		}
		v.Rules = append(v.Rules, rule)
	}
	return q.show("course", v)
}

func (q *request) courseFacts(p *Page, c models.Course) ([]Fact, error) {
	positions, err := q.s.core.Positions(q.Request.Context())
	if err != nil {
		return nil, err
	}
	var posts, areas, needs, grants []string
	for _, x := range positions {
		if len(c.Positions) > 0 && c.ForPosition(x.Code) {
			posts = append(posts, x.Short)
		}
	}
	for _, a := range c.Areas {
		areas = append(areas, p.Word("area."+string(a)))
	}
	for _, n := range c.Needs {
		needs = append(needs, p.levelName(n.Line, n.MinLevel))
	}
	for _, g := range c.Grants {
		text := p.levelName(g.Line, g.Level)
		if g.Days > 0 {
			text += ", " + p.T("course.days_n", "n", g.Days)
		}
		grants = append(grants, joined(", ", text, g.Field))
	}
	if c.Succession {
		posts = append(posts, p.T("course.succession"))
	}
	paper := p.T("course.no_paper")
	if c.Paper != "" {
		paper = p.T(paperKeys[c.Paper])
	}
	all := func(list []string, none string) string {
		if len(list) == 0 {
			return none
		}
		return strings.Join(list, "; ")
	}
	return []Fact{{p.T("course.code"), c.Code}, {p.T("course.kind"), p.Word("course_kind." + string(c.Kind))}, {p.T("course.host"), p.Word("unit_kind." + string(c.Host))}, {p.T("course.length"), p.courseLength(c)},
		{p.T("course.learners"), p.learners(c)}, {p.T("course.for"), all(posts, p.T("course.everybody"))}, {p.T("course.areas"), all(areas, p.T("course.everywhere"))}, {p.T("course.needs"), all(needs, p.T("course.nothing"))},
		{p.T("course.grants"), all(grants, p.T("course.nothing"))}, {p.T("course.paper"), paper}, {p.T("course.basis"), c.Basis}, {p.T("course.certainty"), p.Word("certainty." + string(c.Certainty))}}, nil
}

// paperKeys are the words of what a graduate gets.
var paperKeys = map[string]string{"giay-chung-nhan": "course.paper_attest", "chung-chi": "course.paper_certificate"}
