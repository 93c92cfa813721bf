package api

import (
	"context"

	"datchuan/models"
)

func (s *server) courseRoutes() {
	add(s, get("courses", "/courses", models.CoursesRead), s.courses)
	add(s, create("course-create", "/courses", models.CoursesWrite), s.createCourse)
	add(s, get("course", "/courses/{code}", models.CoursesRead), s.course)
	add(s, put("course-update", "/courses/{code}", models.CoursesWrite), s.updateCourse)
	add(s, put("course-retire", "/courses/{code}/retired", models.CoursesWrite), s.retireCourse)
}

// retirement takes something out of use, or back into it.
type retirement struct {
	Retired bool `json:"retired"`
}

type codeRetirement struct {
	CodePath
	IfMatch
	Body retirement
}

type idRetirement struct {
	IDPath
	IfMatch
	Body retirement
}

// courseInput is a course as typed.
type courseInput struct {
	Name        string               `json:"name" maxLength:"200"`
	Kind        models.CourseKind    `json:"kind" enum:"intermediate-women,intermediate-political,three-month,ten-day,seven-day,skills,district,commune"`
	Host        models.UnitKind      `json:"host" enum:"province,district,commune"`
	Days        int                  `json:"days" minimum:"1" maximum:"1500"`
	Periods     int                  `json:"periods,omitempty" minimum:"0" maximum:"20000" doc:"Số tiết; 0: chưa rõ / 0: not known"`
	Blocks      int                  `json:"blocks" minimum:"1" maximum:"1500"`
	MinLearners int                  `json:"min_learners" minimum:"1" maximum:"1000"`
	MaxLearners int                  `json:"max_learners" minimum:"1" maximum:"1000"`
	Positions   []string             `json:"positions,omitempty" maxItems:"50" doc:"Trống: mọi người / empty: everybody"`
	Areas       []models.AreaFlag    `json:"areas,omitempty" maxItems:"10"`
	Succession  bool                 `json:"succession,omitempty"`
	Needs       []models.CourseNeed  `json:"needs,omitempty" maxItems:"20"`
	Grants      []models.CourseGrant `json:"grants,omitempty" maxItems:"20"`
	Extends     []string             `json:"extends,omitempty" maxItems:"50"`
	PassRules   []models.PassRule    `json:"pass_rules" minItems:"1" maxItems:"20"`
	Paper       string               `json:"paper,omitempty" maxLength:"30"`
	Template    string               `json:"template,omitempty" maxLength:"60"`
	Giver       models.Giver         `json:"giver,omitempty" maxLength:"10"`
	Basis       string               `json:"basis,omitempty" maxLength:"400"`
	Certainty   models.Certainty     `json:"certainty,omitempty" enum:"source,derived,knowledge,uncertain"`
	Note        string               `json:"note,omitempty" maxLength:"2000"`
}

func (in courseInput) course(code string, id, version int64) models.Course {
	return models.Course{ID: id, Code: code, Name: in.Name, Kind: in.Kind, Host: in.Host, Days: in.Days, Periods: in.Periods, Blocks: in.Blocks,
		MinLearners: in.MinLearners, MaxLearners: in.MaxLearners, Positions: in.Positions, Areas: in.Areas, Succession: in.Succession,
		Needs: in.Needs, Grants: in.Grants, Extends: in.Extends, PassRules: in.PassRules, Paper: in.Paper, Template: in.Template,
		Giver: in.Giver, Basis: in.Basis, Certainty: in.Certainty, Note: in.Note, Version: version}
}

func (s *server) courses(ctx context.Context, by caller, _ *none) (*page[models.Course], error) {
	list, err := s.core.Courses(ctx, by.actor)
	return answerList(by, list, err)
}

func (s *server) course(ctx context.Context, by caller, in *CodePath) (*tagged[models.Course], error) {
	x, err := s.core.Course(ctx, by.actor, in.Code)
	return answerTagged(x, x.Version, err)
}

type newCourse struct {
	Body struct {
		Code   string      `json:"code" maxLength:"60"`
		Course courseInput `json:"course"`
	}
}

func (s *server) createCourse(ctx context.Context, by caller, in *newCourse) (*created[models.Course], error) {
	x, err := s.core.SaveCourse(ctx, by.actor, in.Body.Course.course(in.Body.Code, 0, 0))
	return answerCreated(x, x.Version, "/courses/"+x.Code, err)
}

type courseUpdate struct {
	CodePath
	IfMatch
	Body courseInput
}

func (s *server) updateCourse(ctx context.Context, by caller, in *courseUpdate) (*tagged[models.Course], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	now, err := s.core.Course(ctx, by.actor, in.Code)
	if err != nil {
		return nil, err
	}
	x, err := s.core.SaveCourse(ctx, by.actor, in.Body.course(in.Code, now.ID, saw))
	return answerTagged(x, x.Version, stale(err, func() (any, error) { return s.core.Course(ctx, by.actor, in.Code) }))
}

func (s *server) retireCourse(ctx context.Context, by caller, in *codeRetirement) (*tagged[models.Course], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	x, err := s.core.RetireCourse(ctx, by.actor, in.Code, saw, in.Body.Retired)
	return answerTagged(x, x.Version, stale(err, func() (any, error) { return s.core.Course(ctx, by.actor, in.Code) }))
}
