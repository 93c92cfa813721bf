package api

import (
	"context"

	"datchuan/models"
)

func (s *server) schoolRoutes() {
	add(s, get("schools", "/schools", models.CoursesRead), s.schools)
	add(s, create("school-create", "/schools", models.CoursesWrite), s.createSchool)
	add(s, get("school", "/schools/{code}", models.CoursesRead), s.school)
	add(s, put("school-update", "/schools/{code}", models.CoursesWrite), s.updateSchool)
	add(s, put("school-retire", "/schools/{code}/retired", models.CoursesWrite), s.retireSchool)
}

// schoolInput is a partner school as typed.
type schoolInput struct {
	Name          string      `json:"name" maxLength:"200"`
	Parent        string      `json:"parent,omitempty" maxLength:"200"`
	Town          string      `json:"town,omitempty" maxLength:"80"`
	SignerPost    string      `json:"signer_post,omitempty" maxLength:"80"`
	Signer        string      `json:"signer,omitempty" maxLength:"120"`
	Phone         string      `json:"phone,omitempty" maxLength:"40"`
	Agreement     string      `json:"agreement,omitempty" maxLength:"120"`
	AgreementFrom models.Date `json:"agreement_from,omitempty"`
	AgreementTo   models.Date `json:"agreement_to" doc:"Ngày đầu tiên không còn quyền vào; \"\": không thời hạn / the first day without access; \"\": no end"`
	Note          string      `json:"note,omitempty" maxLength:"1000"`
}

func (in schoolInput) school(code string, id, version int64) models.School {
	return models.School{ID: id, Code: code, Name: in.Name, Parent: in.Parent, Town: in.Town, SignerPost: in.SignerPost, Signer: in.Signer, Phone: in.Phone,
		Agreement: in.Agreement, AgreementFrom: in.AgreementFrom, AgreementTo: until(in.AgreementTo), Note: in.Note, Version: version}
}

func (s *server) schools(ctx context.Context, by caller, _ *none) (*page[models.School], error) {
	list, err := s.core.Schools(ctx, by.actor)
	return answerList(by, list, err)
}

func (s *server) school(ctx context.Context, by caller, in *CodePath) (*tagged[models.School], error) {
	x, err := s.core.School(ctx, by.actor, in.Code)
	return answerTagged(x, x.Version, err)
}

type newSchool struct {
	Body struct {
		Code   string      `json:"code" maxLength:"40"`
		School schoolInput `json:"school"`
	}
}

func (s *server) createSchool(ctx context.Context, by caller, in *newSchool) (*created[models.School], error) {
	x, err := s.core.SaveSchool(ctx, by.actor, in.Body.School.school(in.Body.Code, 0, 0))
	return answerCreated(x, x.Version, "/schools/"+x.Code, err)
}

type schoolUpdate struct {
	CodePath
	IfMatch
	Body schoolInput
}

func (s *server) updateSchool(ctx context.Context, by caller, in *schoolUpdate) (*tagged[models.School], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	now, err := s.core.School(ctx, by.actor, in.Code)
	if err != nil {
		return nil, err
	}
	x, err := s.core.SaveSchool(ctx, by.actor, in.Body.school(in.Code, now.ID, saw))
	return answerTagged(x, x.Version, stale(err, func() (any, error) { return s.core.School(ctx, by.actor, in.Code) }))
}

func (s *server) retireSchool(ctx context.Context, by caller, in *codeRetirement) (*tagged[models.School], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	x, err := s.core.RetireSchool(ctx, by.actor, in.Code, saw, in.Body.Retired)
	return answerTagged(x, x.Version, stale(err, func() (any, error) { return s.core.School(ctx, by.actor, in.Code) }))
}
