package api

import (
	"context"

	"datchuan/models"
)

func (s *server) fundingRoutes() {
	add(s, get("fundings", "/fundings", models.CoursesRead), s.fundings)
	add(s, create("funding-create", "/fundings", models.CoursesWrite), s.createFunding)
	add(s, get("funding", "/fundings/{code}", models.CoursesRead), s.funding)
	add(s, put("funding-update", "/fundings/{code}", models.CoursesWrite), s.updateFunding)
	add(s, put("funding-retire", "/fundings/{code}/retired", models.CoursesWrite), s.retireFunding)
}

// fundingInput is a source of money as typed.
type fundingInput struct {
	Name    string          `json:"name" maxLength:"200"`
	Budgets []models.Budget `json:"budgets,omitempty" maxItems:"100"`
	Note    string          `json:"note,omitempty" maxLength:"1000"`
}

func (in fundingInput) funding(code string, id, version int64) models.Funding {
	return models.Funding{ID: id, Code: code, Name: in.Name, Budgets: in.Budgets, Note: in.Note, Version: version}
}

func (s *server) fundings(ctx context.Context, by caller, _ *none) (*page[models.Funding], error) {
	list, err := s.core.Fundings(ctx, by.actor)
	return answerList(by, list, err)
}

func (s *server) funding(ctx context.Context, by caller, in *CodePath) (*tagged[models.Funding], error) {
	x, err := s.core.Funding(ctx, by.actor, in.Code)
	return answerTagged(x, x.Version, err)
}

type newFunding struct {
	Body struct {
		Code    string       `json:"code" maxLength:"40"`
		Funding fundingInput `json:"funding"`
	}
}

func (s *server) createFunding(ctx context.Context, by caller, in *newFunding) (*created[models.Funding], error) {
	x, err := s.core.SaveFunding(ctx, by.actor, in.Body.Funding.funding(in.Body.Code, 0, 0))
	return answerCreated(x, x.Version, "/fundings/"+x.Code, err)
}

type fundingUpdate struct {
	CodePath
	IfMatch
	Body fundingInput
}

func (s *server) updateFunding(ctx context.Context, by caller, in *fundingUpdate) (*tagged[models.Funding], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	now, err := s.core.Funding(ctx, by.actor, in.Code)
	if err != nil {
		return nil, err
	}
	x, err := s.core.SaveFunding(ctx, by.actor, in.Body.funding(in.Code, now.ID, saw))
	return answerTagged(x, x.Version, stale(err, func() (any, error) { return s.core.Funding(ctx, by.actor, in.Code) }))
}

func (s *server) retireFunding(ctx context.Context, by caller, in *codeRetirement) (*tagged[models.Funding], error) {
	saw, err := in.version()
	if err != nil {
		return nil, err
	}
	x, err := s.core.RetireFunding(ctx, by.actor, in.Code, saw, in.Body.Retired)
	return answerTagged(x, x.Version, stale(err, func() (any, error) { return s.core.Funding(ctx, by.actor, in.Code) }))
}
